package generator

import (
	"regexp"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model"
)

// yamlPack is a pack of one YAML file that may use these features.
func yamlPack(features, template string) files {
	return files{
		"pack.yaml":   "format: 1\ndescription: d\noutputs:\n  - template: a.yaml.tmpl\n    yaml: [" + features + "]\n",
		"a.yaml.tmpl": template,
	}
}

// What the author of a template writes is what arrives: Kubernetes, Compose, GitLab CI, CloudFormation, MkDocs.
func TestYAMLOfItsAuthor(t *testing.T) {
	api := &model.API{Title: "x: &a *b\n---\n!c <<"}
	const title = `"x: &a *b\n---\n!c <<"`
	for _, c := range []struct{ features, template, want string }{
		{"documents", "---\nkind: Namespace\nmetadata: {name: {{ .API.Title }}}\n---\nkind: ConfigMap\ndata:\n  # {{ .API.Title }}\n  title: {{ .API.Title }}\n", "---\nkind: Namespace\nmetadata: {name: TITLE}\n---\nkind: ConfigMap\ndata:\n  # x: &a *b --- !c <<\n  title: TITLE\n"},
		{"documents", "{{ range until 3 }}---\nkind: {{ $.API.Title }}\nn: {{ . }}\n{{ end }}", "---\nkind: TITLE\nn: 0\n---\nkind: TITLE\nn: 1\n---\nkind: TITLE\nn: 2\n"},
		{"documents", "%YAML 1.2\n---\na: {{ .API.Title }}\n...\n---\nb: 1\n", "%YAML 1.2\n---\na: TITLE\n...\n---\nb: 1\n"},
		{"anchors", "x-base: &base\n  restart: always\n  title: {{ .API.Title }}\nservices:\n  a:\n    <<: *base\n    image: &image {{ .API.Title }}\n  b: {<<: [*base], image: *image}\n", "x-base: &base\n  restart: always\n  title: TITLE\nservices:\n  a:\n    <<: *base\n    image: &image TITLE\n  b: {<<: [*base], image: *image}\n"},
		{"tags", ".setup:\n  script:\n    - {{ .API.Title }}\ntest:\n  script:\n    - !reference [.setup, script]\n    - !reference [{{ .API.Title }}, script]\n", ".setup:\n  script:\n    - TITLE\ntest:\n  script:\n    - !reference [.setup, script]\n    - !reference [TITLE, script]\n"},
		{"tags", "Name: !Sub \"${AWS::StackName}-{{ .API.Title }}\"\nTitle: !Sub {{ .API.Title }}\nArn: !GetAtt Queue.Arn\nAnd: !And\n  - !Equals [!Ref Stage, {{ .API.Title }}]\n  - !Condition {Name: x}\n", "Name: !Sub \"${AWS::StackName}-x: &a *b\\n---\\n!c <<\"\nTitle: !Sub TITLE\nArn: !GetAtt Queue.Arn\nAnd: !And\n  - !Equals [!Ref Stage, TITLE]\n  - !Condition {Name: x}\n"},
		{"tags", "site_name: {{ .API.Title }}\nmarkdown_extensions:\n  - pymdownx.emoji:\n      emoji_index: !!python/name:material.extensions.emoji.twemoji\npassword: !secret api_password\n", "site_name: TITLE\nmarkdown_extensions:\n  - pymdownx.emoji:\n      emoji_index: !!python/name:material.extensions.emoji.twemoji\npassword: !secret api_password\n"},
		{"tags, documents, anchors", "a: &x !t {{ .API.Title }}\n---\nb: &x 1\nc: *x\n", "a: &x !t TITLE\n---\nb: &x 1\nc: *x\n"},
	} {
		pack, err := open(yamlPack(c.features, c.template))
		if err != nil {
			t.Errorf("%q: %v", c.template, err)
			continue
		}
		made, err := pack.Render(api, Params{})
		if want := strings.ReplaceAll(c.want, "TITLE", title); err != nil || string(made[0].Content) != want {
			t.Errorf("%q gave %v\n%q\nwant\n%q", c.template, err, contents(made), want)
		}
	}
}

func contents(made []File) string {
	var b strings.Builder
	for _, file := range made {
		b.Write(file.Content)
	}
	return b.String()
}

// A file may have what pack.yaml lists and a template contains, and nothing that is too large when its aliases are followed.
func TestYAMLBeyondItsAuthor(t *testing.T) {
	bomb := "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c < 'h'; c++ {
		bomb += string(c) + ": &" + string(c) + " [" + strings.Repeat("*"+string(c-1)+", ", 9) + "*" + string(c-1) + "]\n"
	}
	const said = ": the template generated an invalid file: "
	allow := func(features string) string {
		return "\n  hint: add `yaml: [" + features + "]` to the output a.yaml.tmpl in the pack.yaml of the pack list"
	}
	const pack = "\n  hint: the fault is in the template, not in the definitions"
	const raw = "\n  hint: raw writes a string unchecked: write the value without raw"
	for _, c := range []struct{ features, template, want string }{
		{"", "a: &x 1\nb: *x\n", "embedded/list/a.yaml.tmpl:1:4" + said + "it contains an anchor, &x [FS5002]" + allow("anchors") + "\nembedded/list/a.yaml.tmpl:2:4" + said + "it contains an alias, *x [FS5002]" + allow("anchors")},
		{"documents, tags", "a: &x {b: c}\n---\n<<: {}\n", "embedded/list/a.yaml.tmpl:1:4" + said + "it contains an anchor, &x [FS5002]" + allow("documents, anchors, tags") + "\nembedded/list/a.yaml.tmpl:3:1" + said + "it contains a merge key [FS5002]" + allow("documents, anchors, tags")},
		{"anchors", "a: !Ref x\n---\nb: 1\n", "embedded/list/a.yaml.tmpl:1:4" + said + "it contains a tag, !Ref [FS5002]" + allow("anchors, tags") + "\nembedded/list/a.yaml.tmpl:3:1" + said + "it contains more than one document [FS5002]" + allow("documents, anchors")},
		{"", "a: !!str 1\n", "embedded/list/a.yaml.tmpl:1:4" + said + "it contains a tag, !!str [FS5002]" + allow("tags")},
		{"documents, anchors, tags", "{{ raw \"a: &x !t 1\\n---\\nb: 2\" }}\n", "embedded/list/a.yaml.tmpl:1:1" + said + "it contains a tag, !t, which no template of the pack contains [FS5002]" + raw + "\nembedded/list/a.yaml.tmpl:1:1" + said + "it contains an anchor, &x, which no template of the pack contains [FS5002]" + raw +
			"\nembedded/list/a.yaml.tmpl:1:1" + said + "it contains more than one document, but no template of the pack contains --- [FS5002]" + raw},
		{"anchors", bomb, "embedded/list/a.yaml.tmpl:6:20" + said + "aliases expand to more than 500000 values [FS5002]\n  hint: write the values out, or nest aliases less deeply"},
		{"anchors", "a: &x [*x]\n", "embedded/list/a.yaml.tmpl:1:8" + said + `the alias "x" is inside its own anchor [FS5002]` + "\n  hint: a value cannot contain itself; for a recursive schema use $ref"},
		{"documents, anchors", "a: &x 1\n---\na: *x\n", "embedded/list/a.yaml.tmpl:3:4" + said + `no anchor "x" is defined before this alias [FS5002]` + "\n  hint: define it earlier in the same document, or quote the text"},
		{"", "a:\n  \"{{ repeat 1100 .API.Title }}\": 1\n", "embedded/list/a.yaml.tmpl:2:3" + said + "the key is longer than 1024 characters [FS5002]" + pack},
		{"", "{ \"{{ repeat 300 .API.Description }}\": 1 }\n", "embedded/list/a.yaml.tmpl:1:3" + said + "the key is longer than 1024 characters [FS5002]" + pack},
		{"documents, tags", "a: !t 1\na: !t 2\n---\nb: 1\n", "embedded/list/a.yaml.tmpl:2:1" + said + `duplicate key "a" [FS5002]` + "\n  hint: first defined at a.yaml:1:1; remove one of them"},
	} {
		pack, err := open(yamlPack(c.features, c.template))
		if err != nil {
			t.Errorf("%q: %v", c.template, err)
			continue
		}
		if _, err := pack.Render(&model.API{Title: "k", Description: "\u0001"}, Params{}); withoutExcerpts(errorText(err)) != c.want {
			t.Errorf("%q: got\n%v\nwant\n%s", c.template, err, c.want)
		}
	}
}

// withoutExcerpts returns the text of an error without the lines of faulty files.
func withoutExcerpts(text string) string {
	return regexp.MustCompile(`\n  \S+, which was not written:(\n +\d* \|.*)+`).ReplaceAllString(text, "")
}

func TestYAMLFeaturesAreChecked(t *testing.T) {
	const head = "format: 1\ndescription: d\noutputs:\n"
	const at = "embedded/list/pack.yaml:"
	for manifest, want := range map[string]string{
		"  - {template: a.yaml.tmpl, yaml: [document, 1]}\n":            at + "4:36: unknown value \"document\" [FS2004]\n  hint: did you mean \"documents\"?\n" + at + "4:46: yaml lists features of YAML, not a value of type number [FS4003]\n  hint: write a list of words: yaml: [documents, anchors, tags]",
		"  - {template: a.yaml.tmpl, yaml: tags}\n":                     at + "4:35: yaml of an output cannot be \"tags\" [FS2002]\n  hint: write \"yaml: [tags]\"",
		"  - {template: a.json.tmpl, yaml: [tags]}\n":                   at + "4:35: a.json is not a YAML file [FS4003]\n  hint: remove it",
		"  - {template: a.yaml.tmpl, path: a.json, yaml: [tags]}\n":     at + "4:49: a.json is not a YAML file [FS4003]\n  hint: remove it",
		"  - template: a.yaml.tmpl\n  - {copy: b.yaml, yaml: [tags]}\n": at + "5:26: copied files may contain any YAML [FS4003]\n  hint: remove it",
	} {
		if _, err := open(files{"pack.yaml": head + manifest, "a.yaml.tmpl": "a: 1\n", "a.json.tmpl": "1\n", "b.yaml": "a: 1\n"}); errorText(err) != want {
			t.Errorf("%s: got\n%v\nwant\n%s", manifest, err, want)
		}
	}
}
