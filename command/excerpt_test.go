package command

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// sgr matches the escape sequences for styles.
var sgr = regexp.MustCompile(`\x1b\[[0-9;]*m`)

// TestExcerpts: the mark is below the position, whatever characters are in the line.
func TestExcerpts(t *testing.T) {
	t.Chdir(t.TempDir())
	long := strings.Repeat("a", 90) + " " + strings.Repeat("b", 90)
	for name, c := range map[string]struct {
		text      string
		line, col int
		want      string
	}{
		"a key":            {"kind: book\nschmea: {}\n", 2, 1, "  2 | schmea: {}\n    | ^^^^^^\n"},
		"in quotes":        {"a: 'b c', d\n", 1, 4, "  1 | a: 'b c', d\n    |    ^^^^^\n"},
		"tabs":             {"\ta: {b: c}\n", 1, 6, "  1 |  a: {b: c}\n    |      ^\n"},
		"wide":             {"日本: x\n", 1, 5, "  1 | 日本: x\n    |       ^\n"},
		"combining":        {"e\u0301: x\n", 1, 5, "  1 | e\u0301: x\n    |    ^\n"},
		"hidden":           {"a\x1b: x\n", 1, 5, "  1 | a\\x1b: x\n    |        ^\n"},
		"CRLF":             {"a: x\r\nb: y\r\n", 1, 4, "  1 | a: x\n    |    ^\n"},
		"the end":          {"a: x", 1, 5, "  1 | a: x\n    |     ^\n"},
		"behind the line":  {"a: x\n", 1, 50, "  1 | a: x\n    |     ^\n"},
		"an empty line":    {"\n\n", 1, 1, ""},
		"behind the file":  {"a: x\n", 9, 1, ""},
		"a line of two":    {strings.Repeat("\n", 9) + "a: x\n", 10, 1, "  10 | a: x\n     | ^\n"},
		"a long line":      {long + "\n", 1, 92, "  1 | ..." + long[58:158] + "...\n    | " + strings.Repeat(" ", 36) + strings.Repeat("^", 67) + "\n"},
		"a bracket":        {"a: {b: c}\n", 1, 4, "  1 | a: {b: c}\n    |    ^^\n"},
		"a colon, alone":   {"a: : x\n", 1, 4, "  1 | a: : x\n    |    ^\n"},
		"an unclosed text": {"a: 'b c\n", 1, 4, "  1 | a: 'b c\n    |    ^^\n"},
	} {
		t.Run(name, func(t *testing.T) {
			if err := os.WriteFile("a.yaml", []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
			p := model.Problem{Pos: model.Pos{File: "a.yaml", Line: c.line, Col: c.col}}
			if got := sgr.ReplaceAllString(excerptOf(p, map[string][]string{}), ""); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// TestExcerptsAreForTerminals: without a terminal, only the text is written; on a terminal, no escape sequences but styles.
func TestExcerptsAreForTerminals(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile(filepath.Join(".", "a.yaml"), []byte("kind: \x1b[2J\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	problems := model.Problems{{Code: value.FileDiffers, Pos: model.Pos{File: "a.yaml", Line: 1, Col: 1}, Msg: "no \x1b[2J\nmore", Hint: "see"}}
	var plain, terminal bytes.Buffer
	newConsole(nil, nil, &plain).report(problems)
	if want := "a.yaml:1:1: no \\x1b[2J [FS5001]\nmore\n  hint: see\n1 error\n"; plain.String() != want {
		t.Errorf("got %q", plain.String())
	}
	c := newConsole(nil, nil, &terminal)
	c.styled = &terminal
	c.report(problems)
	want := "a.yaml:1:1: error: no \\x1b[2J [FS5001]\nmore\n  1 | kind: \\x1b[2J\n    | ^^^^\n  hint: see\n1 error\nrun firestone explain FS5001 for details\n"
	if got := sgr.ReplaceAllString(terminal.String(), ""); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	terminal.Reset()
	c.styled = plainWriter{&terminal}
	c.report(problems)
	if terminal.String() != want {
		t.Errorf("without colour:\n%q\nwant\n%q", terminal.String(), want)
	}
}

// The hint to explain names an error, even if a warning precedes it.
func TestAnErrorIsExplainedFirst(t *testing.T) {
	problems := model.Problems{{Code: value.MissingDescription, Warning: true}, {Msg: "without a code"}, {Code: value.UnknownKey}}
	if got := firstCode(problems); got != string(value.UnknownKey) {
		t.Errorf("got %s", got)
	}
	if got := firstCode(problems[:2]); got != string(value.MissingDescription) {
		t.Errorf("got %s", got)
	}
}
