package value

import (
	"bytes"
	"strings"
	"testing"
)

func TestParseLines(t *testing.T) {
	for _, test := range []struct{ text, values, problems string }{
		{"", "", ""},
		{"\n \r\n\n", "", ""},
		{"\uFEFF{\"a\": 1}\r\n\r\n[2,\t3]\nnull\n\"x\"\n12345678901234567890.10", `1:1 {"a":1} 3:1 [2,3] 4:1 null 5:1 "x" 6:1 12345678901234567890.10`, ""},
		{`{"ä": "😀", "b": {"c": 1}}`, `1:1 {"ä":"😀","b":{"c":1}}`, ""},
		{"1\r2\n3\n4", "3:1 3 4:1 4", "f.jsonl:2:1: invalid JSON: invalid character '2' after top-level value [FS1004]\n  hint: remove what follows the value"},
		{"{\"a\": 1}\n\n  {\"ä\": 1,}\n# no\n{a: 1}\n{\"b\": 2}\n{\n", `1:1 {"a":1} 6:1 {"b":2}`,
			"f.jsonl:3:11: invalid JSON: nothing follows the comma before this \"}\" [FS1004]\n  hint: remove the comma\n" +
				"f.jsonl:4:1: JSON has no comments [FS1004]\n  hint: remove it\n" +
				"f.jsonl:5:2: invalid JSON: names are in double quotes [FS1004]\n  hint: put the name in double quotes\n" +
				"f.jsonl:7:1: invalid JSON: unexpected end of JSON input [FS1004]\n  hint: close what is open: a quote, a bracket or a brace"},
		{"{\"a\": 1, \"a\": 2}\n{\"b\": \"\\ud800\"}\n{}\n", "3:1 {}",
			"f.jsonl:1:10: duplicate key \"a\" [FS1008]\n  hint: first defined at f.jsonl:1:2; remove one of them\n" +
				"f.jsonl:2:8: \\ud800 is half of a surrogate pair, not a character [FS1004]\n  hint: write the character itself, or both halves of the pair"},
		{"{}\n{\"a\": \"\xff\"}\n", "", "f.jsonl:2:8: byte 0xFF is not valid UTF-8 [FS1001]\n  hint: save the file as UTF-8"},
	} {
		var problems Problems
		var got []string
		for _, v := range ParseLines("f.jsonl", []byte(test.text), &problems) {
			got = append(got, strings.TrimPrefix(v.Pos.String(), "f.jsonl:")+" "+string(v.AppendJSON(nil, "")))
		}
		if strings.Join(got, " ") != test.values || problems.Error() != test.problems {
			t.Errorf("%q has %q and\n%v\nwant %q and\n%s", test.text, got, problems, test.values, test.problems)
		}
	}
}

// TestLinesThatAreNone are not all reported.
func TestLinesThatAreNone(t *testing.T) {
	var problems Problems
	values := ParseLines("f.jsonl", []byte("{}\n"+strings.Repeat("- a\n", 100_000)), &problems)
	last := problems[len(problems)-1]
	if len(values) != 1 || len(problems) != maxBrokenLines+1 || last.Pos.Line != maxBrokenLines+2 || last.Msg != "more than 20 lines are not JSON" {
		t.Errorf("got %d values and %v", len(values), problems)
	}
}

func TestLinesWithinLimits(t *testing.T) {
	var problems Problems
	values := ParseLines("f.jsonl", []byte("{}\n"+strings.Repeat("[", maxDepth+1)+strings.Repeat("]", maxDepth+1)+"\n{}\n"), &problems)
	if len(values) != 1 || len(problems) != 1 || problems[0].Msg != "values are nested deeper than 500 levels" {
		t.Errorf("got %d values and %v", len(values), problems)
	}
}

func TestParseJSON(t *testing.T) {
	for text, want := range map[string]string{
		" {\"a\": [1, \"b\"]}\n": `{"a":[1,"b"]}`,
		" 1.0\n":                 "1.0",
		"null":                   "null",
		"":                       "f.json:1:1: invalid JSON: unexpected end of JSON input [FS1004]",
		"{\"a\": 1,\n}":          "f.json:2:1: invalid JSON: nothing follows the comma before this \"}\" [FS1004]\n  hint: remove the comma",
		"a: 1\n":                 "f.json:1:1: invalid JSON: no value begins like this [FS1004]\n  hint: write JSON, or call the file f.yaml if it is YAML",
		"{} # none":              "f.json:1:4: JSON has no comments [FS1004]\n  hint: remove it, or call the file f.yaml",
		"{\"a\": 1 // one\n}":    "f.json:1:9: JSON has no comments [FS1004]\n  hint: remove it, or call the file f.yaml and begin comments with #",
		"{'a': 1}":               "f.json:1:2: invalid JSON: texts are in double quotes, not in single ones [FS1004]\n  hint: write \" instead of '",
		`{"a": 1, "a": 2}`:       "f.json:1:10: duplicate key \"a\" [FS1008]\n  hint: first defined at f.json:1:2; remove one of them",
	} {
		var problems Problems
		got := ""
		if v := ParseJSON("f.json", []byte(text), &problems); len(problems) > 0 {
			got = problems.Error()
		} else {
			got = string(v.AppendJSON(nil, ""))
		}
		if got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

// FuzzParseLines checks that every place lies inside its file, and that a line is read as it would be by itself.
func FuzzParseLines(f *testing.F) {
	for _, seed := range []string{
		"{\"a\": 1}\n[2]\r\n\n\"\\ud83d\\ude00\"\n", "\uFEFF1\n2\r3\n", "{\"a\": 1, \"a\": 2}\nnull\n{", "\"\u2028\"\n\"\\ud800\"\n-1.50e7", "a: b\n# c\n", "\"\u2028",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var problems Problems
		values := ParseLines("f", data, &problems)
		text := bytes.TrimPrefix(data, []byte("\uFEFF"))
		lines := lineLengths(text)
		for _, p := range problems {
			inside(t, lines, p.Pos)
		}
		for _, v := range values {
			allInside(t, lines, v)
			written(t, v)
		}
		if len(problems) > 0 {
			return
		}
		for line := range bytes.SplitSeq(text, []byte("\n")) {
			if len(bytes.TrimSpace(line)) == 0 {
				continue
			}
			if alone := ParseJSON("f", line, &problems); !sameText(alone, values[0]) || len(problems) > 0 {
				t.Fatalf("%q is read as %v, and by itself as %v with %v", line, values[0], alone, problems)
			}
			values = values[1:]
		}
	})
}
