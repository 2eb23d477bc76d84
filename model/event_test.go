package model

import (
	"slices"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model/definition"
	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/value"
)

// parsed returns the YAML text as a value with places in the file x.yaml.
func parsed(t *testing.T, text string) *Value {
	t.Helper()
	var problems Problems
	values := value.Parse("x.yaml", []byte(text), &problems)
	if len(problems) > 0 || len(values) != 1 {
		t.Fatalf("%s: %v", text, problems)
	}
	return values[0]
}

// library is an API with resources and without events.
type library struct {
	t   *testing.T
	api *API
}

func newLibrary(t *testing.T) *library {
	t.Helper()
	return &library{t: t, api: &API{Title: "Books API", Version: "1.0.0", Description: "Books.", ID: "urn:example:books",
		Contact: &Contact{Name: "Books team", URL: "https://example.com/books", Email: "books@example.com"},
		License: &License{Name: "Apache-2.0", Identifier: "Apache-2.0", URL: "https://www.apache.org/licenses/LICENSE-2.0"},
		Problem: &Component{Name: "Problem", Base: "Problem", Form: Read, Schema: parsed(t, "{type: object}")}}}
}

// component adds a schema with an example.
func (l *library) component(named string, form Form, schema, example string) *Component {
	c := &Component{Name: named, Base: named, Form: form, Schema: parsed(l.t, schema), Example: parsed(l.t, example)}
	l.api.Components = append(l.api.Components, c)
	return c
}

// resource adds a resource with the title, an author, and the methods of its levels: resource, instance, then
// those of each property.
func (l *library) resource(singular, plural string, methods ...string) *Resource {
	typeName, list := name.Pascal(singular), name.Pascal(plural)
	if list == typeName {
		list += "List"
	}
	const properties = "{type: object, properties: {book_id: {type: string, readOnly: true}, title: {type: string}, author: {type: string}}}"
	r := &Resource{
		Name: name.Key(singular), Kind: singular, Singular: singular, Plural: plural, PluralName: plural, Type: typeName, PluralType: name.Pascal(plural), ListType: list,
		Key:    &Key{Name: "book_id", Parameter: "book_id", Schema: parsed(l.t, "{type: string}"), Example: value.String("moby-dick")},
		Read:   l.component(typeName, Read, properties, "{book_id: moby-dick, title: Moby Dick, author: Herman Melville}"),
		Create: l.component("Create"+typeName, Create, "{type: object, properties: {title: {type: string}, author: {type: string}}}", "{title: Moby Dick}"),
		Update: l.component("Update"+typeName, Update, "{type: object, properties: {title: {type: [string, 'null']}}}", "{title: Moby-Dick}"),
	}
	r.Replace = r.Create
	r.setNouns(singular, plural, "")
	r.List = l.component(list, Read, `{type: array, items: {$ref: "#/$defs/`+typeName+`"}}`, "[{book_id: emma, title: Emma, author: Jane Austen}]")
	r.List.Uses = []string{typeName}
	l.api.Resources = append(l.api.Resources, r)
	key := &Parameter{Name: "book_id", In: "path", Schema: r.Key.Schema, Example: r.Key.Example, Description: "Key of the " + singular + "."}
	steps := []Segment{{Text: plural}, {Parameter: key}}
	for i, list := range methods {
		level := &Level{Name: definition.LevelNames[min(i, 2)], Resource: r, Segments: slices.Clone(steps[:min(i, 1)+1]), Path: "/" + name.Key(plural)}
		if i > 0 {
			level.Path += "/{book_id}"
			level.Parameters, level.Keys = []*Parameter{key}, []*Resource{r}
		}
		if i > 1 {
			p := []string{"title", "author"}[i-2]
			level.Property = &Property{Name: p, Identifier: name.Pascal(p), Schema: parsed(l.t, "{type: string}")}
			level.Property.setNoun(memberNames{})
			level.Path += "/" + p
			level.Segments = append(level.Segments, Segment{Text: p})
			r.Attributes = append(r.Attributes, level)
		}
		for _, method := range strings.Fields(list) {
			level.Operations = append(level.Operations, l.operation(level, method))
		}
		if len(level.Operations) > 0 {
			r.Levels = append(r.Levels, level)
		}
	}
	return r
}

func (l *library) operation(level *Level, method string) *Operation {
	r := level.Resource
	verbs := map[string]string{"get": "get", "head": "head", "post": "create", "put": "replace", "patch": "update", "delete": "delete"}
	o := &Operation{Method: method, Verb: verbs[method], Resource: r, Level: level, Parameters: level.Parameters}
	body := func(c *Component) *Body {
		return &Body{ContentType: "application/json", Form: c.Form, Component: c, Schema: value.Object(value.NewMember("$ref", value.String("#/$defs/"+c.Name))), Example: c.Example}
	}
	text := &Body{ContentType: "application/json", Schema: parsed(l.t, "{type: string}"), Example: value.String("Moby Dick")}
	if method == "get" && level.IsCollection() {
		o.Verb = "list"
	}
	switch {
	case method == "get" && level.IsAttribute():
		o.Response = text
	case method == "put" && level.IsAttribute():
		o.Request, o.Response = text, text
	case method == "get" && level.IsCollection():
		o.Response = body(r.List)
	case method == "get":
		o.Response = body(r.Read)
	case method == "post":
		o.Request, o.Response = body(r.Create), body(r.Read)
	case method == "put":
		o.Request, o.Response = body(r.Replace), body(r.Read)
	case method == "patch":
		o.Request, o.Response = body(r.Update), body(r.Read)
		o.Request.ContentType = "application/merge-patch+json"
	}
	return o
}

// events builds the events of the resource as its asyncapi block says, and returns what was found.
func (l *library) events(block string, resources ...*Resource) Problems {
	l.t.Helper()
	var problems Problems
	v := parsed(l.t, block)
	var sources []eventSource
	for _, r := range resources {
		sources = append(sources, eventSource{Block: v, BlockPos: v.Pos, Resources: []*Resource{r}, Schemes: l.api.SecuritySchemes})
	}
	buildEvents(l.api, sources, &problems)
	return problems.Sorted()
}
