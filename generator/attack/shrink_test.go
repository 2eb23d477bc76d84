package attack_test

import (
	"errors"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// shrunk returns the fault with the smallest template that is found to have one.
func (c *campaign) shrunk(f fault) fault {
	smallest(f.of, func(t template) bool {
		r := c.attack(f.seed, t)
		isLike := r.fault != nil && r.fault.kind() == f.kind()
		if isLike {
			f = *r.fault
		}
		return isLike
	})
	return f
}

// shortest returns a smaller template that is refused with the same message though its file would be well-formed.
func (c *campaign) shortest(of template, key string) template {
	return smallest(of, func(t template) bool {
		_, err := c.render(t)
		var problems value.Problems
		return errors.As(err, &problems) && slices.ContainsFunc(problems, func(p value.Problem) bool {
			return aDetail.ReplaceAllString(p.Msg, "…") == key
		}) && isReadable(t)
	})
}

// smallest leaves out whatever it can of a template that is still like the first one.
func smallest(t template, isLike func(template) bool) template {
	for again := true; again; {
		again = false
		for _, at := range slices.Sorted(maps.Keys(t.partials)) {
			without := t
			without.partials = maps.Clone(t.partials)
			delete(without.partials, at)
			if isLike(without) {
				t, again = without, true
				continue
			}
			shorter := less(t.partials[at], func(text string) bool {
				with := t
				with.partials = maps.Clone(t.partials)
				with.partials[at] = text
				return isLike(with)
			})
			if shorter != t.partials[at] {
				t.partials = maps.Clone(t.partials)
				t.partials[at], again = shorter, true
			}
		}
		shorter := less(t.text, func(text string) bool {
			with := t
			with.text = text
			return isLike(with)
		})
		if shorter != t.text {
			t.text, again = shorter, true
		}
	}
	return t
}

// less leaves out parts of a text: halves, then quarters, down to single pieces, and branches around what they hold.
func less(text string, isLike func(string) bool) string {
	pieces := split(text)
	for size := len(pieces) / 2; size > 0; size /= 2 {
		for at := 0; at < len(pieces); {
			rest := slices.Concat(pieces[:at], pieces[min(len(pieces), at+size):])
			if isLike(strings.Join(rest, "")) {
				pieces = rest
			} else {
				at += size
			}
		}
	}
	for at := 0; at < len(pieces); at++ {
		if !opening.MatchString(pieces[at]) {
			continue
		}
		end := endOf(pieces, at)
		if end < 0 {
			continue
		}
		unwrapped := slices.Concat(pieces[:at], pieces[at+1:end], pieces[end+1:])
		removed := slices.Concat(pieces[:at], pieces[end+1:])
		switch {
		case isLike(strings.Join(removed, "")):
			pieces = removed
			at--
		case isLike(strings.Join(unwrapped, "")):
			pieces = unwrapped
			at--
		}
	}
	for at := range pieces {
		if strings.HasPrefix(pieces[at], "{{") && !isControl.MatchString(pieces[at]) {
			for _, simple := range []string{"{{ .API.Title }}", "{{ $.API.Title }}", "{{ . }}"} {
				was := pieces[at]
				if len(simple) >= len(was) {
					continue
				}
				if pieces[at] = simple; isLike(strings.Join(pieces, "")) {
					break
				}
				pieces[at] = was
			}
		}
	}
	return strings.Join(pieces, "")
}

var (
	opening = regexp.MustCompile(`^\{\{-?\s*(if|range|with)\b`)
	closing = regexp.MustCompile(`^\{\{-?\s*end\b`)
)

// endOf returns where the end of a branch stands that begins at a piece, or -1.
func endOf(pieces []string, at int) int {
	depth := 0
	for i := at; i < len(pieces); i++ {
		switch {
		case opening.MatchString(pieces[i]):
			depth++
		case closing.MatchString(pieces[i]):
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

var aPath = regexp.MustCompile(`/[^ ]*`)

// kind returns what the fault is, without where.
func (f fault) kind() string {
	return f.reader + aPath.ReplaceAllString(aDetail.ReplaceAllString(f.why, ""), "")
}
