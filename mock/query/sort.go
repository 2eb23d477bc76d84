package query

import (
	"cmp"
	"slices"
	"strings"

	"github.com/firestoned/firestone/mock/decimal"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// maxOrders bounds how many properties a request can sort by.
const maxOrders = 64

// order is a property that records are sorted by.
type order struct {
	path         []string
	isDescending bool
}

// orders returns the properties that the request sorts by, the most significant first.
func (a arguments) orders() []order {
	s := a.operation.Sort
	if s == nil {
		return nil
	}
	var orders []order
	for _, text := range texts(a.value(s.Parameter)) {
		for _, o := range s.Interpret(text) {
			isNamed := slices.ContainsFunc(orders, func(other order) bool { return slices.Equal(other.path, o.Path) })
			if !isNamed && len(orders) < maxOrders {
				orders = append(orders, order{o.Path, o.IsDescending})
			}
		}
	}
	if s.Direction != nil {
		a.direct(orders, s)
	}
	return orders
}

// direct applies the parameter for directions to the orders: to all of them if it gives a single direction.
func (a arguments) direct(orders []order, s *model.Sorting) {
	directions := texts(a.value(s.Direction))
	if len(directions) == 1 {
		directions = strings.Split(directions[0], ",")
	}
	for i := range orders {
		at := i
		if len(directions) == 1 {
			at = 0
		}
		if at >= len(directions) || !s.IsDescending(strings.TrimSpace(directions[at])) {
			continue
		}
		// A value that is descending by itself stays so, unless the parameter asks for the reverse.
		orders[i].isDescending = s.Direction.Shape.Kind != model.BooleanShape || !orders[i].isDescending
	}
}

// texts returns the text of a scalar, or the texts of the scalars in an array.
func texts(v *value.Value) (list []string) {
	switch {
	case v == nil || v.Kind == value.KindNull:
	case v.Kind == value.KindArray:
		for _, item := range v.Items {
			list = append(list, texts(item)...)
		}
	case v.Kind != value.KindObject:
		list = append(list, v.Text)
	}
	return list
}

// key is a sort key of a record.
type key struct {
	kind   value.Kind // null also if absent
	number decimal.Decimal
	text   string // of a boolean, a string or a number
}

func keysOf(view *value.Value, orders []order) []key {
	if len(orders) == 0 {
		return nil
	}
	keys := make([]key, len(orders))
	for i, o := range orders {
		v := view
		for _, step := range o.path {
			v = v.Get(step)
		}
		keys[i] = keyOf(v)
	}
	return keys
}

func keyOf(v *value.Value) key {
	if v == nil {
		return key{}
	}
	k := key{kind: v.Kind, text: v.Text}
	if v.Kind == value.KindNumber {
		k.number, _ = decimal.Parse(v.Text)
	}
	return k
}

// row is a record with its sort keys.
type row[R Record] struct {
	record R
	keys   []key
}

// sortRows sorts records; the sort is stable.
func sortRows[R Record](rows []row[R], orders []order) {
	if len(orders) > 0 {
		slices.SortStableFunc(rows, func(a, b row[R]) int { return compareKeys(a.keys, b.keys, orders) })
	}
}

// compareKeys compares two records. Absent and null values come last in both directions.
func compareKeys(a, b []key, orders []order) int {
	for i, o := range orders {
		switch isAbsent := a[i].kind == value.KindNull; {
		case isAbsent && b[i].kind == value.KindNull:
		case isAbsent:
			return 1
		case b[i].kind == value.KindNull:
			return -1
		default:
			if order := a[i].compare(b[i]); order != 0 && o.isDescending {
				return -order
			} else if order != 0 {
				return order
			}
		}
	}
	return 0
}

// compare orders two values: booleans before numbers before texts before arrays before objects, false before true,
// numbers by value and texts by code point. All arrays are equal, and so are all objects.
func (k key) compare(other key) int {
	if k.kind == value.KindNumber && other.kind == value.KindNumber {
		return k.number.Compare(other.number)
	}
	return cmp.Or(cmp.Compare(k.kind, other.kind), strings.Compare(k.text, other.text))
}
