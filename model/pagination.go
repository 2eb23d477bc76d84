package model

import (
	"regexp"
	"slices"
	"strings"
)

// The styles of pagination.
const (
	OffsetPagination = "offset" // Position counts instances
	PagePagination   = "page"   // Position counts pages
	CursorPagination = "cursor" // Position is what the server gave with the page before
)

// Names of parameters as they are recognised: small letters only.
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
	notLetters = regexp.MustCompile(`[^a-z]+`)
)

// paginationOf recognises how a list comes in pages by the query parameters of the operation; nil where it comes whole.
// How many instances a page holds does not make pages alone: it may as well cut the list off.
func paginationOf(o *Operation) *Pagination {
	if !o.Level.IsCollection() || o.Method != "get" && o.Method != "head" {
		return nil
	}
	find := func(names []string) *Parameter {
		i := slices.IndexFunc(o.Parameters, func(p *Parameter) bool {
			return p.In == "query" && slices.Contains(names, notLetters.ReplaceAllString(strings.ToLower(p.Name), ""))
		})
		if i < 0 {
			return nil
		}
		return o.Parameters[i]
	}
	for _, position := range positionNames {
		if p := find(position.names); p != nil {
			return &Pagination{Style: position.style, Position: p, Size: find(sizeNames)}
		}
	}
	return nil
}
