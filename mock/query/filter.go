package query

import (
	"slices"
	"strings"
	"time"

	"github.com/firestoned/firestone/mock/decimal"
	"github.com/firestoned/firestone/mock/parameter"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// filter compares one property of records with the values given for a parameter.
type filter struct {
	path  []string
	match string
	wants []wanted
	equal map[scalar]bool // what equals one of wants, except for objects
}

// scalar is a value that is neither an array nor an object, comparable with ==.
type scalar struct {
	kind value.Kind
	text string
}

// wanted is one of the values given.
type wanted struct {
	value     *value.Value
	text      string // of a string, a number or a boolean
	folded    string // the text, case-folded
	number    decimal.Decimal
	isNumber  bool
	instant   time.Time
	isInstant bool
}

func newFilter(f *model.Filter, given *value.Value) *filter {
	made := &filter{path: f.Path, match: f.Match, equal: map[scalar]bool{}}
	values := []*value.Value{given}
	switch {
	case given.Is(value.KindArray):
		values = given.Items
	case given.Is(value.KindString) && f.Match == model.AnyMatch:
		values = value.Strings(strings.Split(given.Text, ",")...).Items
	}
	for _, v := range values {
		w := wanted{value: v, text: v.Text, folded: fold(v.Text)}
		w.number, w.isNumber = decimal.Parse(v.Text)
		w.instant, w.isInstant = instantOf(v.Text)
		made.wants = append(made.wants, w)
		made.addEqual(w)
	}
	return made
}

// addEqual adds what equals a given value. If the schema of a parameter or a property says too little, one of them is a
// text and the other is not: then those that are written alike are equal.
func (f *filter) addEqual(w wanted) {
	if w.value.Is(value.KindArray) || w.value.Is(value.KindObject) {
		return
	}
	f.equal[scalarOf(w.value)] = true
	switch w.value.Kind {
	case value.KindString:
		if w.isNumber {
			f.equal[scalar{value.KindNumber, w.number.String()}] = true
		}
		f.equal[scalar{value.KindBool, w.text}] = true
	case value.KindNumber, value.KindBool:
		f.equal[scalar{value.KindString, w.text}] = true
	}
}

func scalarOf(v *value.Value) scalar {
	switch v.Kind {
	case value.KindNumber:
		return scalar{v.Kind, parameter.Text(v)}
	case value.KindNull:
		return scalar{}
	}
	return scalar{v.Kind, v.Text}
}

func (f *filter) matches(view *value.Value) bool {
	return f.matchesAt(view, f.path) != (f.match == model.NotEqualMatch)
}

// matchesAt reports whether the value at the path matches, or one of the values if the path leads through arrays.
func (f *filter) matchesAt(v *value.Value, path []string) bool {
	switch {
	case v == nil:
		return false
	case v.Kind == value.KindArray:
		return slices.ContainsFunc(v.Items, func(item *value.Value) bool { return f.matchesAt(item, path) })
	case len(path) > 0:
		return f.matchesAt(v.Get(path[0]), path[1:])
	}
	return f.matchesValue(v)
}

// matchesValue reports whether a value that is not an array matches one of the given values.
func (f *filter) matchesValue(v *value.Value) bool {
	switch f.match {
	case model.ContainsMatch:
		return f.matchesText(v, strings.Contains)
	case model.PrefixMatch:
		return f.matchesText(v, strings.HasPrefix)
	case model.SearchMatch:
		if v.Kind == value.KindObject {
			return slices.ContainsFunc(v.Members, func(m value.Member) bool { return f.matchesAt(m.Value, nil) })
		}
		return v.Kind == value.KindString && f.matchesText(v, strings.Contains)
	case model.AtLeastMatch:
		return f.matchesOrder(v, func(order int) bool { return order >= 0 })
	case model.AtMostMatch:
		return f.matchesOrder(v, func(order int) bool { return order <= 0 })
	case model.AboveMatch:
		return f.matchesOrder(v, func(order int) bool { return order > 0 })
	case model.BelowMatch:
		return f.matchesOrder(v, func(order int) bool { return order < 0 })
	}
	if v.Kind == value.KindObject {
		return slices.ContainsFunc(f.wants, func(w wanted) bool { return holds(v, w.value) })
	}
	return f.equal[scalarOf(v)]
}

// holds reports whether an object has all members of the given one.
func holds(v, given *value.Value) bool {
	return given.Is(value.KindObject) && !slices.ContainsFunc(given.Members, func(m value.Member) bool {
		of := v.Get(m.Name)
		return of == nil || !of.Equal(m.Value)
	})
}

func (f *filter) matchesText(v *value.Value, compare func(text, part string) bool) bool {
	if v.Kind == value.KindNull || v.Kind == value.KindObject {
		return false
	}
	text := fold(v.Text)
	return slices.ContainsFunc(f.wants, func(w wanted) bool { return isScalar(w.value) && compare(text, w.folded) })
}

func isScalar(v *value.Value) bool {
	return v.Kind == value.KindString || v.Kind == value.KindNumber || v.Kind == value.KindBool
}

// matchesOrder reports whether a number or a text compares to one of the given values as required. Times are compared
// as instants, since the order of their texts depends on their zones.
func (f *filter) matchesOrder(v *value.Value, accepts func(order int) bool) bool {
	var number decimal.Decimal
	switch v.Kind {
	case value.KindNumber:
		number, _ = decimal.Parse(v.Text)
	case value.KindString:
	default:
		return false
	}
	return slices.ContainsFunc(f.wants, func(w wanted) bool {
		switch {
		case !isScalar(w.value) || v.Kind == value.KindNumber && !w.isNumber:
			return false
		case v.Kind == value.KindNumber:
			return accepts(number.Compare(w.number))
		}
		if w.isInstant {
			if instant, ok := instantOf(v.Text); ok {
				return accepts(instant.Compare(w.instant))
			}
		}
		return accepts(strings.Compare(v.Text, w.text))
	})
}

// instantOf returns the time that a text represents by RFC 3339, and whether it is one.
func instantOf(text string) (time.Time, bool) {
	if len(text) < len("2006-01-02T15:04:05Z") || len(text) > 100 || text[4] != '-' {
		return time.Time{}, false
	}
	instant, err := time.Parse(time.RFC3339Nano, strings.ToUpper(text))
	return instant, err == nil
}
