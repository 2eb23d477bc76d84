package command

import (
	"os"
	"regexp"
	"slices"
	"strings"
)

// pythonLine refuses a command line of the Python firestone: generate, its flags, and the name of a generator. It returns
// nil for any other line, and where generate is a file or folder and so a RESOURCE.
func pythonLine(args []string) error {
	verb := slices.IndexFunc(args, func(word string) bool { return word != "--debug" })
	if verb < 0 || args[verb] != "generate" {
		return nil
	}
	if _, err := os.Stat("generate"); err == nil {
		return nil
	}
	isBareFlag := regexp.MustCompile(`^(-\w|--[^=]+)$`).MatchString // the next word is its value: -t openapi
	for i, word := range args[verb+1:] {
		if slices.Contains([]string{"asyncapi", "cli", "openapi", "streamlit"}, word) && !isBareFlag(args[verb+i]) {
			line := "firestone -t PACK -o OUT RESOURCE..."
			if others := slices.Delete(slices.Clone(args[verb+1:]), i, i+1); len(others) > 0 && !slices.ContainsFunc(others, func(other string) bool { return strings.HasPrefix(other, "-") }) {
				line = shellLine(append([]string{"firestone", "-t", word}, others...))
			}
			return usageErrorf("write "+line+"; to see what replaces each word, run firestone help migrating (docs/migrating.md)",
				"this is a command line of the Python firestone")
		}
	}
	return nil
}
