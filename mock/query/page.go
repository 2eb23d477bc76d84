package query

import (
	"fmt"
	"math"
	"strconv"

	"github.com/firestoned/firestone/mock/decimal"
	"github.com/firestoned/firestone/mock/parameter"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

const (
	// defaultSize is the page size if neither the client nor a default specifies one. With an offset alone, a page may
	// be all the rest of the list.
	defaultSize = 20
	// all is a size larger than any list, and whose double still fits into an int.
	all = math.MaxInt32 / 2
)

// paging is the requested part of a list.
type paging struct {
	style    string           // empty if there are no pages
	position *model.Parameter // nil if there are none
	size     int              // at least 1
	first    int              // the number of the first page
	at       int              // the offset, or the page number
	after    *cursor          // where the page begins, nil for the start of the list
}

// link is a link to another page.
type link struct {
	relation string
	position string // empty for the start of the list
}

func (a arguments) paging(orders []order) (paging, []parameter.Fault) {
	p := paging{size: a.size()}
	pages := a.operation.Pagination
	if pages == nil {
		return p, nil
	}
	p.style, p.position = pages.Style, pages.Position
	given := a.value(pages.Position)
	switch p.style {
	case model.OffsetPagination:
		p.at = a.integer(pages.Position, 0, 0)
	case model.PagePagination:
		p.first = firstPage(pages.Position)
		p.at = a.integer(pages.Position, p.first, p.first)
	case model.CursorPagination:
		text := ""
		if given != nil {
			text = parameter.Text(given)
		}
		if text == "" || given.Is(value.KindNull) {
			break
		}
		var ok bool
		if p.after, ok = parseCursor(text, a.operation, orders); !ok {
			detail := fmt.Sprintf("%q does not come from a link to a page of this list in this order.", pages.Position.Name)
			return p, []parameter.Fault{{Name: pages.Position.Name, Detail: detail}}
		}
	}
	return p, nil
}

// size returns how many records the client wants, or all.
func (a arguments) size() int {
	fallback := all
	if pages := a.operation.Pagination; pages != nil && pages.Style != model.OffsetPagination {
		fallback = defaultSize
	}
	p := a.operation.SizeParameter()
	if p == nil {
		return fallback
	}
	return a.integer(p, 1, fallback)
}

// integer returns the integer given for a parameter, or its default, but at least lowest; else fallback.
func (a arguments) integer(p *model.Parameter, lowest, fallback int) int {
	for _, v := range []*value.Value{a.values[p], p.Default} {
		if v.Is(value.KindNumber) || v.Is(value.KindString) {
			if n, ok := decimal.Parse(v.Text); ok {
				return n.Int(lowest, all)
			}
		}
	}
	return fallback
}

// firstPage returns the number of the first page: 0 if the parameter's default or minimum is 0, else 1.
func firstPage(p *model.Parameter) int {
	isZero := func(v *value.Value) bool { return v.Is(value.KindNumber) && parameter.Text(v) == "0" }
	if isZero(p.Default) || isZero(p.Shape.Minimum) && !p.Shape.IsMinimumExclusive {
		return 0
	}
	return 1
}

// cut returns the records on the page, and links to other pages. The link to the page after a cursor is left to the
// caller, who has the records; find returns the index of the first record after a cursor.
func (p paging) cut(total int, find func(*cursor) int) (start, end int, links []link) {
	switch p.style {
	case model.OffsetPagination:
		start = min(p.at, total)
		links = p.numbered(start, total, func(start int) int { return start })
	case model.PagePagination:
		if start = total; p.at-p.first <= total/p.size {
			start = min((p.at-p.first)*p.size, total)
		}
		links = p.numbered(start, total, func(start int) int { return start/p.size + p.first })
	case model.CursorPagination:
		if p.after != nil {
			start = find(p.after)
		}
		links = []link{{relation: "first"}}
	}
	return start, min(start+p.size, total), links
}

// numbered returns links to pages that begin at an index; number returns the position of the page at an index.
func (p paging) numbered(start, total int, number func(start int) int) (links []link) {
	add := func(relation string, start int) {
		links = append(links, link{relation, strconv.Itoa(number(start))})
	}
	last := max(total-1, 0) / p.size * p.size
	add("first", 0)
	switch {
	case start >= total && p.at > p.first: // past the last page
		add("prev", last)
	case start > 0:
		add("prev", max(start-p.size, 0))
	}
	if start+p.size < total {
		add("next", start+p.size)
	}
	add("last", last)
	return links
}
