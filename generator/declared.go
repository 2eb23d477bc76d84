package generator

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/firestoned/firestone/generator/escape"
	"github.com/firestoned/firestone/model/value"
)

// checkPlainPatterns reports what cannot be a pattern of `plain`.
func (m *manifest) checkPlainPatterns(problems *value.Problems) {
	plain := m.tree.Get("plain")
	if !plain.Is(value.KindArray) {
		return
	}
	for _, pattern := range plain.Items {
		language := escape.LanguageOf(pattern.Text)
		switch _, err := path.Match(pattern.Text, ""); {
		case !pattern.Is(value.KindString):
			problems.Add(pattern.Pos, `write a list of patterns: plain: ["*.sql"]`, "a pattern of plain is a string, not of type %s", pattern.Kind)
		case err != nil:
			problems.Add(pattern.Pos, `write a pattern such as "*.sql"`, "%q is not a pattern", pattern.Text)
		case language != escape.Text:
			problems.Add(pattern.Pos, "remove it", "the pattern %q names %s files, in which values are escaped", pattern.Text, language)
		}
	}
}

// isPlain reports whether values may be written into a file as they are: it is a text file, or pack.yaml says so.
func (p *Pack) isPlain(file string) bool {
	base := path.Base(file)
	if strings.EqualFold(path.Ext(base), ".txt") {
		return true
	}
	return slices.ContainsFunc(p.plain, func(pattern string) bool {
		onBase, err := path.Match(pattern, base)
		if onBase && err == nil {
			return true
		}
		onPath, err := path.Match(pattern, file)
		return onPath && err == nil
	})
}

// checkPlain reports templates and outputs in a language without a writer that pack.yaml does not declare.
func (p *Pack) checkPlain(problems *value.Problems) {
	for _, s := range p.sources() {
		if file := strings.TrimSuffix(s.path, templateSuffix); s.language == escape.Text && !p.isPlain(file) {
			refusePlain(value.Pos{File: s.file, Line: 1, Col: 1}, file, problems)
		}
	}
	for _, o := range p.Outputs {
		s := p.templates[o.Template]
		if s == nil || o.Path == strings.TrimSuffix(o.Template, templateSuffix) {
			continue
		}
		if s.language == escape.Text && escape.LanguageOf(o.Path) == escape.Text && !p.isPlain(o.Path) {
			refusePlain(o.pos, o.Path, problems)
		}
	}
}

func refusePlain(at value.Pos, file string, problems *value.Problems) {
	pattern := path.Base(file)
	if suffix := path.Ext(pattern); suffix != "" && !strings.ContainsAny(suffix, "{} ") {
		pattern = "*" + suffix
	} else if strings.Contains(pattern, "{{") {
		pattern = "*"
	}
	problems.Add(at, fmt.Sprintf("add `plain: [%q]` to pack.yaml and check every value in the template, or write .yaml, .json, .toml, .py, .md, .html or .txt", pattern),
		"values cannot be escaped in %s, whose language firestone does not know", file)
}

// PlainOutput is an output in which values are written as they are, because pack.yaml declares it.
type PlainOutput struct {
	Pos  value.Pos // of the output in pack.yaml
	Path string    // of the file; it may hold actions
}

// PlainOutputs returns the outputs that pack.yaml declares to be plain text, in its order. Text files are not among them.
func (p *Pack) PlainOutputs() []PlainOutput {
	var plain []PlainOutput
	for _, o := range p.Outputs {
		if o.Copy == "" && p.templates[o.Template].language == escape.Text && !strings.EqualFold(path.Ext(o.Path), ".txt") {
			plain = append(plain, PlainOutput{Pos: o.pos, Path: o.Path})
		}
	}
	return plain
}
