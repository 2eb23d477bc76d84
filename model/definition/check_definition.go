package definition

import (
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// definitionKeys are the keys of a definition's top level.
var definitionKeys = []string{"kind", "singular", "plural", "apiVersion", "versionInPath", "metadata", "default_query_params",
	"methods", "descriptions", "security", "asyncapi", "schema"}

// schemaKeys are the keys of a resource's schema.
var schemaKeys = []string{"type", "key", "query_params", "items"}

// elsewhere says what to do about keys that older or other tools have, or write in another place.
var elsewhere = map[string]string{
	"securitySchemes":      `write the schemes as "security: {scheme: {NAME: ...}}"`,
	"$schema":              `remove it: a definition is not a JSON Schema itself, only what is under "schema.items"`,
	"definitions":          `move shared schemas to a file of their own and refer to them: "$ref: types.yaml#/NAME"`,
	"$defs":                `move shared schemas to a file of their own and refer to them: "$ref: types.yaml#/NAME"`,
	"components":           `move shared schemas to a file of their own and refer to them: "$ref: types.yaml#/NAME"`,
	"spec":                 `write what it holds at the top level`,
	"validations":          `firestone does not evaluate rules; rename it to "x-validations" to keep it in the documents`,
	"namespace":            `it prefixed the names of generated modules, which nothing needs here; remove it, or rename it to "x-namespace" to keep it`,
	"client_pkg":           `it named the Rust crate of the client, which firestone does not generate; remove it, or rename it to "x-client_pkg" to keep it`,
	"model_pkg_overrides":  `it named the Rust crates of other models, which firestone does not generate; remove it, or rename it to "x-model_pkg_overrides" to keep it`,
	"version":              `write it as "apiVersion"`,
	"query_params":         `write them under "schema", or as "default_query_params"`,
	"header_params":        `list them in "query_params" under "schema", each with "in: header"`,
	"cookie_params":        `list them in "query_params" under "schema", each with "in: cookie"`,
	"servers":              `write them under "asyncapi"`,
	"channels":             `write them under "asyncapi"`,
	"items":                `write it under "schema"`,
	"key":                  `write it under "schema"`,
	"type":                 `write it under "schema"`,
	"properties":           `write them under "schema.items"`,
	"required":             `write it under "schema.items"`,
	"name":                 `write it as "kind", or under "metadata"`,
	"description":          `write it under "metadata"`,
	"title":                `write it under "schema.items" for one resource, or as "title" in firestone.yaml for the API`,
	"contact":              `write it under "metadata", or in firestone.yaml`,
	"license":              `write it under "metadata", or in firestone.yaml`,
	"terms":                `write it under "metadata", or in firestone.yaml`,
	"externalDocs":         `write it under "metadata", or in firestone.yaml`,
	"events":               `write it as "asyncapi"`,
	"async":                `write it as "asyncapi"`,
	"websocket":            `write it as "asyncapi"`,
	"openapi":              `choose the version of the document in firestone.yaml: "{pack: openapi, output: openapi.yaml, parameters: {version: 3.1.0}}"`,
	"path":                 `write its first step as "plural"`,
	"paths":                `leave them out: they follow from the kind, and "methods" has the operations`,
	"operations":           `write the HTTP methods of each level as "methods"`,
	"basePath":             `write it as "prefix" in firestone.yaml`,
	"prefix":               `write it as "prefix" in firestone.yaml`,
	"tags":                 `leave them out: each resource is a tag of the documents`,
	"parent":               `write it as a property of its parent: "NAME: {schema: {$ref: 'book.yaml#/schema'}}"`,
	"relations":            `write "references: {kind: author}" in the property that holds the key`,
	"references":           `write "references: {kind: author}" in the property that holds the key`,
	"fields":               `write them as "properties" under "schema.items"`,
	"attributes":           `write them as "properties" under "schema.items"`,
	"asyncapi.messages":    `leave them out: their payloads follow from the schema`,
	"asyncapi.operations":  `leave them out: they follow from "channels" and "methods"`,
	"asyncapi.components":  `leave them out: they follow from the schema`,
	"asyncapi.topic":       `leave it out: the address of a channel follows from the resource and the protocol`,
	"asyncapi.topics":      `leave them out: the address of a channel follows from the resource and the protocol`,
	"asyncapi.events":      `write "envelope: cloudevents", which makes an event of each change`,
	"asyncapi.version":     `choose it in firestone.yaml: "{pack: asyncapi, output: asyncapi.yaml, parameters: {version: 3.1.0}}"`,
	"asyncapi.publish":     `leave it out: a channel is published to if its level has post, put or patch in "methods"`,
	"asyncapi.subscribe":   `leave it out: a channel is subscribed to if its level has get in "methods"`,
	"server.port":          `write it in the url: "ws://localhost:8080"`,
	"server.path":          `write it in the url: "ws://localhost:8080/path"`,
	"server.pathname":      `write it in the url: "ws://localhost:8080/path"`,
	"server.topic":         `leave it out: the address of a channel follows from the resource and the protocol`,
	"schema.header_params": `list them in "query_params", each with "in: header"`,
	"schema.cookie_params": `list them in "query_params", each with "in: cookie"`,
	"schema.methods":       `write them as "methods" at the top level`,
	"schema.descriptions":  `write them as "descriptions" at the top level`,
	"schema.security":      `write it as "security" at the top level`,
}

// definition reports problems with one definition apart from its references and security.
func (c *checker) definition(d *Definition) {
	if d.isChecked {
		return
	}
	d.isChecked = true
	c.at, c.forms = d, nil
	if d.IsInline {
		c.resourceSchema(d)
		return
	}
	if !d.Root.Is(value.KindObject) {
		hint := "a definition has kind and schema"
		if slices.ContainsFunc(value.Items(d.Root), func(item *Value) bool { return item.Has("kind") }) {
			hint = "write each definition of the list at the top level, with a line --- between them"
		}
		c.problems.Add(value.WrongType, d.Root.Pos, hint, "the definition must be an object, not %s", value.Describe(d.Root))
		return
	}
	if isEnveloped(d.Root) {
		c.enveloped(d.Root)
		return
	}
	c.checkPlaces(d.Root, "the definition", "", definitionKeys)
	c.name(d.Root, "kind")
	c.name(d.Root, "singular")
	c.name(d.Root, "plural")
	if !d.Root.Has("kind") && !misspells(d.Root, "kind", definitionKeys...) {
		c.problems.Add(value.MissingKey, d.Root.Pos, `add "kind: book", the name of the resource`, "the definition has no kind")
	}
	if v := d.Root.Get("apiVersion"); c.kind(v, "apiVersion", value.KindString, value.KindNumber, value.KindBool) && !versionText.MatchString(v.Written()) {
		c.problems.Add(value.InvalidName, v.Pos, "use letters, digits, dots, _ and - only", "apiVersion: %q cannot be part of a path", v.Written())
	}
	c.kind(d.Root.Get("versionInPath"), "versionInPath", value.KindBool)
	c.metadata(d.Root.Get("metadata"))
	c.parameters(d.Root.Get("default_query_params"), "default_query_params")
	c.methods(d.Root.Get("methods"))
	c.descriptions(d.Root.Get("descriptions"))
	c.security(d)
	c.events(d.Root.Get("asyncapi"), d.schemeNames())
	c.resourceSchema(d)
}

// checkPlaces reports the members that are none of the names. Those that belong elsewhere, at the top level or in
// the object that prefix names, are told where.
func (c *checker) checkPlaces(v *Value, what, prefix string, names []string) {
	for _, m := range v.Members {
		if slices.Contains(names, m.Name) || strings.HasPrefix(m.Name, "x-") {
			continue
		}
		hint, ok := elsewhere[prefix+m.Name]
		switch key := keyMeant(m.Name, names); {
		case !ok && key != "" && !v.Has(key):
			hint = called(key, m.Value)
		case prefix+m.Name == "version_in_path":
			hint = versionHint(m.Value)
		case !ok:
			hint = value.KeySuggestion(m.Name, names)
		}
		c.problems.Add(value.UnknownKey, m.Pos, hint, "unknown key %q in %s", m.Name, what)
	}
}

// versionHint says how to write what version_in_path says, the older spelling of versionInPath.
func versionHint(v *Value) string {
	if v.IsTrue() || value.TruthWord(v) == "true" {
		return `write "versionInPath: true" at the top level`
	}
	return `leave it out: paths have no version unless "versionInPath: true" is at the top level`
}

// name reports a kind, singular or plural that cannot name a resource.
func (c *checker) name(root *Value, key string) {
	v := root.Get(key)
	if c.kind(v, key, value.KindString) && !isName(v.Text) {
		hint := "start with a letter, and continue with letters, digits, _ and -"
		if joined := strings.Join(strings.Fields(v.Text), "_"); isName(joined) {
			hint = "write \"" + key + ": " + joined + "\""
		}
		c.problems.Add(value.InvalidName, v.Pos, hint, "%s: %q is not a valid resource name", key, v.Text)
	}
}

// methods reports levels and methods that do not exist.
func (c *checker) methods(v *Value) {
	if !c.kind(v, "methods", value.KindObject) {
		return
	}
	c.levels(v, "methods")
	for _, level := range LevelNames {
		list := v.Get(level)
		if !c.kind(list, "methods."+level, value.KindArray) {
			continue
		}
		for _, item := range list.Items {
			c.method(item, level, "methods."+level)
		}
	}
}

func (c *checker) descriptions(v *Value) {
	if !c.kind(v, "descriptions", value.KindObject) {
		return
	}
	c.levels(v, "descriptions")
	for _, level := range LevelNames {
		texts := v.Get(level)
		what := "descriptions." + level
		if !c.kind(texts, what, value.KindObject) {
			continue
		}
		for _, m := range texts.Members {
			if strings.HasPrefix(m.Name, "x-") || !c.methodName(m.Name, m.Pos, level, what) {
				continue
			}
			c.kind(m.Value, what+"."+m.Name, value.KindString)
		}
	}
}

// resourceSchema reports problems with the schema of the resource: its key and parameters; package schema checks the
// items once references are known.
func (c *checker) resourceSchema(d *Definition) {
	if d.Schema == nil && misspells(d.Root, "schema", definitionKeys...) {
		return
	}
	if d.Schema == nil {
		c.problems.Add(value.MissingKey, d.Root.Pos, `add "schema: {key: {name: book_id}, items: {properties: ...}}"`, "the definition of %s has no schema", orUnnamed(d.Kind))
		return
	}
	if !c.kind(d.Schema, "schema", value.KindObject) {
		return
	}
	items, ofItems := d.Schema.Get("items"), c.ofItems(d.Schema)
	isOneResource := items == nil && ofItems
	if v := d.Schema.Get("type"); c.kind(v, "schema.type", value.KindString) && v.Text != "array" && !(isOneResource && v.Text == "object") {
		c.problems.Add(value.NotACollection, v.Pos, `write "type: array": a definition describes a collection, and "items" one resource of it`, "schema.type must be \"array\", not %q", v.Text)
	}
	c.resourceKey(d)
	c.parameters(d.Schema.Get("query_params"), "query_params")
	if items == nil {
		if isOneResource || d.Root.Has("items") || misspells(d.Schema, "items", schemaKeys...) {
			return
		}
		c.problems.Add(value.MissingKey, d.Schema.Pos, `add "items: {type: object, properties: ...}", which describes the resource`, "schema has no items")
		return
	}
	if c.kind(items, "schema.items", value.KindObject) {
		c.isObject(items)
	}
}

// ofItems reports the unknown members of a resource's schema. Those that its items can have are one problem, and it reports
// whether there are any.
func (c *checker) ofItems(v *Value) bool {
	var names []string
	var first Pos
	others := value.Object()
	for _, m := range v.Members {
		switch {
		case !schema.IsKeyword(m.Name) || slices.Contains(schemaKeys, m.Name):
			others.Members = append(others.Members, m)
		case names == nil:
			first = m.Pos
			fallthrough
		default:
			names = append(names, m.Name)
		}
	}
	c.checkPlaces(others, "schema", "schema.", schemaKeys)
	if names == nil {
		return false
	}
	hint := `schema describes the collection, and its "items" one resource: write ` + strings.Join(names, ", ") + ` under "items"`
	c.problems.Add(value.UnknownKey, first, hint, "unknown key %q in schema", names[0])
	return true
}

// isObject reports items of a type without properties: a resource has at least a key.
func (c *checker) isObject(items *Value) {
	types := schema.Types(items)
	if len(types) > 0 && !slices.Contains(types, "object") && !slices.ContainsFunc(types, func(word string) bool { return !schema.IsType(word) }) {
		c.problems.Add(value.NotACollection, items.Get("type").Pos, "a resource is an object that has at least its key as a property", "schema.items is of type %s", strings.Join(types, ", "))
	}
}

func (c *checker) resourceKey(d *Definition) {
	key := d.Schema.Get("key")
	isBelowItems := slices.ContainsFunc(value.Members(d.Schema.Get("items")), func(m value.Member) bool { return m.Name == "key" && schema.IsOfCollection(m) })
	if key == nil && (isBelowItems || d.Root.Has("key") || misspells(d.Schema, "key", schemaKeys...)) {
		return
	}
	if key == nil {
		c.problems.Add(value.MissingKey, d.Schema.Pos, `add "key: {name: `+orUnnamed(d.Kind)+`_id}", which identifies an instance`, "schema has no key")
		return
	}
	if !c.kind(key, "schema.key", value.KindObject) {
		return
	}
	names := []string{"name", "description", "schema"}
	isName := func(m value.Member) string {
		if m.Value.Get("type").Is(value.KindString) && !schema.IsKeyword(m.Name) {
			written := value.Flow(value.Object(value.NewMember("name", value.String(m.Name)), value.NewMember("schema", m.Value)))
			return "write \"key: " + written + "\""
		}
		if !m.Value.Is(value.KindString) || schema.IsKeyword(m.Name) {
			return ""
		}
		return "write \"" + value.FlowMember(value.NewMember("name", m.Value)) + "\""
	}
	if c.otherWord(key, "schema.key", "name", names, isName) {
		return
	}
	c.besideSchema(key, "schema.key", names...)
	c.kind(key.Get("description"), "schema.key.description", value.KindString)
	switch v := key.Get("name"); {
	case v == nil && misspells(key, "name", names...):
	case v == nil:
		c.problems.Add(value.MissingKey, key.Pos, `add "name: `+orUnnamed(d.Kind)+`_id"`, "schema.key has no name")
	case c.kind(v, "schema.key.name", value.KindString) && v.Text == "":
		c.problems.Add(value.InvalidKey, v.Pos, "write the name of the property that identifies an instance", "schema.key.name is empty")
	}
	if v := key.Get("schema"); c.kind(v, "schema.key.schema", value.KindObject) {
		schema.Check(v, schema.Key, c.problems)
		for _, t := range schema.Types(v) {
			if t == "object" || t == "array" {
				c.problems.Add(value.InvalidKey, v.Pos, "use a string, a number or a boolean", "a key of type %s cannot be part of a path", t)
			}
		}
	}
}

// orUnnamed returns the kind, or a word for the resource where it has none.
func orUnnamed(kind string) string {
	if kind == "" {
		return "resource"
	}
	return kind
}
