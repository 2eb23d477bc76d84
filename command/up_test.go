package command

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// stubPython stands in for Python: it creates environments with itself, pretends to install packages, and serves a web
// interface until it is interrupted.
const stubPython = `#!/bin/sh
echo "$0 $*" >>"$STUB_LOG"
case "$1 $2" in
"-c import sys; print"*) echo "${STUB_VERSION:-3.11 True}" ;;
"-c import sys, tomllib"*) grep -q streamlit "$3" && echo "streamlit>=1.67,<2" ;;
"--version "*) echo "Python 3.11" ;;
"-m venv") mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
"-m pip") echo "Collecting streamlit>=1.67,<2 (from somewhere)"; [ -z "$STUB_FAILS" ] || { echo "no such package"; exit 1; } ;;
"-m "*.ui)
	[ -f "$PYTHONPATH/${2%.ui}/ui/__main__.py" ] || exit 3
	cp "$PYTHONPATH/${2%.ui}/ui/custom.py" "$STUB_LOG.custom"
	trap 'echo ended >>"$STUB_LOG"; exit 130' INT
	echo "signed in by $BOOKS_TOKEN" >>"$STUB_LOG"
	echo "  URL: http://127.0.0.1:4711"
	while :; do [ ! -e "$STUB_LOG.dies" ] || { echo "out of luck"; exit 7; }; sleep 0.05; done ;;
esac
`

// startUp runs the verb with the stub in a folder of its own. ends tells it to end, and returns its output.
func startUp(t *testing.T, args ...string) (said func() string, stub func() string, ends func() (int, string)) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the stub is a shell script")
	}
	folder := t.TempDir()
	t.Chdir(folder)
	write(t, folder, "book.yaml", mockedBook)
	write(t, folder, "python3", stubPython)
	if err := os.Chmod("python3", 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", folder+string(filepath.ListSeparator)+os.Getenv("PATH"))
	t.Setenv("XDG_CACHE_HOME", filepath.Join(folder, "cache"))
	t.Setenv("STUB_LOG", filepath.Join(folder, "stub.log"))
	t.Setenv("TMPDIR", folder)
	errw := &sharedText{}
	ended := make(chan int, 1)
	go func() {
		ended <- Run(append([]string{"up", "--listen", "127.0.0.1:0", "--no-open"}, args...), nil, io.Discard, errw)
	}()
	stub = func() string {
		text, _ := os.ReadFile("stub.log")
		return string(text)
	}
	return errw.String, stub, func() (int, string) {
		terminate(t)
		return <-ended, errw.String()
	}
}

type sharedText struct {
	mutex sync.Mutex
	text  bytes.Buffer
}

func (s *sharedText) Write(text []byte) (int, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.text.Write(text)
}

func (s *sharedText) String() string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.text.String()
}

// waitFor waits until a text contains another one that many times.
func waitFor(t *testing.T, of func() string, part string, times int) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if strings.Count(of(), part) >= times {
			return
		}
	}
	t.Fatalf("%q is not there %d times in\n%s", part, times, of())
}

// TestUp: an environment is created once, the API and its web interface are served and updated when a definition changes,
// and nothing is left behind.
func TestUp(t *testing.T) {
	said, stub, ends := startUp(t, "book.yaml")
	waitFor(t, said, "web interface at http://127.0.0.1:4711", 1)
	folder, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	write(t, folder, "book.yaml", strings.Replace(mockedBook, "title: {", "name: {", 1))
	waitFor(t, said, "web interface at http://127.0.0.1:4711", 2)
	status, text := ends()
	if status != exitOK {
		t.Errorf("status %d, said\n%s", status, text)
	}
	for part, times := range map[string]int{"-m venv": 1, "-m pip install": 1, "-m books.ui --base-url http://127.0.0.1:": 2, "signed in by mock:mock": 2, "ended": 2} {
		if got := strings.Count(stub(), part); got != times {
			t.Errorf("%q was called %d times, want %d:\n%s", part, got, times, stub())
		}
	}
	for _, want := range []string{"listening on http://", "this once: streamlit>=1.67,<2\n  streamlit>=1.67,<2\nthe environment", "pages about the API at http://", "serving the changed definitions"} {
		if !strings.Contains(text, want) {
			t.Errorf("it said nothing of %q:\n%s", want, text)
		}
	}
	if left, err := filepath.Glob("firestone-up-*"); err != nil || len(left) > 0 {
		t.Errorf("it left %v, %v", left, err)
	}
}

// TestUpRevivesItsInterface: a web interface that ends by itself is restarted, and its output is printed. If it ends
// repeatedly, it is restarted only after a change.
func TestUpRevivesItsInterface(t *testing.T) {
	said, _, ends := startUp(t, "book.yaml")
	waitFor(t, said, "web interface at", 1)
	folder, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	write(t, folder, "stub.log.dies", "")
	waitFor(t, said, "ended (exit status 7); starting it again\n  URL: http://127.0.0.1:4711\nout of luck\n", maxRestarts)
	waitFor(t, said, "it starts again when a definition is saved", 1)
	if err := os.Remove("stub.log.dies"); err != nil {
		t.Fatal(err)
	}
	write(t, folder, "book.yaml", strings.Replace(mockedBook, "title: {", "name: {", 1))
	waitFor(t, said, "web interface at", maxRestarts+2)
	if status, text := ends(); status != exitOK || strings.Count(text, "web interface ended") != maxRestarts+1 {
		t.Errorf("status %d, said\n%s", status, text)
	}
}

// TestUpWithoutPython: without Python, the API is served nevertheless, with a hint.
func TestUpWithoutPython(t *testing.T) {
	for _, c := range []struct{ variable, value, want, hint string }{
		{"STUB_VERSION", "3.9 False", "the web interface needs Python 3.11, and there is only 3.9", "install Python 3.11 or later"},
		{"STUB_FAILS", "yes", "no such package", "--no-ui"},
	} {
		t.Run(c.variable, func(t *testing.T) {
			t.Setenv(c.variable, c.value)
			if c.variable == "STUB_VERSION" { // others on this machine are none of the test's business
				tools := t.TempDir()
				for _, tool := range []string{"sh", "cp", "mkdir", "grep", "sleep"} {
					if err := os.Symlink("/bin/"+tool, filepath.Join(tools, tool)); err != nil {
						t.Fatal(err)
					}
				}
				t.Setenv("PATH", tools)
			}
			said, _, ends := startUp(t, "book.yaml")
			waitFor(t, said, c.want, 1)
			waitFor(t, said, c.hint, 1)
			if status, text := ends(); status != exitOK || !strings.Contains(text, "listening on http://") {
				t.Errorf("status %d, said\n%s", status, text)
			}
		})
	}
}

// TestUpKeepsPagesOfTheProject: custom pages in the project's web interface are also in the one that is served.
func TestUpKeepsPagesOfTheProject(t *testing.T) {
	folder := t.TempDir()
	if err := os.MkdirAll(filepath.Join(folder, "gen/src/books/ui"), 0o777); err != nil {
		t.Fatal(err)
	}
	write(t, folder, "book.yaml", mockedBook)
	write(t, folder, "firestone.yaml", "resources: book.yaml\ngenerate: [{pack: streamlit, output: gen/}]\n")
	write(t, folder, "gen/src/books/ui/custom.py", "# ours\n")
	said, _, ends := startUp(t, "--config", filepath.Join(folder, "firestone.yaml"))
	waitFor(t, said, "web interface at", 1)
	ends()
	if custom, err := os.ReadFile("stub.log.custom"); err != nil || string(custom) != "# ours\n" {
		t.Errorf("the page of the project is %q, %v", custom, err)
	}
}

// TestUpReadsNothingOutsideTheProject: links that lead out of a project are not followed.
func TestUpReadsNothingOutsideTheProject(t *testing.T) {
	folder, outside := t.TempDir(), t.TempDir()
	if err := os.MkdirAll(filepath.Join(folder, "gen/src/books/ui"), 0o777); err != nil {
		t.Fatal(err)
	}
	write(t, outside, "secret", "# secret\n")
	if err := os.Symlink(filepath.Join(outside, "secret"), filepath.Join(folder, "gen/src/books/ui/custom.py")); err != nil {
		t.Skip(err)
	}
	write(t, folder, "book.yaml", mockedBook)
	write(t, folder, "firestone.yaml", "resources: book.yaml\ngenerate: [{pack: streamlit, output: gen/}]\n")
	said, stub, ends := startUp(t, "--config", filepath.Join(folder, "firestone.yaml"))
	waitFor(t, said, "the web interface does not run", 1)
	waitFor(t, said, "custom.py", 1)
	if status, text := ends(); status != exitOK || strings.Contains(stub(), "books.ui") {
		t.Errorf("status %d, said\n%s", status, text)
	}
}
