package value

import (
	"math/big"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Written returns the text of a scalar as it stood in the source: Yes, 0x1F, ~, 1.0.
func (v *Value) Written() string {
	if v == nil {
		return ""
	}
	if v.Source != "" {
		return v.Source
	}
	return v.Text
}

// scalar returns the value of a scalar: by its tag, else a string if it is quoted, else by the core schema.
func (r *reader) scalar(n *yaml.Node, pos Pos) *Value {
	tag := ""
	if n.Style&yaml.TaggedStyle != 0 {
		tag = n.Tag
	} else if n.Style != 0 {
		return &Value{Kind: KindString, Text: n.Value, Pos: pos}
	}
	v := plain(n.Value)
	v.Pos = pos
	if tag == "" && !isNotFinite(n.Value) {
		return &v
	}
	asText := &Value{Kind: KindString, Text: n.Value, Pos: pos}
	fits := true
	switch tag {
	case "":
		r.problems.Add(NoJSONValue, pos, "remove it, or quote it if it is text", "%s is not a JSON number", n.Value)
		return asText
	case "!!str", "!!binary", "!!timestamp":
		return asText
	case "!!int":
		fits = v.Kind == KindNumber && !strings.ContainsAny(v.Text, ".eE")
	case "!!float":
		fits = v.Kind == KindNumber
	case "!!bool":
		fits = v.Kind == KindBool
	case "!!null":
		fits = v.Kind == KindNull
	default:
		fits = false
	}
	if !fits {
		r.foreignTag(tag, pos)
		return asText
	}
	return &v
}

// isNotFinite reports whether a plain scalar is an infinity or no number in the core schema.
func isNotFinite(text string) bool {
	switch strings.TrimLeft(text, "+-") {
	case ".inf", ".Inf", ".INF":
		return strings.LastIndexAny(text, "+-") <= 0
	}
	return text == ".nan" || text == ".NaN" || text == ".NAN"
}

// plain returns the value of a plain scalar by the core schema (YAML 1.2.2, section 10.3.2).
func plain(text string) Value {
	switch text {
	case "":
		return Value{}
	case "null", "Null", "NULL", "~":
		return Value{Source: text}
	case "true":
		return Value{Kind: KindBool, Text: "true"}
	case "True", "TRUE":
		return Value{Kind: KindBool, Text: "true", Source: text}
	case "false":
		return Value{Kind: KindBool, Text: "false"}
	case "False", "FALSE":
		return Value{Kind: KindBool, Text: "false", Source: text}
	}
	number, ok := asNumber(text)
	if !ok {
		return Value{Kind: KindString, Text: text}
	}
	v := Value{Kind: KindNumber, Text: number}
	if number != text {
		v.Source = text
	}
	return v
}

// maxRadixDigits bounds the work of converting hexadecimal to decimal digits; anything longer is text.
const maxRadixDigits = 1000

// asNumber returns a plain scalar as a JSON number, or false where the core schema sees none in it.
func asNumber(text string) (string, bool) {
	if c := text[0]; (c < '0' || c > '9') && c != '-' && c != '+' && c != '.' {
		return "", false
	}
	if len(text) > 2 && len(text) <= maxRadixDigits && text[0] == '0' && (text[1] == 'x' || text[1] == 'o') {
		base := 16
		if text[1] == 'o' {
			base = 8
		}
		if text[2] == '-' || text[2] == '+' {
			return "", false
		}
		n, ok := new(big.Int).SetString(text[2:], base)
		if !ok {
			return "", false
		}
		return n.String(), true
	}
	rest, minus := text, ""
	if rest[0] == '-' || rest[0] == '+' {
		minus = strings.TrimSuffix(rest[:1], "+")
		rest = rest[1:]
	}
	whole, rest := digits(rest)
	fraction, dotted := "", false
	if strings.HasPrefix(rest, ".") {
		dotted = true
		fraction, rest = digits(rest[1:])
	}
	if whole == "" && fraction == "" {
		return "", false
	}
	exponent := rest
	if rest != "" {
		if rest[0] != 'e' && rest[0] != 'E' {
			return "", false
		}
		power := rest[1:]
		if power != "" && (power[0] == '-' || power[0] == '+') {
			power = power[1:]
		}
		if power, rest = digits(power); power == "" || rest != "" {
			return "", false
		}
	}
	whole = strings.TrimLeft(whole, "0")
	if whole == "" {
		whole = "0"
	}
	if dotted {
		if fraction == "" {
			fraction = "0"
		}
		fraction = "." + fraction
	}
	return minus + whole + fraction + exponent, true
}

// digits splits a text after its leading decimal digits.
func digits(text string) (string, string) {
	end := 0
	for end < len(text) && text[end] >= '0' && text[end] <= '9' {
		end++
	}
	return text[:end], text[end:]
}
