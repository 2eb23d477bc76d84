package query

import (
	"fmt"
	"net/url"
	"strings"
)

// Link returns the value of the header Link (RFC 8288) with the first, previous, next and last page as far as they are
// known, relative to the path and the query of the request as it was sent. It is empty if the list has no pages.
func (p Page[R]) Link(path, rawQuery string) string {
	var links []string
	for _, l := range p.links {
		target := harmless(path)
		if query := withPosition(rawQuery, p.position.Name, l.position); query != "" {
			target += "?" + harmless(query)
		}
		links = append(links, fmt.Sprintf(`<%s>; rel="%s"`, target, l.relation))
	}
	return strings.Join(links, ", ")
}

// withPosition returns a query in which the parameter has the given position, in its old place or at the end; other
// parameters are unchanged. An empty position removes the parameter.
func withPosition(rawQuery, name, position string) string {
	var parts []string
	isPlaced := position == ""
	for part := range strings.SplitSeq(rawQuery, "&") {
		rawName, _, _ := strings.Cut(part, "=")
		switch decoded, err := url.QueryUnescape(rawName); {
		case part == "":
		case err != nil || decoded != name:
			parts = append(parts, part)
		case !isPlaced:
			parts = append(parts, rawName+"="+position)
			isPlaced = true
		}
	}
	if !isPlaced {
		parts = append(parts, url.QueryEscape(name)+"="+position)
	}
	return strings.Join(parts, "&")
}

// harmless percent-encodes what would end a link, or is not allowed in a header.
func harmless(text string) string {
	var b strings.Builder
	for i := range len(text) {
		if c := text[i]; c <= ' ' || c > '~' || strings.IndexByte(`<>"\`, c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}
