package escape

import (
	"encoding/json"
	"errors"
	"reflect"
	"regexp"
	"testing"

	"github.com/pelletier/go-toml/v2"
	"go.yaml.in/yaml/v4"
)

// separators are the ways to write commas between items, in JSON and in a flow list of YAML.
var separators = map[string]string{
	"index":           "{{ range $i, $x := .L }}{{ if $i }},{{ end }}{{ $x }}{{ end }}",
	"index above 0":   "{{ range $i, $x := .L }}{{ if gt $i 0 }}, {{ end }}{{ $x }}{{ end }}",
	"index not 0":     "{{ range $i, $x := .L }}{{ if eq $i 0 }}{{ else }}, {{ end }}{{ $x }}{{ end }}",
	"no index":        "{{ range $i, $x := .L }}{{ if not $i }}{{ else }}, {{ end }}{{ $x }}{{ end }}",
	"isLast":          "{{ range $i, $x := .L }}{{ $x }}{{ if not (isLast $i $.L) }}, {{ end }}{{ end }}",
	"isLast else":     "{{ range $i, $x := .L }}{{ $x }}{{ if isLast $i $.L }}{{ else }}, {{ end }}{{ end }}",
	"add1":            "{{ range $i, $x := .L }}{{ $x }}{{ if lt (add1 $i) (len $.L) }}, {{ end }}{{ end }}",
	"add":             "{{ range $i, $x := .L }}{{ $x }}{{ if ne (add $i 1) (len $.L) }}, {{ end }}{{ end }}",
	"sub":             "{{ range $i, $x := .L }}{{ $x }}{{ if lt $i (sub (len $.L) 1) }}, {{ end }}{{ end }}",
	"gt":              "{{ range $i, $x := .L }}{{ $x }}{{ if gt (len $.L) (add1 $i) }}, {{ end }}{{ end }}",
	"eq":              "{{ range $i, $x := .L }}{{ $x }}{{ if eq $i (sub (len $.L) 1) }}{{ else }}, {{ end }}{{ end }}",
	"not eq":          "{{ range $i, $x := .L }}{{ $x }}{{ if not (eq (add1 $i) (len $.L)) }}, {{ end }}{{ end }}",
	"length":          "{{ $n := len .L }}{{ range $i, $x := .L }}{{ $x }}{{ if lt (add 1 $i) $n }}, {{ end }}{{ end }}",
	"last index":      "{{ $last := sub (len .L) 1 }}{{ range $i, $x := .L }}{{ $x }}{{ if ne $i $last }}, {{ end }}{{ end }}",
	"first":           "{{ $first := true }}{{ range .L }}{{ if not $first }},{{ end }}{{ $first = false }}{{ . }}{{ end }}",
	"first else":      "{{ $first := true }}{{ range .L }}{{ if $first }}{{ $first = false }}{{ else }}, {{ end }}{{ . }}{{ end }}",
	"some":            "{{ $some := false }}{{ range .L }}{{ if ne . \"y z\" }}{{ if $some }},{{ end }}{{ $some = true }}{{ . }}{{ end }}{{ end }}",
	"continue":        "{{ $some := false }}{{ range .L }}{{ if eq . \"y z\" }}{{ continue }}{{ end }}{{ if $some }},{{ end }}{{ $some = true }}{{ . }}{{ end }}",
	"count":           "{{ $n := 0 }}{{ range .L }}{{ if gt $n 0 }},{{ end }}{{ $n = add1 $n }}{{ . }}{{ end }}",
	"separator":       "{{ $comma := \"\" }}{{ range .L }}{{ $comma }}{{ $comma = \", \" }}{{ . }}{{ end }}",
	"nested":          "{{ $first := true }}{{ range .L }}{{ range $.L }}{{ if not $first }},{{ end }}{{ $first = false }}{{ . }}{{ end }}{{ end }}",
	"twice":           "[{{ $first := true }}{{ range .L }}{{ if not $first }},{{ end }}{{ $first = false }}{{ . }}{{ end }}], [{{ $first := true }}{{ range .L }}{{ if not $first }},{{ end }}{{ $first = false }}{{ . }}{{ end }}]",
	"inside":          "{{ range $i, $l := .Ls }}{{ if $i }}, {{ end }}[{{ $first := true }}{{ range $l }}{{ if not $first }},{{ end }}{{ $first = false }}{{ . }}{{ end }}]{{ end }}",
	"inside by index": "{{ range $i, $l := .Ls }}[{{ range $j, $x := $l }}{{ $x }}{{ if lt (add1 $j) (len $l) }},{{ end }}{{ end }}]{{ if lt (add1 $i) (len $.Ls) }},{{ end }}{{ end }}",
}

var separated = map[string]any{"L": []string{"x", "y z", "# w"}, "E": []string{}, "Ls": [][]string{{"a"}, {}, {"b", "c"}}, "M": map[string]any{"k": 1, "l": 2}}

var arithmetic = map[string]any{
	"add1": func(i int) int { return i + 1 }, "add": func(i, j int) int { return i + j }, "sub": func(i, j int) int { return i - j },
}

// TestSeparators checks that each way opens, and that JSON, YAML and TOML read the same items.
func TestSeparators(t *testing.T) {
	empty := regexp.MustCompile(`\.L\b`)
	for name, template := range separators {
		for _, template := range []string{template, empty.ReplaceAllString(template, ".E")} {
			var fromJSON, fromYAML []any
			var fromTOML struct{ A []any }
			inJSON, err := render(t, "x.json", "["+template+"]", separated, arithmetic)
			if err = errors.Join(err, json.Unmarshal([]byte(inJSON), &fromJSON)); err != nil {
				t.Errorf("%s: %q gave %q, %v", name, template, inJSON, err)
			}
			inYAML, err := render(t, "x.yaml", "["+template+"]", separated, arithmetic)
			if err = errors.Join(err, yaml.Unmarshal([]byte(inYAML), &fromYAML)); err != nil || !reflect.DeepEqual(fromYAML, fromJSON) {
				t.Errorf("%s: %q gave %q, %v", name, template, inYAML, err)
			}
			inTOML, err := render(t, "x.toml", "A = ["+template+"]", separated, arithmetic)
			if err = errors.Join(err, toml.Unmarshal([]byte(inTOML), &fromTOML)); err != nil || !reflect.DeepEqual(fromTOML.A, fromJSON) {
				t.Errorf("%s: %q gave %q, %v", name, template, inTOML, err)
			}
		}
	}
}

func TestWrongSeparators(t *testing.T) {
	for name, template := range map[string]string{
		"first is last":    "{{ range $i, $x := .L }}{{ $x }}{{ if isLast $i $.L }}, {{ end }}{{ end }}",
		"other list":       "{{ range $i, $x := .L }}{{ $x }}{{ if lt (add1 $i) (len $.M) }}, {{ end }}{{ end }}",
		"too early":        "{{ range $i, $x := .L }}{{ $x }}{{ if lt $i (len $.L) }}, {{ end }}{{ end }}{{ .L }}",
		"other index":      "{{ range $i, $l := .Ls }}{{ range $j, $x := $l }}{{ $x }}{{ if lt (add1 $i) (len $l) }},{{ end }}{{ end }}{{ end }}",
		"other length":     "{{ $n := len .L }}{{ $n = 2 }}{{ range $i, $x := .L }}{{ $x }}{{ if lt (add1 $i) $n }}, {{ end }}{{ end }}",
		"never set":        "{{ $first := true }}{{ range .L }}{{ if not $first }},{{ end }}{{ . }}{{ end }}",
		"set by a value":   "{{ $first := true }}{{ range .L }}{{ if not $first }},{{ end }}{{ $first = . }}{{ . }}{{ end }}",
		"set in a branch":  "{{ $first := true }}{{ range .L }}{{ if not $first }},{{ end }}{{ if . }}{{ $first = false }}{{ end }}{{ . }}{{ end }}",
		"set too early":    "{{ $first := true }}{{ range .L }}{{ $first = false }}{{ . }}{{ if $first }},{{ end }}{{ end }}",
		"another variable": "{{ $first := true }}{{ range .L }}{{ if not $first }},{{ end }}{{ $first := false }}{{ . }}{{ end }}",
		"shadowed":         "{{ $some := false }}{{ range .L }}{{ if $some }},{{ end }}{{ if . }}{{ $some := true }}{{ if $some }}{{ end }}{{ end }}{{ . }}{{ end }}",
		"separator":        "{{ $comma := \"\" }}{{ range .L }}{{ $comma }}{{ $comma = .  }}{{ . }}{{ end }}",
		"of another word":  "{{ $comma := \"\" }}{{ range .L }}{{ $comma }}{{ $comma = \"x\" }}{{ . }}{{ end }}",
		"ranged over":      "{{ $first := true }}{{ range .L }}{{ if not $first }},{{ end }}{{ $first = false }}{{ range $first = $.L }}{{ end }}{{ . }}{{ end }}",
	} {
		if _, err := Parse("x.json", "["+template+"]", arithmetic); err == nil {
			t.Errorf("%s: %q opened", name, template)
		}
	}
	// A map has keys and no numbers.
	for _, condition := range []string{"lt (add1 $k) (len $.M)", "not (isLast $k $.M)"} {
		text := "[{{ range $k, $v := .M }}{{ $v }}{{ if " + condition + " }},{{ end }}{{ end }}]"
		if got, err := render(t, "x.json", text, separated, arithmetic); err != nil || got != "[1,2]" {
			t.Errorf("%q gave %q, %v", text, got, err)
		}
	}
}
