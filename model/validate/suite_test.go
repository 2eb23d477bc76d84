package validate

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"testing"

	// The modules that ship the test suite of JSON Schema.
	_ "github.com/google/jsonschema-go/jsonschema"
	_ "github.com/xeipuuv/gojsonschema"

	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/validate/validatetest"
	"github.com/firestoned/firestone/model/value"
)

// held returns a schema as the model holds it, normalised and with a component for each target of a reference. It returns
// false where the model cannot: a reference leads out of the schema, by a URI or an anchor, depends on the dynamic scope,
// or stands in a part with an identity of its own.
func held(root *value.Value) (of, components *value.Value, ok bool) {
	ok = true
	schema.Walk(root, func(s *value.Value) {
		ref := s.Get("$ref").StringOr("#")
		hasOwnBase := s != root && s.Has("$id") && len(references(s)) > 0
		ok = ok && !s.Has("$dynamicRef") && !hasOwnBase && (ref == "#" || strings.HasPrefix(ref, "#/"))
	})
	components = value.Object()
	names := map[*value.Value]string{}
	var normalise func(v *value.Value) *value.Value
	normalise = func(v *value.Value) *value.Value {
		return schema.Normalise(v, schema.Anywhere, func(m *value.Member) (*value.Value, bool) {
			if m.Name != "$ref" || !ok {
				return nil, false
			}
			target := resolve(root, m.Value.Text)
			if ok = target != nil; ok && names[target] == "" {
				names[target] = fmt.Sprintf("C%d", len(names))
				components.Set(names[target], normalise(target))
			}
			return schema.RefTo(names[target]), true
		})
	}
	of = normalise(root)
	return of, components, ok
}

func references(root *value.Value) (refs []string) {
	schema.Walk(root, func(s *value.Value) {
		if ref := s.Get("$ref"); ref != nil {
			refs = append(refs, ref.Text)
		}
	})
	return refs
}

// resolve returns what a JSON Pointer in a URI fragment points to, or nil (RFC 6901, section 6).
func resolve(root *value.Value, ref string) *value.Value {
	pointer, err := url.PathUnescape(strings.TrimPrefix(ref, "#"))
	if err != nil {
		return nil
	}
	at := root
	for _, step := range strings.Split(pointer, "/")[1:] {
		step = strings.NewReplacer("~1", "/", "~0", "~").Replace(step)
		if i, err := strconv.Atoi(step); err == nil && at.Is(value.KindArray) && i < len(at.Items) {
			at = at.Items[i]
		} else {
			at = at.Get(step)
		}
	}
	return at
}

// TestSuite runs the JSON Schema Test Suite of 2020-12: every answer about a schema that the model can hold is right, and
// so is the place of every fault.
func TestSuite(t *testing.T) {
	const leastRight, mostLeftOut = 980, 119
	right, leftOut := 0, 0
	for _, group := range validatetest.Suite(t, "github.com/google/jsonschema-go", "jsonschema/testdata/draft2020-12/*.json") {
		of, components, ok := held(group.Schema)
		if !ok {
			leftOut += len(group.Tests)
			continue
		}
		validator := New(components.Get)
		judge := validatetest.NewJudge(t, of, components)
		for _, test := range group.Tests {
			data := test.Get("data")
			faults := validator.Check(of, data)
			isValid := test.Get("valid").IsTrue()
			problem := comparePointers(faults, judge, data)
			if validator.IsValid(of, data) != isValid || (faults == nil) != isValid {
				problem = fmt.Sprintf("valid is %t, but the faults are %v", isValid, faults)
			}
			if problem != "" {
				t.Errorf("%s: %s: %s", group.Name, test.Get("description").Text, problem)
				continue
			}
			right++
		}
	}
	if right < leastRight || leftOut > mostLeftOut {
		t.Errorf("%d tests are right and %d left out: want %d or more, and %d or fewer", right, leftOut, leastRight, mostLeftOut)
	}
	t.Logf("%d tests are right, %d left out", right, leftOut)
}

// formatExceptions are tests that say something else than the standards of their formats, with the reason.
var formatExceptions = map[string]string{
	"a valid IRI based on IPv6": "an IPv6 address stands in brackets (RFC 3986, section 3.2.2)",
	"tab ok if quoted":          "a quoted string holds characters from the space to the tilde (RFC 5321, section 4.1.2)",
	"backslash inside quoted":   "a backslash may stand before any of these characters (RFC 5321, section 4.1.2)",
}

// TestFormatSuites runs the tests of formats: those of draft 7, whose formats are those of 2020-12, and more of 2020-12.
func TestFormatSuites(t *testing.T) {
	groups := validatetest.Suite(t, "github.com/xeipuuv/gojsonschema", "testdata/draft7/optional/format/*.json")
	groups = append(groups, validatetest.Suite(t, "github.com/santhosh-tekuri/jsonschema/v6", "testdata/Extra-Test-Suite/tests/draft2020-12/optional/format/*.json")...)
	const leastRight = 125
	right := 0
	for _, group := range groups {
		for _, test := range group.Tests {
			data, description := test.Get("data"), test.Get("description").Text
			got, want := New(none).IsValid(group.Schema, data), test.Get("valid").IsTrue()
			if formatExceptions[description] != "" {
				want = !want
			}
			if got != want {
				t.Errorf("%s: %s: %s is valid: %t", group.Name, description, show(data), got)
				continue
			}
			right++
		}
	}
	if right < leastRight {
		t.Errorf("%d tests are right, want %d or more", right, leastRight)
	}
}
