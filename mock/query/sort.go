package query

import (
	"cmp"
	"slices"
	"strings"

	"github.com/firestoned/firestone/mock/decimal"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// maxOrders bounds how many properties one request can sort by.
const maxOrders = 64

// order is one property that records are sorted by.
type order struct {
	path         []string
	isDescending bool
}

// orders returns what the request sorts by, the most important first.
func (a asked) orders() []order {
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

// direct turns the orders round for which the parameter for directions says so: all of them if it gives a single one.
func (a asked) direct(orders []order, s *model.Sorting) {
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
		// A value that descends by itself goes on to, unless the parameter asks for the reverse.
		orders[i].isDescending = s.Direction.Shape.Kind != model.BooleanShape || !orders[i].isDescending
	}
}

// texts returns the texts of a scalar, or of those in an array.
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

// key is a value that records are sorted by.
type key struct {
	kind   value.Kind // null for what is absent too
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

// row is a record with what it is sorted by.
type row[R Record] struct {
	record R
	keys   []key
}

// sortRows sorts records; those that are equal keep their order.
func sortRows[R Record](rows []row[R], orders []order) {
	if len(orders) > 0 {
		slices.SortStableFunc(rows, func(a, b row[R]) int { return compareKeys(a.keys, b.keys, orders) })
	}
}

// compareKeys returns the order of two records. What is absent or null comes last in both directions.
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

// compare returns the order of two values: booleans before numbers before texts before arrays before objects, false before
// true, numbers by what they are and texts by their code points. Arrays are equal, and so are objects.
func (k key) compare(other key) int {
	if k.kind == value.KindNumber && other.kind == value.KindNumber {
		return k.number.Compare(other.number)
	}
	return cmp.Or(cmp.Compare(k.kind, other.kind), strings.Compare(k.text, other.text))
}
