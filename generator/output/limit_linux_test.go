package output

import (
	"errors"
	"os/signal"
	"strings"
	"syscall"
	"testing"
)

// limited writes a file that is larger than the process may make one. The limit ends with the write: the coverage of
// this process is a file, too.
func limited(dir string, most int) error {
	signal.Ignore(syscall.SIGXFSZ)
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: uint64(most), Max: limit.Max}); err != nil {
		return err
	}
	_, err := Write(dir, []Item{itemOf("x", "a=22", "b/c="+strings.Repeat("2", 2*most))}, true, false)
	return errors.Join(err, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit))
}

func TestWriteOnAFullDisk(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, itemOf("x", "a=1"))
	ageAll(t, dir)
	before := everything(t, dir)
	status, printed := spawn(t, "small", dir, "-", "4096")
	if want := "write " + dir + "/b/c: file too large\n"; status != 3 || printed != want {
		t.Errorf("ended with %d: %s", status, printed)
	}
	if after := everything(t, dir); after != before {
		t.Errorf("before %s\nafter %s", before, after)
	}
}
