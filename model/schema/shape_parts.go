package schema

import (
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// beside is a schema that may apply to some data along with others.
type beside struct {
	schema   *value.Value
	isAlways bool
}

// parts are schemas that may apply to the same data, with what they refer to and replace: only those with something
// marked, since no other removes anything from a form. Each list is built once and shared, since a schema with many
// alternatives has many.
type parts struct {
	forms       *Forms
	form        Form
	given       []beside
	isReduced   bool            // something inside them is gone
	gone, loose map[string]bool // as in object
	schemas     map[*value.Value]bool
	named       map[string][]member // the marked schemas of properties
	deep        map[string][]member // those of them with something gone
	unnamed     []member            // the marked schemas of other members
	items       []beside            // the marked schemas of items
	at          map[string]*parts   // cache of parts.below
}

// member is a schema for a member.
type member struct {
	beside
	of        *value.Value // the schema
	isPattern bool         // it applies to all matching names, listed or not
}

// newParts returns the parts of the given schemas, or nil if nothing in them is marked.
func newParts(f *Forms, form Form, given ...beside) *parts {
	given = slices.DeleteFunc(given, func(b beside) bool { return !f.isMarkedAnywhere(b.schema, form) })
	if len(given) == 0 {
		return nil
	}
	p := &parts{
		forms: f, form: form, given: given, gone: map[string]bool{}, loose: map[string]bool{}, schemas: map[*value.Value]bool{},
		named: map[string][]member{}, deep: map[string][]member{}, at: map[string]*parts{},
	}
	always := map[*value.Value]bool{}
	for _, b := range given {
		p.isReduced = p.isReduced || f.isMarkedWithin(b.schema, form)
		if b.isAlways {
			f.always(b.schema, form, func(sub *value.Value) {
				always[sub] = true
				f.markHidden(sub, form, p.gone)
			})
		}
	}
	for _, b := range given {
		f.sometimes(b.schema, form, func(sub *value.Value) {
			if !p.schemas[sub] {
				p.schemas[sub] = true
				f.markHidden(sub, form, p.loose)
				p.read(sub, always[sub])
			}
		})
	}
	return p
}

// read records what is marked in the members of a schema.
func (p *parts) read(v *value.Value, isAlways bool) {
	isMarked := func(sub *value.Value) bool { return sub.Is(value.KindObject) && p.forms.isMarkedAnywhere(sub, p.form) }
	for _, m := range Properties(v) {
		if isMarked(m.Value) {
			of := member{beside: beside{m.Value, isAlways}, of: v}
			p.named[m.Name] = append(p.named[m.Name], of)
			if p.forms.isMarkedWithin(m.Value, p.form) {
				p.deep[m.Name] = append(p.deep[m.Name], of)
			}
		}
	}
	for _, m := range value.Members(v.Get("patternProperties")) {
		if isMarked(m.Value) {
			p.unnamed = append(p.unnamed, member{beside{m.Value, false}, v, true})
		}
	}
	for _, keyword := range []string{"additionalProperties", "unevaluatedProperties"} {
		if sub := v.Get(keyword); isMarked(sub) {
			p.unnamed = append(p.unnamed, member{beside{sub, false}, v, false})
		}
	}
	for _, keyword := range []string{"items", "prefixItems", "contains", "unevaluatedItems"} {
		below := v.Get(keyword)
		for _, sub := range append([]*value.Value{below}, listOf(below)...) {
			if isMarked(sub) {
				p.items = append(p.items, beside{sub, false})
			}
		}
	}
}

// partsOfItems returns what may apply to an item in addition to its own schema, in a form of its own.
func (o object) partsOfItems(own *value.Value, form Form) []*parts {
	var all []*parts
	for _, p := range o.parts {
		if len(p.items) > 1 || len(p.items) == 1 && p.items[0].schema != own {
			all = append(all, newParts(p.forms, form, p.items...))
		}
	}
	return slices.DeleteFunc(all, func(p *parts) bool { return p == nil })
}

// anyName stands for a property of unknown name.
const anyName = "\x00"

// below returns the parts that may apply to a property, or nil if nothing in them is marked.
func (p *parts) below(name string) *parts {
	if known, isKnown := p.at[name]; isKnown {
		return known
	}
	var given []beside
	for _, m := range p.named[name] {
		given = append(given, m.beside)
	}
	if name == anyName {
		for _, named := range p.named {
			for _, m := range named {
				given = append(given, beside{m.schema, false})
			}
		}
	}
	for _, m := range p.unnamed {
		if m.isPattern || !m.of.Get("properties").Has(name) {
			given = append(given, m.beside)
		}
	}
	p.at[name] = newParts(p.forms, p.form, given...)
	return p.at[name]
}

// partsAt returns what may apply to a property in addition to its own schema.
func (o object) partsAt(name string, own *value.Value) []*parts {
	var all []*parts
	for _, p := range o.parts {
		if below := p.below(name); below != nil && !(len(below.given) == 1 && below.given[0].schema == own) {
			all = append(all, below)
		}
	}
	return all
}

// names is a union of sets of names, which many schemas can share without copying.
type names []map[string]bool

func (n names) has(name string) bool {
	return slices.ContainsFunc(n, func(set map[string]bool) bool { return set[name] })
}

// and returns the union with another set, which must not be modified any more.
func (n names) and(set map[string]bool) names {
	if len(set) == 0 {
		return n
	}
	return append(slices.Clip(n), set)
}

// count returns the number of distinct names.
func (n names) count() int {
	switch len(n) {
	case 0:
		return 0
	case 1:
		return len(n[0])
	}
	all := map[string]bool{}
	for _, set := range n {
		for name := range set {
			all[name] = true
		}
	}
	return len(all)
}

// isWithin reports whether it is a subset of the others.
func (n names) isWithin(others names) bool {
	for _, set := range n {
		for name := range set {
			if !others.has(name) {
				return false
			}
		}
	}
	return true
}
