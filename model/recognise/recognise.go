// Package recognise says what a file is that was named as a resource definition and is something else: an OpenAPI document,
// the manifest of a cluster, a page of text.
//
// It answers one question: what is this, and how does one get from it to a definition? What could be a definition with
// a mistake is never recognised: the checks of definitions say more about it.
package recognise

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/value"
)

// Find is what a file is instead of a definition.
type Find struct {
	Msg  string // what it is
	Hint string // what to do
}

// found returns the find of a thing, which the message names.
func found(what, hint string) Find {
	return Find{"this is " + what + ", not a resource definition", hint}
}

// rest is the hint for a file that should stay as it is.
const rest = "leave it out, or keep definitions in a folder of their own: they are YAML or JSON, with kind and schema"

// file is what a document is recognised by.
type file struct {
	path string
	root *value.Value
	keys []string // of a definition's top level
}

// Document returns what a document of the file is, if it is an object or a list and no definition; keys are those that a
// definition has at its top level.
func Document(path string, root *value.Value, keys []string) (Find, bool) {
	f := &file{path, root, keys}
	if find, ok := f.kubernetes(); ok {
		return find, true
	}
	switch {
	case root.Is(value.KindArray):
		return f.list()
	case !root.Is(value.KindObject), f.isLikeDefinition():
		return Find{}, false
	}
	for _, look := range []func() (Find, bool){f.own, f.api, f.tool, f.jsonSchema, f.extension} {
		if find, ok := look(); ok {
			return find, true
		}
	}
	return Find{}, false
}

// Stranger returns the finding for an object without any key of a definition that is not of a known kind.
func Stranger(path string, root *value.Value, keys []string) (Find, bool) {
	f := &file{path, root, keys}
	if !slices.ContainsFunc(value.Members(root), func(m value.Member) bool { return !strings.HasPrefix(m.Name, "x-") }) {
		return Find{}, false
	}
	for _, key := range keys {
		if root.Has(key) || f.misspells(key) {
			return Find{}, false
		}
	}
	const neither = "this is not a resource definition: it has neither kind nor schema"
	for _, m := range root.Members {
		if m.Value.Get("kind").Is(value.KindString) && m.Value.Has("schema") {
			return Find{neither, "write what \"" + m.Name + "\" holds at the top level"}, true
		}
	}
	if reference, ok := f.ofSchemas(); ok {
		return Find{neither, "let definitions refer to it (" + reference + "), and begin its name with _, so that folders and patterns pass over it"}, true
	}
	return Find{neither, "leave it out, or write a definition:" + form("book", "")}, true
}

// onlyHere are the keys of a definition that hardly anything else has at its top level.
var onlyHere = []string{"schema", "singular", "plural", "versionInPath", "default_query_params", "methods", "descriptions"}

// isLikeDefinition reports whether a document has, maybe misspelt, what only definitions have.
func (f *file) isLikeDefinition() bool {
	return f.root.Has("kind") || slices.ContainsFunc(onlyHere, f.root.Has) && !f.root.Has("openrpc") || // which has methods
		f.misspells("kind") || f.misspells("schema") || f.root.Get("key").Has("name")
}

// misspells reports whether the document lacks the key of a definition and has one instead that most likely means it.
func (f *file) misspells(key string) bool {
	own := value.Object()
	for _, m := range f.root.Members {
		if !strings.HasPrefix(m.Name, "x-") && !strings.HasPrefix(m.Name, "$") {
			own.Members = append(own.Members, m)
		}
	}
	var keys []value.Key
	for _, k := range f.keys {
		keys = append(keys, value.Key{Name: k})
	}
	return value.Misspells(own, key, keys...)
}

// own recognises the other files of firestone.
func (f *file) own() (Find, bool) {
	isListOf := func(key string, member ...string) bool {
		return slices.ContainsFunc(value.Items(f.root.Get(key)), func(item *value.Value) bool {
			return slices.ContainsFunc(member, item.Has)
		})
	}
	switch {
	case path.Base(f.path) == "firestone.yaml", isListOf("generate", "pack") && f.root.Has("resources"):
		hint := "leave it out: firestone finds it by itself in its folder"
		if path.Base(f.path) != "firestone.yaml" {
			hint = "call it firestone.yaml, and run firestone in its folder"
		}
		return found("the file of a project", hint+"; from elsewhere, add --config "+f.path), true
	case path.Base(f.path) == "pack.yaml", isListOf("outputs", "template", "copy"):
		folder := path.Dir(f.path) + "/"
		return found("the file of a pack of templates", "name the folder of the pack with -t, and a definition: firestone -t "+folder+" book.yaml"), true
	}
	return Find{}, false
}

// ofSchemas reports whether the file contains only schemas, and returns a reference to the first of them.
func (f *file) ofSchemas() (reference string, ok bool) {
	first := ""
	for _, m := range f.root.Members {
		if !isSchema(m.Value) && !strings.HasPrefix(m.Name, "x-") {
			return "", false
		}
		if first == "" && isSchema(m.Value) {
			first = m.Name
		}
	}
	to := f.reference(value.PointerTo("", first))
	return value.Flow(value.Object(value.NewMember("$ref", value.String(to)))), first != "" && to != ""
}

// form shows the definition of a kind, with a reference to its schema if there is one.
func form(kind, reference string) string {
	if reference == "" {
		return formWith(kind, " {type: object, properties: {title: {type: string}}}")
	}
	return formWith(kind, " "+value.Flow(value.Object(value.NewMember("$ref", value.String(reference)))))
}

// formWith shows the definition of a kind with that text as its items.
func formWith(kind, items string) string {
	lines := []string{"kind: " + kind, "schema:", "  key: {name: " + name.Key(kind) + "_id}", "  items:" + items}
	return "\n      " + strings.Join(lines, "\n      ")
}

// reference returns a reference to the target of a pointer in the file, for definitions in the same folder; "" if the
// file has no name.
func (f *file) reference(pointer string) string {
	base := path.Base(f.path)
	if strings.ContainsAny(base, "<>") {
		return "" // standard input
	}
	ref := (&url.URL{Path: base}).EscapedPath()
	if pointer != "" {
		ref += "#" + pointer
	}
	return ref
}

// kindOf returns the kind of the resource that a schema of that name describes: book for Book, and for books.
func kindOf(called string) string {
	kind, _ := name.Forms(name.Key(strings.ToLower(strings.Join(name.Humps(called), "_"))), "", "")
	if kind = strings.Trim(kind, "_-"); kind == "" || kind[0] <= '9' || slices.Contains(vague, kind) {
		return "book"
	}
	return kind
}

// vague are names that say nothing of a resource.
var vague = []string{"api", "asyncapi", "openapi", "schema", "stdin", "swagger"}

// kind returns the kind that the file is named after: book for book.schema.json.
func (f *file) kind() string {
	base, _, _ := strings.Cut(path.Base(f.path), ".")
	return kindOf(strings.Trim(base, "_<>"))
}
