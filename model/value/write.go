package value

import (
	"strings"
	"unicode/utf8"
)

// AppendJSON appends the value as JSON: objects in their order, numbers as written, strings with only the escapes that
// RFC 8259, section 7, requires. With an indent ("  ") each item and member is on a line of its own, else there is no
// white space. There is no final line end.
func (v *Value) AppendJSON(dst []byte, indent string) []byte {
	return v.appendJSON(dst, indent, 0)
}

func (v *Value) appendJSON(dst []byte, indent string, level int) []byte {
	if v == nil {
		return append(dst, "null"...)
	}
	switch v.Kind {
	case KindBool, KindNumber:
		return append(dst, v.Text...)
	case KindString:
		return appendQuoted(dst, v.Text)
	case KindArray:
		dst = append(dst, '[')
		for i, item := range v.Items {
			dst = appendBreak(dst, indent, level+1, i)
			dst = item.appendJSON(dst, indent, level+1)
		}
		return append(appendEnd(dst, indent, level, len(v.Items)), ']')
	case KindObject:
		dst = append(dst, '{')
		for i, m := range v.Members {
			dst = appendBreak(dst, indent, level+1, i)
			dst = append(appendQuoted(dst, m.Name), ':')
			if indent != "" {
				dst = append(dst, ' ')
			}
			dst = m.Value.appendJSON(dst, indent, level+1)
		}
		return append(appendEnd(dst, indent, level, len(v.Members)), '}')
	}
	return append(dst, "null"...)
}

// appendBreak begins element i.
func appendBreak(dst []byte, indent string, level, i int) []byte {
	if i > 0 {
		dst = append(dst, ',')
	}
	if indent == "" {
		return dst
	}
	return append(append(dst, '\n'), strings.Repeat(indent, level)...)
}

// appendEnd goes to the line of the closing bracket, if there are elements.
func appendEnd(dst []byte, indent string, level, elements int) []byte {
	if indent == "" || elements == 0 {
		return dst
	}
	return append(append(dst, '\n'), strings.Repeat(indent, level)...)
}

// appendQuoted appends a JSON string. Bytes that are no UTF-8 become U+FFFD.
func appendQuoted(dst []byte, text string) []byte {
	const hex = "0123456789abcdef"
	dst = append(dst, '"')
	for _, c := range text {
		switch {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', byte(c))
		case c >= ' ':
			dst = utf8.AppendRune(dst, c)
		case c == '\n':
			dst = append(dst, '\\', 'n')
		case c == '\t':
			dst = append(dst, '\\', 't')
		case c == '\r':
			dst = append(dst, '\\', 'r')
		default:
			dst = append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
	}
	return append(dst, '"')
}
