package generator

import (
	"strings"
	"testing"

	"github.com/firestoned/firestone/model"
)

func TestPlainIsDeclared(t *testing.T) {
	const head = "format: 1\ndescription: d\n"
	outputs := func(rows ...string) string { return "outputs:\n  - " + strings.Join(rows, "\n  - ") + "\n" }
	refusal := func(pos, file, pattern string) string {
		return pos + ": values cannot be escaped in " + file + ", whose language firestone does not know [FS4006]\n  hint: add `plain: [\"" + pattern +
			"\"]` to pack.yaml and check every value in the template, or write .yaml, .json, .toml, .py, .ts, .js, .md, .html or .txt"
	}
	literal := func(pos, function, what, file string) string {
		hint := map[string]string{
			"quote":   "write toJson, if a string is written as in JSON there, or the quotes, and replace in the value what ends them",
			"comment": "write // {{ printable VALUE | replace \"\\n\" \"\\n// \" }}, with what begins a comment there in place of //",
		}[function]
		return "embedded/list/" + pos + ": " + function + " does not know how " + what + " is written in " + file + " [FS4006]\n  hint: " + hint
	}
	for _, c := range []struct {
		name  string
		pack  files
		layer files
		want  string
	}{
		{name: "declared", pack: files{"pack.yaml": head + "plain: [\"*.sql\", Makefile]\n" + outputs("template: a.sql.tmpl", "template: sub/Makefile.tmpl", "template: c.txt.tmpl"),
			"a.sql.tmpl": "{{ include \"b\" . }}", "_b.sql.tmpl": "x", "sub/Makefile.tmpl": "x", "c.txt.tmpl": "x"}},
		{name: "a folder", pack: files{"pack.yaml": head + "plain: [\"sql/*\"]\n" + outputs("template: sql/a.sql.tmpl"), "sql/a.sql.tmpl": "x"}},
		{name: "declared by a layer", pack: files{"pack.yaml": head + outputs("template: a.txt.tmpl"), "a.txt.tmpl": "x"},
			layer: files{"pack.yaml": "extends: list\nplain: [\"*.sh\"]\noutputs:\n  - template: b.sh.tmpl\n", "b.sh.tmpl": "x"}},
		{name: "not declared", pack: files{"pack.yaml": head + outputs("template: a.sql.tmpl", "template: Makefile.tmpl"), "a.sql.tmpl": "{{ include \"b\" . }}", "_b.sh.tmpl": "x", "Makefile.tmpl": "x"},
			want: refusal("embedded/list/Makefile.tmpl:1:1", "Makefile", "Makefile") + "\n" + refusal("embedded/list/_b.sh.tmpl:1:1", "_b.sh", "*.sh") + "\n" + refusal("embedded/list/a.sql.tmpl:1:1", "a.sql", "*.sql")},
		{name: "literals", pack: files{"pack.yaml": head + "plain: [\"*.sql\", \"*.sh\", Makefile]\n" + outputs("template: a.sql.tmpl", "template: b.sh.tmpl", "template: Makefile.tmpl", "template: c.txt.tmpl"),
			"a.sql.tmpl": "{{ comment .API.Title }}\n{{ with .API }}{{ .Title | quote }}{{ end }}", "b.sh.tmpl": "{{ comment .API.Title }}\nx={{ quote .API.Title }}", "Makefile.tmpl": "{{ comment .API.Title }}", "c.txt.tmpl": "{{ quote .API.Title }}{{ comment .API.Title }}"},
			want: literal("a.sql.tmpl:1:4", "comment", "a comment", "a.sql") + "\n" + literal("a.sql.tmpl:2:28", "quote", "a string", "a.sql") + "\n" + literal("b.sh.tmpl:2:6", "quote", "a string", "b.sh")},
		{name: "a path", pack: files{"pack.yaml": head + outputs("{template: a.txt.tmpl, path: \"{{ .API.Title }}.sql\"}"), "a.txt.tmpl": "x"},
			want: refusal("embedded/list/pack.yaml:4:5", "{{ .API.Title }}.sql", "*.sql")},
		{name: "a path of any kind", pack: files{"pack.yaml": head + outputs("{template: a.txt.tmpl, path: \"{{ .API.Title }}\"}"), "a.txt.tmpl": "x"},
			want: refusal("embedded/list/pack.yaml:4:5", "{{ .API.Title }}", "*")},
		{name: "no patterns", pack: files{"pack.yaml": head + "plain: [\"*.py\", \"[a\", 1, \"*.html\"]\n" + outputs("template: a.txt.tmpl"), "a.txt.tmpl": "x"},
			want: "embedded/list/pack.yaml:3:9: the pattern \"*.py\" names Python files, in which values are escaped [FS4006]\n  hint: remove it\n" +
				"embedded/list/pack.yaml:3:17: \"[a\" is not a pattern [FS4006]\n  hint: write a pattern such as \"*.sql\"\n" +
				"embedded/list/pack.yaml:3:23: a pattern of plain is a string, not of type number [FS4006]\n  hint: write a list of patterns: plain: [\"*.sql\"]\n" +
				"embedded/list/pack.yaml:3:26: the pattern \"*.html\" names HTML files, in which values are escaped [FS4006]\n  hint: remove it"},
	} {
		var layers []files
		if c.layer != nil {
			layers = append(layers, c.layer)
		}
		if _, err := open(c.pack, layers...); errorText(err) != c.want {
			t.Errorf("%s: got\n%v\nwant\n%s", c.name, err, c.want)
		}
	}
}

func TestPlainOutputs(t *testing.T) {
	pack, err := open(files{
		"pack.yaml":  "format: 1\ndescription: d\nplain: [\"*.sql\"]\noutputs:\n  - template: a.sql.tmpl\n  - template: b.txt.tmpl\n  - template: c.md.tmpl\n",
		"a.sql.tmpl": "x = '{{ .API.Title }}'\n", "b.txt.tmpl": "x", "c.md.tmpl": "x",
	})
	if err != nil {
		t.Fatal(err)
	}
	plain := pack.PlainOutputs()
	if len(plain) != 1 || plain[0].Path != "a.sql" || plain[0].Pos.String() != "embedded/list/pack.yaml:5:5" {
		t.Errorf("got %v", plain)
	}
	if made, err := pack.Render(&model.API{Title: "it's"}, Params{}); err != nil || string(made[0].Content) != "x = 'it's'\n" {
		t.Errorf("got %v, %v", made, err)
	}
}
