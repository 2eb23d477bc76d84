package docs_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model"
	"sigs.k8s.io/yaml"
)

const definitionsPage = "docs/definitions.md"

func readDefinitionsPage(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(definitionsPage)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// fencesOf returns the blocks of a page that are marked with that language.
func fencesOf(t *testing.T, page, language string) []string {
	t.Helper()
	var blocks []string
	for _, match := range regexp.MustCompile("(?ms)^```"+language+"\n(.*?)^```$").FindAllStringSubmatch(page, -1) {
		blocks = append(blocks, match[1])
	}
	if len(blocks) < 3 {
		t.Fatalf("the page has %d blocks of %s", len(blocks), language)
	}
	return blocks
}

// loadInLibrary loads a definition as if it were in examples/library, and returns its problems.
func loadInLibrary(text string) (*model.API, model.Problems) {
	read := func(path string) ([]byte, error) {
		if path == "example.yaml" {
			return []byte(text), nil
		}
		return os.ReadFile(filepath.Join("examples/library", path))
	}
	return model.Load(read, withFacts, "example.yaml")
}

// Each complete definition on the page renders in both packs without problems.
func TestDefinitionsPageShowsDefinitionsThatRender(t *testing.T) {
	for _, block := range fencesOf(t, readDefinitionsPage(t), "yaml") {
		api, problems := loadInLibrary(block)
		if len(problems) > 0 {
			t.Errorf("%s\n%v", block, problems)
			continue
		}
		for _, pack := range packs(t) {
			render(t, api, pack)
		}
	}
}

// Each part of a definition on the page can be added to the first definition.
func TestDefinitionsPageShowsPartsThatFit(t *testing.T) {
	page := readDefinitionsPage(t)
	first := fencesOf(t, page, "yaml")[0]
	for _, block := range fencesOf(t, page, "yml") {
		var members map[string]any
		if err := yaml.Unmarshal([]byte(block), &members); err != nil {
			t.Errorf("%s\n%v", block, err)
			continue
		}
		if properties, ok := members["properties"]; ok {
			members = map[string]any{"schema": map[string]any{"items": map[string]any{"properties": properties}}}
		}
		if _, problems := loadInLibrary(laidOver(t, first, members)); len(problems) > 0 {
			t.Errorf("%s\n%v", block, problems)
		}
	}
}

// laidOver returns a definition with members added or replaced.
func laidOver(t *testing.T, definition string, members map[string]any) string {
	t.Helper()
	whole := map[string]any{}
	if err := yaml.Unmarshal([]byte(definition), &whole); err != nil {
		t.Fatal(err)
	}
	overlay(whole, members)
	text, err := json.Marshal(whole)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// definitionRows returns the rows of the tables of keys on the page, by path.
func definitionRows(t *testing.T) map[string]string {
	t.Helper()
	rows := map[string]string{}
	isKeys := false
	for line := range strings.Lines(readDefinitionsPage(t)) {
		switch {
		case strings.HasPrefix(line, "| key |"):
			isKeys = true
		case !strings.HasPrefix(line, "|"):
			isKeys = false
		case isKeys && strings.HasPrefix(line, "| `"):
			path := code(line)[0]
			if rows[path] != "" {
				t.Errorf("%s: the key %s has two rows", definitionsPage, path)
			}
			rows[path] = line
		}
	}
	return rows
}

// Each key of the page is one that the loader knows.
func TestDefinitionsPageNamesKeysThatExist(t *testing.T) {
	first := fencesOf(t, readDefinitionsPage(t), "yaml")[0]
	types := []string{"apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"}
	for path := range definitionRows(t) {
		steps := strings.Split(strings.ReplaceAll(path, "[]", ".[]"), ".")
		var members any = "x"
		for _, step := range slices.Backward(steps) {
			if step == "[]" {
				members = []any{members}
				continue
			}
			members = map[string]any{step: members}
		}
		isKnown := func(text string) bool {
			_, problems := loadInLibrary(text)
			return !slices.ContainsFunc(problems, func(p model.Problem) bool {
				return strings.Contains(p.Msg, "unknown key") && strings.Contains(p.Msg, `"`+steps[len(steps)-1]+`"`)
			})
		}
		definition := laidOver(t, first, members.(map[string]any))
		if !strings.HasPrefix(path, "security.scheme.NAME.") || strings.HasSuffix(path, ".type") {
			if !isKnown(definition) {
				t.Errorf("%s: no definition has the key %s", definitionsPage, path)
			}
			continue
		}
		if !slices.ContainsFunc(types, func(of string) bool {
			scheme := map[string]any{"security": map[string]any{"scheme": map[string]any{"NAME": map[string]any{"type": of}}}}
			return isKnown(laidOver(t, definition, scheme))
		}) {
			t.Errorf("%s: no security scheme has the key %s", definitionsPage, path)
		}
	}
}

// The tables of levels and of names match the loader.
func TestDefinitionsPageTellsOfLevels(t *testing.T) {
	defaults := loadKind(t, "kind: book")
	for level, methods := range levelRows(t) {
		for _, method := range []string{"get", "head", "post", "put", "patch", "delete"} {
			_, problems := loadInLibrary("kind: book\nmethods: {" + level + ": [" + method + "]}\nschema: {key: {name: id}, items: {properties: {title: {type: string}}}}")
			if isKnown := !problems.HasErrors(); isKnown != slices.Contains(methods[0], method) {
				t.Errorf("%s: the level %s knows %s: %t", definitionsPage, level, method, isKnown)
			}
		}
		var found []string
		for _, l := range defaults.Resources[0].Levels {
			for _, o := range l.Operations {
				if l.Name == level {
					found = append(found, o.Method)
				}
			}
		}
		if !slices.Equal(found, methods[1]) {
			t.Errorf("%s: the level %s has the methods %v by default", definitionsPage, level, found)
		}
	}
}

// levelRows returns, by level, the methods that it can have according to the page, and the default ones.
func levelRows(t *testing.T) map[string][2][]string {
	t.Helper()
	_, rest, _ := strings.Cut(readDefinitionsPage(t), "\n| level |")
	table, _, _ := strings.Cut(rest, "\n\n")
	rows := map[string][2][]string{}
	for _, line := range strings.Split(table, "\n")[2:] {
		cells := strings.Split(line, "|")
		defaults := strings.FieldsFunc(strings.Trim(cells[4], " `[]"), func(r rune) bool { return strings.ContainsRune(", ", r) })
		rows[code(cells[1])[0]] = [2][]string{code(cells[3]), defaults}
	}
	if len(rows) != 3 {
		t.Fatalf("%s has %d levels", definitionsPage, len(rows))
	}
	return rows
}

func loadKind(t *testing.T, kind string) *model.API {
	t.Helper()
	api, problems := loadInLibrary(kind + "\nschema: {key: {name: id}, items: {properties: {title: {type: string}}}}")
	if api == nil {
		t.Fatal(problems)
	}
	return api
}

func TestDefinitionsPageTellsOfNames(t *testing.T) {
	_, rest, _ := strings.Cut(readDefinitionsPage(t), "\n| `kind` | path |")
	table, _, _ := strings.Cut(rest, "\n\n")
	rows := strings.Split(table, "\n")[2:]
	for _, line := range rows {
		cells := strings.Split(line, "|")
		for _, kind := range code(cells[1]) {
			r := loadKind(t, "kind: "+kind).Resources[0]
			for i, name := range []string{r.Collection.Path, r.Type, r.ListType, r.Collection.Operation("get").Name} {
				if wanted := code(cells[i+2])[0]; wanted != name {
					t.Errorf("%s: %s gives %s, not %s", definitionsPage, kind, name, wanted)
				}
			}
		}
	}
	if len(rows) < 4 {
		t.Errorf("%s has %d rows of names", definitionsPage, len(rows))
	}
}
