package recognise

import (
	"path"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// versions are the keys in which API documents state their version, with the kind of document.
var versions = []struct {
	key, what string
	isWritten bool // by firestone
}{
	{"openapi", "an OpenAPI document", true}, {"swagger", "a Swagger document", false}, {"asyncapi", "an AsyncAPI document", true},
	{"arazzo", "an Arazzo document", false}, {"overlay", "an OpenAPI overlay", false}, {"openrpc", "an OpenRPC document", false}, {"smithy", "a Smithy model", false},
}

// api recognises API documents, and parts of them.
func (f *file) api() (Find, bool) {
	for _, v := range versions {
		if m := f.root.Get(v.key); (m.Is(value.KindString) || m.Is(value.KindNumber)) && m.Text != "" && m.Text[0] <= '9' {
			return found(v.what, f.fromDocument(v.isWritten)), true
		}
	}
	switch paths := f.root.Get("paths"); {
	case f.root.Get("components").Is(value.KindObject):
		return found("a part of an OpenAPI or AsyncAPI document", f.fromDocument(false)), true
	case slices.ContainsFunc(value.Members(paths), func(m value.Member) bool { return strings.HasPrefix(m.Name, "/") }):
		return found("a part of an OpenAPI document", f.fromDocument(false)), true
	case f.root.Get("info").Has("_postman_id"), strings.Contains(f.root.Get("info").Get("schema").StringOr(""), "getpostman.com"):
		return f.language("a Postman collection"), true
	case f.root.Has("__export_format"):
		return f.language("an Insomnia export"), true
	case f.root.Has("__schema"), f.root.Get("data").Has("__schema"):
		return f.language("a GraphQL schema (the answer to an introspection)"), true
	}
	return Find{}, false
}

// fromDocument says how to come from a document of an API to a definition: by one of its schemas.
func (f *file) fromDocument(isWritten bool) string {
	begin := "firestone does not import it"
	if isWritten {
		begin = "firestone writes such documents and does not import them"
	}
	pointer, called := f.firstObject(nil)
	if reference := f.reference(pointer); called != "" && reference != "" {
		return begin + "; begin with a definition of one of its schemas, in a file of its own:" + form(kindOf(called), reference)
	}
	return begin + "; write a definition of each resource:" + form("book", "")
}

// jsonSchema recognises a JSON Schema, with or without "$schema".
func (f *file) jsonSchema() (Find, bool) {
	says := f.root.Get("$schema").StringOr("")
	if !strings.Contains(says, "json-schema.org") && !isSchema(f.root) && !hasShelf(f.root) {
		return Find{}, false
	}
	kind := f.kind()
	pointer, called := f.firstObject(f.root)
	if called != "" {
		kind = kindOf(called)
	}
	reference := ""
	if pointer != "" || isObject(f.root) {
		reference = f.reference(pointer)
	}
	if pointer == "" && says == "" && path.Ext(f.path) != ".json" || reference == "" { // most likely somebody's first definition
		return found("a JSON Schema", `put it under "items" of a definition:`+formWith(kind, " # and below it this schema, four spaces further in")), true
	}
	return found("a JSON Schema", `refer to it from a definition, in a file of its own:`+form(kind, reference)), true
}

// shelves are where documents keep schemas.
var shelves = [][]string{{"components", "schemas"}, {"definitions"}, {"$defs"}}

func hasShelf(root *value.Value) bool {
	return root.Get("definitions").Is(value.KindObject) || root.Get("$defs").Is(value.KindObject)
}

// firstObject returns the pointer to the first schema of an object in the file, and its name: that of the root, which has
// none, or of its items, or one that lies on a shelf.
func (f *file) firstObject(root *value.Value) (pointer, called string) {
	switch {
	case isObject(root):
		return "", ""
	case isObject(root.Get("items")):
		return "/items", ""
	}
	for _, shelf := range shelves {
		at := f.root
		for _, step := range shelf {
			at = at.Get(step)
		}
		for _, m := range value.Members(at) {
			if isObject(m.Value) {
				return value.PointerTo("", append(slices.Clone(shelf), m.Name)...), m.Name
			}
		}
	}
	return "", ""
}

// isObject reports whether a schema is most likely one of an object.
func isObject(v *value.Value) bool {
	if t := v.Get("type"); t != nil {
		return t.StringOr("") == "object"
	}
	return v.Get("properties").Is(value.KindObject) || v.Get("allOf").Is(value.KindArray) || v.Get("oneOf").Is(value.KindArray)
}

var types = []string{"array", "boolean", "integer", "null", "number", "object", "string"}

// isSchema reports whether a stand-alone value is most likely a schema.
func isSchema(v *value.Value) bool {
	isType := func(t *value.Value) bool { return slices.Contains(types, t.StringOr("")) }
	if t := v.Get("type"); t != nil {
		return isType(t) || len(value.Items(t)) > 0 && !slices.ContainsFunc(t.Items, func(item *value.Value) bool { return !isType(item) })
	}
	for _, keyword := range []string{"allOf", "anyOf", "oneOf", "enum"} {
		if v.Get(keyword).Is(value.KindArray) {
			return true
		}
	}
	return v.Get("properties").Is(value.KindObject) || v.Get("$ref").Is(value.KindString)
}
