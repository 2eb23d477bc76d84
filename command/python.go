package command

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"
)

// pythonPacks are the generators of the Python firestone; the packs have the same names. Those that are true make
// a folder here.
var pythonPacks = map[string]bool{"asyncapi": false, "openapi": false, "cli": true, "streamlit": true}

// pythonLine refuses a command line of the Python firestone (firestone generate -t TITLE ... asyncapi -O FILE) with
// the one that does the same here. It returns nil for any other.
func pythonLine(args []string) error {
	rest := args
	for len(rest) > 0 && rest[0] == "--debug" {
		rest = rest[1:]
	}
	if len(rest) == 0 || rest[0] != "generate" {
		return nil
	}
	group := tolerant("generate")
	group.SetInterspersed(false)
	title := group.StringP("title", "t", "", "")
	description := group.StringP("description", "d", "", "")
	version := group.StringP("version", "v", "", "")
	resources := group.StringArrayP("resources", "r", nil, "")
	group.StringP("summary", "s", "", "")
	parsed := group.Parse(rest[1:])
	if parsed != nil || group.NArg() == 0 || !isPythonPack(group.Arg(0)) {
		if _, err := os.Stat("generate"); err == nil {
			return nil // a folder or file of that name is a RESOURCE
		}
		return misusef("write "+shellLine(append([]string{"firestone"}, rest[1:]...)), "there is no command generate")
	}
	line := []string{"firestone", "-t", group.Arg(0)}
	more, dropped := pythonOutput(group.Arg(0), group.Args()[1:])
	line = append(line, more...)
	for _, flag := range []struct{ name, text string }{{"title", *title}, {"description", *description}, {"doc-version", *version}} {
		if flag.text != "" {
			line = append(line, "--"+flag.name, flag.text)
		}
	}
	for _, list := range *resources {
		line = append(line, splitList(list)...)
	}
	if group.Changed("summary") {
		dropped = append(dropped, "--summary")
	}
	cause := "this is a command line of the Python firestone"
	if len(dropped) > 0 {
		cause += "; there is no equivalent of " + strings.Join(dropped, ", ")
	}
	return misusef("write "+shellLine(line), "%s", cause)
}

// isPythonPack reports whether the word is a generator of the Python firestone.
func isPythonPack(word string) bool {
	_, ok := pythonPacks[word]
	return ok
}

// tolerant returns a set of flags that passes over those that it doesn't know.
func tolerant(of string) *pflag.FlagSet {
	flags := pflag.NewFlagSet(of, pflag.ContinueOnError)
	flags.ParseErrorsAllowlist.UnknownFlags = true
	flags.Usage = func() {}
	return flags
}

// pythonOutput translates what follows a generator's name, and names the flags that have no counterpart.
func pythonOutput(pack string, args []string) (line, dropped []string) {
	flags := tolerant(pack)
	file := flags.StringP("output", "O", "", "")
	folder := flags.StringP("output-dir", "o", "", "")
	document := flags.String("version", "", "")
	flags.BoolP("help", "h", false, "")
	flags.Bool("as-modules", false, "")
	flags.Bool("ui-server", false, "")
	server := flags.String("prefix", "", "")
	for _, name := range []string{"pkg", "client-pkg", "backend-url"} {
		flags.String(name, "", "")
	}
	flags.StringP("template", "T", "", "")
	flags.StringP("language", "l", "", "")
	flags.StringP("col-mappings", "C", "", "")
	if err := flags.Parse(args); err != nil {
		dropped = append(dropped, err.Error())
	}
	flags.Visit(func(f *pflag.Flag) {
		if !slices.Contains([]string{"output", "output-dir", "version", "prefix", "as-modules", "help"}, f.Name) {
			dropped = append(dropped, "--"+f.Name)
		}
	})
	out := *file
	if pythonPacks[pack] {
		out = pythonFolder(pack, *file, *folder)
	}
	if out != "" {
		line = append(line, "-o", out)
	}
	if pack == "openapi" && *document == "3.0.0" { // its default, which 3.0.3 supersedes
		*document = "3.0.3"
	}
	if *document != "" {
		line = append(line, "--set", "version="+*document)
	}
	if *server != "" {
		line = append(line, "--set", "servers="+*server)
	}
	return line, dropped
}

// pythonFolder returns the folder that takes the place of the Python firestone's single file, with a slash.
func pythonFolder(pack, file, folder string) string {
	switch {
	case folder != "":
	case file == "":
		folder = pack
	case filepath.Dir(file) != ".":
		folder = filepath.Dir(file)
	default:
		folder = strings.TrimSuffix(file, filepath.Ext(file))
	}
	return strings.TrimRight(folder, "/") + "/"
}
