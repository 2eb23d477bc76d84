package command

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/firestoned/firestone/docs"
	"github.com/firestoned/firestone/model/name"
)

// printHelp prints what a verb does, how it is written, examples, and its flags.
func printHelp(cmd *cobra.Command, out io.Writer) {
	text := cmd.Long
	if text == "" {
		text = cmd.Short
	}
	fmt.Fprintf(out, "%s\n\nUsage:\n", strings.TrimSpace(text))
	if cmd.Runnable() {
		fmt.Fprintf(out, "  %s\n", Usage(cmd))
	}
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(out, "  %s COMMAND\n\nCommands:\n", cmd.CommandPath())
		for _, verb := range cmd.Commands() {
			if verb.IsAvailableCommand() {
				fmt.Fprintf(out, "  %-12s %s\n", verb.Name(), verb.Short)
			}
		}
	}
	if cmd.Example != "" {
		fmt.Fprintf(out, "\nExamples:\n%s\n", strings.TrimRight(cmd.Example, "\n"))
	}
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	flags.SortFlags = false
	flags.AddFlagSet(cmd.LocalFlags())
	flags.AddFlagSet(cmd.InheritedFlags())
	if flags.HasAvailableFlags() {
		fmt.Fprintf(out, "\nFlags:\n%s", flags.FlagUsagesWrapped(100))
	}
}

// Usage returns how a verb is written, with the flags that matter.
func Usage(cmd *cobra.Command) string {
	cmd.DisableFlagsInUseLine = true // cobra would add [flags]
	return cmd.UseLine()
}

// newHelp returns the verb that prints the help of a verb, or the guide to migrating. Unlike cobra's own it refuses a
// verb that is none.
func newHelp(c *console) *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Show help for a command",
		Long: `Show help for a command.
firestone help migrating prints the guide to migrating from the Python firestone, as Markdown.`,
		Example:           "  firestone help model\n  firestone help pack list",
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 && args[0] == "migrating" {
				return c.print(docs.Migrating)
			}
			verb, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return noHelp(cmd.Root(), verb, args)
			}
			verb.InitDefaultHelpFlag()
			printHelp(verb, c.out)
			return nil
		},
	}
}

// noHelp points to the help for a word that is not a verb: a pack, or a verb of another tool.
func noHelp(root, verb *cobra.Command, words []string) error {
	word := strings.Join(words, " ")
	_, isElsewhere := verbsOfOthers[word]
	switch {
	case verb != nil && verb.HasParent():
		return unknownVerb(verb, words[len(words)-1])
	case isPack(word):
		return usageErrorf("run firestone pack show "+packName(word), "%q is a pack, not a command", word)
	case isElsewhere || adviceForVerbs[word] != "":
		return usageErrorf((&flags{cmd: root, arguments: []string{word}}).meant(word), "unknown command %q", word)
	}
	return unknownVerb(root, word)
}

// packWords are verbs of other tools for packs, with what does their work here.
var packWords = map[string]string{
	"add": "make", "create": "make", "init": "make", "new": "make", "copy": "eject", "edit": "eject", "override": "eject", "get": "show", "info": "show", "cat": "show", "describe": "show",
	"check": "lint", "validate": "lint", "verify": "lint", "ls": "list", "run": "test",
}

// example returns the first example of a verb.
func example(cmd *cobra.Command) string {
	first, _, _ := strings.Cut(strings.TrimSpace(cmd.Example), "\n")
	return first
}

// unknownVerb says which verb of cmd was probably meant.
func unknownVerb(cmd *cobra.Command, word string) error {
	verbs := verbs(cmd)
	if meant := packWords[word]; meant != "" && cmd.Name() == "pack" && cmd.HasParent() {
		hint := "run firestone pack " + meant
		if meant == "make" {
			hint = "make a folder with a pack.yaml and a template, and name it with -t:" +
				"\n      format: 1\n      description: What it writes\n      outputs: [{template: notes.md.tmpl}]"
		}
		return usageErrorf(hint, "unknown command %q", word)
	}
	hint := name.Suggest(word, verbs, cmd.CommandPath()+" %s", "expected one of "+strings.Join(verbs, ", "))
	return usageErrorf(hint, "unknown command %q", word)
}

// verbs returns the names of the verbs below cmd.
func verbs(cmd *cobra.Command) []string {
	var names []string
	for _, verb := range cmd.Commands() {
		if verb.IsAvailableCommand() || verb.Name() == "help" {
			names = append(names, verb.Name())
		}
	}
	return names
}
