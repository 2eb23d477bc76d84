package state_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/firestoned/firestone/mock/state"
	"github.com/firestoned/firestone/model/value"
)

// told returns what has changed behind the change of that number: "created S1; deleted S2/x".
func (s *store) told(seq uint64) string {
	changes, _, _ := s.Since(seq)
	var lines []string
	for i, c := range changes {
		if c.Seq != seq+uint64(i)+1 {
			s.t.Errorf("the change behind %d has the number %d", seq+uint64(i), c.Seq)
		}
		lines = append(lines, c.Event+" "+strings.Join(c.Record().Keys, "/"))
	}
	return strings.Join(lines, "; ")
}

func (s *store) snapshot() string { return string(s.Snapshot().AppendJSON(nil, "")) }

// What differs from what there was is a change; what does not keeps its number. Another process, too, finds what was put
// back, in its order.
func TestRestore(t *testing.T) {
	const begin = `{"shelves":[{"shelf_id":"S1","label":"a","books":[{"isbn":"x","title":"t"},{"isbn":"y","title":"u"}]},{"shelf_id":"S2","label":"b"},{"shelf_id":"S3","label":"c"}]}`
	for _, c := range []struct{ restored, told, snapshot string }{
		{begin, "", begin},
		{"{}", "deleted S1/x; deleted S1/y; deleted S1; deleted S2; deleted S3", `{"shelves":[]}`},
		{`{"shelves":[{"shelf_id":"S2","label":"b"}]}`, "deleted S1/x; deleted S1/y; deleted S1; deleted S3", `{"shelves":[{"shelf_id":"S2","label":"b"}]}`},
		{strings.Replace(begin, `"c"`, `"d"`, 1), "updated S3", strings.Replace(begin, `"c"`, `"d"`, 1)},
		{strings.Replace(begin, `"u"`, `"v"`, 1), "updated S1/y; updated S1", strings.Replace(begin, `"u"`, `"v"`, 1)},
		{
			`{"shelf":[{"shelf_id":"S3","label":"c"},{"shelf_id":"S2","label":"b"}]}`, "deleted S1/x; deleted S1/y; deleted S1; updated S2",
			`{"shelves":[{"shelf_id":"S3","label":"c"},{"shelf_id":"S2","label":"b"}]}`,
		},
		{
			`{"shelves":[{"label":"new","books":[{"isbn":"z","title":"t"}]},{"shelf_id":"S2","label":"b"}]}`,
			"deleted S3; deleted S1/x; deleted S1/y; created S1/z; updated S1",
			`{"shelves":[{"shelf_id":"S1","label":"new","books":[{"isbn":"z","title":"t"}]},{"shelf_id":"S2","label":"b"}]}`,
		},
	} {
		path, api := filepath.Join(t.TempDir(), "state"), apiOf(t, shelf, book)
		s, _ := open(t, path, api)
		if refusal := s.Restore(read(t, begin)); refusal != nil {
			t.Fatal(refusal, refusal.Faults)
		}
		seq := s.Seq()
		if refusal := s.Restore(read(t, c.restored)); refusal != nil {
			t.Fatal(refusal, refusal.Faults)
		}
		if got := s.told(seq); got != c.told {
			t.Errorf("%s\n told %s\nwant %s", c.restored, got, c.told)
		}
		if got := s.snapshot(); got != c.snapshot {
			t.Errorf("%s\n then there is %s\nwant %s", c.restored, got, c.snapshot)
		}
		seq = s.Seq()
		s.close()
		s, _ = open(t, path, api)
		if got := s.snapshot(); got != c.snapshot || s.Seq() != seq {
			t.Errorf("%s\n after a restart, and %d changes instead of %d, there is %s\nwant %s", c.restored, s.Seq(), seq, got, c.snapshot)
		}
		s.close()
	}
}

// What is put back is put back whole: with the same requests the same keys are made again.
func TestRestoreMakesTheSameKeysAgain(t *testing.T) {
	path, api := filepath.Join(t.TempDir(), "state"), apiOf(t, shelf, book)
	s, _ := open(t, path, api)
	first := s.create("label: a")
	snapshot := s.Snapshot()
	var want []string
	for i := range 12 {
		for range 2 {
			got := s.create("label: b")
			if i == 0 {
				want = append(want, got)
			} else if want[0] != got && want[1] != got {
				t.Errorf("the key %s comes behind %s, wanted one of %v", got, first, want)
			}
		}
		s.delete(first)
		if i == 6 {
			s.close()
			s, _ = open(t, path, api)
		}
		if refusal := s.Restore(snapshot); refusal != nil {
			t.Fatal(refusal, refusal.Faults)
		}
	}
	s.close()
}

// A restore that is refused changes nothing, and makes no key be used.
func TestRestoreOrNothing(t *testing.T) {
	s, _ := open(t, filepath.Join(t.TempDir(), "state"), apiOf(t, shelf, book))
	defer s.close()
	s.create("{label: a, books: [{isbn: x, title: a}]}")
	s.create("label: b")
	before, seq := s.snapshot(), s.Seq()
	for restored, want := range map[string]string{
		"[]": "", "{shelves: 5}": "/shelves", "{shelfs: []}": "/shelfs", "{shelves: [], shelf: []}": "/shelf",
		"{shelves: [{label: c}, {label: 5}, 7]}":                                     "/shelves/1/label /shelves/2",
		"{shelves: [{shelf_id: S9, label: c}, {shelf_id: S9, label: c}]}":            "/shelves/1/shelf_id",
		"{shelves: [{label: c, books: [{isbn: x, title: a}, {isbn: x, title: b}]}]}": "/shelves/0/books/1/isbn",
	} {
		refusal := s.Restore(read(t, restored))
		if refusal == nil {
			t.Errorf("%s is not refused", restored)
			continue
		}
		var pointers []string
		for _, f := range refusal.Faults {
			pointers = append(pointers, f.Pointer)
		}
		if got := strings.Join(pointers, " "); got != want || refusal.Status != state.Unfit {
			t.Errorf("%s: %d with faults at %q, want %q", restored, refusal.Status, got, want)
		}
		if s.snapshot() != before || s.Seq() != seq {
			t.Errorf("%s: there is %s", restored, s.snapshot())
		}
	}
	seen := map[string]bool{}
	for range 8 { // two of ten are taken
		seen[s.create("label: c")] = true
	}
	if len(seen) != 8 || seen["No key is left for another shelf."] {
		t.Errorf("keys %v", seen)
	}
}

// Records that lack a key get one that no other record of the list has.
func TestRestoreKeepsListedKeysFree(t *testing.T) {
	numbered := strings.NewReplacer("{type: string, pattern: \"^S[0-9]$\"}", "{type: integer, minimum: 1}").Replace(shelf)
	s, _ := open(t, "", apiOf(t, numbered, book))
	if refusal := s.Restore(read(t, "{shelves: [{label: a}, {shelf_id: 1, label: b}, {label: c}]}")); refusal != nil {
		t.Fatal(refusal, refusal.Faults)
	}
	var keys []string
	for _, item := range value.Items(s.Snapshot().Get("shelves")) {
		keys = append(keys, item.Get("shelf_id").Text)
	}
	if got := fmt.Sprint(keys); got != "[2 1 3]" {
		t.Errorf("keys %s", got)
	}
}
