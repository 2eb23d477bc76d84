//go:build unix

package reach

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestReadDoesNotWait for what may never come, also where a pipe has taken the place of a file that was measured.
func TestReadDoesNotWait(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o666); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for path, want := range map[string]string{pipe: "the file is a named pipe", "/dev/zero": "the file is a device"} {
			if _, err := Read(path, MaxInput); err == nil || !strings.HasPrefix(err.Error(), want) {
				t.Errorf("%s: got %v", path, err)
			}
			if _, err := read(path, MaxInput, false); err == nil || !strings.HasPrefix(err.Error(), want) {
				t.Errorf("%s in place of a file: got %v", path, err)
			}
			if _, err := (*Bounds)(nil).FS(filepath.Dir(path)).Open(filepath.Base(path)); err == nil || !strings.HasPrefix(err.Error(), want) {
				t.Errorf("%s in an FS: got %v", path, err)
			}
		}
		if _, err := ReadNamed("/dev/zero", MaxInput); err == nil || !strings.HasPrefix(err.Error(), "the file is a device") {
			t.Errorf("/dev/zero, named: got %v", err)
		}
	}()
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		t.Fatal("still waiting")
	}
}

// TestReadNamedTakesAPipe up to the limit.
func TestReadNamedTakesAPipe(t *testing.T) {
	for text, want := range map[string]string{"four": "", "four and more": "the file is larger than 0 MiB"} {
		pipe := filepath.Join(t.TempDir(), "pipe")
		if err := syscall.Mkfifo(pipe, 0o666); err != nil {
			t.Fatal(err)
		}
		go func() { _ = os.WriteFile(pipe, []byte(text), 0) }()
		content, err := ReadNamed(pipe, 4)
		switch {
		case want == "" && (err != nil || string(content) != text):
			t.Errorf("got %q, %v", content, err)
		case want != "" && (err == nil || !strings.HasPrefix(err.Error(), want)):
			t.Errorf("got %q, %v", content, err)
		}
	}
}
