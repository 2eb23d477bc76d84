package command

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/firestoned/firestone/model"
)

// generation is what a run that generates is told.
type generation struct {
	definitions
	template string
	layers   []string
	set      []string
	out      string
	version  bool
}

// newGenerate returns the command without a verb.
func newGenerate(c *console) *cobra.Command {
	g := &generation{}
	cmd := &cobra.Command{
		Use:   "firestone [RESOURCE...] -t PACK [-o OUT]",
		Short: "Generate what describes and uses the API of resources",
		Long: `Turn resource definitions into everything that describes and uses their API.
A RESOURCE is a file, a folder, a pattern, a comma list, or - for standard input.`,
		Example: `  firestone -t asyncapi book.yaml
  firestone -t asyncapi -o api/asyncapi.json book.yaml author.yaml
  firestone -t templates/asyncapi --set version=2.6.0 resources/`,
		Args:                  cobra.ArbitraryArgs,
		DisableFlagsInUseLine: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			g.arguments = args
			if g.version {
				return g.printVersion(c)
			}
			return g.run(cmd, c)
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVarP(&g.template, "template", "t", "", "make what `PACK` makes: a name, or a folder written with a slash")
	flags.StringVarP(&g.out, "output", "o", "", "write to `OUT`: a file (.json is JSON) or a folder (OUT/)")
	flags.StringArrayVar(&g.set, "set", nil, "set a parameter of the pack: `KEY=VALUE`, see pack list; repeatable")
	flags.StringArrayVar(&g.layers, "templates-path", nil, "override packs by the folders of their names in `DIR`; repeatable")
	g.bind(flags)
	flags.BoolVar(&g.version, "version", false, "print the version")
	flags.BoolP("help", "h", false, "print this help")
	completePacks(cmd)
	return cmd
}

// printVersion prints the version if nothing else is asked for: the Python firestone's --version took a value.
func (g *generation) printVersion(c *console) error {
	if len(g.arguments) > 0 || g.template != "" {
		return misusef("the version of the API is --doc-version, that of firestone is firestone version", "--version stands alone")
	}
	return printVersion(c)
}

// run checks the command line, then loads, renders and writes: nothing is written unless everything is right.
func (g *generation) run(cmd *cobra.Command, c *console) error {
	if err := g.check(cmd); err != nil {
		return err
	}
	loading := g.start(c)
	pack, err := openPack(g.template, g.layers)
	if err != nil {
		return err
	}
	out, err := chooseTarget(g.out, pack)
	if err != nil {
		return err
	}
	params, err := pack.Params(g.set)
	if err != nil {
		return misusedBy(err)
	}
	loaded := <-loading
	if loaded.err != nil {
		return loaded.err
	}
	api, warnings := loaded.api, loaded.warnings
	files, err := pack.Render(api, params)
	if err != nil {
		return append(warnings, problemsOf(err)...)
	}
	printProblems(warnings, c.errw)
	return out.write(files, c.out)
}

// loaded is what the definitions give.
type loaded struct {
	api      *model.API
	warnings model.Problems
	err      error
}

// start loads the definitions while the pack is being opened. What is wrong with the pack is said first.
func (g *generation) start(c *console) <-chan loaded {
	loading := make(chan loaded, 1)
	go func() {
		api, warnings, err := g.load(c)
		loading <- loaded{api, warnings, err}
	}()
	return loading
}

// check refuses what is wrong on the command line itself.
func (g *generation) check(cmd *cobra.Command) error {
	if err := g.definitions.check(cmd); err != nil {
		return err
	}
	if g.template == "" {
		return misusef("add -t "+strings.Join(packNames(), " or -t "), "no pack given")
	}
	for _, set := range g.set {
		if key, _, found := strings.Cut(set, "="); !found || key == "" {
			return misusef("write --set KEY=VALUE, such as --set version=3.0.0", "--set %q sets nothing", set)
		}
	}
	if cmd.Flags().Changed("output") && g.out == "" {
		return misusef("name a file, or a folder with a slash at its end", "-o is empty")
	}
	return nil
}
