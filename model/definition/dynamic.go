package definition

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// scope is a dynamic scope (JSON Schema 2020-12 core, section 7.1) as far as references can distinguish scopes: for
// each dynamic anchor, the schema that has it in the outermost resource on the path of the evaluation. A scope is never
// changed.
//
// Which scopes a schema is evaluated in is known before there is any data, since each follows from the references that
// lead to the schema. So no document needs dynamic references: a schema in which they mean something else than in
// isolation becomes a separate component, with plain references.
type scope map[string]*target

// enter returns the scope in the resource, which is entered last.
func (sc scope) enter(r *resource) scope {
	entered := sc
	for _, name := range slices.Sorted(maps.Keys(r.dynamic)) {
		if sc[name] != nil {
			continue
		}
		if len(entered) == len(sc) {
			entered = maps.Clone(sc)
			if entered == nil {
				entered = scope{}
			}
		}
		entered[name] = &target{doc: r.doc, node: r.dynamic[name], tokens: []string{name}, via: []*resource{r}}
	}
	return entered
}

// within returns the scope in which a reference in a schema of the resource outer, or of a resource inside it, is
// evaluated.
func (sc scope) within(inner, outer *resource) scope {
	if inner == outer || inner == nil {
		return sc
	}
	return sc.within(inner.outer, outer).enter(inner)
}

// key distinguishes scopes that differ in one of the names.
func (sc scope) key(names map[string]bool) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(sc)) {
		if names[name] {
			fmt.Fprintf(&b, "%s=%p ", name, sc[name].node)
		}
	}
	return b.String()
}

// names returns the names of all dynamic anchors in the scope.
func (sc scope) names() map[string]bool {
	names := map[string]bool{}
	for name := range sc {
		names[name] = true
	}
	return names
}

// scopedNode is a schema in a dynamic scope, reduced to the difference from the schema's own scope.
type scopedNode struct {
	node  *Value
	scope string
}

// alone returns the scope of a schema at which an evaluation begins.
func (t *target) alone() scope { return scope(nil).enter(t.doc.resourceOf(t.node)) }

// Limits, as each anchor can double the scopes that a schema is evaluated in.
const (
	maxScoped  = 200   // schemas whose meaning their scopes change
	maxVisited = 2_000 // schemas that are visited to find whether one does
)

// difference identifies the scopes that change the meaning of a schema; it is empty where the meaning is that of the
// schema in isolation.
func (s *Set) difference(t *target, sc scope) string {
	if s.scoped >= maxScoped {
		return ""
	}
	alone := t.alone()
	if maps.EqualFunc(sc, alone, func(a, b *target) bool { return a.node == b.node }) {
		return ""
	}
	at := scopedNode{t.node, sc.key(sc.names())}
	key, known := s.differences[at]
	if !known {
		names := s.dynamicNames(t, sc)
		if key = sc.key(names); key == alone.key(names) {
			key = ""
		}
		s.differences[at] = key
	}
	return key
}

// reference returns what a reference in a schema of the resource leads to, and the scope there.
func (s *Set) reference(in *resource, ref value.Member, sc scope) (*target, scope) {
	t := s.loader.resolve(in.doc, ref.Value)
	if t == nil {
		return nil, nil
	}
	sc = sc.within(in.doc.resourceOf(ref.Value), in)
	if bound := sc[dynamicName(t, ref)]; bound != nil {
		t = bound
	}
	for _, r := range t.via {
		sc = sc.enter(r)
	}
	return t, sc
}

// dynamicName returns the name that a reference has in scopes, or "" if it is static there: if it is not dynamic, or
// its initial target does not have its name as a dynamic anchor (section 8.2.3.2; draft 2019-09 core, section 8.2.4.2).
func dynamicName(t *target, ref value.Member) string {
	_, name, _ := strings.Cut(ref.Value.Text, "#")
	switch {
	case ref.Name == "$dynamicRef" && name != "" && t.node.Get("$dynamicAnchor").StringOr("") == name:
		return name
	case ref.Name == "$recursiveRef" && t.node.Get("$recursiveAnchor").IsTrue():
		return "#"
	}
	return ""
}

// dynamicNames returns the names that dynamic references have to which an evaluation of the schema in that scope can come.
func (s *Set) dynamicNames(t *target, sc scope) map[string]bool {
	names, seen := map[string]bool{}, map[scopedNode]bool{}
	var visit func(t *target, sc scope)
	visit = func(t *target, sc scope) {
		at := scopedNode{t.node, sc.key(sc.names())}
		if seen[at] || len(seen) == maxVisited {
			return
		}
		seen[at] = true
		in := t.doc.resourceOf(t.node)
		schema.Walk(t.node, func(sub *Value) {
			for _, keyword := range references {
				ref := sub.Member(keyword)
				if ref == nil || !ref.Value.Is(value.KindString) {
					continue
				}
				if first := s.loader.stepSilently(t.doc, ref.Value); first != nil {
					names[dynamicName(first, *ref)] = true
				}
				if next, inside := s.reference(in, *ref, sc); next != nil {
					visit(next, inside)
				}
			}
		})
	}
	visit(t, sc)
	if len(seen) == maxVisited {
		return sc.names()
	}
	return names
}
