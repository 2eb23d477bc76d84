package definition_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model/definition"
	"github.com/firestoned/firestone/model/validate/validatetest"
	"github.com/firestoned/firestone/model/value"
)

// What a reference means shows in what is accepted: data is a list of what is, and of what is not.
func TestIdentities(t *testing.T) {
	for _, test := range []struct {
		name, schema    string
		accepts, refuse string
		beside          map[string]string
	}{
		{"a # inside a schema with an identity means that schema",
			`{$id: "https://a.example/order", properties: {total: {$ref: "#/$defs/money"}, state: {$ref: "#/$defs/code"}}, $defs: {code: {enum: [open]},
				money: {$id: "https://a.example/money", properties: {currency: {$ref: "#/$defs/code"}, parts: {items: {$ref: "#"}}}, required: [cents], $defs: {code: {enum: [EUR]}}}}}`,
			`[{total: {cents: 1, currency: EUR, parts: [{cents: 2}]}, state: open}]`, `[{total: {cents: 1, currency: open}}, {total: {cents: 1, parts: [{state: open}]}}, {state: EUR}]`, nil},
		{"a pointer may lead into a schema with an identity, and is relative to that",
			`{$id: "https://a.example/a", properties: {b: {$ref: "#/$defs/inner/properties/c"}}, $defs: {d: {type: string}, inner: {$id: inner/, properties: {c: {$ref: d}}, $defs: {x: {$id: d, type: integer}}}}}`,
			`[{b: 1}]`, `[{b: a}]`, nil},
		{"equal anchors belong to different schemas",
			`{properties: {a: {$ref: "#x"}, b: {$ref: "other#x"}}, $defs: {o: {$id: other, $defs: {x: {$anchor: x, type: integer}}}, x: {$anchor: x, type: string}}}`,
			`[{a: text, b: 1}]`, `[{a: 1}, {b: text}]`, nil},
		{"drafts 6 and 7 write an anchor in $id, with a URI or without",
			`{$schema: "http://json-schema.org/draft-06/schema#", $id: "http://a.example/root", properties: {a: {$ref: "#x"}, b: {$ref: "http://a.example/other#y"}}, definitions: {x: {$id: "#x", type: string}, y: {$id: "other#y", type: integer}}}`,
			`[{a: text, b: 1}]`, `[{a: 1}, {b: text}]`, nil},
		{"draft 4 writes both in id, and $id is no keyword there",
			`{$schema: "http://json-schema.org/draft-04/schema#", id: "http://a.example/root", properties: {a: {$ref: "#x"}, b: {$ref: sub}}, definitions: {w: {$id: "http://a.example/sub", type: string}, x: {id: "#x", type: string}, y: {id: sub, type: integer}}}`,
			`[{a: text, b: 1}]`, `[{a: 1}, {b: text}]`, nil},
		{"later drafts do not know id, which may be anybody's",
			`{$schema: "https://json-schema.org/draft/2020-12/schema", $id: "https://a.example/root", id: "https://b.example/", properties: {a: {$ref: x}}, $defs: {x: {$id: x, type: string}, y: {id: x, type: integer}}}`,
			`[{a: text}]`, `[{a: 1}]`, nil},
		{"a file that does not say its draft may mean an anchor by id", `{properties: {a: {$ref: "#x"}, c: {$ref: "#z"}}, definitions: {z: {id: "#z", type: integer}, w: {id: "#x", type: integer}, x: {$anchor: x, type: string}, y: {id: "http://a.example/y", type: integer}}, additionalProperties: {$ref: "http://a.example/y"}}`, `[{a: text, b: 1}]`, `[{a: 1}]`, nil},
		{"beside a reference drafts up to 7 know no $id, later ones do",
			`{$id: "http://a.example/b/", properties: {old: {$ref: old.json}, new: {$ref: new.json}}, $defs: {
				o: {$schema: "http://json-schema.org/draft-07/schema#", $id: old.json, properties: {a: {$id: "c/", $ref: x.json}}},
				n: {$schema: "https://json-schema.org/draft/2020-12/schema", $id: new.json, properties: {a: {$id: "c/", $ref: x.json}}},
				x: {$id: "http://a.example/b/x.json", type: string}, y: {$id: "http://a.example/b/c/x.json", type: integer}}}`,
			`[{old: {a: text}, new: {a: 1}}]`, `[{old: {a: 1}}, {new: {a: text}}]`, nil},
		{"neither data nor properties by these names have an identity",
			`{properties: {a: {$ref: "#x"}, b: {$ref: "https://a.example/b"}, $id: {type: string}, id: {type: string}, $anchor: {enum: [x]}}, default: {$anchor: x, type: integer}, x-more: {$anchor: x, type: integer},
				allOf: [{not: {const: {$id: "https://a.example/b", type: integer, $anchor: x}}}, {not: {enum: [{$anchor: x, type: integer}]}}], examples: [{$anchor: x, type: integer}], $defs: {x: {$anchor: x, type: string}, b: {$id: "https://a.example/b", type: string}}}`,
			`[{a: text, b: text, id: c, $id: d}]`, `[{a: 1}, {b: 1}, {$id: 1}, {id: 1}]`, nil},
		{"a name is sought as an identity before it is sought as a file",
			`{$id: "https://a.example/x/root", properties: {a: {$ref: one.yaml}, b: {$ref: two.yaml}, c: {$ref: "two.yaml#/$defs/c"}}, $defs: {one: {$id: one.yaml, type: string}}}`,
			`[{a: text, b: [], c: 1}]`, `[{a: 1}, {b: 1}, {c: text}]`,
			map[string]string{"one.yaml": `type: integer`, "two.yaml": "type: array\n$defs: {c: {type: integer}}"}},
		{"files beside are found by their identity",
			`{properties: {a: {$ref: "https://a.example/a"}, b: {$ref: "https://a.example/a#b"}, c: {$ref: "https://a.example/b/#/$defs/c"}, d: {$ref: "urn:example:d"}}}`,
			`[{a: [], b: 1, c: text, d: {}}]`, `[{a: 1}, {b: text}, {c: 1}, {d: []}]`, map[string]string{
				"z.json": `{"$id": "https://a.example/a", "type": "array", "$defs": {"b": {"$anchor": "b", "type": "integer"}}}`,
				"y.yaml": `{$id: "https://a.example/b/", $defs: {c: {$ref: c}, d: {$id: c, type: string}}}`,
				"x.yml":  `{$id: "urn:example:d", type: object}`, "broken.json": `{"$id": "https://a.example/a"`, "w.txt": `{$id: "https://a.example/a", type: integer}`}},
		{"a relative identity in a file is relative to the name of the file",
			`{properties: {a: {$ref: sub/a}, b: {$ref: "sub/a#/$defs/b"}}, $defs: {x: {$id: sub/a, type: array, $defs: {b: {$ref: "./c"}, c: {$id: c, type: integer}}}}}`,
			`[{a: [], b: 1}]`, `[{a: 1}, {b: text}]`, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := map[string]string{"holder.yaml": holder, "suite.json": string(validatetest.Parse(t, test.schema).AppendJSON(nil, ""))}
			for name, text := range test.beside {
				files[name] = text
			}
			held, components, problems := heldSchema(t, files)
			if held == nil {
				t.Fatal(problems)
			}
			judge := validatetest.NewJudge(t, held, components)
			for _, data := range validatetest.Parse(t, test.accepts).Items {
				if !judge.Accepts(data) {
					t.Errorf("%s is refused by %s", data.AppendJSON(nil, ""), components.AppendJSON(nil, ""))
				}
			}
			for _, data := range validatetest.Parse(t, test.refuse).Items {
				if judge.Accepts(data) {
					t.Errorf("%s is accepted by %s", data.AppendJSON(nil, ""), components.AppendJSON(nil, ""))
				}
			}
		})
	}
}

// Files beside are read only where nothing else is found, only where a file may refer to them, and what is wrong with
// them is nobody's problem.
func TestFilesBeside(t *testing.T) {
	schema := `{"properties": {"a": {"$ref": "https://a.example/a"}}}`
	files := map[string]string{
		"holder.yaml": holder, "suite.json": schema, "a.json": `{"$id": "https://a.example/a", "type": "string"}`,
		"b.json": `{"$id": `, "secret.json": `{"$id": "https://a.example/a", "type": "integer"}`,
	}
	var read []string
	access := func() definition.Access {
		access := inMemory(files)
		open := access.Read
		access.Read = func(path string) ([]byte, error) {
			read = append(read, path)
			return open(path)
		}
		access.Peek = func(path string) ([]byte, error) {
			read = append(read, "peeked "+path)
			return open(path)
		}
		access.MayRefer = func(_, to string) error {
			if strings.HasPrefix(to, "secret") {
				return errors.New("no")
			}
			return nil
		}
		return access
	}
	set, problems := definition.Load(access(), definition.Selection{}, "holder.yaml")
	if set == nil || len(problems) > 0 || set.Component("A") == nil || set.Component("A").Pos.File != "a.json" {
		t.Errorf("the file beside is not found: %v", problems)
	}
	if want := []string{"holder.yaml", "suite.json", "peeked a.json", "a.json"}; !slices.Equal(read, want) {
		t.Errorf("%v were read, want %v", read, want)
	}
	delete(files, "a.json")
	set, problems = definition.Load(access(), definition.Selection{}, "holder.yaml")
	if set != nil || len(problems) != 1 || !strings.Contains(problems.Error(), "nothing is fetched") {
		t.Errorf("a file is found that may not be: %v", problems)
	}
	if slices.Contains(read, "secret.json") || slices.Contains(read, "peeked secret.json") {
		t.Error("a file is read that the other may not refer to")
	}
	read = nil
	files["suite.json"] = `{"properties": {"a": {"$ref": "#/$defs/a"}, "b": {"$ref": "https://a.example/a"}}, "$defs": {"a": {"$id": "https://a.example/a"}}}`
	if set, problems = definition.Load(access(), definition.Selection{}, "holder.yaml"); set == nil || len(problems) > 0 {
		t.Error(problems)
	}
	if !slices.Equal(read, []string{"holder.yaml", "suite.json"}) {
		t.Errorf("%v were read: more than is needed", read)
	}
	files["suite.json"] = schema
	onlyRead := definition.Access{Read: inMemory(files).Read}
	if set, _ = definition.Load(onlyRead, definition.Selection{}, "holder.yaml"); set != nil {
		t.Error("a file is found without a list of files")
	}
}

// A schema in a dynamic scope is a component of its own only where it means something else there.
func TestDynamicScopes(t *testing.T) {
	tree := `{"$id": "tree", "$dynamicAnchor": "node", "properties": {"of": {"items": {"$dynamicRef": "#node"}}, "leaf": {"$ref": "#/$defs/leaf"}}, "$defs": {"leaf": {"type": "integer"}}}`
	held, components, problems := heldSchema(t, map[string]string{"holder.yaml": holder, "suite.json": `{"$id": "forest", "$dynamicAnchor": "node", "properties": {
		"strict": {"$ref": "strict"}, "plain": {"$ref": "tree"}, "leaf": {"$ref": "tree#/$defs/leaf"}}, "$defs": {"tree": ` + tree + `,
		"strict": {"$id": "strict", "$dynamicAnchor": "node", "$ref": "tree", "unevaluatedProperties": false}}}`})
	if held == nil {
		t.Fatal(problems)
	}
	var names []string
	for _, m := range value.Members(components) {
		names = append(names, m.Name)
	}
	slices.Sort(names)
	if want := []string{"ForestStrict", "ForestTree", "Holder", "Holders", "Leaf", "Suite"}; !slices.Equal(names, want) {
		t.Errorf("the components are %v, want %v", names, want)
	}
}

// Every anchor can double the number of scopes; no file makes more components than there may be.
func TestDynamicScopesAreLimited(t *testing.T) {
	var defs []string
	const anchors = 16
	for i := range anchors { // each leads to the next one by itself, or through a resource that has an anchor of its own
		next := fmt.Sprint(i + 1)
		defs = append(defs, `"s`+fmt.Sprint(i)+`": {"$id": "s`+fmt.Sprint(i)+`", "properties": {"plain": {"$ref": "s`+next+`"}, "with": {"$ref": "w`+next+`"}}}`,
			`"w`+next+`": {"$id": "w`+next+`", "$ref": "s`+next+`", "$defs": {"a": {"$dynamicAnchor": "a`+next+`", "type": "string"}}}`)
	}
	last := `"s` + fmt.Sprint(anchors) + `": {"$id": "s` + fmt.Sprint(anchors) + `", "allOf": [`
	var anchored []string
	for i := range anchors {
		name := "a" + fmt.Sprint(i+1)
		last += `{"properties": {"` + name + `": {"$dynamicRef": "#` + name + `"}}},`
		anchored = append(anchored, `"`+name+`": {"$dynamicAnchor": "`+name+`"}`)
	}
	last += `true], "$defs": {` + strings.Join(anchored, ",") + `}}`
	text := `{"$id": "root", "$ref": "s0", "$defs": {` + strings.Join(append(defs, last), ",") + `}}`
	held, components, problems := heldSchema(t, map[string]string{"holder.yaml": holder, "suite.json": text})
	if held == nil || len(components.Members) > 300 || !strings.Contains(problems.Error(), "more than 200 schemas") {
		t.Errorf("%d components, and the problems are %v", len(components.Members), problems)
	}
}
