package command

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what is printed into testdata/mistakes")

// TestMistakes replays common mistakes of users, one kind in each archive of testdata/mistakes. Its comment describes the
// mistake and what a message about it should contain. Then come the files of the user and, as "printed", the commands with
// the output of each: standard error, standard output if it fails, and the exit status.
func TestMistakes(t *testing.T) {
	archives, err := filepath.Glob("testdata/mistakes/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no mistakes", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			file, err := filepath.Abs(name)
			if err != nil {
				t.Fatal(err)
			}
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			last := len(archive.Files) - 1
			if last < 0 || archive.Files[last].Name != "printed" || !strings.Contains(string(archive.Comment), "\nGoal: ") {
				t.Fatal("an archive has a comment with a line of its goal, and ends with what is printed")
			}
			want := string(archive.Files[last].Data)
			got := runTranscript(t, archive.Files[:last], want)
			switch {
			case got == want:
			case !*update:
				t.Errorf("it differs (go test ./command -run Mistakes -update, then read the difference); now it prints\n%s", got)
			default:
				archive.Files[last].Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(archive), 0o666); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// runTranscript runs the commands of a transcript in a new folder with the files, and returns the transcript of that.
func runTranscript(t *testing.T, files []txtar.File, transcript string) string {
	t.Helper()
	t.Chdir(t.TempDir())
	for _, f := range files {
		if err := os.MkdirAll(filepath.Dir(f.Name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(f.Name, f.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	var printed strings.Builder
	for line := range strings.Lines(transcript) {
		typed, ok := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "$ ")
		if !ok {
			continue
		}
		if printed.Len() > 0 {
			printed.WriteString("\n")
		}
		fmt.Fprintf(&printed, "$ %s\n", typed)
		switch words := typedWords(typed); words[0] {
		case "firestone":
			var out, errw bytes.Buffer
			status := Run(words[1:], strings.NewReader(""), &out, &errw)
			if err := Coded(errw.String()); err != nil {
				t.Errorf("%s: %v", typed, err)
			}
			printed.Write(errw.Bytes())
			if status != exitOK {
				printed.Write(out.Bytes())
			}
			fmt.Fprintf(&printed, "[exit status %d]\n", status)
		case "cd":
			t.Chdir(words[1])
		case "rm":
			if err := os.Remove(words[1]); err != nil {
				t.Fatal(err)
			}
		default:
			t.Fatalf("%q is none of firestone, cd and rm", words[0])
		}
	}
	return printed.String()
}

// typedWords splits a line like a shell, but supports only single quotes.
func typedWords(line string) []string {
	var words []string
	for i, part := range strings.Split(line, "'") {
		if i%2 == 1 {
			words = append(words, part)
		} else {
			words = append(words, strings.Fields(part)...)
		}
	}
	return words
}
