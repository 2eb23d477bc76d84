package validate

import (
	"time"

	"github.com/firestoned/firestone/model/value"
)

// maxVisits bounds how many subschemas one validation may visit. Definitions come nowhere near it; a chain of
// references that doubles at every hop would otherwise never end.
const maxVisits = 1_000_000

// validation is one question: is a value valid against a schema?
type validation struct {
	validator *Validator
	// floats asks for the answer of a reader that keeps numbers as 64-bit floats, as JavaScript does: 0.07 is a
	// multiple of 0.01, but not there. Such readers may also read patterns without the Unicode mode.
	floats      bool
	differs     bool // with exact numbers: floats would have answered differently somewhere
	isNarrow    bool // formats are read as the usual validators of documents read them
	visits      int
	spent       time.Duration // on patterns
	isUndecided bool          // something could not be found out
	rule        value.Member  // the keyword that rejected last
}

// refChain is a component that a reference led to for one value, and those before it.
type refChain struct {
	target *value.Value
	before *refChain
}

// run reports whether data is valid, which it is not where that could not be found out.
func (va *validation) run(schema, data *value.Value) bool {
	return data != nil && va.validate(schema, data, nil, nil) && !va.isUndecided
}

// validate reports whether v is valid against the schema, and notes in out what was looked at.
func (va *validation) validate(schema, v *value.Value, from *refChain, out *evaluated) bool {
	if va.visits++; va.visits > maxVisits {
		va.rule = value.Member{}
		return false
	}
	if schema.Is(value.KindBool) {
		va.rule = value.Member{}
		return schema.IsTrue()
	}
	if !schema.Is(value.KindObject) {
		return true
	}
	own := out
	members, items := schema.Member("unevaluatedProperties"), schema.Member("unevaluatedItems")
	if members != nil || items != nil {
		own = &evaluated{}
	}
	for i := range schema.Members {
		if !va.keyword(schema, &schema.Members[i], v, from, own) {
			return false
		}
	}
	if members != nil && !va.unevaluatedMembers(members, v, own) || items != nil && !va.unevaluatedItems(items, v, own) {
		return false
	}
	out.add(own)
	return true
}

// keyword reports whether one keyword of the schema accepts v. Keywords that assert nothing accept everything.
func (va *validation) keyword(schema *value.Value, m *value.Member, v *value.Value, from *refChain, out *evaluated) bool {
	switch m.Name {
	case "type":
		return va.expect(m, va.isOfType(m.Value, v))
	case "enum":
		return va.expect(m, !m.Value.Is(value.KindArray) || oneOf(m.Value.Items, v))
	case "const":
		return va.expect(m, m.Value.Equal(v))
	case "$ref":
		return va.ref(m, v, from, out)
	case "allOf":
		for _, part := range m.Value.Items {
			if !va.validate(part, v, from, out) {
				return false
			}
		}
		return true
	case "anyOf", "oneOf":
		return va.choice(m, v, from, out)
	case "not":
		return va.expect(m, !va.validate(m.Value, v, from, nil))
	case "if":
		return va.condition(schema, m.Value, v, from, out)
	}
	switch v.Kind {
	case value.KindNumber:
		return va.number(m, v)
	case value.KindString:
		return va.expect(m, va.text(m, v.Text))
	case value.KindArray:
		return va.array(schema, m, v, out)
	case value.KindObject:
		return va.object(schema, m, v, from, out)
	}
	return true
}

// expect returns ok, and remembers the keyword where it is false.
func (va *validation) expect(m *value.Member, ok bool) bool {
	if !ok {
		va.rule = *m
	}
	return ok
}

// isOfType reports whether v has the type, or one of the types, that the keyword names.
func (va *validation) isOfType(types, v *value.Value) bool {
	if types.Is(value.KindString) {
		return va.isOf(types.Text, v)
	}
	if !types.Is(value.KindArray) {
		return true
	}
	for _, one := range types.Items {
		if va.isOf(one.Text, v) {
			return true
		}
	}
	return false
}

func (va *validation) isOf(name string, v *value.Value) bool {
	if v.Kind != value.KindNumber {
		return name == v.Kind.String()
	}
	if isInfinite(v.Text) {
		if va.differs = true; va.floats {
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
func (va *validation) ref(m *value.Member, v *value.Value, from *refChain, out *evaluated) bool {
	if !m.Value.Is(value.KindString) {
		return true
	}
	target := va.validator.Component(m.Value.Text)
	if target == nil {
		return va.expect(m, false)
	}
	for e := from; e != nil; e = e.before {
		if e.target == target {
			return va.expect(m, false)
		}
	}
	return va.validate(target, v, &refChain{target, from}, out)
}

// choice answers for anyOf and oneOf. All branches are asked where their annotations may count.
func (va *validation) choice(m *value.Member, v *value.Value, from *refChain, out *evaluated) bool {
	found := 0
	for _, part := range m.Value.Items {
		branch := out.branch()
		if !va.validate(part, v, from, branch) {
			continue
		}
		out.add(branch)
		found++
		if m.Name == "anyOf" && out == nil {
			break
		}
	}
	return va.expect(m, found == 1 || found > 1 && m.Name == "anyOf")
}

func (va *validation) condition(schema, condition, v *value.Value, from *refChain, out *evaluated) bool {
	branch := out.branch()
	next := schema.Get("else")
	if va.validate(condition, v, from, branch) {
		out.add(branch)
		next = schema.Get("then")
	}
	return next == nil || va.validate(next, v, from, out)
}
