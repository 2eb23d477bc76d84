package escape

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

var randomTemplates = flag.Int("random", 400, "how many random templates of YAML and JSON to render")

// draft is a random template with what its document has to hold.
type draft struct {
	*rand.Rand
	text strings.Builder
	data map[string]any
	json bool
	keys int
}

// values of an action: what breaks readers, and ordinary words.
func (d *draft) value() any {
	switch d.IntN(4) {
	case 0:
		return d.IntN(2000) - 1000
	case 1:
		return []string{"book", "v1.2", "a b", "8080", "x_y"}[d.IntN(5)]
	}
	return nasty[d.IntN(len(nasty))]
}

// action returns an action that writes a value, and the value.
func (d *draft) action() (string, any) {
	name, v := fmt.Sprintf("V%d", len(d.data)), d.value()
	d.data[name] = v
	return []string{"{{ $." + name + " }}", "{{$." + name + "}}", "{{ index $ \"" + name + "\" }}"}[d.IntN(3)], v
}

// The template's own texts: the first ones may begin a plain scalar, the others may stand after an action too.
var (
	firstTexts = []string{"repo/", "--flag=", "/", "key-", "http://", "a b ", "-x", "$", "100%", "v{id}/", "é", "lib.", "(", "it's ", "?x", "=", "~/", "1.", ".5"}
	otherTexts = []string{"-", "/", ".0", ":80", " b ", "#c", "'s", "\"q\"", "@v", "%", "\\n", "{id}", "[0]", ", ", ":", "--", " - ", "=", "é", "{}", "?", "&", "*", "!", "|", ">"}
)

// word returns text and actions beside each other that make one plain scalar, and its value.
func (d *draft) word(inFlow, isKey bool) (string, string) {
	var template, want strings.Builder
	text := func(from []string) {
		s := from[d.IntN(len(from))]
		if inFlow && strings.ContainsAny(s, ",[]{}?:") || isKey && strings.Contains(s, ":") {
			s = "k-"
		}
		template.WriteString(s)
		want.WriteString(s)
	}
	action := func() {
		form, v := d.action()
		template.WriteString(form)
		fmt.Fprint(&want, v)
	}
	if d.IntN(2) == 0 {
		text(firstTexts)
	} else {
		action()
		text(otherTexts)
	}
	for range d.IntN(3) {
		action()
		text(otherTexts)
	}
	action()
	if d.IntN(3) == 0 {
		text([]string{"/x", ".0", "-1", " b", "'", "!"})
	}
	return template.String(), want.String()
}

// scalar returns a scalar and its value.
func (d *draft) scalar(inFlow bool) (string, any) {
	kind := d.IntN(6)
	if d.json && kind == 3 {
		kind = 0
	}
	switch kind {
	case 0, 1:
		return d.action()
	case 2:
		i := d.IntN(5)
		return []string{"true", "12", "null", `"it's"`, "1.5"}[i], []any{true, 12, nil, "it's", 1.5}[i]
	case 3:
		return d.word(inFlow, false)
	}
	var template, want strings.Builder
	template.WriteByte('"')
	for range 1 + d.IntN(3) {
		form, v := d.action()
		text := otherTexts[d.IntN(len(otherTexts))]
		template.WriteString(strings.NewReplacer(`"`, `\"`, `\`, `\\`).Replace(text) + form)
		fmt.Fprint(&want, text, v)
	}
	template.WriteByte('"')
	return template.String(), want.String()
}

// flow returns a scalar, list or mapping in flow style, which is JSON where the draft is.
func (d *draft) flow(depth int) (string, any) {
	switch kind := d.IntN(4); {
	case kind == 0 && depth > 0:
		return d.flowList(depth)
	case kind == 1 && depth > 0:
		var items []string
		want := map[string]any{}
		for range d.IntN(3) {
			key, name := d.key(true)
			item, v := d.flow(depth - 1)
			items, want[name] = append(items, key+": "+item), v
		}
		return "{ " + strings.Join(items, ", ") + " }", want
	}
	return d.scalar(true)
}

func (d *draft) flowList(depth int) (string, any) {
	want := []any{}
	if d.IntN(2) == 0 {
		var items []string
		for range d.IntN(3) {
			item, v := d.flow(depth - 1)
			items, want = append(items, item), append(want, v)
		}
		return "[" + strings.Join(items, ", ") + "]", want
	}
	list := []any{}
	for range d.IntN(4) {
		list = append(list, d.value())
	}
	name := fmt.Sprintf("V%d", len(d.data))
	d.data[name] = list
	item, pre := "{{ $x }}", ""
	if !d.json && d.IntN(2) == 0 {
		item, pre = "k-{{ $x }}", "k-"
	} else if d.IntN(2) == 0 {
		item, pre = "\"k {{ $x }}\"", "k "
	}
	for _, v := range list {
		if pre != "" {
			v = pre + fmt.Sprint(v)
		}
		want = append(want, v)
	}
	return "[" + []string{
		"{{ range $i, $x := $." + name + " }}{{ if $i }}, {{ end }}" + item + "{{ end }}",
		"{{ range $i, $x := $." + name + " }}" + item + "{{ if not (isLast $i $." + name + ") }}, {{ end }}{{ end }}",
		"{{ $first := true }}{{ range $x := $." + name + " }}{{ if not $first }}, {{ end }}{{ $first = false }}" + item + "{{ end }}",
		"{{ $n := len $." + name + " }}{{ range $i, $x := $." + name + " }}" + item + "{{ if lt (add1 $i) (len $." + name + ") }}, {{ end }}{{ end }}",
	}[d.IntN(4)] + "]", want
}

// key returns a key that no other mapping has, and its name.
func (d *draft) key(inFlow bool) (string, string) {
	d.keys++
	own := fmt.Sprintf("k%d", d.keys)
	name := fmt.Sprintf("V%d", len(d.data))
	switch d.IntN(4) {
	case 0:
		text := nasty[d.IntN(len(nasty))]
		d.data[name] = own + text
		return "{{ $." + name + " }}", own + text
	case 1:
		text := nasty[d.IntN(len(nasty))]
		text = text[:min(len(text), 300)] // no reader looks further for the colon
		d.data[name] = text
		return "\"" + own + "{{ $." + name + " }}\"", own + text
	case 2:
		if d.json {
			break
		}
		template, want := d.word(inFlow, true)
		return own + "-" + template, own + "-" + want
	}
	return "\"" + own + "\"", own
}

// block writes a node below a key or a dash in the column before it, and returns what it holds.
func (d *draft) block(col, depth int) any {
	pad := "\n" + strings.Repeat(" ", col)
	switch kind := d.IntN(9); {
	case kind <= 2 && depth > 0:
		want := map[string]any{}
		for range 1 + d.IntN(3) {
			d.remark(pad)
			key, name := d.key(false)
			d.text.WriteString(pad + key + ":")
			want[name] = d.block(col+2, depth-1)
		}
		return want
	case kind == 3 && depth > 0:
		want := []any{}
		for range 1 + d.IntN(3) {
			d.text.WriteString(pad + "-")
			want = append(want, d.block(col+2, depth-1))
		}
		return want
	case kind == 4 && depth > 0:
		return d.loop(pad)
	case kind == 5:
		form, v := d.action()
		value := strings.NewReplacer("{{ ", "", "{{", "", " }}", "", "}}", "").Replace(form)
		if s, isText := v.(string); isText && d.IntN(2) == 0 {
			fmt.Fprintf(&d.text, " {{- text %s | nindent %d }}", "("+value+")", col)
			return s
		}
		list := []any{v, map[string]any{"a": v}}
		name := fmt.Sprintf("V%d", len(d.data))
		d.data[name] = list
		fmt.Fprintf(&d.text, "\n%s{{- toYaml $.%s | nindent %d }}", strings.Repeat(" ", col), name, col)
		return list
	case kind == 6:
		return d.lines(pad)
	case kind == 7:
		template, want := d.flow(2)
		d.text.WriteString(" " + template + d.after())
		return want
	}
	template, want := d.scalar(false)
	if d.IntN(4) == 0 {
		other, v := d.scalar(false)
		if d.data["Yes"] = true; d.IntN(2) == 0 {
			d.text.WriteString(" {{ if .Yes }}" + template + "{{ else }}" + other + "{{ end }}" + d.after())
			return want
		}
		d.text.WriteString(" {{ if not .Yes }}" + template + "{{ else }}" + other + "{{ end }}" + d.after())
		return v
	}
	d.text.WriteString(" " + template + d.after())
	return want
}

// loop writes a list by a range.
func (d *draft) loop(pad string) any {
	list, want := []any{}, []any{}
	for range 1 + d.IntN(3) {
		v := d.value()
		list, want = append(list, v), append(want, map[string]any{"a": v, "b": fmt.Sprint("x-", v, ":80")})
	}
	name := fmt.Sprintf("V%d", len(d.data))
	d.data[name] = list
	end := "\n{{- end }}"
	if d.IntN(2) == 0 {
		end = "{{ end }}"
	}
	d.text.WriteString("\n{{- range $." + name + " }}" + pad + "- a: {{ . }}" + pad + "  b: x-{{ . }}:80" + d.after() + end)
	return want
}

// lines writes a block scalar with an action in each line.
func (d *draft) lines(pad string) any {
	want := ""
	d.text.WriteString(" |" + []string{"", " # c"}[d.IntN(2)])
	for range 1 + d.IntN(3) {
		form, v := d.action()
		d.text.WriteString(pad + "echo " + form + "; #")
		want += fmt.Sprint("echo ", v, "; #\n")
	}
	return want
}

// after returns what may stand after a scalar on its line.
func (d *draft) after() string {
	if d.IntN(4) == 0 {
		form, _ := d.action()
		return " # c " + form
	}
	return ""
}

func (d *draft) remark(pad string) {
	if d.IntN(5) == 0 {
		form, _ := d.action()
		d.text.WriteString(pad + "# it's " + form)
	}
}

// unwritable reports whether a template may fail for its values: a line of a block scalar can hold no line break, say.
func unwritable(err error) bool {
	return strings.Contains(err.Error(), "a line of a block scalar cannot")
}

// sameJSON reports whether two values are alike as JSON.
func sameJSON(a, b any) bool {
	one, errOne := json.Marshal(a)
	other, errOther := json.Marshal(b)
	return errOne == nil && errOther == nil && bytes.Equal(one, other)
}

// TestRandomTemplates writes templates whose values belong where they stand, and reads back what they make of hostile ones.
func TestRandomTemplates(t *testing.T) {
	var pairs [][2]any
	failed := 0
	for seed := range *randomTemplates {
		d := &draft{Rand: rand.New(rand.NewPCG(uint64(seed), 1)), data: map[string]any{}, json: seed%3 == 2}
		file, want := "x.yaml", any(nil)
		if d.json {
			file = "x.json"
			template, v := d.flow(3)
			d.text.WriteString(template + "\n")
			want = v
		} else {
			d.text.WriteString("top:")
			want = map[string]any{"top": d.block(2, 3)}
			d.text.WriteString("\n")
		}
		parsed, err := Parse(file, d.text.String(), arithmetic)
		if err != nil {
			t.Errorf("%d: %v\n%s", seed, err, d.text.String())
			continue
		}
		var b strings.Builder
		if err := parsed.Execute(&b, d.data); err != nil {
			if failed++; !unwritable(err) {
				t.Errorf("%d: %v\n%s", seed, err, d.text.String())
			}
			continue
		}
		var got any
		if d.json {
			err = json.Unmarshal([]byte(b.String()), &got)
		} else {
			err = yaml.Unmarshal([]byte(b.String()), &got)
		}
		if err != nil || !sameJSON(got, want) {
			wanted, _ := json.Marshal(want)
			read, _ := json.Marshal(got)
			t.Errorf("%d: %v\n%s\nmade\n%s\nwhich is\n%s\nnot\n%s", seed, err, d.text.String(), b.String(), read, wanted)
		}
		if !d.json {
			pairs = append(pairs, [2]any{b.String(), want})
		}
		if t.Failed() && testing.Short() {
			return
		}
	}
	if failed > *randomTemplates/5 {
		t.Errorf("%d templates had values that their places cannot hold", failed)
	}
	readInPython(t, pairs)
}

// yamlProgram reads [document, value] pairs and prints those which PyYAML or ruamel.yaml reads otherwise.
const yamlProgram = `
import json, sys, io, yaml
readers = {"PyYAML": lambda s: yaml.load(s, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)), "PyYAML itself": yaml.safe_load}
try:
    import ruamel.yaml
    readers["ruamel"] = lambda s: ruamel.yaml.YAML(typ="safe", pure=True).load(s)
except ImportError:
    pass
for document, want in json.load(sys.stdin):
    for name, read in readers.items():
        try:
            got = read(document)
        except Exception as e:
            got = e
        if not isinstance(got, (dict, list)) or got != want:
            print(name, repr(document), repr(got), repr(want))
`

func readInPython(t *testing.T, pairs [][2]any) {
	python, err := exec.LookPath("python3")
	if err != nil || exec.Command(python, "-c", "import yaml").Run() != nil {
		t.Log("no python3 with yaml on the path")
		return
	}
	input, err := json.Marshal(pairs)
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(python, "-c", yamlProgram)
	command.Stdin = bytes.NewReader(input)
	if output, err := command.CombinedOutput(); err != nil || len(output) > 0 {
		t.Errorf("%v: %.5000s", err, output)
	}
}
