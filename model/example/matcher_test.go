package example

import (
	"strings"
	"testing"
)

// TestSlowPatternCostsItsTimeOnce holds that examples do not depend on how long a machine takes for a match: a pattern that
// ran into the timeout matches nothing from then on.
func TestSlowPatternCostsItsTimeOnce(t *testing.T) {
	const pattern = `^(a+)+$`
	m := newMatcher()
	if !m.matches(pattern, "aaa") {
		t.Error("aaa does not match")
	}
	if m.matches(pattern, strings.Repeat("a", 40)+"!") || !m.slow[pattern] {
		t.Error("a match that takes exponential time ended in time")
	}
	if m.matches(pattern, "aaa") {
		t.Error("the pattern is tried again")
	}
	if found, _ := m.MatchUnits(pattern, strings.Repeat("a", 40)+"!"); !found {
		t.Error("the pattern is tried again in code units")
	}
}
