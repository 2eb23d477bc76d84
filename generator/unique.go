package generator

import (
	"reflect"
	"slices"
	"strings"
	"sync"
	"text/template/parse"

	"github.com/firestoned/firestone/generator/tree"
	"github.com/firestoned/firestone/model/value"
)

// A pack may declare that the result of a partial is unique: pack.yaml lists it under unique. An override of it that
// returns one text for several operations would produce an invalid document, in a place outside the override; so the
// partial itself is checked, and the error is at its position.

// addUnique adds the partials that a pack.yaml lists.
func (p *Pack) addUnique(m *manifest) {
	if list := m.tree.Get("unique"); list.Is(value.KindArray) {
		p.unique = append(p.unique, list.Items...)
	}
}

// checkUnique reports names that are not those of a partial.
func (p *Pack) checkUnique(problems *value.Problems) {
	known := p.partialNames()
	for _, name := range p.unique {
		if !slices.Contains(known, name.Text) {
			problems.Add(value.UnknownPartial, name.Pos, value.Suggestion(name.Text, known), "no partial %q: the pack has no _%s.LANGUAGE.tmpl", name.Text, name.Text)
			continue
		}
		p.partials[name.Text].isUnique = true
	}
}

// given are the texts that the unique partials have returned in one output, with the dot of each.
type given struct {
	lock  sync.Mutex // of renderers that help each other
	texts map[*source]map[string]any
}

func newGiven() *given { return &given{texts: map[*source]map[string]any{}} }

// check returns the failure of a partial that the pack lists as unique and that returns no text, or one that it has
// returned for another dot.
func (g *given) check(s *source, data any, rendered any) error {
	if !s.isUnique {
		return nil
	}
	partial, _ := s.partial()
	text, ok := rendered.(string)
	if !ok {
		return nil // source of a language
	}
	text = strings.TrimSpace(text)
	if text == "" {
		return s.broken(data, "let it return text for each dot, such as {{ .Name }}", "the partial %q returns no text, but is listed as unique in pack.yaml", partial)
	}
	g.lock.Lock()
	defer g.lock.Unlock()
	if g.texts[s] == nil {
		g.texts[s] = map[string]any{}
	}
	first, isTaken := g.texts[s][text]
	g.texts[s][text] = data
	if !isTaken || isSameDot(first, data) {
		return nil
	}
	hint := "let it return a different text for each dot, such as {{ .Name }}"
	if at := placeOf(first); at != "" && at != placeOf(data) {
		hint += "; the first one is of " + at
	}
	return s.broken(data, hint, "the partial %q returns %q twice, but is listed as unique in pack.yaml", partial, text)
}

// maxDotSize is the maximum number of bytes of a dot that is compared with another one member by member.
const maxDotSize = 1 << 20

// isSameDot reports whether two dots are the same part of the model, or dicts of the same members.
func isSameDot(a, b any) bool {
	if reflect.ValueOf(a).Kind() == reflect.Pointer {
		return a == b
	}
	return sizeOf(a) < maxDotSize && sizeOf(b) < maxDotSize && reflect.DeepEqual(a, b)
}

// broken returns a failure at the first thing that the template writes.
func (s *source) broken(data any, hint, format string, args ...any) error {
	offset := 0
	for _, node := range slices.Backward(s.parsed.Root.Nodes) {
		if text, ok := node.(*parse.TextNode); !ok || strings.TrimSpace(string(text.Text)) != "" {
			offset = tree.Start(node)
		}
	}
	var problems value.Problems
	problems.Add(value.NotUnique, s.pos(offset), hint, format, args...)
	return &failure{problem: problems[0], at: placeOf(data)}
}
