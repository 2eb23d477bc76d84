package command

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/firestoned/firestone/generator"
)

// newPackShow returns the verb that lists the files of a pack.
func newPackShow(c *console) *cobra.Command {
	var layers []string
	cmd := &cobra.Command{
		Use:   "show PACK",
		Short: "List the files of a pack, their layers, and what overrides replace",
		Long: `List the outputs of a pack and the files that it consists of, each with its layer and the file
that it replaces. For an ejected file, say whether the original has changed since.`,
		Example:           "  firestone pack show openapi\n  firestone pack show openapi --templates-path team",
		Args:              onePack,
		ValidArgsFunction: cobra.FixedCompletions(packNames(), cobra.ShellCompDirectiveNoFileComp),
		RunE: func(_ *cobra.Command, args []string) error {
			pack, err := openPack(args[0], layers)
			if err != nil {
				return err
			}
			return c.show(showPack(pack, args[0], layers))
		},
	}
	bindLayers(cmd.Flags(), &layers)
	return cmd
}

// showPack describes the outputs and files of a pack, called named on the command line, in columns. Notes on an
// override are printed below it.
func showPack(pack *generator.Pack, named string, layers []string) string {
	files := pack.Files()
	width := 0
	for _, file := range files {
		width = max(width, utf8.RuneCountInString(visibleLine(file.Path)))
	}
	var b strings.Builder
	row := func(left, right string) { fmt.Fprintf(&b, "%-*s  %s\n", width, visibleLine(left), visibleLine(right)) }
	fmt.Fprintf(&b, "%s: %s\n%s\n\n", visibleLine(pack.Name), pack.Description, visibleLine(provenance(pack)))
	row("TEMPLATE", "OUTPUT")
	for _, output := range pack.Outputs {
		row(cmp.Or(output.Template, output.Copy), describeOutput(output))
	}
	b.WriteString("\n")
	row("FILE", "LAYER")
	for _, file := range files {
		row(file.Path, file.Layer)
		for _, note := range notes(file, ejectCommand(file, pack.Name, named, layers)) {
			b.WriteString("    " + visibleLine(note) + "\n")
		}
	}
	return b.String()
}

// notes says what a file replaces, and whether what it was ejected from, by the command again, has changed.
func notes(file generator.TemplateFile, again string) []string {
	var notes []string
	below := replacedLayers(file)
	if len(below) > 0 {
		notes = append(notes, "replaces the file of "+strings.Join(below, ", which replaces that of "))
	}
	origin, isEjected := file.Origin()
	switch {
	case !isEjected:
	case len(below) == 0:
		notes = append(notes, "ejected from "+origin.Path+" of firestone "+origin.Version+"; the original no longer exists")
	case file.IsOutdated():
		notes = append(notes, "ejected from firestone "+origin.Version+"; the original has changed since; to compare, run", "  "+again)
	default:
		notes = append(notes, "ejected from firestone "+origin.Version+"; the original has not changed")
	}
	return notes
}

// replacedLayers returns the layers whose files a file replaces, the highest first.
func replacedLayers(file generator.TemplateFile) []string {
	var layers []string
	for _, replaced := range slices.Backward(file.Replaced) {
		layers = append(layers, replaced.Layer)
	}
	return layers
}

// ejectCommand returns the command that ejects the original of a file once more; folder is what layers call the pack.
func ejectCommand(file generator.TemplateFile, folder, named string, layers []string) string {
	line := "firestone pack eject " + shellQuote(strings.TrimRight(named, "/")+"/"+file.Path)
	for _, layer := range layers {
		if slices.Contains(replacedLayers(file), inFolder(layer, folder)) {
			line += " --templates-path " + shellQuote(layer)
		}
	}
	return line + " --to new"
}
