package disk

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestWriteFails takes the file away below an open one: all that wait hear of it, and nothing is written after it.
func TestWriteFails(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.db")
	f := open(t, path)
	f.Append(1, set("a=1"))
	if err := f.Wait(1); err != nil {
		t.Fatal(err)
	}
	busy, err := f.db.Begin(true)
	if err != nil {
		t.Fatal(err)
	}
	const waiters = 100
	heard := make(chan error, waiters)
	for n := range waiters {
		f.Append(uint64(n+2), set(fmt.Sprintf("b%d=2", n)))
		go func() { heard <- f.Wait(uint64(n + 2)) }()
	}
	if err := errors.Join(f.file.Close(), busy.Rollback()); err != nil {
		t.Fatal(err)
	}
	for range waiters {
		err := <-heard
		if err == nil || !strings.HasPrefix(err.Error(), "write "+path+": ") || !strings.HasSuffix(err.Error(), "file already closed") {
			t.Fatalf("a waiter heard %v", err)
		}
	}
	select {
	case <-f.Failed():
	case <-time.After(10 * time.Second):
		t.Error("it has not failed")
	}
	if err := f.Wait(1); err != nil {
		t.Errorf("the first change is on the disk: %v", err)
	}
	f.Append(1000, set("c=1"))
	if err := f.Wait(1000); err == nil || err != f.Err() {
		t.Errorf("after the failure: %v", err)
	}
	if err := f.Close(); !errors.Is(err, f.Err()) {
		t.Errorf("closed: %v", err)
	}
	if got := rows(t, open(t, path)); got != "a=1" {
		t.Errorf("the file has %s", got)
	}
}

func TestAppendAfterClose(t *testing.T) {
	f := open(t, filepath.Join(t.TempDir(), "state.db"))
	f.Append(1, set("a=1"))
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	f.Append(2, set("a=2"))
	if err := f.Wait(2); !errors.Is(err, os.ErrClosed) {
		t.Errorf("got %v", err)
	}
	if err := f.Wait(1); err != nil {
		t.Errorf("the first change is on the disk: %v", err)
	}
	<-f.Failed()
}

// TestKeyThatDoesNotFit: none of the rows of a transaction that fails are on the disk.
func TestKeyThatDoesNotFit(t *testing.T) {
	for _, key := range []string{"", strings.Repeat("k", MaxKeySize+1)} {
		path := filepath.Join(t.TempDir(), "state.db")
		f := open(t, path)
		f.Append(1, []Row{{[]byte("a"), []byte("1")}, {[]byte(key), []byte("1")}})
		if err := f.Wait(1); err == nil || !strings.Contains(err.Error(), "key") {
			t.Errorf("a key of %d bytes: %v", len(key), err)
		}
		_ = f.Close()
		if got := rows(t, open(t, path)); got != "" {
			t.Errorf("the file has %s", got)
		}
	}
	f := open(t, filepath.Join(t.TempDir(), "state.db"))
	f.Append(1, []Row{{[]byte(strings.Repeat("k", MaxKeySize)), []byte("1")}})
	if err := f.Wait(1); err != nil {
		t.Error(err)
	}
}

// TestFileCutWhileOpen: what bbolt reads by way of its memory map is gone, which ends a process that is not prepared.
func TestFileCutWhileOpen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.db")
	f := open(t, path)
	fillWith(t, f, 60)
	if err := os.Truncate(path, 8192); err != nil {
		t.Skip(err) // a mapped file cannot be cut everywhere
	}
	f.Append(61, set("a=1", "z"))
	if err := f.Wait(61); err == nil || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("written: %v", err)
	}
	done := make(chan error, 1)
	go func() { done <- f.Close() }()
	select {
	case err := <-done:
		if !errors.Is(err, f.Err()) {
			t.Errorf("closed: %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Error("Close does not return")
	}
}

// fillWith writes rows of 1,000 bytes, spread over the file, in transactions of five.
func fillWith(t *testing.T, f *File, transactions int) {
	t.Helper()
	for n := range transactions {
		var rows []Row
		for i := range 5 {
			rows = append(rows, Row{changeKey((5*n + i) * 7919 % 1000), []byte(strings.Repeat("x", 1000))})
		}
		f.Append(uint64(n+1), rows)
		if err := f.Wait(uint64(n + 1)); err != nil {
			t.Fatal(err)
		}
	}
}
