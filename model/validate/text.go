package validate

import (
	"math"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/dlclark/regexp2/v2"

	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// matchTimeout ends a match that would take exponential time, such as ^(a+)+$ on many a's and a b. It is far above
// what any other match takes, so that the answer does not depend on the machine.
const matchTimeout = time.Second

// text answers for the keywords of strings. Lengths count code points (JSON Schema 2020-12, validation, section 6.3).
func (va *validation) text(m *value.Member, text string) bool {
	switch m.Name {
	case "minLength":
		return utf8.RuneCountInString(text) >= Count(m.Value, 0)
	case "maxLength":
		return utf8.RuneCountInString(text) <= Count(m.Value, math.MaxInt)
	case "pattern":
		return !m.Value.Is(value.KindString) || va.validator.Matches(m.Value.Text, text) && !(va.older(m.Value.Text, text) && va.floats)
	case "format":
		return va.fitsFormat(m.Value.StringOr(""), text)
	}
	return true
}

// older reports whether a pattern may say something else of a text where ECMA-262's Unicode mode is off, as it is in
// some validators of documents: there \p{L} is the text p{L}, and a character beyond U+FFFF is two.
func (va *validation) older(pattern, text string) bool {
	isOlder := schema.NeedsUnicode(pattern)
	if !isOlder && strings.ContainsFunc(text, func(r rune) bool { return r > math.MaxUint16 }) {
		isOlder = !va.validator.matchesUnits(pattern, text)
	}
	va.differs = va.differs || isOlder
	return isOlder
}

// matchesUnits is matches for the text's UTF-16 code units.
func (v *Validator) matchesUnits(pattern, text string) bool {
	expression := v.expression(pattern)
	if expression == nil || v.slow[pattern] {
		return true
	}
	var units []rune
	for _, unit := range utf16.Encode([]rune(text)) {
		units = append(units, rune(unit))
	}
	found, err := expression.MatchRunes(units)
	return err == nil && found
}

// Matches reports whether an ECMA-262 expression matches somewhere in the text. An expression that is none
// asserts nothing; one that ran into the timeout matches nothing from then on, so that it costs that time once.
func (v *Validator) Matches(pattern, text string) bool {
	expression := v.expression(pattern)
	if expression == nil {
		return true
	}
	if v.slow[pattern] {
		return false
	}
	found, err := expression.MatchString(text)
	if err != nil {
		v.slow[pattern] = true
	}
	return err == nil && found
}

func (v *Validator) matchesOne(patterns []value.Member, text string) bool {
	for _, p := range patterns {
		if v.Matches(p.Name, text) {
			return true
		}
	}
	return false
}

// expression compiles a pattern once, or returns nil where it is none. JSON Schema asks for the Unicode mode
// of ECMA-262 (core, section 6.4); what only the older mode reads, such as \-, is read in that.
func (v *Validator) expression(pattern string) *regexp2.Regexp {
	if known, ok := v.expressions[pattern]; ok {
		return known
	}
	compiled, err := regexp2.Compile(pattern, regexp2.ECMAScript|regexp2.Unicode)
	if err != nil {
		if compiled, err = regexp2.Compile(pattern, regexp2.ECMAScript); err != nil {
			compiled = nil
		}
	}
	if compiled != nil {
		compiled.MatchTimeout = matchTimeout
	}
	v.expressions[pattern] = compiled
	return compiled
}
