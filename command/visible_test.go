package command

import (
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/firestoned/firestone/generator/output"
	"github.com/firestoned/firestone/model"
)

func TestVisible(t *testing.T) {
	for text, want := range map[string]string{
		"plain": "plain", "größe 本": "größe 本", "a\u200db": "a\u200db", `a\b`: `a\b`,
		"\x1b[2J": `\x1b[2J`, "a\rb": `a\x0db`, "\a\b\x7f": `\x07\x08\x7f`, "\u009b1m": `\x9b1m`, "\x9b1m": `\x9b1m`, "a\xffb": `a\xffb`,
		"a\u202eb\u2066c": `a\u202eb\u2066c`, "a\u2028b": `a\u2028b`,
	} {
		if got := visible(text); got != want {
			t.Errorf("%q: got %s", text, got)
		}
		if got := visibleLine(text); got != want {
			t.Errorf("%q as a line: got %s", text, got)
		}
	}
	if got := visible("a\n\tb") + visibleLine("a\n\tb"); got != "a\n\tb"+`a\x0a\x09b` {
		t.Errorf("got %q", got)
	}
}

// TestProblemsAreVisible: neither file names nor messages of several lines can contain terminal escape sequences, and a
// name cannot add a line.
func TestProblemsAreVisible(t *testing.T) {
	var problems model.Problems
	problems.Add("", model.Pos{File: "a\nwrote b", Line: 1, Col: 2}, "see \x1b[0m", "first\nsecond \u202e")
	var b strings.Builder
	newConsole(nil, io.Discard, &b).report(problems)
	if want := `a\x0awrote b:1:2: first` + "\n" + `second \u202e` + "\n" + `  hint: see \x1b[0m` + "\n1 error\n"; b.String() != want {
		t.Errorf("got %q", b.String())
	}
}

// TestReportsAreVisible: the same in every format; the JSON itself has the same content.
func TestReportsAreVisible(t *testing.T) {
	d := &differences{
		root: ".", repair: "firestone", plan: &output.Plan{Changes: []output.Change{{
			Path: "a\u202eb", Action: output.Update, Causes: []output.Cause{{Kind: output.Definition, Name: "\x1b[1mx\u2066", How: "changed"}}, Old: []byte("1\n"), New: []byte("\u0085\n"),
		}}},
		problems: model.Problems{{Pos: model.Pos{File: "x\x1b"}, Msg: "\u009b"}},
	}
	found := d.problems
	for _, format := range formats {
		d.problems = found
		var out, errw strings.Builder
		c := newConsole(nil, &out, &errw)
		c.format = format
		c.reportsOn = c.out
		c.report(d.conclude(c, 1))
		got := out.String() + errw.String()
		if format == formatText { // which shows what files hold as it is, where that is not a terminal
			got = strings.Replace(got, "+\u0085\n", "", 1)
		}
		if i := strings.IndexFunc(got, func(r rune) bool { return r != '\n' && isHidden(r) }); i >= 0 {
			t.Errorf("%s: %q", format, got[i:])
		}
		var read jsonReport
		if format != formatJSON {
			continue
		}
		if err := json.Unmarshal([]byte(out.String()), &read); err != nil || read.Differences[0].Path != "a\u202eb" || read.Problems[0].Message != "\u009b" {
			t.Errorf("got %+v, %v", read, err)
		}
	}
	if got := coloured("+\x1b[2J\n"); got != "\x1b[1m"+`+\x1b[2J`+"\x1b[0m\n" {
		t.Errorf("got %q", got)
	}
}
