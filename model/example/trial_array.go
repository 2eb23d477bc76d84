package example

import (
	"math"

	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// array answers for the keywords of arrays (JSON Schema 2020-12, core, section 10.3.1; validation, section 6.4).
func (t *trial) array(schema *value.Value, m *value.Member, v *value.Value, out *seen) bool {
	switch m.Name {
	case "minItems":
		return t.verdict(m, len(v.Items) >= count(m.Value, 0))
	case "maxItems":
		return t.verdict(m, len(v.Items) <= count(m.Value, math.MaxInt))
	case "uniqueItems":
		return t.verdict(m, !m.Value.IsTrue() || t.areDistinct(v.Items))
	case "prefixItems":
		for i, part := range m.Value.Items {
			if i == len(v.Items) {
				break
			}
			if !t.fits(part, v.Items[i], nil, nil) {
				return false
			}
			out.item(i)
		}
	case "items":
		return t.restItems(m, v, len(itemsOf(schema.Get("prefixItems"))), out)
	case "contains":
		return t.contains(schema, m, v, out)
	}
	return true
}

// restItems answers for items: the schema of all items behind those that prefixItems names.
func (t *trial) restItems(m *value.Member, v *value.Value, first int, out *seen) bool {
	for i := first; i < len(v.Items); i++ {
		if !t.part(m, m.Value, v.Items[i]) {
			return false
		}
	}
	if out != nil {
		out.allItems = true
	}
	return true
}

// part asks for a part of the value; where only `false` stood there, the keyword itself is what refused.
func (t *trial) part(m *value.Member, schema, v *value.Value) bool {
	if t.fits(schema, v, nil, nil) {
		return true
	}
	if t.rule.Name == "" {
		t.rule = *m
	}
	return false
}

func (t *trial) contains(schema *value.Value, m *value.Member, v *value.Value, out *seen) bool {
	found := 0
	for i, item := range v.Items {
		if t.fits(m.Value, item, nil, nil) {
			out.item(i)
			found++
		}
	}
	return t.verdict(m, found >= count(schema.Get("minContains"), 1) && found <= count(schema.Get("maxContains"), math.MaxInt))
}

func (t *trial) unevaluatedItems(m *value.Member, v *value.Value, own *seen) bool {
	if v.Kind != value.KindArray || own.allItems {
		return true
	}
	for i, item := range v.Items {
		if !own.items[i] && !t.part(m, m.Value, item) {
			return false
		}
	}
	own.allItems = true
	return true
}

func areDistinct(items []*value.Value) bool {
	for i, item := range items {
		if oneOf(items[:i], item) {
			return false
		}
	}
	return true
}

// itemsOf returns the items of an array, and none where there is no array.
func itemsOf(v *value.Value) []*value.Value {
	if v.Is(value.KindArray) {
		return v.Items
	}
	return nil
}

// areDistinct answers in the arithmetic of the trial, and notes where the other one would answer differently.
func (t *trial) areDistinct(items []*value.Value) bool {
	if !areDistinct(items) {
		return false
	}
	same := schema.AreAlike(items)
	t.differs = t.differs || same
	return !(same && t.floats)
}
