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
	// defaultSize is how many records a page holds where neither the client nor a default says so. Only by offset all the
	// rest of a list can be meant.
	defaultSize = 20
	// all is a size that holds every list, and whose double is still an int.
	all = math.MaxInt32 / 2
)

// paging is which part of a list was asked for.
type paging struct {
	style    string           // empty where there are no pages
	position *model.Parameter // nil there too
	size     int              // from 1
	first    int              // the number of the first page
	at       int              // the offset, or the number of the page
	after    *cursor          // where the page begins, nil at the start of the list
}

// link is a link to another page.
type link struct {
	relation string
	position string // empty for the start of the list
}

func (a asked) paging(orders []order) (paging, []parameter.Fault) {
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
func (a asked) size() int {
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

// integer returns the integer that was given for a parameter, or is its default, at least lowest; else fallback.
func (a asked) integer(p *model.Parameter, lowest, fallback int) int {
	for _, v := range []*value.Value{a.values[p], p.Default} {
		if v.Is(value.KindNumber) || v.Is(value.KindString) {
			if n, ok := decimal.Parse(v.Text); ok {
				return n.Int(lowest, all)
			}
		}
	}
	return fallback
}

// firstPage returns the number of the first page: 0 if the parameter's default or least value says so, else 1.
func firstPage(p *model.Parameter) int {
	isZero := func(v *value.Value) bool { return v.Is(value.KindNumber) && parameter.Text(v) == "0" }
	if isZero(p.Default) || isZero(p.Shape.Minimum) && !p.Shape.IsMinimumExclusive {
		return 0
	}
	return 1
}

// cut returns which of the records are on the page, and links to other pages. That to the page behind a cursor is left to
// those who have the records; find returns the index of the first one behind it.
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

// numbered returns links to pages that begin at an index; number returns what the position of one is called.
func (p paging) numbered(start, total int, number func(start int) int) (links []link) {
	add := func(relation string, start int) {
		links = append(links, link{relation, strconv.Itoa(number(start))})
	}
	last := max(total-1, 0) / p.size * p.size
	add("first", 0)
	switch {
	case start >= total && p.at > p.first: // behind the last page
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
