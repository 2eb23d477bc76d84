package command

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/firestoned/firestone/generator"
	"github.com/firestoned/firestone/generator/output"
	"github.com/firestoned/firestone/model/value"
	"github.com/firestoned/firestone/project"
)

// inputs returns digests of all that an output comes from, so that check can say later what has changed: the files
// of definitions, whose digests are given by path, the templates, those of an embedded pack as one, and what flags and
// firestone.yaml say. Names of files are those that the root folder sees.
func (r *run) inputs(o *outputSpec, root string, definitions map[string]string) output.Inputs {
	in := output.Inputs{Program: recordedProgram(), Run: r.runDigest(o, root)}
	for _, path := range slices.Sorted(maps.Keys(definitions)) {
		in.Definitions = append(in.Definitions, output.Input{Name: below(root, path), Digest: definitions[path]})
	}
	in.Templates = templateInputs(o.pack, root)
	for _, option := range []struct{ name, text string }{
		{"--title", r.options.Title}, {"--description", r.options.Description}, {"--doc-version", r.options.Version},
		{"include", names(o.asked.Include)}, {"exclude", names(o.asked.Exclude)},
	} {
		if option.text != "" {
			in.Parameters = append(in.Parameters, output.Input{Name: option.name, Digest: output.Digest([]byte(option.text))})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(o.params)) {
		in.Parameters = append(in.Parameters, output.Input{Name: name, Digest: output.Digest(written(o.params[name]))})
	}
	return in
}

// runDigest returns a digest of what an output comes from and no other input shows: every byte of firestone.yaml, which
// definitions are named and in which order, the order of the layers, and how much templates may do. It returns "" for a
// run that the next one must not take for granted: one with warnings, which each run prints, one that asked for a file
// which does not exist, and one of a build that cannot be told from others.
func (r *run) runDigest(o *outputSpec, root string) string {
	hasMissing := r.reader != nil && len(r.reader.paths) > len(r.reader.digests)
	if _, isKnown := thisBuild(); !isKnown || len(r.warnings) > 0 || hasMissing {
		return ""
	}
	lines := []string{strconv.Itoa(r.effort)}
	if r.project != nil {
		lines = append(lines, r.project.digest)
	}
	for _, layer := range o.pack.Layers() {
		if !strings.HasPrefix(layer, output.BuiltIn) {
			layer = below(root, layer)
		}
		lines = append(lines, "layer "+layer)
	}
	for _, path := range r.paths {
		lines = append(lines, "definition "+below(root, path))
	}
	return output.Digest([]byte(strings.Join(lines, "\n")))
}

// templateInputs returns a digest for each file of the layers above an embedded pack, and one for that pack.
func templateInputs(pack *generator.Pack, root string) []output.Input {
	var inputs []output.Input
	embedded := map[string][]string{} // the digests of files by layer
	for _, file := range pack.Files() {
		for _, f := range append(file.Replaced, file) {
			if strings.HasPrefix(f.Layer, output.BuiltIn) {
				embedded[f.Layer] = append(embedded[f.Layer], f.Path+" "+f.Digest())
				continue
			}
			inputs = append(inputs, output.Input{Name: below(root, f.File), Digest: output.Digest([]byte(f.Text))})
		}
	}
	for _, layer := range slices.Sorted(maps.Keys(embedded)) {
		digest := output.Digest([]byte(strings.Join(embedded[layer], "\n")))
		inputs = append(inputs, output.Input{Name: layer, Digest: digest})
	}
	return inputs
}

// names returns names of resources as one text.
func names(resources []project.Text) string {
	var all []string
	for _, r := range resources {
		all = append(all, r.Value)
	}
	return strings.Join(all, ", ")
}

// written returns the value of a parameter as text.
func written(parameter any) []byte {
	if v, ok := parameter.(*value.Value); ok {
		return v.AppendJSON(nil, "")
	}
	text, err := json.Marshal(parameter)
	if err != nil {
		return []byte(err.Error()) // a parameter comes from YAML, all of which is JSON
	}
	return text
}
