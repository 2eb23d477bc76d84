package main_test

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/example"
	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// TestStoredValuesFitEveryForm plays the store of a server: a value that is valid against the complete schema of a
// component must be valid for each of its forms once it is reduced to that form, and be the same once it is sent back.
// With -short, only the cases are tried.
func TestStoredValuesFitEveryForm(t *testing.T) {
	tried := 0
	for _, name := range casesIn(t) {
		folder := filepath.Join(casesFolder, name)
		tried += checkForms(t, name, load(t, readIn(folder), definitionsIn(t, folder)...))
	}
	if testing.Short() {
		return
	}
	tried += checkForms(t, "library", load(t, readIn("examples/library"), definitionsIn(t, "examples/library")...))
	for _, name := range definitionsIn(t, "testdata/hard") {
		tried += checkForms(t, name, load(t, readIn("testdata/hard"), name))
	}
	if tried < 1000 {
		t.Errorf("only %d values were tried", tried)
	}
}

// checkForms returns the number of values that it has tried.
func checkForms(t *testing.T, name string, api *model.API) int {
	t.Helper()
	var components []schema.Component
	wholes, shaped := map[string]*value.Value{}, map[string]*value.Value{}
	for _, c := range api.Components {
		if shaped[c.Name] = c.Schema; c.Name == c.Base {
			wholes[c.Base] = c.Whole
			components = append(components, schema.Component{Name: c.Base, Schema: c.Whole})
		}
	}
	keys := map[*model.Component]string{}
	for _, r := range api.Resources {
		keys[r.Replace] = r.Key.Name
	}
	maker := example.New(func(name string) *value.Value { return wholes[name] })
	judge := example.New(func(name string) *value.Value { return shaped[name] })
	projector := schema.NewProjector(components, func(component func(string) *value.Value) func(schema, v *value.Value) bool {
		return example.New(component).IsValid
	})
	tried := 0
	for _, c := range api.Components {
		n := 0
		for v := range maker.Variants(c.Base, c.Whole) {
			if n++; n > 8 {
				break
			}
			tried++
			made := projector.Project(c.Whole, v, c.Form)
			if c.Form == model.Replace {
				made = without(made, keys[c])
			}
			if !judge.IsValid(c.Schema, made) {
				t.Errorf("%s: %s refuses %s, made of %s", name, c.Name, made.AppendJSON(nil, ""), v.AppendJSON(nil, ""))
			}
			if kept := projector.Keep(c.Whole, v, v); !kept.Equal(v) {
				t.Errorf("%s: %s sent back is %s", name, v.AppendJSON(nil, ""), kept.AppendJSON(nil, ""))
			}
		}
	}
	return tried
}

func without(v *value.Value, name string) *value.Value {
	members := slices.DeleteFunc(slices.Clone(v.Members), func(m value.Member) bool { return m.Name == name })
	return value.Object(members...)
}
