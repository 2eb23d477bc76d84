// Package definition reads resource definitions: files in, a checked Set or every problem out.
//
// It answers two questions: which resources do these files define, and is that well-formed? It follows references,
// selects, checks each key and keyword, and gives every schema that is referred to a name. It reads files only through
// the function that it is given. What a definition means for paths, operations and events is the business of package
// model.
package definition

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/firestoned/firestone/model/value"
)

// Definition is one resource definition as it was written.
type Definition struct {
	Root     *Value // the whole definition; of a resource written inside a property, the property's wrapper
	Schema   *Value // its schema: the object with key and items
	Kind     string // its kind; of a resource written inside a property, the property's name
	IsInline bool   // it is written inside a property: only schema, without kind, methods and security
	Types    *Types // the names of its schemas, once they are given

	doc       *document
	isChecked bool
	referring map[string]*Value      // what properties say that they refer to, by property; nil before it is asked for
	inline    map[string]*Definition // the resources written inside its properties, by property
}

// define returns the definition that the document holds.
func (doc *document) define() *Definition {
	if doc.definition == nil {
		doc.definition = &Definition{doc: doc, Root: doc.Root, Schema: doc.Root.Get("schema"), Kind: doc.Root.Get("kind").StringOr("")}
	}
	return doc.definition
}

// isDefinition reports whether a document that a reference reached holds a resource.
func (doc *document) isDefinition() bool {
	return doc.Root.Get("kind").Is(value.KindString) && doc.Root.Get("schema").Has("items")
}

// Parameters returns the parameters of the resource as written: its own, then the default ones that it does not
// replace, without reserved ones.
func (d *Definition) Parameters() []*Value {
	var list []*Value
	taken := map[[2]string]bool{}
	for _, source := range []*Value{d.Schema.Get("query_params"), d.Root.Get("default_query_params")} {
		for _, v := range value.Items(source) {
			identity := parameterIdentity(v)
			if v.Is(value.KindObject) && !taken[identity] && reserved[identity] == "" {
				list = append(list, v)
				taken[identity] = true
			}
		}
	}
	return list
}

// Properties returns the direct properties of the resource as written.
func (d *Definition) Properties() []value.Member {
	return value.Members(d.Schema.Get("items").Get("properties"))
}

// Key returns the key as written, and its name.
func (d *Definition) Key() (*Value, string) {
	key := d.Schema.Get("key")
	return key, key.Get("name").StringOr("")
}

// schemeNames returns the names of the security schemes that the definition has.
func (d *Definition) schemeNames() []string {
	var names []string
	for _, m := range value.Members(d.Root.Get("security").Get("scheme")) {
		names = append(names, m.Name)
	}
	return names
}

// Version returns apiVersion with one leading v.
func (d *Definition) Version() string {
	text := d.Root.Get("apiVersion").Written()
	switch {
	case text == "":
		return "v1"
	case text[0] == 'v' || text[0] == 'V':
		return text
	}
	return "v" + text
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

// The types of package value that are in nearly every signature here.
type (
	Value    = value.Value
	Pos      = value.Pos
	Problems = value.Problems
)
