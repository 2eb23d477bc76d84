package docs_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model"
)

// TestReadmeProblem misspells a key in the README's definition as in its section on problems: firestone must print exactly
// the message in the README.
func TestReadmeProblem(t *testing.T) {
	page, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	definition := regexp.MustCompile("(?ms)^```yaml\n(kind: .*?)^```$").FindSubmatch(page)
	shown := regexp.MustCompile(`(?m)^    book\.yaml:.*\n(?:^    .*\n)*`).FindAllString(string(page), -1)
	if definition == nil || len(shown) == 0 {
		t.Fatal("the README has no definition, or no problem of it")
	}
	text := strings.Replace(string(definition[1]), "\nschema:", "\nschmea:", 1)
	_, problems := model.Load(func(string) ([]byte, error) { return []byte(text), nil }, model.Options{}, "book.yaml")
	want := strings.ReplaceAll(strings.TrimPrefix(strings.TrimSpace(shown[0]), "    "), "\n    ", "\n")
	if got := problems.Error(); got != want {
		t.Errorf("firestone says\n%s\nthe README shows\n%s", got, want)
	}
}
