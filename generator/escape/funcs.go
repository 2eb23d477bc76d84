package escape

import (
	"fmt"
	"strings"
	"text/template"

	"github.com/firestoned/firestone/generator/python"
	"github.com/firestoned/firestone/model/value"
)

// TemplateFuncs returns the template functions that handle source code, for files of the language:
//
//	toYaml X      X as YAML in block style, and on one line where there is but one, source of YAML
//	toJson X      X as JSON on one line, source of JSON
//	toPython X    X as a literal of Python with one element a line, and on one line where there is but one, source of Python
//	toToml X      X as a value of TOML, or for a map as `key = value` lines, source of TOML
//	text X        X as text of several lines, for `{{- text X | nindent N }}`, source of the file's language
//	quote X       X as a quoted literal of the file's language
//	comment X     X as comment lines of the file's language, or a comment of HTML
//	ident X       X as an identifier of TypeScript in its files, else of Python, source of that language
//	code X        X as a code span, source of Markdown, or of HTML in a file of HTML
//	flag X, snake X, kebab X
//	              X as a name of letters and digits, a string
//	distinct RULE RESERVED NAMES
//	              the names by a rule, different from each other and from the reserved ones: a list
//	printable X   X without control and bidirectional characters, a string
//	isLast I LIST whether the index is that of the last item
//	raw X         X as source of the file's language, unchecked
//	indent N X, nindent N X, trim X, default D X, ternary A B C, coalesce X …
//	              as sprig's, and source stays source
//
// All other functions of a pack turn source into plain strings.
func TemplateFuncs(language Language) template.FuncMap {
	return template.FuncMap{
		"toYaml":   toYAML,
		"toJson":   toJSON,
		"toPython": toPython,
		"toToml":   toTOML,
		"text":     func(v any) (*Source, error) { return textSource(language, v) },
		"quote":    func(v any) (*Source, error) { return quote(language, v) },
		"comment":  func(v any) (*Source, error) { return comment(language, v) },
		"ident":    func(v any) (*Source, error) { return ident(language, v) },
		"code":     func(v any) (*Source, error) { return code(language, v) },
		"distinct": func(rule string, reserved, names any) (any, error) {
			return distinct(language, rule, reserved, names)
		},
		"flag":      nameFunc(Flag),
		"snake":     nameFunc(Snake),
		"kebab":     nameFunc(Kebab),
		"isLast":    isLast,
		"printable": printable,
		"raw":       func(v any) (*Source, error) { return raw(language, v) },
		"indent":    indent,
		"nindent":   nindent,
		"trim":      trim,
		"default":   orDefault,
		"ternary":   ternary,
		"coalesce":  coalesce,
	}
}

// toYAML returns any value in block style: `a: 1` for a map with one member. In a place of one line it is written in
// flow style. It errs if JSON cannot represent the value.
func toYAML(v any) (*Source, error) {
	lowered, err := lower(v)
	if err != nil {
		return nil, err
	}
	b, err := appendBlock(nil, lowered, 0)
	s := &Source{Language: YAML, Text: string(b), of: lowered}
	if len(lowered.Items) > 0 || len(lowered.Members) > 0 {
		s.form = block
	}
	return s, err
}

// toJSON returns any value as JSON: `{"a": 1}`. It errs if JSON cannot represent the value.
func toJSON(v any) (*Source, error) {
	text, err := WriteJSON(v)
	return &Source{Language: JSON, Text: text}, err
}

// toPython returns any value as a Python literal with one element per line, or in a place of one line, on one line. It
// errs if JSON cannot represent the value.
func toPython(v any) (*Source, error) {
	lowered, err := lower(v)
	if err != nil {
		return nil, err
	}
	b, err := appendPythonBlock(nil, lowered, 0)
	s := markedSource(marked(python.Literal, string(b)), literal)
	s.of = lowered
	return s, err
}

// toTOML returns any value as TOML: a map as `key = value` lines with nested maps inline, a list with one element per
// line. In a place of one line it is written on one line. It errs if TOML cannot represent the value, above all null.
func toTOML(v any) (*Source, error) {
	lowered, err := lower(v)
	if err != nil {
		return nil, err
	}
	b, err := appendTOMLBlock(nil, lowered)
	return &Source{Language: TOML, Text: string(b), form: literal, of: lowered}, err
}

// textSource returns text of several lines: in YAML as a block scalar if that is exact, in Markdown and HTML as escaped
// lines, in Python, JSON and TOML as a string literal.
func textSource(language Language, v any) (*Source, error) {
	text, err := placeText(v)
	if err != nil {
		return nil, err
	}
	s := &Source{Language: language, Text: text}
	switch language {
	case YAML:
		s.Text, s.form = WriteYAMLText(text), scalar
	case Python:
		return markedSource(pythonLiteral(text), lines), nil
	case JSON:
		s.Text = string(appendJSONString(nil, text))
	case TOML:
		s.Text = string(appendTOMLString(nil, text))
	case TypeScript:
		return scriptString(text), nil
	case Markdown:
		s = escapedLines(text)
	case HTML:
		s.Text = WriteHTML(text)
	}
	return s, nil
}

// quote returns a scalar as a quoted string: "no" for no. In Markdown, HTML and plain text that is a JSON literal.
func quote(language Language, v any) (*Source, error) {
	text, err := placeText(v)
	if err != nil {
		return nil, err
	}
	switch language {
	case YAML:
		text = string(appendDouble(nil, text))
	case Python:
		return markedSource(pythonLiteral(text), lines), nil
	case JSON:
		text = string(appendJSONString(nil, text))
	case TOML:
		text = string(appendTOMLString(nil, text))
	case TypeScript:
		return scriptString(text), nil
	case Markdown:
		return escapedLines(string(appendJSONString(nil, text))), nil
	case HTML:
		text = WriteHTML(string(appendJSONString(nil, text)))
	default:
		text = string(appendJSONString(nil, text))
	}
	return &Source{Language: language, Text: text}, nil
}

// scriptString returns a TypeScript string literal, which is a value in any context.
func scriptString(text string) *Source {
	return &Source{Language: TypeScript, Text: string(appendScriptString(nil, text)), form: literal, of: value.String(text)}
}

// comment returns a line beginning with "# ", or in TypeScript "// ", for each line of the text, or a single HTML
// comment. JSON and Markdown have no such comments.
func comment(language Language, v any) (*Source, error) {
	if language == JSON || language == Markdown {
		return nil, value.Problem{Msg: fmt.Sprintf("%s has no comment lines", language), Hint: "remove the comment"}
	}
	text, err := placeText(v)
	if err != nil {
		return nil, err
	}
	if language == HTML {
		return &Source{Language: language, Text: "<!-- " + strings.TrimSpace(htmlRemarkText(text)) + " -->", form: remark}, nil
	}
	sign := "# "
	if language == TypeScript {
		sign = "// "
	}
	var lines []string
	for line := range strings.SplitSeq(strings.TrimRight(strings.ReplaceAll(text, "\r\n", "\n"), "\n"), "\n") {
		switch line = strings.TrimRight(oneLine(line), " "); {
		case line == "":
			line = strings.TrimRight(sign, " ")
		case language == Python:
			line = sign + marked(python.Remark, line)
		case language == TypeScript:
			line = sign + scriptRemarkText(line)
		case language == Text && strings.HasSuffix(line, `\`):
			line = sign + line + "." // make and others would continue it on the next line
		default:
			line = sign + line
		}
		lines = append(lines, line)
	}
	if text = strings.Join(lines, "\n"); language == Python {
		return pythonSource(text, remark), nil
	}
	return &Source{Language: language, Text: text, form: remark}, nil
}

// ident returns an identifier, of TypeScript in its files, else of Python: list_items for "list items", class_ for
// "class".
func ident(language Language, v any) (*Source, error) {
	text, err := placeText(v)
	if err != nil {
		return nil, err
	}
	if language == TypeScript {
		return scriptName(ScriptIdent(text)), nil
	}
	return pythonName(text), nil
}

// scriptName returns an identifier as source of TypeScript.
func scriptName(name string) *Source {
	return &Source{Language: TypeScript, Text: name}
}

// raw returns the text as source of the file, unchecked.
func raw(language Language, v any) (*Source, error) {
	text, err := placeText(v)
	if err != nil {
		return nil, err
	}
	return &Source{Language: language, Text: text}, nil
}

// indent puts n spaces before each line; for source, only before lines that are not empty.
func indent(n int, v any) (any, error) {
	if n < 0 || n > 1000 {
		return nil, value.Problem{Msg: fmt.Sprintf("%d is not a valid indentation", n), Hint: "write a number from 0 to 1000"}
	}
	pad := strings.Repeat(" ", n)
	s, ok := v.(*Source)
	if !ok {
		text, err := placeText(v)
		return pad + strings.ReplaceAll(text, "\n", "\n"+pad), err
	}
	if s == nil {
		return s, nil
	}
	if s.form == scalar {
		return nil, value.Problem{Msg: "the lines of text need a line break before them", Hint: fmt.Sprintf("write nindent %d", n)}
	}
	indented := s.indentedBy(pad, pad)
	indented.of = nil
	if s.form == literal {
		indented.form = lines
	}
	return indented, nil
}

// nindent adds a line break and then indents. A block scalar keeps its "|" on the current line.
func nindent(n int, v any) (any, error) {
	if s, ok := v.(*Source); ok && s != nil && s.form == scalar && 0 <= n && n <= 1000 {
		return &Source{Language: s.Language, Text: indentLines(" ", s.Text, strings.Repeat(" ", n)), form: scalar, indented: true, indent: n}, nil
	}
	if s, ok := v.(*Source); ok && s != nil && s.form != scalar && 0 <= n && n <= 1000 {
		pad := strings.Repeat(" ", n)
		indented := s.indentedBy("\n"+pad, pad)
		indented.indented, indented.indent = true, n
		if s.form != literal {
			indented.of = nil
		}
		return indented, nil
	}
	v, err := indent(n, v)
	if text, ok := v.(string); ok {
		return "\n" + text, err
	}
	return v, err
}

// indentedBy returns the source with first before it, and pad before each further line that is not empty.
func (s *Source) indentedBy(first, pad string) *Source {
	indented := *s
	if s.marked != "" {
		indented.marked = indentMarked(first, s.marked, pad)
		indented.Text = s.unmarked(indented.marked)
	} else {
		indented.Text = indentLines(first, s.Text, pad)
	}
	return &indented
}

// indentLines puts first before the text, and pad before each further line that is not empty.
func indentLines(first, text, pad string) string {
	var b strings.Builder
	b.Grow(len(first) + len(text) + len(pad)*strings.Count(text, "\n"))
	b.WriteString(first)
	for {
		end := strings.IndexByte(text, '\n') + 1
		if end == 0 || pad == "" {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(text[:end])
		if text = text[end:]; text != "" && text[0] != '\n' {
			b.WriteString(pad)
		}
	}
}

// trim returns a string without surrounding space; for source, without line breaks and the spaces of the first line.
func trim(v any) (any, error) {
	s, ok := v.(*Source)
	if !ok {
		text, err := placeText(v)
		return strings.TrimSpace(text), err
	}
	if s == nil || s.form == scalar {
		return s, nil
	}
	trimmed := *s
	trimmed.Text, trimmed.marked, trimmed.indented = strings.TrimSpace(s.Text), strings.TrimSpace(s.marked), false
	return &trimmed, nil
}

// isEmpty reports whether a template considers the value false; a value.Value counts as its content.
func isEmpty(v any) bool {
	if v, ok := v.(*value.Value); ok && v != nil {
		return v.Kind == value.KindNull || v.IsFalse() || v.Kind >= value.KindString && v.Text == "" && len(v.Items) == 0 && len(v.Members) == 0
	}
	truth, ok := template.IsTrue(v)
	return !ok || !truth
}

// orDefault returns the value, or d if it is missing or empty.
func orDefault(d any, given ...any) any {
	if len(given) == 0 || isEmpty(given[0]) {
		return d
	}
	return given[0]
}

// ternary returns the first value if the condition is true, else the second.
func ternary(yes, no any, condition bool) any {
	if condition {
		return yes
	}
	return no
}

// coalesce returns the first value that is not empty, or nil.
func coalesce(given ...any) any {
	for _, v := range given {
		if !isEmpty(v) {
			return v
		}
	}
	return nil
}
