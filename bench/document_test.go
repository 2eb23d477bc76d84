//go:build unix

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The parameters of an operation may be written elsewhere, and a schema counts with all of its properties alone.
func TestContents(t *testing.T) {
	var properties strings.Builder
	for i := range propertiesEach {
		fmt.Fprintf(&properties, "property_%d: {}, ", i)
	}
	text := fmt.Sprintf(`openapi: 3.1.0
paths:
  /items: {parameters: [], get: {parameters: [{name: limit}, {$ref: "#/components/parameters/search"}]}, post: {}}
  /items/{item_key}: {get: {parameters: [{name: limit}]}, put: {}, delete: {}}
components:
  parameters: {search: {name: search}}
  schemas: {Place: {properties: {street: {}}}, Item: {properties: {%s}}}
`, properties.String())
	got, err := contentsOf("document.yaml", []byte(text))
	if want := (contents{paths: 2, operations: 5, filtered: 1, schemas: 1}); err != nil || got != want {
		t.Errorf("the contents are %+v, %v, expected %+v", got, err, want)
	}
	file := filepath.Join(t.TempDir(), "document.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := checkDocument(file, 1); err != nil {
		t.Error(err)
	}
	if err := checkDocument(file, 2); err == nil {
		t.Error("it is taken for a document of two resources")
	}
}
