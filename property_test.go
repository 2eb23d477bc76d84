package main_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/modeltest"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// dialects are the documents whose schemas are tested, with their schema dialects.
var dialects = []struct {
	variant
	draft *jsonschema.Draft
}{
	{variant{pack: "openapi", settings: []string{"version=3.1.0"}}, jsonschema.Draft2020},
	{variant{pack: "openapi", settings: []string{"version=3.0.3"}}, jsonschema.Draft4},
	{variant{pack: "asyncapi", settings: []string{"version=3.0.0"}}, jsonschema.Draft7},
	{variant{pack: "asyncapi", settings: []string{"version=2.6.0"}}, jsonschema.Draft7},
}

// keptKeyword finds a keyword that a document keeps as an extension.
var keptKeyword = regexp.MustCompile(`"x-[^"]*":`)

// TestRandomDocuments validates values against documents of random definitions with an independent validator. The verdict
// must be that of the definition; if a document keeps a keyword under x-, it must accept at least what the definition
// accepts.
//
// PROPERTIES is the number of definitions, SEED the first of them.
func TestRandomDocuments(t *testing.T) {
	first, last, err := modeltest.Seeds(os.Getenv, 25)
	if err != nil {
		t.Fatal(err)
	}
	exact, judged := make([]int, len(dialects)), 0
	for seed := first; seed < last && !t.Failed(); seed++ {
		d := modeltest.NewOpen(seed)
		text := d.Text()
		api, _ := model.Load(func(string) ([]byte, error) { return []byte(text), nil }, model.Options{}, "thing.yaml")
		if api == nil {
			continue
		}
		definition := map[string]any{"items": d.Items, "x-shapes": d.Shapes}
		isValid := judge(t, jsonschema.Draft2020, definition, "/items", text)
		values := d.Values(seed, 8, func(v any) bool { return isObject(v) && isValid(v) })
		values = append(values, d.Values(seed+1, 12, isObject)...)
		judged++
		for i, dialect := range dialects {
			document := renderVariant(t, api, dialect.variant)[0].Content
			parsed := untyped(parseTree(t, document))
			schemas := show(parsed.(map[string]any)["components"].(map[string]any)["schemas"])
			isExact := !keptKeyword.MatchString(schemas)
			if isExact {
				exact[i]++
			}
			fits := judge(t, dialect.draft, inDraft(parsed, dialect.draft), "/components/schemas/Thing", text)
			for _, v := range values {
				before, after := isValid(v), fits(d.Stored(v))
				if before != after && (isExact || before) {
					t.Fatalf("seed %d: %s is valid: %t; by %s %s: %t\n%s\n%s", seed, show(v), before, dialect.pack, dialect.settings[0], after, text,
						schemas)
				}
			}
		}
	}
	for i, least := range []int{99, 25, 40, 40} { // percent
		if exact[i]*100 < least*judged {
			t.Errorf("%s %s says %d of %d definitions exactly", dialects[i].pack, dialects[i].settings[0], exact[i], judged)
		}
	}
}

func isObject(v any) bool { _, ok := v.(map[string]any); return ok }

// judge reports whether a value is valid against the schema at a pointer of a document.
func judge(t *testing.T, draft *jsonschema.Draft, document any, place, about string) func(v any) bool {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(draft)
	if err := compiler.AddResource("mem:///document", untyped(document)); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("mem:///document#" + place)
	if err != nil {
		t.Fatalf("%v\n%s", err, about)
	}
	return func(v any) bool { return compiled.Validate(untyped(v)) == nil }
}

// untyped converts a value to the types of the validator.
func untyped(v any) any {
	made, err := jsonschema.UnmarshalJSON(strings.NewReader(show(v)))
	if err != nil {
		panic(err)
	}
	return made
}

// inDraft converts the schemas of an OpenAPI 3.0 document to draft 4, on which they are based: nullable adds null to the
// type beside it (OpenAPI 3.0.3, section 4.7.24).
func inDraft(v any, draft *jsonschema.Draft) any {
	if draft != jsonschema.Draft4 {
		return v
	}
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = inDraft(v[i], draft)
		}
	case map[string]any:
		for name := range v {
			v[name] = inDraft(v[name], draft)
		}
		if kind, ok := v["type"].(string); ok && v["nullable"] == true {
			v["type"] = []any{kind, "null"}
		}
	}
	return v
}
