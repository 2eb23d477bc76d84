package python

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// judge reads texts as a JSON list, and prints for each what the tokenizer of CPython says: null, or an error. Errors
// that only its parser can find count as none.
const judge = `
import ast, io, json, re, sys, tokenize, warnings
warnings.simplefilter("ignore")
sys.setrecursionlimit(5000)
TOKENIZER = re.compile("unterminated|unexpected EOF|unexpected character after|invalid character|invalid non-printable|was never closed|"
    "unmatched|does not match|inconsistent use of tabs|unindent does not match|too many levels of indent|invalid (decimal|hexadecimal|octal|binary|imaginary) literal|"
    "invalid digit|leading zeros|null bytes|encoding problem|unknown encoding|too many nested paren|unexpected indent|expected an indented block|f-string: (?!invalid syntax)|"
    "bytes can only|unicode error|value error|codec|Exceeds the limit")
def verdict(text):
    try:
        ast.parse(text.encode())
        return None
    except (SyntaxError, ValueError) as e:
        if "unknown Unicode character name" in str(e):
            return "parser"
        if TOKENIZER.search(str(e)):
            return str(e)
    except (MemoryError, RecursionError):
        return None
    if "\r" in text:
        return "parser" # the module tokenize knows no line break of that kind
    try:
        for token in tokenize.tokenize(io.BytesIO(text.encode()).readline):
            if token.type == tokenize.ERRORTOKEN and token.string.strip() and not ("a" + token.string).isidentifier():
                return "ERRORTOKEN " + repr(token.string)
    except (tokenize.TokenError, SyntaxError) as e:
        return str(e)
    return "parser"
json.dump([verdict(text) for text in json.load(sys.stdin)], sys.stdout)
`

// verdicts returns what CPython says of each text: "" where it is a program, "parser" where its tokens are right.
func verdicts(t *testing.T, texts []string) []string {
	t.Helper()
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3 on the path")
	}
	input, err := json.Marshal(texts)
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(python, "-c", judge)
	command.Stdin, command.Stderr = bytes.NewReader(input), os.Stderr
	output, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	var found []*string
	if err := json.Unmarshal(output, &found); err != nil || len(found) != len(texts) {
		t.Fatalf("%d verdicts on %d texts: %v", len(found), len(texts), err)
	}
	said := make([]string, len(texts))
	for i, verdict := range found {
		if verdict != nil {
			said[i] = *verdict
		}
	}
	return said
}

// library returns texts of the files of Python's standard library, every step-th one.
func library(t *testing.T, step int) (names, texts []string) {
	t.Helper()
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3 on the path")
	}
	folder, err := exec.Command(python, "-c", "import os; print(os.path.dirname(os.__file__))").Output()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	err = filepath.WalkDir(strings.TrimSpace(string(folder)), func(path string, entry fs.DirEntry, err error) error {
		if entry != nil && entry.Name() == "site-packages" {
			return fs.SkipDir
		}
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".py" {
			return err
		}
		text, err := os.ReadFile(path)
		if n++; err == nil && n%step == 0 && utf8.Valid(text) {
			names, texts = append(names, path), append(texts, string(text))
		}
		return nil
	})
	if err != nil || len(texts) == 0 {
		t.Fatalf("%d files of the library, %v", len(texts), err)
	}
	return names, texts
}

// isStricter reports whether a fault is one that the CPython on the path takes: another encoding in a file of ASCII, a
// backslash before \r\n at the end of a file, and, from 3.12 on, anything in a field of an f-string.
func isStricter(t *testing.T, msg string) bool {
	t.Helper()
	if strings.Contains(msg, "field of an f-string") {
		python, err := exec.LookPath("python3")
		if err != nil {
			t.Fatal(err)
		}
		return exec.Command(python, "-c", "import sys; sys.exit(sys.version_info < (3, 12))").Run() == nil
	}
	return msg == "the file declares an encoding other than UTF-8" || msg == "the file ends after a backslash"
}

// TestLibrary checks that every program of the standard library is accepted, and what is accepted is one.
func TestLibrary(t *testing.T) {
	t.Parallel()
	step := 1
	if testing.Short() {
		step = 40
	}
	names, texts := library(t, step)
	for i, verdict := range verdicts(t, texts) {
		err := check(texts[i])
		switch {
		case verdict == "" && err != nil && isStricter(t, err.Msg):
		case verdict == "" && err != nil:
			t.Errorf("%s:%d:%d: %v", names[i], err.Line, err.Col, err)
		case verdict != "" && verdict != "parser" && err == nil:
			t.Errorf("%s is accepted: %s", names[i], verdict)
		}
	}
}

// mutations are what a random change puts into a text.
var mutations = []string{
	"", "'", `"`, `"""`, "'''", "(", ")", "[", "]", "{", "}", "\\", "\n", " ", "\t", "\f", "#", ":", "0", "1", "_", "a", "e", "j", "x", ".", ",", "=", "!", "$", "?", "`", "é", "€", "\u00a0", "\u2028", "\x00", "\a", "\ufeff", "f'", `f"{`, "rb'",
	"\\\n", "\\x", "\\N{", "0x", "1_", "if x:\n", "\n    ", "\n\t", "\n  ", ";", "lambda", "}}", "{{", "!r", "ª", "１", "·", "名",
}

// TestMutations checks that what is accepted of changed programs has the tokens of one in CPython too, and that what is
// still a program is accepted.
func TestMutations(t *testing.T) {
	t.Parallel()
	_, files := library(t, 37)
	random := rand.New(rand.NewSource(1))
	count := 4000
	if testing.Short() {
		count = 500
	}
	var texts []string
	for range count {
		text := files[random.Intn(len(files))]
		start := random.Intn(len(text) + 1)
		for start > 0 && text[start-1] != '\n' {
			start--
		}
		text = cut(text[start:], 30)
		for range 1 + random.Intn(2) {
			at := random.Intn(len(text) + 1)
			for at < len(text) && !utf8.RuneStart(text[at]) {
				at++
			}
			skip := at
			if random.Intn(2) == 0 && at < len(text) {
				_, size := utf8.DecodeRuneInString(text[at:])
				skip += size
			}
			text = text[:at] + mutations[random.Intn(len(mutations))] + text[skip:]
		}
		texts = append(texts, text)
	}
	compare(t, texts)
}

// cut returns the first lines of a text, without the indentation of the first one.
func cut(text string, lines int) string {
	indent := len(text) - len(strings.TrimLeft(text, " "))
	var b strings.Builder
	for line := range strings.Lines(text) {
		if lines--; lines < 0 {
			break
		}
		b.WriteString(line[min(indent, len(line)-len(strings.TrimLeft(line, " "))):])
	}
	return b.String()
}

// TestFragments checks the same of texts made of the pieces that tokenisers disagree on.
func TestFragments(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewSource(2))
	pieces := append([]string{"x", "x = ", "1", "if x:", "f'{x}'", `f"{x!r:>{y}}"`, "f'''", "0b1", "or", "and", "not", "\r\n", "\r", "  ", "    ", "b'", "u'", "-", "->", "\n\n", "class", "#c", "t'{x}'", "="}, mutations...)
	count := 12000
	if testing.Short() {
		count = 1000
	}
	var texts []string
	for range count {
		var b strings.Builder
		for range 1 + random.Intn(9) {
			b.WriteString(pieces[random.Intn(len(pieces))])
		}
		texts = append(texts, b.String())
	}
	compare(t, texts)
}

func compare(t *testing.T, texts []string) {
	t.Helper()
	accepted, programs := 0, 0
	for i, verdict := range verdicts(t, texts) {
		err := check(texts[i])
		if err == nil {
			accepted++
		}
		if verdict == "" {
			programs++
		}
		switch {
		case verdict == "" && err != nil && isStricter(t, err.Msg):
		case verdict == "" && err != nil:
			t.Errorf("%q is a program: %d:%d: %v", texts[i], err.Line, err.Col, err)
		case verdict != "" && verdict != "parser" && err == nil:
			t.Errorf("%q is accepted: %s", texts[i], verdict)
		}
	}
	if accepted < len(texts)/50 || programs < len(texts)/100 {
		t.Errorf("of %d texts %d are accepted and %d are programs", len(texts), accepted, programs)
	}
}

// TestIdentifiers checks every character against those of Python's identifiers.
func TestIdentifiers(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3 on the path")
	}
	output, err := exec.Command(python, "-c", `
import sys, unicodedata
print(int(unicodedata.unidata_version.split(".")[0]))
for c in map(chr, range(sys.maxunicode + 1)):
    sys.stdout.write(str(c.isidentifier() + ("a" + c).isidentifier()))
`).Output()
	if err != nil {
		t.Fatal(err)
	}
	version, classes, _ := strings.Cut(string(output), "\n")
	for r := range rune(utf8.MaxRune + 1) {
		got := byte('0')
		if IsIdentifierPart(r) {
			got++
		}
		if IsIdentifierStart(r) {
			got++
		}
		// A later Unicode has more of them.
		if got > classes[r] || got < classes[r] && version == "14" {
			t.Errorf("%U: %c, in Python %c", r, got, classes[r])
		}
	}
}

// FuzzCheck checks that every fault lies in the text, and that Scan hands over tokens in their order.
func FuzzCheck(f *testing.F) {
	for _, text := range mutations {
		f.Add("x = " + text + "\n")
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		if err := check(text); err != nil && (err.Line < 1 || err.Line > 1+strings.Count(text, "\n")+strings.Count(text, "\r") || err.Col < 1 || err.Msg == "") {
			t.Errorf("%q: %+v", text, err)
		}
		at := 0
		err := Scan(text, func(token Token) {
			if token.Offset < at || !strings.HasPrefix(text[token.Offset:], token.Text) {
				t.Errorf("%q: %q at %d", text, token.Text, token.Offset)
			}
			at = token.Offset + len(token.Text)
		})
		if IsExpression(text) && err != nil {
			t.Errorf("%q is an expression and no tokens: %v", text, err)
		}
	})
}
