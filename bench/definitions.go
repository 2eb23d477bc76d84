//go:build unix

package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// properties are the kinds of properties; a resource has several of each.
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

// propertiesEach is how many properties a resource has.
const propertiesEach = 20

// definitions writes the given number of resources into a folder, in the spelling that both generators read, and
// returns the files. The same number gives the same files.
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

// A project is a folder with a project that generates both documents, a command line and a web interface.
type project struct {
	folder string
	files  []string // the definitions
}

// newProject creates a project with the given number of resources in a folder of its own.
func newProject(folder string, resources int) (project, error) {
	files, err := definitions(filepath.Join(folder, "resources"), resources)
	if err != nil {
		return project{}, err
	}
	const text = `contact: {name: Bench}
license: {name: MIT}
resources: resources
generate:
  - {pack: asyncapi, output: api/asyncapi.yaml}
  - {pack: openapi, output: api/openapi.yaml}
  - {pack: cli, output: python/}
  - {pack: streamlit, output: python/}
`
	p := project{folder: folder, files: files}
	return p, os.WriteFile(p.config(), []byte(text), 0o644)
}

func (p project) config() string { return filepath.Join(p.folder, "firestone.yaml") }

// clean removes what was generated, and firestone's record of it.
func (p project) clean() error {
	var errs []error
	for _, name := range []string{"api", "python", ".firestone.lock"} {
		errs = append(errs, os.RemoveAll(filepath.Join(p.folder, name)))
	}
	return errors.Join(errs...)
}

// comment adds a comment to a definition, so that it has to be rendered again.
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
	writeProperties(&b)
	b.WriteString("    required: [property_00, property_01]\n")
	return b.String()
}

// writeProperties writes the properties of a resource at an indentation of six columns.
func writeProperties(b *strings.Builder) {
	for i := range propertiesEach {
		fmt.Fprintf(b, "      property_%02d: "+properties[i%len(properties)]+"\n", i, i)
	}
}
