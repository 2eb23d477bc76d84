package output

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestDiff(t *testing.T) {
	tests := []struct {
		name   string
		change Change
		want   string
	}{
		{"update", Change{Path: "a", Action: Update, Old: []byte("1\n2\n3\n4\n5\n6\n7\n8\n9\n"), New: []byte("1\n2\n3\n4\nfive\n6\n7\n8\n9\n")},
			"--- a/a\n+++ b/a\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"},
		{"two hunks", Change{Path: "a", Action: Update, Old: []byte("1\n2\n3\n4\n5\n6\n7\n8\n9\n"), New: []byte("one\n2\n3\n4\n5\n6\n7\n8\n9\n10\n")},
			"--- a/a\n+++ b/a\n@@ -1,4 +1,4 @@\n-1\n+one\n 2\n 3\n 4\n@@ -7,3 +7,4 @@\n 7\n 8\n 9\n+10\n"},
		{"no last line end", Change{Path: "a", Action: Update, Old: []byte("1\n2"), New: []byte("1\n2\n")},
			"--- a/a\n+++ b/a\n@@ -1,2 +1,2 @@\n 1\n-2\n\\ No newline at end of file\n+2\n"},
		{"create", Change{Path: "x y/ä", Action: Create, New: []byte("1\n")}, "--- /dev/null\n+++ b/x y/ä\t\n@@ -0,0 +1 @@\n+1\n"},
		{"direction of text", Change{Path: "a\u202eb\"ä", Action: Create, New: []byte("1\n")}, "--- /dev/null\n+++ \"b/a\\342\\200\\256b\\\"\\303\\244\"\n@@ -0,0 +1 @@\n+1\n"},
		{"create an empty file", Change{Path: "a", Action: Create, New: []byte{}}, "--- /dev/null\n+++ b/a\n"},
		{"remove", Change{Path: "a", Action: Remove, Old: []byte("1\n")}, "--- a/a\n+++ /dev/null\n@@ -1 +0,0 @@\n-1\n"},
		{"keep", Change{Path: "a", Action: Keep, Old: []byte("1\n")}, ""},
		{"line ends", Change{Path: "a", Action: Update, Old: []byte("1\r\n2\r\n"), New: []byte("1\n3\n")}, "--- a/a\n+++ b/a\n@@ -1,2 +1,2 @@\n 1\n-2\n+3\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := string(test.change.Diff()); got != test.want {
				t.Errorf("got\n%s", got)
			}
		})
	}
}

// TestDiffApplies has patch(1) make the new files of the old ones.
func TestDiffApplies(t *testing.T) {
	patch, err := exec.LookPath("patch")
	if err != nil {
		t.Skip("there is no patch")
	}
	texts := []string{"1\n2\n3\n", "", "1\n\n\n2", "3\n2\n1\n1\n1\n", "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\n", "a\nb\nc\nX\ne\nf\ng\nh\ni\nj\n"}
	for _, old := range texts {
		for _, now := range texts {
			if old == now {
				continue
			}
			dir := t.TempDir()
			put(t, dir, "x y="+old)
			difference := Change{Path: "x y", Action: Update, Old: []byte(old), New: []byte(now)}.Diff()
			put(t, dir, "diff="+string(difference))
			cmd := exec.Command(patch, "-p1", "-i", "diff")
			cmd.Dir = dir
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%v: %s\n%s", err, out, difference)
			}
			got, err := os.ReadFile(filepath.Join(dir, "x y"))
			if err != nil && now != "" || string(got) != now {
				t.Errorf("%q became %q, not %q: %v\n%s", old, got, now, err, difference)
			}
		}
	}
}

// TestDiffIsShort holds what people see in a review against the fewest lines that could differ: generated documents
// repeat most of their lines.
func TestDiffIsShort(t *testing.T) {
	var old, now strings.Builder
	for i := range 2000 {
		if i%20 == 0 {
			fmt.Fprintf(&old, "Schema%d:\n", i)
			fmt.Fprintf(&now, "Schema%d:\n", i)
		}
		block := fmt.Sprintf("  property%d:\n    type: string\n    description: %s\n    minLength: 1\n", i%20, strings.Repeat("x", i%13))
		old.WriteString(block)
		if i%3 == 0 {
			block = strings.Replace(block, "minLength: 1", "minLength: 2", 1)
		}
		now.WriteString(block)
	}
	texts := [][3]string{
		{"a\nb\nsame\nsame\nc\nsame\n", "a\nB\nsame\nsame\nC\nsame\n", "4"},
		{"type: string\nexample: the back\ntype: string\n", "type: string\nexample: the cover\ntype: string\n", "2"},
		{strings.Repeat("same\n", 500), strings.Repeat("same\n", 501), "1"},
		{old.String(), now.String(), "1334"},
	}
	for _, text := range texts {
		unified := Unified("a", "b", text[0], text[1])
		count := 0
		for line := range strings.Lines(unified) {
			if !strings.HasPrefix(line, "+++") && !strings.HasPrefix(line, "---") && (line[0] == '+' || line[0] == '-') {
				count++
			}
		}
		if fmt.Sprint(count) != text[2] {
			t.Errorf("%d lines differ, not %s", count, text[2])
		}
	}
}
