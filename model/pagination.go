package model

import (
	"slices"
	"strings"
)

// The styles of pagination.
const (
	OffsetPagination = "offset" // Position counts instances
	PagePagination   = "page"   // Position counts pages
	CursorPagination = "cursor" // Position is what the server gave with the page before
)

// Names of parameters, normalised for recognition: lower case letters only.
var (
	sizeNames     = []string{"limit", "perpage", "pagesize", "pagelimit", "maxresults", "maxitems", "top"}
	positionNames = []struct {
		style string
		names []string
	}{
		{OffsetPagination, []string{"offset", "skip", "startindex", "pageoffset"}},
		{PagePagination, []string{"page", "pagenumber", "pageno", "pageindex"}},
		{CursorPagination, []string{"cursor", "pagecursor", "nextcursor", "pagetoken", "nexttoken", "continuationtoken", "startingafter", "pageafter"}},
	}
)

// paginationOf recognises how a list is paginated by the query parameters of the operation; nil if it is not. A page
// size alone is not pagination: it may just truncate the list.
func paginationOf(o *Operation) *Pagination {
	if !o.isList() {
		return nil
	}
	for _, position := range positionNames {
		if p := o.queryParameter(position.names); p != nil {
			return &Pagination{Style: position.style, Position: p, Size: o.queryParameter(sizeNames)}
		}
	}
	return nil
}

// SizeParameter returns what says how many instances a list holds: on a page or, where it has none, in all; nil where
// nothing does.
func (o *Operation) SizeParameter() *Parameter {
	switch {
	case o.Pagination != nil:
		return o.Pagination.Size
	case !o.isList():
		return nil
	}
	p := o.queryParameter(sizeNames)
	if p == nil || p.Filter != nil {
		return nil
	}
	return p
}

// isList reports whether the operation returns the list of a collection, or its headers.
func (o *Operation) isList() bool {
	return o.Level.IsCollection() && (o.Method == "get" || o.Method == "head")
}

// queryParameter returns the first of the operation's queryParameters, or nil.
func (o *Operation) queryParameter(names []string) *Parameter {
	if found := o.queryParameters(names); len(found) > 0 {
		return found[0]
	}
	return nil
}

// queryParameters returns the operation's query parameters that are called so, by their smallLetters.
func (o *Operation) queryParameters(names []string) []*Parameter {
	var found []*Parameter
	for _, p := range o.Parameters {
		if p.In == "query" && slices.Contains(names, smallLetters(p.Name)) {
			found = append(found, p)
		}
	}
	return found
}

// smallLetters returns the letters from a to z in a name, in lower case.
func smallLetters(name string) string {
	return strings.Map(func(r rune) rune {
		if r < 'a' || r > 'z' {
			return -1
		}
		return r
	}, strings.ToLower(name))
}
