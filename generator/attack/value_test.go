package attack_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// themes are texts that mean something to some language, at some place, beside others of their kind.
var themes = map[string][]string{
	"quotes and backslashes": {
		`"`, `'`, "`", `""`, `''`, `"""`, `'''`, `a"b`, `a'b`, `"'`, `'"`, "``", "```", "````\nx", "~~~", `\`, `\\`, `a\`, `\"`, `\'`, `\n`, `\u0022`, `\x27`, `\N{QUOTATION MARK}`, `\0`, `\{`, "\\`", `\${`, `\
b`, `" "`, `"+"`, `'+'`, `", "`, `"; x = "`, `" #`, `' #`, `";`, `';`, `")`, `')`, `"]`, `"}`, `"""); x = 1; """`, "'''\nx = 1\n'''",
	},
	"line breaks and white space": {
		"\n", "\r", "\r\n", "\n\n", "\t", " ", "  ", "a\nb", "a\rb", "a\r\nb", "a\n\nb", "a\n  b: c\n", "\na", "a\n", " a", "a ", "\ta", "a\t", "a\tb", "\v", "a\fb", "a\u0085b", "a\u2028b", "a\u2029b", "\u00a0", "a\u00a0", "\u3000", "\u200b", "\ufeff", "\ufeffa", "a\ufeff",
		"a\n---\nb", "a\n...\nb", "\n---\n", "a\n===\n", "a\n# b", "a\n// b", "a\n  x = 1\n", "a\nx = 1\n", "a\n    ```\nb", "a\n\n    code", "\n[x]\na = 1\n",
	},
	"comments, ends and separators": {
		"#", " #", "# a", " # a", "a # b", "a #", "//", " // a", "/*", "*/", "*/ x = 1 /*", "*", "/", "-->", "<!--", "--", "--!>", "<!-- a -->", "]]>", "<![CDATA[", "?>", "{#", "#}", "%>", ";", ",", ", ", "a, b", "a,", ":", ": ", "a:", "a: b", ":a", "a:b", "a : b", "=", " = 1", "a = 1", "==", "=>", "-", "- a", "- ", "-a", "?", "? a", "|", "| a", "a | b", "|-", ">", ">-", "> a", "%", "%s", "%%", "%(a)s", "%TAG ! x", "@", "@a", "!", "!a", "!!str a", "!<a> b", "&", "&a", "&a b", "*a", "<<", "<<: *a", "~",
	},
	"brackets": {
		"(", ")", "[", "]", "{", "}", "[]", "{}", "[a]", "{a}", "{a: b}", "[a, b]", "[a](b)", "](x)", "]", "a]", "a}", "a)", "a, b]}", "}]", "{{", "}}", "{{ .X }}", "{% x %}", "${", "${x}", "${alert(1)}", "`${x}`", "$(x)", "#{x}", "{x!r}", "{x:>{y}}", "{__import__('os')}", "{process.exit()}", "{", "f{", "$", "$$", "$x$",
	},
	"what some readers take for something else": {
		"no", "yes", "on", "null", "~", "true", "None", "NaN", ".inf", "0", "-1", "1.5", "1e3", "0x1f", "0o7", "1_000", "010", "1:20", "2026-11-29", "2026-11-29T10:00:00Z", "---", "--- a", "...", "'", "=", "+ACI-", "0123", ".5", "5.", "1,2", "-", "_", "__", "__proto__", "constructor", "class", "import", "print", "if", "1. a", "1) a", "+ a", "* a", "=== ", "***", "* * *", "___", "    a",
	},
	"Markdown and HTML": {
		"# a", "## a", "a #", "> a", "*a*", "**a**", "_a_", "__a__", "~~a~~", "`a`", "``a``", "[a]: b", "[m]: javascript:alert(1)", "[x]: http://y 'z'", "[^1]", "[^1]: a", "[m]", "[a][m]", "![a](b)", "![", "[a", "<https://a.b>", "<a@b.c>", "https://a.b/c", "http://a.b", "www.a.b", "a@b.c", "mailto:a@b.c", "&amp;", "&lt;", "&#34;", "&quot;", "&#10;", "&#x6A;avascript:alert(1)", "&NewLine;", "&", "&copy", "<", "<a", "<b>", "</b>", "<b>x</b>", "a<b>c", "< b", "<br>", "<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1) >", "<script>", "</script>", "<script>alert(1)</script>", "</title>", "</textarea>", "</style>", "<style>", "</div>", "</summary>", "<details>", "</p><p>", "<svg/onload=alert(1)>", "<a href=javascript:alert(1)>", " onclick=alert(1) ", `" onclick="alert(1)`, `' onclick='alert(1)`, "x onclick=alert(1)", "><b>", `"><b>`, "'><b>", "/>", "a/", "<?x", "<!x", "<!DOCTYPE x>", "</", "<x:y>", ":---", "|---|---|", "a | b\n--|--\n", "- [x] a", ":smile:", "@user", "#1", ":::note", "!!! note", "$$x$$", "[TOC]", "{.class}", "{#id}", "import x from 'y'", "export const a = 1", "<X/>", "{/* x */}", "[[a]]", "[!NOTE]", "\\[a\\]", "a\\\nb", "a  \nb", "*", "**", "***a", "_a", "a_b_c", "a*b*c", "`", "a`b",
	},
	"addresses": {
		"javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)", "\x01javascript:alert(1)", "javascript&colon;alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x", "file:///etc/passwd", "//a.b/c", "/a/b", "../a", "a b/c", "a%20b", "a%", "?a=b&c=d", "#a", "http://a.b/(c)", "http://a.b/c)", "http://a.b/<c>", "http://[::1]/", "http://a:b@c/", "https:a", ":a", "a:b:c", "tel:1", "script:alert(1)", "avascript:alert(1)", "\\\\a\\b",
	},
	"Python, JavaScript and CSS": {
		"__import__('os').system('echo PWNED')", "coding: latin-1", "coding=utf-7", "-*- coding: utf-7 -*-", "coding", ": utf-7", "vim: set fileencoding=utf-7 :", "utf-7", "type: ignore", "noqa", "fmt: off", "lambda: 0", "x for x in y", "x if y else z", "yield", "await x", "*args", "**kw", "a.b", "a[0]", "a()", "a = b", "a := b", "a -> b", "\\\n", "x\\", "f'{x}'", "b''", "r'\\'", "rb", "f", "0", "alert(1)", "a()}", "});alert(1);({", "function(){}", "() => 1", "a ? b : c", "/x/", "/*", "*/ alert(1) /*", "//a", "</script><script>alert(1)</script>", "<!--<script>", "use strict", "@ts-ignore", "/ <reference path='x'/>", "sourceMappingURL=x", "url(x)", "url(javascript:alert(1))", "expression(alert(1))", "} a { b: c", "red; background: url(x)", "/**/", "\\22 ", "@import 'x'", "!important",
	},
	"characters": {
		"\x00", "a\x00b", "\x01", "\x07", "\b", "\x1b[31m", "\x1f", "\x7f", "\u0080", "\u009f", "\u061c", "\u200e", "\u200f", "\u202e", "a\u202eb", "\u2066a\u2069", "\u0301", "e\u0301", "é", "ß", "ﬁ", "İ", "ᵃ", "𝐚", "＂", "＇", "＜", "：", "；", "😀", "👩\u200d👧", "\U000e0001", "\ufdd0", "\ufffd", "\ufffe", "\uffff", "\U0010ffff", "\ue000", "\ud7ff", "\\ud800", "日本語", "привет", "עברית", "العربية", "\u115f", "\u3164", "\u00ad", "\u2060", "\ufe0f", "\u0000\u2028", "\u1680", "\u180e",
		strings.Repeat("a", 70), strings.Repeat("a ", 60), strings.Repeat("k", 130), strings.Repeat("k", 1100), strings.Repeat("日", 400), strings.Repeat("\n", 30) + "x", strings.Repeat("[", 40), strings.Repeat("`", 20), strings.Repeat("> ", 20), strings.Repeat("*", 30), strings.Repeat("(", 120),
	},
	"declared encodings":     {"coding", "coding:", "coding: utf-7", "coding=utf-7", "utf-7", ": utf-7", "latin-1", "-*- coding: utf-7 -*-", "vim: set fileencoding=utf-7 :", "Video encoding", "+ACI-;x=1;+ACI-", "encoding", "# coding: utf-7", "a"},
	"strings side by side":   {"", "", ")", "'", `"`, `""`, `\`, ";x=1;#", ");x=1;#", `");x=1;("`, "b", "f", "a"},
	"expressions in strings": {"{x}", "{__import__('os')}", "}", "{", "{x!r}", "{x:>1}", "${x}", "${alert(1)}", "`", "$", "{alert(1)}", "\\", "a"},
	"keys and values":        {"a", "b: c", "a: b", "? a", "- a", "a:", ": a", "\na: b", "\n- a", " #", "a # b", "[a", "a]", "{a", "a}", ",", "<<", "*a", "&a", "!a", "|", "---"},
	"links":                  {"javascript:alert(1)", "m", "[m]", "[m]: javascript:alert(1)", "](javascript:alert(1))", "a](b", "<javascript:alert(1)>", "a b", "a)", "(a", "'a'", `"a"`, ">", "x", "http://a.b", "java", "script:alert(1)"},
	"tags":                   {"<b>", "<img src=x onerror=alert(1)>", "</p>", "x onerror=alert(1)", `" onerror="alert(1)`, "'", ">", "<", "/", "onclick", "-->", "<!--", "</script>", "]]>", "a"},
	"comments":               {"*/ x = 1 /*", "*/", "/*", "*", "/", "//", "\nx = 1", "\u2028x = 1", "\rx = 1", "-->", "#", "\\", "a"},
}

// payloads are the texts of all themes.
var payloads = func() []string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(themes)) {
		all = append(all, themes[name]...)
	}
	return all
}()

// subject is a model, and what its texts are by the words that stand for them in the plain one.
type subject struct {
	api     *model.API
	values  map[string]string
	twin    *subject // plain, but for texts that are empty or space where those of this one are
	blanks  bool     // some texts are space alone
	empties bool     // some texts are empty
	shown   bool     // some texts are characters alone that HTML, unlike others, takes for more than space
}

// plainWord returns the word that stands for the text of that number: it is no part of another one, and of no template.
func plainWord(n int) string { return "qv" + string(rune('a'+n/26)) + string(rune('a'+n%26)) + "z" }

var aPlainWord = regexp.MustCompile(`(?i)qv[a-z]{2}z`)

// newSubject returns the model with these texts, which are asked for one after the other; the names of properties and
// resources are said to be such.
func newSubject(text func(n int, isName bool) string) *subject {
	s := &subject{values: map[string]string{}}
	n := 0
	next := func(isName bool) string {
		made := text(n, isName)
		s.values[plainWord(n)] = made
		n++
		return made
	}
	s.api = &model.API{Title: next(false), Description: next(false), Version: next(false), Name: "books"}
	for r := range 2 {
		resource := &model.Resource{
			Pos: value.Pos{File: "book.yaml", Line: 1, Col: 1}, Name: next(true), Plural: next(true), Title: next(false), Description: next(false), HasEvents: r == 0,
		}
		for p := range 3 {
			schema := value.Object(
				value.NewMember("type", value.String("string")), value.NewMember("default", value.String(next(false))),
				value.NewMember("enum", value.Strings(next(false), next(false))), value.NewMember("x-note", value.Object(value.NewMember("a", value.String(next(false))))),
			)
			resource.Properties = append(resource.Properties, &model.Property{
				Name: next(true), Title: next(false), Description: next(false), Identifier: fmt.Sprintf("P%d", p), Schema: schema, IsRequired: p != 1,
			})
		}
		s.api.Resources = append(s.api.Resources, resource)
	}
	return s
}

// plainSubject has words for texts.
var plainSubject = sync.OnceValue(func() *subject {
	s := newSubject(func(n int, _ bool) string { return plainWord(n) })
	s.twin = s
	return s
})

// isBlank reports whether a text has nothing that can be seen.
func isBlank(text string) bool {
	return strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) == ""
}

// hostileSubject has payloads for texts: of each text another one, of all the same, or several in one.
func hostileSubject(seed uint64) *subject {
	r := rand.New(rand.NewPCG(seed, 3))
	from := payloads
	if r.IntN(2) == 0 {
		names := slices.Sorted(maps.Keys(themes))
		from = themes[names[r.IntN(len(names))]]
	}
	payload := func() string { return from[r.IntN(len(from))] }
	one := payload()
	kind, mayBeEmpty := r.IntN(8), r.IntN(3) == 0
	taken := map[string]bool{}
	s := newSubject(func(n int, isName bool) string {
		made := one
		if kind > 1 {
			made = payload()
		}
		if kind > 4 {
			made += [...]string{"", " ", "\n", "a"}[r.IntN(4)] + payload()
		}
		if mayBeEmpty && !isName && r.IntN(3) == 0 {
			made = ""
		}
		if !mayBeEmpty && isBlank(made) {
			made = "x" + made + "x"
		}
		for isName && (taken[made] || isBlank(made)) {
			made += plainWord(n)[2:4]
		}
		if isName {
			taken[made] = true
		}
		return made
	})
	s.twin = plainSubject()
	if mayBeEmpty {
		s.twin = newSubject(func(n int, _ bool) string {
			switch is := s.values[plainWord(n)]; {
			case is == "":
				s.empties = true
				return ""
			case isBlank(is):
				s.blanks = true
				if strings.ContainsFunc(is, func(r rune) bool { return unicode.Is(unicode.Zs, r) && r != ' ' }) {
					return "\u3000" // which Markdown shows
				}
				s.shown = s.shown || strings.Trim(is, " \t\n\f\r") != ""
				return " "
			}
			return plainWord(n)
		})
	}
	return s
}

// subjects are the hostile models of all attacks.
var subjects = sync.OnceValue(func() []*subject {
	var all []*subject
	for seed := range uint64(600) {
		all = append(all, hostileSubject(seed))
	}
	return all
})
