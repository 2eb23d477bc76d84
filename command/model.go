package command

import (
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/firestoned/firestone/docs"
	"github.com/firestoned/firestone/model"
)

// newModel returns the verb that prints what a template can read.
func newModel(c *console) *cobra.Command {
	f := &flags{}
	var isReference bool
	var get string
	cmd := &cobra.Command{
		Use:   "model [RESOURCE...]",
		Short: "Print the model that templates read",
		Long: `Print, as YAML, everything that a template can read about the definitions.
The names are the ones that templates use: {{ .API.Title }} is Title at the top level.
An object that is printed in full elsewhere is shown by its name or path.
With --get, print one part of it. A path is made of keys and, for lists, of numbers from 0
or the items' names (or kinds, paths, methods, status codes, ...). Text is printed as it is.
With --docs, print the reference instead: every type and field with its meaning and an
example, as Markdown. It does not depend on the definitions.`,
		Example: "  firestone model book.yaml\n  firestone model --get Resources.book.Properties book.yaml\n  firestone model --docs",
		Args:    cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if isReference {
				return printReference(cmd, args, c)
			}
			if err := f.accept(cmd, args); err != nil {
				return err
			}
			r := &run{flags: f, console: c}
			if err := r.openProject(); err != nil {
				return err
			}
			api, warnings, err := r.load(nil, nil, all)
			if err != nil {
				return err
			}
			c.tell(warnings)
			printed := &part{of: model.View(api)}
			if cmd.Flags().Changed("get") {
				if printed, err = partOf(printed.of, get); err != nil {
					return err
				}
				printed.noteSpelling(c.errw)
			}
			text, err := printed.text()
			if err != nil {
				return problemsOf(err)
			}
			return c.print(text + "\n")
		},
	}
	cmd.Flags().SortFlags = false
	f.bindDefinitions(cmd.Flags())
	cmd.Flags().StringVar(&get, "get", "", "print only the part at `PATH`, such as Resources.book.Properties")
	cmd.Flags().BoolVar(&isReference, "docs", false, "print the reference of the model instead, as Markdown")
	cmd.Flags().BoolP("help", "h", false, "print this help")
	completeParts(cmd)
	return cmd
}

// printReference prints the page of the view model, which no argument and no other flag changes.
func printReference(cmd *cobra.Command, args []string, c *console) error {
	const hint = "write firestone model --docs"
	if len(args) > 0 {
		return usageErrorf(hint, "--docs takes no RESOURCE, got %q", args[0])
	}
	other := ""
	cmd.Flags().Visit(func(f *pflag.Flag) {
		if f.Name != "docs" {
			other = f.Name
		}
	})
	if other != "" {
		return usageErrorf(hint, "--%s cannot be combined with --docs", other)
	}
	return c.print(docs.Model)
}
