package model_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/example"
	"github.com/firestoned/firestone/model/modeltest"
	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// seeds are those of the random definitions that a property is tried on.
func seeds(t *testing.T) (first, last uint64) {
	t.Helper()
	first, last, err := modeltest.Seeds(os.Getenv, 200)
	if err != nil {
		t.Fatal(err)
	}
	return first, last
}

// judge is an independent validator of schemas that refer to definitions.
type judge struct {
	t        *testing.T
	text     string // what the definitions were made of
	compiler *jsonschema.Compiler
}

func newJudge(t *testing.T, text string, defs map[string]any) judge {
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	if err := compiler.AddResource("mem:///defs", inDefs(map[string]any{"$defs": defs})); err != nil {
		t.Fatal(err)
	}
	return judge{t, text, compiler}
}

// of returns whether a value is valid against a schema.
func (j judge) of(name string, of any) func(v any) bool {
	url := "mem:///" + name
	if err := j.compiler.AddResource(url, inDefs(of)); err != nil {
		j.t.Fatal(err)
	}
	compiled, err := j.compiler.Compile(url)
	if err != nil {
		j.t.Fatalf("%s: %s\n%s", err, jsonOf(of), j.text)
	}
	return func(v any) bool { return compiled.Validate(plain(v)) == nil }
}

// inDefs returns a schema whose references lead to the definitions.
func inDefs(of any) any {
	text := strings.ReplaceAll(strings.ReplaceAll(string(jsonOf(of)), `"#/$defs/`, `"/defs#/$defs/`), `"#/x-shapes/`, `"/defs#/$defs/`)
	return plain(json.RawMessage(text))
}

// plain returns a value as the validator has it.
func plain(v any) any {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	made, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		panic(err)
	}
	return made
}

// valueOf returns a value as the model has it.
func valueOf(v any) *value.Value {
	text, _ := json.Marshal(v)
	return value.Parse("value.json", text, &value.Problems{})[0]
}

func jsonOf(v any) json.RawMessage {
	if made, ok := v.(*value.Value); ok {
		return made.AppendJSON(nil, "")
	}
	text, _ := json.Marshal(v)
	return text
}

// patch returns the merge patch (RFC 7396) that makes one object of another, as far as a client sees them; it does not
// remove what the object has and the client does not see.
func patch(from, to map[string]any, whole any) map[string]any {
	made := map[string]any{}
	has, _ := whole.(map[string]any)
	for name := range from {
		_, stays := to[name]
		if _, isHidden := has[name]; !stays && !isHidden {
			made[name] = nil
		}
	}
	for name, after := range to {
		before, was := from[name]
		a, isObject := before.(map[string]any)
		b, becomesObject := after.(map[string]any)
		switch {
		case was && isObject && becomesObject:
			if inner := patch(a, b, has[name]); len(inner) > 0 {
				made[name] = inner
			}
		case !was || string(jsonOf(before)) != string(jsonOf(after)):
			made[name] = after
		}
	}
	return made
}

// subject is a random definition, built, with values that its author accepts.
type subject struct {
	*modeltest.Definition
	api      *model.API
	thing    *model.Resource
	judge    judge
	values   []any // that the schema as written accepts, all objects, without a key that is added
	original func(v any) bool
	project  func(v any, form model.Form) any
}

// newSubject returns nil where the definition has errors, or no values.
func newSubject(t *testing.T, seed uint64, values int) *subject {
	d := modeltest.New(seed)
	text := d.Text()
	read := func(string) ([]byte, error) { return []byte(text), nil }
	api, _ := model.Load(read, model.Options{}, "thing.yaml")
	if api == nil {
		return nil
	}
	original := newJudge(t, text, d.Shapes).of("items", d.Items)
	isObject := func(v any) bool { _, ok := v.(map[string]any); return ok }
	s := &subject{Definition: d, api: api, thing: api.Resources[0], original: original}
	if s.values = d.Values(seed, values, func(v any) bool { return isObject(v) && original(v) }); len(s.values) == 0 {
		return nil
	}
	defs := map[string]any{}
	var wholes []schema.Component
	for _, c := range api.Components {
		if c.Schema == nil || c.Whole == nil {
			t.Fatalf("seed %d: %s has no schema: %s", seed, c.Name, text)
		}
		defs[c.Name] = jsonOf(c.Schema)
		if c.Name == c.Base {
			wholes = append(wholes, schema.Component{Name: c.Base, Schema: c.Whole})
			defs["Whole"+c.Base] = json.RawMessage(strings.ReplaceAll(string(jsonOf(c.Whole)), "#/$defs/", "#/$defs/Whole"))
		}
	}
	s.judge = newJudge(t, text, defs)
	projector := schema.NewProjector(wholes, func(component func(string) *value.Value) func(schema, v *value.Value) bool {
		return example.New(component).IsValid
	})
	s.project = func(v any, form model.Form) any {
		return plain(jsonOf(projector.Project(s.thing.Read.Whole, valueOf(v), form)))
	}
	return s
}

// fails reports what a property found, with all that is needed to see why.
func (s *subject) fails(t *testing.T, seed uint64, c *model.Component, format string, args ...any) {
	t.Helper()
	defer t.FailNow()
	t.Errorf("seed %d: %s\n  definition: %s\n  %s: %s", seed, fmt.Sprintf(format, args...), s.Text(), c.Name, jsonOf(c.Schema))
	for _, other := range s.api.Components {
		if strings.Contains(string(jsonOf(c.Schema)), `"#/$defs/`+other.Name+`"`) {
			t.Logf("  %s: %s", other.Name, jsonOf(other.Schema))
		}
	}
}

// TestRandomForms says what a form has to accept: every valid value, as far as the form shows it, and every difference of two.
func TestRandomForms(t *testing.T) {
	first, last := seeds(t)
	tried, empty := 0, 0
	for seed := first; seed < last && !t.Failed(); seed++ {
		s := newSubject(t, seed, 8)
		if s == nil {
			empty++
			continue
		}
		fits := map[*model.Component]func(any) bool{}
		for _, c := range []*model.Component{s.thing.Read, s.thing.Create, s.thing.Replace, s.thing.Update} {
			if fits[c] == nil {
				fits[c] = s.judge.of("form"+c.Name, jsonOf(c.Schema))
			}
		}
		whole := s.judge.of("whole", json.RawMessage(strings.ReplaceAll(string(jsonOf(s.thing.Read.Whole)), "#/$defs/", "#/$defs/Whole")))
		check := func(c *model.Component, v any, what string, args ...any) {
			tried++
			if !fits[c](v) {
				s.fails(t, seed, c, "%s refuses %s, %s", c.Name, jsonOf(v), fmt.Sprintf(what, args...))
			}
		}
		var entries func(any) bool
		if o := s.thing.Collection.Operation("patch"); o != nil {
			entries = s.judge.of("entries", jsonOf(o.Request.Schema))
		}
		var sent []map[string]any
		for _, v := range s.values {
			stored := s.Stored(v)
			if !s.IsListed && !whole(stored) {
				s.fails(t, seed, s.thing.Read, "the schema of what is stored refuses %s (%s)", jsonOf(stored), jsonOf(s.thing.Read.Whole))
			}
			check(s.thing.Read, s.project(stored, model.Read), "what is shown of %s", jsonOf(stored))
			created := s.project(stored, model.Create)
			check(s.thing.Create, created, "what is sent of %s", jsonOf(stored))
			replaced := maps.Clone(created.(map[string]any))
			delete(replaced, s.Key)
			check(s.thing.Replace, replaced, "what is sent of %s", jsonOf(stored))
			sent = append(sent, replaced)
		}
		for _, from := range sent {
			for i, to := range sent {
				p := patch(from, to, s.values[i])
				check(s.thing.Update, p, "which makes %s of %s", jsonOf(to), jsonOf(from))
				if p[s.Key] = "k"; entries != nil && !entries([]any{p}) {
					s.fails(t, seed, s.thing.Update, "the entries of a collection's patch refuse %s: %s", jsonOf(p), jsonOf(s.thing.Collection.Operation("patch").Request.Schema))
				}
			}
		}
	}
	t.Logf("%d values, %d definitions without any", tried, empty)
	if total := int(last - first); empty > total/3 {
		t.Errorf("%d of %d definitions have no value", empty, total)
	}
}

// TestRandomKeys says that a key that is added changes nothing else: with it, what is stored is valid exactly where it is
// without, by the schema as written.
func TestRandomKeys(t *testing.T) {
	first, last := seeds(t)
	for seed := first; seed < last && !t.Failed(); seed++ {
		s := newSubject(t, seed, 4)
		if s == nil || s.IsListed {
			continue
		}
		whole := s.judge.of("whole", json.RawMessage(strings.ReplaceAll(string(jsonOf(s.thing.Read.Whole)), "#/$defs/", "#/$defs/Whole")))
		any := s.Values(seed, 20, func(v any) bool { _, ok := v.(map[string]any); return ok })
		for _, v := range slices.Concat(s.values, any) {
			if isValid := s.original(v); whole(s.Stored(v)) != isValid {
				s.fails(t, seed, s.thing.Read, "%s is valid: %t; with the key it is not so: %s", jsonOf(v), isValid, jsonOf(s.thing.Read.Whole))
			}
			if whole(v) {
				s.fails(t, seed, s.thing.Read, "%s has no key, and is accepted", jsonOf(v))
			}
		}
	}
}
