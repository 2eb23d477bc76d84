package value

import (
	"bytes"
	"regexp"
	"slices"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// reader turns the nodes of one file into values.
type reader struct {
	limits
	src      *source
	anchored map[*yaml.Node]*measured // of the document at hand
	misread  bool                     // the reading is not what was meant, which is reported
}

// measured is a value with the cost of an alias to it. It has no value while it is being read.
type measured struct {
	value  *Value
	size   int // values, with what its own aliases repeat
	height int // levels below and including it
}

// document returns the value of a document, or nil for an empty one.
func (r *reader) document(n *yaml.Node) *Value {
	if len(n.Content) == 0 {
		return nil
	}
	root := n.Content[0]
	if root.Kind == yaml.ScalarNode && root.Value == "" && root.Style == 0 && root.Anchor == "" {
		return nil
	}
	r.anchored = map[*yaml.Node]*measured{}
	return r.read(root, 1).value
}

// read returns the value of a node at a depth: the root has depth 1.
func (r *reader) read(n *yaml.Node, depth int) measured {
	if n.Kind == yaml.AliasNode {
		return r.alias(n, depth)
	}
	pos := r.src.at(n.Line, n.Column)
	if !r.deepens(depth, pos) || !r.take(1, false, pos) {
		return measured{value: &Value{Pos: pos}, size: 1, height: 1}
	}
	var shared *measured
	if n.Anchor != "" {
		r.src.mark(pos, "&"+n.Anchor)
		shared = &measured{}
		r.anchored[n] = shared
	}
	if n.Style&yaml.TaggedStyle != 0 {
		r.src.mark(pos, n.Tag)
	}
	m := measured{size: 1, height: 1}
	switch n.Kind {
	case yaml.MappingNode:
		r.tagged(n, "!!map", pos)
		m = r.mapping(n, depth, pos)
	case yaml.SequenceNode:
		r.tagged(n, "!!seq", pos)
		m = r.sequence(n, depth, pos)
	default:
		m.value = r.scalar(n, pos)
	}
	if shared != nil {
		*shared = m
	}
	return m
}

// tagged reports a tag of a list or mapping that is not the wanted one.
func (r *reader) tagged(n *yaml.Node, want string, pos Pos) {
	if n.Style&yaml.TaggedStyle != 0 && n.Tag != want {
		r.foreignTag(n.Tag, pos)
	}
}

func (r *reader) foreignTag(tag string, pos Pos) {
	if r.src.isMarked {
		return
	}
	r.problems.Add(NoJSONValue, pos, "remove the tag, or quote the value if it is text: only JSON values are supported", "the tag %q does not match this value", tag)
}

func (r *reader) sequence(n *yaml.Node, depth int, pos Pos) measured {
	m := measured{value: &Value{Kind: KindArray, Pos: pos}, size: 1, height: 1}
	if len(n.Content) > 0 {
		m.value.Items = make([]*Value, 0, len(n.Content))
	}
	for _, item := range n.Content {
		if r.spent {
			break
		}
		m.value.Items = append(m.value.Items, m.add(r.read(item, depth+1)))
	}
	return m
}

// add counts a child and returns its value.
func (m *measured) add(child measured) *Value {
	m.size += child.size
	m.height = max(m.height, child.height+1)
	return child.value
}

// alias returns the value of the anchor. It is shared: no place of the file is copied.
func (r *reader) alias(n *yaml.Node, depth int) measured {
	pos := r.src.at(n.Line, n.Column)
	r.src.mark(pos, "*"+n.Value)
	none := measured{value: &Value{Pos: pos}, size: 1, height: 1}
	m := r.anchored[n.Alias]
	switch {
	case m == nil:
		return none // the anchor is below a value that is nested too deep, which is reported
	case m.value == nil:
		r.problems.Add(AliasCircle, pos, "a value cannot contain itself; for a recursive schema use $ref",
			"the alias %q is inside its own anchor", n.Value)
		return none
	case !r.deepens(depth+m.height-1, pos) || !r.take(m.size, true, pos):
		return none
	}
	return *m
}

func (r *reader) mapping(n *yaml.Node, depth int, pos Pos) measured {
	m := measured{value: &Value{Kind: KindObject, Pos: pos}, size: 1, height: 1}
	if len(n.Content) > 0 {
		m.value.Members = make([]Member, 0, len(n.Content)/2)
	}
	seen := newNames(len(n.Content) / 2)
	var merges []merge
	for i := 0; i+1 < len(n.Content) && !r.spent; i += 2 {
		key, child := n.Content[i], n.Content[i+1]
		at := r.src.at(key.Line, key.Column)
		if isMerge(key) {
			r.src.mark(at, "<<")
			sources := r.mergeSources(m.add(r.read(child, depth+1)))
			merges = append(merges, merge{before: len(m.value.Members), sources: sources})
			continue
		}
		if r.src.isMarked && r.src.isLong(key) {
			r.problems.Add(TooLarge, at, "", "the key is longer than %d characters", maxKeyLength)
		}
		name, ok := r.key(key, depth+1, at)
		v := m.add(r.read(child, depth+1))
		if ok && v.Kind == KindNull && v.Source == "" {
			r.reference(name, v)
		}
		if !ok {
			continue
		}
		member := Member{name, at, v}
		if first := seen.find(name, m.value.Members); first < 0 {
			m.value.Members = append(m.value.Members, member)
		} else if p, ok := r.src.notIndented(m.value.Members, first, member); ok {
			r.stop(p)
		} else {
			r.problems.duplicate(member, m.value.Members[first])
		}
	}
	if len(merges) > 0 {
		m.size += r.merge(m.value, merges)
	}
	return m
}

// reference reports a reference that is read as a comment, since it begins with # and has no quotes, and restores its
// text. No other null is certain to be a mistake.
func (r *reader) reference(key string, v *Value) {
	if key != "$ref" && key != "$dynamicRef" {
		return
	}
	at := r.src.offset(yaml.Mark{Line: v.Pos.Line, Column: v.Pos.Col})
	_, end := r.src.line(at)
	for at < end && r.src.text[at] == ' ' {
		at++
	}
	text := bytes.TrimSpace(r.src.text[min(at, end):end])
	if len(text) < 2 || text[0] != '#' || text[1] == ' ' {
		return
	}
	text, _, _ = bytes.Cut(text, []byte(" "))
	v.Kind, v.Text, v.Pos = KindString, string(text), r.src.pos(at)
	r.problems.Add(InvalidYAML, v.Pos, "write "+key+": \""+v.Text+"\", in quotes", "the # begins a comment, so that %s has no value", key)
}

// key returns the source text of a key, or false if it is not a scalar.
func (r *reader) key(n *yaml.Node, depth int, pos Pos) (string, bool) {
	if n.Kind == yaml.AliasNode {
		r.alias(n, depth)
		n = n.Alias
	} else if n.Anchor != "" || n.Style&yaml.TaggedStyle != 0 {
		r.read(n, depth) // for the aliases to it, and the problems of its tag
	}
	if n.Kind == yaml.ScalarNode {
		if n.Style == 0 && n.Value != "" && n.Value[0] >= utf8.RuneSelf && oddSpace().MatchString(n.Value) {
			p, _ := r.src.oddIndent(r.src.offset(yaml.Mark{Line: n.Line, Column: n.Column}))
			r.stop(p)
		}
		return n.Value, true
	}
	if r.isAction(n) {
		r.stop(Problem{
			Code: NoJSONValue, Pos: Pos{pos.File, pos.Line, pos.Col - 1}, Msg: "{{ is for templates, but this file is not a template",
			Hint: "write the value itself, or put quotes around text with {{ in it",
		})
		return "", false
	}
	r.problems.Add(NoJSONValue, pos, "use a string as the key", "a list or mapping cannot be a key")
	return "", false
}

// isAction reports whether the mapping in place of a key is most likely a template action, {{ name }}.
func (r *reader) isAction(n *yaml.Node) bool {
	if r.src.isMarked || n.Kind != yaml.MappingNode || len(n.Content) != 2 || n.Content[1].Value != "" {
		return false
	}
	at := r.src.offset(yaml.Mark{Line: n.Line, Column: n.Column})
	return at > 0 && bytes.HasPrefix(r.src.text[at-1:], []byte("{{"))
}

// stop reports what makes the rest of the file senseless.
func (r *reader) stop(p Problem) {
	*r.problems = append(*r.problems, p)
	r.spent, r.misread = true, true
}

// maxKeyLength is within how many characters a reader of YAML has to find the colon of a key without a ? before it
// (YAML 1.2.2, section 7.4.2).
const maxKeyLength = 1024

// isLong reports whether a key is longer than that, with its quotes and escapes.
func (s *source) isLong(key *yaml.Node) bool {
	const maxEscapeLength = 10 // of \U and eight digits
	if key.Kind != yaml.ScalarNode || maxEscapeLength*len(key.Value)+2 <= maxKeyLength {
		return false
	}
	from := s.offset(yaml.Mark{Line: key.Line, Column: key.Column})
	if before := bytes.TrimRight(s.text[:from], " \t\r\n"); len(before) < from && bytes.HasSuffix(before, []byte("?")) {
		return false
	}
	_, end := s.line(from)
	text := s.text[from:end]
	begins := properties.FindIndex(text)[1]
	size := len(key.Value)
	if quoted := quotedScalar.FindIndex(text[begins:]); quoted != nil {
		size = quoted[1]
	}
	return utf8.RuneCount(text[:min(begins+size, len(text))]) > maxKeyLength
}

var (
	properties   = regexp.MustCompile(`^(?:[&!]\S*[ \t]+)*`)
	quotedScalar = regexp.MustCompile(`^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')`)
)

// names finds the names that an object has twice.
type names struct {
	index map[string]int // of the objects that are too wide to search
}

const searchable = 16

func newNames(width int) *names {
	if width <= searchable {
		return &names{}
	}
	return &names{index: make(map[string]int, width)}
}

// find returns which of the members has that name, which the next one gets, or -1.
func (s *names) find(name string, members []Member) int {
	if s.index == nil {
		return slices.IndexFunc(members, func(m Member) bool { return m.Name == name })
	}
	if i, ok := s.index[name]; ok {
		return i
	}
	s.index[name] = len(members)
	return -1
}

// isNew reports whether the name of m is none of the members', and reports it if it is.
func (s *names) isNew(m Member, members []Member, problems *Problems) bool {
	first := s.find(m.Name, members)
	if first >= 0 {
		problems.duplicate(m, members[first])
	}
	return first < 0
}

func (ps *Problems) duplicate(m, first Member) {
	ps.Add(DuplicateKey, m.Pos, "first defined at "+first.Pos.String()+"; remove one of them", "duplicate key %q", m.Name)
}
