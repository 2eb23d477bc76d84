package command

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/firestoned/firestone/generator/escape"
	"github.com/firestoned/firestone/model"
)

// newModel returns the verb that prints what a template can read.
func newModel(c *console) *cobra.Command {
	d := &definitions{}
	cmd := &cobra.Command{
		Use:   "model [RESOURCE...]",
		Short: "Print what a template can read of the definitions",
		Long: `Print everything that a template can read of the definitions, as YAML.
The names are those that a template writes: {{ .API.Title }} is Title at the top.
A thing that stands elsewhere in full is shown by its name or path.`,
		Example:               "  firestone model book.yaml",
		Args:                  cobra.ArbitraryArgs,
		DisableFlagsInUseLine: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			d.arguments = args
			if err := d.check(cmd); err != nil {
				return err
			}
			api, warnings, err := d.load(c)
			if err != nil {
				return err
			}
			printProblems(warnings, c.errw)
			text, err := escape.WriteYAMLBlock(model.View(api))
			if err != nil {
				return problemsOf(err)
			}
			_, err = io.WriteString(c.out, text+"\n")
			return printed(err)
		},
	}
	cmd.Flags().SortFlags = false
	d.bind(cmd.Flags())
	cmd.Flags().BoolP("help", "h", false, "print this help")
	return cmd
}
