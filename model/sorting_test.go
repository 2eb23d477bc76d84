package model

import (
	"strings"
	"testing"
)

// told writes what was recognised: the parameter, its values with their paths, - before those that descend, then the
// direction with its words.
func told(s *Sorting) string {
	if s == nil {
		return ""
	}
	line := s.Parameter.Name
	if s.IsList {
		line += "[]"
	}
	for _, order := range s.Orders {
		line += " " + order.Value + "="
		if order.IsDescending {
			line += "-"
		}
		line += strings.Join(order.Path, "/")
		if (order.Property == nil) != (len(order.Path) == 0) || order.Property != nil && order.Property.Name != order.Path[0] {
			line += "!"
		}
	}
	if s.Direction != nil {
		line += "; " + s.Direction.Name + " " + s.Ascending + " " + s.Descending
	}
	return line
}

func TestSorting(t *testing.T) {
	for _, test := range []struct{ params, want string }{
		{`{name: sort}`, "sort"},
		{`{name: sort_by}, {name: order}`, "sort_by; order asc desc"},
		{`{name: orderBy, schema: {type: array, items: {type: string, enum: [title, -published_at]}}}`, "orderBy[] title=title -published_at=-published_at"},
		{`{name: ordering, schema: {$ref: "#/x-schemas/Sort"}}`, "ordering title:desc=-title title_asc=title"},
		{`{name: sort, schema: {enum: [+title, "desc(title)", PUBLISHED_AT_DESC, publishedAt, titleDesc]}}`,
			"sort +title=title desc(title)=-title PUBLISHED_AT_DESC=-published_at publishedAt=published_at titleDesc=-title"},
		{`{name: sort, schema: {enum: [author.name, -author/name, author.nothing, secret, relevance]}}`,
			"sort author.name=author/name -author/name=-author/name author.nothing= secret= relevance="},
		{`{name: sort, schema: {enum: [a-b, -a-b, max-desc, max-desc:desc]}}`, "sort a-b=a-b -a-b=-a-b max-desc=max-desc max-desc:desc=-max-desc"},
		{`{name: order, schema: {enum: [title, -title]}}`, "order title=title -title=-title"},
		{`{name: order, schema: {enum: [asc, desc]}}`, ""},
		{`{name: sort}, {name: direction, schema: {enum: [Descending, Ascending]}}`, "sort; direction Ascending Descending"},
		{`{name: sort}, {name: direction, schema: {enum: [north, south]}}`, "sort"},
		{`{name: sort}, {name: dir, schema: {enum: [desc]}}`, "sort; dir  desc"},
		{`{name: sort}, {name: reverse, schema: {type: boolean}}`, "sort; reverse false true"},
		{`{name: sort}, {name: reverse}`, "sort"},
		{`{name: rank, schema: {enum: [title]}}`, ""},
		{`{name: sort, in: header}`, ""},
		{`{name: "sort[by]"}`, "sort[by]"},
	} {
		api := mustLoad(t, `
kind: book
methods: {resource: [get, head, post], instance: [get]}
schema:
  type: array
  key: {name: id}
  query_params: [`+test.params+`]
  items:
    type: object
    properties:
      title: {type: string}
      published_at: {type: string}
      a-b: {type: string}
      max-desc: {type: string}
      secret: {type: string, writeOnly: true}
      author: {allOf: [{$ref: "#/x-schemas/Author"}]}
x-schemas:
  Author: {type: object, properties: {name: {type: string}}}
  Sort: {type: string, enum: ["title:desc", title_asc]}
`)
		collection := api.Resources[0].Collection
		for _, method := range []string{"get", "head"} {
			if got := told(collection.Operation(method).Sort); got != test.want {
				t.Errorf("%s of %s:\n got %s\nwant %s", method, test.params, got, test.want)
			}
		}
		if collection.Operation("post").Sort != nil || api.Resources[0].Instance.Operation("get").Sort != nil {
			t.Errorf("%s: an operation that returns no list sorts", test.params)
		}
	}
}

// What a text means that a client sends, in the same notation.
func TestSortingInterprets(t *testing.T) {
	const free, listed = `{name: sort}`, `{name: sort, schema: {type: array, items: {enum: [title, -newest, "a,b", relevance]}}}`
	for _, test := range []struct{ params, text, want string }{
		{free, "title", "title"},
		{free, "-published_at,title", "-published_at title"},
		{free, "publishedAt, +title", "published_at title"},
		{free, " title", "title"}, // +title, of which a query makes a space
		{free, "title:desc", "-title"}, {free, "title_desc", "-title"}, {free, "title desc, author.name asc", "-title author/name"}, {free, "desc(title)", "-title"},
		{free, "title,desc", "-title"},
		{free, "author/name", "author/name"}, {free, "author.age", ""}, {free, "author.secret", ""}, {free, "editor.name", "editor/name"},
		{free, "parent.parent.title", "parent/parent/title"},
		{free, "secret", ""}, {free, "secret,title,relevance", "title"}, {free, "", ""}, {free, ",,", ""}, {free, "--title", ""}, {free, "\xff", ""},
		{free, strings.Repeat("title,", 100_000), strings.TrimSpace(strings.Repeat("title ", maxOrders))},
		{free, strings.Repeat("-", 100_000), ""}, {free, strings.Repeat("title.", 100_000), ""},
		{listed, "title", "title"}, {listed, "relevance", ""}, {listed, "-newest", ""}, {listed, "a,b", ""}, {listed, "-title", "-title"},
	} {
		api := mustLoad(t, `
kind: book
schema:
  key: {name: id}
  query_params: [`+test.params+`]
  items:
    properties:
      title: {type: string}
      published_at: {type: string}
      secret: {type: string, writeOnly: true}
      author: {properties: {name: {type: string}, secret: {type: string, writeOnly: true}}}
      editor: {anyOf: [{properties: {name: {type: string}}}, {type: "null"}]}
      parent: {$ref: "#/schema/items"}
`)
		var got []string
		for _, order := range api.Resources[0].Collection.Operation("get").Sort.Interpret(test.text) {
			sign := ""
			if order.IsDescending {
				sign = "-"
			}
			got = append(got, sign+strings.Join(order.Path, "/"))
		}
		if got := strings.Join(got, " "); got != test.want {
			t.Errorf("%s: %.50q sorts by %q, want %q", test.params, test.text, got, test.want)
		}
	}
}

func TestDirections(t *testing.T) {
	for params, words := range map[string]string{
		`{name: sort}, {name: order}`: "desc DESC descending",
		`{name: sort}, {name: direction, schema: {enum: [Descending, Ascending]}}`: "Descending descending",
		`{name: sort}, {name: reverse, schema: {type: boolean}}`:                   "true",
		`{name: sort}, {name: dir, schema: {enum: [asc]}}`:                         "desc",
	} {
		api := mustLoad(t, `{kind: book, schema: {key: {name: id}, query_params: [`+params+`], items: {properties: {a: {}}}}}`)
		sorting := api.Resources[0].Collection.Operation("get").Sort
		for _, word := range strings.Fields(words) {
			if !sorting.IsDescending(word) {
				t.Errorf("%s: %s does not descend", params, word)
			}
		}
		for _, word := range []string{"", "asc", "false", "ascending", "down"} {
			if sorting.IsDescending(word) {
				t.Errorf("%s: %q descends", params, word)
			}
		}
	}
}

// A parameter that is called as a property filters by it.
func TestSortingIsNoFilter(t *testing.T) {
	for params, want := range map[string]string{
		`{name: sort, schema: {type: string}}`:                                     "",
		`{name: sort, schema: {type: string}}, {name: order_by}`:                   "order_by",
		`{name: sort, schema: {enum: [oak, pine]}}`:                                "",
		`{name: sort, schema: {enum: [sort, -sort]}}`:                              "sort sort=sort -sort=-sort",
		`{name: order_by}, {name: direction, schema: {type: string}}`:              "order_by",
		`{name: order_by}, {name: direction, schema: {enum: [asc, desc]}}`:         "order_by; direction asc desc",
		`{name: order_by}, {name: reverse, schema: {type: boolean}}, {name: sort}`: "order_by",
	} {
		api := mustLoad(t, `
kind: tree
schema:
  type: array
  key: {name: id}
  query_params: [`+params+`]
  items: {type: object, properties: {sort: {type: string}, direction: {type: string}, reverse: {type: boolean}}}
`)
		if got := told(api.Resources[0].Collection.Operation("get").Sort); got != want {
			t.Errorf("%s: got %q, want %q", params, got, want)
		}
	}
}
