package generator

import "testing"

func TestAs(t *testing.T) {
	file := File{Path: "api.yaml", Content: []byte("b: 1.50\na: [~, 'no', 12345678901234567890]\n"), Write: WriteAlways}
	for at, want := range map[string]string{
		"x/api.yaml": string(file.Content),
		"api.JSON":   "{\n  \"b\": 1.50,\n  \"a\": [\n    null,\n    \"no\",\n    12345678901234567890\n  ]\n}\n",
	} {
		if got, err := file.As(at); err != nil || string(got.Content) != want {
			t.Errorf("%s: got %s, %v", at, got.Content, err)
		}
	}
	for _, content := range []string{"a: [\n", "a: 1\n---\nb: 2\n", "a: !t 1\n"} {
		if _, err := (File{Path: "api.yaml", Content: []byte(content)}).As("y.json"); err == nil {
			t.Errorf("%q became JSON", content)
		}
	}
}
