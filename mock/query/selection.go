// Package query decides which records of a list a request gets: those that its filters select, in the requested order
// and on the requested page.
//
// It expects parameters that are decoded and valid, so almost nothing is refused here: a page past the last one is
// empty, and a meaningless number counts as the nearest meaningful one. It keeps no state.
package query

import (
	"slices"

	"github.com/firestoned/firestone/mock/parameter"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// Record is a record of a list.
type Record interface {
	View() *model.Value // what a client can read of it
	Created() uint64    // ascends with creation within a list
}

// Selection is the compiled query of a request, which can be applied to many records. It is immutable, so several
// goroutines may use it.
type Selection struct {
	operation *model.Operation
	filters   []*filter
	orders    []order
	paging    paging
}

// Compile returns the selection that the parameters of an operation ask for. Missing parameters have their defaults.
// The only possible fault is a cursor that does not belong to the list.
func Compile(o *model.Operation, values parameter.Values) (*Selection, []parameter.Fault) {
	a := arguments{o, values}
	s := &Selection{operation: o, orders: a.orders()}
	for _, p := range o.Parameters {
		if v := a.value(p); v != nil && p.Filter != nil {
			s.filters = append(s.filters, newFilter(p.Filter, v))
		}
	}
	var faults []parameter.Fault
	s.paging, faults = a.paging(s.orders)
	return s, faults
}

// arguments holds the values of an operation's parameters.
type arguments struct {
	operation *model.Operation
	values    parameter.Values
}

// value returns the value of a parameter, else its default, or nil.
func (a arguments) value(p *model.Parameter) *value.Value {
	if v := a.values[p]; v != nil {
		return v
	}
	return p.Default
}

// Matches reports whether the filters select a record, given what a client can read of it, or nil if there is none.
func (s *Selection) Matches(view *model.Value) bool {
	return view != nil && !slices.ContainsFunc(s.filters, func(f *filter) bool { return !f.matches(view) })
}

// Page is a part of a list.
type Page[R Record] struct {
	Records []R // on the page, in order
	Total   int // selected by the filters

	position *model.Parameter // nil if there are no pages
	links    []link
}

// List returns the requested page of a list. The records must be in the order in which they were created.
func List[R Record](s *Selection, records []R) Page[R] {
	rows := make([]row[R], 0, len(records))
	for _, r := range records {
		if view := r.View(); s.Matches(view) {
			rows = append(rows, row[R]{r, keysOf(view, s.orders)})
		}
	}
	sortRows(rows, s.orders)
	start, end, links := s.paging.cut(len(rows), func(c *cursor) int { return startAfter(c, rows, s.orders) })
	page := Page[R]{Total: len(rows), position: s.paging.position, links: links}
	for _, row := range rows[start:end] {
		page.Records = append(page.Records, row.record)
	}
	if s.paging.style == model.CursorPagination && end < len(rows) {
		last := rows[end-1]
		page.links = append(page.links, link{"next", newCursor(s.operation, s.orders, last.keys, last.record.Created()).String()})
	}
	return page
}
