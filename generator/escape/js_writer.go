package escape

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// writeScriptPlace writes an expression or a key, or source of TypeScript.
func writeScriptPlace(flag int, v any) (string, error) {
	f := flags(flag)
	if s, ok := v.(*Source); ok && (s == nil || s.Language == TypeScript) {
		return s.inScript(f)
	}
	lowered, err := lower(v)
	switch {
	case err != nil:
		return "", err
	case f&nameFlag != 0:
		return "", value.Problem{Msg: nameMsg, Hint: "write {{ ident VALUE }}"}
	case f&linesFlag != 0:
		return "", value.Problem{Msg: "only source can be indented as lines, but this is a value", Hint: "write the value without indent: it is a literal of one line"}
	case f&keyFlag != 0:
		name, ok := scalarText(lowered)
		if !ok {
			return "", value.Problem{Msg: fmt.Sprintf("a key cannot be of type %s", lowered.Kind), Hint: "use a string, a number or a boolean"}
		}
		return string(appendScriptKey(nil, name)), nil
	case f&sourceFlag != 0:
		return "", errNoScript
	}
	b, err := scriptNotation.append(nil, lowered)
	isNumber := lowered.Is(value.KindNumber)
	isNegative := isNumber && strings.HasPrefix(lowered.Text, "-")
	if isNumber && f&memberFlag != 0 || isNegative && f&minusFlag != 0 || lowered.Is(value.KindObject) && f&arrowFlag != 0 {
		return "(" + string(b) + ")", err
	}
	return string(b), err
}

var errNoScript = value.Problem{
	Msg:  "a value is used where a statement, a member or the rest of an expression is expected",
	Hint: "write const NAME = {{ VALUE }}; for a value, {{ ident VALUE }} for a name, {{ comment VALUE }} for a comment, or a comma or operator before it",
}

// continues matches source that would continue the line before it (ECMA-262, section 12.10.1), and directive a
// directive.
var continues, directive = regexp.MustCompile("^\\s*[-+(\\[`]"), regexp.MustCompile(`^\s*["']use [a-z ]+["']\s*(;|\n|$)`)

// startsWithKey matches source that begins with a quoted key outside braces other than those of blocks: after labels,
// or what would be read as labels.
var startsWithKey = func() *regexp.Regexp {
	const text = `(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')`
	return regexp.MustCompile(`^(?:[\s{,;]|[\pL_$][\pL\pN_$]*\s*:|` + text + `\s*[,;\n])*(?:` + text + `|\["__proto__"\])\s*[?!]?:`)
}()

// inScript returns source of TypeScript for its place.
func (s *Source) inScript(f flags) (string, error) {
	switch {
	case s == nil && f&(nameFlag|gluedFlag) != 0:
		return "", value.Problem{Msg: "the source of a name or an operand is empty", Hint: "leave out what it is part of where the source is empty"}
	case s == nil:
		return "", nil
	case f&gluedFlag != 0 && strings.IndexByte("/*+-=<>&|?", s.Text[0]) >= 0:
		return "", value.Problem{Msg: fmt.Sprintf("the source %.20q begins with an operator that would merge with the one before it", s.Text), Hint: "put a space before the action"}
	case f&nameFlag != 0 && !isScriptIdentifier(s.Text):
		return "", value.Problem{Msg: fmt.Sprintf("the source %q is not an identifier", s.Text), Hint: "write {{ ident VALUE }}"}
	case f&keyFlag != 0 && s.form == literal && f&statementFlag != 0:
		return s.Text, nil // a quoted text is never a label, whatever the value is
	case f&keyFlag != 0 && s.form == literal:
		return string(appendScriptKey(nil, s.of.Text)), nil
	case f&(sourceFlag|keyFlag) == sourceFlag && (s.form == literal || s.Text[0] == '`' || directive.MatchString(s.Text)):
		return "", errNoScript
	case f&(statementFlag|keyFlag) == statementFlag && startsWithKey.MatchString(s.Text):
		return "", value.Problem{Msg: fmt.Sprintf("the source %.20q begins with the key of an object or a type, but a statement or a name is expected here", s.Text), Hint: "write the include inside the braces of the object or the type"}
	case f&afterFlag != 0 && continues.MatchString(s.Text):
		return "", value.Problem{Msg: fmt.Sprintf("the source %.20q continues the line before it", s.Text), Hint: "end the line before it with a semicolon"}
	case f&besideFlag != 0 && scriptEndsInRemark(s.Text):
		return "", value.Problem{Msg: "the source ends in a comment, which would swallow what follows on its line", Hint: "put a line break after the action"}
	}
	return s.Text, nil
}

// scriptEndsInRemark reports whether the last line of source ends in a line comment.
func scriptEndsInRemark(source string) bool {
	if line := source[strings.LastIndexAny(source, "\r\n")+1:]; !strings.Contains(line, "//") {
		return false
	}
	r := scriptReader{report: &report{}, isPartial: true}
	s := r.text(r.start(), source)
	return s.mode == scriptRemark || s.mode == scriptLost
}

// writeScriptQuote writes text inside a string or template literal with that quote.
func writeScriptQuote(flag, quote int, v any) (string, error) {
	text, err := placeText(v)
	if flags(flag)&keyFlag != 0 && quote != '`' && text == "__proto__" {
		return "", value.Problem{Msg: "__proto__ in quotes may be a key that sets the prototype", Hint: "write the action without quotes: {{ VALUE }}"}
	}
	before := byte(0)
	if flags(flag)&lessFlag != 0 {
		before = '<'
	}
	return string(appendScriptEscapes(nil, text, byte(quote), before)), err
}

// writeScriptRemark writes text into a comment: on a line of its own, as lines that each begin with a star in the given
// column, else on one line.
func writeScriptRemark(flag, col int, v any) (string, error) {
	text, err := placeText(v)
	lines := []string{text}
	if flags(flag)&linesFlag != 0 {
		lines = strings.Split(strings.Trim(lineBreaks.Replace(text), "\n"), "\n")
	}
	for i, line := range lines {
		indent := line[:len(line)-len(strings.TrimLeft(line, " "))]
		line = strings.ReplaceAll(scriptRemarkText(line), "*/", "* /")
		if i > 0 {
			line = strings.TrimRight("* "+indent+line, " ")
		}
		lines[i] = line
	}
	text = strings.Join(lines, "\n"+strings.Repeat(" ", col))
	if strings.HasSuffix(text, "*") {
		text += " " // a slash may follow
	}
	if flags(flag)&spaceFlag != 0 {
		text = " " + text // which would combine with the preceding character
	}
	return text, err
}

// tag and pure match the start of words with a meaning for compilers, bundlers and documentation tools.
var tag, pure = regexp.MustCompile(`(^|\s)@(\pL|_)`), regexp.MustCompile(`(^|[@#])__`)

// scriptRemarkText returns text for a comment, on one line, and without words for tools: @ts-ignore, @internal,
// #__PURE__.
func scriptRemarkText(s string) string {
	return tag.ReplaceAllString(pure.ReplaceAllString(oneLine(s), "$1 __"), `$1\@$2`)
}
