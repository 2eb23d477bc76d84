package validate

import (
	"time"

	"github.com/firestoned/firestone/model/value"
)

// Data and definitions come nowhere near these limits; but a chain of references that doubles at every hop would
// otherwise never end, and infinitely nested data would exhaust the stack.
const (
	maxVisits = 1_000_000 // subschemas visited by one validation
	maxDepth  = 5_000     // nested subschemas
)

// validation is the validation of one value against a schema.
type validation struct {
	validator *Validator

	// floats selects the result of a reader that stores numbers as 64-bit floats, like JavaScript, where 0.07 is not a
	// multiple of 0.01. Such readers may also evaluate patterns without the Unicode mode.
	floats   bool
	compares bool // with exact numbers: record in differs whether floats would have given a different result somewhere
	differs  bool
	isNarrow bool // formats are checked like the common validators of documents do

	visits, depth int
	indexes       map[*value.Value]map[string]int // of the members of large objects
	rule          *value.Member                   // the last keyword that rejected; nil if that was the schema false
	spent         time.Duration                   // on patterns
	isUndecided   bool                            // something could not be decided

	most     int       // the maximum number of faults
	trace    *trace    // nil if only the validity is wanted
	findings *findings // also nil then, and for subschemas whose failure is not a fault in itself
}

// refChain is a component that a reference led to for one value, and the previous ones.
type refChain struct {
	target *value.Value
	before *refChain
}

// run reports whether data is valid; an undecided result counts as not valid.
func (va *validation) run(schema, data *value.Value) bool {
	return data != nil && va.validate(schema, data, nil, nil) && !va.isUndecided
}

// validate reports whether data is valid against the schema, and records in out what was evaluated. If faults are
// collected, it continues after the first one, and parts with a fault of their own count as evaluated.
func (va *validation) validate(schema, data *value.Value, from *refChain, out *evaluated) bool {
	if va.visits++; data.Kind == value.KindNumber {
		va.visits += weight(data.Text)
	}
	if va.visits > maxVisits || va.depth >= maxDepth {
		return va.giveUp()
	}
	if schema.Is(value.KindBool) {
		va.rule = nil
		return schema.IsTrue() || va.fail(finding{})
	}
	if !schema.Is(value.KindObject) {
		return true
	}
	if va.findings != nil && !va.isKnown(schema, data) {
		return false
	}
	own, ok := out, true
	members, items := schema.Member("unevaluatedProperties"), schema.Member("unevaluatedItems")
	if members != nil || items != nil {
		own = &evaluated{}
	}
	va.depth++
	for i := range schema.Members {
		if !va.keyword(schema, &schema.Members[i], data, from, own) {
			if ok = false; va.isDone() {
				break
			}
		}
	}
	if va.depth--; !ok && va.isDone() {
		return false
	}
	if members != nil && !va.unevaluatedMembers(members, data, own) || items != nil && !va.unevaluatedItems(items, data, own) {
		ok = false
	}
	out.add(own)
	return ok
}

// isKnown reports whether data has the type and is one of the values that the schema requires. If not, its other faults
// do not matter.
func (va *validation) isKnown(schema, data *value.Value) bool {
	for _, name := range []string{"type", "const", "enum"} {
		if m := schema.Member(name); m != nil && !va.keyword(schema, m, data, nil, nil) {
			return false
		}
	}
	return true
}

// keyword reports whether a keyword of the schema accepts data. Keywords that are not assertions accept everything.
func (va *validation) keyword(schema *value.Value, m *value.Member, data *value.Value, from *refChain, out *evaluated) bool {
	switch m.Name {
	case "type":
		return va.isOfType(m.Value, data) || va.reject(m, data)
	case "enum":
		return !m.Value.Is(value.KindArray) || va.validator.lists(m.Value, data) || va.reject(m, data)
	case "const":
		return m.Value.Equal(data) || va.reject(m, data)
	case "$ref":
		return va.ref(m, data, from, out)
	case "allOf":
		return va.all(m, data, from, out)
	case "anyOf", "oneOf":
		return va.choice(m, data, from, out)
	case "not":
		return !va.asks(m.Value, data, from, nil) || va.reject(m, data)
	case "if":
		return va.condition(schema, m.Value, data, from, out)
	}
	switch data.Kind {
	case value.KindNumber:
		return va.number(m, data)
	case value.KindString:
		return va.text(m, data)
	case value.KindArray:
		return va.array(schema, m, data, out)
	case value.KindObject:
		return va.object(schema, m, data, from, out)
	}
	return true
}

// asks reports whether data is valid against a subschema whose failure is not a fault in itself.
func (va *validation) asks(schema, data *value.Value, from *refChain, out *evaluated) bool {
	outer := va.findings
	va.findings = nil
	ok := va.validate(schema, data, from, out)
	va.findings = outer
	return ok
}

// isOfType reports whether data has the type, or one of the types, of the keyword.
func (va *validation) isOfType(types, data *value.Value) bool {
	if types.Is(value.KindString) {
		return va.isOf(types.Text, data)
	}
	if !types.Is(value.KindArray) {
		return true
	}
	for _, one := range types.Items {
		if va.isOf(one.Text, data) {
			return true
		}
	}
	return false
}

func (va *validation) isOf(name string, data *value.Value) bool {
	if data.Kind != value.KindNumber {
		return name == data.Kind.String()
	}
	if va.compares && isInfinite(data.Text) {
		if va.differs = true; va.floats {
			return false
		}
	}
	return name == "number" || name == "integer" && isWhole(data)
}

// ref follows a reference to a component. A cycle at the same value cannot be satisfied, so it rejects, as does a
// reference to nothing.
func (va *validation) ref(m *value.Member, data *value.Value, from *refChain, out *evaluated) bool {
	if !m.Value.Is(value.KindString) {
		return true
	}
	target := va.validator.Component(m.Value.Text)
	if target == nil {
		return va.reject(m, data)
	}
	for c := from; c != nil; c = c.before {
		if c.target == target {
			return va.reject(m, data)
		}
	}
	return va.validate(target, data, &refChain{target, from}, out)
}

func (va *validation) all(m *value.Member, data *value.Value, from *refChain, out *evaluated) bool {
	ok := true
	for _, part := range m.Value.Items {
		if !va.validate(part, data, from, out) {
			if ok = false; va.isDone() {
				return false
			}
		}
	}
	return ok
}

func (va *validation) condition(schema, condition, data *value.Value, from *refChain, out *evaluated) bool {
	branch := out.branch()
	next := schema.Get("else")
	if va.asks(condition, data, from, branch) {
		out.add(branch)
		next = schema.Get("then")
	}
	return next == nil || va.validate(next, data, from, out)
}
