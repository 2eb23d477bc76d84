// Package decimal compares JSON numbers by value, whatever their size.
//
// It compares digits and does no arithmetic, so that 1e999999999 costs no more than 1 and nothing is rounded.
package decimal

import (
	"cmp"
	"strconv"
	"strings"
)

// Decimal is a number. The zero Decimal is 0; equal numbers are equal Decimals.
type Decimal struct {
	isNegative bool
	digits     string // without leading and trailing zeros, so empty for 0
	point      int64  // how many of the digits are before the decimal point; negative if zeros follow the point
}

// Parse returns the number that a text represents by the grammar of RFC 8259, section 6, and whether it is one.
func Parse(text string) (Decimal, bool) {
	rest, isNegative := strings.CutPrefix(text, "-")
	whole, rest := cutDigits(rest)
	if whole == "" || len(whole) > 1 && whole[0] == '0' {
		return Decimal{}, false
	}
	fraction := ""
	if after, found := strings.CutPrefix(rest, "."); found {
		if fraction, rest = cutDigits(after); fraction == "" {
			return Decimal{}, false
		}
	}
	exponent, ok := parseExponent(rest)
	if !ok {
		return Decimal{}, false
	}
	digits := whole + fraction
	significant := strings.TrimLeft(digits, "0")
	if significant == "" {
		return Decimal{}, true
	}
	point := int64(len(whole)-(len(digits)-len(significant))) + exponent
	return Decimal{isNegative, strings.TrimRight(significant, "0"), point}, true
}

// cutDigits returns the leading digits of a text and the rest.
func cutDigits(text string) (digits, rest string) {
	end := 0
	for end < len(text) && '0' <= text[end] && text[end] <= '9' {
		end++
	}
	return text[:end], text[end:]
}

// maxExponentDigits is how many digits an exponent can have; a longer one counts as the largest of that length.
const maxExponentDigits = 18

// parseExponent parses what follows the fraction: nothing, or e and an integer.
func parseExponent(text string) (int64, bool) {
	if text == "" {
		return 0, true
	}
	if text[0] != 'e' && text[0] != 'E' {
		return 0, false
	}
	sign := ""
	if text = text[1:]; text != "" && (text[0] == '+' || text[0] == '-') {
		sign, text = text[:1], text[1:]
	}
	digits, rest := cutDigits(text)
	if digits == "" || rest != "" {
		return 0, false
	}
	digits = strings.TrimLeft(digits, "0")
	if len(digits) > maxExponentDigits {
		digits = strings.Repeat("9", maxExponentDigits)
	}
	n, err := strconv.ParseInt(sign+"0"+digits, 10, 64)
	return n, err == nil
}

// Compare returns -1, 0 or 1 if d is less than, equal to or greater than e.
func (d Decimal) Compare(e Decimal) int {
	if order := cmp.Compare(d.sign(), e.sign()); order != 0 {
		return order
	}
	order := cmp.Or(cmp.Compare(d.point, e.point), cmp.Compare(d.digits, e.digits))
	return order * d.sign()
}

func (d Decimal) sign() int {
	switch {
	case d.digits == "":
		return 0
	case d.isNegative:
		return -1
	}
	return 1
}

// Int returns the number without its fraction, or the nearest bound.
func (d Decimal) Int(lowest, highest int) int {
	const maxDigits = 18 // digits that always fit into an int
	n := 0
	if d.point > maxDigits {
		n = highest
		if d.isNegative {
			n = lowest
		}
	} else if d.point > 0 {
		digits := d.digits[:min(int64(len(d.digits)), d.point)]
		n, _ = strconv.Atoi(digits + strings.Repeat("0", int(d.point)-len(digits)))
		n *= d.sign()
	}
	return min(max(n, lowest), highest)
}

// String returns the number as JSON, the same text for equal numbers: 1000 for 1e3, and 1e100 for 1 followed by a
// hundred zeros.
func (d Decimal) String() string {
	const maxZeros = 30
	sign := ""
	if d.isNegative {
		sign = "-"
	}
	length := int64(len(d.digits))
	switch zeros := max(d.point-length, -d.point); {
	case d.digits == "":
		return "0"
	case zeros > maxZeros:
		text := sign + d.digits[:1]
		if length > 1 {
			text += "." + d.digits[1:]
		}
		return text + "e" + strconv.FormatInt(d.point-1, 10)
	case d.point <= 0:
		return sign + "0." + strings.Repeat("0", int(-d.point)) + d.digits
	case d.point >= length:
		return sign + d.digits + strings.Repeat("0", int(zeros))
	}
	return sign + d.digits[:d.point] + "." + d.digits[d.point:]
}
