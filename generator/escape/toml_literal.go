package escape

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/firestoned/firestone/model/value"
)

// tomlNotation writes values on one line that have no null in them.
var tomlNotation = notation{yes: "true", no: "false", number: appendTOMLNumber, text: appendTOMLString, key: appendTOMLKey, colon: " = ", padding: " "}

// appendTOML appends the value on one line: strings in double quotes, numbers with their digits, arrays, and maps as
// inline tables in order. It errs if TOML cannot represent the value: null, and numbers beyond 64 bits.
func appendTOML(b []byte, v *value.Value) ([]byte, error) {
	if path, ok := pathToNull(v); ok {
		return nil, errNoNull(path)
	}
	return tomlNotation.append(b, v)
}

// appendTOMLBlock appends a map as `key = value` lines, a list with one element per line, any other value on one line.
func appendTOMLBlock(b []byte, v *value.Value) (_ []byte, err error) {
	if path, ok := pathToNull(v); ok {
		return nil, errNoNull(path)
	}
	switch {
	case len(v.Members) > 0:
		for i, m := range v.Members {
			if i > 0 {
				b = append(b, '\n')
			}
			if b, err = tomlNotation.appendMember(b, m); err != nil {
				return nil, err
			}
		}
		return b, nil
	case len(v.Items) > 0:
		b = append(b, '[')
		for _, item := range v.Items {
			if b, err = tomlNotation.append(append(b, "\n    "...), item); err != nil {
				return nil, err
			}
			b = append(b, ',')
		}
		return append(b, "\n]"...), nil
	case v.Is(value.KindObject):
		return b, nil // no members, no lines
	}
	return tomlNotation.append(b, v)
}

// pathToNull returns the location in the value of the first null, and whether there is one.
func pathToNull(v *value.Value) (path string, ok bool) {
	for i, item := range v.Items {
		if path, ok := pathToNull(item); ok {
			return fmt.Sprintf("[%d]%s", i, path), true
		}
	}
	for _, m := range v.Members {
		if path, ok := pathToNull(m.Value); ok {
			return "." + m.Name + path, true
		}
	}
	return "", v.Kind == value.KindNull
}

func errNoNull(path string) error {
	p := value.Problem{Msg: "TOML has no null", Hint: "leave the key out: {{ with VALUE }}key = {{ . }}{{ end }}"}
	if path = strings.TrimPrefix(path, "."); path != "" {
		p.Msg, p.Hint = fmt.Sprintf("TOML has no null, but %s is null", path), "remove it from the value, or give it another value"
	}
	return p
}

// appendTOMLNumber appends the number unchanged. Readers must support 64-bit integers and floats (TOML 1.0, Integer and
// Float), and need not support larger ones.
func appendTOMLNumber(b []byte, text string) ([]byte, error) {
	b, err := appendNumber(b, text)
	if err != nil {
		return nil, err
	}
	if strings.ContainsAny(text, ".eE") {
		var f float64
		if f, err = strconv.ParseFloat(text, 64); math.IsInf(f, 0) {
			err = strconv.ErrRange
		}
	} else {
		_, err = strconv.ParseInt(text, 10, 64)
	}
	if err != nil {
		return nil, value.Problem{Msg: fmt.Sprintf("the number %.40s does not fit into the 64 bits of TOML", text), Hint: "write it as a string: {{ quote VALUE }}"}
	}
	return b, nil
}

func appendTOMLString(b []byte, s string) []byte {
	return append(appendTOMLEscapes(append(b, '"'), s), '"')
}

// appendTOMLEscapes appends the content of a basic string (TOML 1.0, String). An invalid byte becomes U+FFFD.
func appendTOMLEscapes(b []byte, s string) []byte {
	return appendEscaped(b, s, func(b []byte, r rune) []byte { return appendHex(append(b, '\\', 'U'), r, 8) })
}

// appendTOMLKey appends a key, or a part of a dotted one: bare if possible, else in double quotes.
func appendTOMLKey(b []byte, name string) []byte {
	for i := range len(name) {
		if c := name[i]; !isTOMLBare(c) {
			return appendTOMLString(b, name)
		}
	}
	if name == "" {
		return append(b, `""`...)
	}
	return append(b, name...)
}

// isTOMLBare reports whether a bare key may contain the character (TOML 1.0, Keys).
func isTOMLBare(c byte) bool { return c < utf8.RuneSelf && (isNameByte(c) || c == '-') }
