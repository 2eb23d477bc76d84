package command

import (
	"github.com/spf13/cobra"

	"github.com/firestoned/firestone/model"
)

// newPackLint returns the verb that checks the templates of a pack without rendering them.
func newPackLint(c *console) *cobra.Command {
	var layers []string
	cmd := &cobra.Command{
		Use:   "lint [PACK...]",
		Short: "Check templates without rendering them: fields, parameters, calls",
		Long: `Check every template of the pack, except those that are overridden, against the types of the
model, and report unknown fields, functions and parameters, fields of what may be nil, calls that
a function does not accept, comparisons of different types, and partials that include each other
endlessly. Nothing is printed if all is well.
Without PACK, check the packs of firestone.yaml.`,
		Example:           "  firestone pack lint asyncapi\n  firestone pack lint asyncapi --templates-path team",
		Args:              cobra.ArbitraryArgs,
		ValidArgsFunction: cobra.FixedCompletions(packNames(), cobra.ShellCompDirectiveNoFileComp),
		Annotations:       printsNoData,
		RunE: func(cmd *cobra.Command, args []string) error {
			return lintPacks(cmd, args, layers)
		},
	}
	bindLayers(cmd.Flags(), &layers)
	return cmd
}

// lintPacks reports problems in the packs, or in those of the project if none is named.
func lintPacks(cmd *cobra.Command, packs, layers []string) error {
	if len(packs) == 0 {
		var err error
		if packs, err = packsOfProject(); err != nil {
			return err
		}
		if len(packs) == 0 {
			return usageErrorf("write "+cmd.CommandPath()+" asyncapi", "no PACK given, and no firestone.yaml in this folder or any parent folder")
		}
	}
	var problems model.Problems
	for _, name := range packs {
		pack, err := openPack(name, layers)
		if err == nil {
			problems = append(problems, pack.Lint()...)
			continue
		}
		if !asProblems(err, &problems) {
			return err
		}
	}
	if problems.HasErrors() {
		return problems
	}
	return nil
}
