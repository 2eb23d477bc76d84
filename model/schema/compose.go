package schema

import (
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// compose simplifies needlessly complicated lists of schemas, which linters report: a list of one, a schema that
// accepts everything, duplicates. The result is equivalent.
func (w *writer) compose(v, source *value.Value) *value.Value {
	w.composeAll(v)
	for _, keyword := range []string{"anyOf", "oneOf"} {
		m := v.Member(keyword)
		if m == nil || !m.Value.Is(value.KindArray) {
			continue
		}
		once, repeated := distinct(m.Value.Items)
		isEmpty := slices.ContainsFunc(once, isOpen)
		var also []*value.Value
		if keyword == "oneOf" && len(repeated) > 0 {
			once = slices.DeleteFunc(once, func(item *value.Value) bool {
				isRepeated := slices.ContainsFunc(repeated, func(r repeat) bool { return r.first == item })
				if isRepeated {
					also = append(also, schemaAt(item.Pos, "not", item))
				}
				return isRepeated
			})
		}
		if isEmpty || len(repeated) > 0 {
			m.Value = &value.Value{Kind: value.KindArray, Items: eachOpen(once), Pos: m.Value.Pos}
		}
		if len(once) == 0 {
			also = []*value.Value{plainTruth(&value.Value{Kind: value.KindBool, Text: "false", Pos: m.Pos})}
		}
		isPlain := len(once) == 0 || len(once) == 1 && !v.Has("discriminator")
		if isPlain {
			also = append(slices.Clone(once), also...)
		}
		if len(also) == 0 {
			continue
		}
		all := value.Member{Name: "allOf", Pos: m.Pos, Value: value.Array(append(slices.Clone(listOf(v.Get("allOf"))), also...)...)}
		if isPlain {
			*m = all
			deleteOther(v, m)
		} else {
			v.Set("allOf", all.Value)
		}
		w.composeAll(v)
	}
	list := listOf(v.Get("allOf"))
	switch {
	case len(list) != 1 || len(v.Members) > 1:
	case w.isSplit(list[0]):
		apart(v, list[0])
	case !w.isSubtype(source):
		return list[0]
	}
	return v
}

// apart adds to a schema that is just an allOf of one what that one says, if anything, since linters, and readers that
// replace the schema by the one, expect something beside it.
func apart(v, one *value.Value) {
	if m := one.Member("type"); m != nil {
		v.Members = append([]value.Member{*m}, v.Members...)
		return
	}
	v.Set("minProperties", value.Int(0))
}

// composeAll removes from an allOf schemas that accept everything, and duplicates.
func (w *writer) composeAll(v *value.Value) {
	m := v.Member("allOf")
	if m == nil || !m.Value.Is(value.KindArray) {
		return
	}
	once, _ := distinct(m.Value.Items)
	once = slices.DeleteFunc(slices.Clone(once), isOpen)
	switch {
	case len(once) == 0:
		v.Delete("allOf")
	case len(once) < len(m.Value.Items):
		m.Value = &value.Value{Kind: value.KindArray, Items: once, Pos: m.Value.Pos}
	}
}

// deleteOther removes the other member with m's name.
func deleteOther(v *value.Value, m *value.Member) {
	kept := *m
	v.Members = slices.DeleteFunc(v.Members, func(other value.Member) bool { return other.Name == kept.Name && other.Value != kept.Value })
}

// eachOpen gives alternatives that accept everything a description.
func eachOpen(items []*value.Value) []*value.Value {
	items = slices.Clone(items)
	for i, item := range items {
		if isOpen(item) {
			items[i] = &value.Value{Kind: value.KindObject, Pos: item.Pos, Members: []value.Member{{Name: "description", Pos: item.Pos, Value: value.String("Anything.")}}}
		}
	}
	return items
}

// isSubtype reports whether a schema is made a subtype of one with a discriminator by its allOf.
func (w *writer) isSubtype(v *value.Value) bool {
	return slices.ContainsFunc(listOf(v.Get("allOf")), func(item *value.Value) bool {
		name, _ := RefName(item)
		return w.document.component(name).Has("discriminator")
	})
}

// define adds the required names to the properties of a schema, with the schema that already applies to unlisted
// properties: linters report required names that are not properties. If an unevaluatedProperties depends on which names
// are listed, that would not be equivalent.
func (w *writer) define(v *value.Value) {
	missing := w.undefined(v)
	if len(missing) == 0 {
		return
	}
	named := &value.Value{Kind: value.KindObject, Pos: v.Pos}
	if properties := v.Get("properties"); properties.Is(value.KindObject) {
		named = copyOf(properties)
	}
	for _, item := range missing {
		schema := v.Get("additionalProperties")
		if schema == nil {
			schema = &value.Value{Kind: value.KindObject, Pos: item.Pos}
		}
		named.Set(item.Text, schema)
	}
	v.Set("properties", named)
}

// undefined returns the required names that neither the schema nor any schema around it defines.
func (w *writer) undefined(v *value.Value) []*value.Value {
	required := slices.Clone(listOf(v.Get("required")))
	for _, m := range value.Members(v.Get("dependentRequired")) {
		required = append(required, listOf(m.Value)...)
	}
	if len(required) == 0 || w.dialect == Draft7 || v.Has("unevaluatedProperties") || v.Has("patternProperties") && v.Has("additionalProperties") {
		return nil
	}
	own, ofRoot, ofTop := map[string]bool{}, w.document.defined(w.root), map[string]bool(nil)
	w.document.define(v, own, nil)
	isCounted := w.use.isCounted && w.dialect != OpenAPI30
	if isCounted {
		ofTop = w.document.defined(w.top)
	}
	return slices.DeleteFunc(required, func(item *value.Value) bool {
		return !item.Is(value.KindString) || avoided[item.Text] || own[item.Text] || ofRoot[item.Text] || isCounted && !ofTop[item.Text]
	})
}

func (w *writer) isUndefined(v *value.Value) bool { return len(w.undefined(v)) > 0 }

// isSplit reports whether readers that treat the properties of a schema as complete reject data of it, because other
// schemas for the same data define more. They do not if the properties are in an allOf.
func (w *writer) isSplit(v *value.Value) bool {
	return w.dialect != Draft7 && ownProperties(v) && (w.use.isBranch || w.use.isShared && w.document.isDynamic(v, nil)) && !v.Has("additionalProperties") && !v.Has("unevaluatedProperties")
}

// distribute removes from a union with a discriminator what each of its branches repeats: linters ignore properties
// beside a discriminator, and some generators never read them.
func (w *writer) distribute(v *value.Value) {
	branches := append(slices.Clone(listOf(v.Get("oneOf"))), listOf(v.Get("anyOf"))...)
	if !v.Get("discriminator").Is(value.KindObject) || len(branches) == 0 || v.Has("additionalProperties") {
		return
	}
	everywhere := func(property *value.Member, required string) bool {
		return !slices.ContainsFunc(branches, func(branch *value.Value) bool { return !w.document.declares(branch, property, required, nil) })
	}
	for _, keyword := range []string{"properties", "required"} {
		m := v.Member(keyword)
		if m == nil {
			continue
		}
		m.Value = edit(m.Value, func(p value.Member) (value.Member, bool) { return p, !everywhere(&p, "") })
		m.Value = keep(m.Value, func(item *value.Value) bool { return !everywhere(nil, item.StringOr("")) })
		if len(m.Value.Members) == 0 && len(m.Value.Items) == 0 {
			v.Delete(keyword)
		}
	}
}

// layer moves conditional parts and alternatives into the allOf of a schema that has other constraints. Generators
// treat an anyOf beside properties as one more alternative, and linters forget the properties of an allOf if a
// condition does not hold. The result is equivalent.
func layer(v *value.Value) {
	var layers []*value.Value
	for _, keywords := range [][]string{{"anyOf"}, {"if", "then", "else"}, {"dependentSchemas"}} {
		if !v.Has(keywords[0]) || OnlyAnnotates(v, keywords...) || keywords[0] == "anyOf" && v.Has("discriminator") {
			continue
		}
		if keywords[0] == "if" && !v.Has("allOf") && len(layers) == 0 {
			continue
		}
		layer := &value.Value{Kind: value.KindObject, Pos: v.Member(keywords[0]).Pos}
		v.Members = slices.DeleteFunc(v.Members, func(m value.Member) bool {
			if slices.Contains(keywords, m.Name) {
				layer.Members = append(layer.Members, m)
				return true
			}
			return false
		})
		layers = append(layers, layer)
	}
	if len(layers) > 0 {
		v.Set("allOf", &value.Value{Kind: value.KindArray, Items: slices.Concat(listOf(v.Get("allOf")), layers), Pos: v.Pos})
	}
}

// split moves the constraints on properties into the allOf of a schema. The result is equivalent.
func split(v *value.Value) {
	inner := &value.Value{Kind: value.KindObject, Pos: v.Pos}
	v.Members = slices.DeleteFunc(v.Members, func(m value.Member) bool {
		switch m.Name {
		case "type":
			inner.Members = append(inner.Members, m)
		case "required", "properties", "patternProperties":
			inner.Members = append(inner.Members, m)
			return true
		}
		return false
	})
	all := &value.Value{Kind: value.KindArray, Items: append([]*value.Value{inner}, listOf(v.Get("allOf"))...), Pos: v.Pos}
	v.Delete("allOf")
	v.Members = append(v.Members, value.Member{Name: "allOf", Pos: v.Pos, Value: all})
}
