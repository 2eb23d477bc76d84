package example

import (
	"iter"
	"math"
	"slices"

	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/value"
)

// position is a place in an object or array, with its possible values.
type position struct {
	name      string // of a member
	pool      *pool
	offset    int  // how many earlier positions take values from the same pool
	canBeLeft bool // an optional member
}

// objects returns objects with the members of an example and other values: each with the next value of every member,
// then the other combinations, and those without optional members.
func (v *variation) objects(r request, form *constraints) []iter.Seq[*value.Value] {
	g := v.sampler()
	b := &builder{sampler: g, constraints: form, patterns: form.pairs("patternProperties")}
	parts, ok := b.parts()
	if !ok {
		return nil
	}
	parts = limit(b.invent(parts), form.atMost("maxProperties", math.MaxInt))
	whole := assemble(parts, func(int) bool { return true })
	if !g.isAcceptable(r.schema, whole) {
		whole = b.largestValid(r.schema, parts)
	}
	own := map[string][]*value.Value{}
	for _, m := range b.pairs("properties") {
		own[m.Name] = append(own[m.Name], m.Value)
	}
	var positions []position
	for _, p := range parts {
		if !whole.Has(p.member.Name) {
			continue
		}
		called := p.member.Name
		if own[called] == nil && !p.required {
			called = "value"
		}
		schemas := conjunctionOf(b.schemasOf(p.member.Name, own[p.member.Name]))
		positions = append(positions, position{name: p.member.Name, pool: v.of(request{called, schemas}), canBeLeft: !p.required})
	}
	return combined(positions, func(values []*value.Value) *value.Value {
		object := value.Object()
		for i, made := range values {
			if made != nil {
				object.Members = append(object.Members, value.NewMember(positions[i].name, made))
			}
		}
		return object
	})
}

// arrays returns arrays of the same length as the example, then longer and shorter ones.
func (v *variation) arrays(r request, form *constraints) []iter.Seq[*value.Value] {
	const longer = 4
	least, most := form.atLeast("minItems"), form.atMost("maxItems", math.MaxInt)
	prefix, rest := form.itemSchemas()
	if least > most || least > maxItems {
		return nil
	}
	wanted := min(max(least, len(prefix), form.containedItems(), 1), most, maxItems)
	singular, _ := name.Forms(r.name, "", "")
	of := func(schemas ...*value.Value) *pool { return v.of(request{singular, conjunctionOf(schemas)}) }
	var front []*pool
	for _, schemas := range prefix {
		front = append(front, of(schemas...))
	}
	for _, schema := range form.all("contains") {
		contained := of(append([]*value.Value{schema}, rest...)...)
		for range max(1, form.atLeast("minContains")) {
			front = append(front, contained)
		}
	}
	others := of(rest...)
	var sources []iter.Seq[*value.Value]
	add := func(n int) {
		sources = append(sources, combined(places(front, others, n), func(values []*value.Value) *value.Value {
			return value.Array(slices.Clone(values)...)
		})...)
	}
	for n := wanted; n <= min(most, wanted+longer); n++ {
		add(n)
	}
	for n := wanted - 1; n >= least; n-- {
		add(n)
	}
	return sources
}

// places returns the positions of an array of n items.
func places(front []*pool, others *pool, n int) []position {
	var positions []position
	before := map[*pool]int{}
	for i := range n {
		p := others
		if i < len(front) {
			p = front[i]
		}
		positions = append(positions, position{pool: p, offset: before[p]})
		before[p]++
	}
	return positions
}

// combined returns the combinations of values at the positions: the next values of all, then every combination. An
// omitted value is nil.
func combined(positions []position, assemble func(values []*value.Value) *value.Value) []iter.Seq[*value.Value] {
	return []iter.Seq[*value.Value]{
		func(yield func(*value.Value) bool) { inStep(positions, assemble, yield) },
		func(yield func(*value.Value) bool) { everyCombination(positions, assemble, yield) },
	}
}

// inStep advances every position to its next value, starting over at the end, until all positions have started over.
func inStep(positions []position, assemble func(values []*value.Value) *value.Value, yield func(*value.Value) bool) {
	values := make([]*value.Value, len(positions))
	for n := 0; ; n++ {
		hasNew := n == 0
		for i, p := range positions {
			made, isNew := p.pool.at(n + p.offset)
			switch {
			case isNew:
				hasNew = true
			case len(p.pool.made) == 0:
				return
			default:
				made = p.pool.made[(n+p.offset)%len(p.pool.made)]
			}
			values[i] = made
		}
		if !hasNew || !yield(assemble(values)) {
			return
		}
	}
}

// everyCombination counts through the positions, the last one fastest. It comes after inStep, which has read the pools
// to their ends.
func everyCombination(positions []position, assemble func(values []*value.Value) *value.Value, yield func(*value.Value) bool) {
	if slices.ContainsFunc(positions, func(p position) bool { return len(p.pool.made) == 0 && !p.canBeLeft }) {
		return
	}
	digits := make([]int, len(positions))
	values := make([]*value.Value, len(positions))
	for {
		for i, p := range positions {
			if values[i] = nil; digits[i] < len(p.pool.made) {
				values[i] = p.pool.made[digits[i]]
			}
		}
		if !yield(assemble(values)) || !increment(positions, digits) {
			return
		}
	}
}

// increment advances to the next combination, and reports whether there is one.
func increment(positions []position, digits []int) bool {
	for i := len(digits) - 1; i >= 0; i-- {
		size := len(positions[i].pool.made)
		if positions[i].canBeLeft {
			size++
		}
		if digits[i]++; digits[i] < size {
			return true
		}
		digits[i] = 0
	}
	return false
}
