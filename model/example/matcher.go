package example

import (
	"time"

	"github.com/firestoned/firestone/model/validate"
)

// matchTimeout ends a match that would take exponential time, such as ^(a+)+$ on many a's and a b. It is far above
// what any other match takes, so that the examples do not depend on the machine.
const matchTimeout = time.Second

// matcher gives up a pattern for good that ran into the timeout, so that it costs that time once: it matches nothing
// from then on. A run reads definitions that their authors wrote; nobody can spoil a pattern for another.
type matcher struct {
	patterns *validate.Patterns
	slow     map[string]bool
}

func newMatcher() *matcher {
	return &matcher{patterns: validate.NewPatterns(matchTimeout), slow: map[string]bool{}}
}

// Match reports whether the pattern matches somewhere in the text. It has no errors.
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

// MatchUnits is Match for the UTF-16 code units of the text.
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
