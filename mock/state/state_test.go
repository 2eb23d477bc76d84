package state_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/firestoned/firestone/mock/state"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

var frozen = time.Date(2026, 12, 24, 18, 0, 0, 0, time.UTC)

// load returns the API of definition texts.
func load(t testing.TB, texts map[string]string, names ...string) *model.API {
	t.Helper()
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

// library returns the API of examples/library.
func library(t testing.TB) *model.API {
	t.Helper()
	folder := filepath.Join("..", "..", "examples", "library")
	api, problems := model.Load(func(path string) ([]byte, error) { return os.ReadFile(filepath.Join(folder, path)) },
		model.Options{}, "author.yaml", "book.yaml", "member.yaml")
	if api == nil {
		t.Fatal(problems)
	}
	return api
}

func open(t testing.TB, api *model.API) *state.Store {
	t.Helper()
	s, problems, err := state.New(api, state.Options{Now: func() time.Time { return frozen }})
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	return s
}

// read returns what YAML says.
func read(t testing.TB, text string) *model.Value {
	t.Helper()
	var problems model.Problems
	values := value.Parse("test", []byte(text), &problems)
	if len(values) != 1 || len(problems) > 0 {
		t.Fatal(text, problems)
	}
	return values[0]
}

func resource(t testing.TB, api *model.API, name string) *model.Resource {
	t.Helper()
	for _, r := range api.Resources {
		if r.Name == name {
			return r
		}
	}
	t.Fatalf("there is no resource %s", name)
	return nil
}

func TestWip(t *testing.T) {
	api := library(t)
	s := open(t, api)
	book, member, loan := resource(t, api, "book"), resource(t, api, "member"), resource(t, api, "member_loan")
	var b, m, l *state.Record
	_, refusal := s.Change(func(tx *state.Tx) (r *state.Refusal) {
		b, r = tx.Create(book, nil, read(t, `{title: A, author_id: 0b8ea1d6-3c5f-4e57-9d1c-6a2f0f5b7c41, availability: lent, x: 1.50}`))
		if r != nil {
			return r
		}
		m, r = tx.Create(member, nil, read(t, `{name: Ada, loans: [{book_id: `+b.Key()+`, due: 2026-01-01}], email: a@example.org, pin: "1234"}`))
		return r
	})
	if refusal != nil {
		t.Fatal(refusal, refusal.Faults)
	}
	t.Logf("%s\n%s", b.JSON(), m.JSON())
	_, refusal = s.Change(func(tx *state.Tx) (r *state.Refusal) {
		l, r = tx.Create(loan, m.Keys, read(t, `{book_id: `+b.Key()+`, due: 2026-01-01, returned: null}`))
		return r
	})
	t.Log(refusal)
	t.Logf("%s", l.JSON())
	_, refusal = s.Change(func(tx *state.Tx) (r *state.Refusal) {
		m, r = tx.Patch(tx.Record(member, m.Keys), read(t, `{name: Grace, loans: [{loan_id: `+l.Key()+`, book_id: `+b.Key()+`, due: 2026-02-01}]}`))
		return r
	})
	t.Log(refusal)
	t.Logf("%s", m.JSON())
	changes, _, _ := s.Since(0)
	for _, c := range changes {
		t.Log(c.Seq, c.Event, c.Record().Keys, string(c.Record().JSON()))
	}
	s.Seed(3)
	s.Read(func(v state.View) {
		for _, r := range api.Resources {
			if r.Parent == nil {
				all, _ := v.Records(r, nil)
				for _, x := range all {
					t.Logf("%s", x.JSON())
				}
			}
		}
	})
	t.Log(s.Load(read(t, "books: [{title: 5}, {title: T, availability: lent, author_id: x}]\nfoo: 1")))
}
