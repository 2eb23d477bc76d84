package project

import (
	"reflect"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model/facts"
	"github.com/firestoned/firestone/model/value"
)

const whole = `# yaml-language-server: $schema=.firestone/config.schema.json
title: 2024
description: no
version: 1.0
contact: {email: api@example.org}
license: {name: MIT}
terms: https://example.org/terms
externalDocs: {url: "https://example.org/docs", description: 2nd edition}
servers: [https://example.org/v1, {url: "https://{port}.example.org", variables: {port: {default: 80}}}]
prefix: /api
x-defaults:
  item: &item
    pack: openapi
    parameters: {version: 3.1.0, n: 1e400}
resources: resources/*.yaml
templates: [../organisation/templates, templates]
generate:
  - <<: *item
    output: api/openapi.yaml
    include: [book, 007]
    exclude: author
  - pack: ./packs/markdown
    output: docs/
  - {pack: asyncapi, output: ./}
`

func TestLoad(t *testing.T) {
	p, problems := Load("sub/firestone.yaml", []byte(whole), "")
	if problems != nil {
		t.Fatal(problems)
	}
	at := func(line, col int) value.Pos { return value.Pos{File: "sub/firestone.yaml", Line: line, Col: col} }
	parameters := p.Generate[0].Parameters
	p.Generate[0].Parameters = nil
	want := &Project{
		File: "sub/firestone.yaml", Title: "2024", Description: "no", Version: "1.0",
		Facts: facts.Facts{
			Pos: at(2, 1), Contact: &facts.Contact{Email: "api@example.org"}, License: &facts.License{Name: "MIT", Identifier: "MIT"},
			Terms: "https://example.org/terms", ExternalDocs: &facts.ExternalDocs{URL: "https://example.org/docs", Description: "2nd edition"},
			Servers: []*facts.BaseURL{
				{URL: "https://example.org/v1", IsGiven: true},
				{URL: "https://{port}.example.org", Variables: []*facts.ServerVariable{{Name: "port", Default: "80", HasDefault: true}}, IsGiven: true},
			},
			Prefix: "/api",
		},
		Resources: []Text{{"resources/*.yaml", at(15, 12)}},
		Templates: []Text{{"../organisation/templates", at(16, 13)}, {"templates", at(16, 40)}},
		Generate: []Item{
			{
				Pos: at(18, 5), Pack: Text{"openapi", at(13, 11)}, Output: Text{"api/openapi.yaml", at(19, 13)},
				Include: []Text{{"book", at(20, 15)}, {"007", at(20, 21)}}, Exclude: []Text{{"author", at(21, 14)}},
			},
			{Pos: at(22, 5), Pack: Text{"./packs/markdown", at(22, 11)}, Output: Text{"docs/", at(23, 13)}},
			{Pos: at(24, 5), Pack: Text{"asyncapi", at(24, 12)}, Output: Text{"./", at(24, 30)}},
		},
	}
	if !reflect.DeepEqual(p, want) {
		t.Errorf("got\n%+v\nwant\n%+v", p, want)
	}
	if got := parameters.Get("n").Text; got != "1e400" {
		t.Errorf("the parameter n is %s", got)
	}
	if p.Generate[0].IsFolder() || !p.Generate[1].IsFolder() {
		t.Error("an output is a folder if a slash ends it")
	}
}

// item returns a project of one item with one more line.
func item(line string) string {
	return "resources: a.yaml\ngenerate:\n  - pack: openapi\n    output: out.yaml\n    " + line + "\n"
}

// top returns a project of one item with one more line at the top.
func top(line string) string { return line + "\n" + item("") }

// output returns a project with items of these outputs, each on a line from the third on.
func output(outputs ...string) string {
	text := "resources: [a.yaml, defs, r/*.yaml, s/**/x*.json]\ngenerate:\n"
	for _, output := range outputs {
		text += "  - {pack: p, output: " + output + "}\n"
	}
	return text
}

func TestLoadSaysWhereEachSlipIs(t *testing.T) {
	const oneOf = `
  hint: expected one of `
	for _, test := range []struct{ text, want string }{
		{"", "f:1:1: the file is empty [FS1011]\n  hint: add at least resources and generate"},
		{"# nothing\n---\n", "f:1:1: the file is empty [FS1011]\n  hint: add at least resources and generate"},
		{"- pack: openapi", "f:1:1: firestone.yaml must be an object, not a list [FS2002]\n  hint: expected an object with resources and generate"},
		{"{}", "f:1:1: firestone.yaml has no generate [FS2003]\n  hint: add `generate: [{pack: openapi, output: openapi.yaml}]`\nf:1:1: firestone.yaml has no resources [FS2003]\n  hint: add `resources: [book.yaml]`"},
		{"title: [", "f:1:8: the \"[\" that opens here is not closed [FS1003]\n  hint: close it with \"]\", and separate elements with commas"},
		{top("") + "---\nx: 1", "f:8:1: firestone.yaml must be a single document [FS1012]\n  hint: remove the --- and what follows, or move it to a project of its own"},
		{top("resource: b.yaml"), "f:1:1: unknown key \"resource\" in firestone.yaml [FS2001]\n  hint: did you mean \"resources\"?"},
		{top("Definitions: b.yaml"), "f:1:1: unknown key \"Definitions\" in firestone.yaml [FS2001]\n  hint: did you mean \"resources\"?"},
		{top("template: t"), "f:1:1: unknown key \"template\" in firestone.yaml [FS2001]\n  hint: did you mean \"templates\"?"},
		{top("zzz: t"), "f:1:1: unknown key \"zzz\" in firestone.yaml [FS2001]" + oneOf + "title, description, version, requires, contact, license, terms, externalDocs, servers, prefix, resources, templates, generate"},
		{top("title:"), "f:1:7: title cannot be null [FS2002]\n  hint: expected a string"},
		{top("title: ' '"), "f:1:8: title is empty [FS3001]\n  hint: expected a string"},
		{top("title: true"), "f:1:8: title cannot be the boolean true [FS2002]\n  hint: expected a string; quote it if it is one"},
		{"resources: [false]\ngenerate: [{pack: true, output: o}]",
			"f:1:13: an entry of resources cannot be the boolean false [FS2002]\n  hint: expected a file, a folder or a glob; quote it if it is one\n" +
				"f:2:19: pack cannot be the boolean true [FS2002]\n  hint: expected the name of a pack, or a folder written with a slash; quote it if it is one"},
		{"resorces: a\ngenrate: [{pack: p, output: o}]",
			"f:1:1: unknown key \"resorces\" in firestone.yaml [FS2001]\n  hint: did you mean \"resources\"?\n" +
				"f:2:1: unknown key \"genrate\" in firestone.yaml [FS2001]\n  hint: did you mean \"generate\"?"},
		{"definitions: a\ngenerate: [{pack: p, ouput: o}, {template: p, output: o}]",
			"f:1:1: unknown key \"definitions\" in firestone.yaml [FS2001]\n  hint: did you mean \"resources\"?\n" +
				"f:2:22: unknown key \"ouput\" in an item of generate [FS2001]\n  hint: did you mean \"output\"?\n" +
				"f:2:34: unknown key \"template\" in an item of generate [FS2001]\n  hint: did you mean \"pack\"?"},
		{top("<<<<<<< HEAD\ntitle: a\n=======\ntitle: b\n>>>>>>> b"), "f:1:1: the file contains merge conflict markers [FS1007]\n  hint: keep one side or combine both, and remove the markers"},
		{top("version: [1]"), "f:1:10: version cannot be a list [FS2002]\n  hint: write \"version: 1\""},
		{top("title: a\ntitle: b"), "f:2:1: duplicate key \"title\" [FS1008]\n  hint: first defined at f:1:1; remove one of them"},
		{top("templates: {a: b}"), "f:1:12: templates cannot be an object [FS2002]\n  hint: write \"templates: b\""},
		{top("templates: []"), "f:1:12: templates is empty [FS3001]\n  hint: add a folder, or remove templates"},
		{top("templates: [t, ./t/]"), "f:1:16: templates lists \"./t/\" twice, first at f:1:13 [FS3006]\n  hint: remove it"},
		{top(`templates: org\templates`), "f:1:12: the path \"org\\\\templates\" contains backslashes [FS3008]\n  hint: write org/templates"},
		{"resources: [a.yaml, '', {}, ~, '-']\ngenerate: [{pack: p, output: o}]",
			"f:1:21: an entry of resources is empty [FS3001]\n  hint: expected a file, a folder or a glob\n" +
				"f:1:25: an entry of resources cannot be an object [FS2002]\n  hint: expected a file, a folder or a glob\n" +
				"f:1:29: an entry of resources cannot be null [FS2002]\n  hint: expected a file, a folder or a glob\n" +
				"f:1:32: a project cannot read standard input [FS3008]\n  hint: name a file, a folder or a glob"},
		{top("licence: MIT"), "f:1:1: unknown key \"licence\" in firestone.yaml [FS2001]\n  hint: did you mean \"license\"?"},
		{top("termsOfService: a"), "f:1:1: unknown key \"termsOfService\" in firestone.yaml [FS2001]\n  hint: did you mean \"terms\"?"},
		{top("external_docs: {}"), "f:1:1: unknown key \"external_docs\" in firestone.yaml [FS2001]\n  hint: did you mean \"externalDocs\"?"},
		{top("license: MIT"), "f:1:10: license must be an object, not \"MIT\" [FS2002]\n  hint: write \"license: {name: MIT}\""},
		{top("license: {url: 'https://a.b'}"), "f:1:10: license has no name [FS2003]\n  hint: add `name: Apache-2.0`"},
		{top("license: {identifier: MIT}"), "f:1:11: unknown key \"identifier\" in license [FS2001]\n  hint: did you mean \"name\"?"},
		{top("license: {name: ''}"), "f:1:17: license.name is empty [FS3001]\n  hint: expected a string"},
		{top("contact: Ann"), "f:1:10: contact must be an object, not \"Ann\" [FS2002]\n  hint: write \"contact: {name: Ann}\""},
		{top("contact: {}"), "f:1:10: contact is empty [FS3001]\n  hint: add name, or remove contact"},
		{top("contact: {mail: a@b.c, url: b.c, email: Ann}"),
			"f:1:11: unknown key \"mail\" in contact [FS2001]\n  hint: did you mean \"email\"?\n" +
				"f:1:29: contact.url: \"b.c\" is not a URI [FS2005]\n  hint: expected a URL with its scheme, for example \"https://example.com\"\n" +
				"f:1:41: contact.email: \"Ann\" is not an email address [FS2005]\n  hint: expected an address, for example \"api@example.com\""},
		{top("contact: {url: 7, email: [a]}"),
			"f:1:16: contact.url: \"7\" is not a URI [FS2005]\n  hint: expected a URL with its scheme, for example \"https://example.com\"\n" +
				"f:1:26: contact.email cannot be a list [FS2002]\n  hint: write \"email: 'api@example.com'\""},
		{top("terms: {url: a}"), "f:1:8: terms cannot be an object [FS2002]\n  hint: write \"terms: 'https://example.com/terms'\""},
		{top("terms: see below"), "f:1:8: terms: \"see below\" is not a URI [FS2005]\n  hint: expected a URL with its scheme, for example \"https://example.com\""},
		{top("externalDocs: https://a.b"), "f:1:15: externalDocs must be an object, not \"https://a.b\" [FS2002]\n  hint: write \"externalDocs: {url: 'https://a.b'}\""},
		{top("server: a"), "f:1:1: unknown key \"server\" in firestone.yaml [FS2001]\n  hint: did you mean \"servers\"?"},
		{top("basePath: /api"), "f:1:1: unknown key \"basePath\" in firestone.yaml [FS2001]\n  hint: did you mean \"prefix\"?"},
		{top("prefix: api/v1/"), "f:1:9: \"api/v1/\" is not a prefix of paths [FS3007]\n  hint: write /api/v1"},
		{top("prefix: /"), "f:1:9: \"/\" is not a prefix of paths [FS3007]\n  hint: write it as /api"},
		{top("servers: []"), "f:1:10: servers is empty [FS3001]\n  hint: add a URL, or remove servers"},
		{top("servers: {dev: {url: a}}"), "f:1:10: servers must be a URL or a list, not an object [FS2002]\n" +
			"  hint: expected a URL, or a list of URLs and of objects such as \"- url: https://api.example.com\"; servers of events stand in the definitions"},
		{top("servers: api.example.org/v1"), "f:1:10: \"api.example.org/v1\" is not a URL of a REST API [FS3007]\n  hint: write https://api.example.org/v1"},
		{top("servers: wss://a.b"), "f:1:10: \"wss://a.b\" is not a URL of a REST API [FS3007]\n  hint: write the URL of the REST API; event servers belong in the definitions, under asyncapi.servers"},
		{top("servers: https://a.b?c=d"), "f:1:10: \"https://a.b?c=d\" is not a URL of a REST API [FS3007]\n  hint: leave out the ? or # and what follows"},
		{top("servers: 'https://{a.b'"), "f:1:10: \"https://{a.b\" is not a URL of a REST API [FS3007]\n  hint: close every { with a }"},
		{top("servers: ftp://a.b"), "f:1:10: \"ftp://a.b\" is not a URL of a REST API [FS3007]\n  hint: write it as https://api.example.com or, on the host of the document, as /"},
		{top("servers: [/, {url: /}]"), "f:1:20: servers names \"/\" twice, first at f:1:11 [FS3006]\n  hint: remove it"},
		{top("servers: ['https://{a}.b', {uri: /, variables: 7}]"),
			"f:1:11: the variable {a} of \"https://{a}.b\" is not declared [FS2605]\n  hint: write an object with url and variables: {a: {default: ...}}\n" +
				"f:1:29: unknown key \"uri\" in a server [FS2001]\n  hint: did you mean \"url\"?\n" +
				"f:1:48: variables must be an object, not the number 7 [FS2605]\n  hint: expected names with objects, such as \"{region: {default: eu}}\""},
		{top("servers: [{url: 'https://{a}.b', variables: {a: {enum: [c], value: c}, d: {default: e, enum: []}}}]"),
			"f:1:61: unknown key \"value\" in the variable a [FS2001]\n  hint: did you mean \"default\"?\n" +
				"f:1:72: the variable \"d\" is not in the url \"https://{a}.b\" [FS2605]\n  hint: write {d} where it belongs in the url, or remove it\n" +
				"f:1:94: enum of the variable d is empty [FS2605]\n  hint: expected a list of texts"},
		{top("servers: [{url: 'https://{a}.b', variables: {a: {default: x, enum: [c, d]}}}]"),
			"f:1:59: default of the variable a is not one of its enum values [FS2605]\n  hint: expected one of c, d"},
		{top("externalDocs: {}"), "f:1:15: externalDocs has no url [FS2003]\n  hint: add `url: https://example.com/docs`"},
		{"resources: a\ngenerate: []", "f:2:11: generate is empty [FS3001]\n  hint: write \"- pack: openapi\" and \"output: openapi.yaml\" below it"},
		{"resources: a\ngenerate: {pack: p, output: o}", "f:2:11: generate must be a list, not an object [FS2002]\n  hint: write \"generate: [{pack: p, output: o}]\""},
		{"resources: a\ngenerate: [openapi]", "f:2:12: an item of generate must be an object, not \"openapi\" [FS2002]\n  hint: write \"{pack: openapi, output: api/}\""},
		{"resources: a\ngenerate: [{}]", "f:2:12: an item of generate has no output [FS2003]\n  hint: add `output: openapi.yaml`\nf:2:12: an item of generate has no pack [FS2003]\n  hint: add `pack: openapi`"},
		{item("params: {}"), "f:5:5: unknown key \"params\" in an item of generate [FS2001]\n  hint: did you mean \"parameters\"?"},
		{item("set: {}"), "f:5:5: unknown key \"set\" in an item of generate [FS2001]\n  hint: did you mean \"parameters\"?"},
		{item("out: x"), "f:5:5: unknown key \"out\" in an item of generate [FS2001]\n  hint: did you mean \"output\"?"},
		{item("x-y: x"), "f:5:5: unknown key \"x-y\" in an item of generate [FS2001]" + oneOf + "pack, output, parameters, include, exclude"},
		{item("parameters: [a]"), "f:5:17: parameters must be an object, not a list [FS2002]\n  hint: expected a mapping of names to values, such as \"{version: 3.1.0}\""},
		{item("parameters:"), "f:5:16: parameters must be an object, not null [FS2002]\n  hint: expected a mapping of names to values, such as \"{version: 3.1.0}\""},
		{item("include: []"), "f:5:14: include is empty [FS3001]\n  hint: add the name of a resource, or remove include"},
		{item("include: [book, author, book]"), "f:5:29: include lists \"book\" twice, first at f:5:15 [FS3006]\n  hint: remove it"},
		{item("include: [book, author]\n    exclude: author"), "f:6:14: \"author\" is both included (at f:5:21) and excluded [FS3006]\n  hint: remove one of the two"},
		{item("include: [[book]]"), "f:5:15: an entry of include cannot be a list [FS2002]\n  hint: write \"book\""},
		{`resources: a
generate:
  - pack: packs\md
    output: o`, "f:3:11: the path \"packs\\\\md\" contains backslashes [FS3008]\n  hint: write packs/md"},
		{output("/api.yaml"), "f:3:23: the output \"/api.yaml\" is an absolute path [FS3003]\n  hint: make it relative to the folder of firestone.yaml"},
		{output("C:/api.yaml"), "f:3:23: the output \"C:/api.yaml\" is an absolute path [FS3003]\n  hint: make it relative to the folder of firestone.yaml"},
		{output(`api\o.yaml`), "f:3:23: the output \"api\\\\o.yaml\" contains backslashes [FS3003]\n  hint: write api/o.yaml"},
		{output("api/../../o.yaml"), "f:3:23: the output \"api/../../o.yaml\" may be outside the project [FS3003]\n  hint: move firestone.yaml to a folder that contains the output"},
		{output("'a?.yaml'"), "f:3:23: the output \"a?.yaml\" contains a character that some systems do not allow in file names [FS3003]\n  hint: do not use * ? \" < > | or :"},
		{output("."), "f:3:23: the output \".\" is a folder but does not end in a slash [FS3003]\n  hint: write ./"},
		{output("api/."), "f:3:23: the output \"api/.\" is a folder but does not end in a slash [FS3003]\n  hint: write api/"},
		{output("./Firestone.yaml"), "f:3:23: the output \"./Firestone.yaml\" would overwrite a project file [FS3003]\n  hint: choose another name"},
		{output("api/.firestone.lock"), "f:3:23: the output \"api/.firestone.lock\" would overwrite the record of what firestone wrote [FS3003]\n  hint: choose another name"},
		{output(".git/"), "f:3:23: the output \".git/\" is in a folder of version control [FS3003]\n  hint: choose a folder that belongs to the project"},
		{output("a/.Git/hooks/x"), "f:3:23: the output \"a/.Git/hooks/x\" is in a folder of version control [FS3003]\n  hint: choose a folder that belongs to the project"},
		{output(".firestone.lock/"), "f:3:23: the output \".firestone.lock/\" would overwrite the record of what firestone wrote [FS3003]\n  hint: choose another name"},
		{output("'-'"), "f:3:23: the output \"-\" means standard output [FS3003]\n  hint: name a file, or a folder ending in a slash"},
		{output("api/", "./api/"), "f:4:23: the output \"./api/\" is already used by the item at f:3:5 [FS3004]\n  hint: give each item its own output"},
		{"templates: t\n" + output("./T/p/o.yaml", "t/"), "f:4:23: the output \"./T/p/o.yaml\" is inside the template folder \"t\" at f:1:12 [FS3005]\n  hint: write it to another folder\n" +
			"f:5:23: the output \"t/\" is inside the template folder \"t\" at f:1:12 [FS3005]\n  hint: write it to another folder"},
		{"templates: .\n" + output("p/o.yaml"), "f:4:23: the output \"p/o.yaml\" is inside the template folder \"p\" at f:1:12 [FS3005]\n  hint: write it to another folder"},
		{"resources: a\ngenerate: [{pack: ./packs/md/, output: packs/md/out/}]",
			"f:2:40: the output \"packs/md/out/\" is inside the template folder \"./packs/md/\" at f:2:19 [FS3005]\n  hint: write it to another folder"},
		{output("o.yaml", "./O.yaml"), "f:4:23: the output \"./O.yaml\" is already used by the item at f:3:5 [FS3004]\n  hint: give each item its own output"},
		{output("api", "api/"), "f:4:23: the output \"api/\" needs a folder where the item at f:3:5 writes the file \"api\" [FS3004]\n  hint: rename one of the two"},
		{output("api/b/c.yaml", "api"), "f:3:23: the output \"api/b/c.yaml\" needs a folder where the item at f:4:5 writes the file \"api\" [FS3004]\n  hint: rename one of the two"},
		{output("./a.yaml"), "f:3:23: the output \"./a.yaml\" would be read as a definition: it matches \"a.yaml\" at f:1:13 [FS3005]\n  hint: write it to another folder"},
		{output("defs/o.json"), "f:3:23: the output \"defs/o.json\" would be read as a definition: it matches \"defs\" at f:1:21 [FS3005]\n  hint: write it to another folder"},
		{output("r/o.yaml"), "f:3:23: the output \"r/o.yaml\" would be read as a definition: it matches \"r/*.yaml\" at f:1:27 [FS3005]\n  hint: write it to another folder"},
		{output("s/t/xy.json"), "f:3:23: the output \"s/t/xy.json\" would be read as a definition: it matches \"s/**/x*.json\" at f:1:37 [FS3005]\n  hint: write it to another folder"},
		{"resources: a\ngenerate:\n  - &one {pack: p, output: o}\n  - *one", "f:3:28: the output \"o\" is already used by the item at f:3:5 [FS3004]\n  hint: give each item its own output"},
	} {
		p, problems := Load("f", []byte(test.text), "")
		if got := problems.Error(); got != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.text, got, test.want)
		}
		if p != nil {
			t.Errorf("%s\nis a project in spite of its problems", test.text)
		}
	}
}

func TestLoadTakesWhatIsRight(t *testing.T) {
	for _, text := range []string{
		`{"resources": ["a.yaml"], "generate": [{"pack": "p", "output": "o.json"}]}`,
		"\ufeff" + top("title: x\r"),
		top("x-any: [thing, ~]"),
		output("defs/_o.yaml", "defs/.o.yaml", "defs/o.py", "defs/below/o.yaml", "r/o.yml", "s/y.json"),
		output("api/", "api/o.yaml", "api/openapi"),
		"resources: a\ntemplates: [., ../t]\ngenerate: [{pack: p, output: api/}, {pack: ./q, output: ./api/}, {pack: r/s, output: ./}, {pack: t, output: x/o}]",
		output("..o/o..yaml"),
		item("parameters: {}\n    exclude: [a, b]"),
		"resources: [2024, 'true']\ngenerate: [{pack: 1, output: 1.0}]",
	} {
		if p, problems := Load("f", []byte(text), ""); p == nil || problems != nil {
			t.Errorf("%s\n%v", text, problems)
		}
	}
}

// FuzzLoad shows that no text breaks Load, that it gives a project or problems and never both, and that each
// problem has a place inside the text.
func FuzzLoad(f *testing.F) {
	f.Add(whole)
	f.Add(item("include: [a, a]"))
	f.Add(output("a", "a/", "../b", "C:", "*"))
	f.Add("generate: &a [*a]")
	f.Fuzz(func(t *testing.T, text string) {
		p, problems := Load("f", []byte(text), "")
		if (p == nil) != problems.HasErrors() {
			t.Fatalf("project %v, problems %v", p, problems)
		}
		for _, problem := range problems {
			if problem.Pos.Line < 1 || problem.Pos.Line > strings.Count(text, "\n")+strings.Count(text, "\r")+1 || problem.Pos.Col < 1 {
				t.Errorf("no place in the text: %v", problem)
			}
		}
	})
}

func TestReads(t *testing.T) {
	for _, test := range []struct {
		resource string
		files    string // those that are read, and behind a bar those that are not
	}{
		{"r", "r/a.yaml ./r/a.yml r/a.json | r/b/a.yaml r/_a.yaml r/.a.yaml r/a.md r/firestone.yaml ra.yaml"},
		{"./r/", "r/a.yaml | a.yaml"},
		{".", "a.yaml | r/a.yaml firestone.yaml"},
		{"r/a.txt", "r/a.txt ./r/a.txt | r/a.yaml"},
		{"r/**", "r/a.yaml r/b/c/a.md | s/a.yaml r/_b/a.yaml r/b/.a.yaml"},
		{"**/*.{yaml,yml}", "a.yaml r/a.yml r/b/a.yaml | r/a.json r/.b/a.yaml"},
		{"r/{a,b}.yaml", "r/a.yaml r/b.yaml | r/c.yaml"},
		{"{r,s}/*.yaml", "r/a.yaml s/a.yaml | t/a.yaml r/b/a.yaml r/_a.yaml"},
		{"r/**/x/*.yaml", "r/x/a.yaml r/b/x/a.yaml | r/a.yaml x/a.yaml"},
		{"r/[!z]*.yaml", "r/a.yaml | r/z.yaml"},
		{"r/_*.yaml", "r/_a.yaml | r/a.yaml"},
		{"_r/*.yaml", "_r/a.yaml | _r/_a.yaml"},
		{"r/[", "| r/a.yaml"},
	} {
		p := &Project{Resources: []Text{{Value: "other.yaml"}, {Value: test.resource}}}
		read, unread, _ := strings.Cut(test.files, "|")
		for files, want := range map[string]bool{read: true, unread: false} {
			for _, file := range strings.Fields(files) {
				if found, ok := p.Reads(file); ok != want || ok && found.Value != test.resource {
					t.Errorf("%s reads %s: got %v, %q", test.resource, file, ok, found.Value)
				}
			}
		}
	}
}

// TestRequires: a project that another version is meant for says so, and nothing else.
func TestRequires(t *testing.T) {
	const rest = "\nnewKey: 1\nresources: [r]\ngenerate: [{pack: openapi, output: o.yaml}]\n"
	for _, test := range []struct{ requires, version, want string }{
		{`">=0.3"`, "v0.3.0", "newKey"}, {`">=0.3"`, "v0.4.1", "newKey"}, {`">=0.3"`, "v0.3.0-rc.1", "newKey"}, {"0.3", "v0.3.7", "newKey"},
		{`">=0.3, <1"`, "v1.0.0", "f:1:11: the project requires firestone >=0.3, <1, and this is v1.0.0"},
		{`">=0.3"`, "v0.2.9", "f:1:11: the project requires firestone >=0.3, and this is v0.2.9"},
		{`">=0.3"`, "(devel)", "newKey"}, {`">=0.3"`, "v0.0.0-20261129120000-0123456789ab+dirty", "newKey"}, {`">=0.3"`, "", "newKey"},
		{"soon", "v0.3.0", `f:1:11: requires is "soon"`}, {"[a]", "v0.3.0", "f:1:11: requires cannot be a list"},
	} {
		_, problems := Load("f", []byte("requires: "+test.requires+rest), test.version)
		if len(problems) == 0 || !strings.Contains(problems[0].Error(), test.want) {
			t.Errorf("requires %s of %s: %v, want %s", test.requires, test.version, problems, test.want)
		}
		if isWhole := strings.Contains(test.want, "and this is"); isWhole && len(problems) != 1 {
			t.Errorf("requires %s of %s: %v", test.requires, test.version, problems)
		}
	}
}
