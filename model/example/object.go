package example

import (
	"math"
	"slices"

	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// maxMade limits the members with invented names.
const maxMade = 100

// part is a possible member of an object.
type part struct {
	member   value.Member
	required bool
}

// objects yields the object with every property that has an example, and if its schema rejects that, the one that keeps
// as many of them as it accepts.
func (s *sampler) objects(r request, c *constraints, yield func(*value.Value) bool) {
	b := &builder{sampler: s, constraints: c, patterns: c.pairs("patternProperties")}
	parts, ok := b.parts()
	if !ok {
		return
	}
	parts = b.invent(parts)
	parts = limit(parts, c.atMost("maxProperties", math.MaxInt))
	full := assemble(parts, func(int) bool { return true })
	if plain := withoutSchemaWords(parts, full); plain != nil && !yield(plain) {
		return
	}
	if yield(full) && slices.ContainsFunc(parts, func(p part) bool { return !p.required }) {
		yield(b.largestValid(r.schema, parts))
	}
}

// withoutSchemaWords returns the object without the optional members that make it look like a schema to tools (see
// value.LooksLikeSchema): default and example, or else type and the like. It is nil if the object does not look like a
// schema, or cannot be changed not to.
func withoutSchemaWords(parts []part, full *value.Value) *value.Value {
	if !full.LooksLikeSchema() {
		return nil
	}
	for _, words := range [][]string{{"default", "example"}, {"enum", "type", "format", "properties", "items"}} {
		plain := assemble(parts, func(i int) bool { return parts[i].required || !slices.Contains(words, parts[i].member.Name) })
		if !plain.LooksLikeSchema() {
			return plain
		}
	}
	return nil
}

// builder collects the members of one object.
type builder struct {
	*sampler
	*constraints
	patterns []value.Member
}

// pairs returns the members of all occurrences of a keyword, in the order in which they were found.
func (c *constraints) pairs(keyword string) []value.Member {
	var pairs []value.Member
	for _, v := range c.all(keyword) {
		if members := value.Members(v); pairs == nil {
			pairs = slices.Clip(members)
		} else {
			pairs = append(pairs, members...)
		}
	}
	return pairs
}

// parts returns the members that the schema names, with the required ones marked, or false if a required one has no
// example.
func (b *builder) parts() ([]part, bool) {
	required := map[string]bool{}
	var names []string
	for _, list := range b.all("required") {
		for _, name := range value.Items(list) {
			required[name.Text] = true
		}
	}
	properties := b.pairs("properties")
	schemas, values := make(map[string][]*value.Value, len(properties)), make([]*value.Value, len(properties))
	names = make([]string, 0, len(properties))
	for i, m := range properties {
		if values[i] = m.Value; schemas[m.Name] != nil {
			schemas[m.Name] = append(schemas[m.Name], m.Value)
			continue
		}
		names = append(names, m.Name)
		schemas[m.Name] = values[i : i+1 : i+1]
	}
	for _, keyword := range []string{"required", "dependentRequired"} {
		for _, name := range b.namesIn(keyword) {
			if schemas[name] == nil && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	parts := make([]part, 0, len(names))
	for _, name := range names {
		var v *value.Value
		if (b.maker.isWide || !schema.IsAvoided(name)) && (required[name] || !b.isDeep(schemas[name])) {
			v = b.link(schemas[name], b.example(request{name, conjunctionOf(b.schemasOf(name, schemas[name]))}))
		}
		if v == nil && required[name] {
			return nil, false
		}
		if v != nil {
			parts = append(parts, part{value.NewMember(name, v), required[name]})
		}
	}
	return parts, true
}

// isDeep reports whether a property refers to components when enough of them are nested already. People do not read
// further, and components that all refer to one another would exhaust memory.
func (b *builder) isDeep(schemas []*value.Value) bool {
	return len(b.open) > maxNested && slices.ContainsFunc(schemas, func(v *value.Value) bool { return len(schema.Refs(v)) > 0 })
}

// namesIn returns the names in a keyword: those of required, or those that dependentRequired lists.
func (b *builder) namesIn(keyword string) []string {
	var names []string
	for _, v := range b.all(keyword) {
		lists := []*value.Value{v}
		for _, m := range value.Members(v) {
			lists = append(lists, m.Value)
		}
		for _, list := range lists {
			for _, name := range value.Items(list) {
				names = append(names, name.Text)
			}
		}
	}
	return names
}

// schemasOf returns all schemas for a member: its own, those whose pattern matches its name, and the one for additional
// members if there are neither.
func (b *builder) schemasOf(name string, own []*value.Value) []*value.Value {
	schemas := slices.Clip(own)
	for _, p := range b.patterns {
		if b.maker.matcher.matches(p.Name, name) {
			schemas = append(schemas, p.Value)
		}
	}
	for _, keyword := range []string{"additionalProperties", "unevaluatedProperties"} {
		if len(schemas) == 0 {
			schemas = b.all(keyword)
		}
	}
	return schemas
}

// invent adds members with invented names: as many as required, and one to an object that is a map.
func (b *builder) invent(parts []part) []part {
	missing := b.atLeast("minProperties") - len(parts)
	isMap := len(b.patterns) > 0
	for _, v := range b.all("additionalProperties") {
		isMap = isMap || v.Is(value.KindObject)
	}
	if len(parts) == 0 && len(b.pairs("properties")) == 0 && isMap {
		missing = max(missing, 1)
	}
	if missing <= 0 || missing > maxMade {
		return parts
	}
	for _, name := range b.names(missing + len(parts)) {
		isTaken := slices.ContainsFunc(parts, func(p part) bool { return p.member.Name == name })
		if missing == 0 || isTaken || schema.IsAvoided(name) {
			continue
		}
		if v := b.example(request{"value", conjunctionOf(b.schemasOf(name, nil))}); v != nil {
			parts = append(parts, part{value.NewMember(name, v), false})
			missing--
		}
	}
	return parts
}

// names returns up to n names: first those that propertyNames allows, then those that match a pattern of
// patternProperties.
func (b *builder) names(n int) []string {
	rules := append(b.all("propertyNames"), value.Object(value.NewMember("type", value.String("string"))))
	var names []string
	for _, v := range b.examples(request{"key", conjunctionOf(rules)}, n) {
		names = append(names, v.Text)
	}
	for _, p := range b.patterns {
		like := value.Object(value.NewMember("pattern", value.String(p.Name)))
		for _, v := range b.examples(request{"key", conjunctionOf(append(slices.Clip(rules), like))}, n) {
			names = append(names, v.Text)
		}
	}
	return names
}

// limit removes optional members from the end until at most the given number is left.
func limit(parts []part, most int) []part {
	for i := len(parts) - 1; i >= 0 && len(parts) > most; i-- {
		if !parts[i].required {
			parts = slices.Delete(parts, i, i+1)
		}
	}
	return parts
}

// largestValid starts with the required members and adds each other one that the schema accepts together with the rest.
func (b *builder) largestValid(schema *value.Value, parts []part) *value.Value {
	chosen := make([]bool, len(parts))
	for i, p := range parts {
		chosen[i] = p.required
	}
	pick := func() *value.Value { return assemble(parts, func(i int) bool { return chosen[i] }) }
	best := pick()
	isFitting := b.isAcceptable(schema, best)
	for i := range parts {
		if chosen[i] || b.isSpent() {
			continue
		}
		chosen[i] = true
		grown := pick()
		if b.isAcceptable(schema, grown) {
			best, isFitting = grown, true
		} else if isFitting {
			chosen[i] = false
		}
	}
	return best
}

func assemble(parts []part, isChosen func(int) bool) *value.Value {
	object := value.Object()
	if len(parts) > 0 {
		object.Members = make([]value.Member, 0, len(parts))
	}
	for i, p := range parts {
		if isChosen(i) {
			object.Members = append(object.Members, p.member)
		}
	}
	return object
}
