// Package query says which records of a list a request gets: those that its filters select, in the order and on the page
// that it asks for.
//
// It reads parameters that are decoded and whose schemas accept them, so that nearly nothing is refused here: a page beyond
// the last one is empty, and a number that makes no sense counts as the nearest that does. It keeps no state.
package query

import (
	"slices"

	"github.com/firestoned/firestone/mock/parameter"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// Record is one of the records that a list consists of.
type Record interface {
	View() *model.Value // what a client can read of it
	Created() uint64    // grows from each record of a list to the one that was created next
}

// Selection is what the parameters of a request ask for, ready to be asked about many records. It is never changed, so that
// several goroutines may use it.
type Selection struct {
	operation *model.Operation
	filters   []*filter
	orders    []order
	paging    paging
}

// Compile returns what the parameters of an operation ask for. One that is not given has its default. The only fault that
// there can be is a cursor that no page of the list has linked to.
func Compile(o *model.Operation, values parameter.Values) (*Selection, []parameter.Fault) {
	a := asked{o, values}
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

// asked is what a request asks of an operation.
type asked struct {
	operation *model.Operation
	values    parameter.Values
}

// value returns what was given for a parameter, else its default, or nil.
func (a asked) value(p *model.Parameter) *value.Value {
	if v := a.values[p]; v != nil {
		return v
	}
	return p.Default
}

// Matches reports whether the filters select a record by what a client can read of it; nil is no record.
func (s *Selection) Matches(view *model.Value) bool {
	return view != nil && !slices.ContainsFunc(s.filters, func(f *filter) bool { return !f.matches(view) })
}

// Page is a part of a list.
type Page[R Record] struct {
	Records []R // on the page, in order
	Total   int // how many records the filters select

	position *model.Parameter // nil where there are no pages
	links    []link
}

// List returns the page of a list that the selection asks for. The records are in the order in which they were created.
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
