package escape

import (
	"fmt"
	"strings"

	"github.com/firestoned/firestone/generator/python"
	"github.com/firestoned/firestone/model/value"
)

// writePythonPlace writes an expression, or source of Python.
func writePythonPlace(flag int, v any) (string, error) {
	f := flags(flag)
	if f&(nameFlag|dottedFlag|annotationFlag) != 0 {
		if err := checkName(f, v); err != nil {
			return "", err
		}
	}
	if s, ok := v.(*Source); ok && (s == nil || s.Language == Python) {
		if s != nil && s.form == literal {
			return s.literalIn(f)
		}
		if s != nil && f&indentedFlag != 0 && !s.indented && strings.Contains(s.Text, "\n") {
			return "", value.Problem{Msg: "source of several lines is used on an indented line", Hint: "write {{- VALUE | nindent N }}, where N is the column of its lines"}
		}
		return s.source(), nil
	}
	if f&linesFlag != 0 {
		return "", value.Problem{Msg: "only source can be indented as lines, but this is a value", Hint: "write the value without indent: it is a literal of one line"}
	}
	if s, ok := v.(string); ok {
		return pythonLiteral(s), nil
	}
	return writePythonLiteral(f, v)
}

// writePythonLiteral writes a value on one line. A number that is an operand is put in parentheses: Python would read a
// dot after it as its own, and a sign before it as an operator.
func writePythonLiteral(f flags, v any) (string, error) {
	lowered, err := lower(v)
	if err != nil {
		return "", err
	}
	b := []byte{markOpen, byte(python.Literal)}
	if f&operandFlag != 0 && lowered.Kind == value.KindNumber {
		if b, err = pythonNotation.append(append(b, '('), lowered); err == nil {
			b = append(b, ')')
		}
	} else {
		b, err = pythonNotation.append(b, lowered)
	}
	return string(append(b, markClose)), err
}

// checkName errs for a value where only a name is allowed, and for source that is not a single name or annotation.
func checkName(f flags, v any) error {
	s, ok := v.(*Source)
	switch isSource := ok && (s == nil || s.Language == Python); {
	case isSource && s == nil:
		return value.Problem{Msg: "the source of a name or an annotation is empty", Hint: "leave out the whole statement where its source is empty"}
	case f&(nameFlag|dottedFlag) == 0 && isSource && !python.IsExpression(s.Text):
		return value.Problem{Msg: fmt.Sprintf("the source %q is not one expression, which an annotation has to be", s.Text), Hint: "write source such as list[str] | None"}
	case f&(nameFlag|dottedFlag) == 0:
		return nil
	case !isSource:
		return value.Problem{Msg: nameMsg, Hint: "write {{ ident VALUE }}"}
	case f&nameFlag != 0 && !python.IsIdentifier(s.Text):
		return value.Problem{Msg: fmt.Sprintf("the source %q is not an identifier", s.Text), Hint: "write {{ ident VALUE }}"}
	case !python.IsDotted(s.Text):
		return value.Problem{Msg: fmt.Sprintf("the source %q is not a name", s.Text), Hint: "write source of a name, such as client.Client"}
	}
	return nil
}

// literalIn returns the output of toPython for its place: on one line, or in lines that nindent has indented. If the
// line before them is open, they begin on it.
func (s *Source) literalIn(f flags) (string, error) {
	switch {
	case !s.indented:
		return writePythonLiteral(f, s.of)
	case f&joinedFlag == 0:
		return s.source(), nil
	case f&spaceFlag == 0:
		return " " + strings.TrimLeft(s.source(), "\n "), nil
	}
	return strings.TrimLeft(s.source(), "\n "), nil
}

// writePythonString writes part of a string; the place has its quotes.
func writePythonString(place int, v any) (string, error) {
	text, err := placeText(v)
	b := append(make([]byte, 0, len(text)+8), markOpen, byte(place))
	return string(append(appendPythonQuoted(b, text, python.Place(place)), markClose)), err
}

func writePythonComment(_ int, v any) (string, error) {
	text, err := placeText(v)
	return marked(python.Remark, oneLine(text)), err
}
