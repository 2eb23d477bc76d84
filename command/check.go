package command

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// newCheck returns the verb that compares.
func newCheck(c *console) *cobra.Command {
	f := &flags{}
	cmd := &cobra.Command{
		Use:   "check [RESOURCE...] [-t PACK -o OUT]",
		Short: "Check that the generated files are up to date",
		Long: `Render in memory, write nothing, and print which files on disk differ, how, and why.
The exit status is 1 if any file differs.
Without -t, check everything that the nearest firestone.yaml lists.`,
		Example: `  firestone check -t openapi -o api/openapi.yaml resources/
  firestone check
  firestone check --format github`,
		Args:        cobra.ArbitraryArgs,
		Annotations: printsNoData,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.accept(cmd, args); err != nil {
				return err
			}
			r := &run{flags: f, console: c, compares: true}
			return r.generate(r.check)
		},
	}
	set := cmd.Flags()
	set.SortFlags = false
	f.bindOutputs(set)
	set.BoolP("help", "h", false, "print this help")
	completePacks(cmd)
	return cmd
}

// check prints what differs, and fails if anything does.
func (r *run) check(p *plan) error {
	if p.kind == toStdout {
		return usageErrorf("add -o OUT to name the file or folder to compare", "nothing to compare: the output goes to standard output")
	}
	changes, err := p.compare()
	if err != nil {
		return err
	}
	d := &differences{plan: changes, root: p.root, repair: repairOf(r.flags), problems: r.warnings}
	return d.conclude(r.console, len(p.files()))
}

// repairOf returns the command line that makes the files what they should be: this one without its verb.
func repairOf(f *flags) string {
	line := []string{"firestone"}
	f.cmd.Flags().Visit(func(f *pflag.Flag) {
		flag := "--" + f.Name
		if f.Shorthand != "" {
			flag = "-" + f.Shorthand
		}
		switch v := f.Value.(type) {
		case pflag.SliceValue:
			for _, text := range v.GetSlice() {
				line = append(line, flag, text)
			}
		default:
			if f.Name != "format" && f.Name != "strict" {
				line = append(line, flag, v.String())
			}
		}
	})
	if slices.ContainsFunc(f.arguments, func(a string) bool { return a != stdin && strings.HasPrefix(a, "-") }) {
		line = append(line, "--")
	}
	return shellLine(append(line, f.arguments...))
}
