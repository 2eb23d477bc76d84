package output

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// conflicting returns lines as git leaves them after a merge: one that is given as ours|theirs|base is a hunk.
func conflicting(style, end string, lines ...string) string {
	label := func(mark, name string) string {
		if style == "bare" {
			return strings.Repeat(mark, 7) + end
		}
		return strings.Repeat(mark, 7) + " " + name + end
	}
	var b strings.Builder
	for _, line := range lines {
		sides := strings.Split(line, "|")
		if len(sides) < 3 {
			b.WriteString(line + end)
			continue
		}
		b.WriteString(label("<", "HEAD") + sides[0] + end)
		if style == "diff3" {
			b.WriteString(label("|", "0123456") + sides[2] + end)
		}
		b.WriteString("=======" + end + sides[1] + end + label(">", "a branch with (spaces)"))
	}
	return b.String()
}

func TestDivide(t *testing.T) {
	tests := []struct{ name, text, ours, theirs, base string }{
		{"none", "a\nb\n", "", "", ""},
		{"empty", "", "", "", ""},
		{"plain", conflicting("merge", "\n", "a", "b|c|d", "e"), "a b e", "a c e", ""},
		{"without labels", conflicting("bare", "\n", "a", "b|c|d", "e"), "a b e", "a c e", ""},
		{"line ends of Windows", conflicting("diff3", "\r\n", "a", "b|c|d", "e"), "a b e", "a c e", "a d e"},
		{"with the base", conflicting("diff3", "\n", "a", "b|c|d", "e"), "a b e", "a c e", "a d e"},
		{"hunks", conflicting("diff3", "\n", "a|b|c", "d", "e|f|g", "h|i|j"), "a d e h", "b d f i", "c d g j"},
		{"nothing on one side", "<<<<<<< x\n=======\nb\n>>>>>>> y\nc\n", "c", "b c", ""},
		{"nothing in the base", "<<<<<<< x\na\n|||||||\n=======\nb\n>>>>>>> y\n", "a", "b", ""},
		{"no line end", "<<<<<<< x\na\n=======\nb\n>>>>>>> y", "a", "b", ""},
		{"a base that is a merge", "a\n<<<<<<< x\nb\n||||||| merged common ancestors\n<<<<<<<<< Temporary merge branch 1\nc\n=========\nd\n>>>>>>>>> Temporary merge branch 2\n=======\ne\n>>>>>>> y\n",
			"a b", "a e", "a <<<<<<<<< Temporary merge branch 1 c ========= d >>>>>>>>> Temporary merge branch 2"},
		{"longer markers", "<<<<<<<<<< x\na\n=======\n==========\nb\n>>>>>>>>>> y\n", "a =======", "b", ""},
		{"an underline", "a\n=======\n", "", "", ""},
		{"no end", conflicting("merge", "\n", "a|b|c", "d") + "<<<<<<< x\na\n=======\n", "", "", ""},
		{"no middle", "<<<<<<< x\na\n>>>>>>> y\n", "", "", ""},
		{"no beginning", "a\n=======\nb\n>>>>>>> y\n", "", "", ""},
		{"no markers", "<<<<<< x\na\n======\nb\n>>>>>> y\n <<<<<<< x\n=======\n>>>>>>> y\n<<<<<<<x\n=======\n>>>>>>> y\n", "", "", ""},
	}
	words := func(part []byte) string {
		return strings.Join(strings.FieldsFunc(string(part), func(r rune) bool { return r == '\n' || r == '\r' }), " ")
	}
	for _, test := range tests {
		c := divide([]byte(test.text))
		if c == nil {
			c = &conflict{}
		} else if got := strings.Count(string(c.sides[0]), "\n"); got != strings.Count(test.text, "\n") {
			t.Errorf("%s: %d lines", test.name, got)
		}
		if ours, theirs, base := words(c.sides[0]), words(c.sides[1]), words(c.base); ours != test.ours || theirs != test.theirs || base != test.base {
			t.Errorf("%s: got %s, %s, %s", test.name, ours, theirs, base)
		}
	}
}

// merged returns a record of a merge, whose digests are of the texts given as path=ours|theirs|base or path=both.
func merged(style, end string, files ...string) string {
	lines := []string{strings.TrimSuffix(heading, "\n"), "format: 1", "items:", `  "x":`, `    program: "1"`, "    definitions:",
		`      "a.yaml": "2"|      "a.yaml": "1"|      "a.yaml": "1"`, `      "b.yaml": "1"|      "b.yaml": "2"|      "b.yaml": "1"`, "    files:"}
	for _, file := range files {
		path, texts, _ := strings.Cut(file, "=")
		var sides []string
		for _, text := range strings.Split(texts, "|") {
			line := ""
			if text != "" {
				line = `      "` + path + `": "` + Digest([]byte(text)) + `"`
			}
			sides = append(sides, line)
		}
		lines = append(lines, strings.Join(sides, "|"))
	}
	return conflicting(style, end, lines...)
}

const mergeCause = "a merge left conflict markers in .firestone.lock"

// afterMerge is what the item generates once both sides are together.
func afterMerge(files ...string) Item {
	item := itemOf("x", files...)
	item.Inputs.Definitions = []Input{{"a.yaml", "2"}, {"b.yaml", "2"}}
	return item
}

func TestWriteAfterAMerge(t *testing.T) {
	const both = "a=ours|theirs|base"
	record := "; update " + RecordName + " (" + mergeCause + ")"
	markers := conflicting("merge", "\n", "ours|theirs|base")
	tests := []struct {
		name     string
		recorded []string
		there    []string
		item     Item
		plan     string
		want     string
		refused  string
	}{
		{name: "merged by git", recorded: []string{both}, there: []string{"a=neither"}, item: afterMerge("a=new"), plan: "update a (" + mergeCause + ")" + record, want: "a=new;"},
		{name: "with markers", recorded: []string{both}, there: []string{"a=" + markers}, item: afterMerge("a=new"), plan: "update a (" + mergeCause + ")" + record, want: "a=new;"},
		{name: "one side", recorded: []string{both}, there: []string{"a=theirs"}, item: afterMerge("a=new"), plan: "update a (" + mergeCause + ")" + record, want: "a=new;"},
		{name: "as it has to be", recorded: []string{both}, there: []string{"a=new"}, item: afterMerge("a=new"), plan: "update .firestone.lock (" + mergeCause + ")", want: "a=new;"},
		{name: "missing", recorded: []string{both}, item: afterMerge("a=new"), plan: "create a (" + mergeCause + ", it is missing)" + record, want: "a=new;"},
		{name: "renamed by one side", recorded: []string{"a=|old|old", "b=ours||"}, there: []string{"b=neither"}, item: afterMerge("b=new"), plan: "update b (" + mergeCause + ")" + record, want: "b=new;"},
		{name: "both sides alike, and another text", recorded: []string{"a=1", "b=1|2|1"}, there: []string{"a=mine", "b=3"}, item: afterMerge("a=new", "b=new"),
			plan: "update a (it was edited by hand, " + mergeCause + ") edited; update b (" + mergeCause + ")" + record, want: "a=mine;b=3;",
			refused: "DIR/a: the file was edited after firestone generated it [FS5003]\n  hint: run firestone --force to overwrite it; to keep the edit, override the template that generates it"},
		{name: "foreign", recorded: []string{both}, there: []string{"a=ours", "b=mine"}, item: afterMerge("a=new", "b=new"),
			plan: "update a (" + mergeCause + "); update b (firestone has no record of generating it) edited" + record, want: "a=ours;b=mine;",
			refused: "DIR/b: the file differs, and firestone has no record of generating it [FS5003]\n  hint: run firestone --force to overwrite it; to keep it, give the output a different path"},
		{name: "only the base knows it", recorded: []string{both, "b=||mine"}, there: []string{"b=mine"}, item: afterMerge("a=new"),
			plan: "create a (" + mergeCause + ", it is missing)" + record, want: "a=new;b=mine;"},
		{name: "stale", recorded: []string{both, "b=1|2|1", "c=1|2|1"}, there: []string{"a=new", "b=2", "c=mine"}, item: afterMerge("a=new"),
			plan: "remove b (" + mergeCause + ", it is no longer generated); keep c (" + mergeCause + ", it is no longer generated, it was edited by hand) edited" + record, want: "a=new;c=mine;"},
		{name: "another definition than both", recorded: []string{both}, there: []string{"a=" + markers}, plan: "update a (" + mergeCause + ", the definition a.yaml changed, the definition c.yaml was added)" + record, want: "a=new;",
			item: Item{Name: "x", Files: itemOf("", "a=new").Files, Inputs: Inputs{Program: "1", Definitions: []Input{{"a.yaml", "3"}, {"b.yaml", "1"}, {"c.yaml", "1"}}}}},
		{name: "nothing is left", recorded: []string{both}, there: []string{"a=ours"}, plan: "remove a (" + mergeCause + ", it is no longer generated)" + strings.Replace(record, "update", "remove", 1), want: ""},
	}
	for _, test := range tests {
		for _, style := range []string{"merge", "bare", "diff3"} {
			for _, end := range []string{"\n", "\r\n"} {
				t.Run(test.name+" "+style, func(t *testing.T) {
					dir := t.TempDir()
					put(t, dir, append(test.there, RecordName+"="+merged(style, end, test.recorded...))...)
					var items []Item
					if test.item.Name != "" {
						items = append(items, test.item)
					}
					before := everything(t, dir)
					plan, err := Compare(dir, items, true)
					if got := sorted(summary(plan)); err != nil || got != sorted(test.plan) || everything(t, dir) != before {
						t.Fatalf("planned %s, %v\nwant    %s", got, err, sorted(test.plan))
					}
					_, err = Write(dir, items, true, false)
					if got := strings.ReplaceAll(text(err), dir, "DIR"); got != test.refused {
						t.Errorf("got %s", got)
					}
					if got := contents(t, dir); got != test.want {
						t.Errorf("there is %s", got)
					}
					if test.refused == "" {
						isStill(t, dir, items)
						isAsIfNew(t, dir, items)
					}
				})
			}
		}
	}
}

// sorted returns a summary with its changes in the order of their text: the name of the record comes before others.
func sorted(summary string) string {
	parts := strings.Split(summary, "; ")
	slices.Sort(parts)
	return strings.Join(parts, "; ")
}

// isAsIfNew checks that the record is that of a folder that never saw a merge.
func isAsIfNew(t *testing.T, dir string, items []Item) {
	t.Helper()
	other := t.TempDir()
	write(t, other, items...)
	got, _ := os.ReadFile(filepath.Join(dir, RecordName))
	want, _ := os.ReadFile(filepath.Join(other, RecordName))
	if string(got) != string(want) {
		t.Errorf("the record is\n%s\nwant\n%s", got, want)
	}
}

// TestAKillAfterAMerge: once the record is written without the markers, it has to know the texts that git made.
func TestAKillAfterAMerge(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "a=neither", "b="+conflicting("merge", "\n", "1|2|3"), RecordName+"="+merged("merge", "\n", "a=1|2|1", "b=1|2|1"))
	item := afterMerge("a=new", "b=new")
	plan, err := Compare(dir, []Item{item}, true)
	if err != nil {
		t.Fatal(err)
	}
	put(t, dir, RecordName+"="+string(plan.first.content))
	if got := write(t, dir, item); got != "update a (the definition b.yaml changed); update b (the definition b.yaml changed)" {
		t.Errorf("got %s", got)
	}
	isStill(t, dir, []Item{item})
	isAsIfNew(t, dir, []Item{item})
}

// TestMergeOfTwoRuns: the first of two commands that share a folder writes the record, the second still has to know
// what git made of its files.
func TestMergeOfTwoRuns(t *testing.T) {
	dir := t.TempDir()
	text := merged("diff3", "\n", "a=1|2|1") + strings.ReplaceAll(strings.Join(strings.SplitAfter(merged("diff3", "\n", "b=1|2|1"), "\n")[3:], ""), `"x"`, `"y"`)
	put(t, dir, "a=neither", "b="+conflicting("merge", "\n", "1|2|3"), RecordName+"="+text)
	x, y := afterMerge("a=new"), afterMerge("b=new")
	y.Name = "y"
	for _, item := range []Item{x, y} {
		if _, err := Write(dir, []Item{item}, false, false); err != nil {
			t.Error(err)
		}
	}
	if got := contents(t, dir); got != "a=new;b=new;" {
		t.Errorf("there is %s", got)
	}
	isAsIfNew(t, dir, []Item{x, y})
}

// TestMarkersWithoutARecordOfThem: whoever took one side's record is told why a file counts as edited.
func TestMarkersWithoutARecordOfThem(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, itemOf("x", "a=1", "b=1"))
	put(t, dir, "a="+conflicting("diff3", "\r\n", "1|2|3"), "b=<<<<<<< half\n")
	plan, err := Write(dir, []Item{itemOf("x", "a=2", "b=2")}, true, false)
	if got := summary(plan); got != "update a (it contains merge conflict markers) edited; update b (it was edited by hand) edited" {
		t.Errorf("got %s", got)
	}
	const want = "DIR/a: the file contains merge conflict markers [FS5003]\n  hint: run firestone --force to generate it again\n" +
		"DIR/b: the file was edited after firestone generated it [FS5003]\n  hint: run firestone --force to overwrite it; to keep the edit, override the template that generates it"
	if got := strings.ReplaceAll(text(err), dir, "DIR"); got != want {
		t.Errorf("got %s", got)
	}
}

// TestMergeNamesTheFirstFault: the same folder is refused for the same reason each time.
func TestMergeNamesTheFirstFault(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, RecordName+"="+conflicting("merge", "\n", "format: 1", "items:", "  x:", "    files:",
		"      z/a: '1'|      z/a: '2'|", "      y/a: '1'|      y/a: '2'|", "      w/a: '1'|      w/a: '2'|"))
	for _, link := range []string{"w", "y", "z"} {
		if err := os.Symlink(link, filepath.Join(dir, link)); err != nil {
			t.Skip("links are not to be had here:", err)
		}
	}
	want := "write " + filepath.Join(dir, "w", "a") + ": too many levels of symbolic links"
	for range 10 {
		if _, err := Compare(dir, []Item{itemOf("other", "a=1")}, false); text(err) != want {
			t.Fatalf("got %v", err)
		}
	}
}
