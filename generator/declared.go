package generator

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/firestoned/firestone/generator/escape"
	"github.com/firestoned/firestone/generator/tree"
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
			problems.Add(value.UnsafeLanguage, pattern.Pos, `write a list of patterns: plain: ["*.sql"]`, "a pattern of plain is a string, not of type %s", pattern.Kind)
		case err != nil:
			problems.Add(value.UnsafeLanguage, pattern.Pos, `write a pattern such as "*.sql"`, "%q is not a pattern", pattern.Text)
		case language != escape.Text:
			problems.Add(value.UnsafeLanguage, pattern.Pos, "remove it", "the pattern %q names %s files, in which values are escaped", pattern.Text, language)
		}
	}
}

// isPlain reports whether values may be written into a file unescaped: it is a text file, or pack.yaml declares it.
func (p *Pack) isPlain(file string) bool {
	if isText(file) {
		return true
	}
	base := path.Base(file)
	return slices.ContainsFunc(p.plain, func(pattern string) bool {
		onBase, err := path.Match(pattern, base)
		if onBase && err == nil {
			return true
		}
		onPath, err := path.Match(pattern, file)
		return onPath && err == nil
	})
}

// isText reports whether a file is plain text by its name.
func isText(file string) bool { return strings.EqualFold(path.Ext(file), ".txt") }

// hashed are the files without a writer in which a line that begins with # is a comment, by their suffix or name.
var hashed = []string{
	".bash", ".cfg", ".conf", ".env", ".ex", ".exs", ".fish", ".gitignore", ".gql", ".graphql", ".hcl", ".mk", ".pl", ".properties", ".ps1", ".r", ".rb", ".sh",
	".tf", ".tfvars", ".zsh", "dockerfile", "gemfile", "makefile",
}

// checkLiterals reports functions that write what another language reads: quote writes a string of JSON, and comment begins
// each line with "#".
func (s *source) checkLiterals(file string, problems *value.Problems) {
	if s.parsed == nil {
		return
	}
	for _, call := range tree.Calls(s.parsed.Root, "quote") {
		problems.Add(value.UnsafeLanguage, s.pos(tree.Start(call)), "write toJson, if a string is written as in JSON there, or the quotes, and replace in the value what ends them",
			"quote does not know how a string is written in %s", file)
	}
	if slices.Contains(hashed, strings.ToLower(path.Ext(file))) || slices.Contains(hashed, strings.ToLower(path.Base(file))) {
		return
	}
	for _, call := range tree.Calls(s.parsed.Root, "comment") {
		problems.Add(value.UnsafeLanguage, s.pos(tree.Start(call)), `write // {{ printable VALUE | replace "\n" "\n// " }}, with what begins a comment there in place of //`,
			"comment does not know how a comment is written in %s", file)
	}
}

// checkPlain reports templates and outputs in a language without a writer that pack.yaml does not declare.
func (p *Pack) checkPlain(problems *value.Problems) {
	for _, s := range p.sources() {
		file := strings.TrimSuffix(s.path, templateSuffix)
		switch {
		case s.language != escape.Text || isText(file):
		case !p.isPlain(file):
			refusePlain(value.Pos{File: s.file, Line: 1, Col: 1}, file, problems)
		default:
			s.checkLiterals(file, problems)
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
	problems.Add(value.UnsafeLanguage, at, fmt.Sprintf("add `plain: [%q]` to pack.yaml and check every value in the template, or write .yaml, .json, .toml, .py, .ts, .js, .md, .html or .txt", pattern),
		"values cannot be escaped in %s, whose language firestone does not know", file)
}

// PlainOutput is an output in which values are written unescaped, because pack.yaml declares it.
type PlainOutput struct {
	Pos  value.Pos // of the output in pack.yaml
	Path string    // of the file; it may hold actions
}

// PlainOutputs returns the outputs that pack.yaml declares to be plain text, in its order. Text files are not among them.
func (p *Pack) PlainOutputs() []PlainOutput {
	var plain []PlainOutput
	for _, o := range p.Outputs {
		if o.Copy == "" && p.templates[o.Template].language == escape.Text && !isText(o.Path) {
			plain = append(plain, PlainOutput{Pos: o.pos, Path: o.Path})
		}
	}
	return plain
}
