// Package escape answers one question: how is this value written in this place of this file?
//
// Parse reads one template and finds the place of each action from the template's own text: a YAML
// scalar, a key, the inside of a quote, a comment, a Python expression, an attribute. It ends the action's pipeline
// with the writer of that place, so that `{{ .Name }}` is right everywhere and nothing reaches an
// output unescaped. Parts of a YAML scalar become one action first. A place where no writer can be right (an escape, a
// field of an f-string) is refused when the template is opened, with the form to write instead.
//
// The package knows nothing of packs, layers or resources. It does not check that a template's text is
// valid YAML or Python: it follows the text just far enough to know where the actions stand.
package escape

import (
	"path"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// Language is what a file is written in.
type Language string

// The languages with writers of their own. Text is every other file: there an action is written as it is.
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

// LanguageOf returns the language of a template or an output by its name: "asyncapi.yaml.tmpl", "_main.py.tmpl"
// and "README.md" are YAML, Python and Markdown, "Makefile.tmpl" is Text.
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

// suffixOf returns what the name of a template or an output ends in, in small letters and without .tmpl.
func suffixOf(name string) string {
	return strings.ToLower(path.Ext(strings.TrimSuffix(name, ".tmpl")))
}

// form tells what a Source consists of, which decides where it may stand.
type form uint8

const (
	lines   form = iota // lines as an author wrote them
	block               // a mapping or list in block style, which never fits behind a key on the same line
	remark              // comment lines, which may stand at any depth
	scalar              // a block scalar or quoted text of `text`, which starts on the key's own line
	literal             // a value of Python or TOML with one element a line
)

// Source is text that is already source of a language. It passes as it is in a place of that language;
// elsewhere its text is data, escaped like any string. Templates hold it as *Source; a nil *Source is
// no text at all, so that `{{ with include "x" . }}` is false where the partial yields nothing.
type Source struct {
	Language  Language
	Text      string
	marked    string // the text with its marks, or "" where it has none
	form      form
	hasPieces bool         // the marks are also those of pieces
	indented  bool         // nindent has been applied
	indent    int          // the argument of nindent
	of        *value.Value // what toYaml wrote, for a place of one line
	asHTML    string       // in Markdown: the same for a place in HTML
}

// NewSource returns text as source of the language, without its last line breaks, or nil where nothing is left.
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

// String returns the text, and nothing for nil, so that printf and the like make a plain string of it.
func (s *Source) String() string {
	if s == nil {
		return ""
	}
	return s.Text
}

// Rendered returns what the template of that name yields to `include`: a *Source of the template's language,
// or, where the language is Text, a plain string that is escaped where it is included.
func Rendered(name, text string) any {
	language := LanguageOf(name)
	if language == Text {
		return strings.TrimRight(text, "\r\n")
	}
	return NewSource(language, text)
}
