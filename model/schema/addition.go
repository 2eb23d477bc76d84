package schema

import (
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// Addition adds a property to object schemas that were written without it: the result accepts an object with the
// property exactly if the schema accepts that object without it.
type Addition struct {
	Name      string
	Schema    *value.Value                                      // of the property
	Component func(name string) *value.Value                    // returns the schema of a component, or nil
	IsValid   func(schema, v *value.Value) bool                 // reports whether a schema without references accepts a value
	Twin      func(name string, made *value.Value) *value.Value // returns what replaces a component that must allow the property: made, or a reference to it
}

// Into returns the schema with the property, first among its properties and required. If the schema consists only of
// alternatives, each of them has it.
func (a *Addition) Into(v *value.Value) *value.Value {
	if v.Get("properties").Has(a.Name) || !a.mayBeObject(v) {
		return v
	}
	v = AsObject(v)
	if name, ok := RefName(v); ok && OnlyAnnotates(v, "$ref") {
		target := a.Component(name)
		if a.alternatives(target) != "" || a.open(target, false) != target {
			return annotated(a.Into(target), v)
		}
	}
	if keyword := a.alternatives(v); keyword != "" {
		return a.opened(v, false, func(m value.Member) (value.Member, bool) {
			if m.Name != keyword {
				return m, false
			}
			m.Value = eachItem(m.Value, a.intoBranch)
			return m, true
		})
	}
	made := copyOf(a.open(v, false))
	properties := value.Object()
	if written := made.Get("properties"); written != nil {
		*properties = *written
	}
	own := value.Member{Name: a.Name, Pos: a.Schema.Pos, Value: a.Schema}
	properties.Members = slices.Insert(slices.DeleteFunc(slices.Clone(properties.Members), func(m value.Member) bool { return m.Name == a.Name }), 0, own)
	required := value.Strings(a.Name)
	if written := made.Get("required"); written != nil {
		required.Items = append(required.Items, without(written, func(name string) bool { return name == a.Name }).Items...)
		required.Pos = written.Pos
	}
	made.Set("properties", properties)
	made.Set("required", required)
	return made
}

// intoBranch is like Into for one of several alternatives, which stay components if they are.
func (a *Addition) intoBranch(v *value.Value) *value.Value {
	name, ok := RefName(v)
	if !ok || !OnlyAnnotates(v, "$ref") {
		return a.Into(v)
	}
	target := a.Component(name)
	made := a.Into(target)
	if made == target {
		return v
	}
	return annotated(a.Twin(name, made), v)
}

// alternatives returns the keyword of a schema that only requires one of several others, or "".
func (a *Addition) alternatives(v *value.Value) string {
	for _, keyword := range []string{"oneOf", "anyOf"} {
		if v.Has(keyword) && OnlyAnnotates(v, keyword, "type", "discriminator", "unevaluatedProperties") {
			return keyword
		}
	}
	return ""
}

// mayBeObject reports whether a schema may accept objects: none of its constraints on types excludes them.
func (a *Addition) mayBeObject(v *value.Value) bool { return MayBeObject(v, a.Component) }

// Open returns the schema changed to allow the property, or the schema itself if it does already.
func (a *Addition) Open(v *value.Value) *value.Value { return a.open(v, false) }

// open implements Open; a neutral schema, which may be negated, does not constrain the property's values.
func (a *Addition) open(v *value.Value, isNeutral bool) *value.Value {
	return a.opened(v, isNeutral, func(m value.Member) (value.Member, bool) { return m, false })
}

// opened is like open, but special may return the result for a keyword.
func (a *Addition) opened(v *value.Value, isNeutral bool, special func(value.Member) (value.Member, bool)) *value.Value {
	if !v.Is(value.KindObject) || v.Get("properties").Has(a.Name) {
		return v
	}
	within := func(sub *value.Value) *value.Value { return a.open(sub, isNeutral) }
	negated := func(sub *value.Value) *value.Value { return a.open(sub, true) }
	var also []*value.Value
	made := edit(v, func(m value.Member) (value.Member, bool) {
		if m, isSpecial := special(m); isSpecial {
			return m, true
		}
		switch m.Name {
		case "$ref":
			made := a.reference(m.Value, isNeutral)
			if ref := made.Get("$ref"); ref != nil && len(made.Members) == 1 {
				m.Value = ref
				return m, true
			}
			if made != nil {
				also = append(also, made)
				return m, false
			}
		case "minProperties", "maxProperties":
			m.Value = oneMore(m.Value)
		case "propertyNames":
			m.Value = a.names(m.Value)
		case "patternProperties":
			m.Value = a.patterns(m.Value)
		case "allOf", "anyOf", "oneOf":
			m.Value = eachItem(m.Value, within)
		case "dependentSchemas":
			m.Value = eachMember(m.Value, within)
		case "not", "if":
			m.Value = negated(m.Value)
		case "then", "else":
			m.Value = within(m.Value)
		case "const", "enum":
			if made := a.constants(m); made != nil {
				also = append(also, made)
				return m, false
			}
		}
		return m, true
	})
	made = remap(made, v)
	if len(also) == 1 && OnlyAnnotates(made) {
		return annotated(also[0], made)
	}
	if len(also) > 0 {
		made = copyOf(made)
		made.Set("allOf", value.Array(slices.Concat(also, listOf(made.Get("allOf")))...))
	}
	if !isClosed(v) {
		return made
	}
	made = copyOf(made)
	listed := copyOf(value.Object(value.Members(v.Get("properties"))...))
	listed.Set(a.Name, a.Schema)
	if isNeutral {
		listed.Set(a.Name, value.Object())
	}
	made.Set("properties", listed)
	return made
}

// isClosed reports whether a schema constrains properties that it does not list.
func isClosed(v *value.Value) bool {
	for _, keyword := range []string{"additionalProperties", "unevaluatedProperties"} {
		if others := v.Get(keyword); others != nil && !isOpen(others) {
			return true
		}
	}
	return false
}

// reference returns the replacement for a reference to a component that does not allow the property, or nil if it does.
func (a *Addition) reference(ref *value.Value, isNeutral bool) *value.Value {
	name, ok := componentOf(ref)
	if !ok {
		return nil
	}
	target := a.Component(name)
	made := a.open(target, isNeutral)
	if made == target {
		return nil
	}
	if isNeutral {
		return made
	}
	twin := a.Twin(name, made)
	if to := twin.Get("$ref"); to != nil {
		moved := *to
		moved.Pos = ref.Pos
		return value.Object(value.Member{Name: "$ref", Pos: ref.Pos, Value: &moved})
	}
	return twin
}

func oneMore(count *value.Value) *value.Value {
	n, ok := count.Rat()
	if !ok || !n.IsInt() {
		return count
	}
	more := value.Int(int(n.Num().Int64()) + 1)
	more.Pos = count.Pos
	return more
}

// names makes a propertyNames accept the property's name.
func (a *Addition) names(v *value.Value) *value.Value {
	name := value.String(a.Name)
	if a.IsValid(v, name) {
		return v
	}
	if list := v.Get("enum"); list.Is(value.KindArray) && OnlyAnnotates(v, "enum", "type") {
		return value.With(v, "enum", &value.Value{Kind: value.KindArray, Items: append(slices.Clone(list.Items), name), Pos: list.Pos})
	}
	return value.Object(value.NewMember("anyOf", value.Array(value.Object(value.NewMember("const", name)), v)))
}

// patterns makes a patternProperties ignore the property.
func (a *Addition) patterns(v *value.Value) *value.Value {
	return edit(v, func(m value.Member) (value.Member, bool) {
		if !isOpen(m.Value) && a.IsValid(value.Object(value.NewMember("pattern", value.String(m.Name))), value.String(a.Name)) {
			m.Name = "^(?!" + quotePattern(a.Name) + `$)[\s\S]*?(?:` + m.Name + ")"
		}
		return m, true
	})
}

// quotePattern returns an expression that matches only the given text.
func quotePattern(text string) string {
	var quoted []rune
	for _, r := range text {
		if slices.Contains([]rune(`^$\.*+?()[]{}|/`), r) {
			quoted = append(quoted, '\\')
		}
		quoted = append(quoted, r)
	}
	return string(quoted)
}

// constants returns, for a const or an enum with objects, a schema for the same values with the property, or nil.
func (a *Addition) constants(m value.Member) *value.Value {
	items := []*value.Value{m.Value}
	if m.Name == "enum" {
		items = listOf(m.Value)
	}
	var objects, others []*value.Value
	for _, item := range items {
		if item.Is(value.KindObject) && !item.Has(a.Name) {
			objects = append(objects, a.exactly(item))
		} else {
			others = append(others, item)
		}
	}
	switch {
	case len(objects) == 0:
		return nil
	case len(others) > 0:
		objects = append(objects, value.Object(value.NewMember("enum", value.Array(others...))))
	case len(objects) == 1:
		return objects[0]
	}
	return value.Object(value.NewMember("anyOf", value.Array(objects...)))
}

// exactly returns the schema that accepts only the object with the property added.
func (a *Addition) exactly(v *value.Value) *value.Value {
	properties, required := value.Object(value.NewMember(a.Name, value.Object())), value.Strings()
	for _, m := range v.Members {
		properties.Members = append(properties.Members, value.NewMember(m.Name, value.Object(value.NewMember("const", m.Value))))
		required.Items = append(required.Items, value.String(m.Name))
	}
	made := value.Object(value.NewMember("type", value.String("object")), value.NewMember("properties", properties),
		value.NewMember("additionalProperties", value.Bool(false)))
	if len(required.Items) > 0 {
		made.Set("required", required)
	}
	// The properties listed here must not count as evaluated for an unevaluatedProperties, just as those of a const do
	// not.
	return value.Object(value.NewMember("not", value.Object(value.NewMember("not", made))))
}

// annotated returns a schema with the annotations of another one, which take precedence.
func annotated(v, from *value.Value) *value.Value {
	made := copyOf(v)
	switch {
	case v.Is(value.KindBool) && len(from.Members) == 0:
		return v
	case v.IsTrue():
		made = value.Object()
	case v.IsFalse():
		made = value.Object(value.NewMember("not", value.Object()))
	}
	for _, m := range from.Members {
		if IsExtension(m.Name) || keywords[m.Name].note {
			made.Set(m.Name, m.Value)
		}
	}
	return made
}

// remap points the discriminator of a schema to the components that replaced its alternatives. A component that was
// found only by its name gets an entry.
func remap(v, was *value.Value) *value.Value {
	discriminator := v.Get("discriminator")
	if v == was || !discriminator.Is(value.KindObject) {
		return v
	}
	renamed := map[string]string{}
	var names []string
	for _, keyword := range []string{"oneOf", "anyOf"} {
		for i, branch := range listOf(v.Get(keyword)) {
			from, _ := RefName(listOf(was.Get(keyword))[i])
			if to, ok := RefName(branch); ok && from != "" && from != to {
				renamed[from] = to
				names = append(names, from)
			}
		}
	}
	if len(renamed) == 0 {
		return v
	}
	mapping := value.Object()
	if written := discriminator.Get("mapping"); written.Is(value.KindObject) {
		mapping = copyOf(written)
	}
	mapped := map[string]bool{}
	for i, m := range mapping.Members {
		name, isRef := componentOf(m.Value)
		if !isRef {
			name = m.Value.StringOr("")
		}
		mapped[name] = true
		if to, ok := renamed[name]; ok {
			mapping.Members[i].Value = RefTo(to).Get("$ref")
		}
	}
	for _, name := range names {
		if !mapped[name] && !mapping.Has(name) {
			mapping.Set(name, RefTo(renamed[name]).Get("$ref"))
		}
	}
	return value.With(v, "discriminator", value.With(discriminator, "mapping", mapping))
}
