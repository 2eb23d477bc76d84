package main_test

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// tree is an object in a document. Its numbers are of type json.Number, so that they keep their digits.
type tree map[string]any

// parseTree reads a document.
func parseTree(t *testing.T, text []byte) tree {
	t.Helper()
	var root yaml.Node
	if err := yaml.Unmarshal(text, &root); err != nil {
		t.Fatal(err)
	}
	return treeOf(root.Content[0]).(tree)
}

func treeOf(node *yaml.Node) any {
	switch node.Kind {
	case yaml.MappingNode:
		object := tree{}
		for i := 0; i < len(node.Content); i += 2 {
			object[node.Content[i].Value] = treeOf(node.Content[i+1])
		}
		return object
	case yaml.SequenceNode:
		list := []any{}
		for _, item := range node.Content {
			list = append(list, treeOf(item))
		}
		return list
	}
	switch node.Tag {
	case "!!null":
		return nil
	case "!!bool":
		return node.Value == "true"
	case "!!int", "!!float":
		return json.Number(node.Value)
	}
	return node.Value
}

// object returns the object at a path, nil if there is none.
func (o tree) object(path ...string) tree {
	for _, name := range path {
		o, _ = o[name].(tree)
	}
	return o
}

func (o tree) list(name string) []any {
	list, _ := o[name].([]any)
	return list
}

func (o tree) text(name string) string {
	text, _ := o[name].(string)
	return text
}

// resolve returns the target of an object that is a reference into the document, else the object itself.
func (o tree) resolve(at tree) tree {
	for at.text("$ref") != "" {
		at = o.object(strings.Split(strings.TrimPrefix(at.text("$ref"), "#/"), "/")...)
	}
	return at
}

func show(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// The keywords by the kind of their values.
var (
	schemaKeywords = []string{"items", "additionalItems", "additionalProperties", "unevaluatedProperties", "unevaluatedItems",
		"contains", "not", "if", "then", "else", "propertyNames", "contentSchema"}
	listKeywords = []string{"allOf", "anyOf", "oneOf", "prefixItems"}
	mapKeywords  = []string{"properties", "patternProperties", "dependentSchemas", "dependencies"}
)

// plain normalises a schema of draft 7 or of 2020-12, so that equal schemas of both are the same.
func plain(schema any) any {
	given, ok := schema.(tree)
	if !ok {
		return schema
	}
	s := tree{}
	for name, v := range given {
		s[keywordOf(name)] = v
	}
	s.plainText()
	s.plainArray()
	s.plainDependencies()
	s.plainReference()
	s.plainClosed()
	for name, v := range s {
		switch {
		case slices.Contains(schemaKeywords, name):
			s[name] = plain(v)
		case slices.Contains(listKeywords, name):
			s[name] = plainList(v)
		case slices.Contains(mapKeywords, name):
			s[name] = plainMap(v)
		}
	}
	s.plainLayers()
	s.plainNames()
	if s["additionalProperties"] == true {
		delete(s, "additionalProperties") // which says nothing, but to generators of clients
	}
	if reflectsNothing(s["items"]) {
		delete(s, "items")
	}
	if len(s) == 1 && reflectsNothing(s["not"]) {
		return false
	}
	return s
}

// keywordOf returns the keyword that an extension stands for, because the dialect does not have it.
func keywordOf(name string) string {
	for _, keyword := range []string{"unevaluatedProperties", "unevaluatedItems", "minContains", "maxContains", "contains", "not",
		"if", "then", "else", "contentSchema", "oneOf"} {
		if name == "x-"+keyword {
			return keyword
		}
	}
	return name
}

// plainText restores a text to what it was before it was escaped, and makes a discriminator an object.
func (o tree) plainText() {
	if whole, ok := o["x-description"]; ok {
		o["description"] = whole
		delete(o, "x-description")
	}
	if strings.HasPrefix(o.text("title"), "Equal as floats ") {
		delete(o, "title")
	}
	if name, ok := o["discriminator"].(string); ok {
		o["discriminator"] = tree{"propertyName": name}
	}
	if whole := o.object("x-discriminator"); whole != nil {
		mapping := tree{}
		for name, to := range whole.object("mapping") {
			mapping[name] = to
			if ref, ok := to.(tree); ok {
				mapping[name] = ref["$ref"]
			}
		}
		whole = maps.Clone(whole)
		whole["mapping"] = mapping
		o["discriminator"] = whole
		delete(o, "x-discriminator")
	}
}

// plainClosed rewrites an object that draft 7 closes by listing the names of its parts as 2020-12 closes it, without the
// properties beside the parts. Another test compares what both accept.
func (o tree) plainClosed() {
	if o["allOf"] != nil && (o["additionalProperties"] == false || o["unevaluatedProperties"] == false) {
		o["unevaluatedProperties"] = false
		delete(o, "additionalProperties")
		delete(o, "properties")
	}
}

// plainArray rewrites a tuple as in 2020-12.
func (o tree) plainArray() {
	first, ok := o["items"].([]any)
	if !ok {
		return
	}
	o["prefixItems"] = first
	delete(o, "items")
	if rest, ok := o["additionalItems"]; ok {
		o["items"] = rest
		delete(o, "additionalItems")
	}
}

// plainDependencies joins the two keywords of 2020-12 into the one of draft 7.
func (o tree) plainDependencies() {
	if _, ok := o["dependencies"]; ok || o["dependentRequired"] == nil && o["dependentSchemas"] == nil {
		return
	}
	joined := tree{}
	maps.Copy(joined, o.object("dependentRequired"))
	for name, schema := range o.object("dependentSchemas") {
		if required, ok := joined[name]; ok {
			schema = tree{"allOf": []any{tree{"required": required}, schema}}
		}
		joined[name] = schema
	}
	o["dependencies"] = joined
	delete(o, "dependentRequired")
	delete(o, "dependentSchemas")
}

// plainReference makes a reference with keywords beside it one part of the schema, and makes unevaluated members
// additional ones if there are no parts.
func (o tree) plainReference() {
	if _, ok := o["$ref"]; ok && len(o) > 1 {
		o["allOf"] = append([]any{tree{"$ref": o["$ref"]}}, o.list("allOf")...)
		delete(o, "$ref")
	}
	for _, name := range []string{"$ref", "allOf", "anyOf", "oneOf", "not", "if", "dependentSchemas", "dependencies"} {
		if _, ok := o[name]; ok {
			return
		}
	}
	if rest, ok := o["unevaluatedProperties"]; ok && o["additionalProperties"] == nil {
		o["additionalProperties"] = rest
	}
	delete(o, "unevaluatedProperties")
	if _, ok := o["contains"]; ok {
		return
	}
	if rest, ok := o["unevaluatedItems"]; ok && o["items"] == nil {
		o["items"] = rest
	}
	delete(o, "unevaluatedItems")
}

// plainLayers merges an allOf that only serves readability into the schema around it.
func (o tree) plainLayers() {
	list, ok := o["allOf"].([]any)
	if !ok {
		return
	}
	delete(o, "allOf")
	var kept []any
	for _, item := range list {
		layer, ok := item.(tree)
		isApart := !ok || layer["$ref"] != nil
		for name, v := range layer {
			isApart = isApart || o[name] != nil && !reflect.DeepEqual(o[name], v)
		}
		if isApart {
			kept = append(kept, item)
		} else {
			maps.Copy(o, layer)
		}
	}
	if own, ok := o["allOf"].([]any); ok {
		kept = append(own, kept...)
	}
	if len(kept) > 0 {
		o["allOf"] = kept
	}
	if o["minProperties"] == json.Number("0") {
		delete(o, "minProperties")
	}
}

// plainNames drops properties that are listed only because the schema requires them.
func (o tree) plainNames() {
	properties, ok := o["properties"].(tree)
	if !ok {
		return
	}
	maps.DeleteFunc(properties, func(_ string, v any) bool { return reflectsNothing(v) })
	if len(properties) == 0 {
		delete(o, "properties")
	}
}

// reflectsNothing reports whether a schema accepts every value.
func reflectsNothing(schema any) bool {
	object, ok := schema.(tree)
	return schema == true || ok && len(object) == 0
}

func plainList(v any) any {
	list, ok := v.([]any)
	if !ok {
		return v
	}
	out := make([]any, len(list))
	for i, item := range list {
		out[i] = plain(item)
	}
	return out
}

func plainMap(v any) any {
	object, ok := v.(tree)
	if !ok {
		return v
	}
	out := tree{}
	for name, schema := range object {
		out[name] = plain(schema)
	}
	return out
}
