package example

import (
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// maxVisits bounds how many subschemas one question may visit. Definitions come nowhere near it; a chain of
// references that doubles at every hop would otherwise never end.
const maxVisits = 1_000_000

// trial is one question whether a value fits a schema.
type trial struct {
	maker *Maker
	// floats asks for the answer of a reader that keeps numbers as 64-bit floats, as JavaScript does: 0.07 is a
	// multiple of 0.01, but not there. Such readers may also read patterns without the Unicode mode.
	floats  bool
	differs bool // with exact numbers: floats would have answered differently somewhere
	steps   int
	rule    value.Member // the keyword that refused last
}

// entry is a schema that a reference led to for one value, and the entries before it.
type entry struct {
	target *value.Value
	before *entry
}

// seen tells which members and items of one value the subschemas beside it have looked at
// (JSON Schema 2020-12, core, section 11).
type seen struct {
	allMembers, allItems bool
	members              map[string]bool
	items                map[int]bool
}

func (s *seen) member(name string) {
	if s == nil {
		return
	}
	if s.members == nil {
		s.members = map[string]bool{}
	}
	s.members[name] = true
}

func (s *seen) item(i int) {
	if s == nil {
		return
	}
	if s.items == nil {
		s.items = map[int]bool{}
	}
	s.items[i] = true
}

func (s *seen) add(other *seen) {
	if s == nil || other == nil || s == other {
		return
	}
	s.allMembers = s.allMembers || other.allMembers
	s.allItems = s.allItems || other.allItems
	for name := range other.members {
		s.member(name)
	}
	for i := range other.items {
		s.item(i)
	}
}

// branch returns a place for what a subschema looks at that may turn out not to apply.
func (s *seen) branch() *seen {
	if s == nil {
		return nil
	}
	return &seen{}
}

// fits reports whether v is valid against the schema, and notes in out what was looked at.
func (t *trial) fits(schema, v *value.Value, from *entry, out *seen) bool {
	if t.steps++; t.steps > maxVisits {
		t.rule = value.Member{}
		return false
	}
	if schema.Is(value.KindBool) {
		t.rule = value.Member{}
		return schema.IsTrue()
	}
	if !schema.Is(value.KindObject) {
		return true
	}
	own := out
	members, items := schema.Member("unevaluatedProperties"), schema.Member("unevaluatedItems")
	if members != nil || items != nil {
		own = &seen{}
	}
	for i := range schema.Members {
		if !t.keyword(schema, &schema.Members[i], v, from, own) {
			return false
		}
	}
	if members != nil && !t.unevaluatedMembers(members, v, own) || items != nil && !t.unevaluatedItems(items, v, own) {
		return false
	}
	out.add(own)
	return true
}

// keyword reports whether one keyword of the schema accepts v. Keywords that assert nothing accept everything.
func (t *trial) keyword(schema *value.Value, m *value.Member, v *value.Value, from *entry, out *seen) bool {
	switch m.Name {
	case "type":
		return t.verdict(m, t.isOfType(m.Value, v))
	case "enum":
		return t.verdict(m, !m.Value.Is(value.KindArray) || oneOf(m.Value.Items, v))
	case "const":
		return t.verdict(m, m.Value.Equal(v))
	case "$ref":
		return t.ref(m, v, from, out)
	case "allOf":
		for _, part := range m.Value.Items {
			if !t.fits(part, v, from, out) {
				return false
			}
		}
		return true
	case "anyOf", "oneOf":
		return t.choice(m, v, from, out)
	case "not":
		return t.verdict(m, !t.fits(m.Value, v, from, nil))
	case "if":
		return t.condition(schema, m.Value, v, from, out)
	}
	switch v.Kind {
	case value.KindNumber:
		return t.number(m, v)
	case value.KindString:
		return t.verdict(m, t.text(m, v.Text))
	case value.KindArray:
		return t.array(schema, m, v, out)
	case value.KindObject:
		return t.object(schema, m, v, from, out)
	}
	return true
}

// verdict returns ok, and remembers the keyword where it refused.
func (t *trial) verdict(m *value.Member, ok bool) bool {
	if !ok {
		t.rule = *m
	}
	return ok
}

// isOfType reports whether v has the type, or one of the types, that the keyword names.
func (t *trial) isOfType(types, v *value.Value) bool {
	if types.Is(value.KindString) {
		return t.isOf(types.Text, v)
	}
	if !types.Is(value.KindArray) {
		return true
	}
	for _, one := range types.Items {
		if t.isOf(one.Text, v) {
			return true
		}
	}
	return false
}

func (t *trial) isOf(name string, v *value.Value) bool {
	if v.Kind != value.KindNumber {
		return name == v.Kind.String()
	}
	if isInfinite(v.Text) {
		if t.differs = true; t.floats {
			return false
		}
	}
	return name == "number" || name == "integer" && isWhole(v)
}

func oneOf(values []*value.Value, v *value.Value) bool {
	for _, one := range values {
		if one.Equal(v) {
			return true
		}
	}
	return false
}

// ref follows a reference to a component. One that comes back to itself at the same value says nothing that
// could be true, so it refuses; one to nothing refuses too.
func (t *trial) ref(m *value.Member, v *value.Value, from *entry, out *seen) bool {
	if !m.Value.Is(value.KindString) {
		return true
	}
	target := t.maker.target(m.Value.Text)
	if target == nil {
		return t.verdict(m, false)
	}
	for e := from; e != nil; e = e.before {
		if e.target == target {
			return t.verdict(m, false)
		}
	}
	return t.fits(target, v, &entry{target, from}, out)
}

// choice answers for anyOf and oneOf. All branches are asked where their annotations may count.
func (t *trial) choice(m *value.Member, v *value.Value, from *entry, out *seen) bool {
	found := 0
	for _, part := range m.Value.Items {
		branch := out.branch()
		if !t.fits(part, v, from, branch) {
			continue
		}
		out.add(branch)
		found++
		if m.Name == "anyOf" && out == nil {
			break
		}
	}
	return t.verdict(m, found == 1 || found > 1 && m.Name == "anyOf")
}

func (t *trial) condition(schema, condition, v *value.Value, from *entry, out *seen) bool {
	branch := out.branch()
	next := schema.Get("else")
	if t.fits(condition, v, from, branch) {
		out.add(branch)
		next = schema.Get("then")
	}
	return next == nil || t.fits(next, v, from, out)
}

// target returns the component that a reference names, or nil.
func (m *Maker) target(ref string) *value.Value {
	name, ok := strings.CutPrefix(ref, "#/$defs/")
	if !ok {
		return nil
	}
	if strings.Contains(name, "~") {
		name = strings.NewReplacer("~1", "/", "~0", "~").Replace(name)
	}
	return m.defs(name)
}
