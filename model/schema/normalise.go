package schema

import (
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// Normalise returns the schema in the spelling of JSON Schema 2020-12. What drafts 4 to 7 and OpenAPI 3.0 write
// differently is rewritten, what no document can contain is dropped, and unknown keywords are kept as x-NAME. Order and
// positions are kept. A schema for which Check reports no errors is valid afterwards; faulty parts of others pass
// through. Normal schemas are returned equal. Unknown and faulty keywords of a foreign schema are dropped if they are
// not assertions.
//
// resolve is called for each reference (the $ref with its text, or one name of a discriminator's mapping) and returns
// the reference to write instead, such as RefTo("Money"), or false to keep it. It may be nil.
func Normalise(v *value.Value, at Place, resolve func(*value.Member) (*value.Value, bool)) *value.Value {
	if resolve == nil {
		resolve = func(*value.Member) (*value.Value, bool) { return nil, false }
	}
	return normaliser{resolve, at == Foreign}.schema(v, at)
}

type normaliser struct {
	resolve   func(*value.Member) (*value.Value, bool)
	isForeign bool
}

// draft is a schema being normalised.
type draft struct {
	at     Place
	source *value.Value
	out    *value.Value
	extra  []*value.Value // additional schemas that apply as well
}

func (n normaliser) schema(v *value.Value, at Place) *value.Value {
	if at == Property {
		v, at = unwrap(v), Anywhere
	}
	if !v.Is(value.KindObject) {
		return v
	}
	d := &draft{at: at, source: v, out: &value.Value{Kind: value.KindObject, Pos: v.Pos}}
	if len(v.Members) > 0 {
		d.out.Members = make([]value.Member, 0, len(v.Members))
	}
	for _, m := range v.Members {
		n.member(d, m)
	}
	if len(d.extra) > 0 {
		if len(d.out.Members) == 0 && len(d.extra) == 1 {
			d.out = d.extra[0]
		} else {
			all := d.out.Get("allOf")
			if all == nil {
				all = &value.Value{Pos: v.Pos}
			}
			d.out.Set("allOf", &value.Value{Kind: value.KindArray, Items: slices.Concat(d.extra, all.Items), Pos: all.Pos})
		}
	}
	if v.Get("nullable").IsTrue() {
		return OrNull(d.out)
	}
	return d.out
}

// unwrap returns the schema of a direct property: the value of its keyword schema, combined with the keywords beside it
// except expose; the latter take precedence. Its references are kept as x-references.
func unwrap(v *value.Value) *value.Value {
	inner := v.Get("schema")
	if !isSchema(inner) {
		return edit(v, func(m value.Member) (value.Member, bool) { return ownKeyword(m), m.Name != "expose" })
	}
	out := &value.Value{Kind: value.KindObject, Pos: v.Pos}
	for _, m := range v.Members {
		switch m.Name {
		case "expose":
		case "schema":
			for _, under := range inner.Members {
				if under.Name == "schema" || under.Name == "expose" || !v.Has(under.Name) {
					out.Members = append(out.Members, under)
				}
			}
		default:
			out.Members = append(out.Members, ownKeyword(m))
		}
	}
	if inner.IsFalse() {
		out.Set("not", value.Object())
	}
	if len(out.Members) == 0 && inner.Is(value.KindBool) {
		return inner
	}
	return out
}

// ownKeyword returns the name in documents of a keyword that is specific to direct properties.
func ownKeyword(m value.Member) value.Member {
	if m.Name == "references" {
		m.Name = extensionName(m.Name)
	}
	return m
}

// member writes one keyword in its 2020-12 form.
func (n normaliser) member(d *draft, m value.Member) {
	known, ok := keywords[m.Name]
	switch {
	case dropped[m.Name] || m.Name == "nullable":
	case IsExtension(m.Name):
		d.put(m)
	case n.isForeign && (!ok || noteFault(m) != nil):
	case !ok:
		n.unknown(d, m)
	case m.Name == "$ref" || m.Name == "$dynamicRef" || m.Name == "$recursiveRef":
		n.reference(d, m)
	case m.Name == "items" || m.Name == "additionalItems":
		n.items(d, m)
	case known.shape == dependencies:
		n.dependencies(d, m)
	case known.shape == aBound || m.Name == "minimum" || m.Name == "maximum":
		d.bound(m)
	case m.Name == "example" || m.Name == "examples":
		d.examples(m)
	case known.shape == externalPage && pageFault(m.Value) != "":
		n.unknown(d, m)
	case known.shape == aDiscriminator:
		n.discriminator(d, m)
	case known.shape == typeNames || known.shape == enumList || known.shape == nameList || known.shape == nameLists:
		d.list(known.shape, m)
	case known.shape == aPattern || known.shape == patternMap:
		n.patterns(d, known.shape, m)
	default:
		m.Value = rewriteShape(known.shape, m.Value, n.below(d, m.Name))
		d.put(m)
	}
}

// below returns the function that normalises the schemas under a keyword.
func (n normaliser) below(d *draft, name string) func(*value.Value) *value.Value {
	at := Anywhere
	if d.at == Resource && name == "properties" {
		at = Property
	}
	return func(sub *value.Value) *value.Value { return n.schema(sub, at) }
}

// put adds a keyword. An existing one stays: a 2020-12 spelling takes precedence over an older one.
func (d *draft) put(m value.Member) {
	if !d.out.Has(m.Name) {
		d.out.Members = append(d.out.Members, m)
	}
}

func (n normaliser) unknown(d *draft, m value.Member) {
	m.Name = extensionName(m.Name)
	if !d.source.Has(m.Name) {
		d.put(m)
	}
}

func (n normaliser) reference(d *draft, m value.Member) {
	var to *value.Value
	ok := false
	if m.Value.Is(value.KindString) {
		to, ok = n.resolve(&m)
	}
	switch {
	case !ok && m.Name != "$ref":
		n.unknown(d, m)
	case !ok:
		d.put(m)
	case m.Name == "$ref" && len(to.Members) == 1 && to.Has("$ref"):
		target := *to.Get("$ref")
		target.Pos = m.Value.Pos
		m.Value = &target
		d.put(m)
	default:
		d.extra = append(d.extra, to)
	}
}

// discriminator writes the plain name of Swagger 2.0 and AsyncAPI as the object of OpenAPI 3, and resolves the mapping
// if it holds addresses.
func (n normaliser) discriminator(d *draft, m value.Member) {
	if m.Value.Is(value.KindString) {
		m.Value = &value.Value{Kind: value.KindObject, Pos: m.Value.Pos, Members: []value.Member{{Name: "propertyName", Pos: m.Value.Pos, Value: m.Value}}}
	}
	m.Value = edit(m.Value, func(part value.Member) (value.Member, bool) {
		if part.Name == "mapping" {
			part.Value = edit(part.Value, func(entry value.Member) (value.Member, bool) {
				if !entry.Value.Is(value.KindString) || !strings.ContainsAny(entry.Value.Text, "#/.") {
					return entry, true
				}
				if to, ok := n.resolve(&entry); ok && to.Get("$ref").Is(value.KindString) {
					entry.Value = to.Get("$ref")
				}
				return entry, true
			})
		}
		return part, true
	})
	d.put(m)
}
