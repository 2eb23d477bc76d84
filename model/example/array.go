package example

import (
	"math"
	"slices"

	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/value"
)

// maxItems bounds the arrays that are made.
const maxItems = 200

// arrays yields an array of as many items as are asked for, or one, and then the shortest one.
func (g *growth) arrays(w wish, s *shape, yield func(*value.Value) bool) bool {
	least, most := s.atLeast("minItems"), s.atMost("maxItems", math.MaxInt)
	prefix, rest := s.itemSchemas()
	if least > most || least > maxItems {
		return true
	}
	wanted := max(least, len(prefix), s.containedItems(), 1)
	items := g.items(w, s, prefix, rest, min(wanted, most, maxItems))
	if len(items) < least {
		return true
	}
	return yield(value.Array(items...)) && (len(items) == least || yield(value.Array(items[:least]...)))
}

func (s *shape) containedItems() int {
	n := 0
	for range s.all("contains") {
		n += max(1, s.atLeast("minContains"))
	}
	return n
}

// itemSchemas returns what is said of the items at the front, and of those behind.
func (s *shape) itemSchemas() (prefix [][]*value.Value, rest []*value.Value) {
	for _, list := range s.all("prefixItems") {
		for i, schema := range itemsOf(list) {
			if i == len(prefix) {
				prefix = append(prefix, nil)
			}
			prefix[i] = append(prefix[i], schema)
		}
	}
	if rest = s.all("items"); rest == nil {
		rest = s.all("unevaluatedItems")
	}
	return prefix, rest
}

// items makes up to n items; fewer where one cannot be made.
func (g *growth) items(w wish, s *shape, prefix [][]*value.Value, rest []*value.Value, n int) []*value.Value {
	singular, _ := name.Forms(w.name, "", "")
	var items []*value.Value
	for _, schemas := range prefix[:min(n, len(prefix))] {
		item := g.example(wish{singular, together(schemas)})
		if item == nil {
			return items
		}
		items = append(items, item)
	}
	for _, schema := range s.all("contains") {
		schemas := append([]*value.Value{schema}, rest...)
		items = append(items, g.examples(wish{singular, together(schemas)}, max(1, s.atLeast("minContains")))...)
	}
	if missing := n - len(items); missing > 0 {
		isUnique := false
		for _, v := range s.all("uniqueItems") {
			isUnique = isUnique || v.IsTrue()
		}
		items = append(items, g.fill(wish{singular, together(rest)}, items, missing, isUnique)...)
	}
	return items[:min(n, len(items))]
}

// fill makes n more items: different ones as far as there are.
func (g *growth) fill(w wish, before []*value.Value, n int, isUnique bool) []*value.Value {
	made := g.examples(w, n+len(before))
	var different []*value.Value
	for _, item := range made {
		if len(different) < n && !(isUnique && slices.ContainsFunc(before, item.Equal)) {
			different = append(different, item)
		}
	}
	if found := len(different); found > 0 && !isUnique {
		for i := found; i < n; i++ {
			different = append(different, different[i%found])
		}
	}
	return different
}
