package attack_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing/fstest"

	"github.com/firestoned/firestone/generator"
	"github.com/firestoned/firestone/model"
)

// template is one that is tried, with the partials that it includes.
type template struct {
	language, suffix string
	text             string
	partials         map[string]string // by file
	features         string            // of YAML that pack.yaml allows
}

func (t template) files() map[string]string {
	all := maps.Clone(t.partials)
	all["main."+t.suffix+".tmpl"] = t.text
	return all
}

// fs returns the pack of the template.
func (t template) fs() fstest.MapFS {
	manifest := "format: 1\ndescription: d\noutputs:\n  - template: main." + t.suffix + ".tmpl\n"
	if t.features != "" && t.language == "YAML" {
		manifest += "    yaml: [" + t.features + "]\n"
	}
	files := fstest.MapFS{"attack/pack.yaml": &fstest.MapFile{Data: []byte(manifest)}}
	for at, text := range t.files() {
		files["attack/"+at] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}

// String returns the files of the template, the partials first.
func (t template) String() string {
	var b strings.Builder
	for _, at := range slices.Sorted(maps.Keys(t.partials)) {
		fmt.Fprintf(&b, "-- %s --\n%s\n", at, t.partials[at])
	}
	fmt.Fprintf(&b, "-- main.%s.tmpl --\n%s\n", t.suffix, t.text)
	return b.String()
}

// rendered returns what makes the file of a template as firestone does, with all that it verifies.
func rendered(of template) (func(*model.API) (string, error), error) {
	pack, err := generator.Open(of.fs(), "attack")
	if err != nil {
		return nil, err
	}
	params, err := pack.Params(nil)
	if err != nil {
		return nil, err
	}
	return func(api *model.API) (string, error) {
		files, err := pack.Render(api, params)
		if err != nil {
			return "", err
		}
		return string(files[0].Content), nil
	}, nil
}

var (
	changing = regexp.MustCompile(`\b(trim|quote|text|upper|indent|nindent|default|toJson|toYaml|toPython|toToml|comment|code|ident|include|snake|kebab|flag|join|print|printable|q)\b|%q`)
	uneven   = regexp.MustCompile(`\b(with|default|coalesce|include|ternary|trim)\b|\bif [.$(]`)
	written  = regexp.MustCompile(`\b(toJson|toYaml|toPython|toToml|code|quote|list|dict|Schema)\b|%q|"[pq][0-9]+"`)
	spans    = regexp.MustCompile(`\bcode\b`)
	naming   = regexp.MustCompile(`\b(ident|snake|kebab|flag|trim|upper)\b`)
	printing = regexp.MustCompile(`\bdict print\b`)
	aText    = regexp.MustCompile(`\btext\b|\bnindent\b`)
)

func (t template) matches(what *regexp.Regexp) bool {
	for _, text := range t.files() {
		if what.MatchString(text) {
			return true
		}
	}
	return false
}

// isExact reports whether each text arrives as it is: no function changes it.
func (t template) isExact() bool { return !t.matches(changing) }

// isEven reports whether an empty text changes no more than any other; in Markdown and HTML it may be no paragraph.
func (t template) isEven() bool {
	return t.language != "Markdown" && t.language != "HTML" && !t.matches(uneven)
}

// hasLines reports whether a text may be on several lines of Markdown.
func (t template) hasLines() bool { return t.language == "Markdown" && t.matches(aText) }
