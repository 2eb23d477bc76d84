package mock

import (
	"net/http"
	"strconv"
	"strings"
)

// tagOf returns the entity tag of the state after the given change (RFC 9110, section 8.8.3).
func tagOf(seq uint64) string { return `"` + strconv.FormatUint(seq, 10) + `"` }

// condition refuses a call whose preconditions do not hold for the current state (RFC 9110, section 13.2.2).
func (p *performance) condition() *problem {
	tag := tagOf(p.tag)
	if p.ifMatch != "" && !matches(p.ifMatch, tag, false) {
		return &problem{
			status: http.StatusPreconditionFailed, detail: "The resource was changed in the meantime.", header: http.Header{"Etag": {tag}},
		}
	}
	if p.ifNoneMatch == "" || !matches(p.ifNoneMatch, tag, true) {
		return nil
	}
	if p.operation.Method == "get" || p.operation.Method == "head" {
		p.isNotModified = true
		return nil
	}
	return &problem{status: http.StatusPreconditionFailed, detail: "The resource already exists.", header: http.Header{"Etag": {tag}}}
}

// matches reports whether a list of entity tags, or *, contains the tag, by weak comparison (RFC 9110, section
// 8.8.3.2).
func matches(list, tag string, isWeak bool) bool {
	for list = strings.Trim(list, " \t,"); list != ""; list = strings.Trim(list, " \t,") {
		if list[0] == '*' {
			return true
		}
		rest, marked := strings.CutPrefix(list, "W/")
		if !strings.HasPrefix(rest, `"`) {
			return false
		}
		end := strings.IndexByte(rest[1:], '"')
		if end < 0 {
			return false
		}
		if rest[:end+2] == tag && (isWeak || !marked) {
			return true
		}
		list = rest[end+2:]
	}
	return false
}
