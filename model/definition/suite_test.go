package definition_test

import (
	"io/fs"
	"maps"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model/definition"
	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/validate/validatetest"
	"github.com/firestoned/firestone/model/value"
)

// holder is a definition with one property, whose schema is that of a file beside it.
const holder = `
kind: holder
schema:
  key: {name: holder_id}
  items: {type: object, properties: {held: {$ref: "suite.json"}}}
`

// heldSchema loads a file beside a definition that refers to it. It returns the schema of what the definition's property holds, with its
// components, as OpenAPI 3.1 documents have them, or the problems.
func heldSchema(t testing.TB, files map[string]string) (held, components *value.Value, problems value.Problems) {
	t.Helper()
	set, problems := definition.Load(inMemory(files), definition.Selection{}, "holder.yaml")
	if set == nil {
		return nil, nil, problems
	}
	components = value.Object()
	for _, c := range set.Components {
		components.Set(c.Name, schema.Write(c.Schema, schema.OpenAPI31, "#/$defs/", nil))
	}
	return components.Get("Holder").Get("properties").Get("held"), components, problems
}

// remotes are files that groups of the suite refer to by URL; here they lie beside the schema, and say what their identity is.
var remotes = map[string]string{
	"a.json": `{"$id": "http://localhost:1234/draft2020-12/tree.json", "$dynamicAnchor": "node", "type": "object", "properties": {
		"data": true, "children": {"type": "array", "items": {"$dynamicRef": "#node"}}}}`,
	"b.json": `{"$id": "http://localhost:1234/draft2020-12/extendible-dynamic-ref.json", "type": "object", "additionalProperties": false,
		"properties": {"elements": {"type": "array", "items": {"$dynamicRef": "#elements"}}}, "required": ["elements"],
		"$defs": {"elements": {"$dynamicAnchor": "elements"}}}`,
	"c.json": `{"$id": "http://localhost:1234/draft2020-12/detached-dynamicref.json",
		"$defs": {"foo": {"$dynamicRef": "#detached"}, "detached": {"$dynamicAnchor": "detached", "type": "integer"}}}`,
	"d.json": `{"$id": "http://localhost:1234/integer.json", "type": "integer"}`,
	"e.json": `this file is broken: [`,
	"f.yaml": `{$id: "http://localhost:1234/draft2020-12/integer.json", type: integer}`,
}

// otherwise are groups of the suite that firestone reads in another way, with the reason.
var otherwise = map[string]string{
	"ref overrides any sibling keywords":                            "keywords beside a reference count in all drafts",
	"naive replacement of $ref with its destination is not correct": "documents leave data out that holds a $ref, which their readers would follow",
}

// TestSuites holds firestone to the JSON Schema Test Suite wherever a schema refers to another, or has an identity.
func TestSuites(t *testing.T) {
	const leastRight, mostRefused = 306, 46
	right, refused := 0, 0
	for _, s := range []struct{ module, pattern, dialect string }{
		{"github.com/google/jsonschema-go", "jsonschema/testdata/draft2020-12/*.json", "https://json-schema.org/draft/2020-12/schema"},
		{"github.com/google/jsonschema-go", "jsonschema/testdata/draft7/*.json", "http://json-schema.org/draft-07/schema#"},
		{"github.com/xeipuuv/gojsonschema", "testdata/draft6/*.json", "http://json-schema.org/draft-06/schema#"},
		{"github.com/xeipuuv/gojsonschema", "testdata/draft4/*.json", "http://json-schema.org/draft-04/schema#"},
	} {
		for _, group := range validatetest.Suite(t, s.module, s.pattern) {
			text := string(group.Schema.AppendJSON(nil, ""))
			_, about, _ := strings.Cut(group.Name, ": ")
			if !mayRefer.MatchString(text) || otherwise[about] != "" {
				continue
			}
			group.Schema.Set("$schema", value.String(s.dialect))
			files := maps.Clone(remotes)
			files["holder.yaml"], files["suite.json"] = holder, string(group.Schema.AppendJSON(nil, ""))
			held, components, problems := heldSchema(t, files)
			if held == nil {
				if refused++; !strings.Contains(problems.Error(), "nothing is fetched") && !strings.Contains(problems.Error(), "no such file") {
					t.Errorf("%s: %s: %v", s.dialect, group.Name, problems)
				}
				continue
			}
			judge := validatetest.NewJudge(t, held, components)
			for _, test := range group.Tests {
				if judge.Accepts(test.Get("data")) != test.Get("valid").IsTrue() {
					t.Errorf("%s: %s: %s: valid is not %s", s.dialect, group.Name, test.Get("description").Text, test.Get("valid").Text)
					continue
				}
				right++
			}
		}
	}
	if right < leastRight || refused > mostRefused {
		t.Errorf("%d tests are right and %d groups refused: want %d or more, and %d or fewer", right, refused, leastRight, mostRefused)
	}
	t.Logf("%d tests are right, %d groups refused", right, refused)
}

// mayRefer finds the schemas of the suite that the test is about.
var mayRefer = regexp.MustCompile(`"(\$ref|\$dynamicRef|\$id|id|\$anchor)"`)

// inMemory gives access to files by name.
func inMemory(files map[string]string) definition.Access {
	read := func(path string) ([]byte, error) {
		if text, ok := files[path]; ok {
			return []byte(text), nil
		}
		return nil, fs.ErrNotExist
	}
	return definition.Access{
		Read: read, Peek: read,
		List: func(folder string) []string {
			var names []string
			for name := range files {
				if path.Dir(name) == folder {
					names = append(names, path.Base(name))
				}
			}
			return names
		},
	}
}
