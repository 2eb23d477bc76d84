package definition

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// target is the schema that a reference names in the end.
type target struct {
	doc    *document
	node   *Value
	tokens []string    // the pointer to node in doc, decoded, or the name of its anchor
	owner  *Value      // the value that holds node; nil for the root
	word   string      // what names it; empty: the last of the tokens
	via    []*resource // that the reference leads into, one after the other
}

// hop is one reference of a chain.
type hop struct {
	pos  Pos
	text string
}

// resolve follows a reference of the document, and those that the schemas on its way are, to the schema that it
// names. What is wrong is reported at the reference.
func (l *loader) resolve(doc *document, ref *Value) *target {
	var hops []hop
	var via []*resource
	for {
		hops = append(hops, hop{ref.Pos, ref.Text})
		t := l.step(doc, ref)
		if t == nil {
			return nil
		}
		via = append(via, t.via...)
		t.via = via
		next := t.node.Get("$ref")
		if !next.Is(value.KindString) {
			return t
		}
		if slices.ContainsFunc(hops, func(h hop) bool { return h.pos == next.Pos }) {
			l.circle(append(hops, hop{next.Pos, next.Text}))
			return nil
		}
		if len(t.node.Members) > 1 && !l.closes(t, hops) {
			return t
		}
		doc, ref = t.doc, next
	}
}

// closes reports whether the references that begin at a schema with more than a reference come back to it, so
// that it would be its own definition.
func (l *loader) closes(t *target, hops []hop) bool {
	seen := map[*Value]bool{}
	doc, ref := t.doc, t.node.Get("$ref")
	for ref.Is(value.KindString) && !seen[ref] {
		seen[ref] = true
		next := l.stepSilently(doc, ref)
		if next == nil {
			return false
		}
		doc, ref = next.doc, next.node.Get("$ref")
	}
	return ref.Is(value.KindString)
}

// stepSilently is step without reports.
func (l *loader) stepSilently(doc *document, ref *Value) *target {
	reported := l.problems
	l.problems = &Problems{}
	defer func() { l.problems = reported }()
	return l.step(doc, ref)
}

// circle reports a chain of references that comes back to itself, from the first of its places on, so that it is one problem
// wherever it is entered.
func (l *loader) circle(hops []hop) {
	last := hops[len(hops)-1]
	start := slices.IndexFunc(hops, func(h hop) bool { return h.pos == last.pos })
	round := hops[start : len(hops)-1]
	first := slices.MinFunc(round, func(a, b hop) int {
		return cmp.Or(cmp.Compare(a.pos.File, b.pos.File), cmp.Compare(a.pos.Line, b.pos.Line), cmp.Compare(a.pos.Col, b.pos.Col))
	})
	begin := slices.Index(round, first)
	var steps []string
	for _, h := range slices.Concat(round[begin:], round[:begin+1]) {
		steps = append(steps, h.pos.String()+" "+h.text)
	}
	l.problems.Add(value.ReferenceCircle, first.pos, "one of them must be a schema", "references form a circle:\n    %s", strings.Join(steps, "\n    -> "))
}

// step follows one reference to the value that it names.
func (l *loader) step(doc *document, ref *Value) *target {
	in := doc.resourceOf(ref)
	name, fragment, _ := strings.Cut(ref.Text, "#")
	fragment, err := url.PathUnescape(fragment)
	if _, other := url.PathUnescape(name); err != nil || other != nil {
		l.problems.Add(value.UnknownReference, ref.Pos, "write a percent sign as %25", "the reference %q has an invalid percent-encoding", ref.Text)
		return nil
	}
	if name != "" {
		if in = l.named(in, name, ref); in == nil {
			return nil
		}
	}
	return l.point(in, fragment, ref)
}

// point follows a JSON Pointer (RFC 6901), or the name of an anchor, from the root of a resource.
func (l *loader) point(in *resource, fragment string, ref *Value) *target {
	t := &target{doc: in.doc, node: in.root, tokens: in.steps()}
	if fragment != "" && fragment[0] != '/' {
		node := in.anchors[fragment]
		if node == nil {
			l.problems.Add(value.UnknownReference, ref.Pos, cmp.Or(meant(in, fragment, ref), `start a pointer with a slash: "#/schema/items"`), "the reference %q: no schema has the anchor %q", ref.Text, fragment)
			return l.pointMeant(in, fragment, ref)
		}
		return &target{doc: in.doc, node: node, tokens: []string{fragment}, via: []*resource{in}}
	}
	if fragment == "" && in.root == in.doc.Root && in.doc.isDefinition() {
		file, _, _ := strings.Cut(ref.Text, "#")
		l.problems.Add(value.NoSchema, ref.Pos, `refer to the resource, "`+file+`#/schema/items", or to its collection, "`+file+`#/schema"`, "the reference %q leads to a whole definition", ref.Text)
		return nil
	}
	if fragment == "" {
		t.word = in.word
	}
	at := in
	if fragment != "" {
		for token := range strings.SplitSeq(fragment[1:], "/") {
			token = value.PointerStep(token)
			next, names := child(t.node, token)
			if next == nil {
				l.problems.Add(value.UnknownReference, ref.Pos, cmp.Or(meant(in, fragment, ref), l.hintOfContainer(in, fragment, ref), missing(token, names)), "the reference %q leads nowhere: %s has no %q", ref.Text, place(t), token)
				return l.pointMeant(in, fragment, ref)
			}
			t.node, t.owner = next, t.node
			t.tokens = append(t.tokens, token)
			at = at.past(next)
		}
	}
	if inner := t.node.Get("schema"); t.isProperty() && inner.Is(value.KindObject) {
		t.node = inner
	}
	if t.node.Kind != value.KindObject && t.node.Kind != value.KindBool {
		l.problems.Add(value.NoSchema, ref.Pos, "a schema is an object, true or false", "the reference %q leads to %s", ref.Text, article(t.node.Kind.String()))
		return nil
	}
	in.doc.enter(t.node, at)
	t.via = []*resource{in.doc.resourceOf(t.node)}
	return t
}

// pointMeant follows the reference that was most likely meant by one that was reported, so that what is wrong behind it is
// reported with it.
func (l *loader) pointMeant(in *resource, fragment string, ref *Value) *target {
	within, pointer := meantBy(in, fragment)
	if within == nil {
		return nil
	}
	return l.point(within, pointer, ref)
}

// isProperty reports whether the target is a direct property of a resource, which may be a wrapper.
func (t *target) isProperty() bool {
	return len(t.tokens) == 4 && t.tokens[0] == "schema" && t.tokens[1] == "items" && t.tokens[2] == "properties" && t.doc.isDefinition()
}

// child returns the member or item of that name, and all names.
func child(v *Value, token string) (*Value, []string) {
	var names []string
	switch v.Kind {
	case value.KindObject:
		if m := v.Member(token); m != nil {
			return m.Value, nil
		}
		for _, m := range v.Members {
			names = append(names, m.Name)
		}
	case value.KindArray:
		if i, err := strconv.Atoi(token); err == nil && i >= 0 && i < len(v.Items) && strconv.Itoa(i) == token {
			return v.Items[i], nil
		}
	}
	return nil, names
}

// missing lists the names that exist in place of an unknown one.
func missing(token string, names []string) string {
	if len(names) > 12 {
		names = append(slices.Clone(names[:12]), "...")
	}
	if len(names) == 0 {
		return "it has no members"
	}
	return value.Suggestion(token, names)
}

// place names the target in a message.
func place(t *target) string {
	if len(t.tokens) == 0 {
		return t.doc.file
	}
	return t.doc.file + "#/" + strings.Join(t.tokens, "/")
}
