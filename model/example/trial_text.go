package example

import (
	"math"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/dlclark/regexp2/v2"

	"github.com/firestoned/firestone/model/value"
)

// matchTimeout ends a match that would take exponential time, such as ^(a+)+$ on many a's and a b. It is far above
// what any other match takes, so that the answer does not depend on the machine.
const matchTimeout = time.Second

// text answers for the keywords of strings. Lengths count code points (JSON Schema 2020-12, validation, section 6.3).
func (t *trial) text(m *value.Member, text string) bool {
	switch m.Name {
	case "minLength":
		return utf8.RuneCountInString(text) >= count(m.Value, 0)
	case "maxLength":
		return utf8.RuneCountInString(text) <= count(m.Value, math.MaxInt)
	case "pattern":
		return !m.Value.Is(value.String) || t.maker.matches(m.Value.Text, text) && !(t.older(m.Value.Text) && t.floats)
	case "format":
		return fitsFormat(m.Value.StringOr(""), text)
	}
	return true
}

// older tells whether a pattern says something else where ECMA-262's Unicode mode is off, as it is in some
// validators of documents: there \p{L} is the text p{L}.
func (t *trial) older(pattern string) bool {
	isOlder := strings.Contains(pattern, `\p{`) || strings.Contains(pattern, `\P{`) || strings.Contains(pattern, `\u{`)
	t.differs = t.differs || isOlder
	return isOlder
}

// matches tells whether an ECMA-262 expression matches somewhere in the text. An expression that is none
// asserts nothing; one that ran into the timeout matches nothing from then on, so that it costs that time once.
func (m *Maker) matches(pattern, text string) bool {
	expression := m.expression(pattern)
	if expression == nil {
		return true
	}
	if m.slow[pattern] {
		return false
	}
	found, err := expression.MatchString(text)
	if err != nil {
		m.slow[pattern] = true
	}
	return err == nil && found
}

func (m *Maker) matchesOne(patterns []value.Member, text string) bool {
	for _, p := range patterns {
		if m.matches(p.Name, text) {
			return true
		}
	}
	return false
}

// expression compiles a pattern once, or returns nil where it is none. JSON Schema asks for the Unicode mode
// of ECMA-262 (core, section 6.4); what only the older mode reads, such as \-, is read in that.
func (m *Maker) expression(pattern string) *regexp2.Regexp {
	if known, ok := m.expressions[pattern]; ok {
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
	m.expressions[pattern] = compiled
	return compiled
}
