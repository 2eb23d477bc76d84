package schema

import (
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// bound is the limit set by a keyword.
type bound struct {
	keyword     string
	limit       *value.Value
	isExclusive bool // the limit itself is excluded
}

// countBounds are the pairs of keywords for counts, the lower one first.
var countBounds = [][2]string{{"minLength", "maxLength"}, {"minItems", "maxItems"}, {"minProperties", "maxProperties"}, {"minContains", "maxContains"}}

// contradictions reports lower limits above upper ones.
func (c checker) contradictions(v *value.Value) {
	lowest, highest := numberBounds(v, "minimum", "exclusiveMinimum"), numberBounds(v, "maximum", "exclusiveMaximum")
	if low, high, ok := inverted(lowest, highest); ok {
		c.impossible(v, low, high)
	}
	for _, pair := range countBounds {
		low, high, ok := inverted([]bound{{keyword: pair[0], limit: v.Get(pair[0])}}, []bound{{keyword: pair[1], limit: v.Get(pair[1])}})
		if ok && (pair[0] != "minContains" || v.Has("contains")) {
			c.impossible(v, low, high)
		}
	}
}

// numberBounds returns the limits that the two keywords set, in any draft.
func numberBounds(v *value.Value, inclusive, exclusive string) []bound {
	bounds := []bound{{inclusive, v.Get(inclusive), v.Get(exclusive).IsTrue()}}
	if limit := v.Get(exclusive); limit.Is(value.KindNumber) {
		bounds = append(bounds, bound{exclusive, limit, true})
	}
	return bounds
}

// inverted returns the first lower limit that is above an upper one, and that one.
func inverted(lower, upper []bound) (low, high bound, ok bool) {
	for _, low := range lower {
		for _, high := range upper {
			from, isNumber := low.limit.Rat()
			to, isOtherNumber := high.limit.Rat()
			if !isNumber || !isOtherNumber {
				continue
			}
			order := from.Cmp(to)
			if order > 0 || order == 0 && (low.isExclusive || high.isExclusive) {
				return low, high, true
			}
		}
	}
	return low, high, false
}

// impossible reports two contradictory limits: an error if every instance has a value that they apply to. For values
// that are optional or may be of another type, they may be intended.
func (c checker) impossible(v *value.Value, low, high bound) {
	const msg = "no %s is valid: %q is %s, and %q is %s"
	on := keywords[low.keyword].on
	hint := "swap them, or change one; the other is at " + high.limit.Pos.String()
	args := []any{on, low.keyword, low.limit.Text, high.keyword, high.limit.Text}
	isOnly := !v.Get("nullable").IsTrue() && !slices.ContainsFunc(Types(v), func(word string) bool { return word != on && (word != "integer" || on != "number") })
	if c.isNeeded && isOnly && v.Has("type") {
		c.problems.Add(value.Contradiction, low.limit.Pos, hint, msg, args...)
	} else {
		c.warn(value.Contradiction, low.keyword, low.limit.Pos, hint, msg, args...)
	}
}
