package schema

import (
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// values30 writes const as an enum with one value, and the first of the examples as the example (OpenAPI 3.0.4, section
// 4.7.24).
func values30(v *value.Value) {
	if m := v.Member("const"); m != nil {
		fixed := value.Member{Name: "enum", Pos: m.Pos, Value: &value.Value{Kind: value.KindArray, Items: []*value.Value{m.Value}, Pos: m.Value.Pos}}
		v.Delete("enum")
		*v.Member("const") = fixed
	}
	m := v.Member("examples")
	if m == nil || len(m.Value.Items) == 0 {
		return
	}
	first := value.Member{Name: "example", Pos: m.Pos, Value: m.Value.Items[0]}
	if len(m.Value.Items) == 1 {
		*m = first
		return
	}
	v.Members = append(v.Members, first)
}

// types30 writes a list of types: null as nullable, several as anyOf, each with the keywords that concern
// it. An array has items.
func types30(v *value.Value) {
	m := v.Member("type")
	if m == nil {
		return
	}
	all := Types(v)
	types := slices.DeleteFunc(slices.Clone(all), func(t string) bool { return t == "null" })
	null := len(types) < len(all)
	switch len(types) {
	case 0:
		// nullable adds to a type, so there must be one; the enum leaves nothing of it.
		m.Value = &value.Value{Kind: value.KindString, Text: "string", Pos: m.Value.Pos}
		nothing := &value.Value{Pos: m.Pos}
		v.Set("enum", &value.Value{Kind: value.KindArray, Items: []*value.Value{nothing}, Pos: m.Pos})
	case 1:
		m.Value = &value.Value{Kind: value.KindString, Text: types[0], Pos: m.Value.Pos}
	default:
		severalTypes30(v, types, null)
		return
	}
	if null {
		v.Set("nullable", &value.Value{Kind: value.KindBool, Text: "true", Pos: m.Value.Pos})
	}
	if m := v.Member("type"); m.Value.Text == "array" && !v.Has("items") && !v.Has("prefixItems") {
		v.Set("items", &value.Value{Kind: value.KindObject, Pos: m.Value.Pos})
	}
}

func severalTypes30(v *value.Value, types []string, null bool) {
	m := *v.Member("type")
	branches := &value.Value{Kind: value.KindArray, Pos: m.Value.Pos}
	for _, name := range types {
		branch := value.Object(value.NewMember("type", value.String(name)))
		if null {
			branch.Set("nullable", value.Bool(true))
		}
		branch.Pos = m.Value.Pos
		for _, own := range v.Members {
			on := keywords[own.Name].on
			if on == name || on == "number" && name == "integer" {
				branch.Members = append(branch.Members, own)
			}
		}
		branches.Items = append(branches.Items, branch)
	}
	v.Members = slices.DeleteFunc(v.Members, func(own value.Member) bool {
		return own.Name == "type" || keywords[own.Name].on != ""
	})
	either := value.Member{Name: "anyOf", Pos: m.Pos, Value: branches}
	if !v.Has("anyOf") {
		v.Members = append([]value.Member{either}, v.Members...)
		return
	}
	also := &value.Value{Kind: value.KindObject, Members: []value.Member{either}, Pos: m.Pos}
	v.Set("allOf", value.Array(append(slices.Clone(listOf(v.Get("allOf"))), also)...))
}

// bounds30 writes a numeric exclusive bound as a bound and a boolean. Of two bounds, the tighter one is kept.
func bounds30(v *value.Value) {
	for _, side := range []struct {
		bound, exclusive string
		tighter          int
	}{{"minimum", "exclusiveMinimum", 1}, {"maximum", "exclusiveMaximum", -1}} {
		exclusive := v.Member(side.exclusive)
		if exclusive == nil || !exclusive.Value.Is(value.KindNumber) || isRefused(aBound, exclusive.Value) {
			continue
		}
		a, aok := v.Get(side.bound).Rat()
		b, bok := exclusive.Value.Rat()
		if aok && bok && a.Cmp(b) == side.tighter {
			v.Delete(side.exclusive)
			continue
		}
		number := exclusive.Value
		exclusive.Value = &value.Value{Kind: value.KindBool, Text: "true", Pos: number.Pos}
		v.Set(side.bound, number)
	}
}

// content30 writes encoded text with the formats of OpenAPI 3.0.
func content30(v *value.Value) {
	if v.Has("format") || v.Get("type").StringOr("") != "string" {
		return
	}
	switch encoding, media := v.Get("contentEncoding").StringOr(""), v.Get("contentMediaType").StringOr(""); {
	case encoding == "base64":
		v.Set("format", value.String("byte"))
	case encoding == "" && media == "application/octet-stream":
		v.Set("format", value.String("binary"))
	}
}

// patternProperties30 makes additionalProperties accept what the patterns accepted.
func (w *writer) patternProperties30(v *value.Value) {
	patterns, others := v.Get("patternProperties"), v.Get("additionalProperties")
	if patterns != nil && others == nil && !v.Has("properties") && !w.use.isPart && !w.use.isCounted {
		v.Set("additionalProperties", &value.Value{Kind: value.KindBool, Text: "true", Pos: patterns.Pos})
		return
	}
	if patterns == nil || others == nil || others.IsTrue() {
		return
	}
	var accepted []*value.Value
	for _, m := range patterns.Members {
		accepted = append(accepted, m.Value)
	}
	v.Set("additionalProperties", either(append(accepted, others), others.Pos))
	if w.again > maxNestedCopies {
		v.Set("additionalProperties", &value.Value{Kind: value.KindObject, Pos: others.Pos})
	}
}

// maxNestedCopies is how deeply schemas that are written twice may be nested: exactly and as an approximation. Without a
// limit, each level would double the text.
const maxNestedCopies = 1

// tuple30 writes a tuple as an array, of limited length, of any of its items.
func (w *writer) tuple30(v *value.Value) {
	first := v.Get("prefixItems")
	if first == nil {
		return
	}
	rest := v.Get("items")
	if rest == nil || w.again > maxNestedCopies {
		v.Set("items", &value.Value{Kind: value.KindObject, Pos: first.Pos})
		return
	}
	v.Set("items", either(append(slices.Clone(first.Items), rest), rest.Pos))
	w.again++
	v.Set("x-items", w.schema(rest))
	w.again--
	if !rest.IsFalse() {
		return
	}
	length := value.Int(len(first.Items))
	length.Pos = rest.Pos
	limit, _ := length.Rat()
	if most, ok := v.Get("maxItems").Rat(); !ok || most.Cmp(limit) > 0 {
		v.Set("maxItems", length)
	}
}

// either returns a schema that accepts what any of the schemas accepts.
func either(schemas []*value.Value, pos value.Pos) *value.Value {
	once, _ := distinct(schemas)
	once = slices.DeleteFunc(once, (*value.Value).IsFalse)
	switch {
	case slices.ContainsFunc(once, isOpen):
		return &value.Value{Kind: value.KindObject, Pos: pos}
	case len(once) == 0:
		return &value.Value{Kind: value.KindBool, Text: "false", Pos: pos}
	case len(once) == 1:
		return once[0]
	}
	list := &value.Value{Kind: value.KindArray, Items: once, Pos: pos}
	return &value.Value{Kind: value.KindObject, Members: []value.Member{{Name: "anyOf", Pos: pos, Value: list}}, Pos: pos}
}

// isOpen reports whether a schema obviously accepts everything.
func isOpen(v *value.Value) bool { return v.IsTrue() || v.Is(value.KindObject) && len(v.Members) == 0 }
