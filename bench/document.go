//go:build unix

package main

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// contents are the counts of what an OpenAPI document holds.
type contents struct{ paths, operations, filtered, schemas int }

// checkDocument checks that an OpenAPI document is what the definitions ask for, so that a program that gives up early
// does not count as fast: for each resource two paths with five operations, one of which takes limit and search, and a
// schema with all properties.
func checkDocument(file string, resources int) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	got, err := contentsOf(file, text)
	if err != nil {
		return err
	}
	// Some have several schemas for one resource: for creating it, for reading it.
	want := contents{paths: 2 * resources, operations: 5 * resources, filtered: resources, schemas: max(resources, got.schemas)}
	if got != want {
		return fmt.Errorf("%s is not a document of %d resources: it has %+v", file, resources, got)
	}
	return nil
}

func checkApart(file string, resources int) error {
	_, err := apart("check", file, strconv.Itoa(resources))
	return err
}

func contentsOf(file string, text []byte) (contents, error) {
	var problems value.Problems
	documents := value.Parse(file, text, &problems)
	if problems.HasErrors() || len(documents) != 1 {
		return contents{}, fmt.Errorf("%s is not one document: %v", file, problems)
	}
	var c contents
	methods := []string{"get", "put", "post", "delete", "patch"}
	for _, path := range value.Members(documents[0].Get("paths")) {
		c.paths++
		for _, operation := range value.Members(path.Value) {
			if !slices.Contains(methods, operation.Name) {
				continue
			}
			c.operations++
			if isFiltered(documents[0], operation.Value) {
				c.filtered++
			}
		}
	}
	for _, schema := range value.Members(documents[0].Get("components").Get("schemas")) {
		if len(value.Members(schema.Value.Get("properties"))) >= propertiesEach {
			c.schemas++
		}
	}
	return c, nil
}

// isFiltered reports whether an operation of a document takes the parameters limit and search.
func isFiltered(document, operation *value.Value) bool {
	var names []string
	for _, parameter := range value.Items(operation.Get("parameters")) {
		if reference := parameter.Get("$ref"); reference != nil {
			parameter = value.At(document, strings.TrimPrefix(reference.StringOr(""), "#"))
		}
		names = append(names, parameter.Get("name").StringOr(""))
	}
	return slices.Contains(names, "limit") && slices.Contains(names, "search")
}
