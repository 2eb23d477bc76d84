package escape

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/firestoned/firestone/model/value"
)

// writeYAMLPlace writes a value into a place in YAML. parent is the column of the key or dash that the place belongs
// to, col that of the place itself.
func writeYAMLPlace(flag, parent, col int, v any) (string, error) {
	f := flags(flag)
	switch s := v.(type) {
	case string:
		if f&(linesFlag|keyFlag|followedFlag) == 0 {
			if isPlain(s, f&inFlowFlag != 0) {
				return s, nil
			}
			return string(appendScalar(make([]byte, 0, len(s)+8), s, f&inFlowFlag != 0)), nil
		}
	case *Source:
		if s == nil {
			return nothing(f)
		}
		if s.Language == YAML && !s.isValue(f) {
			return s.in(f, parent)
		}
		if s.isValue(f) {
			v = s.of
		}
	case Source:
		if s.Language == YAML {
			return s.in(f, parent)
		}
	}
	switch {
	case f&followedFlag != 0 && f&keyFlag == 0:
		return "", errFollowed
	case f&linesFlag != 0:
		return "", value.Problem{
			Msg:  "only source can be indented as lines, but this is a value",
			Hint: "write {{- text VALUE | nindent N }} for text, {{- toYaml VALUE | nindent N }} for a list or map",
		}
	}
	lowered, err := lower(v)
	if err != nil {
		return "", err
	}
	var b []byte
	if f&keyFlag == 0 {
		b, err = appendFlow(nil, lowered, f&inFlowFlag != 0)
		return string(b), err
	}
	name, ok := scalarText(lowered)
	if !ok {
		return "", value.Problem{Msg: fmt.Sprintf("a key cannot be of type %s", lowered.Kind), Hint: "use a string, a number or a boolean"}
	}
	if f&bareFlag != 0 {
		return string(appendScalar(nil, name, f&inFlowFlag != 0)), nil
	}
	if f&inFlowFlag != 0 {
		return string(appendFlowKey(nil, name)), nil
	}
	return string(appendKey(nil, name, col)), nil
}

// isValue reports whether the place takes the value of toYaml on one line.
func (s *Source) isValue(f flags) bool {
	return s.of != nil && s.Language == YAML && f&linesFlag == 0 && (f&lineStartFlag == 0 || f&keyFlag != 0)
}

// nothing returns the text for a place whose source is empty.
func nothing(f flags) (string, error) {
	if f&(inFlowFlag|keyFlag) != 0 {
		return "", value.Problem{Msg: "the source of a key or an item is empty", Hint: "leave out the whole item where its source is empty"}
	}
	return "", nil
}

// in returns YAML source for a place, or the error that explains how to write it there.
func (s Source) in(f flags, parent int) (string, error) {
	switch {
	case f&followedFlag != 0 && f&keyFlag == 0 && s.isScalar():
		return "", errFollowed
	case s.indented && f&(inFlowFlag|keyFlag) == 0:
		return s.indentedIn(f, parent)
	case s.form == scalar:
		return "", value.Problem{Msg: "text needs to know the column of its lines", Hint: fmt.Sprintf("write {{- text VALUE | nindent %d }}", max(parent, 0)+2)}
	case s.form == remark && f&lineStartFlag == 0:
		return "", value.Problem{Msg: "comment lines must start on a line of their own", Hint: "write {{- comment VALUE | nindent N }} after the previous line"}
	case s.indented || s.form == block || strings.ContainsAny(s.Text, "\n\r"):
		if f&lineStartFlag != 0 && f&keyFlag == 0 {
			return s.Text, nil
		}
		return "", value.Problem{
			Msg:  "source of several lines, or a list or map in block style, is used where only one line fits",
			Hint: "write {{- VALUE | nindent N }}, where N is the column of its lines",
		}
	case f&inFlowFlag != 0 && isPlain(s.Text, false):
		return string(appendScalar(nil, s.Text, true)), nil
	case f&inFlowFlag != 0 && !fitsFlow(s.Text):
		return "", value.Problem{
			Msg:  fmt.Sprintf("the source %q cannot be used inside [ ] or { }", s.Text),
			Hint: "write the value itself, or the list or map in block style",
		}
	}
	return s.Text, nil
}

// indentedIn returns source for a place after nindent.
func (s Source) indentedIn(f flags, parent int) (string, error) {
	after := f&afterFlag != 0
	switch {
	case f&besideFlag != 0:
		return "", value.Problem{Msg: "the action writes lines, and what follows it would become part of the last one", Hint: "end the line with the action"}
	case s.form == remark && f&linesFlag == 0 && s.indent > max(parent, 0):
		return "", value.Problem{
			Msg:  fmt.Sprintf("comment lines in column %d could become part of the text above them", s.indent),
			Hint: fmt.Sprintf("write {{- comment VALUE | nindent %d }}", max(parent, 0)),
		}
	case s.form == remark:
		return s.Text, nil
	case s.form == scalar && after:
		return "", value.Problem{Msg: "text follows a whole value", Hint: "write {{- text VALUE | nindent N }} after a key"}
	case s.form == scalar && s.indent <= max(parent, 0):
		return "", value.Problem{
			Msg:  fmt.Sprintf("the lines of the text, in column %d, are not indented deeper than their key", s.indent),
			Hint: fmt.Sprintf("write nindent %d", max(parent, 0)+2),
		}
	case after && s.indent > parent:
		return "", value.Problem{
			Msg:  fmt.Sprintf("lines in column %d would continue the scalar before them, whose key is in column %d", s.indent, max(parent, 0)),
			Hint: fmt.Sprintf("write nindent %d, or put them under a key of their own", max(parent, 0)),
		}
	}
	if s.form == scalar && f&(spaceFlag|lineStartFlag) != 0 {
		return strings.TrimPrefix(s.Text, " "), nil
	}
	return s.Text, nil
}

// errFollowed is the error for a scalar above lines of a list or map.
var errFollowed = value.Problem{
	Msg:  "the action writes a scalar, which the line below it would continue",
	Hint: "write lines of a list or map here, or put the scalar after a key",
}

// isScalar reports whether the source is a scalar or in flow style, rather than lines of a list or map, or comments.
func (s Source) isScalar() bool {
	if s.form != lines {
		return s.form == scalar
	}
	for line := range strings.SplitSeq(s.Text, "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#' || line == "---" || isProperties(line):
		case line[0] == '-' || line[0] == '?':
			return len(line) > 1 && line[1] != ' '
		case line[0] == '"' || line[0] == '\'':
			return !quotedKey.MatchString(line)
		default:
			return !strings.Contains(line+" ", ": ")
		}
	}
	return false
}

// isProperties reports whether the line consists of an anchor, a tag or both, for the node below it.
func isProperties(line string) bool {
	for word := range strings.FieldsSeq(line) {
		if word[0] != '&' && word[0] != '!' {
			return false
		}
	}
	return true
}

var quotedKey = regexp.MustCompile(`^("([^"\\]|\\.)*"|'([^']|'')*') *:( |$)`)

// fitsFlow reports whether source of one line stays intact inside a flow collection: it is a flow collection or a
// quoted scalar itself, or has no character that ends an item, and no comment.
func fitsFlow(source string) bool {
	quote, depth := byte(0), 0
	for i := 0; i < len(source); i++ {
		c := source[i]
		switch {
		case quote == '"' && c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && (i == 0 || depth > 0):
			quote = c
		case c == '[' || c == '{':
			if depth == 0 && i > 0 {
				return false
			}
			depth++
		case c == ']' || c == '}':
			if depth--; depth < 0 || depth == 0 && i < len(source)-1 {
				return false
			}
		case c == ',' && depth == 0, c == '#' && i > 0 && source[i-1] == ' ':
			return false
		case c == ':' && depth == 0 && (i+1 == len(source) || source[i+1] == ' '):
			return false
		}
	}
	return quote == 0 && depth == 0
}

// placeText returns the text of a scalar inside quotes or a comment.
func placeText(v any) (string, error) { return scalarOf(v, "be written inside quotes or a comment") }

// scalarOf returns the text of a scalar, or an error for a list or map, which cannot do what is described.
func scalarOf(v any, what string) (string, error) {
	if s, ok := v.(string); ok {
		return s, nil
	}
	lowered, err := lower(v)
	if err != nil {
		return "", err
	}
	if text, ok := scalarText(lowered); ok {
		return text, nil
	}
	return "", value.Problem{
		Msg:  fmt.Sprintf("a value of type %s cannot %s", lowered.Kind, what),
		Hint: "write a string, a number or a boolean, or use toJson for its JSON text",
	}
}

func writeYAMLDouble(_ int, v any) (string, error) {
	text, err := placeText(v)
	return string(appendEscapes(nil, text)), err
}

func writeYAMLSingle(_ int, v any) (string, error) {
	text, err := placeText(v)
	if err != nil {
		return "", err
	}
	for i, r := range text {
		if r < ' ' || r > '~' && !visible(r) || r == utf8.RuneError && !strings.HasPrefix(text[i:], string(r)) {
			return "", value.Problem{
				Msg:  fmt.Sprintf("single quotes cannot contain %q", text),
				Hint: "write the scalar in double quotes, or as an action without quotes",
			}
		}
	}
	return strings.ReplaceAll(text, "'", "''"), nil
}

func writeComment(_ int, v any) (string, error) {
	text, err := placeText(v)
	return oneLine(text), err
}
