package command

import (
	"github.com/spf13/cobra"
)

// newGenerate returns the command without a verb.
func newGenerate(c *console) *cobra.Command {
	f := &flags{}
	cmd := &cobra.Command{
		Use:   "firestone [RESOURCE...] [-t PACK] [-o OUT]",
		Short: "Generate API documents from resource definitions",
		Long: `Generate API documents and other files from definitions; without -t, all that firestone.yaml lists.
A RESOURCE is a file, a folder, a glob pattern, a comma-separated list, or - for standard input.`,
		Example: "  firestone -t asyncapi book.yaml",
		Args:    cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.version {
				return printVersionAlone(f, args, c)
			}
			if err := f.accept(cmd, args); err != nil {
				return err
			}
			if f.watch {
				return runOnChange(f, c)
			}
			r := &run{flags: f, console: c}
			return r.generate(r.apply)
		},
	}
	set := cmd.Flags()
	set.SortFlags = false
	f.bindOutputs(set)
	set.BoolVar(&f.force, "force", false, "overwrite files that were edited by hand or not written by firestone")
	set.BoolVar(&f.dryRun, "dry-run", false, "list what would change without writing anything")
	set.BoolVar(&f.watch, "watch", false, "regenerate whenever an input changes")
	set.BoolVar(&f.version, "version", false, "print the version")
	set.BoolP("help", "h", false, "print this help")
	completePacks(cmd)
	return cmd
}

// printVersionAlone prints the version if nothing else is asked for: the Python firestone's --version took a value.
func printVersionAlone(f *flags, args []string, c *console) error {
	if len(args) > 0 || f.template != "" {
		return usageErrorf("use --doc-version for the version of the API, or firestone version for that of firestone", "--version takes no other arguments")
	}
	return printVersion(c)
}
