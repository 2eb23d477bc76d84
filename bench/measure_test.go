//go:build unix

package main

import (
	"errors"
	"runtime"
	"testing"
	"time"
)

func TestRunStopsWhatTakesTooLong(t *testing.T) {
	start := time.Now()
	if _, err := shell("exec sleep 60").run(20 * time.Millisecond); !errors.Is(err, errTooLong) {
		t.Errorf("the error is %v", err)
	}
	if took := time.Since(start); took > 30*time.Second {
		t.Errorf("it was stopped after %s", took)
	}
}

// What this process has held is never taken for what a small program holds.
func TestMemoryIsNotThatOfBench(t *testing.T) {
	held := make([]byte, 100<<20)
	for i := range held {
		held[i] = 1
	}
	runtime.KeepAlive(held)
	one, err := shell("exit 0").run(0)
	if err != nil {
		t.Fatal(err)
	}
	if one.memory > 50 {
		t.Errorf("a shell that does nothing held %d MiB", one.memory)
	}
}
