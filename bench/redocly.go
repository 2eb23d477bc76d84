//go:build unix

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// redocly is the bundler of Redocly, which joins the files of a handwritten API description.
func redocly(n node) (*peer, error) {
	const script = "@redocly/cli/bin/cli.js"
	version, err := n.versionOf(script)
	if err != nil {
		return nil, err
	}
	return &peer{
		name:    redoclyName,
		version: version,
		start:   n.command("", script, "--version"),
		prepare: func(folder string, resources int) (command, string, error) {
			document := folder + ".yaml"
			return n.command(folder, script, "bundle", "openapi.yaml", "--output", document), document, writeParts(folder, resources)
		},
	}, nil
}

// writeParts writes an OpenAPI document with each resource in its own file.
func writeParts(folder string, resources int) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	var paths strings.Builder
	for i := range resources {
		name, kind := fmt.Sprintf("item_%03d.yaml", i), fmt.Sprintf("item_%03ds", i)
		fmt.Fprintf(&paths, "  /%[1]s: {$ref: \"%[2]s#/collection\"}\n  /%[1]s/{%[1]s_key}: {$ref: \"%[2]s#/instance\"}\n", kind, name)
		if err := os.WriteFile(filepath.Join(folder, name), []byte(part(kind)), 0o644); err != nil {
			return err
		}
	}
	main := "openapi: 3.1.0\ninfo: {title: Bench, version: 1.0.0}\npaths:\n" + paths.String()
	return os.WriteFile(filepath.Join(folder, "openapi.yaml"), []byte(main), 0o644)
}

func part(kind string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `collection:
  get:
    operationId: list_%[1]s
    summary: List them
    parameters:
      - {name: limit, in: query, description: How many to return, schema: {type: integer}}
      - {name: search, in: query, description: What to look for, schema: {type: string}}
    responses:
      "200": {description: A list, content: {application/json: {schema: {type: array, items: {$ref: "#/schemas/%[1]s"}}}}}
  post:
    operationId: create_%[1]s
    summary: Create one
    requestBody: {required: true, content: {application/json: {schema: {$ref: "#/schemas/%[1]s"}}}}
    responses:
      "201": {description: Created, content: {application/json: {schema: {$ref: "#/schemas/%[1]s"}}}}
instance:
  parameters:
    - {name: %[1]s_key, in: path, description: Identifies one, required: true, schema: {type: string}}
  get:
    operationId: read_%[1]s
    summary: Show one
    responses:
      "200": {description: One, content: {application/json: {schema: {$ref: "#/schemas/%[1]s"}}}}
  put:
    operationId: update_%[1]s
    requestBody: {required: true, content: {application/json: {schema: {$ref: "#/schemas/%[1]s"}}}}
    responses:
      "200": {description: Replaced, content: {application/json: {schema: {$ref: "#/schemas/%[1]s"}}}}
  delete:
    operationId: delete_%[1]s
    responses:
      "204": {description: Deleted}
schemas:
  %[1]s:
    description: Things of the kind %[1]s
    type: object
    properties:
      %[1]s_key: {description: Identifies one, type: string}
`, kind)
	writeProperties(&b)
	b.WriteString("    required: [property_00, property_01]\n")
	return b.String()
}
