package command

import (
	"strings"

	"github.com/spf13/cobra"
)

// addCompletion adds cobra's verb that prints a script for a shell; unlike cobra's own it refuses a shell that is none.
func addCompletion(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		if cmd.Name() != "completion" {
			continue
		}
		cmd.Short = "Print a shell completion script"
		cmd.Long = cmd.Short + ".\nRun firestone completion SHELL --help to see how to install it."
		cmd.Example = "  source <(firestone completion bash)"
		cmd.Args = cobra.ArbitraryArgs
		cmd.RunE = func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageErrorf("write "+cmd.CommandPath()+" "+strings.Join(verbs(cmd), " or "), "%s needs a shell", cmd.CommandPath())
			}
			return unknownVerb(cmd, args[0])
		}
	}
}

// completePacks offers the names of the packs after -t.
func completePacks(cmd *cobra.Command) {
	complete := func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return packNames(), cobra.ShellCompDirectiveDefault
	}
	completeFlag(cmd, "template", complete)
}

// completeFlag gives a flag, which must be defined, its completion.
func completeFlag(cmd *cobra.Command, flag string, complete cobra.CompletionFunc) {
	if err := cmd.RegisterFlagCompletionFunc(flag, complete); err != nil {
		panic(err)
	}
}
