package command

import (
	"bytes"
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/project"
	"github.com/firestoned/firestone/reach"
)

// verbsOfOthers are the verbs of other tools, with what does their work here: "" generates, and what takes a RESOURCE too is
// given those that follow the word.
var verbsOfOthers = map[string]string{
	"build": "", "compile": "", "export": "", "gen": "", "generate": "", "render": "", "run": "",
	"dev": "up", "mocks": "mock", "open": "up", "preview": "up", "serve": "mock", "server": "mock", "start": "up",
	"dump": "model", "inspect": "model", "ls": "model", "print": "model",
}

// adviceForVerbs is the advice for verbs without a counterpart.
var adviceForVerbs = map[string]string{
	"add":       "copy a definition, or run firestone init for a project with one",
	"audit":     "run firestone pack audit PACK",
	"convert":   "firestone imports nothing: write a definition (docs/definitions.md), and run firestone -t openapi book.yaml",
	"create":    "run firestone init",
	"diff":      "run firestone check",
	"docs":      "run firestone up for the pages of an API, firestone model --docs for what templates read, or firestone help",
	"eject":     "run firestone pack eject PACK/TEMPLATE",
	"fmt":       "firestone leaves definitions as they are; format them with a program for YAML",
	"format":    "firestone leaves definitions as they are; format them with a program for YAML",
	"import":    "firestone imports nothing: write a definition (docs/definitions.md), and run firestone -t openapi book.yaml",
	"lint":      "run firestone check, or firestone pack lint for templates",
	"list":      "run firestone pack list for packs, or firestone model for all that definitions say",
	"migrate":   "run firestone help migrating",
	"new":       "run firestone init",
	"show":      "run firestone model for what definitions say, or firestone pack show PACK for templates",
	"templates": "run firestone pack list",
	"test":      "run firestone check, or firestone pack test for templates",
	"update":    "run firestone to generate again, and firestone version to see which version this is",
	"upgrade":   "run firestone to generate again, and firestone version to see which version this is",
	"verify":    "run firestone check",
	"watch":     "run firestone --watch",
}

// checkArguments rejects arguments that are not a RESOURCE: a pack, and a word that is neither a file nor a command.
func (f *flags) checkArguments() error {
	for i, argument := range f.resources() {
		if _, err := os.Stat(argument); err == nil || argument == stdin {
			continue
		}
		if isPack(argument) {
			return usageErrorf("write -t "+packName(argument)+" and name a definition: firestone -t "+packName(argument)+" "+nearbyDefinition(),
				"%s is a pack, not a RESOURCE", argument)
		}
		if i == 0 && len(f.arguments) > 0 && isWord(argument) && !f.cmd.HasParent() {
			return usageErrorf(f.meant(argument), "%q is neither a file nor a command", argument)
		}
	}
	return nil
}

// isWord reports whether an argument looks like a command.
func isWord(argument string) bool {
	return argument != "" && !strings.ContainsFunc(argument, func(r rune) bool { return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || r == '-' || r == '_') })
}

// meant says what to write in place of a first argument that is neither a file nor a command.
func (f *flags) meant(word string) string {
	if verb, ok := verbsOfOthers[word]; ok {
		if verb == "" {
			return f.withoutVerb()
		}
		return "run " + shellLine(append([]string{"firestone", verb}, f.arguments[1:]...))
	}
	other := "firestone --help lists the commands; a RESOURCE is a file, a folder, a pattern or - for standard input"
	return cmp.Or(adviceForVerbs[word], name.Suggest(word, verbs(f.cmd.Root()), "firestone %s", ""), suggestFile(word, other))
}

// withoutVerb says what to write in place of a command line that begins with a word for generating.
func (f *flags) withoutVerb() string {
	rest := *f
	rest.arguments = f.arguments[1:]
	line := repairOf(&rest)
	isWhole := f.template != "" || len(rest.resources()) == 0 && isInProject()
	if !isWhole {
		if len(rest.resources()) == 0 {
			line += " " + nearbyDefinition()
		}
		line = strings.Replace(line, "firestone", "firestone -t openapi", 1)
	}
	return "firestone generates without a command: write " + line
}

// isInProject reports whether this folder belongs to a project.
func isInProject() bool {
	file, err := findProject()
	return err == nil && file != ""
}

// nearbyDefinition returns the name of a definition in this folder for an example, or what one could be called.
func nearbyDefinition() string { return cmp.Or(firstDefinition("."), "book.yaml") }

// firstDefinition returns the path of the first file in a folder that begins like a definition, or "".
func firstDefinition(folder string) string {
	const most = 20                  // files to look into, for an example
	entries, _ := os.ReadDir(folder) // of a folder that cannot be read nothing is known
	entries = slices.DeleteFunc(entries, func(e os.DirEntry) bool { return !e.Type().IsRegular() || !project.IsDefinition(e.Name()) })
	for _, entry := range entries[:min(len(entries), most)] {
		at := inFolder(folder, entry.Name())
		if content, err := reach.Read(at, reach.MaxInput); err == nil && bytes.Contains(append([]byte("\n"), content...), []byte("\nkind:")) {
			return at
		}
	}
	return ""
}

// projectBelow returns the firestone.yaml in a folder, or "".
func projectBelow(folder string) string {
	file := inFolder(filepath.Clean(folder), project.FileName)
	if info, err := os.Stat(file); err != nil || !info.Mode().IsRegular() {
		return ""
	}
	return file
}
