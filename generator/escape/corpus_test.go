package escape

import (
	"strings"
	"testing"
	"text/template"

	"github.com/firestoned/firestone/generator/python"
)

// nasty are strings that some reader takes for something else, or that break a line, a quote or an encoding.
var nasty = []string{
	"", " ", "  two", "end ", "no", "No", "y", "on", "null", "Null", "~", "true", "1", "-1", "+1", "1e3", "1.5", ".5", "0x1F", "0o17", "012",
	"0b1", "1_000", "1.0.0", "3.1", "1..0", "1.2.", ".1.2", "192.168.0.1", "1.2.3e4", "190:20:30", "12:30:45", "2024-01-01", "2024-01-01T10:00:00Z", ".nan", ".inf", "-.inf", "=", "<<", "*a", "&a", "!t", "!!str x",
	"|", "|-", ">", "@", "`", "%", "%YAML 1.1", "-", "- x", "?", "? x", ":", ": x", "::", "a: b", "a:b", "a:", "a :b", "a #b", "a#b", "#", "#b", ",", "a,b", "a, b",
	"[", "]", "{", "}", "[a]", "{a: b}", "/pets/{id}", "a]", "'", "''", "it's", `"`, `a"b`, `"a"`, `\`, `a\`, `\n`, `\\`, `'"`, `"'\`, "---", "--- a", "...", "... b",
	"\t", "a\tb", "\ta", "a\t", "a\t#b", "a\rb", "\r\n", "\n", "\n\n", "a\nb", "a\nb\n", "a\nb\n\n", "\na\n", " a\nb", "a\n b\n", "a\n\tb", "\ta\nb", "a\n \nb", "a\nb\n ", "a\n\nb", "a \nb",
	"a\n---\nb", "a\n...\nb", "a\n# b\nc", "a: 1\nb: 2\n", "\n  \na", "a\u0085b", "a\u2028b\u2029c", "a\nb\u2028c", "\ufeff", "\ufeffa", "a\ufeffb", "a\x00b", "\x00", "\a", "a\x1bb", "\x7f", "a\u0080b", "a\u009fb",
	"\ud7ff", "\ue000", "\ufffd", "\ufffe", "\uffff", "\U0001ffff", "\U0010ffff", "\ufdd0", "😀", "a😀\u200db", "a\u202eb", "\u2066", "a\u00a0b", "\u00a0", "a\u3000", "日本語", "é", "e\u0301", "\u0301", "Straße", "привет: мир",
	"{{ .X }}", "{{", "}}", "$(x)", "${x}", "%s", "<script>alert(1)</script>", "<!--", "-->", "]]>", "'''", `"""`, "coding: latin-1", "# -*- coding: x -*-",
	"http://a.b/c?d=e&f#g", "a ? b", "a ?b", "x: [y", "[x]: y", "*emphasis*", "_a_", "snake_case", "1. a", "+ a", "# head", "| a | b |", "&amp;", "!", "![a](b)", "a\nb: c\n  d",
	strings.Repeat("k", 1023), strings.Repeat("k", 1025), strings.Repeat("k: ", 500), strings.Repeat("日", 400), strings.Repeat("\n", 300) + "x",
}

// render executes a template of that name with the data.
func render(t testing.TB, name, text string, data any, funcs template.FuncMap) (string, error) {
	t.Helper()
	parsed, err := Parse(name, text, funcs)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	var b strings.Builder
	err = parsed.Execute(&b, data)
	return finished(t, name, b.String()), err
}

// finished returns what a renderer makes of the text that a template writes.
func finished(t testing.TB, name, text string) string {
	t.Helper()
	if LanguageOf(name) != Python {
		return text
	}
	content, spans := Finished([]byte(text))
	clean := string(content)
	if at, fault := python.CheckSpans(clean, spans); fault == nil && at >= 0 {
		t.Errorf("%q is not %s in %q", clean[spans[at].From:spans[at].To], spans[at].Place, clean)
	}
	return clean
}

func mustRender(t testing.TB, name, text string, data any) string {
	t.Helper()
	got, err := render(t, name, text, data, nil)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return got
}

// invalid are strings that are no UTF-8, with what every reader must find for them.
var invalid = map[string]string{"a\xffb": "a\ufffdb", "\xed\xa0\x80": "\ufffd\ufffd\ufffd", "\xc3": "\ufffd"}

// texts returns all strings of the corpus with what is to be read back.
func texts() map[string]string {
	all := map[string]string{}
	for _, s := range nasty {
		all[s] = s
	}
	for s, want := range invalid {
		all[s] = want
	}
	return all
}
