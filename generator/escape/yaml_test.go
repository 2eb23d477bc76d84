package escape

import (
	"strings"
	"testing"
	"text/template"

	"go.yaml.in/yaml/v4"
)

// yamlPlaces are templates with .X in each kind of place, and the path to the string in what is read.
var yamlPlaces = map[string]struct {
	template string
	path     []string
}{
	"root":         {"{{ .X }}\n", nil},
	"marker":       {"--- {{ .X }}\n", nil},
	"value":        {"a: {{ .X }}\nb: 1\n", []string{"a"}},
	"own line":     {"a:\n  {{ .X }}\nb: 1\n", []string{"a"}},
	"remark":       {"a: {{ .X }} # it's a remark\nb: 1\n", []string{"a"}},
	"item":         {"- {{ .X }}\n- b\n", []string{"0"}},
	"nested item":  {"a:\n  - - {{ .X }}\n", []string{"a", "0", "0"}},
	"item map":     {"- b: 1\n  a: {{ .X }}\n  c: 2\n", []string{"0", "a"}},
	"key":          {"{{ .X }}: 1\nzzz: 2\n", []string{"?"}},
	"deep key":     {"a:\n  b:\n    {{ .X }}: 1\n    zzz: 2\n", []string{"a", "b", "?"}},
	"item key":     {"- {{ .X }}: 1\n  zzz: 2\n", []string{"0", "?"}},
	"question":     {"? {{ .X }}\n: 1\n", []string{"?"}},
	"map key":      {"{{ .X }}:\n  b: 1\n", []string{"?"}},
	"flow item":    {"a: [b, {{ .X }}, c]\n", []string{"a", "1"}},
	"flow first":   {"[{{ .X }}]\n", []string{"0"}},
	"flow value":   {"{a: {{ .X }}, b: 1}\n", []string{"a"}},
	"flow key":     {"{ {{ .X }}: 1, zzz: 2 }\n", []string{"?"}},
	"double":       {`a: "{{ .X }}"` + "\n", []string{"a"}},
	"double key":   {`"{{ .Short }}": 1` + "\n", []string{"short"}},
	"double flow":  {`a: ["{{ .X }}"]` + "\n", []string{"a", "0"}},
	"text":         {"a: {{- text .X | nindent 2 }}\nb: 1\n", []string{"a"}},
	"text space":   {"a: {{ text .X | nindent 4 }}\nb: 1\n", []string{"a"}},
	"text line":    {"a:\n  {{- text .X | nindent 4 }}\nb: 1\n", []string{"a"}},
	"text deep":    {"a:\n  - b: 1\n    c: {{- text .X | nindent 6 }}\n    d: 1\n", []string{"a", "0", "c"}},
	"text item":    {"- {{ text .X | nindent 2 }}\n- b\n", []string{"0"}},
	"text last":    {"b:\n  a: {{- text .X | nindent 4 }}\n", []string{"b", "a"}},
	"toYaml":       {"{{ toYaml .X }}\n", nil},
	"toYaml map":   {"a:\n  {{- toYaml .Map | nindent 2 }}\nb: 1\n", []string{"a", "x", "0"}},
	"toYaml key":   {"a:\n  {{- toYaml .Keyed | nindent 2 }}\nb: 1\n", []string{"a", "?"}},
	"flow map":     {"a: {{ .Map }}\nb: 1\n", []string{"a", "x", "0"}},
	"flow mapkey":  {"a: {{ .Keyed }}\nb: 1\n", []string{"a", "?"}},
	"quote":        {"a: {{ quote .X }}\n", []string{"a"}},
	"comment":      {"# {{ .X }}\na: {{ .X }} # {{ .X }}\n", []string{"a"}},
	"comments":     {"{{ comment .X }}\na: {{ .X }}\n{{- comment .X | nindent 4 }}\nb: 1\n", []string{"a"}},
	"printf":       {"a: {{ printf \"%s\" .X }}\n", []string{"a"}},
	"tag":          {"a: !!str {{ quote .X }}\n", []string{"a"}},
	"after quotes": {"'it''s': {{ .X }}\n\"b\\\"\": 1\n", []string{"it's"}},
}

func TestYAMLPlacesReadBack(t *testing.T) {
	for name, place := range yamlPlaces {
		t.Run(name, func(t *testing.T) {
			parsed, err := Parse("x.yaml.tmpl", place.template, nil)
			if err != nil {
				t.Fatal(err)
			}
			for s, want := range texts() {
				if name == "double key" {
					want = "1"
				}
				var b strings.Builder
				data := map[string]any{"X": s, "Short": "short", "Map": map[string]any{"x": []string{s, s}}, "Keyed": map[string]any{s: 1}}
				if err := parsed.Execute(&b, data); err != nil {
					t.Errorf("%.40q: %v", s, err)
					continue
				}
				var doc yaml.Node
				if err := yaml.Unmarshal([]byte(b.String()), &doc); err != nil {
					t.Errorf("%.40q: %v in\n%.300s", s, err, b.String())
					continue
				}
				node := find(&doc, place.path)
				if node == nil || node.Value != want || name != "double key" && node.ShortTag() != "!!str" {
					t.Errorf("%.40q read back as %+v of\n%.300s", s, node, b.String())
				}
				if n := strings.Count(b.String(), "\n"); place.path != nil && n > 20 && !strings.Contains(name, "text") && !strings.Contains(name, "toYaml") && !strings.Contains(name, "comments") {
					t.Errorf("%.40q took %d lines", s, n)
				}
			}
		})
	}
}

// TestYAMLBlocks checks that a block scalar holds each text as it is, or that the text is refused.
func TestYAMLBlocks(t *testing.T) {
	texts, count := []string{""}, 500
	if testing.Short() {
		count = 150
	}
	for from := 0; len(texts) < count; from++ {
		for _, c := range []string{"a", " ", "\n", "# b: -", "\t"} {
			texts = append(texts, texts[from]+c)
		}
	}
	for _, header := range []string{"|", "|-", "|+", "|2", ">", ">-", ">+", ">2-"} {
		for _, around := range [][2]string{{"", ""}, {"x\n", ""}, {"", "\ny"}, {"x\n", "\n\ny"}, {"", "\n  y"}, {"x\n  ", ""}, {"x ", ""}, {"", " y"}} {
			template := strings.ReplaceAll("a: "+header+"\n"+around[0]+"{{ .X }}"+around[1], "\n", "\n  ") + "\nb: 1\n"
			for _, template := range []string{template, strings.Replace(template, "\n  {{ .X }}", "\n{{ .X | indent 2 }}", 1), strings.Replace(template, "\n  {{ .X }}", "{{ .X | nindent 2 }}", 1)} {
				testYAMLBlock(t, header, template, texts)
			}
		}
	}
}

func testYAMLBlock(t *testing.T, header, text string, texts []string) {
	t.Helper()
	parsed, err := Parse("x.yaml.tmpl", text, nil)
	if err != nil {
		t.Errorf("%q: %v", text, err)
		return
	}
	plain := read(t, parsed, "word")
	written := 0
	for _, s := range texts {
		if got := read(t, parsed, s); got != nil {
			written++
			if want := chomped(header, strings.Replace(*plain, "word", s, 1)); *got != want {
				t.Errorf("%q: %q is %q, want %q", text, s, *got, want)
			}
		} else if strings.TrimSpace(s) == s && s != "" && !strings.Contains(s, "\n") {
			t.Errorf("%q: %q is refused", text, s)
		}
	}
	if written < len(texts)/10 {
		t.Errorf("%q: %d texts of %d are written", text, written, len(texts))
	}
}

// read returns the value of a in the file that a template makes of a text, or nil where it makes none.
func read(t *testing.T, parsed *template.Template, text string) *string {
	t.Helper()
	var b strings.Builder
	if parsed.Execute(&b, map[string]any{"X": text}) != nil {
		return nil
	}
	var m struct {
		A string
		B int
	}
	if err := yaml.Unmarshal([]byte(b.String()), &m); err != nil || m.B != 1 {
		t.Errorf("%q: %v in\n%s", text, err, b.String())
	}
	return &m.A
}

// chomped returns a text with the line breaks at its end that a block scalar has.
func chomped(header, text string) string {
	body := strings.TrimRight(text, "\n")
	switch {
	case strings.HasSuffix(header, "+"):
		return text
	case strings.HasSuffix(header, "-"), body == "":
		return body
	}
	return body + "\n"
}

// TestYAMLLongKeys checks that a long key stands after a ? of its own, where one may.
func TestYAMLLongKeys(t *testing.T) {
	long := strings.Repeat("k", 1100)
	for template, want := range map[string]string{
		"{{ .X }}: 1\n": "? " + long + "\n: 1\n", "- {{ .X }}: 1\n": "- ? " + long + "\n  : 1\n", "{a: 1, {{ .X }}: 1}\n": "{a: 1, ? " + long + " : 1}\n",
		"&a {{ .X }}: 1\n": "&a " + long + ": 1\n", "{a: 1, !t {{ .X }}: 1}\n": "{a: 1, !t " + long + ": 1}\n", "{ ? {{ .X }}: }\n": "{ ? " + long + ": }\n", "? {{ .X }}\n: 1\n": "? " + long + "\n: 1\n",
	} {
		if got, err := render(t, "x.yaml", template, map[string]any{"X": long}, nil); err != nil || got != want {
			t.Errorf("%q: %q, %v", template, got, err)
		}
	}
}

// find follows a path of keys and indexes; "?" is the first key itself.
func find(n *yaml.Node, path []string) *yaml.Node {
	if n.Kind == yaml.DocumentNode {
		n = n.Content[0]
	}
	for _, step := range path {
		switch {
		case step == "?":
			return n.Content[0]
		case n.Kind == yaml.SequenceNode && int(step[0]-'0') < len(n.Content):
			n = n.Content[step[0]-'0']
		case n.Kind == yaml.MappingNode:
			var next *yaml.Node
			for i := 0; i < len(n.Content); i += 2 {
				if n.Content[i].Value == step {
					next = n.Content[i+1]
				}
			}
			if next == nil {
				return nil
			}
			n = next
		default:
			return nil
		}
	}
	return n
}

func TestYAMLSingleQuotes(t *testing.T) {
	for s, want := range texts() {
		got, err := render(t, "x.yaml", "a: '{{ .X }}'\n", map[string]any{"X": s}, nil)
		if err != nil {
			if !strings.Contains(err.Error(), "single quotes cannot contain") || strings.Trim(s, " -~") == "" {
				t.Errorf("%q: %v", s, err)
			}
			continue
		}
		var m map[string]string
		if err := yaml.Unmarshal([]byte(got), &m); err != nil || m["a"] != want {
			t.Errorf("%q read back as %q, %v", s, m["a"], err)
		}
	}
}

// TestFitsFlow checks which source stays one item inside a flow collection, and that a reader agrees on those.
func TestFitsFlow(t *testing.T) {
	for source, want := range map[string]bool{
		"a": true, "a b": true, "[a, b]": true, "[a, [b], {c: d}]": true, "{a: [b, [c]], d: {}}": true, "[[a], b]": true, "[]": true, "'a, b]'": true, `"a\"]"`: true, `["]", '}']`: true, `["a\"]", b]`: true, "a:b": true, "[a#b]": true,
		"a, b": false, "a[b]": false, "a [b": false, "[a]b": false, "[a]]": false, "[a": false, "[[a]": false, "a]": false, "a][": false, "[a] [b]": false, "[a], [b]": false, "{a: b}: c": false, "a # b": false, "[a # b]": false, "a: b": false, "a:": false,
		"'a": false, "[']": false, `"a\"`: false, "[a]{b}": false,
	} {
		if fitsFlow(source) != want {
			t.Errorf("%s: %v", source, !want)
		}
		var list []any
		if err := yaml.Unmarshal([]byte("[x, "+source+", z]"), &list); want && (err != nil || len(list) != 3) {
			t.Errorf("%s is not one item: %v, %v", source, list, err)
		}
	}
}
