package escape

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// inDeclaration reads a character of a style. The word holds the open parentheses and quotes, and a slash right before
// the character.
func (s htmlState) inDeclaration(c byte) htmlState {
	open := strings.TrimSuffix(s.word, "/")
	isQuoted := strings.HasSuffix(open, `"`) || strings.HasSuffix(open, "'")
	switch {
	case s.part == styleUnclear:
	case strings.IndexByte("\\&{}[]@<", c) >= 0, c == '*' && s.word != open, isBreak(c) && isQuoted:
		s.part = styleUnclear
	case isQuoted:
		if c == open[len(open)-1] {
			open = open[:len(open)-1]
		}
	case (c == '"' || c == '\'' || c == '(') && s.part == styleValue:
		open += string(c)
	case c == ')' && open != "":
		open = open[:len(open)-1]
	case strings.IndexByte(`"'()`, c) >= 0:
		s.part = styleUnclear
	case c == '/':
		open += "/"
	case c == ';' && open == "":
		s.part = styleStart
	case c == ':' && s.part == styleStart: // not a declaration, so browsers skip to the next one
		s.part = styleUnclear
	case c == ':' && s.part == styleName:
		s.part = styleValue
	case !isBlank(c) && !isBreak(c) && s.part == styleStart:
		s.part = styleName
	}
	s.word = open
	return s
}

// inStyle places an action in a style, where it must be a value or part of one.
func (r htmlReader) inStyle(s htmlState, a *action) htmlState {
	value := operand(a.node.Pipe)
	switch {
	case s.part == styleUnclear:
		r.refuse(a, "remove them, or write it before them", insideMsg, "a style, after escapes, comments, character references or a colon without a property")
	case s.part == styleStart, s.part == styleName:
		r.refuse(a, fmt.Sprintf(`write the value of a property: style="color: {{ %s }}"`, value), insideMsg, "the property name of a style")
	case s.word != "" && s.word != "/":
		hint := fmt.Sprintf(`write a property of its own, and read that: style="--value: {{ %s }}; width: calc(2 * var(--value))"`, value)
		if image := imageForm(a); image != "" {
			hint = image
		}
		r.refuse(a, hint, insideMsg, "a style, in parentheses or quotes")
	}
	a.write(htmlStyleWriter, 0)
	s.word = ""
	return s
}

// styleURL matches the start of an address in a style.
var styleURL = regexp.MustCompile(`(?i)\burl\(\s*['"]?([^'"()]*)$`)

// imageForm returns how to write the address that an action is part of without a style, or "" if the action is
// elsewhere.
func imageForm(a *action) string {
	t := textAround(a)
	before := styleURL.FindStringSubmatch(t.before)
	if before == nil {
		return ""
	}
	after := t.after[:max(0, strings.IndexAny(t.after, `'")`))]
	return fmt.Sprintf(`write <img src="%s" alt="">, or the address in the style without an action`, t.written(strings.TrimSpace(before[1]), strings.TrimSpace(after)))
}

// styleText matches words, numbers and colours separated by spaces or commas.
var styleText = func() *regexp.Regexp {
	const item = `(?:#[A-Za-z0-9_-]+|[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:%|[A-Za-z]+)?|-{0,2}[A-Za-z_][A-Za-z0-9_-]*)`
	return regexp.MustCompile(`^ *(?:` + item + `(?:[ ,]+` + item + `)*)? *$`)
}()

// writeHTMLStyle writes a CSS value that consists of words, numbers and colours.
func writeHTMLStyle(_ int, v any) (string, error) {
	text, err := htmlString(v)
	if err == nil && !styleText.MatchString(text) {
		return "", value.Problem{Msg: fmt.Sprintf("%q cannot be written into a style", text), Hint: "use words, numbers and colours such as 12.5%, red or #ff0000"}
	}
	return text, err
}
