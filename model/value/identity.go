package value

import (
	"slices"
	"strconv"
	"strings"
)

// Identity returns a text that two values share if and only if they are Equal, for maps in which many are looked up.
func Identity(v *Value) string { return string(v.appendIdentity(nil, exactly)) }

// IdentityBy is Identity for those to whom numbers are the same if number returns the same text for both.
func IdentityBy(v *Value, number func(*Value) string) string {
	return string(v.appendIdentity(nil, number))
}

func (v *Value) appendIdentity(b []byte, number func(*Value) string) []byte {
	switch v.Kind {
	case KindNull:
		return append(b, 'z')
	case KindBool:
		return append(append(b, 'b'), v.Text[0])
	case KindNumber:
		return append(append(append(b, 'n'), number(v)...), ';')
	case KindString:
		return appendText(b, v.Text)
	case KindArray:
		b = append(b, '[')
		for _, item := range v.Items {
			b = item.appendIdentity(b, number)
		}
		return append(b, ']')
	}
	members := slices.SortedFunc(slices.Values(v.Members), func(m, n Member) int { return strings.Compare(m.Name, n.Name) })
	b = append(b, '{')
	for _, m := range members {
		b = m.Value.appendIdentity(appendText(b, m.Name), number)
	}
	return append(b, '}')
}

// appendText appends a text prefixed with its length, so that no encoded text is a prefix of another.
func appendText(b []byte, text string) []byte {
	b = strconv.AppendInt(append(b, 's'), int64(len(text)), 10)
	return append(append(b, ':'), text...)
}

// exactly returns a number as its digits and an exponent, without leading and trailing zeros. One with an exponent out
// of bounds, which Equal compares as written, stays unchanged.
func exactly(v *Value) string {
	text, exponent, _ := strings.Cut(strings.ToLower(v.Text), "e")
	power := 0
	if exponent != "" {
		n, err := strconv.Atoi(exponent)
		if err != nil || n > maxExponent || n < -maxExponent {
			return "=" + v.Text
		}
		power = n
	}
	sign := ""
	if text[0] == '-' || text[0] == '+' {
		sign, text = strings.TrimPrefix(text[:1], "+"), text[1:]
	}
	whole, fraction, _ := strings.Cut(text, ".")
	digits := strings.TrimLeft(whole+fraction, "0")
	power -= len(fraction)
	short := strings.TrimRight(digits, "0")
	if short == "" {
		return "0"
	}
	return sign + short + "e" + strconv.Itoa(power+len(digits)-len(short))
}
