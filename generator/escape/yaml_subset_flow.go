package escape

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// readFlow reads a quoted scalar or a flow collection and returns the rest.
func readFlow(text string, depth int) (rest string, ok bool) {
	switch {
	case depth > maxSimpleDepth:
		return "", false
	case text[0] == '"' || text[0] == '\'':
		return skipQuoted(text)
	case text[0] == '[':
		return readFlowItems(text, ']', func(text string) (string, bool) { return readFlowValue(text, depth+1) })
	}
	var keys keySet
	return readFlowItems(text, '}', func(text string) (string, bool) {
		var name string
		var ok bool
		before := len(text)
		if text[0] == '"' || text[0] == '\'' {
			name, text, ok = readQuoted(text)
		} else {
			name, text, ok = readFlowPlain(text)
		}
		if !ok || before-len(text) > maxSimpleKey || !strings.HasPrefix(text, ": ") || !keys.add(name) {
			return "", false
		}
		text = strings.TrimLeft(text[2:], " ")
		if text == "" {
			return "", false
		}
		return readFlowValue(text, depth+1)
	})
}

// readFlowItems reads the items between brackets.
func readFlowItems(text string, closing byte, item func(string) (string, bool)) (rest string, ok bool) {
	text = strings.TrimLeft(text[1:], " ")
	if text != "" && text[0] == closing {
		return text[1:], true
	}
	for text != "" {
		if text, ok = item(text); !ok {
			return "", false
		}
		text = strings.TrimLeft(text, " ")
		if text == "" {
			return "", false
		}
		if text[0] == closing {
			return text[1:], true
		}
		if text[0] != ',' {
			return "", false
		}
		text = strings.TrimLeft(text[1:], " ")
	}
	return "", false
}

func readFlowValue(text string, depth int) (rest string, ok bool) {
	if strings.IndexByte(`"'[{`, text[0]) >= 0 {
		return readFlow(text, depth)
	}
	_, rest, ok = readFlowPlain(text)
	return rest, ok
}

// readFlowPlain reads a plain scalar in a flow collection, up to the first character that cannot be part of it.
func readFlowPlain(text string) (name, rest string, ok bool) {
	if !beginsPlain(text) {
		return "", "", false
	}
	end := 1
	for ; end < len(text); end++ {
		c := text[end]
		if c == ',' || c == ']' || c == '}' {
			break
		}
		if c == ':' && end+1 < len(text) && text[end+1] == ' ' {
			break
		}
		if c == '[' || c == '{' || c == '#' || c == ':' && (end+1 == len(text) || strings.IndexByte(",[]{}", text[end+1]) >= 0) {
			return "", "", false
		}
	}
	return strings.TrimRight(text[:end], " "), text[end:], text[end-1] != ' '
}

// skipQuoted reads a quoted scalar on one line and returns the rest.
func skipQuoted(text string) (rest string, ok bool) {
	quote := text[0]
	for i := 1; i < len(text); i++ {
		switch {
		case text[i] == quote && quote == '\'' && i+1 < len(text) && text[i+1] == quote:
			i++
		case text[i] == quote:
			return text[i+1:], true
		case text[i] == '\\' && quote == '"':
			_, size := unescape(text[i:])
			if size == 0 {
				return "", false
			}
			i += size - 1
		}
	}
	return "", false
}

// readQuoted reads a quoted scalar and returns its value, and the rest.
func readQuoted(text string) (value, rest string, ok bool) {
	rest, ok = skipQuoted(text)
	if !ok {
		return "", "", false
	}
	inner := text[1 : len(text)-len(rest)-1]
	if text[0] == '\'' {
		return strings.ReplaceAll(inner, "''", "'"), rest, true
	}
	var b strings.Builder
	for inner != "" {
		before, _, found := strings.Cut(inner, `\`)
		b.WriteString(before)
		inner = inner[len(before):]
		if found {
			r, size := unescape(inner)
			b.WriteRune(r)
			inner = inner[size:]
		}
	}
	return b.String(), rest, true
}

// yamlEscapes are the escapes in double-quoted scalars (YAML 1.2.2, section 5.7) for single characters.
var yamlEscapes = map[byte]rune{
	'0': 0, 'a': 7, 'b': 8, 't': 9, 'n': 10, 'v': 11, 'f': 12, 'r': 13, 'e': 27, ' ': ' ', '"': '"', '/': '/', '\\': '\\',
	'N': 0x85, '_': 0xa0, 'L': 0x2028, 'P': 0x2029,
}

// unescape returns the character of the escape at the start of the text, and the escape's size, or 0 if it is not one.
func unescape(text string) (rune, int) {
	if len(text) < 2 {
		return 0, 0
	}
	if r, ok := yamlEscapes[text[1]]; ok {
		return r, 2
	}
	digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[text[1]]
	if digits == 0 || len(text) < 2+digits {
		return 0, 0
	}
	code, err := strconv.ParseUint(text[2:2+digits], 16, 32)
	if err != nil || code > utf8.MaxRune || !utf8.ValidRune(rune(code)) {
		return 0, 0
	}
	return rune(code), 2 + digits
}
