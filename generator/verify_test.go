package generator

import (
	"cmp"
	"strings"
	"testing"

	"github.com/firestoned/firestone/generator/escape"
)

func TestVerify(t *testing.T) {
	tests := []struct{ path, content, at, says string }{
		{"a.yaml", "a: 1\n", "", ""},
		{"a.yaml", "a: \"tab\\t\"\nb:\t1\n", "", ""},
		{"a.YML", "a: 1\nb: 2\na: 3\n", "a.YML:3:1", "a"},
		{"a.yaml", "x:\n  \"a\": 1\n  'a': 3\n", "a.yaml:3:3", "a"},
		{"a.yaml", "x: &y 1\n", "a.yaml:1:4", "it contains an anchor, &y"},
		{"a.yaml", "a: !Ref b\n", "a.yaml:1:4", "it contains a tag, !Ref"},
		{"a.yaml", "x:\n  <<: {a: 1}\n", "a.yaml:2:3", "it contains a merge key"},
		{"a.yaml", "a: 1\n---\nb: 1\n", "a.yaml:3:1", "it contains more than one document"},
		{"a.yaml", "# nothing\n", "a.yaml:1:1", "it contains no document"},
		{"a.yaml", "", "a.yaml:1:1", "it contains no document"},
		{"a.yaml", "a: b: c\n", "a.yaml:1:", ""},
		{"a.yaml", "a: \"b\n", "a.yaml:1:", ""},
		{"a.json", "{\"a\": [1, {\"b\": null}]}\n", "", ""},
		{"a.json", "{\"a\": 1,\n \"é\": 2, \"a\": {}}", "a.json:2:10", `duplicate key "a"`},
		{"a.json", "{\"a\": 1,\n}", "a.json:1:8", "no item follows the comma"},
		{"a.json", "{} {}", "a.json:1:4", "invalid character '{' after top-level value"},
		{"a.json", "", "a.json:1:1", "unexpected end of JSON input"},
		{"a.json", "# x\n{}", "a.json:1:1", "invalid character '#' looking for beginning of value"},
		{"a.json", "{} // x\n", "a.json:1:4", "invalid character '/' after top-level value"},
		{"a.jsonc", "// x\n{ /* \"y\n */ \"a // b\": [1, 2, ], // z\n \"c/*\": \"\\\"//\",\n}\n", "", ""},
		{"a.jsonc", "{ // x\n \"a\": 1, // y\n \"a\": 2 }\n", "a.jsonc:3:2", `duplicate key "a"`},
		{"a.jsonc", "[1,, 2]\n", "a.jsonc:1:4", "invalid character ',' looking for beginning of value"},
		{"a.jsonc", "[,]\n", "a.jsonc:1:2", "invalid character ',' looking for beginning of value"},
		{"a.jsonc", "[1 /* x\n", "a.jsonc:1:4", "invalid character '/' after array element"},
		{"a.jsonl", "{\"a\": 1}\n[2]\n\"x\"\n", "", ""},
		{"a.ndjson", "1\n{\"a\":\n 2}\n", "a.ndjson:2:5", "unexpected end of JSON input"},
		{"a.jsonl", "1\n\n2\n", "a.jsonl:2:1", "unexpected end of JSON input"},
		{"a.jsonl", "1\n{\"a\": 1, \"a\": 2}\n", "a.jsonl:2:10", `duplicate key "a"`},
		{"a.geojson", "{} {}", "a.geojson:1:4", "invalid character '{' after top-level value"},
		{"a.toml", "[a]\nb = \"c\" # d\n[[e]]\nf = [1,\n 2]\n", "", ""},
		{"a.toml", "a = 1\nb = \"x\"y\"\n", "a.toml:2:", ""},
		{"a.toml", "a = 1\na = 2\n", "a.toml:2:1", "a"},
		{"a.toml", "[a]\nb = 1\n[a]\n", "a.toml:3:2", "a"},
		{"a.py", "def f(x):\n    return {x: 'y'}\n", "", ""},
		{"a.pyi", "x = 1\ny = 'z\n", "a.pyi:2:5", "the string is not closed"},
		{"a.py", "# x\n# coding: latin-1\n", "a.py:2:11", "encoding"},
		{"a.md", "---\na: 1\nb: [2]\n---\n\n# a: b: c\n", "", ""},
		{"a.md", "---\na: 1\na: 2\n---\n", "a.md:3:1", "a"},
		{"a.mdx", "---\na: b: c\n---\n", "a.mdx:2:", ""},
		{"a.md", "+++\na = 1\na = 2\n+++\n", "a.md:3:1", "a"},
		{"a.md", "# a\n\n---\na: b: c\n---\n", "", ""},
		{"a.txt", "anything: [\x00", "", ""},
		{"a.txt", "a\nb\xff\n", "a.txt:2:1", "it is not valid UTF-8"},
	}
	hints := map[string]string{
		"it contains an anchor, &y": "add `yaml: [anchors]` to the output a.tmpl in the pack.yaml of the pack p", "it contains a merge key": "add `yaml: [anchors]` to the output a.tmpl in the pack.yaml of the pack p",
		"it contains a tag, !Ref": "add `yaml: [tags]` to the output a.tmpl in the pack.yaml of the pack p", "it contains more than one document": "add `yaml: [documents]` to the output a.tmpl in the pack.yaml of the pack p",
	}
	for _, test := range tests {
		got := verify(File{Path: test.path, Content: []byte(test.content), Template: "a.tmpl"}, origin{output: "a.tmpl", pack: "p"})
		if test.at == "" {
			if len(got) > 0 {
				t.Errorf("%q: %v", test.content, got)
			}
			continue
		}
		if len(got) != 1 || !strings.HasPrefix(got[0].Error(), test.at) || !strings.Contains(got[0].Msg, test.says) || !strings.HasPrefix(got[0].Hint, cmp.Or(hints[test.says], byLine(test.path))) {
			t.Errorf("%q: want %s %s, got %v", test.content, test.at, test.says, got)
		}
	}
}

func byLine(path string) string {
	if escape.IsJSONLines(path) {
		return "each line is a JSON text: write a value on one line, with toJson or an action, and no empty line"
	}
	return ""
}

func TestEnded(t *testing.T) {
	tests := []struct{ path, content, want string }{
		{"a.txt", "", ""}, {"a.txt", "\n\n", ""}, {"a.txt", "a", "a\n"}, {"a.txt", "a\n", "a\n"}, {"a.txt", "a \n\n\r\n", "a \n"},
		{"a.yaml", "a: 1\n\n", "a: 1\n"}, {"a.yaml", "a: |+\n  x\n\n", "a: |+\n  x\n\n"}, {"a.yaml", "a: >2+\n  x\n\n", "a: >2+\n  x\n\n"},
	}
	for _, test := range tests {
		if got := string(ended(test.path, []byte(test.content))); got != test.want {
			t.Errorf("%q: got %q", test.content, got)
		}
	}
}

func TestPathFault(t *testing.T) {
	for _, good := range []string{"a", "a/b.yaml", ".github/x.yml", ".gitignore", "x.git/y", "straße.md", "a b", "console", "com", "com10", "lpt.d/x", "nulls"} {
		if fault := pathFault(good); fault != "" {
			t.Errorf("%q %s", good, fault)
		}
	}
	bad := []string{
		"", "/a", "a//b", "a/", "..", "../a", "a/../b", ".", "./a", `a\b`, "C:/a", "c:a", "a\x00", "a\nb", "a\u0085", "a\xff", "nul", "NUL.txt", "a/Con.x.y",
		".git/config", "a/.GIT/hooks/x", ".hg", ".svn/x", "git~1", ".g\u200cit/x", ".git ./x", "com1", "LPT9.md", "com²", "aux ", " a", "a.", "a ./b", "a*", "a?", "<a", strings.Repeat("a", 256), strings.Repeat("a/", 600) + "a",
	}
	for _, path := range bad {
		if pathFault(path) == "" {
			t.Errorf("%q is taken", path)
		}
	}
}

func TestWrongPaths(t *testing.T) {
	tests := []struct {
		paths []string
		wrong int
	}{
		{[]string{"a", "b", "c/a", "c/b"}, 0},
		{[]string{"a", "a"}, 1},
		{[]string{"Straße", "STRASSE", "x"}, 1},
		{[]string{"caf\u00e9", "cafe\u0301"}, 1},
		{[]string{"a/b/c", "A"}, 1},
	}
	for _, test := range tests {
		var files []File
		for _, path := range test.paths {
			files = append(files, File{Path: path})
		}
		if problems := wrongPaths(files, make([]task, len(files))); len(problems) != test.wrong {
			t.Errorf("%q: %v", test.paths, problems)
		}
	}
}
