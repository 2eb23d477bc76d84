package validate

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/firestoned/firestone/model/validate/validatetest"
	"github.com/firestoned/firestone/model/value"
)

// A pattern that takes exponential time on a text that almost matches.
const evilPattern = `^(a+)+$`

var evilText = strings.Repeat("a", 40) + "!"

// TestSlowMatchSpoilsNothing sends a text that a pattern cannot be matched against in time: it alone is refused.
func TestSlowMatchSpoilsNothing(t *testing.T) {
	schema := value.Object(value.NewMember("pattern", value.String(evilPattern)))
	validator := New(none)
	accepts := func() {
		t.Helper()
		if !validator.IsValid(schema, value.String("aaa")) {
			t.Error("aaa is refused")
		}
	}
	accepts()
	start := time.Now()
	if validator.IsValid(schema, value.String(evilText)) {
		t.Error("a text that does not match is valid")
	}
	if took := time.Since(start); took > 3*time.Second {
		t.Errorf("a match took %s", took)
	}
	accepts()
}

// impatient gives up at once what would take long.
type impatient struct{ *Patterns }

func (i impatient) Match(pattern, text string) (bool, error) {
	if pattern == evilPattern && text == evilText {
		return false, errors.New("it takes too long")
	}
	return i.Patterns.Match(pattern, text)
}

// TestSlowMatchIsRefusedEverywhere holds that no schema makes valid what was not found out.
func TestSlowMatchIsRefusedEverywhere(t *testing.T) {
	for _, c := range []struct{ schema, data string }{
		{`{not: {pattern: '^(a+)+$'}}`, evilText},
		{`{anyOf: [{pattern: '^(a+)+$'}, {maxLength: 100}]}`, evilText},
		{`{oneOf: [{pattern: '^(a+)+$'}, {maxLength: 1}]}`, evilText},
		{`{if: {pattern: '^(a+)+$'}, then: false}`, evilText},
		{`{contains: {pattern: '^(a+)+$'}, minContains: 0}`, `[b, ` + evilText + `]`},
		{`{patternProperties: {'^(a+)+$': false}}`, `{` + evilText + `: 1}`},
		{`{propertyNames: {pattern: '^(a+)+$'}}`, `{` + evilText + `: 1}`},
	} {
		schema, data := validatetest.Parse(t, c.schema), validatetest.Parse(t, c.data)
		validator := New(none)
		validator.matcher = impatient{NewPatterns(patternTimeout)}
		if validator.IsValid(schema, data) {
			t.Errorf("%s: valid", c.schema)
		}
	}
}

// TestSlowMatchesAreBounded sends more texts than there is time for.
func TestSlowMatchesAreBounded(t *testing.T) {
	list := value.Array(value.String("aaa"))
	for range 200 {
		list.Items = append(list.Items, value.String(evilText))
	}
	start := time.Now()
	isValid := New(none).IsValid(validatetest.Parse(t, `{items: {not: {pattern: '^(a+)+$'}}}`), value.Array(list.Items[1:]...))
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("the check took %s", took)
	}
	if isValid {
		t.Error("texts that do not match are valid")
	}
}

// TestConcurrentChecks asks the same of several goroutines, of patterns that are not compiled yet too.
func TestConcurrentChecks(t *testing.T) {
	schema, components := validatetest.Parse(t, bookSchema), validatetest.Parse(t, bookComponents)
	good, bad := validatetest.Parse(t, book), validatetest.Parse(t, faultyBook)
	validator := New(components.Get)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 200 {
				if !validator.IsValid(schema, good) || validator.IsValid(schema, bad) {
					t.Error("the answer is wrong")
				}
			}
		})
	}
	group.Wait()
}
