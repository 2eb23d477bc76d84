package value

import "testing"

func TestConflictMarkers(t *testing.T) {
	const left = ": the file contains merge conflict markers [FS1007]\n  hint: keep one side or combine both, and remove the markers"
	for _, test := range []struct{ file, text, want string }{
		{"a.yaml", "kind: a\n<<<<<<< HEAD\nplural: as\n=======\nplural: aes\n>>>>>>> other\n", "a.yaml:2:1" + left},
		{"a.yaml", "<<<<<<< HEAD\nkind: a\n=======\nkind: b\n>>>>>>> other\n", "a.yaml:1:1" + left},
		{"a.yaml", "kind: a\r\n<<<<<<< HEAD\r\nplural: as\r\n||||||| base\r\n=======\r\nplural: aes\r\n>>>>>>> other\r\n", "a.yaml:2:1" + left},
		{"a.yaml", "kind: a\nplural: as\n=======\nplural: aes\n>>>>>>> other\n", "a.yaml:3:1" + left},
		{"a.yaml", "kind: a\nplural: aes\n>>>>>>> other\n", "a.yaml:3:1" + left},
		{"a.yaml", "a: 1\n---\nb: 2\n---\nc: 1\n<<<<<<< HEAD\nd: 1\n=======\nd: 2\n>>>>>>> other\n", "a.yaml:6:1" + left},
		{"a.yaml", "a: 1\n<<<<<<<\nb: [\n=======\nb: {\n>>>>>>>\n", "a.yaml:2:1" + left},
		{"a.json", "{\n  \"a\": 1,\n<<<<<<< HEAD\n  \"b\": 2\n=======\n  \"b\": 3\n>>>>>>> other\n}\n", "a.json:3:1" + left},
		{"a.json", "<<<<<<< HEAD\n{\"a\": 1}\n=======\n{\"a\": 2}\n>>>>>>> other\n", "a.json:1:1" + left},
		{"a.yaml", "a: {b: 1,\n<<<<<<< HEAD\n  c: 1,\n=======\n  c: 2,\n>>>>>>> other\n}\n", "a.yaml:2:1" + left},
		{"a.json", "{\"a\": 1\n<<<<<<< HEAD\n, \"b\": 2\n=======\n, \"c\": 3\n>>>>>>> other\n}\n", "a.json:2:1" + left},
		{"a.json", "[1,\n<<<<<<< HEAD\n2,\n=======\n3,\n>>>>>>> other\n]\n", "a.json:2:1" + left},

		// Text that only looks like one.
		{"a.yaml", "[a,\n<<<<<<< b\n]\n", ""},
		{"a.yaml", "['a\n>>>>>>> b']\n", ""},
		{"a.yaml", "'a\n<<<<<<< b\n>>>>>>> c'\n", ""},
		{"a.yaml", "text: |\n  <<<<<<< HEAD\n  =======\n  >>>>>>> other\n", ""},
		{"a.yaml", "'<<<<<<< HEAD': 1\n", ""},
		{"a.json", "{\"a\": \"<<<<<<< HEAD\\n=======\\n>>>>>>> other\"}", ""},
		{"a.yaml", "a: '\n", "a.yaml:1:4: the quote that opens here is not closed [FS1003]\n  hint: close the text with the same quote"},
		{"a.yaml", "a:\n  <<<<<<< HEAD\nb: '\n", "a.yaml:3:4: the quote that opens here is not closed [FS1003]\n  hint: close the text with the same quote"},
		{"a.yaml", "=========\na: 1\n", "a.yaml:1:1: \"=========\" has no \":\" after the key [FS1003]\n  hint: put a \":\" and a space after the key, or quote the text"},
	} {
		var problems Problems
		values := Parse(test.file, []byte(test.text), &problems)
		if got := problems.Error(); got != test.want {
			t.Errorf("%q:\n got %s\nwant %s", test.text, got, test.want)
		}
		if test.want == "" && len(values) != 1 {
			t.Errorf("%q: %d values", test.text, len(values))
		}
	}
}
