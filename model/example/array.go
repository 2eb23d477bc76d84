package example

import (
	"math"
	"slices"

	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/value"
)

// maxItems limits the length of generated arrays.
const maxItems = 200

// arrays yields an array of the requested length, or of one item, and then the shortest one allowed.
func (s *sampler) arrays(r request, c *constraints, yield func(*value.Value) bool) {
	least, most := c.atLeast("minItems"), c.atMost("maxItems", math.MaxInt)
	prefix, rest := c.itemSchemas()
	if least > most || least > maxItems {
		return
	}
	wanted := max(least, len(prefix), c.containedItems(), 1)
	items := s.items(r, c, prefix, rest, min(wanted, most, maxItems))
	if len(items) < least {
		return
	}
	if yield(value.Array(items...)) && len(items) > least {
		yield(value.Array(items[:least]...))
	}
}

func (c *constraints) containedItems() int {
	n := 0
	for range c.all("contains") {
		n += max(1, c.atLeast("minContains"))
	}
	return n
}

// itemSchemas returns the schemas of the leading items, and those of the rest.
func (c *constraints) itemSchemas() (prefix [][]*value.Value, rest []*value.Value) {
	for _, list := range c.all("prefixItems") {
		for i, schema := range value.Items(list) {
			if i == len(prefix) {
				prefix = append(prefix, nil)
			}
			prefix[i] = append(prefix[i], schema)
		}
	}
	if rest = c.all("items"); rest == nil {
		rest = c.all("unevaluatedItems")
	}
	return prefix, rest
}

// items returns up to n items; fewer if one cannot be generated.
func (s *sampler) items(r request, c *constraints, prefix [][]*value.Value, rest []*value.Value, n int) []*value.Value {
	singular, _ := name.Forms(r.name, "", "")
	var items []*value.Value
	for _, schemas := range prefix[:min(n, len(prefix))] {
		item := s.example(request{singular, conjunctionOf(schemas)})
		if item == nil {
			return items
		}
		items = append(items, item)
	}
	for _, schema := range c.all("contains") {
		schemas := append([]*value.Value{schema}, rest...)
		items = append(items, s.examples(request{singular, conjunctionOf(schemas)}, max(1, c.atLeast("minContains")))...)
	}
	if missing := n - len(items); missing > 0 {
		isUnique := false
		for _, v := range c.all("uniqueItems") {
			isUnique = isUnique || v.IsTrue()
		}
		items = append(items, s.fill(request{singular, conjunctionOf(rest)}, items, missing, isUnique)...)
	}
	return items[:min(n, len(items))]
}

// fill appends n items: distinct ones as far as possible.
func (s *sampler) fill(r request, before []*value.Value, n int, isUnique bool) []*value.Value {
	made := s.examples(r, n+len(before))
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
