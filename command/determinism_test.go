package command_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
)

// TestSameBytesEverywhere runs firestone as a process in environments that differ in everything that must not affect the
// output.
func TestSameBytesEverywhere(t *testing.T) {
	binary, err := exec.LookPath("firestone")
	if err != nil {
		t.Fatal(err)
	}
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	library, err := filepath.Abs("../examples/library")
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := t.TempDir()
	read := filepath.Join(elsewhere, "definitions")
	if err := os.CopyFS(read, os.DirFS(library)); err != nil {
		t.Fatal(err)
	}

	surroundings := []struct {
		name      string
		folder    string
		library   string
		variables []string
	}{
		{"plain", root, "examples/library", nil},
		{"again", root, "examples/library", nil},
		{"one core", root, "examples/library", []string{"GOMAXPROCS=1"}},
		{"another zone and language", root, "examples/library", []string{"TZ=Pacific/Kiritimati", "LC_ALL=tr_TR.UTF-8", "LANG=ar", "LANGUAGE=tr"}},
		{"no home", root, "examples/library", []string{"HOME=/nonexistent", "XDG_CONFIG_HOME=/nonexistent", "USER=", "TERM=dumb"}},
		{"from another folder", elsewhere, "definitions", nil},
		{"by an absolute path", elsewhere, read, nil},
	}
	for _, pack := range []string{"asyncapi", "openapi"} {
		var want []byte
		for _, s := range surroundings {
			command := exec.Command(binary, "-t", pack, s.library)
			command.Dir = s.folder
			command.Env = append(slices.Clone(s.variables), "PATH="+os.Getenv("PATH"))
			if runtime.GOOS == "windows" {
				command.Env = append(command.Env, "SYSTEMROOT="+os.Getenv("SYSTEMROOT"))
			}
			got, err := command.Output()
			if err != nil {
				t.Fatalf("%s, %s: %v", pack, s.name, err)
			}
			if want == nil {
				want = got
			}
			if string(got) != string(want) {
				t.Errorf("%s, %s: the document is another one", pack, s.name)
			}
		}
	}
}
