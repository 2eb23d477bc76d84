package command

import (
	"github.com/spf13/cobra"
)

// newPackLint returns the verb that checks the templates of a pack without rendering them.
func newPackLint(c *console) *cobra.Command {
	var layers []string
	cmd := &cobra.Command{
		Use:   "lint PACK",
		Short: "Check the templates without rendering: fields, parameters, calls",
		Long: `Follow every template of the pack, those that overrides replace left out, by the types of the view
model, and report what fails whatever the definitions say: unknown fields, functions and parameters,
and calls that a function cannot take. It prints nothing if all is well.`,
		Example:           "  firestone pack lint asyncapi\n  firestone pack lint asyncapi --templates-path team",
		Args:              onePack,
		ValidArgsFunction: cobra.FixedCompletions(packNames(), cobra.ShellCompDirectiveNoFileComp),

		DisableFlagsInUseLine: true,
		RunE: func(_ *cobra.Command, args []string) error {
			pack, err := openPack(args[0], layers)
			if err != nil {
				return err
			}
			if problems := pack.Lint(); problems.HasErrors() {
				return problems
			}
			return nil
		},
	}
	bindLayers(cmd.Flags(), &layers)
	return cmd
}
