package escape

import "testing"

func TestConstantsAreText(t *testing.T) {
	for name, c := range map[string]struct{ file, template, want string }{
		"block scalar": {"x.yaml", "run: |\n  echo {{ \"${{ secrets.X }}\" }}\n  {{ `{{` }}\nk: {{ .A }}\n", "run: |\n  echo ${{ secrets.X }}\n  {{\nk: 'a: 1'\n"},
		"plain scalar": {"x.yaml", "k: {{ \"a\" }}-b\nl: ${{ \"{{\" }} secrets.X }}\nm: [{{ 1 }}, {{ true }}, {{ 1.50 }}]\n", "k: a-b\nl: ${{ secrets.X }}\nm: [1, true, 1.50]\n"},
		"comment":      {"x.yaml", "# {{ \"{{\" }}{{ .A }}\n", "# {{a: 1\n"},
		"f-string":     {"x.py", "a = f\"{{ \"{{\" }}{x}\"\nb = {{ .A }}\n", "a = f\"{{{x}\"\nb = \"a: 1\"\n"},
		"two quotes":   {"x.py", "a = {{ `\"` }}{{ .B }}{{ `\"` }}\n", "a = \"no\"\n"},
		"triple":       {"x.py", "\"{{ `\"` }}\"{ {{ \"'\" }} \"\"\"\nb = {{ .A }}\n", "\"\"\"{ ' \"\"\"\nb = \"a: 1\"\n"},
		"markdown":     {"x.md", "`{{ \"{{ x }}\" }}` {{ .A }}\n", "`{{ x }}` a: 1\n"},
		"json":         {"x.json", "[\"{{ \"{{\" }}\"{{ range .L }}{{ \",\" }} {{ . }}{{ end }}]", "[\"{{\", \"x\", \"y z\", \"# w\"]"},
		"branches":     {"x.yaml", "a: {{ if .T }}{{ \"b\" }}{{ else }}c{{ end }}d\n", "a: bd\n"},
		"parts":        {"x.yaml", "a: {{ \"b\" }}{{ .B }}\nb: {{ .B }}{{ \"b\" }}\nc: {{ $x := \"b\" }}{{ $x }}c\n", "a: bno\nb: nob\nc: bc\n"},
		"block":        {"x.yaml", "a: {{ \"|\" }}\n  {{ .Text }}\nb: 1\n", "a: |\n  one\n  two: 2\nb: 1\n"},
		"toml":         {"x.toml", "a = \"{{ \"{{\" }} {{ .A }}\"\n", "a = \"{{ a: 1\"\n"},
	} {
		if got, err := render(t, c.file, c.template, sample, nil); err != nil || got != c.want {
			t.Errorf("%s:\n%s\ngot  %q\nwant %q, error %v", name, c.template, got, c.want, err)
		}
	}
	for _, text := range []string{"a: {{ \"|\" }}{{ .A }}\n  b\n", "a: \"b\"{{ \"c\" }}{{ .A }}\n"} {
		if _, err := Parse("x.yaml", text, nil); err == nil {
			t.Errorf("%q opened", text)
		}
	}
}

func TestCharactersAreRefused(t *testing.T) {
	for text, want := range map[string]string{
		"a: {{ 'a' }}":                        "x.yaml:1:7: 'a' is a character, which Go reads as the number 97 [FS4101]\n  hint: write \"a\"",
		"a: b\nc: {{ .A | default '\\n' }}":   "x.yaml:2:20: '\\n' is a character, which Go reads as the number 10 [FS4101]\n  hint: write \"\\n\"",
		"{{ if eq .B 'x' }}a: b{{ end }}":     "x.yaml:1:13: 'x' is a character, which Go reads as the number 120 [FS4101]\n  hint: write \"x\"",
		"{{/* 'a' */}}a: 'b' # {{ \"'c'\" }}": "",
	} {
		got := ""
		if _, err := Parse("x.yaml", text, nil); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}
