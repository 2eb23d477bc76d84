package command

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/firestoned/firestone/generator"
	"github.com/firestoned/firestone/model/value"
	"github.com/firestoned/firestone/templates"
)

// newPack returns the verb for everything about packs.
func newPack(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "pack",
		Short:   "Show the packs and their parameters",
		Example: "  firestone pack list\n  firestone pack audit asyncapi --templates-path team",
		Args:    cobra.ArbitraryArgs,

		DisableFlagsInUseLine: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return misusef("write "+cmd.CommandPath()+" "+strings.Join(verbs(cmd), " or "), "%s needs a command", cmd.CommandPath())
			}
			return unknownVerb(cmd, args[0])
		},
	}
	cmd.AddCommand(newPackList(c), newPackAudit(c))
	return cmd
}

// newPackList returns the verb that lists the packs.
func newPackList(c *console) *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Short:   "List the packs: description, layer, parameters with defaults",
		Example: "  firestone pack list",
		Args:    noArguments,

		DisableFlagsInUseLine: true,
		RunE: func(*cobra.Command, []string) error {
			packs, err := generator.Packs(templates.FS)
			if err != nil {
				return problemsOf(err)
			}
			for _, pack := range packs {
				printPack(pack, c.out)
			}
			return nil
		},
	}
}

// newPackAudit returns the verb that lists where templates write text as it is.
func newPackAudit(c *console) *cobra.Command {
	var layers []string
	cmd := &cobra.Command{
		Use:     "audit PACK",
		Short:   "List each use of raw: where templates write text unchecked",
		Example: "  firestone pack audit asyncapi\n  firestone pack audit asyncapi --templates-path team",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return misusef("write "+cmd.CommandPath()+" asyncapi", "%s takes one pack, found %d", cmd.CommandPath(), len(args))
			}
			return nil
		},
		ValidArgsFunction: cobra.FixedCompletions(packNames(), cobra.ShellCompDirectiveNoFileComp),

		DisableFlagsInUseLine: true,
		RunE: func(_ *cobra.Command, args []string) error {
			pack, err := openPack(args[0], layers)
			if err != nil {
				return err
			}
			for _, pos := range pack.RawUses() {
				fmt.Fprintln(c.out, pos)
			}
			return nil
		},
	}
	cmd.Flags().StringArrayVar(&layers, "templates-path", nil, "override packs by the folders of their names in `DIR`; repeatable")
	return cmd
}

// printPack prints a pack: its name, description and layer, and below it its parameters with their defaults.
func printPack(pack generator.Info, out io.Writer) {
	fmt.Fprintf(out, "%s: %s (%s)\n", pack.Name, pack.Description, pack.Layer)
	for _, parameter := range pack.Parameters {
		fmt.Fprintf(out, "  --set %s\n      %s\n", shellQuote(parameter.Name+"="+plain(parameter.Default)), parameter.Description)
		if choices := parameter.Schema.Get("enum"); choices.Is(value.Array) {
			var words []string
			for _, choice := range choices.Items {
				words = append(words, plain(choice))
			}
			fmt.Fprintf(out, "      one of %s\n", strings.Join(words, ", "))
		}
	}
}

// plain returns a value as --set takes it: a string as it is, any other as JSON.
func plain(v *value.Value) string {
	if v.Is(value.String) {
		return v.Text
	}
	return string(v.AppendJSON(nil, ""))
}
