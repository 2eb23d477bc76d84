package escape

import (
	"io"
	"strconv"
	"testing"
)

// BenchmarkExecute renders a document of about 1 MB with 30,000 actions.
func BenchmarkExecute(b *testing.B) {
	parsed, err := Parse("x.yaml", "{{- range . }}\n{{ .Name }}:\n  description: {{ .Text }}\n  items: [{{ .Name }}, \"{{ .Text }}\"]\n{{- end }}\n", nil)
	if err != nil {
		b.Fatal(err)
	}
	type row struct{ Name, Text string }
	var rows []row
	for i := range 7500 {
		rows = append(rows, row{"name" + strconv.Itoa(i), "It's a list: of things, and " + strconv.Itoa(i)})
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := parsed.Execute(io.Discard, rows); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkScalar writes strings that are plain, quoted and escaped.
func BenchmarkScalar(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		for _, s := range []string{"petstore", "A list of all pets in the store", "it's: quoted", "line\nbreak", "日本語のテキスト"} {
			if _, err := writeYAMLPlace(0, 0, 0, s); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkParse opens a template.
func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		if _, err := Parse("x.yaml", yamlOutputs["nested ranges"].template, nil); err != nil {
			b.Fatal(err)
		}
	}
}
