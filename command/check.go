package command

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/firestoned/firestone/model/name"
)

// newCheck returns the verb that compares.
func newCheck(c *console) *cobra.Command {
	g := &generation{}
	format := formatText
	cmd := &cobra.Command{
		Use:   "check [RESOURCE...] [-t PACK -o OUT]",
		Short: "Check that the generated files are up to date",
		Long: `Render in memory, write nothing, and print which files on disk differ, how, and why.
The exit status is 1 if any file differs.
Without -t, check everything that the nearest firestone.yaml lists.`,
		Example: `  firestone check -t openapi -o api/openapi.yaml resources/
  firestone check
  firestone check --format github`,
		Args:                  cobra.ArbitraryArgs,
		DisableFlagsInUseLine: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			g.arguments = args
			if !slices.Contains(formats, format) {
				hint := name.Suggest(format, formats, "--format %s", "expected one of "+strings.Join(formats, ", "))
				return misusef(hint, "unknown format %q", format)
			}
			if err := g.check(cmd); err != nil {
				return err
			}
			return g.compare(cmd, c, format)
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	g.bind(flags)
	flags.StringVar(&format, "format", formatText, "report in `FORMAT`: text, json, or github (annotations of a pull request)")
	flags.BoolP("help", "h", false, "print this help")
	completePacks(cmd)
	return cmd
}

// compare prints what differs, and fails if anything does.
func (g *generation) compare(cmd *cobra.Command, c *console, format string) error {
	j, err := g.rendered(cmd, c)
	if err != nil {
		return reported(err, format, c)
	}
	if j.destination().kind == toStdout {
		return misusef("add -o OUT to name the file or folder to compare", "nothing to compare: the output goes to standard output")
	}
	plan, root, err := j.compare()
	if err != nil {
		return reported(err, format, c)
	}
	r := &differences{plan: plan, root: root, repair: repairOf(cmd, g.arguments), problems: j.warnings}
	if err := r.print(c, format); err != nil {
		return err
	}
	return r.verdict(len(j.outputFiles()))
}

// repairOf returns the command line that makes the files what they should be: this one without its verb.
func repairOf(cmd *cobra.Command, arguments []string) string {
	line := []string{"firestone"}
	cmd.Flags().Visit(func(f *pflag.Flag) {
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
	if slices.ContainsFunc(arguments, func(a string) bool { return a != stdin && strings.HasPrefix(a, "-") }) {
		line = append(line, "--")
	}
	return shellLine(append(line, arguments...))
}
