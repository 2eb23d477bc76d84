package validate

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/firestoned/firestone/model/validate/validatetest"
	"github.com/firestoned/firestone/model/value"
)

// A pattern that takes exponential time on a text that almost matches.
const (
	evilPattern = `^(a+)+$`
	evilDetail  = "takes too long to match against the pattern ^(a+)+$"
)

var evilText = strings.Repeat("a", 40) + "!"

// TestSlowMatchSpoilsNothing sends a text that a pattern cannot be matched against in time: it alone is refused.
func TestSlowMatchSpoilsNothing(t *testing.T) {
	schema := value.Object(value.NewMember("pattern", value.String(evilPattern)))
	validator := New(none)
	accepts := func() {
		t.Helper()
		if faults := validator.Check(schema, value.String("aaa")); faults != nil {
			t.Errorf("aaa is refused: %v", faults)
		}
	}
	accepts()
	start := time.Now()
	got := validator.Check(schema, value.String(evilText))
	if want := []Fault{{"", "pattern", evilDetail}}; !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	if took := time.Since(start); took > 30*time.Second {
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
	for _, c := range []struct{ schema, data, want string }{
		{`{not: {pattern: '^(a+)+$'}}`, evilText, `|pattern|` + evilDetail},
		{`{anyOf: [{pattern: '^(a+)+$'}, {maxLength: 100}]}`, evilText, `|pattern|` + evilDetail},
		{`{oneOf: [{pattern: '^(a+)+$'}, {maxLength: 1}]}`, evilText, `|pattern|` + evilDetail},
		{`{if: {pattern: '^(a+)+$'}, then: false}`, evilText, `|pattern|` + evilDetail},
		{`{contains: {pattern: '^(a+)+$'}, minContains: 0}`, `[b, ` + evilText + `]`, `/1|pattern|` + evilDetail},
		{`{patternProperties: {'^(a+)+$': false}}`, `{` + evilText + `: 1}`, `/` + evilText + `|patternProperties|has a name that ` + evilDetail},
		{`{propertyNames: {pattern: '^(a+)+$'}}`, `{` + evilText + `: 1}`, `/` + evilText + `|pattern|` + evilDetail},
	} {
		schema, data := validatetest.Parse(t, c.schema), validatetest.Parse(t, c.data)
		validator := New(none)
		validator.matcher = impatient{NewPatterns(patternTimeout)}
		if got := strings.Join(written(validator.Check(schema, data)), "; "); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.schema, got, c.want)
		}
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
	got := New(none).Check(validatetest.Parse(t, `{items: {pattern: '^(a+)+$'}}`), list)
	if took := time.Since(start); took > 30*time.Second {
		t.Errorf("the check took %s", took)
	}
	if len(got) != MaxFaults || got[0] != (Fault{"/1", "pattern", evilDetail}) {
		t.Errorf("got %v", got)
	}
}

// TestConcurrentChecks asks the same of several goroutines, of patterns that are not compiled yet too.
func TestConcurrentChecks(t *testing.T) {
	schema, components := validatetest.Parse(t, bookSchema), validatetest.Parse(t, bookComponents)
	good, bad := validatetest.Parse(t, book), validatetest.Parse(t, faultyBook)
	want := New(components.Get).Check(schema, bad)
	validator := New(components.Get)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 200 {
				if faults := validator.Check(schema, good); faults != nil {
					t.Errorf("got %v", faults)
				}
				if got := validator.Check(schema, bad); !slices.Equal(got, want) {
					t.Errorf("got %v, want %v", got, want)
				}
				if !validator.IsValid(schema, good) || validator.IsValid(schema, bad) {
					t.Error("the answer is wrong")
				}
			}
		})
	}
	group.Wait()
	if len(want) != 6 {
		t.Errorf("got %v", want)
	}
}
