package escape

import (
	"errors"
	"strings"
	"testing"
	"text/template"

	"github.com/firestoned/firestone/model/value"
)

// included yields partials as source or, for names in .txt, as strings.
func included(partials map[string]string) template.FuncMap {
	return template.FuncMap{"include": func(name string, _ any) any { return Rendered(name, partials[name]) }}
}

var sample = map[string]any{
	"A": "a: 1", "B": "no", "L": []string{"x", "y z", "# w"}, "None": nil, "N": 7, "E": []string{}, "T": true,
	"Ms": []map[string]any{{"Name": "p", "Value": 1}, {"Name": "q: r", "Value": "s"}},
	"M":  map[string]any{"z": 1, "a": []any{1.5, nil, "no", map[string]any{}}}, "Text": "one\ntwo: 2\n",
}

var samplePartials = included(map[string]string{
	"map.yaml": "b: 1\nc:\n  - d\n", "list.yaml": "- a\n- b\n", "one.yaml": "'x'\n", "empty.yaml": "\n", "word.txt": "it: is\n",
	"flow.yaml": "[a, 'b, c']", "path.yaml": "/pets/{id}", "pairs.yaml": "a, b", "pair.yaml": "a: b, c", "doc.yaml": "---\na: 1\n", "anchored.yaml": "&x !t\nb: 1\n", "code.py": "x = 1\ny = 2\n", "remark.yaml": "# e\n", "keep.yaml": "a: |\n  b\n\n  c\n",
})

// yamlOutputs are templates and what they yield for the sample.
var yamlOutputs = map[string]struct{ template, want string }{
	"values":            {"a: {{ .A }}\nb: {{ .B }}\nn: {{ .N }}\nnil: {{ .None }}\nt: {{ .T }}\n", "a: 'a: 1'\nb: 'no'\nn: 7\nnil: null\nt: true\n"},
	"keys are strings":  {"{{ .N }}: 1\n{{ .T }}: 2\n", "'7': 1\n'true': 2\n"},
	"flow style":        {"a: {{ .M }}\nb: {{ .E }}\n", "a: {a: [1.5, null, 'no', {}], z: 1}\nb: []\n"},
	"trimmed range":     {"a:\n{{- range .L }}\n  - {{ . }}\n{{- end }}\nb: 1\n", "a:\n  - x\n  - y z\n  - '# w'\nb: 1\n"},
	"range else":        {"a:\n{{- range .E }}\n  - {{ . }}\n{{- else }} []\n{{- end }}\nb: 1\n", "a: []\nb: 1\n"},
	"range else flow":   {"a: [{{ range .E }}{{ . }}, {{ else }}{{ .N }}{{ end }}]\n", "a: [7]\n"},
	"untrimmed range":   {"a:\n{{ range .L }}  - {{ . }}\n{{ end }}b: 1\n", "a:\n  - x\n  - y z\n  - '# w'\nb: 1\n"},
	"range of keys":     {"a:\n{{- range .Ms }}\n  {{ .Name }}: {{ .Value }}\n{{- end }}\n{{ .A }}: 1\n", "a:\n  p: 1\n  'q: r': s\n'a: 1': 1\n"},
	"if":                {"a: {{ .A }}\n{{- if .B }}\nb: {{ .B }}\n{{- end }}\n{{- if .None }}\nc: {{ .B }}\n{{- else }}\nd: 1\n{{- end }}\ne: 1\n", "a: 'a: 1'\nb: 'no'\nd: 1\ne: 1\n"},
	"if value":          {"a: {{ if .T }}{{ .A }}{{ else }}{{ .B }}{{ end }}\nb: {{ if .T }}x{{ else }}{{ .B }}{{ end }}\n", "a: 'a: 1'\nb: x\n"},
	"if key":            {"{{ if .T }}{{ .A }}{{ else }}b{{ end }}: 1\n", "'a: 1': 1\n"},
	"if remark":         {"a: 1{{ if .T }} # {{ .Text }}{{ end }}\nb: 2\n", "a: 1 # one two: 2\nb: 2\n"},
	"with":              {"{{- with .A }}\na: {{ . }}\n{{- end }}\nb: 1\n", "\na: 'a: 1'\nb: 1\n"},
	"break":             {"{{- range .L }}\n- {{ . }}\n{{- if $.T }}{{ break }}{{ end }}\n{{- end }}\n", "\n- x\n"},
	"continue":          {"{{ range .L }}{{ if eq . \"x\" }}{{ continue }}{{ end }}- {{ . }}\n{{ end }}", "- y z\n- '# w'\n"},
	"flow separators":   {"a: [{{ range $i, $s := .L }}{{ if $i }}, {{ end }}{{ $s }}{{ end }}]\n", "a: [x, y z, '# w']\n"},
	"flow map":          {"a: { {{- range $i, $m := .Ms }}{{ if $i }}, {{ end }}{{ .Name }}: {{ .Value }}{{ end -}} }\n", "a: {p: 1, 'q: r': s}\n"},
	"flow comma after":  {"a: [{{ range .L }}{{ . }}, {{ end }}]\n", "a: [x, y z, '# w', ]\n"},
	"flow lines":        {"a: [\n{{- range .L }}\n  {{ . }},\n{{- end }}\n]\nb: {{ .A }}\n", "a: [\n  x,\n  y z,\n  '# w',\n]\nb: 'a: 1'\n"},
	"nested ranges":     {"{{- range .Ms }}\n{{ .Name }}:\n{{- range $.L }}\n  - {{ . }}: [{{ $.N }}]\n    b: {{ $.B }}\n{{- end }}\n{{- end }}\n", "\np:\n  - x: [7]\n    b: 'no'\n  - y z: [7]\n    b: 'no'\n  - '# w': [7]\n    b: 'no'\n'q: r':\n  - x: [7]\n    b: 'no'\n  - y z: [7]\n    b: 'no'\n  - '# w': [7]\n    b: 'no'\n"},
	"variables":         {"{{- $a := .A }}{{ $a = .B -}}\na: {{ $a }}\n", "a: 'no'\n"},
	"comments":          {"a: {{/* it's nothing */}}{{ .A }}\n", "a: 'a: 1'\n"},
	"quotes":            {"a: \"{{ .A }}-{{ .Text }}\"\nb: 'x {{ .A }}'\n", "a: \"a: 1-one\\ntwo: 2\\n\"\nb: 'x a: 1'\n"},
	"text":              {"a: {{- text .Text | nindent 2 }}\nb: {{- text .A | nindent 2 }}\n", "a: |\n  one\n  two: 2\nb: 'a: 1'\n"},
	"include":           {"a:\n  {{- include \"map.yaml\" . | nindent 2 }}\nb: {{ include \"word.txt\" . }}\n", "a:\n  b: 1\n  c:\n    - d\nb: 'it: is'\n"},
	"include empty":     {"a:\n  {{- include \"empty.yaml\" . | nindent 2 }}\n{{- with include \"empty.yaml\" . }}\nx: 1{{ end }}\n", "a:\n"},
	"include after":     {"a: {{ .A }}\n{{- include \"map.yaml\" . | nindent 0 }}\n", "a: 'a: 1'\nb: 1\nc:\n  - d\n"},
	"include twice":     {"a:\n  {{- include \"map.yaml\" . | nindent 2 }}\n  {{ .B }}: 1\nd: 1\n", "a:\n  b: 1\n  c:\n    - d\n  'no': 1\nd: 1\n"},
	"include root":      {"{{ include \"map.yaml\" . }}\n{{ .A }}: 1\n", "b: 1\nc:\n  - d\n'a: 1': 1\n"},
	"include dash":      {"- {{- include \"map.yaml\" . | nindent 2 }}\n", "-\n  b: 1\n  c:\n    - d\n"},
	"include flow":      {"[{{ include \"flow.yaml\" . }}, {{ include \"one.yaml\" . }}, {{ include \"word.txt\" . }}]\n", "[[a, 'b, c'], 'x', 'it: is']\n"},
	"include code":      {"a: {{ include \"code.py\" . }}\nb: {{- text (include \"code.py\" .) | nindent 2 }}\n", "a: \"x = 1\\ny = 2\"\nb: |-\n  x = 1\n  y = 2\n"},
	"include in quote":  {"a: \"{{ include \"one.yaml\" . }}\"\n", "a: \"'x'\"\n"},
	"include variable":  {"{{ $s := include \"map.yaml\" . | nindent 2 }}a: {{ $s }}\n", "a: \n  b: 1\n  c:\n    - d\n"},
	"blank lines":       {"x:\n  {{- include \"keep.yaml\" . | nindent 2 }}\n", "x:\n  a: |\n    b\n\n    c\n"},
	"toYaml":            {"a:\n  {{- toYaml .M | nindent 2 }}\n", "a:\n  a:\n    - 1.5\n    - null\n    - 'no'\n    - {}\n  z: 1\n"},
	"toJson":            {"a: {{ toJson .M }}\n", "a: '{\"a\": [1.5, null, \"no\", {}], \"z\": 1}'\n"},
	"toYaml in a line":  {"a: {{ toYaml .M }}\nb: [{{ toYaml .Text }}]\n{{ toYaml .N }}: {{ toYaml .Text }}\n", "a: {a: [1.5, null, 'no', {}], z: 1}\nb: [\"one\\ntwo: 2\\n\"]\n'7': \"one\\ntwo: 2\\n\"\n"},
	"include flow name": {"[{{ include \"path.yaml\" . }}, {{ include \"pairs.yaml\" . }}]\n", "['/pets/{id}', 'a, b']\n"},
	"lines and lines":   {"a:\n  {{- include \"map.yaml\" . | nindent 2 }}\n  {{- include \"remark.yaml\" . | nindent 2 }}\n  d: 1\n", "a:\n  b: 1\n  c:\n    - d\n  # e\n  d: 1\n"},
	"raw":               {"a: &{{ raw .B }} b{{ raw .N }}\n", "a: &no b7\n"},
	"comment":           {"{{ comment .Text }}\na: 1\n", "# one\n# two: 2\na: 1\n"},
	"block scalar":      {"a: |\n  it's {not} \"a #place\n\n  b: - ]\n{{ .A }}: 1\nb:\n  c: >-\n    x\n\n  {{ .B }}: 1\n", "a: |\n  it's {not} \"a #place\n\n  b: - ]\n'a: 1': 1\nb:\n  c: >-\n    x\n\n  'no': 1\n"},
	"block then if":     {"a: |\n  x\n{{- if .T }}\nb: {{ .B }}\n{{- end }}\nc: {{ .B }}\n", "a: |\n  x\nb: 'no'\nc: 'no'\n"},
	"block then lines":  {"a: |\n  x\n{{- include \"map.yaml\" . | nindent 0 }}\n", "a: |\n  x\nb: 1\nc:\n  - d\n"},
	"text with marks":   {"%YAML 1.2\n---\nit's: a#b\nc: it's # it's\n\"d'\": {{ .A }}\n'e''\"': {{ .B }}\n? {{ .A }}\n: {{ .B }}\n...\n", "%YAML 1.2\n---\nit's: a#b\nc: it's # it's\n\"d'\": 'a: 1'\n'e''\"': 'no'\n? 'a: 1'\n: 'no'\n...\n"},
	"urls":              {"a: http://x/{{ \"\" | raw }}y\n-a: {{ .B }}\nb: -x\nc: a:b\n", "a: http://x/y\n-a: 'no'\nb: -x\nc: a:b\n"},
	"adjacent colon":    {"{\"a\":1, \"b\": {{ .A }}}\n", "{\"a\":1, \"b\": 'a: 1'}\n"},
	"documents":         {"{{ range .L }}---\na: {{ . }}\n{{ end }}...\n---\n|\n  x\n---\nb: {{ .B }}\n", "---\na: x\n---\na: y z\n---\na: '# w'\n...\n---\n|\n  x\n---\nb: 'no'\n"},
	"block document":    {"--- |\nx\n---\nb: {{ .B }}\n", "--- |\nx\n---\nb: 'no'\n"},
	"partial documents": {"{{ range .L }}\n{{ include \"doc.yaml\" . }}\n{{ end }}\n", "\n---\na: 1\n\n---\na: 1\n\n---\na: 1\n\n"},
	"anchors":           {"a: &x {{ .A }}\nb: *x\nc: &y\n  {{- toYaml .M | nindent 2 }}\nd:\n  <<: *y\n  e: {{ .B }}\n&z {{ .A }}: *x\n", "a: &x 'a: 1'\nb: *x\nc: &y\n  a:\n    - 1.5\n    - null\n    - 'no'\n    - {}\n  z: 1\nd:\n  <<: *y\n  e: 'no'\n&z 'a: 1': *x\n"},
	"tags":              {"a: !Sub {{ .A }}\nb: !Sub \"x{{ .B }}\"\nc: !reference [.x, {{ .B }}]\nd: !t\n  - {{ .B }}\ne: [!t {{ .B }}]\nf: !t {{- text .Text | nindent 2 }}\n", "a: !Sub 'a: 1'\nb: !Sub \"xno\"\nc: !reference [.x, 'no']\nd: !t\n  - 'no'\ne: [!t 'no']\nf: !t |\n  one\n  two: 2\n"},
	"anchored lines":    {"a:\n  {{- include \"anchored.yaml\" . | nindent 2 }}\n  c: 1\n", "a:\n  &x !t\n  b: 1\n  c: 1\n"},
	"parts":             {"path: /{{ .A }}/{id}\nimage: repo/{{ .B }}:{{ .N }}\nl:\n- --flag={{ .A }}\n- {{ .A }} {{ .B }}#c  # d\n- {{ .B }}:{{ .N }}\n- {{ .N }}:80\nkey-{{ .B }}: x\n", "path: '/a: 1/{id}'\nimage: repo/no:7\nl:\n- '--flag=a: 1'\n- 'a: 1 no#c'  # d\n- no:7\n- '7:80'\nkey-no: x\n"},
	"typed parts":       {"port: {{ .N }}\nversion: {{ .N }}.0\nb: {{ .T }}{{ .N }}\nn: {{ .B }}{{ \"\" }}\n", "port: 7\nversion: '7.0'\nb: true7\nn: 'no'\n"},
	"block indicators":  {"a: |2 # 9\n   b {{ .B }}\n  c {{ .N }}\nd: | # 4\n  {{ .B }}: 1\n", "a: |2 # 9\n   b no\n  c 7\nd: | # 4\n  no: 1\n"},
	"signs":             {"a: -{{ .N }}\nb: ?{{ .N }}\nc: [-{{ .N }}, :{{ .N }}]\n", "a: '-7'\nb: '?7'\nc: ['-7', ':7']\n"},
	"parts in flow":     {"[a-{{ .B }}, {{ .A }}{{ .B }}, {k{{ .B }}: b {{ .A }}, l: {{ .B }}:{{ .N }}}]\n", "[a-no, 'a: 1no', {kno: 'b a: 1', l: 'no:7'}]\n"},
	"parts and names":   {"k: !Sub x{{ .A }}\nl: &a !b c{{ .A }}\n? x{{ .B }}\n: y{{ .B }}\n{{ .B }}:{{ .N }}: z\nurn:{{ .B }}: w\n", "k: !Sub 'xa: 1'\nl: &a !b 'ca: 1'\n? xno\n: yno\nno:7: z\nurn:no: w\n"},
	"parts of text":     {"- - x - {{ .B }}\n- k: a, b{{ .B }} # c\n  l: 5%{{ .B }}\\\n  m: it's \"{{ .B }}\"\n  X: ${{ \"{{\" }} secrets.{{ .B }} }}\n", "- - x - no\n- k: a, bno # c\n  l: '5%no\\'\n  m: it's \"no\"\n  X: ${{ secrets.no }}\n"},
	"parts of source":   {"a: {{ include \"one.yaml\" . }}-{{ include \"word.txt\" . }}{{ quote .B }}\n", "a: '''x''-it: is\"no\"'\n"},
	"parts in loops":    {"a:{{ range .L }}\n  - x-{{ . }}{{ end }}\nb: [{{ range $i, $x := .L }}{{ if $i }}, {{ end }}y-{{ $x }}{{ end }}]\n{{- if .T }}\nc: {{ .B }}.{{ .N }}{{ end }}\n", "a:\n  - x-x\n  - x-y z\n  - x-# w\nb: [y-x, y-y z, y-# w]\nc: no.7\n"},
	"block lines":       {"run: |\n  echo {{ .A }} \"{{ .N }}\"\n{{- range .L }}\n  {{ . }} #\n{{- end }}\nb: >-\n  c {{ .B }}\n\n  {{ .B }}, {{ .A }}\nd: {{ .B }}\n", "run: |\n  echo a: 1 \"7\"\n  x #\n  y z #\n  # w #\nb: >-\n  c no\n\n  no, a: 1\nd: 'no'\n"},
	"block text":        {"a: |\n  {{ .Text }}\nb:\n  - >-\n    {{ .Text }}\n  - |+\n    {{ .Text }}\nc: 1\n", "a: |\n  one\n  two: 2\nb:\n  - >-\n    one\n\n    two: 2\n  - |+\n    one\n    two: 2\n\nc: 1\n"},
	"block text in it":  {"a: |\n  x\n    {{ .Text }}\n  {{ .Text }}\n  {{ .A }} {{ .B }}\nb: 1\n", "a: |\n  x\n    one\n  two: 2\n\n  one\n  two: 2\n\n  a: 1 no\nb: 1\n"},
	"block indented":    {"a: |\n{{ .Text | indent 2 }}\nb: |2-\n{{ .B | indent 3 }}\nc: >\n  {{- .Text | nindent 2 }}\nd: |+{{ .Text | nindent 2 }}\ne:\n  x.yaml: |\n    {{- toYaml .M | nindent 4 }}\n{{ include \"map.yaml\" . | indent 4 }}\nf: 1\n", "a: |\n  one\n  two: 2\nb: |2-\n   no\nc: >\n  one\n\n  two: 2\nd: |+\n  one\n  two: 2\n\ne:\n  x.yaml: |\n    a:\n      - 1.5\n      - null\n      - 'no'\n      - {}\n    z: 1\n    b: 1\n    c:\n      - d\nf: 1\n"},
	"block indented 2":  {"a: |\n  {{ .B }}\n  {{- .Text | nindent 4 }}\n  {{- include \"empty.yaml\" . | nindent 2 }}\nb: 1\n", "a: |\n  no\n    one\n  two: 2\n\n  \nb: 1\n"},
	"block of nothing":  {"a: |\n  {{ print }}\n  {{ print }}\n  {{ .B }}\nb: >-\n  {{ print }}\nc: 1\n", "a: |\n  \n  \n  no\nb: >-\n  \nc: 1\n"},
	"block then action": {"a: |\n  {{ .Text }}\n{{- if .T }}\n  {{ .B }}\n{{- end }}\n{{- include \"map.yaml\" . | nindent 0 }}\n{{ .A }}: 1\n", "a: |\n  one\n  two: 2\n\n  no\nb: 1\nc:\n  - d\n'a: 1': 1\n"},
	"functions":         {"a: {{ default .A .None }}\nb: {{ coalesce .None \"\" .B }}\nc: {{ ternary .A .B .T }}\nd: {{ trim \" x \" }}\ne: {{ .A | indent 2 | printf \"%s\" }}\n", "a: 'a: 1'\nb: 'no'\nc: 'a: 1'\nd: x\ne: '  a: 1'\n"},
}

func TestYAMLOutputs(t *testing.T) {
	for name, c := range yamlOutputs {
		if got, err := render(t, "x.yaml.tmpl", c.template, sample, samplePartials); err != nil || got != c.want {
			t.Errorf("%s:\n%s\ngot  %q\nwant %q, error %v", name, c.template, got, c.want, err)
		}
	}
}

// yamlRefusals are templates that must not open, the place of the problem, and words of its message and hint.
var yamlRefusals = map[string]struct{ template, pos, words string }{
	"value glued":      {"a:{{ .A }}\n", "1:3", "put a space after the colon"},
	"key value glued":  {"{{ .A }}:{{ .B }}\n", "1:10", "put a space"},
	"colon after":      {"{{ .A }}:b\n", "1:1", "put a space"},
	"colon in a map":   {"{a:{{ .A }}}\n", "1:4", "put a space"},
	"quoted colon":     {"\"a\":{{ .A }}\n", "1:5", "put a space before it: {{.A}}"},
	"dash glued":       {"-{{ .A }}\n", "1:2", "put a space before it: {{.A}}"},
	"second colon":     {"a: b {{ .A }}: c\n", "1:6", "in double quotes"},
	"second colon 2":   {"a: {{ .A }}: c\n", "1:4", "in double quotes"},
	"text branch":      {"a: b{{ if .T }}c{{ end }}{{ .A }}\n", "1:26", "in double quotes"},
	"text branch 2":    {"a: {{ .A }}{{ if .T }}c{{ end }}\n", "1:4", "in double quotes"},
	"text branch 3":    {"a: {{ if .T }}c{{ else }}{{ .A }}{{ end }}d\n", "1:26", "in double quotes"},
	"text loop":        {"a: {{ .A }}{{ range .L }}-{{ . }}{{ end }}\n", "1:27", "in double quotes"},
	"loop of parts":    {"a: {{ range .L }}{{ . }}-{{ end }}\n", "1:18", "in double quotes"},
	"variable":         {"a: b{{ $x := .A }}{{ $x }}\n", "1:19", "declare the variable"},
	"plain lines":      {"a: b\n  c {{ .A }}\n", "2:5", "in double quotes"},
	"plain lines 2":    {"a: b {{ .A }}\n  c\n", "1:6", "the line below would continue"},
	"flow lines":       {"[{{ .A }}\n{{ .B }}]\n", "2:1", "put a comma"},
	"flow lines 2":     {"[a{{ .A }}\nb]\n", "1:3", "put a comma"},
	"no comma 2":       {"[{{ range .L }}a-{{ . }}{{ end }}]\n", "1:18", "put a comma"},
	"raw after":        {"a: b{{ .A }}{{ raw .B }}\n", "1:5", "in double quotes"},
	"raw before":       {"a: {{ raw .B }}b{{ .A }}\n", "1:17", "in double quotes"},
	"block less":       {"a: |\n    b\n  c {{ .A }}\n", "3:5", "indent the line like the first one"},
	"block indicator":  {"a:\n  b: |-4\n    {{ .A }} c\n", "3:5", "indent the line like the first one"},
	"block root":       {"--- |\n-{{ .A }}\n", "2:2", "indent the lines of the block"},
	"block text":       {"a: |\n  b {{ text .A }}\n", "2:5", "(printf \"b %v\\n\" .A)"},
	"quoted then":      {"a: 'x'{{ .A }}\n", "1:7", "only part of a scalar"},
	"no comma":         {"[{{ range .L }}{{ . }}{{ end }}]\n", "1:16", "put a comma"},
	"block header":     {"a: |{{ .N }}\n  x\n", "1:5", "write the header of the block without an action"},
	"after an alias":   {"a: *b{{ .A }}\n", "1:6", "anchors, aliases and tags cannot come from data"},
	"alias and value":  {"a: *b {{ .A }}\n", "1:7", "directly follows another scalar"},
	"list and value":   {"a: [b]{{ .A }}\n", "1:7", "directly follows another scalar"},
	"quoted and value": {"a: \"b\" {{ .A }}\n", "1:8", "write it inside the quotes before it: {{.A}}\""},
	"anchored deeper":  {"&x a: {{ .A }}\n {{ .B }}\n", "2:2", "would continue the scalar above"},
	"block nindent":    {"a: |\n  b {{ .A | nindent 2 }}\n  {{ .A | nindent 2 }}\n", "3:3", "block scalar"},
	"block lines":      {"a: |\n  {{- text .A | nindent 2 }}\n", "2:3", "write {{- text .A | nindent 2 }} after the key"},
	"anchor":           {"a: &{{ .A }} b\n", "1:5", "anchor"},
	"alias":            {"a: *{{ .A }}\n", "1:5", "anchor"},
	"tag":              {"a: !{{ .A }} b\n", "1:5", "tag"},
	"older break":      {": \n- {{ .A }}\n\u2028- |\n", "2:3", "U+2028 begins the line below"},
	"bare tag":         {"a: ! {{ .A }}\n", "1:6", "has no name"},
	"bare tag above":   {"a: !\n  {{ .A }}\n", "2:3", "has no name"},
	"bare tag in flow": {"a: [! {{ .A }}]\n", "1:7", "has no name"},
	"directive":        {"%TAG {{ .A }}\n---\n", "1:6", "directive"},
	"escape":           {"a: \"\\{{ .A }}\"\n", "1:6", "escape"},
	"folded quote":     {"a: \"{{ .A }}\n  b\"\n", "1:5", "one line"},
	"folded quote 2":   {"a: 'b\n  {{ .A }}'\n", "2:3", "one line"},
	"continued":        {"a: b\n  {{ .A }}\n", "2:3", "would continue the scalar above"},
	"continued 2":      {"a: {{ .A }}\n  {{ .B }}\n", "2:3", "would continue the scalar above"},
	"below source":     {"{{ include \"x\" . }}\n{{ .A }}\n{{ .B }}\n", "3:1", "would continue the scalar above"},
	"text and value":   {"a:\n  {{- include \"x\" . | nindent 2 }}\n  b\n  {{ .B }}\n", "4:3", "would continue the scalar above"},
	"lines in a loop":  {"--{{ range .L }}{{- include \"x\" $ | nindent 6 }}{{ end }}\n", "1:17", "lines in column 6 could continue"},
	"glued in flow":    {"[{{ .A }}:]\n", "1:2", "put a space after the colon"},
	"old break":        {"a: 'b\u2028{{ .A }}'\n", "1:7", "write the quoted scalar on one line"},
	"old break 2":      {"a: \"{{ .A }} \u0085\"\n", "1:5", "write the quoted scalar on one line"},
	"continued text":   {"a: b\n  - {{ .A }}\n", "2:5", "in double quotes"},
	"quote in branch":  {"a: {{ if .T }}\"x{{ else }}y{{ end }}\n", "1:4", "branches of {{ if }} end in different places: inside \"…\", and outside"},
	"flow in branch":   {"a: {{ if .T }}[{{ end }}x\n", "1:4", "inside ["},
	"quote in loop":    {"a: {{ range .L }}'{{ . }}{{ end }}\n", "", "branches of {{ range }}"},
	"open at the end":  {"a: \"{{ .A }}", "1:13", "ends inside \"…\""},
	"open flow":        {"a: [{{ .A }}\n", "2:1", "ends inside ["},
	"place by branch":  {"a: 1{{ if .T }} #{{ else }}\nb: {{ end }}{{ .A }}\n", "", "different places"},
	"nindent in flow":  {"[{{ .M | toYaml | nindent 2 }}]\n", "1:2", "without nindent"},
	"nindent key":      {"a:\n  {{- toYaml .M | nindent 2 }}: 1\n", "2:3", "lines cannot be used as a key"},
	"nindent text":     {"a:\n  {{- toYaml .M | nindent 2 }} foo\n", "2:3", "shares its line with other text"},
	"text not nindent": {"a:\n  b: {{ text .A }}\n", "2:6", "{{- text .A | nindent 4 }}"},
	"deeper line":      {"a: {{- text .A | nindent 2 }}\n   b\nc: 1\n", "1:4", "deeper than the lines"},
	"deeper key":       {"{{ include \"x\" . }}\n  b: 1\n", "1:1", "deeper than the lines"},
	"deeper remark":    {"a: {{- text .A | nindent 2 }}\n    # b\nc: 1\n", "1:4", "deeper than the lines"},
	"deeper lines":     {"a:\n  {{- toYaml .A | nindent 2 }}\n  {{- comment .B | nindent 4 }}\n", "3:3", "write nindent 2"},
	"space after":      {"a: {{- text .A | nindent 2 }} \n", "1:4", "end the line with the action"},
	"space at the end": {"a: {{- text .A | nindent 2 }} ", "1:4", "end the line with the action"},
	"remark after":     {"a: {{- text .A | nindent 2 }} # b\n", "1:4", "comment above the action"},
	"indented value":   {"a: 1\n{{ quote .A | indent 3 }}\n", "2:1", "would continue the scalar above"},
	"late directive":   {"{{ .A }}\n%YAML 1.2\n---\n", "1:1", "would continue the scalar"},
	"remark in a line": {"a: {{ comment .A }}\n", "1:4", "nindent 0"},
	"separator":        {"[{{ range .L }}{{ if .B }}, {{ end }}{{ . }}{{ end }}]\n", "1:38", "{{ range $i"},
	"no separator":     {"[{{ range .L }}{{ if . }}{{ . }}{{ continue }}{{ end }}, {{ end }}]\n", "1:26", "{{ range $i"},
	"define":           {"{{ define \"x\" }}{{ end }}a: 1\n", "", "partial"},
	"template":         {"{{ block \"x\" . }}{{ end }}\n", "", "partial"},
	"syntax":           {"a: 1\nb: {{ .A | nope }}\n", "2:1", `function "nope" not defined`},
	"writer":           {"a: {{ _yaml 0 0 0 .A }}\n", "1:1", "not defined"},
}

func TestYAMLRefusals(t *testing.T) {
	funcs := template.FuncMap{"upper": strings.ToUpper, "include": included(nil)["include"]}
	for name, c := range yamlRefusals {
		_, err := Parse("p/x.yaml.tmpl", c.template, funcs)
		var problems value.Problems
		if !errors.As(err, &problems) || !strings.Contains(err.Error(), c.words) {
			t.Errorf("%s: %q gave %v", name, c.template, err)
			continue
		}
		if at := "p/x.yaml.tmpl:" + c.pos; c.pos != "" && (problems[0].Pos.String() != at || len(problems) > 1) {
			t.Errorf("%s: %q gave %v", name, c.template, err)
		}
	}
}

// yamlFailures are templates that open and must not be executed, with words of the error.
var yamlFailures = map[string]struct{ template, words string }{
	"nindent value":    {"a: {{ .A | nindent 2 }}\n", "text VALUE | nindent N"},
	"nindent word":     {"a:\n  {{- include \"word.txt\" . | nindent 2 }}\n", "text VALUE | nindent N"},
	"nindent code":     {"a:\n  {{- include \"code.py\" . | nindent 2 }}\n", "text VALUE | nindent N"},
	"indent value":     {"a: {{ .A | indent 2 }}\n", "only source"},
	"several lines":    {"a: {{ include \"map.yaml\" . }}\n", "write {{- VALUE | nindent N }}"},
	"several in deep":  {"a:\n  {{ include \"map.yaml\" . }}\n", "nindent N"},
	"several in item":  {"- {{ include \"map.yaml\" . }}\n", "nindent N"},
	"scalar and key":   {"a:\n  {{- toYaml .A | nindent 2 }}\n  b: 1\n", "the line below it would continue"},
	"scalar and item":  {"{{ print .A }}\n- b\n", "the line below it would continue"},
	"scalar and lines": {"a:\n  {{- include \"one.yaml\" . | nindent 2 }}\n  {{- include \"map.yaml\" . | nindent 2 }}\n", "the line below it would continue"},
	"lines beside":     {"{{ $t := text .Text | nindent 2 }}a: {{ $t }} # b\n", "end the line with the action"},
	"indented text":    {"a: 1\n{{ ternary (text .A | nindent 4) .B true }}\n", "text follows a whole value"},
	"remark of text":   {"{{ $c := comment .A | nindent 2 }}a: |\n  b\n{{ $c }}\n", "nindent 0"},
	"text too shallow": {"a:\n  b: {{- text .Text | nindent 2 }}\n", "write nindent 4"},
	"text at root":     {"a: {{- text .Text | nindent 0 }}\n", "write nindent 2"},
	"text variable":    {"{{ $t := text .Text }}a: {{ $t }}\n", "text needs to know the column"},
	"text after value": {"a: 1\n{{- text .Text | nindent 2 }}\n", "follows a whole value"},
	"too deep":         {"a: {{ .A }}\n{{- include \"map.yaml\" . | nindent 2 }}\n", "would continue the scalar"},
	"lines in a loop":  {"{{ range .L }}\nb{{- include \"map.yaml\" $ | nindent 2 }}{{ end }}\n", "would continue the scalar"},
	"too deep item":    {"- {{ .A }}\n{{- include \"list.yaml\" . | nindent 2 }}\n", "write nindent 0"},
	"flow lines":       {"[{{ include \"map.yaml\" . }}]\n", "several lines"},
	"flow key":         {"[{{ include \"pair.yaml\" . }}]\n", "cannot be used inside"},
	"flow empty":       {"[{{ include \"empty.yaml\" . }}]\n", "is empty"},
	"key null":         {"{{ .None }}: 1\n", "key cannot be of type null"},
	"key list":         {"{{ .L }}: 1\n", "key cannot be of type array"},
	"quoted list":      {"a: \"{{ .L }}\"\n", "inside quotes"},
	"list in parts":    {"a: b-{{ .L }}\n", "cannot be a part of a scalar"},
	"null in parts":    {"a: b-{{ .None }}\n", "cannot be a part of a scalar"},
	"block lines":      {"a: |\n  b {{ .Text }}\n", `write {{- text (printf "b %v\n" .Text) | nindent 2 }} after the key`},
	"block lines 2":    {"a: |\n  {{ .A }} {{ .Text }}\n", "a block scalar cannot contain"},
	"block lines 3":    {"a: |\n  {{ .Text }} {{ .A }}\n", "a block scalar cannot contain"},
	"block columns":    {"a: |\n{{ if .T }}  {{ else }}    {{ end }}{{ .Text }}\n", "a block scalar cannot contain"},
	"block first":      {"a: |\n  {{ print \"\\n \" .A }}\n  b\n", "cannot begin with"},
	"block first 2":    {"a: |\n  {{ print }}\n  {{ print \"\\t\" .A }}\n", "cannot begin with"},
	"block uneven":     {"a: |\n  {{ print }}\n    b\n", "cannot begin with"},
	"block uneven 2":   {"a: |\n  {{ print }}\n  {{ print }}\n    {{ .A }}\n", "cannot begin with"},
	"block ends":       {"a: |\n  {{ print .A \"\\n \\n\" }}\n", "cannot end with"},
	"block folded":     {"a: >\n  b\n  {{ print \" \" .A }}\n", "cannot begin with"},
	"block folded 2":   {"a: >\n  {{ print .A \"\\n \" .B }}\n", "cannot begin with"},
	"block folded 3":   {"a: >\n  {{ print }}\n  b\n", "cannot begin with"},
	"block folded 4":   {"a: >\n  b\n  {{ print }}\n", "cannot begin with"},
	"block folded 6":   {"a: >\n  {{ .A }}\n  {{ print }}\n", "cannot begin with"},
	"block folded 5":   {"a: >\n  {{ .Text }}\n  b\n", "cannot end with"},
	"block space":      {"a: |\n  {{ print \" \" .B }} b\n", "cannot begin with"},
	"block nothing":    {"a: |\n  {{ print }} b\n", "cannot begin with"},
	"block list":       {"a: |\n  b {{ .L }}\n", "cannot be written inside"},
	"single break":     {"a: '{{ .Text }}'\n", "single quotes cannot contain"},
	"missing key":      {"a: {{ .Nope }}\n", "no entry for key"},
}

func TestYAMLFailures(t *testing.T) {
	for name, c := range yamlFailures {
		got, err := render(t, "x.yaml.tmpl", c.template, sample, samplePartials)
		if err == nil || !strings.Contains(err.Error(), c.words) {
			t.Errorf("%s: %q gave %q, error %v", name, c.template, got, err)
		}
		var problem value.Problem
		if name != "missing key" && !errors.As(err, &problem) {
			t.Errorf("%s: the error holds no problem: %v", name, err)
		}
	}
}
