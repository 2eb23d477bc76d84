package definition

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// resource is a schema with an identity, and all schemas in it up to others with one (JSON Schema 2020-12 core, section
// 4.3.5). "#" in a reference is the root of the resource that holds it. A document is one, whatever it holds.
type resource struct {
	doc     *document
	root    *Value
	uri     string    // what references in it are relative to: a URL, or the path of a file
	word    string    // that its identity ends in
	outer   *resource // that holds it; nil for a document
	dialect dialect
	anchors map[string]*Value
	dynamic map[string]*Value // those of $dynamicAnchor, and under "#" the root where it has $recursiveAnchor
}

// dialect is a version of JSON Schema, as far as it says which keywords give an identity.
type dialect uint8

const (
	unstated  dialect = iota // no $schema
	draft4                   // id, also for anchors: id: "#x"
	draft7                   // drafts 6 and 7: $id, also for anchors
	since2019                // $id, $anchor, and siblings of a $ref apply
)

var olderDrafts = map[string]dialect{"draft-03": draft4, "draft-04": draft4, "draft-05": draft4, "draft-06": draft7, "draft-07": draft7}

// dialectOf returns the dialect that a schema says it is written in, or that of the schema around it.
func dialectOf(v *Value, around dialect) dialect {
	stated := v.Get("$schema").StringOr("")
	if stated == "" {
		return around
	}
	for name, d := range olderDrafts {
		if strings.Contains(stated, name) {
			return d
		}
	}
	return since2019
}

// identity returns the URI reference that a schema gives as its identity, or "". In drafts up to 7, siblings of a $ref
// are ignored (draft 7 core, section 8.3), except in the root of a file.
func identity(v *Value, d dialect, isRoot bool) string {
	switch {
	case (d == draft4 || d == draft7) && !isRoot && v.Get("$ref").Is(value.KindString):
		return ""
	case d == draft4:
		return v.Get("id").StringOr("")
	}
	return v.Get("$id").StringOr("")
}

// index finds the resources and the anchors of the document, once. Data is never searched for them.
func (doc *document) index() {
	if doc.main != nil {
		return
	}
	doc.main = newResource(doc, doc.Root, doc.file, nil)
	doc.within, doc.identities = map[*Value]*resource{}, map[string]*resource{doc.file: doc.main}
	if doc.isDefinition() {
		for _, p := range value.Items(doc.Root.Get("default_query_params")) {
			doc.enter(p.Get("schema"), doc.main)
		}
		doc.enterResource(doc.Root.Get("schema"), doc.main)
		for _, m := range doc.Root.Members {
			if schema.IsExtension(m.Name) {
				doc.enterAny(m.Value)
			}
		}
		return
	}
	doc.enterAny(doc.Root)
}

// enterAny enters a schema, or those that an object holds by name, one by one or in lists, which is none.
func (doc *document) enterAny(v *Value) {
	doc.enter(v, doc.main)
	if schema.HasKeywords(v) {
		return
	}
	for _, m := range value.Members(v) {
		for _, held := range append([]*Value{m.Value}, m.Value.Items...) {
			doc.enter(held, doc.resourceOf(v))
		}
	}
}

// enterResource enters the schemas of a definition, or of a resource that is written inside a property.
func (doc *document) enterResource(written *Value, in *resource) {
	doc.enter(written.Get("key").Get("schema"), in)
	for _, p := range value.Items(written.Get("query_params")) {
		doc.enter(p.Get("schema"), in)
	}
	items := written.Get("items")
	doc.enter(items, in)
	for _, m := range value.Members(items.Get("properties")) {
		if wrapped := m.Value.Get("schema"); wrapped.Has("key") {
			doc.enterResource(wrapped, doc.resourceOf(m.Value))
		} else {
			doc.enter(wrapped, doc.resourceOf(m.Value))
		}
	}
}

// enter notes for a schema, and for all in it, which resource they belong to, and the names that they have there.
func (doc *document) enter(v *Value, in *resource) {
	doc.note(v, in)
	for _, name := range doc.doubtful {
		name()
	}
	doc.doubtful = nil
}

func (doc *document) note(v *Value, in *resource) {
	if !v.Is(value.KindObject) || doc.within[v] != nil {
		return
	}
	in = doc.identified(v, in)
	doc.within[v] = in
	for _, anchor := range []string{v.Get("$anchor").StringOr(""), v.Get("$dynamicAnchor").StringOr("")} {
		in.name(anchor, v)
	}
	if anchor := v.Get("$dynamicAnchor").StringOr(""); anchor != "" && in.dynamic[anchor] == nil {
		in.dynamic[anchor] = v
	}
	if v == in.root && v.Get("$recursiveAnchor").IsTrue() {
		in.dynamic["#"] = v
	}
	for _, keyword := range references {
		if ref := v.Get(keyword); ref != nil {
			doc.within[ref] = in
		}
	}
	for _, m := range value.Members(v.Get("discriminator").Get("mapping")) {
		doc.within[m.Value] = in
	}
	schema.Below(v, func(sub *Value) { doc.note(sub, in) })
}

// references are the keywords that refer to a schema.
var references = []string{"$ref", "$dynamicRef", "$recursiveRef"}

// identified returns the resource that a schema belongs to: a new one if it has an identity.
func (doc *document) identified(v *Value, in *resource) *resource {
	d := dialectOf(v, in.dialect)
	if v == doc.Root {
		in.dialect = d
	}
	id, anchor, _ := strings.Cut(identity(v, d, v == doc.Root), "#")
	if id != "" {
		uri := against(in.uri, id)
		if v == doc.Root {
			in.uri = uri
		} else {
			in = newResource(doc, v, uri, in)
			in.dialect, in.word = d, lastStep(uri)
		}
		if doc.identities[uri] == nil {
			doc.identities[uri] = in
		}
	}
	if !strings.HasPrefix(anchor, "/") {
		in.name(anchor, v)
	}
	if other := map[dialect]string{unstated: "id", draft4: "$id"}[d]; other != "" && id == "" && anchor == "" {
		doc.doubtful = append(doc.doubtful, func() { doc.named(v.Get(other).StringOr(""), v, in) })
	}
	return in
}

// named notes the identity of a schema in the keyword of draft 4 in a file that does not declare draft 4, or in that of
// later drafts in a file that does. Nothing in it is relative to that, and a proper identity takes precedence.
func (doc *document) named(id string, v *Value, in *resource) {
	uri, anchor, _ := strings.Cut(id, "#")
	switch {
	case uri == "":
		in.name(anchor, v)
	case isURL(uri) && doc.identities[uri] == nil:
		doc.identities[uri] = newResource(doc, v, in.uri, in)
		doc.identities[uri].word = lastStep(uri)
	}
}

func newResource(doc *document, root *Value, uri string, outer *resource) *resource {
	r := &resource{doc: doc, root: root, uri: uri, outer: outer, anchors: map[string]*Value{}, dynamic: map[string]*Value{}}
	if outer != nil {
		r.dialect = outer.dialect
	}
	return r
}

// name gives a schema the name of an anchor; the first keeps it.
func (r *resource) name(anchor string, v *Value) {
	if anchor != "" && r.anchors[anchor] == nil {
		r.anchors[anchor] = v
	}
}

// past returns the resource in which a pointer continues that has reached a value: a value with an identity starts a
// resource, even if no keyword leads to it.
func (r *resource) past(v *Value) *resource {
	if r.doc.within[v] == nil && identity(v, dialectOf(v, r.dialect), false) != "" {
		r.doc.enter(v, r)
	}
	if in := r.doc.within[v]; in != nil {
		return in
	}
	return r
}

// steps returns the way from the root of the document to that of the resource.
func (r *resource) steps() []string {
	if r.outer == nil {
		return nil
	}
	steps, _ := pathBetween(r.doc.Root, r.root, nil)
	return slices.Clone(steps)
}

// pathBetween returns the steps of a JSON Pointer from one value to another below it.
func pathBetween(from, to *Value, steps []string) ([]string, bool) {
	if from == to {
		return steps, true
	}
	for _, m := range from.Members {
		if found, ok := pathBetween(m.Value, to, append(steps, m.Name)); ok {
			return found, true
		}
	}
	for i, item := range from.Items {
		if found, ok := pathBetween(item, to, append(steps, strconv.Itoa(i))); ok {
			return found, true
		}
	}
	return nil, false
}

// resourceOf returns the resource that a schema or a reference belongs to.
func (doc *document) resourceOf(v *Value) *resource {
	doc.index()
	if r := doc.within[v]; r != nil {
		return r
	}
	return doc.main
}

// urlScheme finds an absolute URL (RFC 3986, section 3.1). A single letter is a drive.
var urlScheme = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]+:`)

// isURL reports whether a reference or its base is a URL rather than a file path.
func isURL(uri string) bool { return urlScheme.MatchString(uri) || strings.HasPrefix(uri, "//") }

// against resolves a reference without its fragment against its base (RFC 3986, section 5.2).
func against(base, name string) string {
	if !isURL(base) && !isURL(name) {
		if unescaped, err := url.PathUnescape(name); err == nil {
			name = unescaped
		}
		return beside(base, name)
	}
	b, err := url.Parse(base)
	if err != nil || !isURL(base) {
		b = &url.URL{}
	}
	n, err := url.Parse(name)
	if err != nil {
		return name
	}
	return b.ResolveReference(n).String()
}

// lastStep returns the last step of a URI that has one, without its extension: a name for the schema.
func lastStep(uri string) string {
	uri = strings.TrimRight(uri, "/")
	word := path.Base(uri[strings.LastIndexByte(uri, ':')+1:])
	return strings.TrimSuffix(word, path.Ext(word))
}
