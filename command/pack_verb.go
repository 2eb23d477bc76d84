package command

import (
	"fmt"
	"path"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// newPack returns the verb for everything about packs.
func newPack(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "pack",
		Short: "Show, override and test template packs",
		Long: `A pack is a folder of templates with a pack.yaml that says which template generates which file.
A --templates-path contains folders named after packs; each file in such a folder replaces the
file of the same path in the pack.`,
		Example: `  firestone pack list
  firestone pack show openapi --templates-path team
  firestone pack eject openapi/_tag.txt.tmpl --to team
  firestone pack test --templates-path team`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageErrorf("write "+cmd.CommandPath()+" "+strings.Join(verbs(cmd), " or "), "%s needs a command", cmd.CommandPath())
			}
			return unknownVerb(cmd, args[0])
		},
	}
	cmd.PersistentPreRunE = layersOfProject
	cmd.AddCommand(newPackList(c), newPackShow(c), newPackEject(c), newPackTest(c), newPackLint(c), newPackAudit(c))
	return cmd
}

// layersOfProject gives a verb the layers of the project where no flag does, and refuses layers that are in the wrong
// place.
func layersOfProject(cmd *cobra.Command, args []string) error {
	flag := cmd.Flag("templates-path")
	if flag == nil {
		return nil
	}
	layers, ok := flag.Value.(pflag.SliceValue)
	if !ok {
		return nil
	}
	isList := cmd.Name() == "list" // which prints the packs before the problems
	if flag.Changed {
		var packs []string
		for _, arg := range args {
			packs = append(packs, path.Base(packName(arg)))
		}
		if problems := strays(layers.GetSlice(), packs...); len(problems) > 0 && !isList {
			return problems
		}
		return nil
	}
	p, err := readProject("")
	if err != nil || p == nil {
		return err
	}
	isEject := cmd.Name() == "eject" // which makes the folder that is missing
	if problems := p.checkLayers(); problems.HasErrors() && !isList && !isEject {
		return problems
	}
	if isEject {
		return layers.Replace(p.namedLayers())
	}
	return layers.Replace(p.layers(nil))
}

// bindLayers defines the flag that names folders of overrides.
func bindLayers(flags *pflag.FlagSet, layers *[]string) {
	flags.StringArrayVar(layers, "templates-path", nil, "override packs with the folders of the same names in `DIR`; repeatable")
}

// onePack refuses any number of packs but one.
func onePack(cmd *cobra.Command, args []string) error {
	if len(args) != 1 {
		return usageErrorf("write "+cmd.CommandPath()+" asyncapi", "%s takes one pack, got %d", cmd.CommandPath(), len(args))
	}
	return nil
}

// newPackAudit returns the verb that lists where templates write text unescaped.
func newPackAudit(c *console) *cobra.Command {
	var layers []string
	cmd := &cobra.Command{
		Use:               "audit PACK",
		Short:             "List where templates write text unchecked: raw, and plain text",
		Example:           "  firestone pack audit asyncapi\n  firestone pack audit asyncapi --templates-path team",
		Args:              onePack,
		ValidArgsFunction: cobra.FixedCompletions(packNames(), cobra.ShellCompDirectiveNoFileComp),
		RunE: func(_ *cobra.Command, args []string) error {
			pack, err := openPack(args[0], layers)
			if err != nil {
				return err
			}
			var b strings.Builder
			for _, pos := range pack.RawUses() {
				fmt.Fprintln(&b, visibleLine(pos.String()))
			}
			for _, o := range pack.PlainOutputs() {
				fmt.Fprintf(&b, "%s is plain text\n", visibleLine(fmt.Sprintf("%v: %s", o.Pos, o.Path)))
			}
			return c.show(b.String())
		},
	}
	bindLayers(cmd.Flags(), &layers)
	return cmd
}
