package validate

import (
	"time"

	"github.com/firestoned/firestone/model/value"
)

// Data and definitions come nowhere near these bounds; a chain of references that doubles at every hop would otherwise
// never end, and data that is nested without end would exhaust the stack.
const (
	maxVisits = 1_000_000 // subschemas that one validation visits
	maxDepth  = 5_000     // subschemas inside one another
)

// validation is one question: is a value valid against a schema?
type validation struct {
	validator *Validator

	// floats asks for the answer of a reader that keeps numbers as 64-bit floats, as JavaScript does: 0.07 is a
	// multiple of 0.01, but not there. Such readers may also read patterns without the Unicode mode.
	floats   bool
	compares bool // with exact numbers: note in differs whether floats would have answered differently somewhere
	differs  bool
	isNarrow bool // formats are read as the usual validators of documents read them

	visits, depth int
	indexes       map[*value.Value]map[string]int // of the members of objects that have many
	rule          *value.Member                   // the keyword that rejected last; nil where that was the schema false
	spent         time.Duration                   // on patterns
	isUndecided   bool                            // something could not be found out

	most     int       // how many faults are wanted at most
	trace    *trace    // nil where only a yes or no is wanted
	findings *findings // nil there too, and where a subschema is asked whose answer is no fault in itself
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

// validate reports whether data is valid against the schema, and notes in out what was looked at. Where faults are
// collected it goes on behind the first, and counts as looked at what has a fault of its own.
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

// isKnown reports whether data has the type and is one of the values that the schema wants. If not, what else is wrong
// with it does not matter.
func (va *validation) isKnown(schema, data *value.Value) bool {
	for _, name := range []string{"type", "const", "enum"} {
		if m := schema.Member(name); m != nil && !va.keyword(schema, m, data, nil, nil) {
			return false
		}
	}
	return true
}

// keyword reports whether one keyword of the schema accepts data. Keywords that assert nothing accept everything.
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

// asks reports whether data is valid against a subschema whose answer is no fault in itself.
func (va *validation) asks(schema, data *value.Value, from *refChain, out *evaluated) bool {
	outer := va.findings
	va.findings = nil
	ok := va.validate(schema, data, from, out)
	va.findings = outer
	return ok
}

// isOfType reports whether data has the type, or one of the types, that the keyword names.
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

// ref follows a reference to a component. One that comes back to itself at the same value says nothing that
// could be true, so it rejects; one to nothing rejects too.
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
