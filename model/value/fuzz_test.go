package value

import (
	"bytes"
	"encoding/json"
	"testing"
	"unicode/utf8"
)

// FuzzParse checks that every place lies inside its file, that reading is repeatable, and that what is
// written is the JSON that was read.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"a: 1\nb: [x, {y: ~}]\n", `{"a": "\ud83d\ude00", "b": [1e5]}`, "a: &x {b: 1}\nc: {<<: *x}\n", "a: |\n  x\n\n---\n- ? b\n  : c\n",
		"\uFEFFkey: v\r\nx:\r\n", "a: \"b\u2028\u0085c\"\nd: .5", "a:\n\tb", "a: 'x\nb: 1", "a: [1, {\n b: c\n", "a: *x", "? \n:\n- ", "# c\n\n# d\na: # e\n - b # f\n",
		"a: \"\\", "a: \"\\u12\"", "%YAML 1.1\n---\n!!int 0x1F", "{a: [}", "a: !!seq", "a: \xff", "\r\ra: b: \r", "- - - ]", "?", "\"\\ud800\"", "[\"\\udc00\\ud800\"]",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var problems, again Problems
		values := Parse("f", data, &problems)
		twice := Parse("f", data, &again)
		if len(values) != len(twice) || problems.Error() != again.Error() {
			t.Fatalf("read again there are %d values, not %d, and the problems\n%v\nnot\n%v", len(twice), len(values), again, problems)
		}
		lines := lineLengths(bytes.TrimPrefix(data, []byte("\uFEFF")))
		for _, p := range problems {
			inside(t, lines, p.Pos)
		}
		for i, v := range values {
			if !v.Equal(twice[i]) {
				t.Fatal("read again it is another value")
			}
			allInside(t, lines, v)
			written(t, v)
		}
	})
}

// written checks that both readers see the same value in what is written.
func written(t *testing.T, v *Value) {
	text := v.AppendJSON(nil, " ")
	if !json.Valid(text) {
		t.Fatalf("no JSON: %s", text)
	}
	var problems Problems
	values := Parse("f", text, &problems)
	if len(problems) > 0 || len(values) != 1 || !sameText(values[0], v) {
		t.Fatalf("%s is read as %v with %v", text, values, problems)
	}
}

// sameText compares as Equal does, but numbers by their digits, since some are too large to compare.
func sameText(v, w *Value) bool {
	return bytes.Equal(v.AppendJSON(nil, ""), w.AppendJSON(nil, ""))
}

// lineLengths returns the characters of each line.
func lineLengths(text []byte) []int {
	var lengths []int
	start := 0
	for i := range text {
		if lineEnds(text, i) {
			lengths = append(lengths, utf8.RuneCount(text[start:i+1]))
			start = i + 1
		}
	}
	return append(lengths, utf8.RuneCount(text[start:]))
}

func inside(t *testing.T, lines []int, p Pos) {
	if p.Line < 1 || p.Line > len(lines) || p.Col < 1 || p.Col > lines[p.Line-1]+1 {
		t.Fatalf("%v is outside of the file", p)
	}
}

func allInside(t *testing.T, lines []int, v *Value) {
	inside(t, lines, v.Pos)
	for _, item := range v.Items {
		allInside(t, lines, item)
	}
	for _, m := range v.Members {
		inside(t, lines, m.Pos)
		allInside(t, lines, m.Value)
	}
}
