package definition

import (
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/example"
	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// required reports names that the schema of a resource requires but that are neither a property nor the key. If the key
// has no name, or "properties" is misspelt or not an object, which is reported, any of them may be one.
func (s *Set) required(d *Definition) {
	_, keyName := d.Key()
	properties := d.Schema.Get("items").Get("properties")
	if keyName == "" || schema.Means(d.Schema.Get("items"), "properties") || properties != nil && !properties.Is(value.KindObject) {
		return
	}
	names := append(s.propertyNames(d.Types.Item.Schema, map[*Value]bool{}), keyName)
	for _, item := range s.requiredNames(d) {
		if item.Is(value.KindString) && !slices.Contains(names, item.Text) {
			s.problems.Add(value.UnknownRequired, item.Pos, value.Suggestion(item.Text, names), "required names %q, which is not a property of %s", item.Text, d.Kind)
		}
	}
}

// requiredNames returns the items of required as written.
func (s *Set) requiredNames(d *Definition) []*Value {
	list := d.Schema.Get("items").Get("required")
	if !list.Is(value.KindArray) {
		return nil
	}
	return list.Items
}

// propertyNames returns the properties of a schema, including those of its references and parts.
func (s *Set) propertyNames(v *Value, seen map[*Value]bool) []string {
	if !v.Is(value.KindObject) || seen[v] {
		return nil
	}
	seen[v] = true
	var names []string
	for _, m := range schema.Properties(v) {
		names = append(names, m.Name)
	}
	for _, part := range s.parts(v, "allOf", "anyOf", "oneOf", "then", "else") {
		names = append(names, s.propertyNames(part, seen)...)
	}
	return names
}

// parts returns the schemas that v applies to the same data: what it refers to, and those under the keywords.
func (s *Set) parts(v *Value, keywords ...string) []*Value {
	var parts []*Value
	if name, ok := schema.RefName(v); ok {
		if e := s.Component(name); e != nil {
			parts = append(parts, e.Schema)
		}
	}
	for _, keyword := range keywords {
		switch below := v.Get(keyword); {
		case below.Is(value.KindArray):
			parts = append(parts, below.Items...)
		case below.Is(value.KindObject):
			parts = append(parts, below)
		}
	}
	return parts
}

// Says reports whether a keyword of a schema is true, in itself or in what holds wherever it holds.
func (s *Set) Says(v *Value, keyword string) bool {
	return s.saysWithin(v, keyword, map[*Value]bool{})
}

func (s *Set) saysWithin(v *Value, keyword string, seen map[*Value]bool) bool {
	if !v.Is(value.KindObject) || seen[v] {
		return false
	}
	seen[v] = true
	if v.Get(keyword).IsTrue() {
		return true
	}
	return slices.ContainsFunc(s.parts(v, "allOf"), func(part *Value) bool { return s.saysWithin(part, keyword, seen) })
}

// circles reports components that apply themselves to the same data, so that no validator ever ends.
func (s *Set) circles() {
	done := map[*Component]bool{}
	for _, e := range s.Components {
		s.circle(e, nil, done)
	}
}

func (s *Set) circle(e *Component, ancestors []*Component, done map[*Component]bool) {
	if start := slices.Index(ancestors, e); start >= 0 {
		var steps []string
		for _, other := range append(ancestors[start:], e) {
			steps = append(steps, other.Pos.String()+" "+other.Name)
		}
		s.problems.Add(value.SchemaInItself, e.Pos, "put a property or an item in between", "the schema %s contains itself:\n    %s", e.Name, strings.Join(steps, "\n    -> "))
		return
	}
	if done[e] {
		return
	}
	for _, name := range s.inPlace(e.Schema) {
		s.circle(s.Component(name), append(slices.Clone(ancestors), e), done)
	}
	done[e] = true
}

// inPlace returns the components that a schema applies to the very data that it is applied to.
func (s *Set) inPlace(v *Value) []string {
	if !v.Is(value.KindObject) {
		return nil
	}
	var names []string
	if name, ok := schema.RefName(v); ok && s.Component(name) != nil {
		names = append(names, name)
	}
	for _, keyword := range []string{"allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas"} {
		below := v.Get(keyword)
		if below == nil {
			continue
		}
		names = append(names, s.inPlace(below)...)
		for _, item := range below.Items {
			names = append(names, s.inPlace(item)...)
		}
		if keyword == "dependentSchemas" {
			for _, m := range below.Members {
				names = append(names, s.inPlace(m.Value)...)
			}
		}
	}
	return names
}

// faults say, by the keyword of a value that its schema does not accept, what the value is called and what happens to
// it in documents.
var faults = map[string]struct{ called, hint string }{
	"default":  {"the default", "correct it; until then, documents write it as x-default"},
	"examples": {"the example", "correct it; until then, documents leave it out"},
	"enum":     {"the enum value", "no value can match it; change it, or the keyword"},
	"const":    {"the const value", "no value can match it; change it, or the keyword"},
}

// repaired reports values in a schema that it does not accept itself, and returns it as documents may hold it.
func (s *Set) repaired(maker *example.Maker, v *Value) *Value {
	maker.Faults(v, func(f example.Fault) {
		fault := faults[f.Keyword]
		refused := "its schema"
		if f.Rule.Name != "" {
			refused = "\"" + f.Rule.Name + "\" at " + f.Rule.Pos.String()
		}
		p := value.Problem{Code: value.ViolatedSchema, Pos: f.Value.Pos, Warning: true, Msg: fault.called + " " + excerpt(f.Value) + " violates " + refused, Hint: fault.hint}
		if s.loader.isForeign(f.Value.Pos.File) {
			p = p.OfOthers(f.Keyword)
		} else if mend := quotesHint(f); mend != "" {
			_, then, isKept := strings.Cut(fault.hint, "until then, ")
			p.Hint = mend
			if isKept {
				p.AddHint("until then, " + then)
			}
		}
		*s.problems = append(*s.problems, p)
	})
	return maker.Mend(v)
}

// quotesHint says how a value is written that only its quotes, or their lack, give the wrong type; "" for any other.
func quotesHint(f example.Fault) string {
	if f.Rule.Name != "type" {
		return ""
	}
	types := schema.Types(value.Object(f.Rule))
	read := value.Parse("", []byte(f.Value.Text), &value.Problems{})
	switch {
	case f.Value.Is(value.KindNull) && len(types) > 0:
		return `write "type: [` + strings.Join(types, ", ") + `, 'null']"`
	case (f.Value.Is(value.KindNumber) || f.Value.Is(value.KindBool)) && slices.Contains(types, "string"):
		return "write \"" + f.Value.Text + "\", in quotes"
	case !f.Value.Is(value.KindString) || len(read) != 1:
	case read[0].Is(value.KindNumber) && slices.ContainsFunc(types, func(word string) bool { return word == "number" || word == "integer" && read[0].IsInteger() }),
		read[0].Is(value.KindBool) && slices.Contains(types, "boolean"):
		return "write " + read[0].Text + ", without quotes"
	case value.TruthWord(f.Value) != "" && slices.Contains(types, "boolean"):
		return "write " + value.TruthWord(f.Value)
	}
	return ""
}

// excerpt returns a value as JSON, truncated if it is long.
func excerpt(v *Value) string {
	const maxLength = 40
	text := []rune(string(v.AppendJSON(nil, "")))
	if len(text) > maxLength {
		return string(text[:maxLength]) + "..."
	}
	return string(text)
}
