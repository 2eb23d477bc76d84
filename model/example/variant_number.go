package example

import (
	"iter"
	"math/big"

	"github.com/firestoned/firestone/model/value"
)

// maxDecimals is the maximum number of decimals of a generated number.
const maxDecimals = 15

// counting returns numbers that count from the example: upwards first, then downwards, and in smaller steps between two
// bounds.
func (r *span) counting(example *value.Value) []iter.Seq[*value.Value] {
	var sources []iter.Seq[*value.Value]
	step, last := r.step, 0
	if step == nil {
		step, last = big.NewRat(1, 1), maxDecimals
	}
	for decimals := 0; decimals <= last; decimals++ {
		from := r.start(example, step)
		sources = append(sources, r.steps(from, step), r.steps(from, new(big.Rat).Neg(step)))
		step = new(big.Rat).Quo(step, big.NewRat(10, 1))
	}
	return sources
}

// start returns the number to count from: the example if it is a multiple of the step, else the multiple of the step
// next to a bound, else the step.
func (r *span) start(example *value.Value, step *big.Rat) *big.Rat {
	if n, ok := example.Rat(); ok && (r.step == nil || new(big.Rat).Quo(n, step).IsInt()) {
		return n
	}
	multiple := func(of *big.Rat) *big.Rat {
		n := new(big.Rat).SetInt(floor(new(big.Rat).Quo(of, step)))
		return n.Mul(n, step)
	}
	switch {
	case r.low != nil:
		if n := multiple(r.low); n.Cmp(r.low) >= 0 {
			return n
		}
		return multiple(new(big.Rat).Add(r.low, step))
	case r.high != nil:
		return multiple(r.high)
	}
	return step
}

// steps counts from a number to the bound ahead.
func (r *span) steps(from, step *big.Rat) iter.Seq[*value.Value] {
	return func(yield func(*value.Value) bool) {
		for n := new(big.Rat).Set(from); ; n.Add(n, step) {
			isBeyond := step.Sign() > 0 && r.high != nil && n.Cmp(r.high) > 0 || step.Sign() < 0 && r.low != nil && n.Cmp(r.low) < 0
			if isBeyond || !yield(numeral(n)) {
				return
			}
		}
	}
}
