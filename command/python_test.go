package command

import (
	"os"
	"strings"
	"testing"
)

func TestPythonLine(t *testing.T) {
	t.Chdir(t.TempDir())
	refused := []string{
		"generate -t T -d D -v 1.0 -r a.yaml,b.yaml asyncapi -O out.yaml",
		"--debug generate --title=T -r a.yaml -r b.yaml asyncapi",
		"generate -ra.yaml openapi --version 3.1.0 -Oapi.json",
		"generate -r a.yaml cli -O app/cli.py",
		"generate -r a.yaml streamlit --as-modules --output-dir ui/",
		"generate -t openapi -r asyncapi cli",
		"generate -r - openapi",
		"generate openapi",
	}
	others := []string{
		"", "--debug", "generated.yaml", "-r generate openapi", "-t asyncapi generate", "check generate openapi",
		"generate", "generate --help", "generate --help openapi", "generate book.yaml",
		"generate -t asyncapi -r book.yaml", "generate --template openapi book.yaml",
	}
	for _, line := range refused {
		if pythonLine(strings.Fields(line)) == nil {
			t.Errorf("%s is not refused", line)
		}
	}
	for _, line := range others {
		if err := pythonLine(strings.Fields(line)); err != nil {
			t.Errorf("%s: %v", line, err)
		}
	}
	if err := os.WriteFile("generate", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, line := range refused {
		if err := pythonLine(strings.Fields(line)); err != nil {
			t.Errorf("beside a file called generate, %s: %v", line, err)
		}
	}
}
