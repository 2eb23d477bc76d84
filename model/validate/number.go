package validate

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// number checks the keywords for numbers, exactly. Bounds that are not numbers are ignored.
func (va *validation) number(m *value.Member, data *value.Value) bool {
	switch m.Name {
	case "format":
		return fitsNumberFormat(m.Value.StringOr(""), data) || va.reject(m, data)
	case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf":
		return !m.Value.Is(value.KindNumber) || va.within(m, data) || va.reject(m, data)
	}
	return true
}

// within compares in the arithmetic of the validation, and records whether the other one would give a different result.
func (va *validation) within(m *value.Member, data *value.Value) bool {
	if va.floats {
		return withinAsFloats(m, data)
	}
	exact := within(m, data)
	if !va.compares {
		return exact
	}
	_, isSmall := small(data.Text)
	_, hasSmallLimit := small(m.Value.Text)
	if !(isSmall && hasSmallLimit) && exact != withinAsFloats(m, data) {
		va.differs = true
	}
	return exact
}

func within(m *value.Member, v *value.Value) bool {
	if m.Name == "multipleOf" {
		n, nok := v.Rat()
		step, sok := m.Value.Rat()
		return nok && sok && (step.Sign() == 0 || new(big.Rat).Quo(n, step).IsInt())
	}
	order, ok := compare(v, m.Value)
	return ok && allows(m.Name, order)
}

// minExponential is where JavaScript begins to write numbers with an exponent, so that validators which compare a
// quotient with the result of parseInt do not consider it an integer.
const minExponential = 1e21

// withinAsFloats returns the result of a validator that divides and compares 64-bit floats.
func withinAsFloats(m *value.Member, v *value.Value) bool {
	n, limit := toFloat(v.Text), toFloat(m.Value.Text)
	if m.Name == "multipleOf" {
		quotient := n / limit
		return limit == 0 || quotient == math.Trunc(quotient) && math.Abs(quotient) < minExponential
	}
	switch {
	case n < limit:
		return allows(m.Name, -1)
	case n > limit:
		return allows(m.Name, 1)
	}
	return allows(m.Name, 0)
}

// allows reports whether a bound accepts a number that compares to it in the given way.
func allows(keyword string, order int) bool {
	switch keyword {
	case "minimum":
		return order >= 0
	case "maximum":
		return order <= 0
	case "exclusiveMinimum":
		return order > 0
	}
	return order < 0
}

// compare compares two numbers, or returns false if one is beyond reach.
func compare(a, b *value.Value) (int, bool) {
	if x, ok := small(a.Text); ok {
		if y, ok := small(b.Text); ok {
			return int(x - y), true
		}
	}
	x, xok := a.Rat()
	y, yok := b.Rat()
	if !xok || !yok {
		return 0, false
	}
	return x.Cmp(y), true
}

// small parses an integer of up to nine digits, as nearly all numbers in definitions are, without arithmetic on
// fractions.
func small(text string) (int64, bool) {
	if len(text) > 9 {
		return 0, false
	}
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err == nil
}

func isWhole(v *value.Value) bool {
	if !strings.ContainsAny(v.Text, ".eE") {
		return true
	}
	return v.IsInteger()
}

// toFloat rounds to the nearest float; too large numbers become infinite, as in JavaScript.
func toFloat(text string) float64 {
	f, err := strconv.ParseFloat(text, 64)
	if err != nil && !math.IsInf(f, 0) {
		return math.NaN()
	}
	return f
}

// weight returns how many visits of a subschema the exact arithmetic on a number counts as: one number of a million
// digits would take seconds.
func weight(text string) int {
	if len(text) <= len("1e999") || len(text) <= 30 && !strings.ContainsAny(text, "eE") {
		return 0
	}
	cost := len(text)/16 + len(text)/100*(len(text)/100)
	if at := strings.IndexAny(text, "eE"); at >= 0 {
		if exponent, err := strconv.Atoi(text[at+1:]); err == nil {
			cost += min(max(exponent, -exponent), 10_000) / 16
		}
	}
	return cost
}

func isInfinite(text string) bool {
	if len(text) < 300 && !strings.ContainsAny(text, "eE") {
		return false
	}
	return math.IsInf(toFloat(text), 0)
}

// Count returns the value of a keyword such as minLength; other if it is missing or invalid.
func Count(v *value.Value, other int) int {
	if !v.Is(value.KindNumber) {
		return other
	}
	if n, ok := small(v.Text); ok {
		return max(int(n), 0)
	}
	n, ok := v.Rat()
	switch {
	case !ok || !n.IsInt():
		return other
	case n.Sign() < 0:
		return 0
	case !n.Num().IsInt64() || n.Num().Int64() > math.MaxInt32:
		return math.MaxInt32
	}
	return int(n.Num().Int64())
}
