package main_test

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model/value"
)

// mutant is a valid document with one change.
type mutant struct {
	what string
	root *value.Value
}

// freeNames are the keys whose members have names that authors choose.
var freeNames = []string{
	"properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependentRequired", "dependencies",
	"servers", "variables", "scheme", "scopes", "parameters",
}

// freeData are the keys whose values are arbitrary data of the author.
var freeData = []string{
	"default", "example", "examples", "const", "enum", "labels", "mapping", "xml", "externalDocs", "extra", "topicConfiguration", "policy", "tags",
}

// mutator makes mutants of documents, one for each kind of position that it has not seen before.
type mutator struct {
	met  map[string]bool
	give func(mutant)
}

// mutate changes every position of a document: a key is removed or loses a letter, or its value gets another type.
func (m *mutator) mutate(root *value.Value) { m.object(root, root, nil, false) }

// object changes the members of v, the part of root at a path; where is the path generalised for all documents.
func (m *mutator) object(root, v *value.Value, where []string, isFree bool) {
	for i, member := range v.Members {
		name := member.Name
		if isFree {
			name = "*"
		}
		below := append(slices.Clone(where), name)
		if strings.HasPrefix(member.Name, "x-") {
			continue
		}
		m.place(root, v, i, below, isFree)
		if !isFree && slices.Contains(freeData, member.Name) {
			continue
		}
		m.object(root, member.Value, below, !isFree && slices.Contains(freeNames, member.Name))
	}
	for i, item := range v.Items {
		below := append(slices.Clone(where), "[]")
		if m.isNew(below, item) {
			m.others(root, below, item, func(to *value.Value) func() { return swap(&v.Items[i], to) })
		}
		m.object(root, item, below, false)
	}
}

// isNew reports whether a value of that kind is seen for the first time at such a position, identified by its last six
// steps.
func (m *mutator) isNew(where []string, v *value.Value) bool {
	key := fmt.Sprint(where[max(0, len(where)-6):], v.Kind)
	isNew := !m.met[key]
	m.met[key] = true
	return isNew
}

// place makes the mutants of member i of v.
func (m *mutator) place(root, v *value.Value, i int, where []string, isFree bool) {
	member := v.Members[i]
	if !m.isNew(where, member.Value) {
		return
	}
	m.others(root, where, member.Value, func(to *value.Value) func() { return swap(&v.Members[i].Value, to) })
	if isFree {
		return
	}
	members := v.Members
	v.Members = slices.Delete(slices.Clone(members), i, i+1)
	m.give(mutant{strings.Join(where, "/") + " removed", root})
	v.Members = members
	if slip := member.Name[:len(member.Name)-1] + "q"; len(member.Name) > 1 {
		undo := swap(&v.Members[i].Name, slip)
		m.give(mutant{strings.Join(where, "/") + " called " + slip, root})
		undo()
	}
}

// others makes the mutants in which a value has another type, and those in which a string is empty or different.
func (m *mutator) others(root *value.Value, where []string, v *value.Value, put func(*value.Value) func()) {
	for _, other := range []*value.Value{{}, value.Bool(true), value.Int(7), value.String("word"), value.Array(), value.Object(), value.String(""), value.String(v.Text + "!")} {
		if other.Kind == v.Kind && (v.Kind != value.KindString || other.Text == "word") || v.Kind != value.KindString && strings.HasSuffix(other.Text, "!") {
			continue
		}
		undo := put(other)
		m.give(mutant{strings.Join(where, "/") + " is " + string(other.AppendJSON(nil, "")), root})
		undo()
	}
}

// swap replaces a value until it is undone.
func swap[T any](place *T, to T) (undo func()) {
	old := *place
	*place = to
	return func() { *place = old }
}

// isWithinBinding finds positions inside the schemas in bindings. The schema of definitions checks them like all other
// schemas; firestone passes them on unchanged.
var isWithinBinding = regexp.MustCompile(`bindings/\w+/\w+/(key|query|headers)/`)

// namesAnother finds the strings that name a resource or a property, or are needed because of one. The schema of
// definitions cannot know which ones exist.
var namesAnother = regexp.MustCompile(`/(references/(kind|key|value)|filter|filter/property) is "[^"]|/references/value removed$`)

// TestSchemasAgreeWithFirestone changes valid files at every position and compares both verdicts; with -short, for each
// tenth change.
func TestSchemasAgreeWithFirestone(t *testing.T) {
	stride := 1
	if testing.Short() {
		stride = 10
	}
	mutators := map[string]*mutator{}
	total := 0
	for _, s := range samples(t) {
		kind := path.Base(s.file)
		if isDefinitionFile(s.file) {
			kind = "definition"
		}
		if mutators[kind] == nil {
			mutators[kind] = &mutator{met: map[string]bool{}}
		}
		mutators[kind].give = func(m mutant) {
			if total++; total%stride != 0 {
				return
			}
			refusals, judgement := s.refusals(m.root.AppendJSON(nil, " ")), s.judge(t, m.root)
			if (len(refusals) > 0) != (judgement != nil) && !isWithinBinding.MatchString(m.what) && !namesAnother.MatchString(m.what) {
				t.Errorf("%s, %s:\nfirestone: %v\nschema: %v", s.file, m.what, refusals, judgement)
			}
		}
		mutators[kind].mutate(s.root.Clone())
	}
	if total < 3000 {
		t.Errorf("only %d mutants", total)
	}
	t.Log(total, "mutants")
}
