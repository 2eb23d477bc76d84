package command

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// flags is what the command line of a run says. A verb binds the flags that it has.
type flags struct {
	cmd       *cobra.Command // the verb
	arguments []string

	// What is read.
	named                          []string // by -r
	title, description, docVersion string
	config                         string // read instead of firestone.yaml
	strict                         bool

	// What is made of it.
	template, output string
	set, layers      []string
	effort           int

	force, dryRun, watch, version bool // of the command without a verb
}

// bindDefinitions defines the flags for the input.
func (f *flags) bindDefinitions(set *pflag.FlagSet) {
	set.StringArrayVarP(&f.named, "resource", "r", nil, "also read `RESOURCE`; repeatable")
	set.StringVar(&f.title, "title", "", "use `TITLE` as the title of the API")
	set.StringVar(&f.description, "description", "", "use `TEXT` as the description of the API")
	set.StringVar(&f.docVersion, "doc-version", "", "use `VERSION` as the version of the API")
	set.StringVar(&f.config, "config", "", "read `FILE` instead of the nearest firestone.yaml")
	set.BoolVar(&f.strict, "strict", false, "treat warnings as errors")
}

// bindOutputs defines the flags for the output.
func (f *flags) bindOutputs(set *pflag.FlagSet) {
	set.StringVarP(&f.template, "template", "t", "", "use the templates of `PACK`: a name, or a folder written with a slash")
	set.StringVarP(&f.output, "output", "o", "", "write to `OUT`: a file (as JSON if it ends in .json) or a folder (OUT/)")
	set.StringArrayVar(&f.set, "set", nil, "set a parameter with `KEY=VALUE` (see firestone pack list); repeatable")
	bindLayers(set, &f.layers)
	set.IntVar(&f.effort, "effort", 0, "allow templates `N` times the usual steps and bytes")
	if err := set.MarkHidden("effort"); err != nil { // the error that it helps against names it
		panic(err)
	}
	f.bindDefinitions(set)
}

// resources returns all that the command line names to be read.
func (f *flags) resources() []string { return slices.Concat(f.arguments, f.named) }

// accept stores the verb and its arguments, and rejects errors in the command line itself.
func (f *flags) accept(cmd *cobra.Command, arguments []string) error {
	f.cmd, f.arguments = cmd, arguments
	for _, flag := range []string{"title", "doc-version", "config"} {
		if cmd.Flags().Changed(flag) && strings.TrimSpace(cmd.Flag(flag).Value.String()) == "" {
			return usageErrorf("omit the flag to use the default", "--%s is empty", flag)
		}
	}
	if err := f.checkArguments(); err != nil {
		return err
	}
	if f.template != "" && isFile(f.template) && !isPack(f.template) {
		return fileForPack(f.template)
	}
	given := map[string]string{}
	for _, set := range f.set {
		key, text, found := strings.Cut(set, "=")
		if !found || key == "" {
			return usageErrorf("write a key and a value, such as --set version=3.0.0", "--set %q is not KEY=VALUE", set)
		}
		if first, again := given[key]; again && first != text {
			return usageErrorf("leave one of the two out", "--set gives %s twice: %s, then %s", key, first, text)
		}
		given[key] = text
	}
	if f.effort < 0 {
		return usageErrorf("write a number from 1, such as --effort 10", "--effort %d is not a positive number", f.effort)
	}
	if cmd.Flags().Changed("output") && f.output == "" {
		return usageErrorf("name a file, or a folder ending in a slash", "-o is empty")
	}
	return nil
}
