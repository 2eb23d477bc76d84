package schema

import (
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// holding returns all schemas that apply to v if the given ones do: what they refer to, every allOf, the alternatives
// that count, and what depends on conditions and members.
func (p *Projector) holding(schemas []*value.Value, v *value.Value, form Form) []*value.Value {
	var all []*value.Value
	var add func(*value.Value)
	add = func(s *value.Value) {
		if !s.Is(value.KindObject) || slices.Contains(all, s) {
			return
		}
		all = append(all, s)
		if name, ok := RefName(s); ok {
			add(p.forms.schemas[name])
		}
		for _, part := range listOf(s.Get("allOf")) {
			add(part)
		}
		for _, keyword := range []string{"anyOf", "oneOf"} {
			for _, branch := range p.counting(listOf(s.Get(keyword)), v, form) {
				add(branch)
			}
		}
		if condition := s.Get("if"); condition != nil {
			if p.isValid(condition, v) {
				add(condition)
				add(s.Get("then"))
			} else {
				add(s.Get("else"))
			}
		}
		for _, m := range value.Members(s.Get("dependentSchemas")) {
			if v.Has(m.Name) {
				add(m.Value)
			}
		}
	}
	for _, s := range schemas {
		add(s)
	}
	return all
}

// counting returns the alternatives whose marks count for v. What a client sends usually matches none of them, since it
// lacks readOnly members; in the form it does.
func (p *Projector) counting(branches []*value.Value, v *value.Value, form Form) []*value.Value {
	if !p.isMarked(branches, hiddenBy(form)) {
		return nil
	}
	valid := keepOf(branches, func(branch *value.Value) bool { return p.isValid(branch, v) })
	if len(valid) == 0 {
		valid = keepOf(branches, func(branch *value.Value) bool {
			return p.isValid(p.shape(branch, form), p.project([]*value.Value{branch}, v, form))
		})
	}
	if len(valid) == 0 {
		return branches
	}
	return valid
}

func keepOf(schemas []*value.Value, test func(*value.Value) bool) []*value.Value {
	return slices.DeleteFunc(slices.Clone(schemas), func(v *value.Value) bool { return !test(v) })
}

// shape returns a schema in a form, cached, with references to components in that form.
func (p *Projector) shape(v *value.Value, form Form) *value.Value {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	key := shapedSchema{v, form}
	if p.shaped[key] == nil {
		p.shaped[key] = p.forms.Of(v, form, "", func(name string, form Form) string { return string(form) + formMark + name })
	}
	return p.shaped[key]
}

// formMark separates a form from the name of a component; names do not contain it.
const formMark = "."

// component returns the schema of a component, or of one in a form that shape refers to, or nil.
func (p *Projector) component(name string) *value.Value {
	form, base, isShaped := strings.Cut(name, formMark)
	if !isShaped {
		return p.forms.schemas[name]
	}
	return p.shape(p.forms.schemas[base], Form(form))
}

// ofMember returns the schemas that apply to an object's member.
func (p *Projector) ofMember(holding []*value.Value, name string) []*value.Value {
	var schemas []*value.Value
	for _, s := range holding {
		before := len(schemas)
		if own := s.Get("properties").Get(name); own != nil {
			schemas = append(schemas, own)
		}
		for _, m := range value.Members(s.Get("patternProperties")) {
			if p.isValid(p.pattern(m.Name), value.String(name)) {
				schemas = append(schemas, m.Value)
			}
		}
		if others := s.Get("additionalProperties"); others != nil && len(schemas) == before {
			schemas = append(schemas, others)
		}
	}
	for _, s := range holding {
		if others := s.Get("unevaluatedProperties"); others != nil && !p.evaluates(s, name) {
			schemas = append(schemas, others)
		}
	}
	return schemas
}

// evaluates reports whether a schema, or one inside it that may apply to the same data, constrains a member.
func (p *Projector) evaluates(s *value.Value, name string) bool {
	known := p.forms.names(s, Read)
	return known.isOpen || slices.Contains(known.names, name) || slices.ContainsFunc(known.patterns, func(pattern string) bool {
		return p.isValid(p.pattern(pattern), value.String(name))
	})
}

// pattern returns the schema for texts that match the expression, cached.
func (p *Projector) pattern(expression string) *value.Value {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.patterns[expression] == nil {
		p.patterns[expression] = value.Object(value.NewMember("pattern", value.String(expression)))
	}
	return p.patterns[expression]
}

// eachItem replaces every item of an array by the result of change for it and its schemas.
func (p *Projector) eachItem(holding []*value.Value, v *value.Value, change func(schemas []*value.Value, item *value.Value) *value.Value) *value.Value {
	i := -1
	return eachItem(v, func(item *value.Value) *value.Value {
		i++
		return change(p.ofItem(holding, i, item), item)
	})
}

// ofItem returns the schemas that apply to an array's i-th item.
func (p *Projector) ofItem(holding []*value.Value, i int, item *value.Value) []*value.Value {
	var schemas []*value.Value
	for _, s := range holding {
		front := listOf(s.Get("prefixItems"))
		if i < len(front) {
			schemas = append(schemas, front[i])
		} else if others := s.Get("items"); others != nil {
			schemas = append(schemas, others)
		}
		if contained := s.Get("contains"); contained != nil && p.isValid(contained, item) {
			schemas = append(schemas, contained)
		}
	}
	if len(schemas) == 0 {
		for _, s := range holding {
			if others := s.Get("unevaluatedItems"); others != nil {
				schemas = append(schemas, others)
			}
		}
	}
	return schemas
}
