package validate

import (
	"math"

	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// array answers for the keywords of arrays (JSON Schema 2020-12, core, section 10.3.1; validation, section 6.4).
func (va *validation) array(schema *value.Value, m *value.Member, v *value.Value, out *evaluated) bool {
	switch m.Name {
	case "minItems":
		return va.expect(m, len(v.Items) >= Count(m.Value, 0))
	case "maxItems":
		return va.expect(m, len(v.Items) <= Count(m.Value, math.MaxInt))
	case "uniqueItems":
		return va.expect(m, !m.Value.IsTrue() || va.areDistinct(v.Items))
	case "prefixItems":
		for i, part := range m.Value.Items {
			if i == len(v.Items) {
				break
			}
			if !va.validate(part, v.Items[i], nil, nil) {
				return false
			}
			out.item(i)
		}
	case "items":
		return va.restItems(m, v, len(itemsOf(schema.Get("prefixItems"))), out)
	case "contains":
		return va.contains(schema, m, v, out)
	}
	return true
}

// restItems answers for items: the schema of all items behind those that prefixItems names.
func (va *validation) restItems(m *value.Member, v *value.Value, first int, out *evaluated) bool {
	for i := first; i < len(v.Items); i++ {
		if !va.part(m, m.Value, v.Items[i]) {
			return false
		}
	}
	if out != nil {
		out.allItems = true
	}
	return true
}

// part asks for a part of the value; where only `false` stood there, the keyword itself is what refused.
func (va *validation) part(m *value.Member, schema, v *value.Value) bool {
	if va.validate(schema, v, nil, nil) {
		return true
	}
	if va.rule.Name == "" {
		va.rule = *m
	}
	return false
}

func (va *validation) contains(schema *value.Value, m *value.Member, v *value.Value, out *evaluated) bool {
	found := 0
	for i, item := range v.Items {
		if va.validate(m.Value, item, nil, nil) {
			out.item(i)
			found++
		}
	}
	return va.expect(m, found >= Count(schema.Get("minContains"), 1) && found <= Count(schema.Get("maxContains"), math.MaxInt))
}

func (va *validation) unevaluatedItems(m *value.Member, v *value.Value, own *evaluated) bool {
	if v.Kind != value.KindArray || own.allItems {
		return true
	}
	for i, item := range v.Items {
		if !own.items[i] && !va.part(m, m.Value, item) {
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

// areDistinct answers in the arithmetic of the validation, and notes where the other one would answer differently.
func (va *validation) areDistinct(items []*value.Value) bool {
	if !areDistinct(items) {
		return false
	}
	same := schema.AreAlike(items)
	va.differs = va.differs || same
	return !(same && va.floats)
}
