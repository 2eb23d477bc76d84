package value

import (
	"strings"
	"testing"
)

func TestSyntaxErrorsPointAtTheirCause(t *testing.T) {
	tests := []struct{ text, want string }{
		{"a:\n\tb: 1\n", "2:1: this line is indented with a tab"},
		{"a:\n  b: 1\n\tc: 2\n", "3:1: this line is indented with a tab"},
		{"a: |\n\tx\nb: 1\n", "2:1: this line is indented with a tab"},
		{"a:\n  b: 1\n c: 2\nd: 5\n", "3:2: this does not belong here"},
		{"a:\r\n  b: 1\r\n c: 2\r\nd: 5\r\n", "3:2: this does not belong here"},
		{"a:\n  b: 1\n   c: 2\nd: 5\n", `3:4: this line is indented further than the one above, where "b" already has a value`},
		{"a: foo\n bar: 1", `2:2: this line is indented further than the one above, where "a" already has a value`},
		{"a: \"x\"\n  b: 2\n", `2:3: this line is indented further than the one above, where "a" already has a value`},
		{"a: 1\nb: foo # x\n  c: 1", `3:3: this line is indented further than the one above, where "b" already has a value`},
		{"a: 1\nb:\n  - c: 1\n   d: 2\ne: 1\n", "4:4: this does not belong here"},
		{"a: 1\nb:\n  - c: 1\n     d: 2\n", `4:6: this line is indented further than the one above, where "c" already has a value`},
		{"a:\n  - b\n - c\n", "3:2: this does not belong here"},
		{"a: |\n   x\n  y\nb: 1\n", "3:3: this does not belong here"},
		{"a: 1\n- b\nc: 4\n", "2:1: this does not belong here"},
		{"a: 1\nb: 'x\nc: 3\nd: 4\n", "2:4: the quote that opens here is not closed"},
		{"a: 1\nb: \"x\nc: 3\nd: 4\n", "2:4: the quote that opens here is not closed"},
		{"'b': it's\nc: 'x\n---\nd: 1", "2:4: the quote that opens here is not closed"},
		{"a: >\n x\nb: \"1\n\n\n", "3:4: the quote that opens here is not closed"},
		{"a: 'it's'\nb: 1\n", "1:8: the text ends at the ' before this"},
		{"a: \"x\"y\nb: 1\n", `1:7: the text ends at the " before this`},
		{"a: 1\nb: \"x\" y\nc: 4\n", "2:8: this does not belong here"},
		{"a: 1\nkey: a: b\nc: 1\n", `2:7: a ":" is not allowed here`},
		{"a: 1\r\n\r\nkey: a: b\r\n", `3:7: a ":" is not allowed here`},
		{"a: 1\rkey: a: b\rc: 1\r", `2:7: a ":" is not allowed here`},
		{"äöü: 1\nb: ß: 1\n", `2:5: a ":" is not allowed here`},
		{"a: 1\nb: [1, 2\nc: 3\nd: 5\n", `2:4: the "[" that opens here is not closed`},
		{"a: 1\nb: {x: 1\nc: 3\nd: 5\n", `2:4: the "{" that opens here is not closed`},
		{"a: 1\nb: {x: [1, 2}\nc: 1", `2:8: the "[" that opens here is not closed`},
		{"a: {b: 1, b: [}]\n", `1:14: the "[" that opens here is not closed`},
		{"a: [\"]\", 'it''s ]', # ]\n x\nb: 1", `1:4: the "[" that opens here is not closed`},
		{"a: 1\nb:\n  [\n  \"x\",\n  \"y\" \"z\"\n ]\nc: 1", "5:7: expected a comma or the closing bracket here"},
		{"a: 1\nb: {a b: c, d}}\n", `2:15: nothing is open that this "}" closes`},
		{"a: 1\nb: ]\nc: 4\n", "2:4: expected a value here"},
		{"a: 1\nb\nc: 4\n", `2:1: expected "key: value", not "b"`},
		{"a: 1\n b:c\n", ""},
		{"a: 1\nb:c\nd: e\n", `2:1: expected "key: value", not "b:c"`},
		{"- a\n-b\n- c\n", `2:1: expected "key: value", not "-b"`},
		{"a b\nc: 1\n", `1:1: "a b" has no ":" after the key`},
		{"# x\na:b # y\n\n# z\nc: 1\n", `2:1: "a:b" has no space after the ":"`},
		{"a: 1\nb\n  c: 2\n", `2:1: "b" has no ":" after the key`},
		{"a:\n  b c\n  d: 1\n", `2:3: "b c" has no ":" after the key`},
		{"a:\r\n  - b c\r\n    d: 1\r\n", `2:5: "b c" has no ":" after the key`},
		{"a: 1\n---\nb c\nd: 1\n", `3:1: "b c" has no ":" after the key`},
		{"a: some text\n  goes on\n  b: 1\n", `3:4: a ":" is not allowed here`},
		{"a: some text\n  b: 1\n", `2:3: this line is indented further than the one above, where "a" already has a value`},
		{"a: 1\nb: >\nsome text\nc: 1\n", "3:1: the text of the | or > in the line above is not indented below its key"},
		{"// x\na: 1\n", `1:1: "//" begins no comment here`},
		{"a: 1\n; x\nb: 1\n", `2:1: ";" begins no comment here`},
		{"a: 1\n--\nb: 1\n", `2:1: "--" does not separate documents`},
		{"a: 1\n%b\nc: 1\n", `2:1: a line cannot start with "%"`},
		{"```yaml\na: 1\n", "1:1: this is a fence of Markdown, not YAML"},
		{"a：b\nc: 1\n", `1:1: "a：b" has no ":" after the key`},
		{"a: {{ b }}\nc: {{ d }}\n", "1:4: {{ is for templates, but this file is not a template"},
		{"a:\u00A0b\nc: 1\n", "1:1: \"a:\u00A0b\" has U+00A0 after the \":\", which is not a regular space"},
		{"a: 1\n\u00A0\u00A0b: 1\nc: 1\n", "2:1: this line is indented with U+00A0, which is not a regular space"},
		{"a:\n  b: 1\n\u00A0 c: 1\n", "3:1: this line is indented with U+00A0, which is not a regular space"},
		{"a: {b: #c}\nd: 1\n", `1:8: the "#" here begins a comment, so that the "{" before it is not closed`},
		{"a: [\"#\", #/c]\nd: 1\n", `1:10: the "#" here begins a comment, so that the "[" before it is not closed`},
		{"a: [\"# #/c]\", 1\nd: 1\n", `1:4: the "[" that opens here is not closed`},
		{"a:\n  $ref: #/b\n", "2:9: the # begins a comment, so that $ref has no value"},
		{"a:\n  $ref: # none\n", ""},
		{"a: 1\nb: @x\nc: 4\n", `2:4: a value cannot start with "@"`},
		{"a: 1\nb: `x`\nc: 4\n", "2:4: a value cannot start with \"`\""},
		{"a: 1\nb: %x\n", `2:4: a value cannot start with "%"`},
		{"a: - b\n", `1:4: a "- " is not allowed here`},
		{"a: ? b\n", `1:4: a "? " is not allowed here`},
		{"a: 1\nb: \"x\"#y\n", `2:7: there is no space before this "#"`},
		{"a: 1\n... b\n", "2:5: this cannot follow the ... that ends a document"},
		{"a: x\n\ty\n", "2:1: this line is indented with a tab"},
		{"a: 1\u2028b: c: d\n", `1:10: a ":" is not allowed here`},
		{"a: 1\nb: *x\nc: 4\n", `2:4: no anchor "x" is defined before this alias`},
		{"a: 1\nb: *\nc: 4\n", "2:4: an alias or anchor has no name"},
		{"a: 1\nb: \"x\\d\"\n", `2:6: "\d" is not a valid escape`},
		{"a: \"https:\\/\\/\"\n", ""},
		{"a: \"\\ud83d\\ude00\"\n", `1:5: "\ud83d" is not a valid character code`},
		{"a: \"\\u12\"\n", `1:5: "\u12" is not a valid character code`},
		{"a: !x!y z\nb: 1\n", "1:4: this is not a standard YAML tag"},
		{"a: |x\n  foo\n", "1:5: this cannot follow the | or > of a block scalar"},
		{"%YAML 3.0\n---\na: 1\n", "1:1: the file declares an unsupported YAML version"},
		{"a: x\xE9", "1:5: byte 0xE9 is not valid UTF-8"},
		{"ä: 1\nb: \xFF", "2:4: byte 0xFF is not valid UTF-8"},
		{"\xFF\xFEa\x00", "1:1: the file is encoded as UTF-16, not as UTF-8"},
		{"\x00a\x00:", "1:1: the file is encoded as UTF-16, not as UTF-8"},
		{"\xFF\xFE\x00\x00", "1:1: the file is encoded as UTF-32, not as UTF-8"},
		{"a: 1\nb: ä\x01", "2:5: control character U+0001 is not allowed"},
		{"a: x\x00y", "1:5: control character U+0000 is not allowed"},
		{"{\"a\": \"x\x01\"}", "1:9: control character U+0001 is not allowed"},
		{"a: \x7F", "1:4: control character U+007F is not allowed"},
		{"a: \u009F", "1:4: control character U+009F is not allowed"},
		{"a: \uFFFE", "1:4: control character U+FFFE is not allowed"},
		{"a: \uFFFF", "1:4: control character U+FFFF is not allowed"},
		{"a: '\u00A0~\uFFFD'\n", ""},
		{"a: {b: 'it''s', c: \"\\\"]\", d: x#y, # ]\n e: 'it\\', f: [}\n", `2:15: the "[" that opens here is not closed`},
		{"a: {b: [1], c: 2\nd: 3", `1:4: the "{" that opens here is not closed`},
		{"a: [it's, {b: 1]\nc: 1", `1:11: the "{" that opens here is not closed`},
		{"a: [{b: x#}, [1\nc: 2", `1:14: the "[" that opens here is not closed`},
		{"a: [1, # ]", `1:4: the "[" that opens here is not closed`},
		{"a: [\"x\" \"y\"]\nb: [1", "1:9: expected a comma or the closing bracket here"},
		{"{\"a\": 1 \"b\": 2}", "1:12: expected a comma or the closing bracket here"},
		{"a: \"\\0\\d\"", `1:7: "\d" is not a valid escape`},
		{"a: \"\\x41\\u12\"", `1:9: "\u12" is not a valid character code`},
		{"a: \"\\U00110000\"\n", `1:5: "\U00110000" is not a valid character code`},
	}
	for _, test := range tests {
		var problems Problems
		Parse("f.yaml", []byte(test.text), &problems)
		got := ""
		if len(problems) > 0 {
			got = strings.TrimPrefix(problems[0].Pos.String(), "f.yaml:") + ": " + problems[0].Msg
		}
		if got != test.want || len(problems) > 1 {
			t.Errorf("%q:\n got %v\nwant %s", test.text, problems, test.want)
		}
	}
}

// A syntax error is told with what to do about it where there is more than one way to make it.
func TestSyntaxErrorsSayWhatToDo(t *testing.T) {
	for text, want := range map[string]string{
		"a: b: c":             "quote the value if the colon is part of it",
		"a: foo\n bar: 1":     "indent both lines alike, or quote the value if it goes on here",
		"a: \"x\" y":          "quote the whole value",
		"a:\n  b: 1\n c: 2":   "indent it like line 1 (0 spaces) or like line 2 (2 spaces)",
		" a: 1\nb: 2":         "indent it like line 1 (1 space), or that line like this one",
		"a: 1\n- b\nc: 4":     "indent the list below a key",
		"a: 'it's'":           "write '' for a ' in the text, or put it in double quotes",
		"a: 1\n-- x\nb: 1":    `write "# x"`,
		"a: x y\nz w v\nb: 1": `put a ":" and a space after the key, or quote the text; indent it further if it continues the text above`,
		"{a: [1]\n b: 2}":     "put a comma before it",
		"a: [x, y\nb: 1":      `close it with "]", and separate elements with commas`,
		`a: "C:\data"`:        `write \\ for a backslash, or use single quotes`,
		`a: "\u12"`:           `write the character itself, or its full code: \u00E9, \U0001F600`,
		"a: [\"x\" \"y\"]":    "quote text that contains special characters",
		"a: !x!y z":           "remove the tag, or quote the value if it is text",
		"%YAML 3.0\n---\na:":  "remove the %YAML line",
	} {
		var problems Problems
		Parse("f.yaml", []byte(text), &problems)
		if len(problems) != 1 || problems[0].Hint != want {
			t.Errorf("%q: %v\nwant the hint %s", text, problems, want)
		}
	}
}

func TestJSONErrorsPointAtTheirCause(t *testing.T) {
	tests := []struct{ text, want string }{
		{"{\n  // one\n  \"a\": 1}", "f.json:2:3: JSON has no comments [FS1004]"},
		{"{\"a\": 1, // one\n \"b\": 2}", "f.json:1:10: JSON has no comments [FS1004]"},
		{"{\"a\": 1 /* one */}", "f.json:1:9: JSON has no comments [FS1004]"},
		{"\n// one\n{\"a\": 1}", "f.json:2:1: JSON has no comments [FS1004]"},
		{"{\"a\": 1,}", `f.json:1:9: invalid JSON: nothing follows the comma before this "}" [FS1004]`},
		{"{\"a\": 1} # one", "f.json:1:10: JSON has no comments [FS1004]"},
		{"a: 1", "f.json:1:1: invalid JSON: no value begins like this [FS1004]"},
		{" \n", ""},
		{"{\"a\": 1,\n \"b\": 2", "f.json:2:7: invalid JSON: unexpected end of JSON input [FS1004]"},
		{"{\"a\": 1,\n \"ä\": 2 \"c\": 3}", "f.json:2:9: invalid JSON: invalid character '\"' after object key:value pair [FS1004]"},
		{"{\"a\": \"\\ud83d x\"}", `f.json:1:8: \ud83d is half of a surrogate pair, not a character [FS1004]`},
		{"{\"ä\": [\"\\ude00\"]}", `f.json:1:9: \ude00 is half of a surrogate pair, not a character [FS1004]`},
		{"{\"a\": 1, \"b\": 2,\n\"a\": 3}", `f.json:2:1: duplicate key "a" [FS1008]`},
		{"{\"a\": \"\\ud83d\\u0041\"}", `f.json:1:8: \ud83d is half of a surrogate pair, not a character [FS1004]`},
		{"{\"a\": \"\\ud83dude00\"}", `f.json:1:8: \ud83d is half of a surrogate pair, not a character [FS1004]`},
		{"{\"a\": \"\\ud83d\\n12345\"}", `f.json:1:8: \ud83d is half of a surrogate pair, not a character [FS1004]`},
		{"{\"a\": \"\\ud83dxude00\"}", `f.json:1:8: \ud83d is half of a surrogate pair, not a character [FS1004]`},
		{"{\"a\": \"ä\\n\\ud83d\"}", `f.json:1:11: \ud83d is half of a surrogate pair, not a character [FS1004]`},
	}
	for _, test := range tests {
		var problems Problems
		ParseInput("f.json", []byte(test.text), &problems)
		if got, _, _ := strings.Cut(problems.Error(), "\n"); got != test.want {
			t.Errorf("%q:\n got %v\nwant %s", test.text, problems, test.want)
		}
	}
}

// What looks like JSON is read as YAML, unless it is called .json.
func TestYAMLThatLooksLikeJSON(t *testing.T) {
	for text, want := range map[string]string{
		"{\"a\": 1,}":            "",
		"{\"a\": 1} # one":       "",
		"{\"a\": //host/path\n}": "",
		"{\"a\": 1 // one\n}":    "f.yaml:1:9: JSON has no comments [FS1004]",
	} {
		var problems Problems
		ParseInput("f.yaml", []byte(text), &problems)
		if got, _, _ := strings.Cut(problems.Error(), "\n"); got != want {
			t.Errorf("%q: got %v, want %s", text, problems, want)
		}
	}
}

func TestValuesThatJSONCannotHold(t *testing.T) {
	tests := []struct{ text, want string }{
		{"a: .inf", "1:4: .inf is not a JSON number"}, {"a: -.INF", "1:4: -.INF is not a JSON number"}, {"a: .nan", "1:4: .nan is not a JSON number"},
		{"a: '.inf'", ""}, {"a: +-.inf", ""}, {".inf: a", ""},
		{"a: !foo x", `1:4: the tag "!foo" does not match this value`}, {"a: !!set {a}", `1:4: the tag "!!set" does not match this value`},
		{"a: !!int x", `1:4: the tag "!!int" does not match this value`}, {"a: !!int 1.5", `1:4: the tag "!!int" does not match this value`},
		{"a: !!bool yes", `1:4: the tag "!!bool" does not match this value`}, {"a: !!map [b]", `1:4: the tag "!!map" does not match this value`},
		{"a: !!seq {b: c}", `1:4: the tag "!!seq" does not match this value`}, {"a: !!seq x", `1:4: the tag "!!seq" does not match this value`},
		{"!foo a: 1", `1:1: the tag "!foo" does not match this value`},
		{"a: !!int null", `1:4: the tag "!!int" does not match this value`}, {"a: !!float x", `1:4: the tag "!!float" does not match this value`},
		{"a: !!null x", `1:4: the tag "!!null" does not match this value`}, {"a: !!map {b: !!seq [c]}", ""},
		{"a: .Inf", "1:4: .Inf is not a JSON number"}, {"a: .NaN", "1:4: .NaN is not a JSON number"}, {"a: .NAN", "1:4: .NAN is not a JSON number"},
		{"--- {&x a: 1}\n--- {*x : 1}", `2:6: no anchor "x" is defined before this alias`},
		{"? [a]\n: b", "1:3: a list or mapping cannot be a key"}, {"{{a: 1}: b}", "1:2: a list or mapping cannot be a key"},
		{"a: &x [b]\n*x : c", "2:1: a list or mapping cannot be a key"},
		{"a: &x [1, *x]", `1:11: the alias "x" is inside its own anchor`},
		{"--- &x a\n--- *x", `2:5: no anchor "x" is defined before this alias`},
		{"a: 1\nb: 2\na: 3", `3:1: duplicate key "a"`}, {"a: {1.0: x, '1.0': y}", `1:13: duplicate key "1.0"`},
		{"a: {<<: 1}", "1:9: a merge key takes a mapping or a list of mappings, found number"},
		{"a: {<<: [{b: 1}, c]}", "1:18: a merge key takes a mapping or a list of mappings, found string"},
	}
	for _, test := range tests {
		var problems Problems
		Parse("f.yaml", []byte(test.text), &problems)
		got := ""
		if len(problems) > 0 {
			got = strings.TrimPrefix(problems[0].Pos.String(), "f.yaml:") + ": " + problems[0].Msg
		}
		if got != test.want || len(problems) > 1 {
			t.Errorf("%q:\n got %v\nwant %s", test.text, problems, test.want)
		}
	}
}

func TestADuplicateNamesTheOtherPlace(t *testing.T) {
	yaml, json := "", ""
	for c := 'a'; c <= 'z'; c++ {
		yaml += string(c) + ": 1\n"
		json += "\"" + string(c) + "\": 1,\n"
	}
	for _, test := range []struct{ text, first, second string }{
		{"first: 1\n" + yaml + "first: 2\n", "f:1:1", "f:28:1"},
		{"{\"first\": 1,\n" + json + "\"first\": 2}\n", "f:1:2", "f:28:1"},
		{"{" + json + "\"z\": 2}\n", "f:26:1", "f:27:1"},
	} {
		var problems Problems
		Parse("f", []byte(test.text), &problems)
		if len(problems) != 1 || problems[0].Pos.String() != test.second || !strings.Contains(problems[0].Hint, test.first+";") {
			t.Errorf("%s: problems are %v", test.text, problems)
		}
	}
}
