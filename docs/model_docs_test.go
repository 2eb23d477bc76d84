package docs_test

import (
	"cmp"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/firestoned/firestone/generator"
	"github.com/firestoned/firestone/generator/output"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/templates"
)

var update = flag.Bool("update", false, "write the page anew that is made of doc comments")

const modelPageFile = "docs/model.md"

// The page begins with what applies to all types.
const modelPageHead = `# What a template can read

` + "`firestone model --docs`" + ` prints this page, and ` + "`firestone model resources/book.yaml`" + ` prints the values themselves: everything below
` + "`API`" + ` under the names that a template writes. ` + "`firestone model --get Resources.book.Properties resources/book.yaml`" + ` prints one part: a step is a key,
an index from 0, or for an item of a list its ` + "`Name`" + `, ` + "`Kind`" + `, ` + "`Path`" + `, ` + "`Method`" + `, ` + "`Status`" + ` or another key that names it; a step with a dot is quoted.

The dot of an output's template is a [View](#view): ` + "`{{ .API.Title }}`" + `. In a ` + "`range`" + ` or ` + "`with`" + ` the dot is the thing that stands there,
and ` + "`$`" + ` is still the View; in a partial both are what ` + "`include`" + ` was given.

* "X or none" can be nil, so ask first: ` + "`{{ with .Request }}{{ .ContentType }}{{ end }}`" + `. All other things are always there.
* A text that is absent is empty. Where empty and absent differ, a field ` + "`HasX`" + ` tells.
* A list keeps the order of the definitions.
* A row with words after the name is a method, whose arguments the words are: ` + "`{{ .Schema.Get \"type\" }}`" + `.
* Fields are added, never renamed and never removed.

An example is the first one in ` + "`examples/library`" + `, or where that has none in firestone's own test cases; a long one is cut short.
A thing that has a section of its own is shown by its name there.

`

// The section of Value begins with its use in templates.
const modelPageValue = `A template writes a value like a string: ` + "`{{ .Default }}`" + `. A list or an object is written on one line then; ` + "`toYaml`" + ` and
` + "`toJson`" + ` write it at length, and ` + "`schema`" + ` writes a schema in the dialect of a document. What these lines write is valid, whatever the value:

` + "```yaml" + `
{{- range .API.Components }}
{{ .Name }}:
  kind: {{ .Schema.Kind.String }}
  type: {{ (.Schema.Get "type").StringOr "any" }}
  {{- if .Schema.Has "description" }}
  description: {{ .Schema.Get "description" }}
  {{- end }}
  {{- with .Schema.Get "properties" }}
  properties:
    {{- range .Members }}
    {{ .Name }}: {{ schema "openapi-3.1" "#/components/schemas/" .Value }}
    {{- end }}
  {{- end }}
  whole:
    {{- toYaml .Schema | nindent 4 }}
{{- end }}
` + "```" + `
`

// TestModelDocs compares docs/model.md with the doc comments and the types; with -update it writes the page.
func TestModelDocs(t *testing.T) {
	p := newModelPage(t)
	got := p.markdown()
	if *update {
		if err := os.WriteFile(modelPageFile, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(modelPageFile)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is not what the doc comments say; go test ./docs -run TestModelDocs -update writes it anew\n%s",
			modelPageFile, output.Unified(modelPageFile, "doc comments", string(want), got))
	}
	for line := range strings.Lines(got) {
		if columns := len([]rune(strings.TrimSuffix(line, "\n"))); columns > 230 {
			t.Errorf("%d columns are too many for a row; shorten the comment: %s", columns, line)
		}
	}
}

// What the page says about pointers is true for every definition here: only fields with "or none" are ever nil.
func TestModelDocsSayWhatCanBeNone(t *testing.T) {
	p := newModelPage(t)
	isFilled := map[string]bool{}
	var walk func(v reflect.Value, seen map[uintptr]bool)
	walk = func(v reflect.Value, seen map[uintptr]bool) {
		switch v.Kind() {
		case reflect.Pointer:
			if v.IsNil() || seen[v.Pointer()] || v.Type() == reflect.TypeFor[*model.Value]() {
				return
			}
			seen[v.Pointer()] = true
			walk(v.Elem(), seen)
		case reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i), seen)
			}
		case reflect.Struct:
			for _, field := range reflect.VisibleFields(v.Type()) {
				if !field.IsExported() {
					continue
				}
				if name := v.Type().String() + "." + field.Name; field.Type.Kind() == reflect.Pointer {
					isNil := v.FieldByIndex(field.Index).IsNil()
					isFilled[name] = isFilled[name] || !isNil
					if isNil && !p.canBeNone(v.Type(), field) {
						t.Errorf("%s is nil here; its comment has to say when", name)
					}
				}
				walk(v.FieldByIndex(field.Index), seen)
			}
		}
	}
	for _, api := range documentedAPIs(t) {
		walk(reflect.ValueOf(api), map[uintptr]bool{})
	}
	if len(isFilled) < 20 {
		t.Errorf("only %d fields that are pointers were met", len(isFilled))
	}
}

// TestModelKnowsWhatIsOptional compares the fields that pack lint considers optional with the page.
func TestModelKnowsWhatIsOptional(t *testing.T) {
	p := newModelPage(t)
	onPage := map[string]bool{}
	section := ""
	row := regexp.MustCompile("^\\| `(\\w+)[^`]*` \\| \\S+.* or none \\|")
	for line := range strings.Lines(p.markdown()) {
		if title, ok := strings.CutPrefix(line, "## "); ok {
			section = strings.TrimSpace(title)
		} else if m := row.FindStringSubmatch(line); m != nil && section != "View" {
			onPage[section+"."+m[1]] = true
		}
	}
	for _, of := range p.types {
		var members []string
		for i := range reflect.PointerTo(of).NumMethod() {
			members = append(members, reflect.PointerTo(of).Method(i).Name)
		}
		if of.Kind() == reflect.Struct {
			for _, field := range reflect.VisibleFields(of) {
				members = append(members, field.Name)
			}
		}
		for _, member := range members {
			name := of.Name() + "." + member
			if model.IsOptional(of, member) != onPage[name] {
				t.Errorf("%s is optional on the page: %t", name, onPage[name])
			}
			delete(onPage, name)
		}
	}
	if len(onPage) > 0 {
		t.Errorf("no type has %v", slices.Sorted(maps.Keys(onPage)))
	}
}

// The templates in the page's section of Value render as shown.
func TestModelDocsShowsTemplatesThatRender(t *testing.T) {
	text := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindStringSubmatch(modelPageValue)[1]
	pack, err := generator.Open(fstest.MapFS{
		"values/pack.yaml":        {Data: []byte("name: values\ndescription: Values.\nformat: 1\noutputs:\n  - {template: values.yaml.tmpl, path: values.yaml}\n")},
		"values/values.yaml.tmpl": {Data: []byte(text)},
	}, "values")
	if err != nil {
		t.Fatal(err)
	}
	for _, api := range documentedAPIs(t) {
		if _, err := pack.Render(api, generator.Params{}); err != nil {
			t.Error(err)
		}
	}
}

// documentedAPIs returns the APIs of the example library and of the cases, which contain everything else.
func documentedAPIs(t *testing.T) []*model.API {
	t.Helper()
	cases, err := filepath.Glob("testdata/cases/*")
	if err != nil || len(cases) == 0 {
		t.Fatalf("there are no cases: %v", err)
	}
	var all []*model.API
	for _, folder := range append([]string{"examples/library"}, cases...) {
		all = append(all, load(t, folder))
	}
	return all
}

// modelPage is the reference of everything that a template can access.
type modelPage struct {
	t        *testing.T
	types    []reflect.Type
	comments *goComments
	examples *modelExamples
}

func newModelPage(t *testing.T) *modelPage {
	t.Helper()
	p := &modelPage{t: t, comments: readGoComments(t), examples: &modelExamples{found: map[string]string{}}}
	p.reach(reflect.TypeFor[generator.View]())
	slices.SortFunc(p.types, func(a, b reflect.Type) int { return cmp.Compare(p.comments.place(a), p.comments.place(b)) })
	for _, name := range packs(t) {
		pack, err := generator.Open(templates.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		p.examples.addOutputs(pack.Outputs)
	}
	for i, api := range documentedAPIs(t) {
		p.examples.isFirst = i == 0
		p.examples.add(model.View(api), reflect.TypeFor[model.API]())
	}
	return p
}

// reach adds a type of this module and all types of its fields and methods.
func (p *modelPage) reach(of reflect.Type) {
	for of.Kind() == reflect.Pointer || of.Kind() == reflect.Slice {
		of = of.Elem()
	}
	if !strings.HasPrefix(of.PkgPath(), module) || slices.Contains(p.types, of) {
		return
	}
	p.types = append(p.types, of)
	if of.Kind() == reflect.Struct {
		for _, field := range reflect.VisibleFields(of) {
			if field.IsExported() {
				p.reach(field.Type)
			}
		}
	}
	for _, method := range callable(of) {
		p.reach(method.Type.Out(0))
	}
}

// callable returns the methods that a template can call: their arguments are strings, booleans, integers or values, and
// they have one result, with or without an error.
func callable(of reflect.Type) []reflect.Method {
	pointer := reflect.PointerTo(of)
	var methods []reflect.Method
	for i := range pointer.NumMethod() {
		method := pointer.Method(i)
		isCallable := method.Type.NumOut() == 1 || method.Type.NumOut() == 2 && method.Type.Out(1) == reflect.TypeFor[error]()
		for i := 1; i < method.Type.NumIn(); i++ {
			in := method.Type.In(i)
			isCallable = isCallable && (in == reflect.TypeFor[string]() || in == reflect.TypeFor[bool]() || in == reflect.TypeFor[int]() || in == reflect.TypeFor[*model.Value]())
		}
		if isCallable {
			methods = append(methods, method)
		}
	}
	return methods
}

// canBeNone reports whether the comment of a pointer field mentions nil.
func (p *modelPage) canBeNone(of reflect.Type, field reflect.StructField) bool {
	return field.Type.Kind() == reflect.Pointer && regexp.MustCompile(`\bnil\b`).MatchString(p.comments.field(of, field.Name))
}
