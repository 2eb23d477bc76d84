package definition

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// target is the schema that a reference names in the end.
type target struct {
	doc    *document
	node   *Value
	tokens []string // the pointer to node in doc, decoded
	owner  *Value   // the value that holds node; nil for the root
}

// hop is one reference of a chain.
type hop struct {
	pos  Pos
	text string
}

// scheme finds an absolute URL (RFC 3986, section 3.1).
var urlScheme = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]+:`)

// resolve follows a reference of the document, and those that the schemas on its way are, to the schema that it
// names. What is wrong is reported at the reference.
func (l *loader) resolve(doc *document, ref *Value) *target {
	var hops []hop
	for {
		hops = append(hops, hop{ref.Pos, ref.Text})
		t := l.step(doc, ref)
		if t == nil {
			return nil
		}
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
		next := l.quietly(doc, ref)
		if next == nil {
			return false
		}
		doc, ref = next.doc, next.node.Get("$ref")
	}
	return ref.Is(value.KindString)
}

// quietly is step without reports.
func (l *loader) quietly(doc *document, ref *Value) *target {
	reported := l.problems
	l.problems = &Problems{}
	defer func() { l.problems = reported }()
	return l.step(doc, ref)
}

// circle reports a chain of references that comes back to itself.
func (l *loader) circle(hops []hop) {
	last := hops[len(hops)-1]
	start := slices.IndexFunc(hops, func(h hop) bool { return h.pos == last.pos })
	var steps []string
	for _, h := range hops[start:] {
		steps = append(steps, h.pos.String()+" "+h.text)
	}
	l.problems.Add(hops[start].pos, "one of them must be a schema", "references form a circle:\n    %s", strings.Join(steps, "\n    -> "))
}

// step follows one reference to the value that it names.
func (l *loader) step(doc *document, ref *Value) *target {
	file, fragment, _ := strings.Cut(ref.Text, "#")
	if urlScheme.MatchString(file) || strings.HasPrefix(file, "//") {
		l.problems.Add(ref.Pos, "copy the schema to a file beside the definition, and refer to that", "the reference %q is a URL, and nothing is fetched", ref.Text)
		return nil
	}
	file, err := url.PathUnescape(file)
	if err == nil {
		fragment, err = url.PathUnescape(fragment)
	}
	if err != nil {
		l.problems.Add(ref.Pos, "write a percent sign as %25", "the reference %q has an invalid percent-encoding", ref.Text)
		return nil
	}
	if file != "" {
		if doc = l.other(doc, file, ref); doc == nil {
			return nil
		}
	}
	return l.point(doc, fragment, ref)
}

// other returns the first document of a file that a reference names, or nil where there is none.
func (l *loader) other(doc *document, file string, ref *Value) *document {
	named := beside(doc.file, file)
	if f := l.files[named]; l.mayRefer != nil && (f == nil || !f.isNamed) {
		if err := l.mayRefer(doc.file, named); err != nil {
			cause, hint := reason(err)
			l.problems.Add(ref.Pos, hint, "the reference %q: %s", ref.Text, cause)
			return nil
		}
	}
	f := l.open(named)
	switch {
	case f.err != nil:
		cause, hint := reason(f.err)
		l.problems.Add(ref.Pos, cmp.Or(hint, "paths are relative to the folder of "+doc.file), "the reference %q: %s: %s", ref.Text, named, cause)
	case f.problems.HasErrors(): // which are reported, and what is in the file is not known
	case len(f.documents) == 0:
		l.problems.Add(ref.Pos, "", "the reference %q: %s is empty", ref.Text, named)
	default:
		return f.documents[0]
	}
	return nil
}

// point follows a JSON Pointer (RFC 6901), or the name of an anchor, from the root of a document.
func (l *loader) point(doc *document, fragment string, ref *Value) *target {
	if fragment != "" && fragment[0] != '/' {
		if node := anchored(doc.Root, fragment); node != nil {
			return &target{doc: doc, node: node, tokens: []string{fragment}}
		}
		l.problems.Add(ref.Pos, `start a pointer with a slash: "#/schema/items"`, "the reference %q: no schema has the anchor %q", ref.Text, fragment)
		return nil
	}
	t := &target{doc: doc, node: doc.Root}
	if fragment == "" {
		if doc.isDefinition() {
			l.problems.Add(ref.Pos, `refer to the resource, "#/schema/items", or to its collection, "#/schema"`, "the reference %q leads to a whole definition", ref.Text)
			return nil
		}
		return t
	}
	for token := range strings.SplitSeq(fragment[1:], "/") {
		token = value.PointerStep(token)
		next, names := child(t.node, token)
		if next == nil {
			l.problems.Add(ref.Pos, missing(token, names), "the reference %q leads nowhere: %s has no %q", ref.Text, place(t), token)
			return nil
		}
		t.node, t.owner = next, t.node
		t.tokens = append(t.tokens, token)
	}
	if inner := t.node.Get("schema"); t.isProperty() && inner.Is(value.KindObject) {
		t.node = inner
	}
	if t.node.Kind != value.KindObject && t.node.Kind != value.KindBool {
		l.problems.Add(ref.Pos, "a schema is an object, true or false", "the reference %q leads to %s", ref.Text, article(t.node.Kind.String()))
		return nil
	}
	return t
}

// isProperty reports whether the target is a direct property of a resource, which may be a wrapper.
func (t *target) isProperty() bool {
	return len(t.tokens) == 4 && t.tokens[0] == "schema" && t.tokens[1] == "items" && t.tokens[2] == "properties" && t.doc.isDefinition()
}

// child returns the member or item of that name, and the names that there are.
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

// anchored returns the schema with that $anchor (JSON Schema 2020-12 core, section 8.2.2), or nil.
func anchored(v *Value, anchor string) *Value {
	if v.Get("$anchor").StringOr("") == anchor || v.Get("$dynamicAnchor").StringOr("") == anchor {
		return v
	}
	for _, m := range v.Members {
		if found := anchored(m.Value, anchor); found != nil {
			return found
		}
	}
	for _, item := range v.Items {
		if found := anchored(item, anchor); found != nil {
			return found
		}
	}
	return nil
}
