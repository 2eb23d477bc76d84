package example

import (
	"time"

	"github.com/firestoned/firestone/model/validate"
)

// matchTimeout ends matches that would take exponential time, such as ^(a+)+$ on many a's and a b. It is far above the
// time of any other match, so that examples do not depend on the machine.
const matchTimeout = time.Second

// matcher permanently gives up a pattern that has timed out, so that it costs that time only once: it never matches
// again. A run reads definitions of its own authors, so nobody can disable the patterns of others.
type matcher struct {
	patterns *validate.Patterns
	slow     map[string]bool
}

func newMatcher() *matcher {
	return &matcher{patterns: validate.NewPatterns(matchTimeout), slow: map[string]bool{}}
}

// Match reports whether the pattern matches somewhere in the text. It never returns an error.
func (m *matcher) Match(pattern, text string) (bool, error) {
	if m.slow[pattern] {
		return false, nil
	}
	found, err := m.patterns.Match(pattern, text)
	if err != nil {
		m.slow[pattern] = true
	}
	return err == nil && found, nil
}

// MatchUnits is like Match for the UTF-16 code units of the text.
func (m *matcher) MatchUnits(pattern, text string) (bool, error) {
	if m.slow[pattern] {
		return true, nil
	}
	found, err := m.patterns.MatchUnits(pattern, text)
	return err == nil && found, nil
}

// matches reports whether the pattern matches somewhere in the text.
func (m *matcher) matches(pattern, text string) bool {
	found, _ := m.Match(pattern, text)
	return found
}
