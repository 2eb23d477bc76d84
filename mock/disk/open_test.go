package disk

import (
	"bytes"
	"errors"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.etcd.io/bbolt"

	"github.com/firestoned/firestone/model/value"
)

// boltFile makes a file of bbolt and returns what is in it.
func boltFile(t *testing.T, fill func(tx *bbolt.Tx) error) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bolt.db")
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Update(fill), db.Close()); err != nil {
		t.Fatal(err)
	}
	return read(t, path)
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// filled returns a file of many pages.
func filled(t *testing.T) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "state.db")
	f := open(t, path)
	fillWith(t, f, 60)
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return read(t, path)
}

// leaves returns the numbers of the pages of a file that hold several rows.
func leaves(t *testing.T, content []byte) (ids []int) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "state.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	err := open(t, path).db.View(func(tx *bbolt.Tx) error {
		for id := 0; ; id++ {
			page, err := tx.Page(id)
			if err != nil || page == nil {
				return err
			}
			if page.Type == "leaf" && page.Count > 1 {
				ids = append(ids, id)
			}
		}
	})
	if err != nil || len(ids) < 2 {
		t.Fatalf("%d leaves, %v", len(ids), err)
	}
	return ids
}

func TestOpenRefuses(t *testing.T) {
	page := os.Getpagesize()
	whole := filled(t)
	otherFormat := boltFile(t, func(tx *bbolt.Tx) error {
		if err := begin(tx); err != nil {
			return err
		}
		return tx.Bucket(metaBucket).Put(formatKey, []byte("27"))
	})
	otherProgram := boltFile(t, func(tx *bbolt.Tx) error {
		_, err := tx.CreateBucket([]byte("members"))
		return err
	})
	zeroed, stale := bytes.Clone(whole), bytes.Clone(whole)
	clear(zeroed[len(zeroed)/4 : len(zeroed)/2])
	ids := leaves(t, whole)
	copy(stale[ids[0]*page+16:][:page-16], stale[ids[1]*page+16:][:page-16]) // the first 16 bytes say which page it is
	noMeta := bytes.Clone(whole)
	clear(noMeta[:2*page])
	for _, test := range []struct {
		name      string
		content   []byte
		msg, hint string
	}{
		{"text", []byte("kind: book\n"), "not written by firestone mock", "choose another file"},
		{"long text", []byte(strings.Repeat("kind: book\n", 10_000)), "not written by firestone mock", "choose another file"},
		{"another program's", otherProgram, "not written by firestone mock", "choose another file"},
		{"another format", otherFormat, `the format "27", expected "1"`, "use the version of firestone"},
		{"half", whole[:len(whole)/2], "damaged", "restore a copy"},
		{"its last page is missing", whole[:len(whole)/page/2*page], "damaged", "restore a copy"},
		{"zeros", zeroed, "damaged", "restore a copy"},
		{"a page of another time", stale, "damaged", "restore a copy"},
		{"without a beginning", noMeta, "not written by firestone mock", "choose another file"},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "state.db")
			if err := os.WriteFile(path, test.content, 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := Open(path)
			var problem value.Problem
			if !errors.As(err, &problem) || problem.Pos.File != path || !strings.Contains(problem.Msg, test.msg) || !strings.HasPrefix(problem.Hint, test.hint) {
				t.Errorf("got %v, expected %q", err, test.msg)
			}
			if !bytes.Equal(read(t, path), test.content) {
				t.Error("the file was changed")
			}
		})
	}
}

// TestOpenSurvivesDamage breaks single pages in many ways: such a file is refused, or all of it can be read and written.
func TestOpenSurvivesDamage(t *testing.T) {
	page := os.Getpagesize()
	whole := filled(t)
	random := rand.New(rand.NewSource(1))
	refused := 0
	const rounds = 150
	for range rounds {
		content := bytes.Clone(whole)
		at := random.Intn(len(content) / page)
		part := content[at*page : (at+1)*page]
		switch random.Intn(3) {
		case 0:
			clear(part[random.Intn(page):])
		case 1:
			random.Read(part[:16+random.Intn(64)])
		default:
			part[random.Intn(16)] ^= 1 << random.Intn(8)
		}
		path := filepath.Join(t.TempDir(), "state.db")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := Open(path)
		if err != nil {
			refused++
			continue
		}
		rows(t, f)
		f.Append(1, set("a=1"))
		if err := errors.Join(f.Wait(1), f.Close()); err != nil {
			t.Error(err)
		}
	}
	if t.Logf("%d of %d were refused", refused, rounds); refused < rounds/10 {
		t.Error("the damage shows too little")
	}
}

func TestOpenWhatIsNoFile(t *testing.T) {
	dir := t.TempDir()
	for _, path := range []string{dir, filepath.Join(dir, "missing", "state.db")} {
		if _, err := Open(path); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// TestOpenAfterAnEarlyEnd: a process may end before it has written anything.
func TestOpenAfterAnEarlyEnd(t *testing.T) {
	for _, content := range [][]byte{{}, boltFile(t, func(*bbolt.Tx) error { return nil })} {
		path := filepath.Join(t.TempDir(), "state.db")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		f := open(t, path)
		f.Append(1, set("a=1"))
		if err := f.Close(); err != nil {
			t.Error(err)
		}
		if got := rows(t, open(t, path)); got != "a=1" {
			t.Errorf("got %q", got)
		}
	}
}
