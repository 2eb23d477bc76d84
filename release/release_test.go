package main

import (
	"bytes"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

var reproduce = flag.Bool("reproduce", false, "build one target twice")

// TestReproducible builds the archive of this system twice, from copies of this checkout in two folders and without what the
// go command keeps of the first build; then it tries what is in it.
func TestReproducible(t *testing.T) {
	if !*reproduce {
		t.Skip("make release-check builds twice")
	}
	here := target{runtime.GOOS, runtime.GOARCH}
	var archives [2][]byte
	var files []file
	for i, name := range []string{"first", "a folder elsewhere"} {
		r := release{source: copyCheckout(t, name), version: "v1.2.3-rc.1", commit: "0123456789abcdef", date: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
		if i > 0 {
			t.Setenv("GOCACHE", t.TempDir())
		}
		var err error
		if files, err = r.files(here); err != nil {
			t.Fatal(err)
		}
		if archives[i], err = r.archive(here, files); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(archives[0], archives[1]) {
		t.Error("the two archives differ")
	}
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "archive"), archives[0], 0o666); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("tar", "-xf", filepath.Join(folder, "archive"), "-C", folder).CombinedOutput(); err != nil {
		t.Fatalf("tar: %v\n%s", err, out)
	}
	for _, f := range files {
		if _, err := os.Stat(filepath.Join(folder, f.name)); err != nil {
			t.Error(err)
		}
		if f.isProgram {
			checkProgram(t, filepath.Join(folder, f.name))
		}
	}
}

// checkProgram runs a program, which has to know its release and not where it was built.
func checkProgram(t *testing.T, path string) {
	t.Helper()
	out, err := exec.Command(path, "version").Output()
	if want := "firestone v1.2.3-rc.1 (commit 0123456789ab) go"; err != nil || !strings.HasPrefix(string(out), want) {
		t.Errorf("firestone version prints %q, %v, expected %q", out, err, want)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if home, err := os.UserHomeDir(); err == nil && home != "/" && bytes.Contains(content, []byte(home+"/")) {
		t.Errorf("the program names a folder of whoever built it, %s", home)
	}
}

// copyCheckout copies what git knows of this checkout, and what it does not ignore, into a folder of that name.
func copyCheckout(t *testing.T, name string) string {
	t.Helper()
	list, err := exec.Command("git", "-C", "..", "ls-files", "-z", "--cached", "--others", "--exclude-standard").Output()
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(t.TempDir(), name)
	for path := range strings.SplitSeq(strings.TrimSuffix(string(list), "\x00"), "\x00") {
		from, to := filepath.Join("..", path), filepath.Join(folder, path)
		if info, err := os.Lstat(from); err != nil || !info.Mode().IsRegular() {
			continue // it was deleted, or is a link
		}
		content, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, content, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func TestVersions(t *testing.T) {
	for version, want := range map[string]bool{
		"v0.3.0": true, "v1.2.3-rc.1": true, "": false, "0.3.0": false, "v1.2": false, "v1.2.3+dirty": false, "v01.2.3": false, "v1.2.3 -X": false,
	} {
		if _, err := newRelease("..", version); (err == nil) != want {
			t.Errorf("the version %q: %v", version, err)
		}
	}
}
