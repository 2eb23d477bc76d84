package schema

import (
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// Branches turns each branch of a discriminator into a component, as OpenAPI requires (3.1.1, section 4.8.25): an
// inline branch has no name to select it by.
type Branches struct {
	// Component returns the schema of a component, or nil.
	Component func(name string) *value.Value
	// Add creates a component for a branch of the component owner, and returns its name. label is the branch's value of
	// the discriminator, its title, or its number.
	Add func(owner, label string, branch *value.Value) string
	// Refuse is called for a discriminator that cannot distinguish its branches; documents keep it as x-discriminator.
	Refuse func(property *value.Value, reason string)
}

// Name returns the schema, which belongs to the component owner, with a component for each branch of its
// discriminators, and with complete mappings.
func (b Branches) Name(v *value.Value, owner string) *value.Value {
	if !v.Is(value.KindObject) {
		return v
	}
	v = edit(v, func(m value.Member) (value.Member, bool) {
		known, ok := keywords[m.Name]
		switch {
		case !ok:
		case m.Name == "properties":
			m.Value = edit(m.Value, func(p value.Member) (value.Member, bool) {
				p.Value = b.Name(p.Value, p.Name)
				return p, true
			})
		default:
			m.Value = rewriteShape(known.shape, m.Value, func(sub *value.Value) *value.Value { return b.Name(sub, owner) })
		}
		return m, true
	})
	property := v.Get("discriminator").Get("propertyName")
	keyword := "oneOf"
	if !v.Has(keyword) {
		keyword = "anyOf"
	}
	if !property.Is(value.KindString) || !v.Get(keyword).Is(value.KindArray) {
		return v
	}
	return b.union(v, keyword, property, owner)
}

// union is a choice by the value of a property between the branches under a keyword.
func (b Branches) union(v *value.Value, keyword string, property *value.Value, owner string) *value.Value {
	all := v.Get(keyword)
	var nulls, branches []*value.Value
	for _, branch := range all.Items {
		if branch.Get("type").StringOr("") == "null" {
			nulls = append(nulls, branch)
		} else {
			branches = append(branches, branch)
		}
	}
	base := baseOf(v)
	chosen, fault := b.choices(v, branches, base, property.Text)
	if fault != "" {
		b.Refuse(property, fault)
		return v
	}
	mapping := &value.Value{Kind: value.KindObject, Pos: property.Pos}
	for i, branch := range branches {
		name, isNamed := RefName(branch)
		if !isNamed || len(branch.Members) > 1 || base != nil {
			label := branch.Get("title").StringOr("")
			switch {
			case len(chosen[i].values) > 0:
				label = chosen[i].values[0]
			case label == "" && isNamed:
				label = name
			case label == "":
				label = "option " + value.Int(i+1).Text
			}
			name = b.Add(owner, label, chosen[i].schema)
			branches[i] = RefTo(name)
			branches[i].Pos = branch.Pos
		}
		if len(chosen[i].values) == 0 {
			mapping.Set(name, RefTo(name).Get("$ref"))
		}
		for _, one := range chosen[i].values {
			mapping.Set(one, RefTo(name).Get("$ref"))
		}
	}
	if base.Has("unevaluatedProperties") {
		v = edit(v, func(m value.Member) (value.Member, bool) { return m, m.Name != "unevaluatedProperties" })
	}
	v = value.With(v, "discriminator", value.With(v.Get("discriminator"), "mapping", mapping))
	v = value.With(v, keyword, &value.Value{Kind: value.KindArray, Items: branches, Pos: all.Pos})
	if len(nulls) > 0 {
		return anyOfNull(v, nulls[0])
	}
	return v
}

// withBase returns a branch with the parts of its union that apply to all branches. An unevaluatedProperties applies to
// both together.
func withBase(branch, base *value.Value) *value.Value {
	whole := &value.Value{Kind: value.KindObject, Pos: branch.Pos}
	if closed := base.Member("unevaluatedProperties"); closed != nil {
		whole.Members = append(whole.Members, *closed)
		base = copyOf(base)
		base.Delete(closed.Name)
	}
	all := &value.Value{Kind: value.KindArray, Items: []*value.Value{branch}, Pos: branch.Pos}
	if base.Has("properties") || base.Has("required") {
		all.Items = append(all.Items, base)
	}
	whole.Members = append([]value.Member{{Name: "allOf", Pos: branch.Pos, Value: all}}, whole.Members...)
	return whole
}

// choice is a selectable branch, with the values that select it.
type choice struct {
	schema *value.Value
	values []string
}

// choices returns which branches the values of a property select, or why they cannot.
func (b Branches) choices(v *value.Value, branches []*value.Value, base *value.Value, property string) (all []choice, fault string) {
	taken, mapped := map[string]bool{}, mappedTo(v, branches)
	for i, branch := range branches {
		c := choice{schema: branch}
		if base != nil {
			c.schema = withBase(branch, base)
		}
		if !requires(c.schema, property, b.Component, nil) {
			return nil, "is not required in every schema that it chooses from"
		}
		c.values = b.valuesOf(c.schema, property, nil)
		for _, one := range mapped[i] {
			if !slices.Contains(c.values, one) {
				c.values = append(c.values, one)
			}
		}
		for _, one := range c.values {
			if taken[one] {
				return nil, "has the value " + one + " in several of the schemas that it chooses from"
			}
			taken[one] = true
		}
		all = append(all, c)
	}
	return all, ""
}

// baseOf returns the constraints of a union on the properties of all its branches, or nil.
func baseOf(v *value.Value) *value.Value {
	base := &value.Value{Kind: value.KindObject, Pos: v.Pos}
	for _, name := range []string{"type", "properties", "required"} {
		if m := v.Member(name); m != nil {
			base.Members = append(base.Members, *m)
		}
	}
	if closed := v.Member("unevaluatedProperties"); closed != nil && isAlone(v) {
		base.Members = append(base.Members, *closed)
	} else if !base.Has("properties") && !base.Has("required") || v.Has("additionalProperties") {
		return nil
	}
	return base
}

// isAlone reports whether only a union's branches and its own list of properties define properties of its data.
func isAlone(v *value.Value) bool {
	return !v.Has("additionalProperties") && !v.Has("patternProperties") && !v.Has("$ref") && len(partsOf(v)) == len(listOf(v.Get("oneOf")))+len(listOf(v.Get("anyOf"))) &&
		(!v.Has("oneOf") || !v.Has("anyOf"))
}

// mappedTo returns the values by which a mapping refers to each of the branches.
func mappedTo(v *value.Value, branches []*value.Value) map[int][]string {
	at := map[string]int{}
	for i, branch := range branches {
		if name, ok := RefName(branch); ok {
			at[strings.ToLower(name)] = i
		}
	}
	values := map[int][]string{}
	for _, m := range value.Members(v.Get("discriminator").Get("mapping")) {
		to, ok := componentOf(m.Value)
		if !ok {
			to = m.Value.StringOr("")
		}
		if i, ok := at[strings.ToLower(to)]; ok {
			values[i] = append(values[i], m.Name)
		}
	}
	return values
}

// requires reports whether a schema always requires a property.
func requires(v *value.Value, property string, component func(name string) *value.Value, open []*value.Value) bool {
	if !v.Is(value.KindObject) || slices.Contains(open, v) {
		return false
	}
	open = append(slices.Clip(open), v)
	isRequired := func(sub *value.Value) bool { return requires(sub, property, component, open) }
	if slices.ContainsFunc(listOf(v.Get("required")), func(item *value.Value) bool { return item.StringOr("") == property }) {
		return true
	}
	if name, ok := RefName(v); ok && isRequired(component(name)) {
		return true
	}
	if slices.ContainsFunc(listOf(v.Get("allOf")), isRequired) {
		return true
	}
	for _, keyword := range []string{"anyOf", "oneOf"} {
		list := listOf(v.Get(keyword))
		if len(list) > 0 && !slices.ContainsFunc(list, func(item *value.Value) bool { return !isRequired(item) }) {
			return true
		}
	}
	return false
}

// valuesOf returns the texts that a schema allows for a property, or none if it allows other values.
func (b Branches) valuesOf(v *value.Value, property string, open []string) []string {
	if own := v.Get("properties").Get(property); own != nil {
		if values := b.texts(own, open); len(values) > 0 {
			return values
		}
	}
	if name, ok := RefName(v); ok && !slices.Contains(open, name) {
		if values := b.valuesOf(b.Component(name), property, append(slices.Clip(open), name)); len(values) > 0 {
			return values
		}
	}
	for _, item := range listOf(v.Get("allOf")) {
		if values := b.valuesOf(item, property, open); len(values) > 0 {
			return values
		}
	}
	return nil
}

func (b Branches) texts(v *value.Value, open []string) []string {
	if name, ok := RefName(v); ok && !slices.Contains(open, name) {
		return b.texts(b.Component(name), append(slices.Clip(open), name))
	}
	if fixed := v.Get("const"); fixed.Is(value.KindString) {
		return []string{fixed.Text}
	}
	var texts []string
	for _, item := range listOf(v.Get("enum")) {
		if !item.Is(value.KindString) {
			return nil
		}
		texts = append(texts, item.Text)
	}
	return texts
}
