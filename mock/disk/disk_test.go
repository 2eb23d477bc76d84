package disk

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"go.etcd.io/bbolt"
)

// open opens a file that the test closes.
func open(t testing.TB, path string) *File {
	t.Helper()
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// rows returns what is on the disk: key=value, in its order.
func rows(t testing.TB, f *File) string {
	t.Helper()
	var all []string
	err := f.Rows(func(row Row) error {
		all = append(all, fmt.Sprintf("%s=%s", row.Key, row.Value))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(all, " ")
}

// set returns the rows of key=value, and of key alone that which deletes it.
func set(texts ...string) []Row {
	var rows []Row
	for _, text := range texts {
		row := Row{Key: []byte(text)}
		if key, stored, ok := strings.Cut(text, "="); ok {
			row = Row{[]byte(key), []byte(stored)}
		}
		rows = append(rows, row)
	}
	return rows
}

func TestRowsOutliveTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.db")
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := rows(t, f); got != "" {
		t.Errorf("a new file has %s", got)
	}
	f.Append(1, set("b=1", "a=1", "c=1", "\x00=null", "ä=\x00\xff", "empty="))
	f.Append(2, set("a=2", "c", "missing"))
	f.Append(3, nil)
	f.Append(9, set("b", "b=9", "c=9", "c"))
	const want = "\x00=null a=2 b=9 empty= ä=\x00\xff"
	if err := f.Wait(9); err != nil {
		t.Fatal(err)
	}
	if got := rows(t, f); got != want {
		t.Errorf("got %q, expected %q", got, want)
	}
	f.Append(10, set("left=10"))
	if err := errors.Join(f.Close(), f.Close(), f.Err()); err != nil {
		t.Error(err)
	}
	f = open(t, path)
	if got := rows(t, f); got != strings.Replace(want, " ä", " left=10 ä", 1) {
		t.Errorf("after a restart: got %q", got)
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("made with %v, %v", info.Mode(), err)
	}
}

func TestRowsAreTheCallersToKeep(t *testing.T) {
	f := open(t, filepath.Join(t.TempDir(), "state.db"))
	f.Append(1, set("a=1", "b=2", "empty=", "more=3"))
	if err := f.Wait(1); err != nil {
		t.Fatal(err)
	}
	var kept []Row
	stop := errors.New("stop")
	err := f.Rows(func(row Row) error {
		if kept = append(kept, row); len(kept) == 3 {
			return stop
		}
		return nil
	})
	if !errors.Is(err, stop) || len(kept) != 3 {
		t.Fatalf("got %d rows, %v", len(kept), err)
	}
	if kept[2].Value == nil {
		t.Error("an empty value came back as none")
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	kept[0].Key[0], kept[1].Value[0] = 'x', 'y' // the memory map is gone, and could not be written to
	if got := string(kept[0].Key) + string(kept[1].Value); got != "xy" {
		t.Errorf("got %q", got)
	}
}

// TestAppendGathers holds the disk while rows are appended: no call waits, and all of them come to two transactions.
func TestAppendGathers(t *testing.T) {
	f := open(t, filepath.Join(t.TempDir(), "state.db"))
	const changes = 1000
	before := transactions(t, f)
	busy, err := f.db.Begin(true)
	if err != nil {
		t.Fatal(err)
	}
	for n := range changes {
		f.Append(uint64(n+1), set(fmt.Sprintf("%04d=%d", n, n), fmt.Sprintf("last=%d", n)))
	}
	done := make(chan error, changes)
	for n := range changes {
		go func() { done <- f.Wait(uint64(n + 1)) }()
	}
	if len(done) > 0 {
		t.Error("a change is on the disk while the disk is held")
	}
	if err := busy.Rollback(); err != nil {
		t.Fatal(err)
	}
	for range changes {
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
	if got := transactions(t, f) - before; got > 2 {
		t.Errorf("%d changes that waited for the disk took %d transactions", changes, got)
	}
	all := strings.Fields(rows(t, f))
	if len(all) != changes+1 || !slices.IsSorted(all) || all[changes] != "last=999" {
		t.Errorf("got %d rows, the last one %s", len(all), all[len(all)-1])
	}
}

// transactions returns how many have been written into the file.
func transactions(t *testing.T, f *File) (count int) {
	t.Helper()
	err := f.db.View(func(tx *bbolt.Tx) error {
		count = tx.ID()
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return count
}

// TestWaitIsForWhatIsOnTheDisk reads each change from the disk as soon as the wait for it is over.
func TestWaitIsForWhatIsOnTheDisk(t *testing.T) {
	f := open(t, filepath.Join(t.TempDir(), "state.db"))
	var mu sync.Mutex
	var last uint64
	var workers sync.WaitGroup
	for range 8 {
		workers.Go(func() {
			for range 20 {
				mu.Lock()
				last++
				n := last
				f.Append(n, set(fmt.Sprintf("%03d=", n)))
				mu.Unlock()
				if err := f.Wait(n); err != nil {
					t.Error(err)
				}
				if got := len(strings.Fields(rows(t, f))); got < int(n) {
					t.Errorf("%d rows are on the disk after change %d", got, n)
				}
			}
		})
	}
	workers.Wait()
}

// TestWaitForNothing: no change is to come that could end these waits.
func TestWaitForNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.db")
	f := open(t, path)
	if err := f.Wait(7); err != nil {
		t.Errorf("nothing was appended: %v", err)
	}
	f.Append(8, set("a=1"))
	if err := f.Wait(1000); err != nil {
		t.Errorf("8 is the last change: %v", err)
	}
	if got := rows(t, f); got != "a=1" {
		t.Errorf("got %q", got)
	}
}

func TestNoFile(t *testing.T) {
	var f *File
	f.Append(1, set("a=1"))
	err := f.Rows(func(Row) error { return errors.New("a row") })
	if err := errors.Join(err, f.Wait(1), f.Err(), f.Close()); err != nil {
		t.Error(err)
	}
	select {
	case <-f.Failed():
		t.Error("it failed")
	default:
	}
}

// BenchmarkAppend measures changes that are waited for, by one goroutine and by several.
func BenchmarkAppend(b *testing.B) {
	for _, writers := range []int{1, 2, 8, 32, 128} {
		b.Run(fmt.Sprint(writers), func(b *testing.B) {
			f := open(b, filepath.Join(b.TempDir(), "state.db"))
			stored := []byte(strings.Repeat("x", 300))
			var mu sync.Mutex
			var last uint64
			var workers sync.WaitGroup
			b.ResetTimer()
			for range writers {
				workers.Go(func() {
					for {
						mu.Lock()
						if last == uint64(b.N) {
							mu.Unlock()
							return
						}
						last++
						n := last
						f.Append(n, []Row{{fmt.Appendf(nil, "books/%d", n*7919%10_000), stored}})
						mu.Unlock()
						if err := f.Wait(n); err != nil {
							b.Error(err)
						}
					}
				})
			}
			workers.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "changes/s")
		})
	}
}
