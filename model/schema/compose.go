package schema

import (
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// compose writes a list of schemas that says in a roundabout way what can be said plainly, so that linters take it for a
// slip: a list of one, a schema that accepts everything, one that is there twice. It changes nothing that is accepted.
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

// apart says of a schema that is nothing but an allOf of one what that one says too, or nothing, since linters, and readers
// that put the one in its place, want something beside it.
func apart(v, one *value.Value) {
	if m := one.Member("type"); m != nil {
		v.Members = append([]value.Member{*m}, v.Members...)
		return
	}
	v.Set("minProperties", value.Int(0))
}

// composeAll leaves out of an allOf what accepts everything and what is there twice.
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

// deleteOther removes the other member of m's name.
func deleteOther(v *value.Value, m *value.Member) {
	kept := *m
	v.Members = slices.DeleteFunc(v.Members, func(other value.Member) bool { return other.Name == kept.Name && other.Value != kept.Value })
}

// eachOpen gives a schema that accepts everything a description, where it counts as one of several.
func eachOpen(items []*value.Value) []*value.Value {
	items = slices.Clone(items)
	for i, item := range items {
		if isOpen(item) {
			items[i] = &value.Value{Kind: value.KindObject, Pos: item.Pos, Members: []value.Member{{Name: "description", Pos: item.Pos, Value: value.String("Anything.")}}}
		}
	}
	return items
}

// isSubtype reports whether a schema is made of one with a discriminator, of which an allOf makes it a subtype.
func (w *writer) isSubtype(v *value.Value) bool {
	return slices.ContainsFunc(listOf(v.Get("allOf")), func(item *value.Value) bool {
		name, _ := RefName(item)
		return w.document.component(name).Has("discriminator")
	})
}

// define names what a schema requires among its properties too, as what it says of properties that it does not name:
// linters take a required name that is no property for a slip. Where an unevaluatedProperties counts what is named, it
// would not be the same.
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

// undefined returns what a schema requires and nothing names, neither it nor what it is a part of.
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

// isSplit reports whether readers that take the properties of a schema for all that there are refuse data of it, because
// what else holds of the data names more. They do not where the properties stand in an allOf.
func (w *writer) isSplit(v *value.Value) bool {
	return w.dialect != Draft7 && ownProperties(v) && (w.use.isBranch || w.use.isShared && w.document.isDynamic(v, nil)) && !v.Has("additionalProperties") && !v.Has("unevaluatedProperties")
}

// distribute leaves out of a union with a discriminator what each of its branches says as well: linters forget the
// properties beside a discriminator, and some generators never read them.
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

// layer puts what holds only sometimes, and what is one of several, into the allOf of a schema that says more. Generators
// take the anyOf beside properties for one more alternative to them, and linters forget, where a condition does not hold, which
// properties an allOf has named. It changes nothing that is accepted.
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

// split puts what a schema says of properties into its allOf. It changes nothing that is accepted.
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
