// Package validatetest helps to test what stands on package validate: it holds an independent validator to compare with,
// and makes random schemas and values.
package validatetest

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/dlclark/regexp2/v2"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/firestoned/firestone/model/value"
)

// Parse reads one YAML document, the notation of schemas and values in tests.
func Parse(t testing.TB, text string) *value.Value {
	t.Helper()
	var problems value.Problems
	docs := value.Parse("test.yaml", []byte(text), &problems)
	if problems.HasErrors() || len(docs) != 1 {
		t.Fatalf("cannot read %q: %v", text, problems)
	}
	return docs[0]
}

// Judge is the validator that ours is measured against.
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
