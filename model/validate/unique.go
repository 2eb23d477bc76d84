package validate

import (
	"hash/maphash"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// areDistinct checks uniqueItems in the arithmetic of the validation, and records whether the other one would give a
// different result.
func (va *validation) areDistinct(m *value.Member, data *value.Value) bool {
	if i, j := repeated(data.Items); j > 0 {
		va.rule = m
		return va.fail(finding{keyword: m.Name, rule: m, i: i, j: j})
	}
	if !va.compares {
		return true
	}
	same := schema.AreAlike(data.Items)
	va.differs = va.differs || same
	return !(same && va.floats) || va.reject(m, data)
}

// fewItems is how many items are compared pairwise. A client may send a million, and a definition may list as many.
const fewItems = 16

// repeated returns j, the index of the first item that is equal to an earlier one, and i, the index of that one, or zeros.
func repeated(items []*value.Value) (i, j int) {
	if len(items) <= fewItems {
		for j, item := range items {
			if i := slices.IndexFunc(items[:j], item.Equal); i >= 0 {
				return i, j
			}
		}
		return 0, 0
	}
	seed := maphash.MakeSeed()
	indexes := map[uint64][]int{}
	for j, item := range items {
		h := hash(seed, item)
		for _, i := range indexes[h] {
			if items[i].Equal(item) {
				return i, j
			}
		}
		indexes[h] = append(indexes[h], j)
	}
	return 0, 0
}

// hash returns a number that is the same for equal values.
func hash(seed maphash.Seed, v *value.Value) uint64 {
	sum := uint64(v.Kind)
	switch v.Kind {
	case value.KindBool, value.KindString:
		sum += maphash.String(seed, v.Text)
	case value.KindNumber:
		sum += maphash.String(seed, significant(v.Text))
	case value.KindArray:
		for _, item := range v.Items {
			sum = sum*31 + hash(seed, item)
		}
	case value.KindObject:
		for _, m := range v.Members { // in any order
			sum += maphash.String(seed, m.Name) ^ maphash.Comparable(seed, hash(seed, m.Value))
		}
	}
	return maphash.Comparable(seed, sum)
}

// significant returns the digits of a number without its sign, its exponent and the zeros around them, which are the
// same for 1, 1.0 and 10e-1.
func significant(text string) string {
	if at := strings.IndexAny(text, "eE"); at >= 0 {
		text = text[:at]
	}
	return strings.Trim(strings.Replace(text, ".", "", 1), "-0")
}
