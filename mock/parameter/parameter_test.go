package parameter

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/validate"
	"github.com/firestoned/firestone/model/value"
)

// load returns the API of definitions, and a decoder for it.
func load(t testing.TB, definition string) (*model.API, *Decoder) {
	t.Helper()
	read := func(string) ([]byte, error) { return []byte(definition), nil }
	api, problems := model.Load(read, model.Options{}, "book.yaml")
	if api == nil {
		t.Fatalf("%s\n%s", definition, problems.Error())
	}
	return api, New(validatorOf(api))
}

func validatorOf(api *model.API) *validate.Validator {
	components := map[string]*value.Value{}
	for _, c := range api.Components {
		components[c.Name] = c.Schema
	}
	return validate.New(func(name string) *value.Value { return components[name] })
}

// list returns the operation that lists books, with these parameters.
func list(t testing.TB, parameters ...string) (*model.Operation, *Decoder) {
	t.Helper()
	api, d := load(t, `
kind: book
schema:
  type: array
  key: {name: id}
  query_params: [`+strings.Join(parameters, ", ")+`]
  items: {type: object, properties: {title: {type: string}}}
x-schemas:
  Point: {type: object, properties: {lat: {type: number}, lon: {type: number}}, required: [lat]}
  Tree: {type: object, properties: {name: {type: string}, below: {type: array, items: {$ref: "#/x-schemas/Tree"}}}}
`)
	return api.Resources[0].Collection.Operation("get"), d
}

// told writes what Decode returns: the values in the order of the parameters, or the faults.
func told(o *model.Operation, values Values, faults []Fault) string {
	var lines []string
	for _, f := range faults {
		lines = append(lines, f.Detail)
	}
	if len(lines) > 0 {
		return strings.Join(lines, " ")
	}
	for _, p := range o.Parameters {
		if v := values[p]; v != nil {
			lines = append(lines, p.Name+"="+string(v.AppendJSON(nil, "")))
		}
	}
	return strings.Join(lines, " ")
}

func TestTextsBecomeTheFirstValueThatTheSchemaAccepts(t *testing.T) {
	for _, c := range []struct{ schema, query, want string }{
		{`{type: integer}`, "p=5", `p=5`},
		{`{type: integer}`, "p=5.0", `p=5.0`}, // an integer in JSON Schema
		{`{type: integer}`, "p=1e2", `p=1e2`},
		{`{type: integer}`, "p=759442650925199925956313088", `p=759442650925199925956313088`},
		{`{type: number}`, "p=-0.10", `p=-0.10`},
		{`{type: number}`, "p=0.1000000000000000000000000000001", `p=0.1000000000000000000000000000001`},
		{`{type: integer}`, "p=05", `"p" must be an integer.`},
		{`{type: integer}`, "p=%2B5", `"p" must be an integer.`},
		{`{type: integer}`, "p=+5", `"p" must be an integer.`},
		{`{type: number}`, "p=.5", `"p" must be a number.`},
		{`{type: number}`, "p=NaN", `"p" must be a number.`},
		{`{type: integer}`, "p=", `"p" must be an integer.`},
		{`{type: integer, minimum: 1}`, "p=0", `"p" must be at least 1.`},
		{`{type: boolean}`, "p=true", `p=true`},
		{`{type: boolean}`, "p=True", `"p" must be a boolean.`},
		{`{type: boolean}`, "p=1", `"p" must be a boolean.`},
		{`{type: [integer, "null"]}`, "p=null", `p=null`},
		{`{type: [integer, "null"]}`, "p=", `"p" must be an integer or null.`},
		{`{type: [string, "null"]}`, "p=null", `p=null`},
		{`{type: string}`, "p=null", `p="null"`},
		{`{type: string}`, "p=5", `p="5"`},
		{`{type: string}`, "p=", `p=""`},
		{`{type: string}`, "p", `p=""`},
		{`{type: string}`, "p=a=b", `p="a=b"`},
		{`{type: string}`, "p=a+b%20c%2Bd", `p="a b c+d"`},
		{`{type: string}`, "p=%C3%A9%E2%82%AC", `p="é€"`},
		{`{type: string}`, "p=%00%0a", `p="\u0000\n"`},
		{`{type: string, minLength: 3}`, "p=12", `"p" must have at least 3 characters.`},
		{`{type: string, minLength: 3, pattern: "^a"}`, "p=12", `"p" must have at least 3 characters. "p" must match the pattern ^a.`},
		{`{type: [integer, string]}`, "p=5", `p=5`},
		{`{type: [string, integer]}`, "p=5", `p=5`},
		{`{type: [string, integer]}`, "p=5a", `p="5a"`},
		{`{type: [integer, string], minimum: 9, minLength: 1}`, "p=5", `p="5"`},
		{`{enum: ["1", 2, true, "true"]}`, "p=1", `p="1"`},
		{`{enum: ["1", 2, true, "true"]}`, "p=2.0", `p=2.0`},
		{`{enum: ["1", 2, true, "true"]}`, "p=true", `p=true`},
		{`{enum: [red, green]}`, "p=blue", `"p" must be one of "red" or "green".`},
		{`{enum: [red, green]}`, "p=5", `"p" must be one of "red" or "green".`},
		{`{anyOf: [{type: integer, minimum: 1}, {type: "null"}]}`, "p=0", `"p" must be at least 1.`},
		{`{anyOf: [{type: string, minLength: 3}, {type: "null"}]}`, "p=12", `"p" must have at least 3 characters.`},
		{`{anyOf: [{type: string, minLength: 3}, {type: "null"}]}`, "p=null", `p=null`},
		{`{}`, "p=5", `p=5`}, {`{}`, "p=a", `p="a"`}, {`{}`, "p=a&p=5", `p=["a",5]`},
		{`{type: integer, default: 7}`, "", ``}, // a default is not given
		{`{type: integer}`, "q=5&P=5&p%20=5", ``},
		{`{type: integer}`, "p=5&p=5", `"p" is given 2 times, but can be given only once.`},
		{`{type: integer}`, "&&p=5&", `p=5`},
	} {
		o, d := list(t, `{name: p, schema: `+c.schema+`}`)
		values, faults := d.Decode(o, Source{Query: c.query})
		if got := told(o, values, faults); got != c.want {
			t.Errorf("%s of %s: got %s, want %s", c.query, c.schema, got, c.want)
		}
	}
}

const (
	integers = `schema: {type: array, items: {type: integer}}`
	texts    = `schema: {type: array, items: {type: string}}`
	point    = `schema: {$ref: "#/x-schemas/Point"}`
	anything = `schema: {type: object, additionalProperties: {type: [integer, string]}}`
)

func TestStylesOfQueries(t *testing.T) {
	for _, c := range []struct{ parameter, query, want string }{
		{`name: p, ` + integers, "p=1&q=5&p=2", `p=[1,2]`},
		{`name: p, ` + integers, "p=1,2", `Item 0 of "p" must be an integer.`},
		{`name: p, ` + integers, "p=1&p=x&p=y", `Item 1 of "p" must be an integer. Item 2 of "p" must be an integer.`},
		{`name: p, ` + integers, "p=", `p=[]`},
		{`name: p, ` + texts, "p=", `p=[""]`},
		{`name: p, ` + texts, "p=1&p=true&p=null", `p=["1","true","null"]`},
		{`name: p, ` + texts, "p=a,b&p=c%2Cd", `p=["a,b","c,d"]`},
		{`name: p, explode: false, ` + texts, "p=a,b", `p=["a","b"]`},
		{`name: p, explode: false, ` + texts, "p=a%2Cb", `p=["a","b"]`}, // as most clients encode
		{`name: p, explode: false, ` + texts, "p=a%2cb,c", `p=["a,b","c"]`},
		{`name: p, explode: false, schema: {type: array, items: {enum: ["a,b", c]}}`, "p=a%2Cb", `p=["a,b"]`},
		{`name: p, explode: false, ` + texts, "p=a,,b,", `p=["a","","b",""]`},
		{`name: p, explode: false, ` + texts, "p=", `p=[""]`},
		{`name: p, explode: false, ` + integers, "p=", `p=[]`},
		{`name: p, explode: false, ` + texts, "p=a&p=b", `"p" is given 2 times, but takes all its values at once, separated by commas.`},
		{`name: p, style: spaceDelimited, ` + texts, "p=a%20b+c", `p=["a","b","c"]`},
		{`name: p, style: pipeDelimited, ` + texts, "p=a|b", `p=["a","b"]`},
		{`name: p, style: pipeDelimited, ` + texts, "p=a%7cb", `p=["a","b"]`},
		{`name: p, style: pipeDelimited, ` + texts, "p=a%7Cb|c,d", `p=["a|b","c,d"]`},
		{`name: p, style: pipeDelimited, explode: true, ` + texts, "p=a|b&p=c", `p=["a|b","c"]`},
		{`name: p, schema: {type: array, items: {type: [integer, "null"]}, maxItems: 2}`, "p=1&p=null", `p=[1,null]`},
		{`name: p, schema: {type: array, items: {type: integer}, maxItems: 2}`, "p=1&p=2&p=3", `"p" must have at most 2 items.`},
		{`name: p, schema: {type: array, prefixItems: [{type: string}, {type: integer}], items: {type: boolean}}`, "p=1&p=1&p=true", `p=["1",1,true]`},
		{`name: p, schema: {type: [array, "null"], items: {type: string}}`, "p=null", `p=null`},
		{`name: p, schema: {type: [array, "null"], items: {type: string}}`, "p=null&p=a", `p=["null","a"]`},
		{`name: p, schema: {anyOf: [{type: string, maxLength: 1}, {type: array, items: {type: integer}}]}`, "p=5", `p="5"`},
		{`name: p, schema: {anyOf: [{type: string, maxLength: 1}, {type: array, items: {type: integer}}]}`, "p=15", `p=[15]`},
		{`name: p, schema: {enum: [["1"], [2]]}`, "p=1&p=2", `"p" must be one of ["1"] or [2].`},
		{`name: p, schema: {type: array, const: ["1", "2"]}`, "p=1&p=2", `p=["1","2"]`},

		{`name: p, ` + point, "lat=1.50&lon=2", `p={"lat":1.50,"lon":2}`},
		{`name: p, ` + point, "p=1", `"p" must be given property by property, as in name=value.`},
		{`name: p, ` + point, "lon=2", `"lat" of "p" is required.`},
		{`name: p, ` + point, "lat=x", `"lat" of "p" must be a number.`},
		{`name: p, ` + point, "lat=1&lat=2", `"p" has the property "lat" 2 times.`},
		{`name: p, ` + point, "height=5", ``},
		{`name: p, explode: false, ` + point, "p=lat,1,lon,2", `p={"lat":1,"lon":2}`},
		{`name: p, explode: false, ` + point, "p=lat%2C1%2Clon%2C2", `p={"lat":1,"lon":2}`},
		{`name: p, explode: false, ` + point, "p=lat,1,lon", `"p" must alternate names and values, separated by commas.`},
		{`name: p, explode: false, ` + point, "p=lat,1,lat,2", `"p" has the property "lat" 2 times.`},
		{`name: p, style: spaceDelimited, ` + point, "p=lat%201+lon%202", `p={"lat":1,"lon":2}`},
		{`name: p, style: pipeDelimited, ` + point, "p=lat|1", `p={"lat":1}`},
		{`name: p, style: deepObject, ` + point, "p[lat]=1&p%5Blon%5D=2&p=3&lat=9", `p={"lat":1,"lon":2}`},
		{`name: p, style: deepObject, ` + point, "p=3", `"p" must be given property by property, as in p[name]=value.`},
		{`name: p, style: deepObject, ` + anything, "p[a]b]=1&p[]=x&p[a][b]=2&p[a=3", `p={"a]b":1,"":"x","a][b":2}`},
		{`name: p, style: deepObject, schema: {$ref: "#/x-schemas/Tree"}`, "p[name]=5", `p={"name":"5"}`},
		{`name: p, style: deepObject, schema: {type: object, properties: {of: {type: array, items: {type: integer}}}}`, "p[of]=1&p[of]=2", `p={"of":[1,2]}`},
		{`name: p, ` + anything, "b=1&a=x", `p={"b":1,"a":"x"}`},
		{`name: p, schema: {oneOf: [{$ref: "#/x-schemas/Point"}, {type: string}]}`, "p=here", `p="here"`},
		{`name: p, schema: {oneOf: [{$ref: "#/x-schemas/Point"}, {type: string}]}`, "lat=5", `p={"lat":5}`},
	} {
		o, d := list(t, "{"+c.parameter+"}")
		values, faults := d.Decode(o, Source{Query: c.query})
		if got := told(o, values, faults); got != c.want {
			t.Errorf("%s of %s: got %s, want %s", c.query, c.parameter, got, c.want)
		}
	}
}

// An open object takes what nothing else of the operation does.
func TestOpenObjectsTakeTheRest(t *testing.T) {
	o, d := list(t, `{name: rest, `+anything+`}`, `{name: limit, schema: {type: integer}}`, `{name: near, style: deepObject, `+point+`}`)
	values, faults := d.Decode(o, Source{Query: "x=1&limit=2&near[lat]=3&y=z"})
	if got, want := told(o, values, faults), `rest={"x":1,"y":"z"} limit=2 near={"lat":3}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if unknown := Unknown(o, "x=1&y=2"); len(unknown) > 0 {
		t.Errorf("unknown are %v", unknown)
	}
}

func TestHeadersAndCookies(t *testing.T) {
	for _, c := range []struct {
		parameter string
		given     map[string][]string
		want      string
	}{
		{`name: x-rate, in: header, schema: {type: integer}`, map[string][]string{"X-Rate": {"5"}}, `x-rate=5`},
		{`name: X-Rate, in: header, schema: {type: integer}`, map[string][]string{"X-Rate": {"5", "6"}}, `"X-Rate" is given 2 times, but can be given only once.`},
		{`name: X-Date, in: header, schema: {type: string}`, map[string][]string{"X-Date": {"Mon, 2%20+"}}, `X-Date="Mon, 2%20+"`}, // nothing is decoded
		{`name: X-Name, in: header, schema: {type: string}`, map[string][]string{"X-Name": {"\xe9"}}, `"X-Name" is not valid UTF-8.`},
		{`name: X-Tags, in: header, ` + texts, map[string][]string{"X-Tags": {"a ,\tb", "c"}}, `X-Tags=["a","b","c"]`},
		{`name: X-Tags, in: header, ` + integers, map[string][]string{"X-Tags": {""}}, `X-Tags=[]`},
		{`name: X-Point, in: header, ` + point, map[string][]string{"X-Point": {"lat, 1", "lon, 2"}}, `X-Point={"lat":1,"lon":2}`},
		{`name: X-Point, in: header, explode: true, ` + point, map[string][]string{"X-Point": {"lat=1,lon=2"}}, `X-Point={"lat":1,"lon":2}`},
		{`name: X-Point, in: header, explode: true, ` + point, map[string][]string{"X-Point": {"lat"}}, `"X-Point" must list its properties as name=value, separated by commas.`},
		{`name: X-Must, in: header, required: true`, map[string][]string{}, `"X-Must" is required.`},
		{`name: c, in: cookie, schema: {type: integer}`, map[string][]string{"c": {"5"}, "C": {"6"}}, `c=5`},
		{`name: c, in: cookie, schema: {type: string}`, map[string][]string{"c": {"a%20b+c"}}, `c="a b+c"`},
		{`name: c, in: cookie, schema: {type: string}`, map[string][]string{"c": {"100%"}}, `c="100%"`},
		{`name: c, in: cookie, ` + integers, map[string][]string{"c": {"1", "2"}}, `c=[1,2]`},
		{`name: c, in: cookie, explode: false, ` + integers, map[string][]string{"c": {"1,2"}}, `c=[1,2]`},
		{`name: c, in: cookie, ` + point, map[string][]string{"lon": {"1"}, "lat": {"2"}}, `c={"lat":2,"lon":1}`},
		{`name: c, in: cookie, explode: false, ` + point, map[string][]string{"c": {"lat,2"}}, `c={"lat":2}`},
	} {
		o, d := list(t, "{"+c.parameter+"}")
		values, faults := d.Decode(o, Source{Headers: c.given, Cookies: c.given})
		if got := told(o, values, faults); got != c.want {
			t.Errorf("%v of %s: got %s, want %s", c.given, c.parameter, got, c.want)
		}
	}
}

func TestPaths(t *testing.T) {
	for _, c := range []struct{ schema, segment, want string }{
		{`{type: string}`, "a%2Fb+c", `id="a/b+c"`},
		{`{type: string}`, "", `id=""`}, {`{type: string}`, "..", `id=".."`}, {`{type: string}`, "%C3%BC", `id="ü"`},
		{`{type: string}`, "a,b", `id="a,b"`},
		{`{type: string}`, "%zz", `"id" has a % that is not followed by two hexadecimal digits.`},
		{`{type: string}`, "%FF", `"id" is not valid UTF-8.`},
		{`{type: integer}`, "1.0", `id=1.0`}, {`{type: integer}`, "x", `"id" must be an integer.`},
		{`{type: string, format: uuid}`, "x", `"id" is not a valid UUID.`},
	} {
		api, d := load(t, `{kind: book, schema: {key: {name: id, schema: `+c.schema+`}, items: {properties: {title: {type: string}}}}}`)
		o := api.Resources[0].Instance.Operation("get")
		values, faults := d.Decode(o, Source{Path: []string{c.segment}})
		if got := told(o, values, faults); got != c.want {
			t.Errorf("%s of %s: got %s, want %s", c.segment, c.schema, got, c.want)
		}
	}
}

func TestNamesAreDecoded(t *testing.T) {
	o, d := list(t, `{name: "page[size]", schema: {type: integer}}`, `{name: größe, schema: {type: integer}}`, `{name: "a b", schema: {type: integer}}`, `{name: "50%", schema: {type: integer}}`, `{name: "$top", schema: {type: integer}}`)
	values, faults := d.Decode(o, Source{Query: "page%5Bsize%5D=1&gr%C3%B6%C3%9Fe=2&a+b=3&50%25=4&$top=5"})
	if got, want := told(o, values, faults), `page[size]=1 größe=2 a b=3 50%=4 $top=5`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	values, faults = d.Decode(o, Source{Query: "page[size]=1&größe=2&a%20b=3"})
	if got, want := told(o, values, faults), `page[size]=1 größe=2 a b=3`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// All faults are told at once, in the order of the parameters, but for names that cannot be read.
func TestAllFaultsAtOnce(t *testing.T) {
	o, d := list(t, `{name: a, required: true}`, `{name: b, schema: {type: integer}}`, `{name: c}`, `{name: d, `+integers+`}`, `{name: e, in: header, required: true}`)
	_, faults := d.Decode(o, Source{Query: "d=x&d=1&d=y&c=%&b=x&%zz=1&%FF=2&other=%"})
	want := []Fault{
		{"%zz", `"%zz" in the query has a % that is not followed by two hexadecimal digits.`},
		{"a", `"a" is required.`},
		{"b", `"b" must be an integer.`},
		{"c", `"c" has a % that is not followed by two hexadecimal digits.`},
		{"d", `Item 0 of "d" must be an integer.`},
		{"d", `Item 2 of "d" must be an integer.`},
		{"e", `"e" is required.`},
	}
	if !slices.Equal(faults, want) {
		t.Errorf("got %q", faults)
	}
}

func TestUnknownNames(t *testing.T) {
	api, _ := load(t, `
kind: book
security: {scheme: {key: {type: apiKey, in: query, name: api_key}}}
schema:
  key: {name: id}
  query_params:
    - {name: title}
    - {name: near, style: deepObject, schema: {type: object, properties: {lat: {type: number}}}}
    - {name: box, schema: {type: object, properties: {width: {type: number}}}}
    - {name: X-Tag, in: header}
  items: {properties: {title: {type: string}}}
`)
	o := api.Resources[0].Collection.Operation("get")
	for query, want := range map[string][]string{
		"": nil, "title=1&near[lat]=2&near[x]=3&width=4&api_key=5&lastEventId=6": nil,
		"titel=1&titel=2": {`"titel" is not a parameter of this operation; did you mean "title"?`},
		"with=1":          {`"with" is not a parameter of this operation; did you mean "width"?`},
		"X-Tag=1":         {`"X-Tag" is not a parameter of this operation.`},
		"box=1&%FF&=2":    {`"box" is not a parameter of this operation.`, `"` + "\uFFFD" + `" is not a parameter of this operation.`, `"" is not a parameter of this operation.`},
		"%zz=1":           nil, // which Decode tells
	} {
		var got []string
		for _, f := range Unknown(o, query, "lastEventId") {
			got = append(got, f.Detail)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", query, got, want)
		}
	}
	var many strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&many, "&%s%d=1", strings.Repeat("title", 15), i)
	}
	start := time.Now()
	if got := Unknown(o, many.String()); len(got) != maxUnknown || got[19].Name != strings.Repeat("title", 15)+"19" {
		t.Errorf("got %d: %v", len(got), got[len(got)-1])
	}
	if spent := time.Since(start); spent > 5*time.Second {
		t.Errorf("unknown names took %v", spent)
	}
}

// TestHostileRequestsEndSoon: none of these may take long or panic.
func TestHostileRequestsEndSoon(t *testing.T) {
	o, d := list(t, `{name: p, schema: {type: integer, minimum: 1, multipleOf: 3}}`, `{name: a, `+integers+`}`, `{name: s, schema: {type: string, pattern: "^(a+)+$"}}`,
		`{name: l, schema: {type: array, items: {type: string, pattern: "^(a+)+$"}}}`, `{name: c, explode: false, `+texts+`}`,
		`{name: o, style: deepObject, `+anything+`}`, `{name: rest, `+anything+`}`)
	hostile := strings.Repeat("a", 60) + "!"
	for name, query := range map[string]string{
		"a number of a million digits": "p=" + strings.Repeat("7", 1_000_000),
		"a large exponent":             "p=1e999999999999",
		"10,000 items":                 strings.Repeat("a=1&", 10_000),
		"10,000 items that do not fit": strings.Repeat("a=x&", 10_000),
		"10,000 parameters":            strings.Repeat("p=1&q%20=%zz&", 10_000),
		"a pattern":                    "s=" + hostile,
		"many patterns":                strings.Repeat("l="+hostile+"&", 1_000),
		"many commas":                  "c=" + strings.Repeat(",", 300_000),
		"many encoded commas":          "c=" + strings.Repeat("%2C", 300_000),
		"many properties":              strings.Repeat("o[x]=1&y=1&", 10_000),
		"many names":                   manyNames(10_000),
		"ampersands":                   strings.Repeat("&", 1_000_000),
		"percent signs":                strings.Repeat("%", 1_000_000),
	} {
		start := time.Now()
		d.Decode(o, Source{Query: query})
		if spent := time.Since(start); spent > 10*time.Second {
			t.Errorf("%s: %v", name, spent)
		}
	}
	if _, faults := d.Decode(o, Source{Path: nil, Query: "s=" + hostile}); len(faults) != 1 || !strings.Contains(faults[0].Detail, "pattern") {
		t.Errorf("the pattern gives %v", faults)
	}
	if values, faults := d.Decode(o, Source{Query: "s=aaa"}); len(values) != 1 || faults != nil {
		t.Errorf("after the hostile one: %v", faults)
	}
}

func manyNames(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "o[%d]=%d&r%d=x&", i, i, i)
	}
	return b.String()
}

// The examples of the library's parameters are what the operations decode.
func TestExamplesOfTheLibrary(t *testing.T) {
	read := func(path string) ([]byte, error) { return os.ReadFile("../../examples/library/" + path) }
	api, problems := model.Load(read, model.Options{}, "author.yaml", "book.yaml", "member.yaml")
	if api == nil {
		t.Fatal(problems.Error())
	}
	d := New(validatorOf(api))
	decoded := 0
	for _, r := range api.Resources {
		for _, l := range r.Levels {
			for _, o := range l.Operations {
				want := Values{}
				for _, p := range o.Parameters {
					if p.Example == nil {
						t.Errorf("%s: %s has no example", o.Name, p.Name)
					}
					want[p] = p.Example
				}
				values, faults := d.Decode(o, encode(o, want))
				if len(faults) > 0 || !equal(values, want) {
					t.Errorf("%s: %s, want %s", o.Name, told(o, values, faults), told(o, want, nil))
				}
				decoded += len(values)
			}
		}
	}
	if decoded < 30 {
		t.Errorf("only %d parameters were decoded", decoded)
	}
}

func equal(a, b Values) bool {
	if len(a) != len(b) {
		return false
	}
	for p, v := range a {
		if !v.Equal(b[p]) {
			return false
		}
	}
	return true
}
