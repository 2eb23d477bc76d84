package command

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/firestoned/firestone/generator"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/value"
)

// newPackList returns the verb that lists the packs.
func newPackList(c *console) *cobra.Command {
	var layers []string
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List the packs with their origin, outputs and parameters",
		Example: "  firestone pack list\n  firestone pack list --templates-path team",
		Args:    noArguments,
		RunE: func(*cobra.Command, []string) error {
			return listPacks(c, layers)
		},
	}
	bindLayers(cmd.Flags(), &layers)
	return cmd
}

// listPacks prints the packs that can be opened, followed by what is wrong with the others.
func listPacks(c *console, layers []string) error {
	names, problems, err := packsOf(layers)
	if err != nil {
		return err
	}
	ofProject, err := packsOfProject()
	if err != nil {
		return err
	}
	for _, pack := range ofProject {
		if isFolder(pack) && strings.ContainsRune(pack, '/') {
			names = append(names, pack)
		}
	}
	var b strings.Builder
	for _, name := range names {
		pack, err := openPack(name, layers)
		if err != nil {
			problems = append(problems, problemsOf(err)...)
			continue
		}
		b.WriteString(describePack(pack))
	}
	if err := c.show(b.String()); err != nil {
		return err
	}
	problems = append(problems, strays(layers)...)
	if problems.HasErrors() {
		return problems
	}
	c.tell(problems)
	return nil
}

// packsOf returns the names of the embedded packs and of those in the layers, sorted. A folder in a layer that is
// neither a pack nor named after one is a warning.
func packsOf(layers []string) ([]string, model.Problems, error) {
	names := packNames()
	var problems model.Problems
	for _, layer := range layers {
		if _, err := layersOf(nil, "", []string{layer}); err != nil {
			return nil, nil, err
		}
		entries, err := os.ReadDir(layer)
		if err != nil {
			return nil, nil, ioError(err)
		}
		for _, entry := range entries {
			at := inFolder(layer, entry.Name())
			if !isFolder(at) || strings.HasPrefix(entry.Name(), ".") || slices.Contains(names, entry.Name()) {
				continue
			}
			if _, err := os.Stat(filepath.Join(at, manifest)); err != nil {
				problems.Warn(value.UnusedFile, model.Pos{File: at}, near(entry.Name(), names), "the folder has no pack.yaml and is not named after a pack")
				continue
			}
			names = append(names, entry.Name())
		}
	}
	slices.Sort(names)
	return names, problems, nil
}

// near returns a hint with the name that was probably meant, or with all names.
func near(word string, names []string) string {
	return name.Suggest(word, names, "%s", "available packs: "+strings.Join(names, ", "))
}

// describePack says what a pack is for, where it comes from, what it makes, and what can be set.
func describePack(pack *generator.Pack) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s (%s)\n", visibleLine(pack.Name), pack.Description, visibleLine(provenance(pack)))
	for _, output := range pack.Outputs {
		fmt.Fprintf(&b, "  generates %s\n", visibleLine(describeOutput(output)))
	}
	for _, parameter := range pack.Parameters {
		example := "VALUE" // of a parameter without a default
		if !parameter.Default.Is(value.KindNull) && !parameter.IsDerived() {
			example = plain(parameter.Default)
		}
		fmt.Fprintf(&b, "  --set %s\n      %s\n", shellQuote(visibleLine(parameter.Name)+"="+example), parameter.Description)
		if parameter.IsDerived() {
			fmt.Fprintf(&b, "      default: %s\n", parameter.Default.Text)
		}
		if choices := parameter.Schema.Get("enum"); choices.Is(value.KindArray) {
			var words []string
			for _, choice := range choices.Items {
				words = append(words, plain(choice))
			}
			fmt.Fprintf(&b, "      one of %s\n", strings.Join(words, ", "))
		}
	}
	return b.String()
}

// provenance names the layers of a pack: embedded, overridden by team/openapi.
func provenance(pack *generator.Pack) string {
	layers := pack.Layers()
	first := layers[0]
	if parent, base := path.Split(first); parent == "embedded/" {
		first = "embedded"
		if base != pack.Name && len(layers) > 1 {
			first = path.Join(parent, base)
		}
	}
	if len(layers) == 1 {
		return first
	}
	return first + ", overridden by " + strings.Join(layers[1:], ", ")
}

// describeOutput says which file an output is.
func describeOutput(output generator.Output) string {
	text := output.Path
	if output.Copy != "" {
		text += ", copied"
	}
	if output.When != "" {
		text += " if " + output.When
	}
	if !output.IsOnce() {
		text += " for each " + output.Each
	}
	if output.Write == generator.WriteOnce {
		text += ", only if it does not exist"
	}
	return text
}

// plain returns a value in the form --set accepts: a string unchanged, any other as JSON.
func plain(v *value.Value) string {
	if v.Is(value.KindString) {
		return v.Text
	}
	return string(v.AppendJSON(nil, ""))
}
