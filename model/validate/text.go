package validate

import (
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// text checks the keywords for strings. Lengths count code points (JSON Schema 2020-12, validation, section 6.3).
func (va *validation) text(m *value.Member, data *value.Value) bool {
	switch m.Name {
	case "minLength":
		return utf8.RuneCountInString(data.Text) >= Count(m.Value, 0) || va.reject(m, data)
	case "maxLength":
		return utf8.RuneCountInString(data.Text) <= Count(m.Value, math.MaxInt) || va.reject(m, data)
	case "pattern":
		return !m.Value.Is(value.KindString) || va.pattern(m, data)
	case "format":
		return va.fitsFormat(m.Value.StringOr(""), data.Text) || va.reject(m, data)
	}
	return true
}

func (va *validation) pattern(m *value.Member, data *value.Value) bool {
	ok, isKnown := va.matches(m.Name, m.Value.Text, data.Text)
	if !isKnown {
		va.rule = m
		return false
	}
	if ok && va.compares && va.differsWithoutUnicode(m.Value.Text, data.Text) {
		va.differs = true
		ok = !va.floats
	}
	return ok || va.reject(m, data)
}

// matches reports whether the pattern matches somewhere in the text, and whether that is known. If matching takes too
// long, it records that the keyword was not decided.
func (va *validation) matches(keyword, pattern, text string) (found, isKnown bool) {
	budget := va.validator.budget
	if budget == 0 {
		found, err := va.validator.matcher.Match(pattern, text)
		return err == nil && found, true
	}
	// On a busy machine a match may time out because it was not scheduled, so it gets a second try.
	for try := 0; try < 2 && va.spent < budget; try++ {
		start := time.Now()
		found, err := va.validator.matcher.Match(pattern, text)
		va.spent += min(time.Since(start), patternTimeout)
		if err == nil {
			return found, true
		}
	}
	if va.isUndecided = true; va.trace != nil && len(va.trace.unanswered) < va.most {
		text := "takes too long to match against the pattern " + shorten(pattern)
		if keyword == "patternProperties" {
			text = "has a name that " + text
		}
		va.trace.unanswered = append(va.trace.unanswered, finding{path: slices.Clone(va.trace.path), keyword: keyword, text: text})
	}
	return false, false
}

// differsWithoutUnicode reports whether a pattern may give a different result without ECMA-262's Unicode mode, which
// some validators of documents do not use: there \p{L} is the text p{L}, and a character beyond U+FFFF is two.
func (va *validation) differsWithoutUnicode(pattern, text string) bool {
	if schema.NeedsUnicode(pattern) {
		return true
	}
	if !strings.ContainsFunc(text, func(r rune) bool { return r > math.MaxUint16 }) {
		return false
	}
	found, err := va.validator.matcher.MatchUnits(pattern, text)
	return err != nil || !found
}
