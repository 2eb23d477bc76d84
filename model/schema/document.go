package schema

import (
	"slices"
	"sync"

	"github.com/firestoned/firestone/model/value"
)

// Document knows the relations between the schemas of one document, which a schema alone does not show: what its
// references point to, and which other schemas apply to the same data. It is safe for concurrent use.
type Document struct {
	schemas map[string]*value.Value
	uses    map[*value.Value]use // of components and the schemas inside them
	names   map[string]bool      // whether a component defines properties; false while it is being determined
	lock    sync.Mutex
	defines sync.Map                    // the properties that schemas define, by schema
	weak    map[Dialect]map[string]bool // the components that are weaker in a dialect
	losses  []loss                      // of the written schemas
}

// use describes which other schemas apply to the same data as a schema, wherever it is used.
type use struct {
	isPart    bool // some do
	isShared  bool // some that define properties do
	isBranch  bool // some that define properties do, and the schema is not in an allOf beside them
	isOption  bool // the schema is one of several alternatives
	isCounted bool // an unevaluatedProperties or unevaluatedItems does, which depends on what the schema defines
}

func (u use) and(other use) use {
	return use{
		u.isPart || other.isPart, u.isShared || other.isShared, u.isBranch || other.isBranch, u.isOption || other.isOption, u.isCounted || other.isCounted,
	}
}

// NewDocument analyses the components, and the other schemas that refer to them.
func NewDocument(components []Component, others []*value.Value) *Document {
	d := &Document{schemas: map[string]*value.Value{}, uses: map[*value.Value]use{}, names: map[string]bool{}, weak: map[Dialect]map[string]bool{}}
	for _, c := range components {
		d.schemas[c.Name] = c.Schema
	}
	for _, c := range components {
		others = append(others, c.Schema)
	}
	for _, v := range others {
		Walk(v, func(sub *value.Value) { d.visit(sub, use{}, "") })
	}
	return d
}

// Write writes a schema of the document like the function Write, also if d is nil.
func (d *Document) Write(v *value.Value, dialect Dialect, refPrefix string, names map[string]string) *value.Value {
	w := &writer{dialect: dialect, prefix: refPrefix, names: names, document: d}
	if d == nil {
		return w.schema(v)
	}
	var losses []loss
	w.losses = &losses
	written := w.schema(v)
	d.lock.Lock()
	d.losses = append(d.losses, losses...)
	d.lock.Unlock()
	return written
}

// component returns the schema of a component, or nil.
func (d *Document) component(name string) *value.Value {
	if d == nil {
		return nil
	}
	return d.schemas[name]
}

// useOf returns how a schema of the document is used.
func (d *Document) useOf(v *value.Value) use {
	if d == nil {
		return use{}
	}
	return d.uses[v]
}

// weaker returns the components that a dialect can only approximate by something that accepts more.
func (d *Document) weaker(dialect Dialect) map[string]bool {
	if d == nil {
		return nil
	}
	d.lock.Lock()
	defer d.lock.Unlock()
	weak := d.weak[dialect]
	if weak != nil {
		return weak
	}
	weak = map[string]bool{}
	for again := true; again; {
		again = false
		for name, v := range d.schemas {
			w := &writer{dialect: dialect, document: d, isStrict: true, weak: weak}
			if w.schema(v); w.weaker && !weak[name] {
				weak[name], again = true, true
			}
		}
	}
	d.weak[dialect] = weak
	return weak
}

// partly are the keywords whose schemas apply to the same data.
var partly = []string{"allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas"}

// visit records the use of v, and of what it refers to, given the use of v itself and its keyword.
func (d *Document) visit(v *value.Value, u use, keyword string) {
	if !v.Is(value.KindObject) {
		return
	}
	if name, ok := RefName(v); ok && OnlyAnnotates(v, "$ref") {
		u.isBranch = u.isShared && keyword != "allOf"
		target := d.schemas[name]
		if known := d.uses[target]; target != nil && known != known.and(u) {
			d.uses[target] = known.and(u)
			d.visit(target, d.uses[target], "")
		}
		return
	}
	u.isBranch = u.isBranch || u.isShared && (keyword == "then" || keyword == "else" || keyword == "dependentSchemas")
	u = u.and(d.uses[v])
	d.uses[v] = u
	all := partsOf(v)
	naming, alternatives := 0, 0
	for i := range all {
		if all[i].names = d.namesProperties(all[i].schema); !all[i].names {
			continue
		}
		naming++
		if all[i].keyword == "oneOf" {
			alternatives++
		}
	}
	for _, p := range all {
		others := naming
		if p.keyword == "oneOf" {
			others -= alternatives
		} else if p.names {
			others--
		}
		below, as := u.below(v, p.keyword), p.keyword
		below.isShared = u.isShared || ownProperties(v) || others > 0
		if isWhole(v) {
			as = keyword // it replaces v
		}
		d.visit(p.schema, below, as)
	}
}

// isWhole reports whether a schema is just a list of one schema.
func isWhole(v *value.Value) bool {
	if len(v.Members) != 1 {
		return false
	}
	all := slices.DeleteFunc(slices.Clone(listOf(v.Members[0].Value)), isOpen)
	return len(all) == 1
}

// below returns the use of the schemas under a keyword of v.
func (u use) below(v *value.Value, keyword string) use {
	if !slices.Contains(partly, keyword) {
		return use{}
	}
	isOption := keyword == "anyOf" || keyword == "oneOf"
	return use{
		isPart:    u.isPart || !isOption,
		isShared:  u.isShared,
		isOption:  isOption || keyword == "allOf" && u.isOption,
		isCounted: keyword != "not" && (u.isCounted || v.Has("unevaluatedProperties") || v.Has("unevaluatedItems")),
	}
}

// isDynamic reports whether the properties that a schema defines depend on the data, or would in OpenAPI 3.0.
func (d *Document) isDynamic(v *value.Value, open []*value.Value) bool {
	if !v.Is(value.KindObject) {
		return false
	}
	if slices.Contains(open, v) {
		return true
	}
	open = append(slices.Clip(open), v)
	name, _ := RefName(v)
	return v.Has("anyOf") || v.Has("oneOf") || v.Has("if") || v.Has("dependentSchemas") || v.Has("dependentRequired") || d.isDynamic(d.component(name), open) ||
		slices.ContainsFunc(listOf(v.Get("allOf")), func(sub *value.Value) bool { return d.isDynamic(sub, open) })
}

// part is a schema that applies to the same data as the one around it.
type part struct {
	keyword string
	schema  *value.Value
	names   bool // it defines properties
}

// partsOf returns the schemas directly inside v that apply to the same data.
func partsOf(v *value.Value) []part {
	var all []part
	if ref := v.Member("$ref"); ref != nil {
		all = append(all, part{keyword: "allOf", schema: value.Object(*ref)})
	}
	for _, keyword := range partly {
		if below := v.Get(keyword); below != nil {
			rewriteShape(keywords[keyword].shape, below, func(sub *value.Value) *value.Value {
				all = append(all, part{keyword: keyword, schema: sub})
				return sub
			})
		}
	}
	return all
}

func ownProperties(v *value.Value) bool {
	return len(Properties(v)) > 0 || v.Has("patternProperties")
}

// namesProperties reports whether a schema defines properties of its data, directly or through its references and
// parts.
func (d *Document) namesProperties(v *value.Value) bool {
	if !v.Is(value.KindObject) {
		return false
	}
	if name, ok := RefName(v); ok && OnlyAnnotates(v, "$ref") {
		known, ok := d.names[name]
		if !ok {
			d.names[name] = false
			known = d.namesProperties(d.schemas[name])
			d.names[name] = known
		}
		return known
	}
	return ownProperties(v) || slices.ContainsFunc(partsOf(v), func(p part) bool { return d.namesProperties(p.schema) })
}

// defined returns the properties that a schema always defines: directly, through its reference, in one schema of its
// allOf, or in every one of its anyOf or oneOf. The result is cached.
func (d *Document) defined(v *value.Value) map[string]bool {
	names := map[string]bool{}
	if d == nil || v == nil {
		d.define(v, names, nil)
		return names
	}
	if known, ok := d.defines.Load(v); ok {
		return known.(map[string]bool)
	}
	d.define(v, names, nil)
	d.defines.Store(v, names)
	return names
}

// define adds the properties that a schema defines; open holds the schemas around it.
func (d *Document) define(v *value.Value, names map[string]bool, open []*value.Value) {
	if !v.Is(value.KindObject) || slices.Contains(open, v) {
		return
	}
	open = append(slices.Clip(open), v)
	for _, m := range Properties(v) {
		names[m.Name] = true
	}
	if name, ok := RefName(v); ok {
		d.define(d.component(name), names, open)
	}
	for _, part := range listOf(v.Get("allOf")) {
		d.define(part, names, open)
	}
	for _, keyword := range []string{"anyOf", "oneOf"} {
		counts, branches := map[string]int{}, listOf(v.Get(keyword))
		for _, branch := range branches {
			own := map[string]bool{}
			d.define(branch, own, open)
			for name := range own {
				counts[name]++
			}
		}
		for name, n := range counts {
			if n == len(branches) {
				names[name] = true
			}
		}
	}
}

// declares reports whether a schema has the same schema for a property or, if that is nil, requires the property.
func (d *Document) declares(v *value.Value, property *value.Member, required string, open []*value.Value) bool {
	if !v.Is(value.KindObject) || slices.Contains(open, v) {
		return false
	}
	open = append(slices.Clip(open), v)
	if property != nil && v.Get("properties").Get(property.Name).Equal(property.Value) {
		return true
	}
	if property == nil && slices.ContainsFunc(listOf(v.Get("required")), func(item *value.Value) bool { return item.StringOr("") == required }) {
		return true
	}
	name, _ := RefName(v)
	return d.declares(d.component(name), property, required, open) ||
		slices.ContainsFunc(listOf(v.Get("allOf")), func(sub *value.Value) bool { return d.declares(sub, property, required, open) })
}

// evaluates reports whether a schema may define properties of its data, or constrain all others.
func (d *Document) evaluates(v *value.Value) bool {
	names := d == nil || d.namesProperties(v)
	Walk(v, func(sub *value.Value) {
		names = names || sub.Has("additionalProperties") || sub.Has("unevaluatedProperties") || sub.Has("$ref")
	})
	return names
}
