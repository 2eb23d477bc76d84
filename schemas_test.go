package main_test

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/dlclark/regexp2/v2"
	"github.com/firestoned/firestone/generator"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
	"github.com/firestoned/firestone/project"
	"github.com/firestoned/firestone/templates"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// format is a kind of file with its two validators: the schema for editors, and the reader.
type format struct {
	schema *jsonschema.Schema
	load   func(text []byte) value.Problems
}

// expression is a pattern as editors read it (ECMA-262).
type expression struct{ *regexp2.Regexp }

func (e expression) MatchString(text string) bool {
	ok, err := e.Regexp.MatchString(text)
	return ok && err == nil
}

func compileSchema(t *testing.T, text string) *jsonschema.Schema {
	t.Helper()
	schema, err := schemaCompiler(t, text).Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// schemaCompiler returns a compiler that knows a schema as schema.json.
func schemaCompiler(t *testing.T, text string) *jsonschema.Compiler {
	t.Helper()
	parsed, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	compiler.UseRegexpEngine(func(pattern string) (jsonschema.Regexp, error) {
		if quick, err := regexp.Compile(pattern); err == nil {
			return quick, nil // ours mean the same in both syntaxes where Go reads them
		}
		compiled, err := regexp2.Compile(pattern, regexp2.ECMAScript|regexp2.Unicode)
		return expression{compiled}, err
	})
	if err := compiler.AddResource("schema.json", parsed); err != nil {
		t.Fatal(err)
	}
	return compiler
}

// judge validates a value against the schema. It returns nil if the schema accepts the value.
func (f format) judge(t *testing.T, v *value.Value) error {
	t.Helper()
	data, err := jsonschema.UnmarshalJSON(strings.NewReader(string(v.AppendJSON(nil, ""))))
	if err != nil {
		t.Fatal(err)
	}
	return f.schema.Validate(data)
}

// beyond are the problems that no JSON Schema can detect, since it validates one value at a time and reads no other file.
var beyond = []struct{ part, reason string }{
	{"required names \"", "the properties of a schema may come from others"},
	{"the reference \"", "what a pointer names stands elsewhere"},
	{"references form a circle", "it takes several references"},
	{"contains itself", "it takes several references"},
	{"which is not enabled", "methods stand under another key"},
	{"which does not exist", "security schemes are named under another key"},
	{"unknown security scheme", "security schemes are named under another key"},
	{"two resources have the path", "it takes two definitions"},
	{"occurs twice", "two parameters may differ in all but name and place"},
	{"is not one of its enum values", "the allowed values stand beside the default"},
	{"for a key of your own", "keys of the author's own may stand there, and a schema cannot tell slips from them"},
	{"is valid: \"m", "a limit is compared with another one"},
	{"is not declared", "the variables of a URL stand beside it"},
	{"is not in the url", "the variables of a URL stand beside it"},
}

// fromElsewhere matches the references that a schema can refuse by their text.
const fromElsewhere = "nothing is fetched"

// refusals returns what an editor should underline: errors, and unknown keywords, of which firestone only warns because
// they may be the author's own. Problems that a schema cannot detect are left out.
func (f format) refusals(text []byte) value.Problems {
	return slices.DeleteFunc(f.load(text).Sorted(), func(p value.Problem) bool {
		if p.Warning {
			return !strings.Contains(p.Msg, "unknown keyword")
		}
		return !strings.Contains(p.Msg, fromElsewhere) && slices.ContainsFunc(beyond, func(b struct{ part, reason string }) bool {
			return strings.Contains(p.Error(), b.part)
		})
	})
}

// definitionIn returns the format of a definition in a folder, to whose other files it may refer.
func definitionIn(schema *jsonschema.Schema, folder, name string) format {
	others := map[string][]byte{}
	return format{schema, func(text []byte) value.Problems {
		_, problems := model.Load(func(at string) ([]byte, error) {
			if at == name {
				return text, nil
			}
			if known, ok := others[at]; ok {
				return known, nil
			}
			content, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(at)))
			if err == nil {
				others[at] = content
			}
			return content, err
		}, model.Options{}, name)
		return problems
	}}
}

func configFormat(t *testing.T) format {
	t.Helper()
	return format{compileSchema(t, project.ConfigSchema), func(text []byte) value.Problems {
		_, problems := project.Load(project.FileName, text, "")
		return problems
	}}
}

// packFormat reads each pack.yaml as that of another embedded pack. What no schema can detect is left out: whether the
// templates exist, and whether a default is valid against the schema beside it.
func packFormat(t *testing.T) format {
	t.Helper()
	packs := fstest.MapFS{}
	for _, name := range []string{"asyncapi", "openapi"} {
		manifest, err := fs.ReadFile(templates.FS, name+"/pack.yaml")
		if err != nil {
			t.Fatal(err)
		}
		packs[name+"/pack.yaml"] = &fstest.MapFile{Data: manifest}
	}
	return format{compileSchema(t, generator.PackSchema), func(text []byte) value.Problems {
		packs["pack/pack.yaml"] = &fstest.MapFile{Data: text}
		_, err := generator.Open(packs, "pack")
		problems, _ := err.(value.Problems)
		return slices.DeleteFunc(problems, func(p value.Problem) bool {
			return strings.HasPrefix(p.Msg, "no template ") || strings.HasPrefix(p.Msg, "no partial ") || strings.HasPrefix(p.Msg, "the default of parameter ")
		})
	}}
}

// sample is one valid YAML document of a file, without the others.
type sample struct {
	file string
	format
	root *value.Value
}

// filesBelow returns the files with matching names, except those of tools in the checkout.
func filesBelow(t *testing.T, root string, fits func(at string) bool) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(root, func(at string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && at != root && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "node_modules"):
			return fs.SkipDir
		case !entry.IsDir() && fits(filepath.ToSlash(at)):
			found = append(found, filepath.ToSlash(at))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func isDefinitionFile(at string) bool {
	name := path.Base(at)
	return strings.HasSuffix(name, ".yaml") && !strings.HasPrefix(name, "_") && name != project.FileName && name != "pack.yaml"
}

// definitionFiles returns the files of definitions in the examples and cases.
func definitionFiles(t *testing.T) []string {
	t.Helper()
	var files []string
	for _, folder := range []string{"examples", "testdata/cases", "testdata/hard"} {
		files = append(files, filesBelow(t, folder, func(at string) bool { return isDefinitionFile(at) && !strings.Contains(at, "/golden/") })...)
	}
	return files
}

// samples returns the YAML documents of all files that are accepted by their reader.
func samples(t *testing.T) []sample {
	t.Helper()
	formats := map[string]format{}
	definition := compileSchema(t, model.DefinitionSchema)
	for _, file := range definitionFiles(t) {
		formats[file] = definitionIn(definition, path.Dir(file), path.Base(file))
	}
	config, pack := configFormat(t), packFormat(t)
	for _, file := range filesBelow(t, ".", func(at string) bool { return path.Base(at) == project.FileName }) {
		formats[file] = config
	}
	for _, file := range filesBelow(t, ".", func(at string) bool { return path.Base(at) == "pack.yaml" }) {
		formats[file] = pack
	}
	var all []sample
	for _, file := range slices.Sorted(maps.Keys(formats)) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		f := formats[file]
		if len(f.refusals(text)) > 0 || f.load(text).HasErrors() {
			continue
		}
		for _, root := range value.Parse(file, text, new(value.Problems)) {
			all = append(all, sample{file, f, root})
		}
	}
	return all
}

func TestSchemasAcceptWhatFirestoneAccepts(t *testing.T) {
	count := map[string]int{}
	for _, d := range samples(t) {
		count[path.Base(d.file)]++
		count["all"]++
		if err := d.judge(t, d.root); err != nil {
			t.Errorf("%s: %v", d.root.Pos, err)
		}
	}
	if count["all"] < 50 || count["pack.yaml"] < 2 || count[project.FileName] < 1 {
		t.Errorf("%v: most files are left out", count)
	}
}

// TestSchemasRefuseWhatFirestoneRefuses reads invalid files: a schema must refuse exactly those that firestone refuses for
// a reason that a schema can detect.
func TestSchemasRefuseWhatFirestoneRefuses(t *testing.T) {
	schema := compileSchema(t, model.DefinitionSchema)
	folder := "testdata/errors"
	used := map[string]bool{}
	judged := 0
	for _, name := range definitionsIn(t, folder) {
		text, err := os.ReadFile(path.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		var unreadable value.Problems
		documents := value.Parse(name, text, &unreadable)
		if unreadable.HasErrors() || len(documents) == 0 {
			continue // there is no value to judge
		}
		judged++
		f := definitionIn(schema, folder, name)
		for _, b := range beyond {
			used[b.part] = used[b.part] || strings.Contains(f.load(text).Error(), b.part)
		}
		refusals := f.refusals(text)
		var judgement error
		for _, root := range documents {
			judgement = errors.Join(judgement, f.judge(t, root))
		}
		if (len(refusals) > 0) != (judgement != nil) {
			t.Errorf("%s:\nfirestone: %v\nschema: %v", name, refusals, judgement)
		}
	}
	if judged < 35 {
		t.Errorf("only %d files", judged)
	}
	for _, b := range beyond {
		if !used[b.part] {
			t.Errorf("no file shows %q, which is beyond a schema because %s", b.part, b.reason)
		}
	}
}

// Editors and messages show examples of values, so each example must be valid against its schema.
func TestExamplesInSchemas(t *testing.T) {
	for name, text := range map[string]string{"definition": model.DefinitionSchema, "config": project.ConfigSchema, "pack": generator.PackSchema} {
		compiler := schemaCompiler(t, text)
		count := 0
		var visit func(at string, v *value.Value)
		visit = func(at string, v *value.Value) {
			for _, item := range value.Items(v) {
				if strings.HasSuffix(at, "/examples") && !strings.HasSuffix(at, "/properties/examples") {
					count++
					schema, err := compiler.Compile("schema.json#" + strings.TrimSuffix(at, "/examples"))
					if err != nil {
						t.Fatal(err)
					}
					if err := (format{schema: schema}).judge(t, item); err != nil {
						t.Errorf("%s: %s: %v", name, at, err)
					}
				}
			}
			for i, item := range value.Items(v) {
				visit(value.PointerTo(at, strconv.Itoa(i)), item)
			}
			for _, m := range value.Members(v) {
				visit(value.PointerTo(at, m.Name), m.Value)
			}
		}
		visit("", value.ParseJSON(name, []byte(text), &value.Problems{}))
		if count < 10 {
			t.Errorf("%s: only %d examples", name, count)
		}
	}
}
