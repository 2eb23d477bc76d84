package escape

import (
	"fmt"

	"github.com/firestoned/firestone/model/value"
)

// notation is how a language writes a value on one line.
type notation struct {
	null, yes, no string
	number        func(b []byte, text string) ([]byte, error)
	text, key     func(b []byte, s string) []byte
	colon         string // between a key and its value
	padding       string // inside the braces of a map that is not empty
}

// append appends the value, with its members in order. It errs if the language cannot represent it.
func (n *notation) append(b []byte, v *value.Value) (_ []byte, err error) {
	switch v.Kind {
	case value.KindNull:
		return append(b, n.null...), nil
	case value.KindBool:
		switch v.Text {
		case "true":
			return append(b, n.yes...), nil
		case "false":
			return append(b, n.no...), nil
		}
		return nil, value.Problem{Msg: fmt.Sprintf("%q is not a boolean", v.Text)}
	case value.KindNumber:
		return n.number(b, v.Text)
	case value.KindString:
		return n.text(b, v.Text), nil
	case value.KindArray:
		b = append(b, '[')
		for i, item := range v.Items {
			if i > 0 {
				b = append(b, ", "...)
			}
			if b, err = n.append(b, item); err != nil {
				return nil, err
			}
		}
		return append(b, ']'), nil
	}
	if len(v.Members) == 0 {
		return append(b, "{}"...), nil
	}
	b = append(append(b, '{'), n.padding...)
	for i, m := range v.Members {
		if i > 0 {
			b = append(b, ", "...)
		}
		if b, err = n.appendMember(b, m); err != nil {
			return nil, err
		}
	}
	return append(append(b, n.padding...), '}'), nil
}

func (n *notation) appendMember(b []byte, m value.Member) ([]byte, error) {
	return n.append(append(n.key(b, m.Name), n.colon...), m.Value)
}

// appendNumber appends a number with its digits.
func appendNumber(b []byte, text string) ([]byte, error) {
	if !isNumber(text) {
		return nil, value.Problem{Msg: fmt.Sprintf("%q is not a number", text)}
	}
	return append(b, text...), nil
}
