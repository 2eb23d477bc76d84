package parameter

import (
	"fmt"
	"math/rand/v2"
	"net/textproto"
	"net/url"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// encode writes values as OpenAPI 3.1, section 4.8.12, says.
func encode(o *model.Operation, values Values) Source {
	from := Source{Headers: map[string][]string{}, Cookies: map[string][]string{}}
	var query []string
	for _, p := range o.Parameters {
		v := values[p]
		switch {
		case v == nil:
		case p.In == "path":
			from.Path = append(from.Path, simple(p, v, url.PathEscape))
		case p.In == "header":
			from.Headers[textproto.CanonicalMIMEHeaderKey(p.Name)] = []string{simple(p, v, func(text string) string { return text })}
		default:
			for _, m := range form(p, v) {
				if p.In == "cookie" {
					from.Cookies[m.name] = append(from.Cookies[m.name], m.raw)
				} else {
					query = append(query, url.QueryEscape(m.name)+"="+m.raw)
				}
			}
		}
	}
	from.Query = strings.Join(query, "&")
	return from
}

func plainText(v *value.Value) string {
	if v.Kind == value.KindString {
		return v.Text
	}
	return string(v.AppendJSON(nil, ""))
}

func simple(p *model.Parameter, v *value.Value, escape func(string) string) string {
	var parts []string
	switch v.Kind {
	case value.KindArray:
		for _, item := range v.Items {
			parts = append(parts, escape(plainText(item)))
		}
	case value.KindObject:
		for _, m := range v.Members {
			if p.EffectiveExplode {
				parts = append(parts, escape(m.Name)+"="+escape(plainText(m.Value)))
			} else {
				parts = append(parts, escape(m.Name), escape(plainText(m.Value)))
			}
		}
	default:
		return escape(plainText(v))
	}
	return strings.Join(parts, ",")
}

func form(p *model.Parameter, v *value.Value) (pairs []pair) {
	escape := url.PathEscape
	if p.In == "query" {
		escape = url.QueryEscape
	}
	isObject := v.Kind == value.KindObject
	switch {
	case isObject && p.EffectiveStyle == "deepObject":
		for _, m := range v.Members {
			pairs = append(pairs, pair{p.Name + "[" + m.Name + "]", escape(plainText(m.Value))})
		}
	case isObject && p.EffectiveExplode:
		for _, m := range v.Members {
			pairs = append(pairs, pair{m.Name, escape(plainText(m.Value))})
		}
	case v.Kind == value.KindArray && p.EffectiveExplode:
		for _, item := range v.Items {
			pairs = append(pairs, pair{p.Name, escape(plainText(item))})
		}
	default:
		between := map[string]string{"spaceDelimited": "%20", "pipeDelimited": "|"}[p.EffectiveStyle]
		if between == "" {
			between = ","
		}
		var parts []string
		for _, item := range v.Items {
			parts = append(parts, escape(plainText(item)))
		}
		for _, m := range v.Members {
			parts = append(parts, escape(m.Name), escape(plainText(m.Value)))
		}
		if len(parts) == 0 {
			parts = []string{escape(plainText(v))}
		}
		pairs = []pair{{p.Name, strings.Join(parts, between)}}
	}
	return pairs
}

// randomText returns a text with all that has a meaning somewhere, but for what a place cannot hold.
func randomText(r *rand.Rand, without string) string {
	pieces := []string{"a", "5", "true", "null", ",", "|", " ", "+", "%", "%2C", "&", "=", "[", "]", ";", "/", "é", "€", "-1e5", ".", "\"", "#", "?", "\x00", "0"}
	var b strings.Builder
	for range r.IntN(4) {
		if piece := pieces[r.IntN(len(pieces))]; !strings.ContainsAny(piece, without) {
			b.WriteString(piece)
		}
	}
	return b.String()
}

// TestRoundTrip: what an encoder writes is decoded to what it was, for all styles.
func TestRoundTrip(t *testing.T) {
	const letters = `schema: {type: object, properties: {"a b": {type: string}, "x,y": {type: integer}, z: {type: [boolean, "null"]}}, required: [z]}`
	parameters := []struct{ definition, without string }{ // without is what cannot be written there
		{`{name: n, schema: {type: [number, "null", string]}}`, ""},
		{`{name: a, ` + texts + `}`, ""},
		{`{name: aq, explode: false, ` + texts + `}`, ""},
		{`{name: as, style: spaceDelimited, ` + texts + `}`, " +%"},
		{`{name: ap, style: pipeDelimited, ` + texts + `}`, ""},
		{`{name: o, explode: false, ` + letters + `}`, ""},
		{`{name: oe, schema: {type: object, properties: {e1: {type: string}, e2: {type: integer}}}}`, ""},
		{`{name: "od[", style: deepObject, ` + letters + `}`, ""},
		{`{name: X-A, in: header, ` + texts + `}`, ", "},
		{`{name: X-O, in: header, explode: true, schema: {type: object, properties: {z: {type: string}}}}`, ", ="},
		{`{name: c, in: cookie, ` + texts + `}`, ""},
	}
	var given []string
	for _, p := range parameters {
		given = append(given, p.definition)
	}
	o, d := list(t, given...)
	for seed := range uint64(3_000) {
		r := rand.New(rand.NewPCG(seed, 1))
		want := Values{}
		for i, p := range o.Parameters {
			if r.IntN(3) > 0 {
				want[p] = randomValue(r, p.Shape, parameters[i].without)
			}
		}
		values, faults := d.Decode(o, encode(o, want))
		if len(faults) > 0 || !equal(values, want) {
			t.Fatalf("seed %d: %#v is decoded as\n%s, want\n%s", seed, encode(o, want), told(o, values, faults), told(o, want, nil))
		}
		if again, _ := d.Decode(o, encode(o, values)); !equal(again, want) {
			t.Fatalf("seed %d: not the same twice", seed)
		}
	}
}

// randomValue returns a value that a style can write: no empty array or object, which none can, and no array of a single item
// with a comma or a bar, which is taken for several.
func randomValue(r *rand.Rand, shape *model.Shape, without string) *value.Value {
	switch shape.Kind {
	case model.StringShape:
		return value.String(randomText(r, without))
	case model.IntegerShape:
		return value.Int(r.IntN(2_000) - 1_000)
	case model.BooleanShape:
		if r.IntN(3) == 0 {
			return &value.Value{}
		}
		return value.Bool(r.IntN(2) == 0)
	case model.ArrayShape:
		list := value.Array(value.String(strings.NewReplacer(",", "", "|", "", "%2C", "").Replace(randomText(r, without))))
		for range r.IntN(3) {
			list.Items = append(list.Items, randomValue(r, shape.Item, without))
		}
		return list
	case model.ObjectShape:
		object := value.Object()
		for _, i := range r.Perm(len(shape.Fields)) {
			if f := shape.Fields[i]; f.IsRequired || len(object.Members) == 0 || r.IntN(2) == 0 {
				object.Members = append(object.Members, value.NewMember(f.Name, randomValue(r, f.Shape, without)))
			}
		}
		return object
	}
	return []*value.Value{value.Int(5), {Kind: value.KindNumber, Text: "-1.50e400"}, {}, value.String("x" + randomText(r, without))}[r.IntN(4)]
}

// TestKeysAreToldApart: the text of a key stands for all that are equal, and for no other.
func TestKeysAreToldApart(t *testing.T) {
	_, d := list(t)
	for _, c := range []struct {
		schema string
		groups [][]string // of equal keys
		texts  []string
	}{
		{`{type: integer}`, [][]string{{"1", "1.0", "1e0", "10e-1"}, {"-1"}, {"10", "1e1"}, {"759442650925199925956313088"}, {"1e300"}}, []string{"1", "-1", "10", "759442650925199925956313088", "1e300"}},
		{`{type: string}`, [][]string{{`"1"`}, {`"1.0"`}, {`""`}, {`".."`}, {`"a/b"`}, {`"a,b"`}, {`"é%"`}, {`"null"`}}, []string{"1", "1.0", "", "..", "a/b", "a,b", "é%", "null"}},
		{`{type: [boolean, "null"]}`, [][]string{{"true"}, {"false"}, {"null"}}, []string{"true", "false", "null"}},
		{`{enum: ["1", 2]}`, [][]string{{`"1"`}, {"2", "2.0"}}, []string{"1", "2"}},
	} {
		for i, group := range c.groups {
			for _, text := range group {
				key := parse(t, text)
				if got := Text(key); got != c.texts[i] {
					t.Errorf("%s has the text %q, want %q", text, got, c.texts[i])
				}
				if back, ok := d.Value(parse(t, c.schema), c.texts[i]); !ok || !back.Equal(key) {
					t.Errorf("%q is read as %s, want %s", c.texts[i], back.AppendJSON(nil, ""), text)
				}
			}
		}
	}
	for _, c := range [][2]string{{`{type: integer}`, "x"}, {`{type: integer}`, ""}, {`{type: string, format: uuid}`, "1"}, {`{type: array}`, "1"}} {
		if v, ok := d.Value(parse(t, c[0]), c[1]); ok {
			t.Errorf("%q is a %s: %s", c[1], c[0], v.AppendJSON(nil, ""))
		}
	}
	if got := Text(parse(t, `{"a": [1.0]}`)); got != `{"a":[1.0]}` {
		t.Errorf("an object has the text %s", got)
	}
}

func parse(t testing.TB, text string) *value.Value {
	t.Helper()
	var problems value.Problems
	values := value.Parse("", []byte(text), &problems)
	if len(values) != 1 || len(problems) > 0 {
		t.Fatalf("%s: %v", text, problems)
	}
	return values[0]
}

// FuzzDecode: no request makes the decoder panic, each fault names a parameter or a part of the query, and what it decodes is
// valid and comes back from an encoder.
func FuzzDecode(f *testing.F) {
	o, d := list(f, `{name: n, schema: {type: [number, boolean, "null"]}}`, `{name: a, `+integers+`}`, `{name: q, explode: false, `+texts+`}`,
		`{name: o, style: deepObject, `+point+`}`, `{name: e, schema: {type: object, properties: {x: {type: integer}}}}`, `{name: h, in: header, `+texts+`}`)
	for _, query := range []string{"n=1&a=2&a=3", "q=a%2Cb,c", "o[lat]=1&x=5", "n=%zz&%=1", "a=&q=&n", "%6e=%31", "q=,"} {
		f.Add(query, "a, b")
	}
	f.Fuzz(func(t *testing.T, query, header string) {
		values, faults := d.Decode(o, Source{Query: query, Headers: map[string][]string{"H": {header}}})
		for _, fault := range faults {
			if !strings.HasSuffix(fault.Detail, ".") || !strings.Contains(fault.Detail, fmt.Sprintf("%q", fault.Name)) {
				t.Errorf("%q", fault)
			}
		}
		for p, v := range values {
			if !d.validator.IsValid(p.Schema, v) {
				t.Errorf("%s is %s", p.Name, v.AppendJSON(nil, ""))
			}
			if v.Kind == value.KindArray && (len(v.Items) == 0 || p.Name == "h" || len(v.Items) == 1 && p.Name == "q") {
				delete(values, p) // which no style can write, or not for sure
			}
		}
		if again, faults := d.Decode(o, encode(o, values)); !equal(again, values) {
			t.Errorf("%s, %v", told(o, again, faults), values)
		}
	})
}
