package validate

import (
	"math"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// text answers for the keywords of strings. Lengths count code points (JSON Schema 2020-12, validation, section 6.3).
func (va *validation) text(m *value.Member, text string) bool {
	switch m.Name {
	case "minLength":
		return utf8.RuneCountInString(text) >= Count(m.Value, 0)
	case "maxLength":
		return utf8.RuneCountInString(text) <= Count(m.Value, math.MaxInt)
	case "pattern":
		return !m.Value.Is(value.KindString) || va.pattern(m.Value.Text, text)
	case "format":
		return va.fitsFormat(m.Value.StringOr(""), text)
	}
	return true
}

func (va *validation) pattern(pattern, text string) bool {
	if !va.matches(pattern, text) {
		return false
	}
	differs := va.differsWithoutUnicode(pattern, text)
	va.differs = va.differs || differs
	return !(differs && va.floats)
}

// matches reports whether the pattern matches somewhere in the text. Where finding out takes too long, the validation is
// undecided.
func (va *validation) matches(pattern, text string) bool {
	budget := va.validator.budget
	if budget == 0 {
		found, err := va.validator.matcher.Match(pattern, text)
		return err == nil && found
	}
	// Where the machine is busy a match may be overdue because its turn did not come, so that it has a second try.
	for try := 0; try < 2 && va.spent < budget; try++ {
		start := time.Now()
		found, err := va.validator.matcher.Match(pattern, text)
		va.spent += min(time.Since(start), patternTimeout)
		if err == nil {
			return found
		}
	}
	va.isUndecided = true
	return false
}

func (va *validation) matchesOne(patterns []value.Member, text string) bool {
	for _, p := range patterns {
		if va.matches(p.Name, text) {
			return true
		}
	}
	return false
}

// differsWithoutUnicode reports whether a pattern may say something else of a text where ECMA-262's Unicode mode is off,
// as it is in some validators of documents: there \p{L} is the text p{L}, and a character beyond U+FFFF is two.
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
