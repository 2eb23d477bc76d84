package model

import (
	"strings"
	"testing"
)

// answers lists each operation with its responses: their statuses, * where several operations share one, ? where
// it can only be with conditional requests, and the headers of the first.
func answers(api *API) []string {
	var list []string
	for _, r := range api.Resources {
		for _, l := range r.Levels {
			for _, o := range l.Operations {
				line := o.Name + ":"
				for i, response := range o.Responses {
					line += " " + response.Status
					if response.Name != "" {
						line += "*"
					}
					if response.IsConditional {
						line += "?"
					}
					if i == 0 {
						for _, h := range response.Headers {
							line += " " + h.Name
						}
						line += ";"
					}
				}
				list = append(list, line)
			}
		}
	}
	return list
}

func TestResponses(t *testing.T) {
	api := mustLoad(t, `
kind: problem
methods: {resource: [get, head, post, delete], instance: [get, put, head, delete], instance_attrs: [get, put]}
security: {scheme: {token: {type: http, scheme: bearer}}, resource: [post]}
schema:
  type: array
  key: {name: id}
  query_params:
    - {name: pageSize, schema: {type: integer}}
    - {name: page, schema: {type: integer}}
    - {name: if-match, in: header, methods: [delete]}
  items: {type: object, properties: {not_found: {type: string}, secret: {type: string, writeOnly: true}}}
`)
	same(t, answers(api), []string{
		"listProblems: 200 Link X-Total-Count; 400* default*",
		"headProblems: 200 Link X-Total-Count; 400 default",
		"createProblem: 201 Location ETag; 400* 401* 403* 415* 422* default*",
		"deleteProblems: 204; 400* 412 default*",
		"getProblem: 200* ETag; 404* default*",
		"headProblem: 200 ETag; 404 default",
		"replaceProblem: 200* ETag; 400* 404* 412*? 415* 422* default*",
		"deleteProblem: 204; 400* 404* 412 default*",
		"getProblemNotFound: 200* ETag; 404* default*",
		"replaceProblemNotFound: 200* ETag; 400* 404* 412*? 415* 422* default*",
		"replaceProblemSecret: 204; 400* 404* 412*? 415* 422* default*",
	})
	var names []string
	for _, r := range api.Responses {
		names = append(names, r.Name)
	}
	if got, want := strings.Join(names, " "), "ProblemResponse ProblemNotFoundResponse BadRequest Unauthorized Forbidden NotFound "+
		"PreconditionFailed UnsupportedMediaType UnprocessableContent UnexpectedProblem"; got != want {
		t.Errorf("the shared responses are\n%s, want\n%s", got, want)
	}
	if got := api.Problem.Name; got != "ProblemDetails" {
		t.Errorf("what failures return is called %s; a resource has the name Problem", got)
	}
}

// A patch of a collection can name what does not exist, and an answer to an unknown kind of patch says which are known
// (RFC 5789, section 2.2).
func TestResponsesOfPatches(t *testing.T) {
	api := mustLoad(t, `
kind: book
methods: {resource: [post, patch], instance: [patch]}
schema: {type: array, key: {name: id}, items: {type: object, properties: {title: {type: string}}}}
`)
	same(t, answers(api), []string{
		"createBook: 201 Location ETag; 400* 415* 422* default*",
		"updateBooks: 200; 400* 409* 415* 422* default*",
		"updateBook: 200 ETag; 400* 404* 412*? 415* 422* default*",
	})
	for _, o := range []*Operation{api.Resources[0].Collection.Operation("patch"), api.Resources[0].Instance.Operation("patch")} {
		for _, r := range o.Responses {
			if r.Status == "415" && (len(r.Headers) != 1 || r.Headers[0].Name != "Accept-Patch") {
				t.Errorf("%s: the response %s has %d headers", o.Name, r.Name, len(r.Headers))
			}
		}
	}
	for _, r := range api.Resources[0].Collection.Operation("post").Responses {
		if r.Status == "415" && len(r.Headers) > 0 {
			t.Errorf("%s has headers; createBook is no patch", r.Name)
		}
	}
}

func TestResponsesKeepClearOfSchemas(t *testing.T) {
	api := mustLoad(t, `
kind: not_found
schema: {type: array, key: {name: id}, items: {type: object, properties: {a: {$ref: "#/x-schemas/conflict"}, b: {$ref: "#/x-schemas/not_found_response"}}}}
x-schemas: {conflict: {type: object}, not_found_response: {type: string}}
`)
	var names []string
	for _, r := range api.Responses {
		names = append(names, r.Name)
	}
	want := "NotFoundResponse2 BadRequest NotFound2 PreconditionFailed UnsupportedMediaType UnprocessableContent UnexpectedProblem"
	if got := strings.Join(names, " "); got != want {
		t.Errorf("the shared responses are\n%s, want\n%s", got, want)
	}
	names = nil
	for _, r := range api.MoreFailures {
		names = append(names, r.Status+" "+r.Name)
	}
	same(t, names, []string{"402 PaymentRequired", "406 NotAcceptable", "408 RequestTimeout", "409 Conflict2", "413 ContentTooLarge", "429 TooManyRequests",
		"500 InternalServerError", "502 BadGateway", "503 ServiceUnavailable", "504 GatewayTimeout"})
}

// A conflict is one that the definition shows: with a key that the client gives, or without what is required.
func TestConflicts(t *testing.T) {
	api := mustLoad(t, `
kind: book
methods: {resource: [post, delete], instance: [put, patch, delete], instance_attrs: [put, delete]}
schema:
  type: array
  key: {name: isbn}
  items: {type: object, properties: {isbn: {type: string}, title: {type: string}, pages: {type: integer}}, required: [title]}
`)
	var conflicts []string
	for _, line := range answers(api) {
		if strings.Contains(line, " 409*") {
			conflicts = append(conflicts, strings.Split(line, ":")[0])
		}
	}
	same(t, conflicts, []string{"createBook", "deleteBookTitle"})
}

// Failures that no definition implies stand beside the responses, with their headers, and are in none of the lists.
func TestMoreFailures(t *testing.T) {
	api := mustLoad(t, `
kind: book
methods: {resource: [head, post], instance: [get, delete]}
schema: {type: array, key: {name: id}, items: {type: object, properties: {id: {type: string}}}}
`)
	var got []string
	for _, r := range api.Resources {
		for _, l := range r.Levels {
			for _, o := range l.Operations {
				line := o.Name + ":"
				for _, f := range o.MoreFailures {
					line += " " + f.Status
					if f.Name == "" && f.Body == nil {
						line += "-"
					}
					for _, h := range f.Headers {
						line += " " + h.Name
					}
				}
				got = append(got, line)
			}
		}
	}
	same(t, got, []string{
		"headBooks: 402- 406- 408- 429- Retry-After 500- 502- 503- Retry-After 504-",
		"createBook: 402 406 408 413 429 Retry-After 500 502 503 Retry-After 504",
		"getBook: 402 406 408 429 Retry-After 500 502 503 Retry-After 504",
		"deleteBook: 402 408 409 429 Retry-After 500 502 503 Retry-After 504",
	})
	if len(api.MoreFailures) != 10 {
		t.Errorf("%d failures are shared, want 10", len(api.MoreFailures))
	}
	for _, h := range api.Headers {
		if h.Name == "Retry-After" {
			t.Error("Retry-After is a header of responses that nobody asked for")
		}
	}
	for _, r := range api.Responses {
		if r.Status == "429" {
			t.Error("429 is a response that no definition implies")
		}
	}
}

func TestPagination(t *testing.T) {
	for _, test := range []struct{ names, want string }{
		{"limit offset", "offset offset limit"},
		{"page per_page", "page page per_page"},
		{"pageNumber page-size", "page pageNumber page-size"},
		{"page[number] page[size]", "page page[number] page[size]"},
		{"cursor limit", "cursor cursor limit"},
		{"pageToken", "cursor pageToken "},
		{"limit", ""},
		{"pages title", ""},
	} {
		text := "kind: book\nschema: {type: array, key: {name: id}, items: {type: object, properties: {a: {type: string}}}, query_params: ["
		for _, called := range strings.Fields(test.names) {
			text += `{name: "` + called + `"}, `
		}
		api := mustLoad(t, text+"]}\n")
		list := api.Resources[0].Collection.Operation("get")
		got := ""
		if p := list.Pagination; p != nil {
			got = p.Style + " " + p.Position.Name + " "
			if p.Size != nil {
				got += p.Size.Name
			}
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.names, got, test.want)
		}
		if api.Resources[0].Collection.Operation("post").Pagination != nil {
			t.Errorf("%s: creating comes in pages", test.names)
		}
	}
}

func TestParametersAreShared(t *testing.T) {
	files := map[string]string{}
	var paths []string
	for _, kind := range []string{"author", "book", "film"} {
		limit := "20"
		if kind == "film" {
			limit = "50"
		}
		files[kind] = "kind: " + kind + `
methods: {resource: [get, head], instance: [get], instance_attrs: [get]}
schema:
  type: array
  key: {name: id}
  query_params: [{name: limit, schema: {type: integer, default: ` + limit + `}}, {name: title, methods: [get]}, {name: ` + kind + `_only, methods: [head]}]
  items: {type: object, properties: {a: {$ref: "#/x-schemas/limit"}}}
x-schemas: {limit: {type: object}}
`
		paths = append(paths, kind)
	}
	api, problems := load(t, files, paths...)
	if api == nil {
		t.Fatal(problems)
	}
	var keys []string
	for _, p := range api.Parameters {
		keys = append(keys, p.Key)
	}
	// The parameters of two paths share a key with their instance; limit would be called as the schema Limit is.
	want := "limit_parameter title id book_id film_limit_parameter film_id"
	if got := strings.Join(keys, " "); got != want {
		t.Errorf("shared are %s, want %s", got, want)
	}
}

// A failure that no operation refers to is in no list: none can have it, or all that can say it in full.
func TestMoreFailuresThatNobodyRefersTo(t *testing.T) {
	for text, want := range map[string]string{
		"methods: {resource: [get], instance: [get]}":                  "402 406 408 429 500 502 503 504",
		"methods: {resource: [head], instance: [head]}":                "",
		"methods: {resource: [], instance: [delete]}":                  "402 408 409 429 500 502 503 504",
		"methods: {resource: [], instance: [], instance_attrs: [put]}": "",
	} {
		api := mustLoad(t, "kind: book\n"+text+"\nschema: {key: {name: id}, items: {properties: {\"a b\": {type: string}}}}\n")
		var got []string
		for _, r := range api.MoreFailures {
			got = append(got, r.Status)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v are shared, want %s", text, got, want)
		}
	}
}
