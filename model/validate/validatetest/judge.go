// Package validatetest has an independent validator to compare package validate with, and generates random schemas and
// values.
package validatetest

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dlclark/regexp2/v2"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"github.com/firestoned/firestone/model/value"
)

// Parse parses one YAML document, the notation for schemas and values in tests.
func Parse(t testing.TB, text string) *value.Value {
	t.Helper()
	var problems value.Problems
	docs := value.Parse("test.yaml", []byte(text), &problems)
	if problems.HasErrors() || len(docs) != 1 {
		t.Fatalf("cannot read %q: %v", text, problems)
	}
	return docs[0]
}

// Judge is the independent validator to compare with.
type Judge struct{ schema *jsonschema.Schema }

type expression struct{ *regexp2.Regexp }

func (e expression) MatchString(text string) bool {
	found, err := e.Regexp.MatchString(text)
	return err == nil && found
}

func compileECMA(pattern string) (jsonschema.Regexp, error) {
	compiled, err := regexp2.Compile(pattern, regexp2.ECMAScript|regexp2.Unicode)
	if err != nil {
		return nil, err
	}
	compiled.MatchTimeout = 100 * time.Millisecond
	return expression{compiled}, nil
}

// NewJudge compiles a schema that refers to the components of an object, which may be nil.
func NewJudge(t testing.TB, schema, defs *value.Value) *Judge {
	t.Helper()
	document := map[string]any{"allOf": []any{plain(schema)}}
	if defs != nil {
		document["$defs"] = plain(defs)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	c.UseRegexpEngine(compileECMA)
	if err := c.AddResource("test:schema", document); err != nil {
		t.Fatalf("%s: %v", schema.AppendJSON(nil, ""), err)
	}
	compiled, err := c.Compile("test:schema")
	if err != nil {
		t.Fatalf("%s: %v", schema.AppendJSON(nil, ""), err)
	}
	return &Judge{compiled}
}

// Accepts reports whether v is valid against the schema.
func (j *Judge) Accepts(v *value.Value) bool { return j.schema.Validate(plain(v)) == nil }

// plain returns the value as encoding/json decodes it, with exact numbers.
func plain(v *value.Value) any {
	switch v.Kind {
	case value.KindBool:
		return v.IsTrue()
	case value.KindNumber:
		return json.Number(v.Text)
	case value.KindString:
		return v.Text
	case value.KindArray:
		list := make([]any, len(v.Items))
		for i, item := range v.Items {
			list[i] = plain(item)
		}
		return list
	case value.KindObject:
		object := map[string]any{}
		for _, m := range v.Members {
			object[m.Name] = plain(m.Value)
		}
		return object
	}
	return nil
}

// Pointers returns the JSON Pointers of everything that is wrong with v, as package validate counts: a missing or
// unexpected property has its own. The result is exact unless there are alternatives; then it includes what is wrong by
// each of them.
func (j *Judge) Pointers(v *value.Value) (pointers []string, isExact bool) {
	var failure *jsonschema.ValidationError
	if !errors.As(j.schema.Validate(plain(v)), &failure) {
		return nil, true
	}
	isExact = true
	var walk func(*jsonschema.ValidationError)
	walk = func(e *jsonschema.ValidationError) {
		below := names(e.ErrorKind)
		for _, name := range below {
			pointers = append(pointers, pointer(e.InstanceLocation, name))
		}
		switch e.ErrorKind.(type) {
		case *kind.PropertyNames, *kind.Contains, *kind.MinContains, *kind.MaxContains:
			e.Causes = nil // they are not faults themselves
		}
		if isChoice(e.ErrorKind) {
			isExact = false
		}
		if below == nil && (len(e.Causes) == 0 || isChoice(e.ErrorKind)) {
			pointers = append(pointers, pointer(e.InstanceLocation))
		}
		for _, cause := range e.Causes {
			walk(cause)
		}
	}
	walk(failure)
	slices.Sort(pointers)
	return slices.Compact(pointers), isExact
}

// names returns the properties that are missing, unexpected, or wrongly named.
func names(k jsonschema.ErrorKind) []string {
	switch k := k.(type) {
	case *kind.Required:
		return k.Missing
	case *kind.DependentRequired:
		return k.Missing
	case *kind.AdditionalProperties:
		return k.Properties
	case *kind.PropertyNames:
		return []string{k.Property}
	}
	return nil
}

func isChoice(k jsonschema.ErrorKind) bool {
	switch k.(type) {
	case *kind.AnyOf, *kind.OneOf:
		return true
	}
	return false
}

// pointer returns the JSON Pointer of the steps.
func pointer(steps []string, more ...string) string {
	var b strings.Builder
	for _, step := range slices.Concat(steps, more) {
		b.WriteByte('/')
		b.WriteString(strings.ReplaceAll(strings.ReplaceAll(step, "~", "~0"), "/", "~1"))
	}
	return b.String()
}
