//go:build unix

package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// properties are the shapes of a property; a resource has each of them several times.
var properties = []string{
	"{description: Text number %d, type: string, maxLength: 200}",
	"{description: Count number %d, type: integer, minimum: 0}",
	"{description: Switch number %d, type: boolean}",
	"{description: Amount number %d, type: number}",
	"{description: Choice number %d, type: string, enum: [red, green, blue]}",
	"{description: Day number %d, type: string, format: date}",
	"{description: Moment number %d, type: string, format: date-time}",
	"{description: List number %d, type: array, items: {type: string}}",
	"{description: Place number %d, type: object, properties: {street: {type: string}, city: {type: string}}}",
	"{description: Address number %d, type: string, format: email}",
}

// definitions writes so many resources of 20 properties into a folder, in the spelling that both generators
// read, and returns the files. The same number gives the same files.
func definitions(folder string, resources int) ([]string, error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	var files []string
	for i := range resources {
		file := filepath.Join(folder, fmt.Sprintf("item_%03d.yaml", i))
		if err := os.WriteFile(file, []byte(definition(fmt.Sprintf("item_%03ds", i))), 0o644); err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	return files, nil
}

// project makes a project of both documents, a command line and a web interface around a folder of definitions and returns its file.
func project(definitions string) (string, error) {
	config := definitions + "-project.yaml"
	text := fmt.Sprintf(`contact: {name: Bench}
license: {name: MIT}
resources: %q
generate:
  - {pack: asyncapi, output: %[2]s/asyncapi.yaml}
  - {pack: openapi, output: %[2]s/openapi.yaml}
  - {pack: cli, output: %[2]s/python/}
  - {pack: streamlit, output: %[2]s/python/}
`, filepath.Base(definitions), filepath.Base(definitions)+"-api")
	return config, os.WriteFile(config, []byte(text), 0o644)
}

// comment adds a comment to a definition, which has to be rendered again then.
func comment(file string) error {
	opened, err := os.OpenFile(file, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	_, err = opened.WriteString("# once more\n")
	return errors.Join(err, opened.Close())
}

func definition(kind string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `kind: %[1]s
apiVersion: v1
metadata: {name: %[1]s, description: Things of the kind %[1]s}
versionInPath: false
default_query_params:
  - {name: limit, description: How many to return, in: query, schema: {type: integer}}
methods: {resource: [get, post], instance: [get, put, delete], instance_attrs: []}
descriptions: {resource: {get: List them, post: Create one}, instance: {get: Show one}}
asyncapi:
  servers: {dev: {url: "ws://localhost:8080", protocol: ws, description: Development}}
  channels: {resources: true, instances: true, instance_attrs: false}
schema:
  type: array
  key: {name: %[1]s_key, description: Identifies one, schema: {type: string}}
  query_params:
    - {name: search, description: What to look for, schema: {type: string}, methods: [get]}
  items:
    type: object
    properties:
`, kind)
	for i := range 20 {
		fmt.Fprintf(&b, "      property_%02d: "+properties[i%len(properties)]+"\n", i, i)
	}
	b.WriteString("    required: [property_00, property_01]\n")
	return b.String()
}
