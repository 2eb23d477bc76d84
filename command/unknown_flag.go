package command

import (
	"cmp"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/firestoned/firestone/model/name"
)

// renamed are flags of other tools, and of the Python firestone, with those that do their work here.
var renamed = map[string][]string{
	"d": {"--description"}, "O": {"-o"}, "T": {"-t"}, "R": {"-r"}, "s": {"--set"}, "w": {"--watch"}, "n": {"--dry-run"}, "p": {"-t", "--listen"}, "g": {"-t"}, "l": {"-t"}, "D": {"--set"}, "e": {"--set"},
	"dest": {"-o"}, "dir": {"-o"}, "directory": {"-o"}, "out-dir": {"-o"}, "out-file": {"-o"}, "outdir": {"-o"}, "outfile": {"-o"}, "output-dir": {"-o"}, "output-file": {"-o"}, "target": {"-o"},
	"generator": {"-t"}, "generator-name": {"-t"}, "lang": {"-t"}, "language": {"-t"}, "pack": {"-t"}, "plugin": {"-t"}, "type": {"-t"},
	"additional-properties": {"--set"}, "option": {"--set"}, "param": {"--set"}, "params": {"--set"}, "property": {"--set"},
	"overwrite": {"--force"}, "plan": {"--dry-run"}, "preview": {"--dry-run"}, "fail-on-warnings": {"--strict"}, "werror": {"--strict"},
	"address": {"--listen"}, "addr": {"--listen"}, "bind": {"--listen"}, "port": {"--listen"},
}

// unneeded say what to do in place of a flag that nothing corresponds to.
var unneeded = map[string]string{
	"v":         "use --version for the version of firestone, --doc-version VERSION for that of the API",
	"V":         "use --version for the version of firestone, --doc-version VERSION for that of the API",
	"json":      "the name of the output decides: -o openapi.json; --format json reports the problems as JSON",
	"yaml":      "YAML is what documents are, unless -o ends in .json",
	"verbose":   "leave it out: all problems are reported, and firestone explain CODE says more of one",
	"debug":     "leave it out: all problems are reported, and firestone explain CODE says more of one",
	"quiet":     "leave it out: only problems and what was written are reported, on standard error",
	"silent":    "leave it out: only problems and what was written are reported, on standard error",
	"q":         "leave it out: only problems and what was written are reported, on standard error",
	"color":     "set NO_COLOR=1; without a terminal there are no colours",
	"colour":    "set NO_COLOR=1; without a terminal there are no colours",
	"no-color":  "set NO_COLOR=1; without a terminal there are no colours",
	"no-colour": "set NO_COLOR=1; without a terminal there are no colours",
	"exclude":   "name the definitions to read, or list exclude in a firestone.yaml",
	"include":   "name the definitions to read, or list include in a firestone.yaml",
	"fix":       "run firestone to generate what differs",
	"write":     "run firestone to generate what differs",
	"port":      "firestone mock and firestone up serve an API: firestone mock --listen 127.0.0.1:8080",
}

// inputWords are names of input flags in other tools.
var inputWords = []string{"f", "i", "definition", "file", "files", "from", "in", "input", "input-file", "input-spec", "schema", "source", "spec", "src"}

// unknownFlag says what to write in place of a flag that the verb does not have.
func unknownFlag(cmd *cobra.Command, unknown *pflag.NotExistError) error {
	told := unknown.GetSpecifiedName()
	written := "--" + told
	if unknown.GetSpecifiedShortnames() != "" {
		written = "-" + told
	}
	return usageErrorf(cmp.Or(meantByFlag(cmd, told, written), "see "+cmd.CommandPath()+" --help"), "unknown flag %s", written)
}

// meantByFlag says which flag, argument or verb is meant by a flag that the verb does not have, or returns "".
func meantByFlag(cmd *cobra.Command, told, written string) string {
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	has := func(flag string) bool {
		word := strings.TrimLeft(flag, "-")
		return slices.Contains(names, word) || len(word) == 1 && cmd.Flags().ShorthandLookup(word) != nil
	}
	isLong := strings.HasPrefix(written, "--")
	ofRoot := cmd.Root().Flags().Lookup(told) != nil
	if !isLong {
		ofRoot = cmd.Root().Flags().ShorthandLookup(told) != nil
	}
	if i := slices.IndexFunc(renamed[told], has); i >= 0 {
		return "did you mean " + renamed[told][i] + "?"
	}
	switch {
	case unneeded[told] != "":
		return unneeded[told]
	case slices.Contains(inputWords, told) && has("resource"):
		hint := "name the input without a flag: " + cmd.CommandPath() + withPack(cmd) + " " + nearbyDefinition()
		if told == "f" {
			hint += "; --format has no letter"
		}
		return hint
	case ofRoot:
		return "leave it out: only firestone without a command has it"
	case !isLong:
		return ""
	}
	return cmp.Or(verbForFlag(cmd, told), name.Suggest(told, names, "--%s", ""), wordForFlag(cmd, told), beginningWith(told, names))
}

// verbForFlag returns the verb that is written as a flag, or "".
func verbForFlag(cmd *cobra.Command, word string) string {
	verb, _, err := cmd.Root().Find([]string{word})
	if err != nil || !verb.HasParent() || cmd.HasParent() {
		return ""
	}
	return "write it without dashes: firestone " + word
}

// wordForFlag says what does the work of a verb of another tool that is written as a flag, or returns "".
func wordForFlag(cmd *cobra.Command, word string) string {
	if _, ok := verbsOfOthers[word]; cmd.HasParent() || !ok && adviceForVerbs[word] == "" {
		return ""
	}
	return (&flags{cmd: cmd, arguments: []string{word}}).meant(word)
}

// beginningWith names the flag that begins with a word of some letters, or returns "".
func beginningWith(word string, names []string) string {
	i := slices.IndexFunc(names, func(name string) bool { return len(word) > 1 && strings.HasPrefix(name, word) })
	if i < 0 {
		return ""
	}
	return "did you mean --" + names[i] + "?"
}

// withPack returns the flag for a pack where the verb has one.
func withPack(cmd *cobra.Command) string {
	if cmd.Flags().Lookup("template") == nil {
		return ""
	}
	return " -t openapi"
}

// checkDashes refuses arguments that begin with another dash than the hyphen, and long flags with a single one, which would be
// read as a short flag with a value.
func checkDashes(root *cobra.Command, arguments []string) error {
	cmd, _, err := root.Find(arguments)
	if err != nil {
		cmd = root
	}
	for _, argument := range arguments {
		if argument == "--" {
			break
		}
		undashed := strings.TrimLeft(argument, "-–—−")
		dashes := argument[:len(argument)-len(undashed)]
		word, _, _ := strings.Cut(undashed, "=")
		isFlag := cmd.Flags().Lookup(word) != nil || cmd.InheritedFlags().Lookup(word) != nil
		isShort := len(word) == 1 && cmd.Flags().ShorthandLookup(word) != nil
		isSingle := dashes == "-" && len(word) > 1
		switch {
		case isFlag && isSingle:
			return usageErrorf("write --"+word+", with two hyphens", "unknown flag -%s", word)
		case (isFlag || isShort) && strings.ContainsAny(dashes, "–—−"):
			hyphens := strings.Repeat("-", min(len(word), 2))
			return usageErrorf("write "+hyphens+word+", with the hyphen of the keyboard", "%q begins with a dash that is not a hyphen", argument)
		}
	}
	return nil
}
