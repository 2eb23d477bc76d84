package generator

import (
	"testing"
)

// Whatever a template begins and ends with, its copy renders to the same bytes.
func TestEjectKeepsWhatIsRendered(t *testing.T) {
	for _, text := range []string{
		"", " ", "\n", "\n\n{{ .API.Title }}\n\n", "  - {{ .API.Title }}", "\t{{- .API.Title }}", "{{ .API.Title }}\n", "{{- .API.Title -}}\n x",
		"{{/* a comment */}}\n\nx", "{{- /* a comment */ -}}\n\nx\n", "# x {{ .API.Title }}", "-}} x", "é\r x", "{{- /* firestone eject: list/_x.txt.tmpl, 0.1.0, sha256:ab */ -}}\nx",
	} {
		pack := files{"pack.yaml": "format: 1\ndescription: d\noutputs:\n  - template: a.txt.tmpl\n", "a.txt.tmpl": "<{{ include \"part\" . }}>", "_part.txt.tmpl": text}
		original, err := open(pack)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		layer := files{}
		for _, file := range original.Files() {
			if file.Path != "pack.yaml" {
				layer[file.Path] = file.Eject("list", "1.2.3")
			}
		}
		copied, err := open(pack, layer)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		want, err := render(t, original)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		got, err := render(t, copied)
		if err != nil || show(got) != show(want) {
			t.Errorf("%q: got\n%s\nwant\n%s\n%v", text, show(got), show(want), err)
		}
	}
}

func TestOrigin(t *testing.T) {
	eject := func(layers ...files) map[string]string {
		pack, err := open(listPack, layers...)
		if err != nil {
			t.Fatal(err)
		}
		texts := map[string]string{}
		for _, file := range pack.Files() {
			texts[file.Path] = file.Eject("list", "v0.0.0-2026+dirty")
		}
		return texts
	}
	org := files{"_label.txt.tmpl": "  org"}
	pack, err := open(listPack, org, files{
		"_label.txt.tmpl":  eject(org)["_label.txt.tmpl"] + "!",
		"_entry.yaml.tmpl": eject()["_entry.yaml.tmpl"],
		"resource.md.tmpl": "# x\n" + eject()["resource.md.tmpl"],
	})
	if err != nil {
		t.Fatal(err)
	}
	outdated, err := open(listPack, org, files{"_label.txt.tmpl": eject()["_label.txt.tmpl"]})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		pack       *Pack
		path       string
		isEjected  bool
		isOutdated bool
	}{
		{pack, "_label.txt.tmpl", true, false}, {pack, "_entry.yaml.tmpl", true, false}, {pack, "resource.md.tmpl", false, false},
		{pack, "list.yaml.tmpl", false, false}, {pack, "pack.yaml", false, false}, {outdated, "_label.txt.tmpl", true, true},
	}
	for _, test := range tests {
		for _, file := range test.pack.Files() {
			if file.Path != test.path {
				continue
			}
			origin, isEjected := file.Origin()
			if isEjected != test.isEjected || file.IsOutdated() != test.isOutdated {
				t.Errorf("%s: ejected %v, outdated %v", test.path, isEjected, file.IsOutdated())
			}
			if isEjected && (origin.Path != "list/"+test.path || origin.Version != "v0.0.0-2026+dirty") {
				t.Errorf("%s comes from %+v", test.path, origin)
			}
		}
	}
}
