package disk

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// fill appends changes to a file that may not grow over a size and prints the first that is not on the disk. The limit ends
// with the writes: the coverage of this process is a file, too.
func fill(f *File, most string) error {
	size, err := strconv.ParseUint(most, 10, 64)
	if err != nil {
		return err
	}
	signal.Ignore(syscall.SIGXFSZ)
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: size, Max: limit.Max}); err != nil {
		return err
	}
	n := uint64(1)
	for ; f.Err() == nil; n++ {
		f.Append(n, []Row{{fmt.Appendf(nil, "%06d", n), make([]byte, 1000)}})
		err = f.Wait(n)
	}
	fmt.Println(n - 1)
	fmt.Println(err)
	<-f.Failed()
	if closing := f.Close(); !errors.Is(closing, err) {
		return fmt.Errorf("closed: %w", closing)
	}
	return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit)
}

func TestFullDisk(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.db")
	out, err := exec.Command(os.Args[0], "small", path, "200000").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	refused, err := strconv.Atoi(lines[0])
	if err != nil || refused < 20 || !strings.HasPrefix(lines[1], "write "+path+": ") || !strings.HasSuffix(lines[1], "file too large") {
		t.Fatalf("it says\n%s", out)
	}
	count := 0
	if err := open(t, path).Rows(func(Row) error { count++; return nil }); err != nil {
		t.Fatal(err)
	}
	if count != refused-1 {
		t.Errorf("%d rows are on the disk, change %d was the first that is not", count, refused)
	}
}
