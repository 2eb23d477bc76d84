package generator

import (
	"fmt"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/firestoned/firestone/generator/escape"
	"github.com/firestoned/firestone/generator/tree"
	"github.com/firestoned/firestone/model/value"
)

// The features of YAML that the text of a template may use where `yaml` of its output lists them. No value of a definition
// makes one: it is written as a scalar or a collection of scalars, whatever it contains.
const (
	yamlDocuments = "documents"
	yamlAnchors   = "anchors" // with aliases and merge keys
	yamlTags      = "tags"
)

var yamlFeatures = []string{yamlDocuments, yamlAnchors, yamlTags}

// features is a set of yamlFeatures.
type features uint8

func featuresOf(names []string) features {
	var set features
	for i, name := range yamlFeatures {
		if slices.Contains(names, name) {
			set |= 1 << i
		}
	}
	return set
}

func (f features) has(name string) bool { return f&featuresOf([]string{name}) != 0 }

// checkFeatures reports what cannot be a value of `yaml` of an output, and outputs that have none to verify.
func checkFeatures(output *value.Value, problems *value.Problems) {
	listed := output.Get("yaml")
	if !listed.Is(value.KindArray) {
		return
	}
	for _, name := range listed.Items {
		if !name.Is(value.KindString) {
			problems.Add(value.InvalidManifest, name.Pos, "write a list of words: yaml: ["+strings.Join(yamlFeatures, ", ")+"]", "yaml lists features of YAML, not a value of type %s", name.Kind)
			continue
		}
		value.CheckWord(name, problems, yamlFeatures...)
	}
	file := output.Get("path").StringOr(output.Get("template").StringOr(""))
	switch {
	case output.Has("copy"):
		problems.Add(value.InvalidManifest, listed.Pos, "remove it", "copied files may contain any YAML")
	case file != "" && escape.LanguageOf(file) != escape.YAML:
		problems.Add(value.InvalidManifest, listed.Pos, "remove it", "%s is not a YAML file", strings.TrimSuffix(file, templateSuffix))
	}
}

// ownMarks returns the anchors, aliases, tags and merge keys that the texts of the YAML templates have, and "---" where one
// has a document marker. They are an upper bound of what an output may have: no value adds to them.
func (p *Pack) ownMarks() map[string]bool {
	own := map[string]bool{}
	if !slices.ContainsFunc(p.Outputs, func(o Output) bool { return o.yaml != 0 }) {
		return own
	}
	for _, s := range p.rendered() {
		if s.language != escape.YAML || s.parsed == nil {
			continue
		}
		tree.Inspect(s.parsed.Root, func(node parse.Node) bool {
			if text, ok := node.(*parse.TextNode); ok {
				addMarks(own, string(text.Text))
			}
			return true
		})
	}
	return own
}

func addMarks(own map[string]bool, text string) {
	for line := range strings.SplitSeq(text, "\n") {
		if strings.HasPrefix(line, "---") || strings.HasPrefix(line, "...") {
			own["---"] = true
		}
	}
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t\r\n[]{},", r) }) {
		if strings.IndexByte("&*!<", word[0]) >= 0 {
			own[word], own[strings.TrimSuffix(word, ":")] = true, true
		}
	}
}

// verifyYAML verifies a file by reading it line by line, which is some twenty times as fast as parsing it, and parses
// those that hold anything beyond that reader.
func verifyYAML(file File, by origin, problems *value.Problems) {
	if escape.IsSimpleYAML(file.Content) {
		return
	}
	var own value.Problems
	documents, marks := value.ParseMarked(file.Path, file.Content, &own)
	*problems = append(*problems, own...)
	switch {
	case own.HasErrors():
		return
	case len(documents) == 0:
		problems.Add(value.InvalidOutput, value.Pos{File: file.Path, Line: 1, Col: 1}, "", "it contains no document")
		return
	case len(documents) > 1 && !by.allowed.has(yamlDocuments):
		problems.Add(value.InvalidOutput, documents[1].Pos, by.allow(yamlDocuments), "it contains more than one document")
	case len(documents) > 1 && !by.own["---"]:
		problems.Add(value.InvalidOutput, documents[1].Pos, "", "it contains more than one document, but no template of the pack contains ---")
	}
	for _, mark := range marks {
		feature := yamlAnchors
		if mark.Text[0] == '!' {
			feature = yamlTags
		}
		switch {
		case !by.allowed.has(feature):
			problems.Add(value.InvalidOutput, mark.Pos, by.allow(feature), "it contains %s", described(mark))
		case !by.own[mark.Text]:
			problems.Add(value.InvalidOutput, mark.Pos, "", "it contains %s, which no template of the pack contains", described(mark))
		}
	}
}

// allow says how to allow a feature.
func (by origin) allow(feature string) string {
	names := []string{}
	for _, name := range yamlFeatures {
		if name == feature || by.allowed.has(name) {
			names = append(names, name)
		}
	}
	return fmt.Sprintf("add `yaml: [%s]` to the output %s in the pack.yaml of the pack %s", strings.Join(names, ", "), by.output, by.pack)
}

func described(mark value.Mark) string {
	switch mark.Text[0] {
	case '&':
		return "an anchor, " + mark.Text
	case '*':
		return "an alias, " + mark.Text
	case '!':
		return "a tag, " + mark.Text
	}
	return "a merge key"
}
