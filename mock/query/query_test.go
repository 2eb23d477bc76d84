package query

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/firestoned/firestone/mock/parameter"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/validate"
	"github.com/firestoned/firestone/model/value"
)

// book is a record of the tests.
type book struct {
	view    *value.Value
	created uint64
}

func (b *book) View() *value.Value { return b.view }
func (b *book) Created() uint64    { return b.created }

// books returns records that were created in this order, each the members of an object.
func books(t testing.TB, members ...string) []*book {
	t.Helper()
	var all []*book
	for i, text := range members {
		var problems value.Problems
		parsed := value.Parse("", []byte("{"+text+"}"), &problems)
		if len(parsed) != 1 || len(problems) > 0 {
			t.Fatalf("%s: %v", text, problems)
		}
		all = append(all, &book{value.With(parsed[0], "id", value.Int(i+1)), uint64(i+1) * 10})
	}
	return all
}

// shelf is a list of books with these parameters.
type shelf struct {
	t         testing.TB
	operation *model.Operation
	decoder   *parameter.Decoder
}

func newShelf(t testing.TB, parameters ...string) shelf {
	t.Helper()
	definition := `
kind: book
schema:
  type: array
  key: {name: id, schema: {type: integer}}
  query_params: [` + strings.Join(parameters, ", ") + `]
  items:
    type: object
    properties:
      id: {type: integer, readOnly: true}
      title: {type: string}
      isbn: {type: string, pattern: "^[0-9]*$"}
      published: {type: [integer, "null"]}
      price: {type: number}
      lent: {type: boolean}
      added: {type: string, format: date-time}
      tags: {type: array, items: {type: string}}
      author: {type: object, properties: {name: {type: string}, born: {type: integer}}}
      copies: {type: array, items: {type: object, properties: {shelf: {type: string}, year: {type: integer}}}}
      any: {}
`
	api, problems := model.Load(func(string) ([]byte, error) { return []byte(definition), nil }, model.Options{}, "book.yaml")
	if api == nil {
		t.Fatal(problems.Error())
	}
	return shelf{t, api.Resources[0].Collection.Operation("get"), decoderOf(api)}
}

func decoderOf(api *model.API) *parameter.Decoder {
	components := map[string]*value.Value{}
	for _, c := range api.Components {
		components[c.Name] = c.Schema
	}
	return parameter.New(validate.New(func(name string) *value.Value { return components[name] }))
}

// ask returns the selection for a query, and the faults.
func (s shelf) ask(query string) (*Selection, []parameter.Fault) {
	s.t.Helper()
	values, faults := s.decoder.Decode(s.operation, parameter.Source{Query: query})
	if len(faults) > 0 {
		s.t.Fatalf("%.100s: %v", query, faults)
	}
	return Compile(s.operation, values)
}

func (s shelf) page(query string, all []*book) Page[*book] {
	s.t.Helper()
	selection, faults := s.ask(query)
	if len(faults) > 0 {
		s.t.Fatalf("%.100s: %v", query, faults)
	}
	return List(selection, all)
}

// found writes the keys of the records on the page.
func (s shelf) found(query string, all []*book) string {
	s.t.Helper()
	return keys(s.page(query, all))
}

func keys(p Page[*book]) string {
	var found []string
	for _, b := range p.Records {
		found = append(found, b.view.Get("id").Text)
	}
	return strings.Join(found, " ")
}

func TestFilters(t *testing.T) {
	all := books(t,
		`title: The Left Hand, isbn: "0123", published: 1969, price: 9.50, lent: false, tags: [sf, novel], author: {name: Le Guin, born: 1929}, added: 2026-01-01T00:00:00Z`,
		`title: STRASSE, isbn: "01234", published: 1974.0, price: 10, lent: true, tags: [SF], author: {name: Émile}, added: "2026-01-01T00:30:00+01:00"`,
		`title: Straße Σίσυφος, published: null, tags: [], author: {}, copies: [{shelf: A1, year: 1999}, {shelf: B2, year: 2005}], added: 2026-01-01T00:00:00.5Z`,
		`copies: [{shelf: a10}], any: {x: [{y: needle}]}, published: 19740`,
		`title: "1969", any: 5, tags: ["5"]`,
	)
	for _, c := range []struct{ parameter, query, want string }{
		{`{name: title}`, "", "1 2 3 4 5"},
		{`{name: title}`, "title=hAnD", "1"},
		{`{name: title}`, "title=stra", "2 3"},
		{`{name: title}`, "title=STRAßE", "3"},
		{`{name: title}`, "title=%CF%83%CE%AF%CF%83%CF%85%CF%86%CE%BF%CF%83", "3"}, // σ for ς
		{`{name: title}`, "title=", "1 2 3 5"},
		{`{name: title, filter: {property: title, match: equal}}`, "title=strasse", ""},
		{`{name: title, filter: {property: title, match: equal}}`, "title=STRASSE", "2"},
		{`{name: title, filter: {property: title, match: prefix}}`, "title=the+l", "1"},
		{`{name: title, filter: {property: title, match: prefix}}`, "title=left", ""},
		{`{name: isbn, schema: {type: string, pattern: "^[0-9]*$"}}`, "isbn=0123", "1"}, // is no text for people
		{`{name: published, schema: {type: integer}}`, "published=1969", "1"},
		{`{name: published, schema: {type: number}}`, "published=1.974e3", "2"},
		{`{name: published, schema: {type: [integer, "null"]}}`, "published=null", "3"}, // not what lacks it
		{`{name: published}`, "published=1974", "2"},                                    // a text without a schema
		{`{name: published_ne, schema: {type: integer}}`, "published_ne=1969", "2 3 4 5"},
		{`{name: published, schema: {type: array, items: {type: integer}}}`, "published=1969&published=1974", "1 2"},
		{`{name: published_in, schema: {type: string}}`, "published_in=1969,1974", "1 2"},
		{`{name: published_in, schema: {type: array, items: {type: integer}}}`, "published_in=1969&published_in=5", "1"},
		{`{name: published_not, schema: {type: array, items: {type: integer}}}`, "published_not=1969&published_not=1974", "3 4 5"},
		{`{name: min_published, schema: {type: integer}}`, "min_published=1974", "2 4"},
		{`{name: max_published, schema: {type: integer}}`, "max_published=1974", "1 2"},
		{`{name: published_gt, schema: {type: number}}`, "published_gt=1973.999999999999999999999", "2 4"},
		{`{name: published_lt}`, "published_lt=1974", "1"},
		{`{name: published_gt, schema: {type: number}}`, "published_gt=-1e9999", "1 2 4"},
		{`{name: price, schema: {type: number}}`, "price=9.5", "1"},
		{`{name: price_gte, schema: {type: number}}`, "price_gte=9.50", "1 2"},
		{`{name: lent, schema: {type: boolean}}`, "lent=true", "2"},
		{`{name: lent, schema: {type: boolean}}`, "lent=false", "1"},
		{`{name: lent_ne, schema: {type: boolean}}`, "lent_ne=true", "1 3 4 5"},
		{`{name: lent, schema: {type: boolean, default: true}}`, "", "2"}, // a default selects
		{`{name: lent_gte, schema: {type: boolean}}`, "lent_gte=false", ""},
		{`{name: tags}`, "tags=sf", "1"},
		{`{name: tags, schema: {type: array, items: {type: string}}}`, "tags=SF&tags=novel", "1 2"},
		{`{name: tags_ne}`, "tags_ne=sf", "2 3 4 5"},
		{`{name: tags, schema: {type: integer}}`, "tags=5", "5"},
		{`{name: tags_contains}`, "tags_contains=S", "1 2"},
		{`{name: author_name}`, "author_name=%C3%A9", "1 2 3 4 5"}, // names no property
		{`{name: name}`, "name=%C3%A9", "2"},
		{`{name: by, filter: author/name}`, "by=guin", "1"},
		{`{name: author, style: deepObject, schema: {type: object, properties: {born: {type: integer}}}}`, "author[born]=1929", "1"},
		{`{name: author, style: deepObject, schema: {type: object, properties: {born: {type: integer}}}}`, "author[born]=1930", ""},
		{`{name: on, filter: copies/shelf}`, "on=A1", "3 4"},
		{`{name: year, filter: {property: copies/year, match: above}, schema: {type: integer}}`, "year=2000", "3"},
		{`{name: added_after, schema: {type: string, format: date-time}}`, "added_after=2026-01-01T00:00:00Z", "3"},
		{`{name: added_before, schema: {type: string, format: date-time}}`, "added_before=2026-01-01T00:00:00Z", "2"},
		{`{name: added_since, schema: {type: string, format: date-time}}`, "added_since=2026-01-01T01:00:00%2B01:00", "1 3"},
		{`{name: added_since, schema: {type: string, format: date}}`, "added_since=2026-01-01", "1 2 3"},
		{`{name: title_gte}`, "title_gte=St", "1 3"}, // not STRASSE: capitals come first
		{`{name: q}`, "q=NEEDLE", "4"},
		{`{name: q}`, "q=5", "3 5"}, // of texts, and no number
		{`{name: q}`, "q=0", "1 2 3 4"},
		{`{name: search, schema: {type: array, items: {type: string}}}`, "search=guin&search=needle", "1 4"},
		{`{name: title}, {name: published, schema: {type: integer}}`, "title=stra&published=1974", "2"},
		{`{name: nothing}`, "nothing=5", "1 2 3 4 5"},
	} {
		if got := newShelf(t, c.parameter).found(c.query, all); got != c.want {
			t.Errorf("%s of %s: got %q, want %q", c.query, c.parameter, got, c.want)
		}
	}
}

func TestMatchesAlone(t *testing.T) {
	s := newShelf(t, `{name: title}`, `{name: limit, schema: {type: integer}}`, `{name: offset, schema: {type: integer}}`)
	selection, _ := s.ask("title=a&limit=1&offset=5")
	for text, want := range map[string]bool{`title: banana`: true, `title: oyster`: false, ``: false} {
		if got := selection.Matches(books(t, text)[0].view); got != want {
			t.Errorf("%s matches: %v", text, got)
		}
	}
	if selection.Matches(nil) {
		t.Error("nothing matches")
	}
}

func TestOrder(t *testing.T) {
	all := books(t,
		`title: b, published: 10, author: {name: z}`,
		`title: a, published: 9.0, lent: true, any: 5`,
		`title: B, published: 1e1, any: x, author: {}`,
		`published: null, lent: false, any: {a: 1}`,
		`title: é, published: -3, any: true, author: {name: y}`,
		`title: a, published: 759442650925199925956313088, any: [1]`,
	)
	for _, c := range []struct{ parameters, query, want string }{
		{`{name: sort}`, "", "1 2 3 4 5 6"},
		{`{name: sort}`, "sort=title", "3 2 6 1 5 4"},
		{`{name: sort}`, "sort=-title", "5 1 2 6 3 4"}, // absent is last, equal as created
		{`{name: sort}`, "sort=title,-published", "3 6 2 1 5 4"},
		{`{name: sort}`, "sort=title:desc", "5 1 2 6 3 4"},
		{`{name: sort}`, "sort=title_desc", "5 1 2 6 3 4"},
		{`{name: sort}`, "sort=title+desc", "5 1 2 6 3 4"},
		{`{name: sort}`, "sort=+title", "3 2 6 1 5 4"},
		{`{name: sort}`, "sort=published", "5 2 1 3 6 4"},
		{`{name: sort}`, "sort=-published", "6 1 3 2 5 4"},
		{`{name: sort}`, "sort=lent", "4 2 1 3 5 6"},
		{`{name: sort}`, "sort=any", "5 2 3 6 4 1"},
		{`{name: sort}`, "sort=-any", "4 6 3 2 5 1"},
		{`{name: sort}`, "sort=author.name", "5 1 2 3 4 6"},
		{`{name: sort}`, "sort=-author/name", "1 5 2 3 4 6"},
		{`{name: sort}`, "sort=nothing", "1 2 3 4 5 6"},
		{`{name: sort}`, "sort=nothing,title,-title", "3 2 6 1 5 4"},
		{`{name: sort, schema: {type: string, default: -published}}`, "", "6 1 3 2 5 4"},
		{`{name: sort, schema: {type: array, items: {type: string}}}`, "sort=title&sort=-published", "3 6 2 1 5 4"},
		{`{name: sort, explode: false, schema: {type: array, items: {enum: [title, -published]}}}`, "sort=title,-published", "3 6 2 1 5 4"},
		{`{name: sort, schema: {enum: [newest, -published]}}`, "sort=newest", "1 2 3 4 5 6"},
		{`{name: sort, schema: {type: array, items: {type: [string, "null"]}}}`, "sort=null&sort=title", "3 2 6 1 5 4"},
		{`{name: sort_by}, {name: order}`, "sort_by=title&order=desc", "5 1 2 6 3 4"},
		{`{name: sort_by}, {name: order}`, "sort_by=title&order=DESC", "5 1 2 6 3 4"},
		{`{name: sort_by}, {name: order}`, "sort_by=title&order=asc", "3 2 6 1 5 4"},
		{`{name: sort_by}, {name: order}`, "sort_by=-title&order=desc", "5 1 2 6 3 4"},
		{`{name: sort_by}, {name: order}`, "sort_by=title,published&order=desc", "5 1 6 2 3 4"},
		{`{name: sort_by}, {name: order}`, "sort_by=title,published&order=asc,desc", "3 6 2 1 5 4"},
		{`{name: sort_by}, {name: order}`, "sort_by=title,published&order=desc,asc", "5 1 2 6 3 4"},
		{`{name: sort_by}, {name: order}`, "order=desc", "1 2 3 4 5 6"},
		{`{name: sort_by}, {name: direction, schema: {enum: [Descending, Ascending], default: Descending}}`, "sort_by=title", "5 1 2 6 3 4"},
		{`{name: sort}, {name: reverse, schema: {type: boolean}}`, "sort=title&reverse=true", "5 1 2 6 3 4"},
		{`{name: sort}, {name: reverse, schema: {type: boolean}}`, "sort=-title&reverse=true", "3 2 6 1 5 4"},
		{`{name: sort}, {name: reverse, schema: {type: boolean}}`, "sort=-title&reverse=false", "5 1 2 6 3 4"},
	} {
		if got := newShelf(t, c.parameters).found(c.query, all); got != c.want {
			t.Errorf("%s of %s: got %q, want %q", c.query, c.parameters, got, c.want)
		}
	}
}

func numbered(t testing.TB, n int) []*book {
	var members []string
	for i := range n {
		members = append(members, fmt.Sprintf("title: t%d, published: %d", i, i/3))
	}
	return books(t, members...)
}

func TestPages(t *testing.T) {
	const limit, offset, page = `{name: limit, schema: {type: integer}}`, `{name: offset, schema: {type: number}}`, `{name: page, schema: {type: integer}}`
	ten := numbered(t, 10)
	for _, c := range []struct{ parameters, query, want, links string }{
		{`{name: title}`, "", "1 2 3 4 5 6 7 8 9 10", ""},
		{limit, "limit=3", "1 2 3", ""}, // a size alone cuts the list off
		{limit, "limit=-3", "1", ""},
		{`{name: limit, schema: {type: integer, default: 2}}`, "", "1 2", ""},
		{offset, "offset=8", "9 10", "first=0 prev=0 last=0"},

		{limit + "," + offset, "limit=3", "1 2 3", "first=0 next=3 last=9"},
		{limit + "," + offset, "limit=3&offset=3", "4 5 6", "first=0 prev=0 next=6 last=9"},
		{limit + "," + offset, "limit=3&offset=9", "10", "first=0 prev=6 last=9"},
		{limit + "," + offset, "limit=3&offset=2", "3 4 5", "first=0 prev=0 next=5 last=9"},
		{limit + "," + offset, "limit=3&offset=100", "", "first=0 prev=9 last=9"},
		{limit + "," + offset, "limit=5&offset=5", "6 7 8 9 10", "first=0 prev=0 last=5"},
		{limit + "," + offset, "limit=3&offset=-1", "1 2 3", "first=0 next=3 last=9"},
		{limit + "," + offset, "limit=3&offset=3.9", "4 5 6", "first=0 prev=0 next=6 last=9"},
		{limit + "," + offset, "limit=0", "1", "first=0 next=1 last=9"},
		{limit + "," + offset, "limit=759442650925199925956313088", "1 2 3 4 5 6 7 8 9 10", "first=0 last=0"},
		{limit + "," + offset, "limit=3&offset=759442650925199925956313088", "", "first=0 prev=9 last=9"},
		{limit + "," + offset, "limit=3&offset=1e99999999999", "", "first=0 prev=9 last=9"},
		{limit + "," + offset, "", "1 2 3 4 5 6 7 8 9 10", "first=0 last=0"},
		{`{name: limit}, {name: offset}`, "limit=3&offset=3", "4 5 6", "first=0 prev=0 next=6 last=9"}, // texts
		{`{name: limit}, {name: offset}`, "limit=x&offset=y", "1 2 3 4 5 6 7 8 9 10", "first=0 last=0"},
		{`{name: limit, schema: {type: integer, default: 4}}, {name: offset, schema: {type: integer, default: 2}}`, "", "3 4 5 6", "first=0 prev=0 next=6 last=8"},

		{limit + "," + page, "limit=4", "1 2 3 4", "first=1 next=2 last=3"},
		{limit + "," + page, "limit=4&page=2", "5 6 7 8", "first=1 prev=1 next=3 last=3"},
		{limit + "," + page, "limit=4&page=3", "9 10", "first=1 prev=2 last=3"},
		{limit + "," + page, "limit=4&page=4", "", "first=1 prev=3 last=3"},
		{limit + "," + page, "limit=4&page=0", "1 2 3 4", "first=1 next=2 last=3"},
		{limit + "," + page, "limit=4&page=-7", "1 2 3 4", "first=1 next=2 last=3"},
		{limit + "," + page, "limit=4&page=759442650925199925956313088", "", "first=1 prev=3 last=3"},
		{limit + "," + page, "limit=759442650925199925956313088&page=2", "", "first=1 prev=1 last=1"},
		{page, "", "1 2 3 4 5 6 7 8 9 10", "first=1 last=1"},
		{`{name: page, schema: {type: integer, minimum: 0}}, ` + limit, "limit=4&page=1", "5 6 7 8", "first=0 prev=0 next=2 last=2"},
		{`{name: page, schema: {type: integer, default: 0}}, ` + limit, "limit=4", "1 2 3 4", "first=0 next=1 last=2"},
		{`{name: page, schema: {type: integer, exclusiveMinimum: 0}}, ` + limit, "limit=4&page=1", "1 2 3 4", "first=1 next=2 last=3"},
	} {
		s := newShelf(t, c.parameters)
		p := s.page(c.query, ten)
		var links []string
		for _, l := range p.links {
			links = append(links, l.relation+"="+l.position)
		}
		if got := keys(p); got != c.want || p.Total != 10 || strings.Join(links, " ") != c.links {
			t.Errorf("%s of %s: got %q of %d, %s; want %q, %s", c.query, c.parameters, got, p.Total, links, c.want, c.links)
		}
	}
	p := newShelf(t, limit, offset).page("limit=3&offset=5", nil)
	if len(p.Records) != 0 || p.Total != 0 || len(p.links) != 3 {
		t.Errorf("an empty list has %+v", p)
	}
	if p := newShelf(t, page).page("", numbered(t, 30)); len(p.Records) != defaultSize || p.Total != 30 {
		t.Errorf("a page without a size holds %d of %d", len(p.Records), p.Total)
	}
	if p := newShelf(t, `{name: title}`, limit, offset).page("title=t1&limit=1", numbered(t, 20)); p.Total != 11 || keys(p) != "2" {
		t.Errorf("the total behind filters is %d, the page %s", p.Total, keys(p))
	}
}

func TestLinks(t *testing.T) {
	const limit, offset = `{name: limit, schema: {type: integer}}`, `{name: offset, schema: {type: integer}}`
	ten := numbered(t, 10)
	for _, c := range []struct{ parameters, path, query, want string }{
		{limit + "," + offset, "/books", "limit=4&offset=4",
			`</books?limit=4&offset=0>; rel="first", </books?limit=4&offset=0>; rel="prev", </books?limit=4&offset=8>; rel="next", </books?limit=4&offset=8>; rel="last"`},
		{limit + "," + offset, "/v1/a%2Fb/books", "title=t&offset=8&x=%C3%A9&&limit=4&flag",
			`</v1/a%2Fb/books?title=t&offset=0&x=%C3%A9&limit=4&flag>; rel="first", </v1/a%2Fb/books?title=t&offset=4&x=%C3%A9&limit=4&flag>; rel="prev", </v1/a%2Fb/books?title=t&offset=8&x=%C3%A9&limit=4&flag>; rel="last"`},
		{offset, "/books", "", `</books?offset=0>; rel="first", </books?offset=0>; rel="last"`},
		{offset, "/books", "a=<b>\"\\ ü\x7f|a%7Cb&%zz=1", `</books?a=%3Cb%3E%22%5C%20%C3%BC%7F|a%7Cb&%zz=1&offset=0>; rel="first", </books?a=%3Cb%3E%22%5C%20%C3%BC%7F|a%7Cb&%zz=1&offset=0>; rel="last"`},
		{`{name: "page[offset]", schema: {type: integer}}`, "/books", "page%5Boffset%5D=3", `</books?page%5Boffset%5D=0>; rel="first", </books?page%5Boffset%5D=0>; rel="prev", </books?page%5Boffset%5D=0>; rel="last"`},
		{`{name: "page[offset]", schema: {type: integer}}`, "/books", "", `</books?page%5Boffset%5D=0>; rel="first", </books?page%5Boffset%5D=0>; rel="last"`},
		{`{name: title}`, "/books", "title=t", ``},
		{`{name: cursor}`, "/books", "title=t", `</books?title=t>; rel="first"`},
		{`{name: cursor}`, "/books", "cursor=", `</books>; rel="first"`},
	} {
		s := newShelf(t, c.parameters)
		values, _ := s.decoder.Decode(s.operation, parameter.Source{Query: c.query})
		selection, faults := Compile(s.operation, values)
		if got := List(selection, ten).Link(c.path, c.query); got != c.want || len(faults) > 0 {
			t.Errorf("%s of %s: got\n%s, want\n%s; %v", c.query, c.parameters, got, c.want, faults)
		}
	}
}

// next returns the query of the link to the next page, or nothing.
func next(p Page[*book], query string) string {
	for _, l := range strings.Split(p.Link("/books", query), ", ") {
		if target, ok := strings.CutSuffix(l, `>; rel="next"`); ok {
			return strings.TrimPrefix(target, "</books?")
		}
	}
	return ""
}

// walk returns what a client sees that follows the links to the next page, while change happens behind each page.
func walk(s shelf, query string, all []*book, change func(page int, all []*book) []*book) string {
	var seen []string
	for page := 1; query != "" && page < 100; page++ {
		p := s.page(query, all)
		if found := keys(p); found != "" {
			seen = append(seen, found)
		}
		query = next(p, query)
		if change != nil {
			all = change(page, all)
		}
	}
	return strings.Join(seen, " | ")
}

func without(all []*book, ids ...string) (rest []*book) {
	for _, b := range all {
		if !strings.Contains(" "+strings.Join(ids, " ")+" ", " "+b.view.Get("id").Text+" ") {
			rest = append(rest, b)
		}
	}
	return rest
}

func with(t testing.TB, all []*book, id int, members string) []*book {
	b := books(t, members)[0]
	b.view, b.created = value.With(b.view, "id", value.Int(id)), uint64(id)*10
	return append(without(all), b)
}

func TestPagesByNumberFollowTheirLinks(t *testing.T) {
	for _, parameters := range []string{`{name: page, schema: {type: integer}}`, `{name: offset, schema: {type: integer}}`, `{name: cursor}`} {
		s := newShelf(t, parameters, `{name: limit, schema: {type: integer}}`, `{name: sort}`)
		if got := walk(s, "limit=4&sort=-title", numbered(t, 9), nil); got != "9 8 7 6 | 5 4 3 2 | 1" {
			t.Errorf("%s: %s", parameters, got)
		}
	}
}

// TestCursorsSurviveChanges: a client that follows the links sees each record that is there all the time exactly once.
func TestCursorsSurviveChanges(t *testing.T) {
	s := newShelf(t, `{name: cursor}`, `{name: limit, schema: {type: integer}}`, `{name: sort}`, `{name: published_gte, schema: {type: integer}}`)
	for _, c := range []struct {
		name, query, want string
		change            func(page int, all []*book) []*book
	}{
		{"nothing changes", "limit=3", "1 2 3 | 4 5 6 | 7 8", nil},
		{"no page is left", "limit=4", "1 2 3 4 | 5 6 7 8", nil},
		{"the last of the page goes", "limit=3", "1 2 3 | 4 5 6 | 7 8", func(page int, all []*book) []*book {
			return without(all, []string{"", "3", "6", ""}[page])
		}},
		{"all of the page go", "limit=3", "1 2 3 | 4 5 6 | 7 8", func(page int, all []*book) []*book {
			return all[min(3, len(all)):]
		}},
		{"one that was to come goes", "limit=3", "1 2 3 | 5 6 7 | 8", func(_ int, all []*book) []*book { return without(all, "4") }},
		{"one is added at the end", "limit=3", "1 2 3 | 4 5 6 | 7 8 9 | 10 11", func(page int, all []*book) []*book {
			return with(t, all, 8+page, "title: x")
		}},
		{"one is sorted before", "limit=3&sort=title", "1 2 3 | 4 5 6 | 7 8", func(page int, all []*book) []*book {
			return with(t, all, 8+page, "title: a")
		}},
		{"one is sorted behind", "limit=3&sort=title", "1 2 3 | 4 5 6 | 7 8 9 | 10 11", func(page int, all []*book) []*book {
			return with(t, all, 8+page, "title: z")
		}},
		{"the last of the page goes, where several are equal", "limit=2&sort=-published,title", "7 8 | 4 5 | 6 1 | 2 3", func(page int, all []*book) []*book {
			return without(all, []string{"", "8", "5", "1", ""}[page])
		}},
		{"the last of the page goes, equal all over", "limit=2&sort=author.name", "1 2 | 3 4 | 5 6 | 7 8", func(page int, all []*book) []*book {
			return without(all, fmt.Sprint(2*page))
		}},
		{"the last of the page is sorted anew", "limit=3&sort=title", "1 2 3 | 4 5 6 | 7 8 3", func(page int, all []*book) []*book {
			if page > 1 {
				return all
			}
			return with(t, without(all, "3"), 3, "title: z")
		}},
		{"filters keep", "limit=1&published_gte=2", "7 | 8", nil},
	} {
		if got := walk(s, c.query, numbered(t, 8), c.change); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestCursorsOfLongValues(t *testing.T) {
	s := newShelf(t, `{name: cursor}`, `{name: limit, schema: {type: integer}}`, `{name: sort}`)
	long := strings.Repeat("ü", 100_000)
	all := books(t, "title: "+long+"c", "title: "+long+"b", "title: "+long+"a", "title: b", `published: `+strings.Repeat("7", 5_000))
	if got := walk(s, "limit=1&sort=title", all, nil); got != "4 | 3 | 2 | 1 | 5" {
		t.Errorf("got %s", got)
	}
	if got := walk(s, "limit=1&sort=published", all, nil); got != "5 | 1 | 2 | 3 | 4" {
		t.Errorf("got %s", got)
	}
	if link := s.page("limit=2&sort=title", all).Link("/books", "limit=2&sort=title"); len(link) > 2_000 {
		t.Errorf("a link has %d bytes", len(link))
	}
}

func TestForeignCursorsAreFaults(t *testing.T) {
	s := newShelf(t, `{name: cursor}`, `{name: limit, schema: {type: integer}}`, `{name: sort}`)
	all := numbered(t, 8)
	cursorOf := func(query string) string {
		_, cursor, _ := strings.Cut(next(s.page(query, all), query), "cursor=")
		return cursor
	}
	plain, sorted := cursorOf("limit=2"), cursorOf("limit=2&sort=title")
	if plain == "" || sorted == "" || plain == sorted {
		t.Fatalf("%q and %q", plain, sorted)
	}
	if got := s.found("limit=3&cursor="+plain, all); got != "3 4 5" {
		t.Errorf("another size gives %s", got)
	}
	for _, query := range []string{
		"cursor=x", "cursor=5", "cursor=null", "cursor=" + plain + "A", "cursor=" + plain[1:], "cursor=" + sorted, "sort=title&cursor=" + plain, "sort=-title&cursor=" + sorted,
		"sort=published&cursor=" + sorted, "cursor=W10", "cursor=e30", "cursor=WyJib29rIiwiLTEiXQ", "cursor=WyJib29rIiwxXQ", "cursor=WyJib29rIiwiMSIsIjIiXQ", "cursor=" + strings.Repeat("W", 100_000),
	} {
		_, faults := s.ask(query)
		if len(faults) != 1 || faults[0].Name != "cursor" || faults[0].Detail != `"cursor" does not come from a link to a page of this list in this order.` {
			t.Errorf("%.50s: %v", query, faults)
		}
	}
}

// TestHostileSelectionsEndSoon: none of these may take long or panic.
func TestHostileSelectionsEndSoon(t *testing.T) {
	s := newShelf(t, `{name: sort}`, `{name: q}`, `{name: title}`, `{name: published_in}`, `{name: price_gt}`, `{name: tags, schema: {type: array, items: {type: string}}}`)
	digits := strings.Repeat("7", 100_000)
	deep := value.Array(value.String("x"))
	for range 1_000 {
		deep = value.Array(value.Object(value.NewMember("a", deep)))
	}
	all := numbered(t, 200)
	for i, b := range all {
		b.view = value.With(b.view, "price", &value.Value{Kind: value.KindNumber, Text: fmt.Sprintf("%s%d", digits, i)})
		b.view = value.With(b.view, "title", value.String(strings.Repeat("a", 10_000)))
		b.view = value.With(b.view, "any", deep)
	}
	for name, query := range map[string]string{
		"a text that nearly fits":  "title=" + strings.Repeat("a", 5_000) + "b",
		"a search in deep values":  "q=y",
		"many values":              "published_in=" + strings.Repeat("5,", 50_000),
		"many tags":                strings.Repeat("tags=x&", 10_000),
		"many orders":              "sort=" + strings.Repeat("title,-price,", 50_000),
		"orders by long numbers":   "sort=-price",
		"a filter by long numbers": "price_gt=" + digits,
		"an exponent":              "price_gt=1e999999999999",
	} {
		start := time.Now()
		s.found(query, all)
		if spent := time.Since(start); spent > 10*time.Second {
			t.Errorf("%s: %v", name, spent)
		}
	}
}

// TestFilterIsFast bounds what one filter takes: 1,000 records well below a millisecond, so that the bound holds on a busy
// machine too.
func TestFilterIsFast(t *testing.T) {
	for name, c := range map[string][2]string{
		"contains": {`{name: title}`, "title=t99"}, "equal": {`{name: published, schema: {type: integer}}`, "published=5"},
		"at least": {`{name: min_published, schema: {type: integer}}`, "min_published=5"},
	} {
		s := newShelf(t, c[0])
		selection, _ := s.ask(c[1])
		all := numbered(t, 1_000)
		best := time.Hour
		for range 20 {
			start := time.Now()
			List(selection, all)
			best = min(best, time.Since(start))
		}
		if best > time.Millisecond {
			t.Errorf("%s: %v", name, best)
		}
	}
}

// FuzzList: whatever a client sends, a page holds records that the filters select, each once, and none of them is on the next one.
func FuzzList(f *testing.F) {
	s := newShelf(f, `{name: cursor}`, `{name: limit}`, `{name: sort}`, `{name: order}`, `{name: title}`, `{name: published_gt}`)
	all := numbered(f, 12)
	for _, query := range []string{
		"", "limit=2&sort=-published,title&order=desc", "cursor=WyJib29rIiwiMTAiXQ&limit=3", "title=T1&published_gt=1", "limit=1e9&sort=%FF", "limit=-5&cursor=&sort=title:desc",
	} {
		f.Add(query)
	}
	f.Fuzz(func(t *testing.T, query string) {
		values, faults := s.decoder.Decode(s.operation, parameter.Source{Query: query})
		if len(faults) > 0 {
			return
		}
		selection, faults := Compile(s.operation, values)
		if len(faults) > 0 {
			return
		}
		s.t = t
		p := List(selection, all)
		seen := map[*book]bool{}
		for _, b := range p.Records {
			if seen[b] || !selection.Matches(b.view) {
				t.Fatalf("%q: %s", query, keys(p))
			}
			seen[b] = true
		}
		if link := p.Link("/books", query); strings.ContainsAny(link, "\r\n\x00") || strings.Count(link, "<") != len(p.links) {
			t.Fatalf("%q links to %q", query, link)
		}
		if further := next(p, query); further != "" {
			for _, b := range s.page(further, all).Records {
				if seen[b] {
					t.Fatalf("%q: %s and then %s", query, keys(p), keys(s.page(further, all)))
				}
			}
		}
	})
}

func BenchmarkFilter(b *testing.B) {
	for _, c := range [][2]string{{`{name: title}`, "title=t99"}, {`{name: published, schema: {type: integer}}`, "published=5"}, {`{name: sort}`, "sort=-published,title"}, {`{name: q}`, "q=t99"}} {
		s := newShelf(b, c[0])
		all := numbered(b, 1_000)
		b.Run(c[1], func(b *testing.B) {
			b.ReportAllocs()
			selection, _ := s.ask(c[1])
			for b.Loop() {
				List(selection, all)
			}
		})
	}
}
