package escape

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/firestoned/firestone/model/value"
)

// appendFlow appends the value on one line: a scalar plain or quoted, a list or map in flow style, in order. A string
// that a reader could misread is quoted; a number keeps its digits. It errs if JSON cannot represent the value. flow
// reports whether the value is inside a flow collection.
func appendFlow(b []byte, v *value.Value, flow bool) ([]byte, error) {
	if v.Kind == value.KindString && !flow {
		return appendScalar(b, v.Text, false), nil
	}
	return yamlFlow.append(b, v)
}

// yamlFlow writes values inside a flow collection.
var yamlFlow = notation{
	null: "null", yes: "true", no: "false", number: appendYAMLNumber, key: appendFlowKey, colon: ": ",
	text: func(b []byte, s string) []byte { return appendScalar(b, s, true) },
}

func appendYAMLNumber(b []byte, text string) ([]byte, error) {
	b, err := appendNumber(b, text)
	if e := strings.IndexAny(text, "eE"); err != nil || e < 0 {
		return b, err
	}
	return append(b[:len(b)-len(text)], yamlNumber(text)...), nil
}

// appendFlowKey appends a key of a flow mapping, up to its colon.
func appendFlowKey(b []byte, name string) []byte {
	from := len(b)
	b = appendScalar(b, name, true)
	if len(b)-from <= maxSimpleKey {
		return b
	}
	return append(slices.Insert(b, from, '?', ' '), ' ')
}

// appendKey appends a key of a block mapping that starts in column col, up to its colon.
func appendKey(b []byte, name string, col int) []byte {
	from := len(b)
	b = appendScalar(b, name, false)
	if len(b)-from <= maxSimpleKey {
		return b
	}
	return appendBreak(slices.Insert(b, from, '?', ' '), col)
}

// WriteYAMLBlock returns any value as block style lines that begin at the start of a line, without a final line break.
// Strings of several lines become literal blocks if those are exact. An empty list or map and a scalar take one line.
// It errs if JSON cannot represent the value.
func WriteYAMLBlock(v any) (string, error) {
	lowered, err := lower(v)
	if err != nil {
		return "", err
	}
	b, err := appendBlock(nil, lowered, 0)
	return string(b), err
}

// appendBlock appends a node whose first line begins where b ends, in column col.
func appendBlock(b []byte, v *value.Value, col int) (_ []byte, err error) {
	switch {
	case v.Kind == value.KindString && strings.Contains(v.Text, "\n"):
		return appendText(b, v.Text, max(col, 2)), nil
	case v.Kind == value.KindArray && len(v.Items) > 0:
		for i, item := range v.Items {
			if i > 0 {
				b = appendBreak(b, col)
			}
			if b, err = appendBlock(append(b, "- "...), item, col+2); err != nil {
				return nil, err
			}
		}
		return b, nil
	case v.Kind == value.KindObject && len(v.Members) > 0:
		for i, m := range v.Members {
			if i > 0 {
				b = appendBreak(b, col)
			}
			b = append(appendKey(b, m.Name, col), ':')
			if len(m.Value.Items) > 0 || len(m.Value.Members) > 0 {
				b = appendBreak(b, col+2)
			} else {
				b = append(b, ' ')
			}
			if b, err = appendBlock(b, m.Value, col+2); err != nil {
				return nil, err
			}
		}
		return b, nil
	}
	return appendFlow(b, v, false)
}

func appendBreak(b []byte, col int) []byte {
	b = append(b, '\n')
	for range col {
		b = append(b, ' ')
	}
	return b
}

// WriteYAMLText returns a string as a literal block scalar, with its lines not yet indented, if that is exact: "|" for
// text that ends in one line break, "|-" for text that ends in none. A string of one line is written plain or quoted;
// what a block cannot represent in every reader (control characters, leading space, several line breaks at the end) is
// put in double quotes.
func WriteYAMLText(s string) string {
	return string(appendText(nil, s, 0))
}

// appendText appends the string as a literal block with its lines in column col, or on one line.
func appendText(b []byte, s string, col int) []byte {
	if !strings.Contains(s, "\n") {
		return appendScalar(b, s, false)
	}
	if !isLiteral(s) {
		return appendDouble(b, s)
	}
	body, ends := strings.CutSuffix(s, "\n")
	b = append(b, '|')
	if !ends {
		b = append(b, '-')
	}
	for line := range strings.SplitSeq(body, "\n") {
		if line == "" {
			b = append(b, '\n')
			continue
		}
		b = append(appendBreak(b, col), line...)
	}
	return b
}

// isLiteral reports whether a literal block scalar without an indentation indicator represents s exactly, even if its
// lines are indented further.
func isLiteral(s string) bool {
	begin := strings.TrimLeft(s, "\n")
	if begin == "" || begin[0] == ' ' || begin[0] == '\t' {
		return false
	}
	body := strings.TrimSuffix(s, "\n")
	if strings.TrimRight(body[strings.LastIndexByte(body, '\n')+1:], " \t") == "" {
		return false
	}
	for i, r := range s {
		switch {
		case r == '\n' || r == '\t':
		case r < ' ' || r == 0x7f:
			return false
		case r == utf8.RuneError:
			if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
				return false
			}
		case r > '~' && !visible(r):
			return false
		}
	}
	return true
}
