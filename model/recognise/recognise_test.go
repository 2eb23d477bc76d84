package recognise_test

import (
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/definition"
)

const neither = "this is not a resource definition: it has neither kind nor schema"

// found says what each file of testdata is.
var found = map[string]string{
	".env.local":                     "a list of variables",
	"Dockerfile":                     "a Dockerfile",
	"Makefile":                       "a Makefile",
	"action.yml":                     "a GitHub action",
	"api.raml":                       "a RAML document",
	"arazzo.yaml":                    "an Arazzo document",
	"asyncapi.yaml":                  "an AsyncAPI document",
	"azure.yml":                      "an Azure pipeline",
	"book.avsc":                      "an Avro schema",
	"book.proto":                     "a Protocol Buffers file",
	"book.schema.json":               "a JSON Schema",
	"books-data.json":                "a list of data",
	"books.avpr":                     "an Avro schema",
	"books.csv":                      "a table (CSV)",
	"books.graphql":                  "a GraphQL schema",
	"books.json":                     "a JSON Schema",
	"books.ndjson":                   "a list of data (JSON Lines)",
	"books.txt":                      "an XML file",
	"books.xml":                      "an XML file",
	"bucket.txt":                     "a Terraform configuration",
	"build":                          "a script",
	"change":                         "a patch",
	"chart/Chart.yaml":               "the Chart.yaml of a Helm chart",
	"chart/templates/configmap.yaml": "a template of a Helm chart",
	"chart/values.yaml":              "the values.yaml of a Helm chart",
	"circle.yml":                     "a CircleCI configuration",
	"cloud.yaml":                     "a CloudFormation template",
	"components.yaml":                "a part of an OpenAPI or AsyncAPI document",
	"compose.yaml":                   "a docker compose file",
	"configmap.yaml":                 "a Kubernetes manifest (ConfigMap)",
	"containers.yaml":                "a docker compose file",
	"cover.png":                      "a picture",
	"crd.yaml":                       "a Kubernetes CustomResourceDefinition",
	"deployment.yaml":                "a Kubernetes manifest (Deployment)",
	"firestone.yaml":                 "the file of a project",
	"functions.yaml":                 "a Serverless configuration",
	"gitlab.yml":                     "a GitLab pipeline",
	"image":                          "a Dockerfile",
	"index.html":                     "an HTML page",
	"insomnia.yaml":                  "an Insomnia export",
	"introspection.json":             "a GraphQL schema (the answer to an introspection)",
	"jinja.yaml":                     "a template",
	"kustomization.yaml":             "a kustomization of Kubernetes",
	"linked.json":                    "a JSON-LD document",
	"main.tf.json":                   "a Terraform configuration",
	"main.tsp":                       "a TypeSpec file",
	"map.json":                       "a GeoJSON document",
	"messages.txt":                   "a Protocol Buffers file",
	"model.json":                     "a Smithy model",
	"note.md":                        "a Markdown page",
	"notes/notes.md.tmpl":            "a template",
	"notes/pack.yaml":                "the file of a pack of templates",
	"openapi.yaml":                   "an OpenAPI document",
	"package-lock.json":              "the lock file of a package for Node.js",
	"package.json":                   "the package.json of a package for Node.js",
	"packed.yaml":                    "a compressed file",
	"paths.yaml":                     "a part of an OpenAPI document",
	"playbook.yaml":                  "an Ansible playbook",
	"postman.json":                   "a Postman collection",
	"project.json":                   "the file of a project",
	"readme.md":                      "a Markdown page",
	"readme.txt":                     "a Markdown page",
	"record.json":                    neither,
	"requests.json":                  "a recording of requests (HAR)",
	"rpc.json":                       "an OpenRPC document",
	"sdl.txt":                        "a GraphQL schema",
	"settings":                       "a file of settings (INI or TOML)",
	"shelf.yaml":                     "a JSON Schema",
	"swagger.json":                   "a Swagger document",
	"table.txt":                      "a table (CSV)",
	"tables":                         "a file of SQL",
	"title.json":                     "a JSON Schema",
	"tsconfig.json":                  "the configuration of a TypeScript project",
	"types.yaml":                     neither,
	"untitled.yaml":                  "a JSON Schema",
	"workflow.yml":                   "a GitHub workflow",
	"wrapped.yaml":                   neither,
}

// Each file is one problem, at its top. Where the hint shows a definition, that is one that works.
func TestFiles(t *testing.T) {
	for _, file := range filesIn(t, "testdata") {
		t.Run(file, func(t *testing.T) {
			read := readIn("testdata")
			_, problems := model.Load(read, model.Options{}, file)
			if len(problems) != 1 || problems[0].Pos.Line != 1 || problems[0].Pos.Col != 1 {
				t.Fatalf("not one problem at the top:\n%v", problems)
			}
			want := found[file]
			if want != neither {
				want = "this is " + want + ", not a resource definition"
			}
			if problems[0].Msg != want {
				t.Errorf("got %q, want %q", problems[0].Msg, want)
			}
			_, shown, ok := strings.Cut(problems[0].Hint, "\n")
			if !ok {
				return
			}
			definition := regexp.MustCompile(`(?m)^      `).ReplaceAllString(shown, "") + "\n"
			if strings.Contains(definition, "below it") {
				schema, err := read(file)
				if err != nil {
					t.Fatal(err)
				}
				definition += regexp.MustCompile(`(?m)^(.)`).ReplaceAllString(string(schema), "    $1")
			}
			_, problems = model.Load(func(at string) ([]byte, error) {
				if at == path.Join(path.Dir(file), "definition.yaml") {
					return []byte(definition), nil
				}
				return read(at)
			}, model.Options{}, path.Join(path.Dir(file), "definition.yaml"))
			if problems.HasErrors() && file != "title.json" { // which describes no object
				t.Errorf("the definition of the hint does not load: %v\n%s", problems, definition)
			}
		})
	}
	if files := filesIn(t, "testdata"); len(files) != len(found) {
		t.Errorf("%d files, %d are said what they are: %v", len(files), len(found), slices.Sorted(maps.Keys(found)))
	}
}

// A reference may lead to whatever has a schema.
func TestReferences(t *testing.T) {
	const form = "kind: book\nschema:\n  key: {name: book_id}\n  items: {type: object, properties: {it: {$ref: \"REF\"}}}\n"
	for _, ref := range []string{
		"openapi.yaml#/components/schemas/LibraryBook", "swagger.json#/definitions/Book", "book.schema.json", "books.json", "types.yaml#/title",
		"crd.yaml#/spec/versions/0/schema/openAPIV3Schema", "wrapped.yaml#/book/schema/items",
	} {
		_, problems := model.Load(func(at string) ([]byte, error) {
			if at == "definition.yaml" {
				return []byte(strings.ReplaceAll(form, "REF", ref)), nil
			}
			return readIn("testdata")(at)
		}, model.Options{}, "definition.yaml")
		if problems.HasErrors() {
			t.Errorf("%s: %v", ref, problems)
		}
	}
}

// TestKinds has the kind that is proposed: what the schema is called where it is, or else the file.
func TestKinds(t *testing.T) {
	const object = `{"type": "object", "properties": {"a": {}}}`
	for text, want := range map[string]string{
		object: "store",
		`{"type": "array", "items": ` + object + `}`:                                                 "store",
		`{"$defs": {"a": {"type": "string"}, "BigShelf": ` + object + `}}`:                           "big_shelf",
		`{"openapi": "3.1.0", "paths": {}, "components": {"schemas": {"BigShelf": ` + object + `}}}`: "big_shelf",
	} {
		_, problems := model.Load(func(string) ([]byte, error) { return []byte(text), nil }, model.Options{}, "store.json")
		if len(problems) != 1 || !strings.Contains(problems[0].Hint, "kind: "+want+"\n") {
			t.Errorf("%s: %v", text, problems)
		}
	}
}

// Whatever is a definition is recognised as nothing else, also with a line too few, or with a letter too few in a key of the
// top level, and be it broken by that.
func TestDefinitionsWithSlips(t *testing.T) {
	word := regexp.MustCompile(`^[^:# ]*`)
	stride, tried := 1, 0
	if testing.Short() {
		stride = 5
	}
	for _, folder := range []string{"../../testdata/cases", "../../testdata/errors", "../../docs/testdata/migrating", "../../examples/library", "../../testdata/library", "../../testdata/hard", "../../testdata/mock"} {
		for _, file := range filesIn(t, folder) {
			text, err := readIn(folder)(file)
			if err != nil {
				t.Fatal(err)
			}
			lines := strings.SplitAfter(string(text), "\n")
			if path.Ext(file) == ".mjs" || !isDefinition(string(text)) {
				continue
			}
			if check(t, folder, file, string(text)); len(lines) > 40 {
				continue
			}
			for i, line := range lines {
				others := slices.Clone(lines)
				others[i] = ""
				check(t, folder, file, strings.Join(others, ""))
				for at := range word.FindString(line) {
					if tried++; tried%stride != 0 {
						continue
					}
					others[i] = line[:at] + line[at+1:]
					check(t, folder, file, strings.Join(others, ""))
				}
			}
		}
	}
	if tried < 1000 {
		t.Errorf("only %d slips were tried", tried)
	}
}

// isDefinition reports whether a text has the kind and the schema of a definition.
func isDefinition(text string) bool {
	return regexp.MustCompile(`(?m)^"?kind"?:`).MatchString(text) && regexp.MustCompile(`(?m)^"?schema"?:`).MatchString(text) &&
		!strings.Contains(text, "apps/v1") && !strings.Contains(text, "---\nopenapi:") // of which a slip leaves nothing
}

func check(t *testing.T, folder, file, text string) {
	t.Helper()
	read := func(at string) ([]byte, error) {
		if at == file {
			return []byte(text), nil
		}
		return readIn(folder)(at)
	}
	_, problems := definition.Load(definition.Access{Read: read}, definition.Selection{}, file)
	for _, p := range problems {
		if strings.Contains(p.Msg, "not a resource definition") {
			t.Errorf("%s/%v\n%s", folder, p, text)
		}
	}
}

func readIn(folder string) func(string) ([]byte, error) {
	return func(at string) ([]byte, error) { return os.ReadFile(filepath.Join(folder, filepath.FromSlash(at))) }
}

// filesIn returns the files below a folder, their paths with slashes.
func filesIn(t *testing.T, folder string) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(folder, func(at string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.Type().IsRegular() {
			at, err = filepath.Rel(folder, at)
			files = append(files, filepath.ToSlash(at))
		}
		if entry.Name() == "node_modules" || entry.Name() == "golden" {
			return fs.SkipDir
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
