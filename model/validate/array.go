package validate

import (
	"math"

	"github.com/firestoned/firestone/model/value"
)

// array checks the keywords for arrays (JSON Schema 2020-12, core, section 10.3.1; validation, section 6.4).
func (va *validation) array(schema *value.Value, m *value.Member, data *value.Value, out *evaluated) bool {
	switch m.Name {
	case "minItems":
		return len(data.Items) >= Count(m.Value, 0) || va.reject(m, data)
	case "maxItems":
		return len(data.Items) <= Count(m.Value, math.MaxInt) || va.reject(m, data)
	case "uniqueItems":
		return !m.Value.IsTrue() || va.areDistinct(m, data)
	case "prefixItems":
		return va.prefixItems(m, data, out)
	case "items":
		return va.restItems(m, data, len(value.Items(schema.Get("prefixItems"))), out)
	case "contains":
		return va.contains(schema, m, data, out)
	}
	return true
}

func (va *validation) prefixItems(m *value.Member, data *value.Value, out *evaluated) bool {
	ok := true
	for i, part := range m.Value.Items {
		if i == len(data.Items) {
			break
		}
		out.item(i)
		if !va.item(m, part, data, i) {
			if ok = false; va.isDone() {
				return false
			}
		}
	}
	return ok
}

// restItems checks items: the schema of all items after those of prefixItems.
func (va *validation) restItems(m *value.Member, data *value.Value, first int, out *evaluated) bool {
	if out != nil {
		out.allItems = true
	}
	ok := true
	for i := first; i < len(data.Items); i++ {
		if !va.item(m, m.Value, data, i) {
			if ok = false; va.isDone() {
				return false
			}
		}
	}
	return ok
}

// item validates one item.
func (va *validation) item(m *value.Member, schema, data *value.Value, i int) bool {
	va.enterItem(i)
	ok := va.part(m, m.Name, schema, data.Items[i])
	va.leave()
	return ok
}

// part validates a part of the value; if its schema is just `false`, the fault is that of the keyword itself.
func (va *validation) part(m *value.Member, keyword string, schema, data *value.Value) bool {
	if va.validate(schema, data, nil, nil) {
		return true
	}
	if va.rule == nil {
		va.rule = m
		va.nameLast(keyword)
	}
	return false
}

func (va *validation) contains(schema *value.Value, m *value.Member, data *value.Value, out *evaluated) bool {
	found := 0
	for i, item := range data.Items {
		va.enterItem(i)
		if va.asks(m.Value, item, nil, nil) {
			out.item(i)
			found++
		}
		va.leave()
	}
	least, most := Count(schema.Get("minContains"), 1), Count(schema.Get("maxContains"), math.MaxInt)
	switch {
	case found < least && !schema.Has("minContains"):
		return va.countRejected("contains", m, found, least)
	case found < least:
		return va.countRejected("minContains", m, found, least)
	case found > most:
		return va.countRejected("maxContains", m, found, most)
	}
	return true
}

// countRejected records that contains found too few or too many items.
func (va *validation) countRejected(keyword string, m *value.Member, found, limit int) bool {
	va.rule = m
	return va.fail(finding{keyword: keyword, rule: m, i: found, j: limit})
}

func (va *validation) unevaluatedItems(m *value.Member, data *value.Value, own *evaluated) bool {
	if data.Kind != value.KindArray || own.allItems {
		return true
	}
	ok := true
	for i := range data.Items {
		if !own.items[i] && !va.item(m, m.Value, data, i) {
			if ok = false; va.isDone() {
				return false
			}
		}
	}
	own.allItems = true
	return ok
}
