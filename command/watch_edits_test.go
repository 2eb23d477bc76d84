package command_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// buffer collects the output of a process while others read it.
type buffer struct {
	mutex sync.Mutex
	text  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.text.Write(p)
}

func (b *buffer) String() string {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.text.String()
}

// watched is a project that a process watches.
type watched struct {
	*testing.T
	folder string
	said   *buffer
}

// save writes a file like an editor: in place, or by renaming a new file.
func (w *watched) save(path, text string, byRename bool) {
	w.Helper()
	path = filepath.Join(w.folder, path)
	at := path
	if byRename {
		at = filepath.Join(filepath.Dir(path), "4913~")
	}
	if err := os.MkdirAll(filepath.Dir(at), 0o777); err != nil {
		w.Fatal(err)
	}
	if err := os.WriteFile(at, []byte(text), 0o666); err != nil {
		w.Fatal(err)
	}
	if byRename {
		if err := os.Rename(at, path); err != nil {
			w.Fatal(err)
		}
	}
}

// read returns the content of a file.
func (w *watched) read(path string) string {
	w.Helper()
	text, err := os.ReadFile(filepath.Join(w.folder, path))
	if err != nil {
		w.Fatal(err)
	}
	return string(text)
}

// await waits until the condition holds, and returns how long that took.
func (w *watched) await(what string, holds func() bool) time.Duration {
	w.Helper()
	start := time.Now()
	for !holds() {
		if time.Since(start) > 5*time.Second {
			w.Fatalf("%s: not after 5 s; said:\n%s", what, w.said)
		}
		time.Sleep(time.Millisecond)
	}
	return time.Since(start)
}

// awaitText waits until a generated file contains a text.
func (w *watched) awaitText(path, text string) time.Duration {
	w.Helper()
	return w.await(path+" holds "+text, func() bool {
		found, err := os.ReadFile(filepath.Join(w.folder, path))
		return err == nil && strings.Contains(string(found), text)
	})
}

// moves moves the folder of definitions away and brings it back, as the same folder and as a new one. Meanwhile a file that no run
// reads is written, such as the one that the output is redirected to, which must not cause a run.
func (w *watched) moves(book string) {
	w.Helper()
	resources, kept := filepath.Join(w.folder, "resources"), filepath.Join(w.folder, "kept")
	for i, back := range []func() error{
		func() error { return os.Rename(kept, resources) },
		func() error { return os.CopyFS(resources, os.DirFS(kept)) },
		func() error { return os.MkdirAll(resources, 0o777) },
	} {
		said := strings.Count(w.said.String(), "no such file: resources [FS1014]\n")
		if err := os.RemoveAll(kept); err != nil {
			w.Fatal(err)
		}
		if err := os.Rename(resources, kept); err != nil {
			w.Fatal(err)
		}
		w.await("the folder is gone", func() bool { return strings.Count(w.said.String(), "no such file: resources [FS1014]\n") > said })
		time.Sleep(50 * time.Millisecond) // and all is said about it
		said = len(w.said.String())
		w.save("watch.log", "a line", false)
		time.Sleep(100 * time.Millisecond)
		if more := w.said.String()[said:]; more != "" {
			w.Errorf("it runs for a file that it does not read:\n%s", more)
		}
		if err := back(); err != nil {
			w.Fatal(err)
		}
		time.Sleep(100 * time.Millisecond)
		text := "Move " + string(rune('a'+i))
		w.save("resources/book.yaml", strings.Replace(book, "The books of the library", text, 1), false)
		w.awaitText("api/openapi.yaml", text)
		w.awaitText("api/asyncapi.yaml", text)
	}
}

// TestWatch edits a project like a person while firestone --watch runs.
func TestWatch(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there is no interrupt to send")
	}
	w := &watched{T: t, folder: t.TempDir(), said: &buffer{}}
	run(t, w.folder, "firestone", "init", "--outputs", "asyncapi,openapi")
	cmd := exec.Command("firestone", "--watch")
	cmd.Dir, cmd.Stderr, cmd.Stdout = w.folder, w.said, w.said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	w.await("it watches", func() bool { return strings.Contains(w.said.String(), "watching") })

	book, config := w.read("resources/book.yaml"), w.read("firestone.yaml")
	title := func(text string) string { return strings.Replace(book, "The books of the library", text, 1) }
	var times []time.Duration
	for i, byRename := range []bool{false, true, false, true, false, true, false} {
		text := "Save " + string(rune('a'+i))
		w.save("resources/book.yaml", title(text), byRename)
		times = append(times, w.awaitText("api/openapi.yaml", text))
		w.awaitText("api/asyncapi.yaml", text)
		time.Sleep(30 * time.Millisecond)
	}
	slices.Sort(times)
	t.Logf("from a save to the document: median %v, longest %v", times[len(times)/2], times[len(times)-1])
	if median := times[len(times)/2]; median > 100*time.Millisecond {
		t.Errorf("a save reaches the document after %v, promised are 100 ms", median)
	}

	if said := w.said.String(); strings.Count(said, "the API has no contact and no license") != 1 || !strings.Contains(said, "\n1 warning as before\n") {
		t.Errorf("a warning is printed once, then counted; said:\n%s", said)
	}

	w.save("templates/openapi/_tag-description.txt.tmpl", "{{ .Nmae }}", false)
	w.await("the slip of a template", func() bool { return strings.Contains(w.said.String(), "_tag-description.txt.tmpl:1:5:") })
	w.save("templates/openapi/_tag-description.txt.tmpl", "Tag {{ .Name }}\n", true)
	w.awaitText("api/openapi.yaml", "Tag book")
	w.save("templates/asyncapi/_operation-name.txt.tmpl", "my.{{ .Name }}\n", false)
	w.awaitText("api/asyncapi.yaml", "my.subscribeBooks")

	w.save("firestone.yaml", config+"titel: x\n", false)
	w.await("the slip in firestone.yaml", func() bool { return strings.Contains(w.said.String(), `unknown key "titel"`) })
	w.save("firestone.yaml", strings.Replace(config, "# title: Library API", "title: Other API", 1), true)
	w.awaitText("api/openapi.yaml", "Other API")
	w.save("resources/author.yaml", "kind: author\nschema: {key: {name: id}, items: {type: object}}\n", false)
	w.awaitText("api/openapi.yaml", "/authors")
	if err := os.Remove(filepath.Join(w.folder, "resources", "author.yaml")); err != nil {
		t.Fatal(err)
	}
	w.await("the resource is gone", func() bool { return !strings.Contains(w.read("api/openapi.yaml"), "/authors") })

	w.save("more/readme", "a folder", false)
	w.save("firestone.yaml", strings.Replace(config, "[templates]", "[templates, more/team]", 1), false)
	w.await("the missing folder", func() bool { return strings.Contains(w.said.String(), "no such folder: more/team") })
	time.Sleep(50 * time.Millisecond) // and all is said about it
	w.save("more/team/openapi/_tag-description.txt.tmpl", "Team {{ .Name }}\n", false)
	w.awaitText("api/openapi.yaml", "Team book")

	w.moves(book)

	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("it ends with %v", err)
		}
	case <-time.After(5 * time.Second):
		t.Error("it does not end")
	}
	run(t, w.folder, "firestone", "check")
}
