package example

import (
	"iter"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

const (
	maxVain  = 200 // consecutive candidates that are rejected or duplicates before a source is given up
	maxForms = 16  // combinations of alternatives that take turns
)

// Variants yields distinct values that the schema accepts: the example for that name first, then the authors' values,
// then generated ones derived from them (Title, Title 2, Title 3; dates and keys that increase). The sequence is always
// the same, and ends if the schema allows no more or none is found. The values share parts with the schema and with one
// another, so they must not be modified. The cost of each does not grow with the number of earlier ones.
func (m *Maker) Variants(name string, schema *value.Value) iter.Seq[*value.Value] {
	return func(yield func(*value.Value) bool) {
		v := &variation{maker: m}
		defer v.close()
		v.each(request{name, schema}, yield)
	}
}

// variation is the generation of distinct values.
type variation struct {
	maker *Maker
	open  []*value.Value // the components being expanded, as in sampler
	depth int
	stops []func() // end the pools
}

func (v *variation) close() {
	for _, stop := range v.stops {
		stop()
	}
}

// each yields the distinct values for a request.
func (v *variation) each(r request, yield func(*value.Value) bool) {
	if v.depth >= maxDepth {
		return
	}
	g := v.sampler()
	s := &selection{maker: v.maker, schema: r.schema, yield: yield, seen: map[string]bool{}}
	first := g.example(r)
	if first == nil {
		return
	}
	base := &constraints{}
	g.add(base, r.schema)
	s.take(slices.Values(append([]*value.Value{first}, base.given...)))
	var forms []*constraints
	g.alternatives(base, func(form *constraints) bool {
		forms = append(forms, form)
		return len(forms) < maxForms
	})
	if len(forms) == 1 {
		v.form(r, forms[0], first, s)
		return
	}
	v.inTurn(r, forms, s)
}

// sampler returns a sampler for the current nesting of components.
func (v *variation) sampler() *sampler {
	return &sampler{maker: v.maker, open: slices.Clip(v.open), depth: v.depth}
}

// inTurn yields one value of each form in turn.
func (v *variation) inTurn(r request, forms []*constraints, s *selection) {
	pools := make([]*pool, len(forms))
	for i, form := range forms {
		pools[i] = v.pool(func(yield func(*value.Value) bool) {
			v.form(r, form, nil, &selection{maker: s.maker, schema: s.schema, yield: yield, seen: map[string]bool{}})
		})
	}
	for n := 0; !s.isDone; n++ {
		isExhausted := true
		for _, p := range pools {
			if made, ok := p.at(n); ok {
				isExhausted = false
				s.takeOne(made)
			}
		}
		if isExhausted {
			return
		}
	}
}

// form yields the values for one combination of alternatives, derived from example; nil if that is not known yet.
func (v *variation) form(r request, form *constraints, example *value.Value, s *selection) {
	if form.limited {
		s.take(slices.Values(form.listed))
		return
	}
	s.take(slices.Values(form.given))
	if example == nil && len(form.given) > 0 {
		example = form.given[0]
	}
	inner := &variation{maker: v.maker, open: append(slices.Clip(v.open), form.opened...), depth: v.depth + 1}
	defer inner.close()
	for _, kind := range form.kinds() {
		for _, source := range inner.sources(kind, r, form, example) {
			s.take(source)
		}
	}
}

// sources returns the sources of values of a type, the most realistic ones first.
func (v *variation) sources(kind string, r request, form *constraints, example *value.Value) []iter.Seq[*value.Value] {
	switch kind {
	case "string":
		return v.texts(r, form, example)
	case "integer", "number":
		return form.span(kind == "integer").counting(example)
	case "boolean":
		return []iter.Seq[*value.Value]{slices.Values([]*value.Value{value.Bool(true), value.Bool(false)})}
	case "array":
		return v.arrays(r, form)
	case "object":
		return v.objects(r, form)
	}
	return []iter.Seq[*value.Value]{slices.Values([]*value.Value{{}})}
}

// selection collects the distinct candidates that the schema accepts.
type selection struct {
	maker  *Maker
	schema *value.Value
	yield  func(*value.Value) bool
	seen   map[string]bool // the values accepted so far, by identity
	isDone bool            // no more are wanted
}

// take takes the values of a source, until too many consecutive ones are rejected.
func (s *selection) take(source iter.Seq[*value.Value]) {
	if s.isDone {
		return
	}
	vain, steps := 0, 0
	for candidate := range source {
		isTaken, work := s.takeOne(candidate)
		if vain, steps = vain+1, steps+work; isTaken {
			vain, steps = 0, 0
		}
		if s.isDone || vain >= maxVain || steps > maxSteps {
			return
		}
	}
}

// takeOne takes a candidate if it is accepted and new, and returns the number of steps used.
func (s *selection) takeOne(candidate *value.Value) (isTaken bool, steps int) {
	key := identity(candidate)
	if s.isDone || s.seen[key] {
		return false, 1
	}
	if isTaken, steps = s.maker.validator.IsPortable(s.schema, candidate); isTaken {
		s.seen[key] = true
		s.isDone = !s.yield(candidate)
	}
	return isTaken, steps
}

// identity returns a text that equal values share, and no others.
func identity(v *value.Value) string {
	var b strings.Builder
	writeIdentity(&b, v)
	return b.String()
}

func writeIdentity(b *strings.Builder, v *value.Value) {
	switch v.Kind {
	case value.KindArray:
		for _, item := range v.Items {
			b.WriteByte('[')
			writeIdentity(b, item)
		}
		b.WriteByte(']')
	case value.KindObject:
		members := slices.SortedFunc(slices.Values(v.Members), func(a, b value.Member) int { return strings.Compare(a.Name, b.Name) })
		for _, m := range members {
			b.WriteByte('{')
			writeText(b, m.Name)
			writeIdentity(b, m.Value)
		}
		b.WriteByte('}')
	case value.KindNumber:
		if n, ok := v.Rat(); ok {
			b.WriteString("#" + n.RatString())
		} else {
			b.WriteString("#" + v.Text)
		}
	case value.KindString:
		writeText(b, v.Text)
	default:
		b.WriteString(v.Kind.String() + v.Text)
	}
}

// writeText writes a text so that it cannot be taken for two.
func writeText(b *strings.Builder, text string) {
	b.WriteString(itoa(len(text)) + ":" + text)
}

// pool keeps the values of a source, which it takes as they are asked for.
type pool struct {
	made []*value.Value
	next func() (*value.Value, bool)
}

// pool returns a pool that ends with the variation.
func (v *variation) pool(source iter.Seq[*value.Value]) *pool {
	next, stop := iter.Pull(source)
	v.stops = append(v.stops, stop)
	return &pool{next: next}
}

// of returns a pool of the values for a request.
func (v *variation) of(r request) *pool {
	return v.pool(func(yield func(*value.Value) bool) {
		inner := &variation{maker: v.maker, open: v.open, depth: v.depth}
		defer inner.close()
		inner.each(r, yield)
	})
}

// at returns the n-th value, or false if there are fewer.
func (p *pool) at(n int) (*value.Value, bool) {
	for p.next != nil && len(p.made) <= n {
		made, ok := p.next()
		if !ok {
			p.next = nil
			break
		}
		p.made = append(p.made, made)
	}
	if n >= len(p.made) {
		return nil, false
	}
	return p.made[n], true
}
