package state_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/firestoned/firestone/mock/disk"
	"github.com/firestoned/firestone/mock/state"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// apiOf returns the API of definitions: the first lines of a text are its name.
func apiOf(t *testing.T, definitions ...string) *model.API {
	t.Helper()
	texts := map[string]string{}
	var names []string
	for _, definition := range definitions {
		name, text, _ := strings.Cut(strings.TrimSpace(definition), "\n")
		texts[name] = text
		if !strings.HasPrefix(name, "_") {
			names = append(names, name)
		}
	}
	api, problems := model.Load(func(path string) ([]byte, error) {
		if text, ok := texts[path]; ok {
			return []byte(text), nil
		}
		return nil, os.ErrNotExist
	}, model.Options{}, names...)
	if api == nil {
		t.Fatal(problems)
	}
	return api
}

const shelf = `
shelf.yaml
kind: shelf
schema:
  type: array
  key: {name: shelf_id, schema: {type: string, pattern: "^S[0-9]$"}}
  items:
    type: object
    required: [label]
    properties:
      label: {type: string}
      books: {schema: {$ref: "_book.yaml#/schema"}}
`

const book = `
_book.yaml
kind: book
schema:
  type: array
  key: {name: isbn}
  items: {type: object, required: [title], properties: {title: {type: string}, isbn: {type: string}}}
`

// store is a store that a file keeps.
type store struct {
	*state.Store
	t    *testing.T
	api  *model.API
	file *disk.File
}

// open opens the store of a file; without a path it keeps nothing.
func open(t *testing.T, path string, api *model.API) (*store, model.Problems) {
	t.Helper()
	s := &store{t: t, api: api}
	var err error
	if path != "" {
		if s.file, err = disk.Open(path); err != nil {
			t.Fatal(err)
		}
	}
	now := func() time.Time { return time.Date(2026, 12, 24, 18, 0, 0, 0, time.UTC) }
	opened, problems, err := state.New(api, state.Options{Now: now, File: s.file})
	if err != nil {
		t.Fatal(err)
	}
	s.Store = opened
	return s, problems
}

func (s *store) close() {
	if err := s.file.Close(); err != nil {
		s.t.Fatal(err)
	}
}

func read(t *testing.T, text string) *model.Value {
	t.Helper()
	var problems model.Problems
	values := value.Parse("records.yaml", []byte(text), &problems)
	if len(values) != 1 || len(problems) > 0 {
		t.Fatal(text, problems)
	}
	return values[0]
}

// create creates a record of the first resource and returns its key, or why not.
func (s *store) create(text string) string {
	var made *state.Record
	_, refusal := s.Change(func(tx *state.Tx) (refusal *state.Refusal) {
		made, refusal = tx.Create(s.api.Resources[0], nil, read(s.t, text))
		return refusal
	})
	if refusal != nil {
		return refusal.Detail
	}
	return made.Key()
}

func (s *store) delete(key string) {
	s.t.Helper()
	if _, refusal := s.Change(func(tx *state.Tx) *state.Refusal { return tx.Delete(tx.Record(s.api.Resources[0], []string{key})) }); refusal != nil {
		s.t.Fatal(refusal)
	}
}

// shown returns the records of the first resource.
func (s *store) shown() string {
	var texts []string
	s.Read(func(v state.View) {
		records, _ := v.Records(s.api.Resources[0], nil)
		for _, r := range records {
			texts = append(texts, string(r.JSON()))
		}
	})
	return strings.Join(texts, "\n")
}

// Keys that a pattern makes are not used again, whether the record is deleted before a restart or the change is refused.
func TestKeysAreUsedOnce(t *testing.T) {
	path, api := filepath.Join(t.TempDir(), "state"), apiOf(t, shelf, book)
	seen := map[string]bool{}
	for range 4 {
		s, problems := open(t, path, api)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		if got := s.create(`{label: a, books: [{isbn: x, title: a}, {isbn: x, title: b}]}`); got != "A key is taken." {
			t.Errorf("two books of one key: %s", got)
		}
		for range 2 {
			key := s.create("label: a")
			if seen[key] || len(key) != 2 {
				t.Errorf("the key %s was used", key)
			}
			seen[key] = true
			s.delete(key)
		}
		s.close()
	}
	s, _ := open(t, path, api)
	defer s.close()
	for range 2 { // ten texts match the pattern
		seen[s.create("label: a")] = true
	}
	if got := s.create("label: a"); got != "No key is left for another shelf." || len(seen) != 10 {
		t.Errorf("behind %d keys: %s", len(seen), got)
	}
}

// Records that definitions do not describe any more stay in the file and are left out, with a warning.
func TestRecordsThatDoNotFitAreLeftOut(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state")
	s, _ := open(t, path, apiOf(t, shelf, book))
	s.create("{label: a, books: [{isbn: x, title: a}]}")
	s.create("{label: b}")
	gone := s.create("{label: c}")
	s.delete(gone)
	want := s.shown()
	s.close()

	s, problems := open(t, path, apiOf(t, strings.Replace(shelf, "label: {type: string}", "label: {type: string, enum: [b]}", 1), book))
	if len(problems) != 1 || !problems[0].Warning || !strings.Contains(problems[0].Msg, `"label"`) && !strings.Contains(problems[0].Msg, "/label") {
		t.Errorf("problems %v", problems)
	}
	if got := s.shown(); strings.Contains(got, `"a"`) || !strings.Contains(got, `"b"`) {
		t.Errorf("there is %s", got)
	}
	s.close()

	s, problems = open(t, path, apiOf(t, "cat.yaml\nkind: cat\nschema: {type: array, key: {name: cat_id}, items: {type: object}}"))
	if len(problems) != 2 {
		t.Errorf("problems %v", problems)
	}
	s.create("{}")
	s.close()

	s, problems = open(t, path, apiOf(t, shelf, book))
	defer s.close()
	if got := s.shown(); got != want || len(problems) != 1 { // the cat is left out
		t.Errorf("in the end there is\n%s (%v), was\n%s", got, problems, want)
	}
	if got := s.create("{label: d}"); got == gone || strings.Contains(want, got) {
		t.Errorf("the key %s is used again", got)
	}
}

// Every fault of the records to begin with has its place, and nothing is there then.
func TestRestoreSaysWhere(t *testing.T) {
	for text, want := range map[string]string{
		"shelves: [{label: a}]":     "",
		"shelf:\n- {label: a}":      "",
		"[]":                        "records.yaml:1:1: The records are an empty list, not an object of lists. [FS6005]",
		"shelfs: []":                `records.yaml:1:9: There is no collection "shelfs". [FS6005]`,
		"shelves: {label: a}":       `records.yaml:1:10: "shelves" is an object, not a list. [FS6005]`,
		"shelves:\n- label: 5\n- 7": "records.yaml:2:10: \"label\" must be a string. [FS6005]\nrecords.yaml:3:3: A shelf is an object. [FS6005]",
		"shelves:\n- label: a\n  books:\n  - {title: 5}":                   `records.yaml:4:13: "title" must be a string. [FS6005]`,
		"shelves:\n- {shelf_id: S1, label: a}\n- {shelf_id: S1, label: b}": "records.yaml:3:14: Another shelf has this key. [FS6005]",
	} {
		s, _ := open(t, "", apiOf(t, shelf, book))
		var got []string
		if refusal := s.Restore(read(t, text)); refusal != nil {
			for _, p := range refusal.Problems(read(t, text)) {
				p.Hint = ""
				got = append(got, p.Error())
			}
		}
		if strings.Join(got, "\n") != want {
			t.Errorf("%s:\n got %s\nwant %s", text, strings.Join(got, "\n"), want)
		}
		if isEmpty := s.shown() == ""; isEmpty != (want != "") {
			t.Errorf("%s: there is %q", text, s.shown())
		}
	}
}

// What a nested record would make of the one around it is refused.
func TestNestedRecordsKeepToTheSchemaAroundThem(t *testing.T) {
	api := apiOf(t, strings.Replace(shelf, `books: {schema: {$ref: "_book.yaml#/schema"}}`, `books: {schema: {$ref: "_book.yaml#/schema"}}
    allOf: [{properties: {books: {minItems: 1, maxItems: 2}}}]`, 1), book)
	s, _ := open(t, "", api)
	key := s.create("{label: a, books: [{isbn: x, title: a}]}")
	add := func(isbn string) *state.Refusal {
		_, refusal := s.Change(func(tx *state.Tx) *state.Refusal {
			_, refusal := tx.Create(api.Resources[1], []string{key}, read(t, "{title: b, isbn: "+isbn+"}"))
			return refusal
		})
		return refusal
	}
	if refusal := add("y"); refusal != nil {
		t.Fatal(refusal)
	}
	before := s.shown()
	if refusal := add("z"); refusal == nil || refusal.Status != state.Conflict || refusal.Error() != "The shelf that contains it would not be valid." {
		t.Errorf("a third book: %v", refusal)
	}
	if got := s.shown(); got != before {
		t.Errorf("there is %s, was %s", got, before)
	}
	_, refusal := s.Change(func(tx *state.Tx) *state.Refusal {
		for _, isbn := range []string{"x", "y"} {
			if refusal := tx.Delete(tx.Record(api.Resources[1], []string{key, isbn})); refusal != nil {
				return refusal
			}
		}
		return nil
	})
	if got := s.shown(); refusal != nil && got != before {
		t.Errorf("a change that is refused (%v) leaves %s", refusal, got)
	}
}

// Changes are there to be asked for until so many have followed that they are forgotten.
func TestChangesAreForgotten(t *testing.T) {
	api := apiOf(t, "cat.yaml\nkind: cat\nschema: {type: array, key: {name: cat_id, schema: {type: integer}}, items: {type: object}}")
	s, _ := open(t, "", api)
	const forgotten = 25_000
	for range forgotten {
		s.create("{}")
	}
	for _, c := range []struct {
		since uint64
		count int
		ok    bool
	}{{forgotten, 0, true}, {forgotten - 1, 1, true}, {forgotten - 10_000, 10_000, true}, {forgotten - 10_001, 0, false}, {0, 0, false}, {forgotten + 1, 0, false}} {
		changes, more, ok := s.Since(c.since)
		if len(changes) != c.count || ok != c.ok || more == nil {
			t.Errorf("since %d: %d changes, %v", c.since, len(changes), ok)
		}
		for i, change := range changes {
			if change.Seq != c.since+uint64(i)+1 {
				t.Fatalf("since %d: change %d has the number %d", c.since, i, change.Seq)
			}
		}
	}
}
