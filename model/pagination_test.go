package model

import "testing"

// Lists come in pages where a query parameter says which page, by a name that is in use for it, in any spelling.
func TestNamesOfPages(t *testing.T) {
	for style, names := range map[string][]string{
		OffsetPagination: {"offset", "skip", "start_index", "page-offset"},
		PagePagination:   {"page", "pageNumber", "PageNo", "page[index]"},
		CursorPagination: {"cursor", "page_cursor", "nextCursor", "page_token", "next-token", "continuationToken", "starting_after", "page[after]"},
		"":               {"pages", "limit", "from", "startPage2x"},
	} {
		for _, name := range names {
			api := mustLoad(t, `
kind: book
methods: {resource: [get, post, head], instance: [get]}
schema: {key: {name: id}, query_params: [{name: "`+name+`", methods: [get, post, head]}, {name: limit, in: header}], items: {properties: {a: {}}}}`)
			r := api.Resources[0]
			for o, want := range map[*Operation]string{
				r.Collection.Operation("get"): style, r.Collection.Operation("head"): style, r.Collection.Operation("post"): "", r.Instance.Operation("get"): "",
			} {
				got := ""
				if o.Pagination != nil {
					got = o.Pagination.Style
				}
				if got != want {
					t.Errorf("%s: %s has pages by %q, want %q", name, o.Name, got, want)
				}
				if o.Pagination != nil && o.Pagination.Size != nil {
					t.Errorf("%s: %s takes the size of its pages from a header", name, o.Name)
				}
			}
		}
	}
}

func TestNamesOfSizes(t *testing.T) {
	for _, name := range []string{"limit", "per_page", "pageSize", "page[limit]", "maxResults", "max-items", "$top"} {
		api := mustLoad(t, `
kind: book
schema: {key: {name: id}, query_params: [{name: offset}, {name: "`+name+`"}], items: {properties: {a: {}}}}`)
		if p := api.Resources[0].Collection.Operation("get").Pagination; p == nil || p.Size == nil || p.Size.Name != name {
			t.Errorf("%s is not how many there are on a page", name)
		}
	}
}

// A size without a position cuts the list off, unless it selects by a property of that name.
func TestSizeParameter(t *testing.T) {
	for _, test := range []struct{ params, want string }{
		{`{name: limit}`, "limit"}, {`{name: page}, {name: perPage}`, "perPage"}, {`{name: page}`, ""}, {`{name: top}`, ""}, {`{name: size}`, ""},
		{`{name: limit, in: header}`, ""},
	} {
		api := mustLoad(t, `
kind: book
methods: {resource: [get, head, delete], instance: [get]}
default_query_params: [`+test.params+`]
schema: {key: {name: id}, items: {properties: {top: {}}}}`)
		r := api.Resources[0]
		for _, o := range append(r.Collection.Operations, r.Instance.Operations...) {
			got, want := "", ""
			if p := o.SizeParameter(); p != nil {
				got = p.Name
			}
			if o.isList() {
				want = test.want
			}
			if got != want {
				t.Errorf("%s: %s is cut off by %q, want %q", test.params, o.Name, got, want)
			}
		}
	}
}
