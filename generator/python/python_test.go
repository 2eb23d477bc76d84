package python

import (
	"fmt"
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	for _, text := range []string{
		"", "\n", "x = 1", "\ufeffx = 1\n", "# -*- coding: utf-8 -*-\n", "#!/bin/x\n# vim: set fileencoding=UTF_8 :\n", "x = 1\n# coding: latin-1\n", "a\n\n# coding: x\n",
		"if x:\n  y\n\n # c\n  z\nw\n", "if x: y\n", "if x:\n\ty\n\tz\n", "if x:\n    if y:\n        z\nw\n", "x = [\n1,\n  2]\n", "x = 1 + \\\n  2\n", "\fx\n", "x\r\ny\rz\r\n",
		"x = 'a' \"b\" '''c\n'd'''\n", "x = r'\\\\' b'a' rb'\\x' u'\\x41'\n", "x = '\\\n'\n", "x = b\"\\x41\"\n", "x = '\\u00e9\\U0001F600\\N{DIGIT ONE}\\\\x'\n",
		"x = 0 + 00 + 1_000 + 0xFF_f + 0b1 + 0o17 + 1.5e-3 + .5 + 1. + 1e5 + 1j + 0_0 + 1.e1 + 09.5 + 09j\n", "x = 1if y else 0xfor z\n", "x = ... != a @ b -> c := d\n",
		"f'{x}'\n", "f'{{}}{x!r:>{w}}{y=}{z:%H:%M}{a[\"b\"]}{ {1: 2}[1] }'\n", "f'''{\nx}'''\n", "f'{x:{\"}\"}}'\n", "rf'\\{x}'\n", "f'\\N{DIGIT ONE}{x}\\\\'\n", "f'{x != y}{a <= b}{c == d}'\n", "t'{x}'\n",
		"é = 1\nnaïve_名 = 2\n", "match = 1\n", "def f(a, /, *, b: int = 1) -> str:\n    return a\n", "x = lambda: 0\n", "class C: pass\n",
	} {
		if err := check(text); err != nil {
			t.Errorf("%q: %d:%d: %v", text, err.Line, err.Col, err)
		}
	}
}

func TestCheckFinds(t *testing.T) {
	for _, c := range []struct{ text, at, says string }{
		{"x = 'a\n", "1:5", "not closed"}, {"x = '''a\n'\n", "1:5", "not closed"}, {"x = 'a\\'\n", "1:5", "not closed"}, {"\"\"\"\"\"\"\"\n", "1:7", "not closed"},
		{"x = (1,\n", "1:5", "( is not closed"}, {"x = 1]\n", "1:6", "unmatched closing bracket"}, {"x = (1]\n", "1:7", "] does not match ("},
		{"x = 1 \\ 2\n", "1:7", "after the backslash"}, {"x = 1 \\\n", "1:7", "ends after a backslash"}, {"x = 1 \\", "1:7", "ends after a backslash"},
		{"if x:\ny\n", "2:1", "expected an indented block"}, {"if x:\n", "2:1", "expected an indented block"}, {"x\n  y\n", "2:3", "opens no block"}, {"  x\n", "1:3", "opens no block"},
		{"if x:\n    y\n  z\n", "3:3", "no enclosing block"}, {"if x:\n        y\n\tz\n", "3:2", "tabs and spaces"}, {"if x:\n\ty\n        z\n", "3:9", "tabs and spaces"},
		{"if x:\n        if y:\n\t z\n", "3:3", "tabs and spaces"},
		{"x = 1\x00\n", "1:6", "NUL"}, {"x = '\x00'\n", "1:6", "NUL"}, {"x = $a\n", "1:5", "'$' is not allowed"}, {"x = a ? b\n", "1:7", "'?'"}, {"x\a\n", "1:2", `'\a'`},
		{"é = 1\nx = é€\n", "2:6", `'\u20ac'`}, {"x\u00a0= 1\n", "1:2", `'\u00a0'`}, {"x = \u201ca\u201d\n", "1:5", `'\u201c'`}, {"x = !a\n", "1:5", "'!'"}, {"x <> y\n", "1:3", "<>"}, {"x\ufeff\n", "1:2", "ufeff"},
		{"x = 012\n", "1:5", "begin with 0"}, {"x = 1__0\n", "1:5", "follows the number 1"}, {"x = 1_\n", "1:5", "follows the number 1"}, {"x = 0x\n", "1:5", "follows the number 0"}, {"x = 0o8\n", "1:5", ""}, {"x = 0b12\n", "1:5", "follows the number 0b1"},
		{"x = 1a\n", "1:5", "follows the number"}, {"x = 1e+\n", "1:5", "follows the number 1"}, {"x = " + strings.Repeat("9", 4301) + "\n", "1:5", "base 16"}, {"x = 1.a\n", "1:5", "follows the number"},
		{"# coding: latin-1\n", "1:11", "other than UTF-8"}, {"\n\t# x coding=cp1252\n", "2:13", "other than UTF-8"}, {"#\r# coding:utf-7\r", "2:10", "other than UTF-8"}, {"\ufeff# coding: utf8\n", "1:11", "other than UTF-8"},
		{"f'{'\n", "1:4", "empty"}, {"f'}'\n", "1:3", "single }"}, {"f'{}'\n", "1:4", "empty"}, {"f'{x'\n", "1:5", "not closed"}, {"f'{x!z}'\n", "1:6", "needs s, r or a"}, {"f'{x)}'\n", "1:5", "unmatched closing bracket"},
		{"f\"{x[\"a\"]}\"\n", "1:6", "is not closed"}, {"f'{x[\"\\n\"]}'\n", "1:7", "backslash"}, {"f'''{x # c\n}'''\n", "1:8", "comment"}, {"f'{x:{y:{z}}}'\n", "1:9", "nested too deep"}, {"f'{x $}'\n", "1:4", "'$'"},
		{"x = b'é'\n", "1:7", "ASCII"}, {"x = '\\x4'\n", "1:6", "too few digits"}, {"x = '\\u12'\n", "1:6", "too few digits"}, {"x = '\\U00110000'\n", "1:6", "U+10FFFF"}, {"x = '\\N'\n", "1:6", "no name"}, {"x = b'\\x'\n", "1:7", "too few"},
		{"x = " + strings.Repeat("(", 201) + strings.Repeat(")", 201) + "\n", "1:205", "too deep"},
	} {
		err := check(c.text)
		if err == nil || fmt.Sprintf("%d:%d", err.Line, err.Col) != c.at || !strings.Contains(err.Msg, c.says) {
			t.Errorf("%.40q: %+v, want %s %s", c.text, err, c.at, c.says)
		}
	}
}

func TestScan(t *testing.T) {
	var got []string
	text := "if a:  # c\n    b = rb'x'\n\n    (1,\n  2.5)\nd **= é\n"
	err := Scan(text, func(token Token) {
		if text[token.Offset:token.Offset+len(token.Text)] != token.Text {
			t.Errorf("%q is not at %d", token.Text, token.Offset)
		}
		got = append(got, fmt.Sprint(token.Kind, " ", token.Text))
	})
	want := "0 if|0 a|3 :|4 # c|5 \n|6 |0 b|3 =|2 rb'x'|5 \n|3 (|1 1|3 ,|1 2.5|3 )|5 \n|7 |0 d|3 **=|0 é|5 \n"
	if err != nil || strings.Join(got, "|") != want {
		t.Errorf("got %q, %v", strings.Join(got, "|"), err)
	}
}

func TestIsExpression(t *testing.T) {
	for _, text := range []string{
		"int", "list[str]", "dict[str, int] | None", "\"Book\"", "'a' 'b'", "a.b.c", "f(x, y=1)[0]", "Literal[\"a\", \"b\"]", "-1", "not a", "a if b else c", "a not in b", "[\n1,\n]", "{1: 2}", "await x", "None", "...", "a == ~b ** -c",
	} {
		if !IsExpression(text) {
			t.Errorf("%q is an expression", text)
		}
	}
	for _, text := range []string{
		"", "a, b", "a = 1", "a b", "a # c", "a\nb", "a;", "a:", "def f", "(", "a)", "a.", "a..b", ".a", "a +", "* a", "'a", "lambda: 1", "yield", "a := 1", "a {1}", "class", "a.class", "a ...", "a.(b)", "a b.c", "  a", "a ~ b", "a not b", "a not", "if a", "a await b",
	} {
		if IsExpression(text) {
			t.Errorf("%q is no expression", text)
		}
	}
}

func TestIsDotted(t *testing.T) {
	for text, want := range map[string]bool{"a": true, "a.b_1": true, "": false, "a.": false, "a..b": false, "class": false, "a.class": false, "1a": false, "é.x": true, "a b": false, "a-b": false} {
		if IsDotted(text) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	text := strings.Repeat("def function(argument: int = 1, *, other: str | None = None) -> dict[str, list[int]]:\n    \"\"\"Says what it does.\"\"\"\n    value = [argument, 0x1F, 'text', f'{argument:>{other}}']  # why\n    return {'a': value}\n\n\n", 500)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if err := check(text); err != nil {
			b.Fatal(err)
		}
	}
}

// check returns the first fault in the tokens of a file, or nil.
func check(text string) *Error {
	_, fault := CheckSpans(text, nil)
	return fault
}
