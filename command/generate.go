package command

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/firestoned/firestone/generator/output"
)

// generation is what a run that generates is told.
type generation struct {
	definitions
	template string
	layers   []string
	set      []string
	out      string
	effort   int
	force    bool
	dryRun   bool
	watch    bool
	version  bool
}

// newGenerate returns the command without a verb.
func newGenerate(c *console) *cobra.Command {
	g := &generation{}
	cmd := &cobra.Command{
		Use:   "firestone [RESOURCE...] [-t PACK] [-o OUT]",
		Short: "Generate API documents from resource definitions",
		Long: `Generate API documents, and any other files that packs define, from resource definitions.
A RESOURCE is a file, a folder, a glob pattern, a comma-separated list, or - for standard input.
Without -t, generate everything that the nearest firestone.yaml lists.`,
		Example: `  firestone -t asyncapi book.yaml
  firestone -t openapi -o api/openapi.json book.yaml author.yaml
  firestone --watch`,
		Args:                  cobra.ArbitraryArgs,
		DisableFlagsInUseLine: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			g.arguments = args
			if g.version {
				return g.printVersion(c)
			}
			if err := g.check(cmd); err != nil {
				return err
			}
			if g.watch {
				return g.runOnChange(cmd, c)
			}
			return g.run(cmd, c)
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	g.bind(flags)
	flags.BoolVar(&g.force, "force", false, "overwrite files that were edited by hand or not written by firestone")
	flags.BoolVar(&g.dryRun, "dry-run", false, "list what would change without writing anything")
	flags.BoolVar(&g.watch, "watch", false, "regenerate whenever an input changes")
	flags.BoolVar(&g.version, "version", false, "print the version")
	flags.BoolP("help", "h", false, "print this help")
	completePacks(cmd)
	return cmd
}

// bind defines the flags that say what is made of what.
func (g *generation) bind(flags *pflag.FlagSet) {
	flags.StringVarP(&g.template, "template", "t", "", "use the templates of `PACK`: a name, or a folder written with a slash")
	flags.StringVarP(&g.out, "output", "o", "", "write to `OUT`: a file (as JSON if it ends in .json) or a folder (OUT/)")
	flags.StringArrayVar(&g.set, "set", nil, "set a parameter with `KEY=VALUE` (see firestone pack list); repeatable")
	flags.StringArrayVar(&g.layers, "templates-path", nil, "override packs with the folders of the same names in `DIR`; repeatable")
	flags.IntVar(&g.effort, "effort", 0, "let templates take `N` times the usual steps and bytes")
	if err := flags.MarkHidden("effort"); err != nil { // the error that it helps against names it
		panic(err)
	}
	g.definitions.bind(flags)
}

// printVersion prints the version if nothing else is asked for: the Python firestone's --version took a value.
func (g *generation) printVersion(c *console) error {
	if len(g.arguments) > 0 || g.template != "" {
		return misusef("use --doc-version for the version of the API, or firestone version for that of firestone", "--version takes no other arguments")
	}
	return printVersion(c)
}

// run loads, renders and writes: nothing is written unless everything is right. Where the record shows that nothing would
// change it does none of that.
func (g *generation) run(cmd *cobra.Command, c *console) error {
	j, err := g.begin(cmd)
	if err != nil {
		return err
	}
	if root, isDone := g.isDone(j); isDone {
		j.report(&output.Plan{}, root, c)
		return nil
	}
	if err := g.render(j, c); err != nil {
		return err
	}
	return g.finish(j, c)
}

// rendered returns the job that the command line asks for, with all its outputs in memory; with an error as far as
// it has come.
func (g *generation) rendered(cmd *cobra.Command, c *console) (*job, error) {
	j, err := g.begin(cmd)
	if err != nil {
		return j, err
	}
	return j, g.render(j, c)
}

// begin returns the job that the command line asks for, with what is known before any definition or pack is read; with
// an error as far as it has come.
func (g *generation) begin(cmd *cobra.Command) (*job, error) {
	j := &job{effort: g.effort}
	var err error
	if j.project, err = openProject(g.config); err != nil {
		return j, err
	}
	if j.outputs, err = g.outputs(j.project); err != nil {
		return j, err
	}
	if err := g.inProject(cmd, j.project); err != nil {
		return j, err
	}
	j.options = g.options
	return j, nil
}

// render loads the definitions, opens the packs and renders all outputs in memory.
func (g *generation) render(j *job, c *console) error {
	if err := g.prepare(j, c); err != nil {
		return err
	}
	return j.render()
}

// finish writes what is rendered, or lists it.
func (g *generation) finish(j *job, c *console) error {
	printWarnings(j.warnings, j.known, c.errw)
	if g.dryRun {
		return j.list(c, g.force)
	}
	return j.write(c, g.force)
}

// check refuses what is wrong on the command line itself.
func (g *generation) check(cmd *cobra.Command) error {
	if err := g.definitions.check(cmd); err != nil {
		return err
	}
	for _, set := range g.set {
		if key, _, found := strings.Cut(set, "="); !found || key == "" {
			return misusef("write a key and a value, such as --set version=3.0.0", "--set %q is not KEY=VALUE", set)
		}
	}
	if g.effort < 0 {
		return misusef("write a number from 1, such as --effort 10", "--effort %d is no number of times", g.effort)
	}
	if cmd.Flags().Changed("output") && g.out == "" {
		return misusef("name a file, or a folder ending in a slash", "-o is empty")
	}
	return nil
}
