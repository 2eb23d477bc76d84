package model

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/firestoned/firestone/model/value"
)

// definition is one resource definition as it was written.
type definition struct {
	doc    *document
	root   *Value // the whole definition; of a resource written inside a property, the property's wrapper
	schema *Value // its schema: the object with key and items
	kind   string // its kind; of a resource written inside a property, the property's name

	isInline  bool // it is written inside a property: only schema, without kind, methods and security
	isChecked bool
	inline    map[string]*definition // the resources written inside its properties, by property
	types     *types                 // the names of its schemas, once they are given
}

// define returns the definition that the document holds.
func (doc *document) define() *definition {
	if doc.definition == nil {
		doc.definition = &definition{doc: doc, root: doc.root, schema: doc.root.Get("schema"), kind: doc.root.Get("kind").StringOr("")}
	}
	return doc.definition
}

// isDefinition reports whether a document that a reference reached holds a resource.
func (doc *document) isDefinition() bool {
	return doc.root.Get("kind").Is(value.KindString) && doc.root.Get("schema").Has("items")
}

// methodsOf are the HTTP methods that a level can have, in the order in which documents list them.
var methodsOf = map[string][]string{
	CollectionLevel: {"get", "head", "post", "patch", "delete"},
	InstanceLevel:   {"get", "head", "put", "patch", "delete"},
	AttributeLevel:  {"get", "head", "put", "delete"},
}

// defaultMethods are those of a level that the definition does not name.
var defaultMethods = map[string][]string{
	CollectionLevel: {"get", "post"},
	InstanceLevel:   {"get", "put", "delete"},
}

// levelNames are the levels in the order of their paths.
var levelNames = []string{CollectionLevel, InstanceLevel, AttributeLevel}

// methods returns the methods of a level in the order of methodsOf, each once.
func (d *definition) methods(level string) []string {
	list := d.root.Get("methods").Get(level)
	if list == nil {
		return defaultMethods[level]
	}
	var methods []string
	for _, method := range methodsOf[level] {
		if slices.ContainsFunc(list.Items, func(v *Value) bool { return v.Text == method }) {
			methods = append(methods, method)
		}
	}
	return methods
}

// parameters returns the parameters of the resource as written, those that are objects.
func (d *definition) parameters() []*Value {
	var list []*Value
	for _, source := range []*Value{d.schema.Get("query_params"), d.root.Get("default_query_params")} {
		if !source.Is(value.KindArray) {
			continue
		}
		for _, v := range source.Items {
			if v.Is(value.KindObject) {
				list = append(list, v)
			}
		}
	}
	return list
}

// properties returns the direct properties of the resource as written.
func (d *definition) properties() []value.Member {
	properties := d.schema.Get("items").Get("properties")
	if !properties.Is(value.KindObject) {
		return nil
	}
	return properties.Members
}

// key returns the key as written, and its name.
func (d *definition) key() (*Value, string) {
	key := d.schema.Get("key")
	return key, key.Get("name").StringOr("")
}

// version returns apiVersion with one leading v.
func (d *definition) version() string {
	text := scalar(d.root.Get("apiVersion"))
	switch {
	case text == "":
		return "v1"
	case text[0] == 'v' || text[0] == 'V':
		return text
	}
	return "v" + text
}

// scalar returns the source text of a value that is no list and no object.
func scalar(v *Value) string {
	switch {
	case v == nil || v.Kind == value.KindArray || v.Kind == value.KindObject || v.Kind == value.KindNull:
		return ""
	case v.Source != "":
		return v.Source
	}
	return v.Text
}

var versionText = regexp.MustCompile(`^[0-9A-Za-z._-]+$`)

// isName reports whether a kind, singular or plural can be the name of a resource: letters and digits of any
// script with their marks, _ and -, a letter first.
func isName(text string) bool {
	for i, r := range text {
		if unicode.IsLetter(r) || i > 0 && (unicode.IsDigit(r) || unicode.IsMark(r) || strings.ContainsRune("_-", r)) {
			continue
		}
		return false
	}
	return text != ""
}
