package generator

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/firestoned/firestone/generator/escape"
)

// TestEveryPlaceOfJSON puts each form at every byte of each sample: a template either is refused, or fails to be executed, or
// makes no JSON, or a string changes nothing of the JSON but itself.
func TestEveryPlaceOfJSON(t *testing.T) {
	samples := []string{
		"{\"a\": [1, \"b\", {\"c\": true}], \"d\": null}\n", "// a\n{ /* b\n */ \"c//\": 1, // d\n \"e\": [\"/*\", /**/ 2,],\n}\n", "1\n[2,\n3]\n\"\\\"x\"\n",
	}
	forms := []string{
		"{{ .D }}", "{{ .D }}{{ .D }}", "{{ .D }}: {{ .D }}", "\"{{ .D }}\"", "\"k{{ .D }}\": 1, ", ", {{ .D }}", "// {{ .D }}\n", "/* {{ .D }} */", "[{{ .D }}]", "a{{ .D }}", "{{ .D }}0", "/{{ .D }}", "*{{ .D }}/", "\\{{ .D }}",
		"{{ range .L }}{{ . }}, {{ end }}", "{{ range $i, $x := .L }}{{ if $i }}, {{ end }}{{ $x }}{{ end }}", "{{ if .D }}// {{ end }}{{ .D }}", "{{ if .None }}/* {{ end }}{{ .D }}", "{{ toJson .L }}", "{{ quote .D }}", "{{ .D }}\n{{ .D }}",
	}
	opened := 0
	for _, file := range []string{"x.json", "x.jsonc", "x.jsonl"} {
		for _, sample := range samples {
			for _, form := range forms {
				for at := range len(sample) + 1 {
					template := sample[:at] + form + sample[at:]
					parsed, err := escape.Parse(file, template, nil)
					if err != nil {
						continue
					}
					read := func(s string) ([]any, bool) {
						var b strings.Builder
						if parsed.Execute(&b, map[string]any{"D": s, "L": []string{s, s}, "None": nil}) != nil {
							return nil, false
						}
						texts := []string{b.String()}
						if file == "x.jsonl" {
							texts = strings.Split(b.String(), "\n")
						}
						var found []any
						for _, text := range texts {
							var v any
							if err := json.Unmarshal(withoutComments([]byte(text)), &v); err != nil && strings.TrimSpace(text) != "" {
								return nil, false
							}
							found = append(found, v)
						}
						return found, true
					}
					const plain = "xPLAINx"
					with, ok := read(plain)
					if !ok {
						continue
					}
					opened++
					for _, s := range []string{"\", 1, \"", "*/ 1 /*", "//", "\n1, 2", "]}", "\\", "y", "\u2028"} {
						want := inPlaceOf(with, plain, s)
						if got, ok := read(s); !isSource(form) && (!ok || !reflect.DeepEqual(any(got), want)) {
							t.Fatalf("%s: %q with %q gave\n%v, not\n%v", file, template, s, got, want)
						}
					}
				}
			}
		}
	}
	if opened < 300 {
		t.Errorf("only %d templates opened", opened)
	}
}

// isSource reports whether a form writes source, which is another text inside quotes.
func isSource(form string) bool {
	return strings.Contains(form, "quote") || strings.Contains(form, "toJson")
}

// inPlaceOf returns a value with another text in place of one in its strings and names.
func inPlaceOf(v any, from, to string) any {
	switch v := v.(type) {
	case string:
		return strings.ReplaceAll(v, from, to)
	case []any:
		var all []any
		for _, item := range v {
			all = append(all, inPlaceOf(item, from, to))
		}
		return all
	case map[string]any:
		all := map[string]any{}
		for name, member := range v {
			all[strings.ReplaceAll(name, from, to)] = inPlaceOf(member, from, to)
		}
		return all
	}
	return v
}
