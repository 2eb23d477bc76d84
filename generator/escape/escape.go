// Package escape answers one question: how is this value written in this place of this file?
//
// Parse reads a template and determines the place of each action from the template's own text: a YAML scalar, a key,
// the inside of quotes, a comment, a Python expression, an attribute. It appends the writer for that place to the
// action's pipeline, so that `{{ .Name }}` is correct everywhere and nothing reaches an output unescaped. The parts of
// a YAML scalar are first combined into one action. If no writer can be correct (in an escape, or a field of an
// f-string), the template is refused when it is opened, with the form to write instead.
//
// The package knows nothing of packs, layers or resources. It does not check that a template's text is valid YAML or
// Python: it reads just enough to know where the actions are.
package escape

import (
	"path"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// Language is the language of a file.
type Language string

// The languages with their own writers. Text is for all other files, in which actions are written as they are.
const (
	YAML     Language = "YAML"
	Python   Language = "Python"
	JSON     Language = "JSON"
	TOML     Language = "TOML"
	Markdown Language = "Markdown"
	HTML     Language = "HTML"
	// TypeScript is that, and JavaScript.
	TypeScript Language = "TypeScript"
	Text       Language = "text"
)

// LanguageOf returns the language of a template or an output by its name: "asyncapi.yaml.tmpl", "_main.py.tmpl" and
// "README.md" are YAML, Python and Markdown, "Makefile.tmpl" is Text.
func LanguageOf(name string) Language {
	switch suffixOf(name) {
	case ".yaml", ".yml":
		return YAML
	case ".py", ".pyi":
		return Python
	case ".json", ".jsonc", ".jsonl", ".ndjson", ".geojson", ".webmanifest", ".ipynb":
		return JSON
	case ".toml":
		return TOML
	case ".md", ".markdown", ".mdx":
		return Markdown
	case ".html", ".htm":
		return HTML
	case ".ts", ".mts", ".cts", ".js", ".mjs", ".cjs":
		return TypeScript
	}
	return Text
}

// suffixOf returns the lower-case extension of a template or an output, ignoring .tmpl.
func suffixOf(name string) string {
	return strings.ToLower(path.Ext(strings.TrimSuffix(name, ".tmpl")))
}

// form is the structure of a Source, which decides where it can be used.
type form uint8

const (
	lines   form = iota // lines as written by an author
	block               // a mapping or list in block style, which cannot follow a key on the same line
	remark              // comment lines, allowed at any depth
	scalar              // a block scalar or quoted text from `text`, which starts on the line of its key
	literal             // a value of Python or TOML with one element per line
)

// Source is text that is already source code of a language. It passes unchanged in a place of that language; elsewhere
// it is data, escaped like any string. Templates hold it as *Source; a nil *Source is absent text, so `{{ with include
// "x" . }}` is false if the partial yields nothing.
type Source struct {
	Language  Language
	Text      string
	marked    string // the text with its marks, or "" if it has none
	form      form
	hasPieces bool         // the marks include those of pieces
	indented  bool         // nindent has been applied
	indent    int          // the argument of nindent
	of        *value.Value // the argument of toYaml, for a place of one line
	asHTML    string       // in Markdown: the equivalent for a place in HTML
}

// NewSource returns text as source of the language, without trailing line breaks, or nil if nothing is left.
func NewSource(language Language, text string) *Source {
	text = strings.TrimRight(text, "\r\n")
	if strings.TrimSpace(text) == "" {
		return nil
	}
	if language == Python {
		return pythonSource(text, lines)
	}
	return &Source{Language: language, Text: text}
}

// String returns the text, or "" for nil, so that printf and similar functions produce a plain string.
func (s *Source) String() string {
	if s == nil {
		return ""
	}
	return s.Text
}

// Rendered returns the result of `include` for the template of that name: a *Source of the template's language or, if
// that is Text, a plain string, which is escaped where it is included.
func Rendered(name, text string) any {
	language := LanguageOf(name)
	if language == Text {
		return strings.TrimRight(text, "\r\n")
	}
	return NewSource(language, text)
}
