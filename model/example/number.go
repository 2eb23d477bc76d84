package example

import (
	"math/big"
	"strconv"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// span is a range of numbers.
type span struct {
	low, high         *big.Rat // nil: no bound
	lowText, highText *value.Value
	openLow, openHigh bool     // the bound itself is excluded
	step              *big.Rat // nil: any number
}

// smallNumbers are tried first, because they are the most readable.
var smallNumbers = []string{"1.5", "1", "2", "3", "4", "5", "10"}

// numbers yields small numbers first, then those at the bounds.
func numbers(kind string, c *constraints, yield func(*value.Value) bool) {
	first := smallNumbers
	if kind == "integer" {
		first = first[1:]
	}
	if !eachNumber(first, yield) {
		return
	}
	r := c.span(kind == "integer")
	isPositive := r.low != nil && r.low.Sign() > 0
	if r.step != nil && !isPositive && !yield(numeral(r.step)) || !eachNumber([]string{"0", "-1"}, yield) {
		return
	}
	if r.step != nil {
		r.multiples(yield)
		return
	}
	for _, bound := range []*value.Value{r.lowText, r.highText} {
		if bound != nil && !yield(bound) {
			return
		}
	}
	if between := r.between(); between != nil && !yield(numeral(between)) {
		return
	}
	r.step = big.NewRat(1, 1)
	r.multiples(yield)
}

func eachNumber(texts []string, yield func(*value.Value) bool) bool {
	for _, text := range texts {
		if !yield(&value.Value{Kind: value.KindNumber, Text: text}) {
			return false
		}
	}
	return true
}

// span combines the bounds and steps for numbers.
func (c *constraints) span(whole bool) *span {
	r := &span{}
	if whole {
		r.step = big.NewRat(1, 1)
	}
	for i := range c.rules {
		m := &c.rules[i]
		n, ok := m.Value.Rat()
		if !ok {
			continue
		}
		switch m.Name {
		case "minimum", "exclusiveMinimum":
			if r.low == nil || n.Cmp(r.low) > 0 || n.Cmp(r.low) == 0 && m.Name == "exclusiveMinimum" {
				r.low, r.lowText, r.openLow = n, m.Value, m.Name == "exclusiveMinimum"
			}
		case "maximum", "exclusiveMaximum":
			if r.high == nil || n.Cmp(r.high) < 0 || n.Cmp(r.high) == 0 && m.Name == "exclusiveMaximum" {
				r.high, r.highText, r.openHigh = n, m.Value, m.Name == "exclusiveMaximum"
			}
		case "multipleOf":
			if n.Sign() > 0 {
				r.step = commonMultiple(r.step, n)
			}
		}
	}
	return r
}

// commonMultiple returns the least common multiple.
func commonMultiple(a, b *big.Rat) *big.Rat {
	if a == nil {
		return b
	}
	divisor := new(big.Int).GCD(nil, nil, a.Num(), b.Num())
	numerator := new(big.Int).Mul(a.Num(), b.Num())
	denominator := new(big.Int).GCD(nil, nil, a.Denom(), b.Denom())
	return new(big.Rat).SetFrac(numerator.Div(numerator, divisor), denominator)
}

// multiples yields multiples of the step: up from the lower bound, down from the upper one, or up from one.
func (r *span) multiples(yield func(*value.Value) bool) {
	const many = 100
	from, direction := big.NewInt(1), int64(1)
	switch {
	case r.low != nil:
		from = new(big.Int).Add(floor(new(big.Rat).Quo(r.low, r.step)), big.NewInt(1))
		if at := new(big.Int).Sub(from, big.NewInt(1)); new(big.Rat).Mul(new(big.Rat).SetInt(at), r.step).Cmp(r.low) == 0 && !r.openLow {
			from = at
		}
	case r.high != nil:
		from, direction = floor(new(big.Rat).Quo(r.high, r.step)), -1
	}
	for i := range int64(many) {
		n := new(big.Rat).SetInt(new(big.Int).Add(from, big.NewInt(i*direction)))
		n.Mul(n, r.step)
		if r.high != nil && n.Cmp(r.high) > 0 || !yield(numeral(n)) {
			return
		}
	}
}

// between returns the number with the fewest decimals between two exclusive bounds, or nil.
func (r *span) between() *big.Rat {
	const maxPrecision = 330
	if r.low == nil || r.high == nil || r.low.Cmp(r.high) >= 0 {
		return nil
	}
	scale := big.NewInt(1)
	for range maxPrecision {
		n := new(big.Rat).SetInt(scale)
		next := floor(n.Mul(n, r.low))
		candidate := new(big.Rat).SetFrac(next.Add(next, big.NewInt(1)), scale)
		if candidate.Cmp(r.high) < 0 {
			return candidate
		}
		scale.Mul(scale, big.NewInt(10))
	}
	return nil
}

func floor(n *big.Rat) *big.Int {
	return new(big.Int).Div(n.Num(), n.Denom())
}

// numeral formats a number with finitely many decimals, as all JSON numbers, their sums and products have.
func numeral(n *big.Rat) *value.Value {
	if n.IsInt() {
		return &value.Value{Kind: value.KindNumber, Text: n.Num().String()}
	}
	decimals, _ := n.FloatPrec()
	text := n.FloatString(decimals)
	if n.Num().BitLen() < 50 && len(text) > 25 {
		if f, _ := n.Float64(); f != 0 {
			short := strconv.FormatFloat(f, 'g', -1, 64)
			if back, ok := new(big.Rat).SetString(short); ok && back.Cmp(n) == 0 {
				text = strings.Replace(short, "e+", "e", 1)
			}
		}
	}
	return &value.Value{Kind: value.KindNumber, Text: text}
}
