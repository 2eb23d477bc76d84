//go:build unix

package generator

import (
	"syscall"
	"testing"
	"time"
)

// cpuTime returns what the process has used so far: what other processes do to a machine does not count.
func cpuTime(t *testing.T) time.Duration {
	t.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		t.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
