package docs_test

import (
	"os"
	"slices"
	"strings"
	"testing"
)

const twoVersions = `kind: book
versionInPath: true
schema: {type: array, key: {name: book_id}, items: {type: object, properties: {title: {type: string}}}}
---
kind: book
apiVersion: v2
versionInPath: true
schema: {type: array, key: {name: book_id}, items: {type: object, properties: {title: {type: string}}}}
`

// A rule is a line of the page, as a definition and the expected content of its document. A definition on one line is
// merged into that of a book.
type rule struct {
	definition string
	words      []string // of the command line, else -t openapi book.yaml
	has, lacks []string
}

// migratingRules maps the first cell of each row in the tables "rule" and "new" to its rule.
var migratingRules = map[string]rule{
	"DELETE": {
		definition: "methods: {resource: [], instance: [delete]}",
		has:        []string{"'204':"},
		lacks:      []string{"'200':"},
	},
	"POST": {
		definition: "methods: {resource: [post]}",
		has:        []string{"'201':", "Location:\n", "\n            book_id:", "schema:\n                $ref: '#/components/schemas/Book'"},
	},
	"HEAD":  {definition: "methods: {resource: [], instance: [head]}", has: []string{"'200':"}},
	"PATCH": {definition: "methods: {instance: [patch]}", has: []string{"application/merge-patch+json:"}},
	"failures": {
		definition: "methods: {instance: [put]}, security: {scheme: {a: {type: http, scheme: bearer}}}, schema: {items: {properties: {book_id: {type: string}}}}",
		words:      []string{"-t", "openapi", "--set", "etag=true", "--set", "failures=429", "book.yaml"},
		has:        []string{"'400':", "'401':", "'403':", "'404':", "'409':", "'412':", "'415':", "'422':", "'429':", "default:", "application/problem+json:", "Problem:\n"},
	},
	"path parameters": {
		definition: "schema: {key: {schema: {type: integer, minimum: 7}}}",
		has:        []string{"in: path\n", "minimum: 7\n"},
	},
	"nested collections (`schema: {$ref: \"person.yaml#/schema\"}`)": {
		words: []string{"-t", "openapi", "addressbook.yaml"},
		has:   []string{"\n  /addressbook/{address_key}/person/{uuid}:\n", "\n  /addressbook/{address_key}/person:\n"},
		lacks: []string{"patch:"},
	},
	"`security.scheme` without a level": {
		definition: "methods: {resource: [get], instance: []}, security: {scheme: {a: {type: http, scheme: bearer}}}",
		has:        []string{"      security:\n        - a: []\n"},
	},
	"several schemes": {
		definition: "security: {scheme: {a: {type: http, scheme: bearer}, b: {type: http, scheme: basic}}, resource: [get], instance: {put: [{a: [], b: []}]}}",
		has:        []string{"- a: []\n        - b: []\n", "- {a: [], b: []}\n"},
	},
	"`metadata`": {
		definition: "metadata: {title: The shelf, description: All we have, contact: {name: Ann}, license: {name: MIT}}",
		has:        []string{"title: The shelf\n  version", "\n  description: All we have\n", "name: Ann\n", "name: MIT\n", "- name: Books\n    description: All we have\n"},
	},
	"`expose: false`, the `schema:` around a property": {
		definition: "schema: {items: {properties: {title: {expose: false}, pages: {schema: {type: integer}}}}}",
		has:        []string{"        pages:\n          type: integer\n"},
		lacks:      []string{"expose"},
	},
	"one kind in two versions": {
		definition: twoVersions,
		has:        []string{"\n    Book:\n", "\n    BookV2:\n"},
	},
	"`apiVersion` may be left out": {
		definition: "versionInPath: true",
		has:        []string{"\n  /v1/books:\n"},
	},
	"`singular`": {
		definition: "singular: tome",
		has:        []string{"\n    Tome:\n", "operationId: getTome\n"},
	},
	"`asyncapi: {envelope: cloudevents}`": {
		definition: "asyncapi: {envelope: cloudevents}",
		words:      []string{"-t", "asyncapi", "book.yaml"},
		has:        []string{"specversion:"},
	},
	"keys that start with `x-`": {
		definition: "x-audience: partners",
		has:        []string{"\nx-audience: partners\n"},
	},
	"`$ref`": {
		definition: "schema: {items: {properties: {next: {$ref: \"#/schema/items\", description: The sequel}}}}",
		has:        []string{"$ref: '#/components/schemas/Book'\n          description: The sequel\n"},
	},
	"several YAML documents in one file": {
		definition: twoVersions,
		has:        []string{"\n  /v1/books:\n", "\n  /v2/books:\n"},
	},
	"JSON Schema 2020-12": {
		definition: "schema: {items: {properties: {title: {const: Emma}}}}",
		words:      []string{"-t", "openapi", "--set", "version=3.0.3", "book.yaml"},
		has:        []string{"- Emma\n"},
		lacks:      []string{" const:"},
	},
	"`-o api.json`": {
		words: []string{"-t", "openapi", "-o", "api.json", "book.yaml"},
		has:   []string{`"openapi": "3.1.0"`},
	},
	"AsyncAPI 2.6.0, 3.0.0, 3.1.0; OpenAPI 3.0.3, 3.0.4, 3.1.0, 3.1.1, 3.1.2, 3.2.0": {
		words: []string{"pack", "list"},
		has:   []string{"one of 3.0.0, 2.6.0, 3.1.0\n", "one of 3.1.0, 3.0.3, 3.0.4, 3.1.1, 3.1.2, 3.2.0\n"},
	},
}

// Each row of the tables "rule" and "new" has a rule here, which holds.
func TestMigratingRules(t *testing.T) {
	lines := append(guideTable(t, "rule | old | new"), guideTable(t, "feature | what it does")...)
	besideDefinitions(t)
	if len(lines) != len(migratingRules) {
		t.Errorf("the page has %d rules, %d are tested", len(lines), len(migratingRules))
	}
	for _, line := range lines {
		rule, ok := migratingRules[line[0]]
		if !ok {
			t.Errorf("nothing tests the rule %s", line[0])
			continue
		}
		rule.hold(t, line[0])
	}
}

// hold renders the definition of a rule and checks the result.
func (r rule) hold(t *testing.T, name string) {
	t.Helper()
	if strings.Contains(r.definition, "\n") {
		if err := os.WriteFile("book.yaml", []byte(r.definition), 0o600); err != nil {
			t.Fatal(err)
		}
	} else {
		define(t, r.definition)
	}
	words := r.words
	if words == nil {
		words = []string{"-t", "openapi", "book.yaml"}
	}
	document, failures, status := firestone(words...)
	if to := slices.Index(words, "-o"); to >= 0 {
		text, err := os.ReadFile(words[to+1])
		if err != nil {
			t.Error(err)
		}
		document = string(text)
	}
	if status != 0 {
		t.Errorf("%s: %s", name, failures)
		return
	}
	for _, part := range r.has {
		if !strings.Contains(document, part) {
			t.Errorf("%s: no %q in\n%s", name, part, document)
		}
	}
	for _, part := range r.lacks {
		if strings.Contains(document, part) {
			t.Errorf("%s: %q in\n%s", name, part, document)
		}
	}
}
