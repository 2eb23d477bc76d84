package disk

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/firestoned/firestone/model/value"
)

// TestMain also is a process of its own in the tests that need another one: write FILE changes rows until it is killed and
// prints each change that is on the disk; hold FILE keeps the file open until its input ends; small FILE BYTES has a disk of
// that size.
func TestMain(m *testing.M) {
	if len(os.Args) < 3 || strings.HasPrefix(os.Args[1], "-") {
		os.Exit(m.Run())
	}
	f, err := Open(os.Args[2])
	if err == nil {
		switch os.Args[1] {
		case "write":
			err = writeOn(f)
		case "hold":
			fmt.Println("open")
			_, err = io.Copy(io.Discard, os.Stdin)
			err = errors.Join(err, f.Close())
		case "small":
			err = fill(f, os.Args[3])
		}
	}
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

// window is how many changes a file keeps.
const window = 40

// change returns the rows of a change: its own, the end of the oldest, and its number.
func change(n int) []Row {
	rows := []Row{{[]byte("last"), []byte(strconv.Itoa(n))}, {changeKey(n), changeValue(n)}}
	if n > window {
		rows = append(rows, Row{Key: changeKey(n - window)})
	}
	return rows
}

func changeKey(n int) []byte { return fmt.Appendf(nil, "change/%d", n) }

// changeValue differs in size, so that the pages of the file split and merge.
func changeValue(n int) []byte { return fmt.Appendf(nil, "%0*d", 1+n*37%6000, n) }

// lastChange returns the last change of a file, which has to hold the window before it and nothing else.
func lastChange(f *File) (int, error) {
	found := map[string]string{}
	err := f.Rows(func(row Row) error {
		found[string(row.Key)] = string(row.Value)
		return nil
	})
	if err != nil || len(found) == 0 {
		return 0, err
	}
	last, err := strconv.Atoi(found["last"])
	if err != nil {
		return 0, err
	}
	if want := min(last, window) + 1; len(found) != want {
		return 0, fmt.Errorf("after change %d there are %d rows, expected %d", last, len(found), want)
	}
	for n := max(1, last-window+1); n <= last; n++ {
		if found[string(changeKey(n))] != string(changeValue(n)) {
			return 0, fmt.Errorf("after change %d, change %d is not as it was", last, n)
		}
	}
	return last, nil
}

// writeOn continues after the last change of the file, from several goroutines, until it fails.
func writeOn(f *File) error {
	last, err := lastChange(f)
	if err != nil {
		return err
	}
	var mu, printing sync.Mutex
	failed := make(chan error)
	for range 4 {
		go func() {
			for {
				mu.Lock()
				last++
				n := last
				f.Append(uint64(n), change(n))
				mu.Unlock()
				if err := f.Wait(uint64(n)); err != nil {
					failed <- err
				}
				printing.Lock()
				fmt.Println(n)
				printing.Unlock()
			}
		}()
	}
	return <-failed
}

// TestKilledWriters kills a process that writes, many times, also while it makes or opens the file. All changes that it has
// seen on the disk are there; a change is there as a whole or not at all, and never without those before it.
func TestKilledWriters(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.db")
	rounds := 50
	if testing.Short() {
		rounds = 20
	}
	killed, least := 0, 0
	for round := range rounds {
		if round%10 == 0 { // begin again
			if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
				t.Fatal(err)
			}
			least = 0
		}
		seen, err := killWriter(path, round)
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		if seen > 0 {
			killed++
		}
		least = max(least, seen)
		f, err := Open(path)
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		last, err := lastChange(f)
		if err := errors.Join(err, f.Close()); err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		if last < least {
			t.Errorf("round %d: change %d was on the disk, and %d is the last that is", round, least, last)
		}
		least = last
	}
	if killed < rounds/2 {
		t.Errorf("only %d of %d processes were killed while they wrote: the test shows too little", killed, rounds)
	}
}

// killWriter starts a process that writes and kills it: in most rounds after some changes, in others after some time. It
// returns the last change that the process has seen on the disk.
func killWriter(path string, round int) (seen int, err error) {
	cmd := exec.Command(os.Args[0], "write", path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return 0, err
	}
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	enough := 1 + round*13%60
	if round%3 == 0 {
		enough = -1
		time.AfterFunc(time.Duration(round)*time.Millisecond, func() { _ = cmd.Process.Kill() })
	}
	lines, said := bufio.NewScanner(out), ""
	for count := 0; lines.Scan(); {
		n, err := strconv.Atoi(lines.Text())
		if err != nil {
			said += lines.Text() + "\n"
			continue
		}
		seen = max(seen, n)
		if count++; count == enough {
			_ = cmd.Process.Kill()
		}
	}
	if err := cmd.Wait(); err == nil || said != "" {
		return 0, fmt.Errorf("the process ended by itself: %v\n%s", err, said)
	}
	return seen, nil
}

func TestTwoProcesses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.db")
	cmd := exec.Command(os.Args[0], "hold", path)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "open\n" {
		t.Fatalf("the other process says %q, %v", line, err)
	}
	start := time.Now()
	_, err = Open(path)
	want := value.Problem{Code: value.InvalidStore, Pos: value.Pos{File: path}, Msg: "another process is using the file", Hint: "stop that process, or choose another file"}
	if got := (value.Problem{}); !errors.As(err, &got) || got != want {
		t.Errorf("got %v", err)
	}
	if took := time.Since(start); took > time.Second {
		t.Errorf("it took %v", took)
	}
	time.AfterFunc(200*time.Millisecond, func() { _ = in.Close() }) // a restart: the old process is on its way out
	open(t, path)
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
}
