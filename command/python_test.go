package command

import (
	"strings"
	"testing"
)

func TestPythonLine(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, c := range []struct{ line, want string }{
		{"generate -t T -d D -v 1.0 -r a.yaml,b.yaml asyncapi -O out.yaml", "firestone -t asyncapi -o out.yaml --title T --description D --doc-version 1.0 a.yaml b.yaml"},
		{"--debug generate --title=T -r a.yaml -r b.yaml asyncapi", "firestone -t asyncapi --title T a.yaml b.yaml"},
		{"generate -ra.yaml openapi --version 3.1.0 -Oapi.json", "firestone -t openapi -o api.json --set version=3.1.0 a.yaml"},
		{"generate -r a.yaml cli -O app/cli.py", "firestone -t cli -o app/ a.yaml"},
		{"generate -r a.yaml cli -O cli.py", "firestone -t cli -o cli/ a.yaml"},
		{"generate -r a.yaml cli", "firestone -t cli -o cli/ a.yaml"},
		{"generate -r a.yaml streamlit --as-modules --output-dir ui/", "firestone -t streamlit -o ui/ a.yaml"},
		{"generate -ra.yaml openapi --version 3.0.0", "firestone -t openapi --set version=3.0.3 a.yaml"},
		{"generate -ra.yaml asyncapi --version 3.0.0", "firestone -t asyncapi --set version=3.0.0 a.yaml"},
		{"generate asyncapi --nonsense x", "firestone -t asyncapi"},
		{"generate", "firestone"},
		{"generate -t asyncapi -r book.yaml", "firestone -t asyncapi -r book.yaml"},
		{"generate --help", "firestone --help"},
	} {
		err := pythonLine(strings.Fields(c.line))
		if err == nil || !strings.HasSuffix(err.Error(), "hint: write "+c.want) {
			t.Errorf("%s: %v, want %s", c.line, err, c.want)
		}
	}
	for _, line := range []string{"", "-t asyncapi generate", "generated.yaml", "--debug", "-r generate"} {
		if err := pythonLine(strings.Fields(line)); err != nil {
			t.Errorf("%s: %v, want nothing", line, err)
		}
	}
}
