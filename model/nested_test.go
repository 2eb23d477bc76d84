package model

import (
	"fmt"
	"strings"
	"testing"
)

// circle returns n kinds, each of which nests all of them. The resources that these are to become are the ways from one
// to others: n + n(n-1) + ... + n!.
func circle(n int) (files map[string]string, paths []string) {
	files = map[string]string{}
	for i := range n {
		var properties strings.Builder
		for j := range n {
			fmt.Fprintf(&properties, `p%d: {schema: {$ref: "%d.yaml#/schema"}}, `, j, j)
		}
		path := fmt.Sprintf("%d.yaml", i)
		files[path] = fmt.Sprintf("kind: k%c\nmethods: {resource: [], instance: []}\nschema: {key: {name: id}, items: {properties: {%s}}}", 'a'+i, &properties)
		paths = append(paths, path)
	}
	return files, paths
}

// Seven small files could ask for 13,699 resources: more than 10,000 are refused.
func TestNestedResourcesAreBounded(t *testing.T) {
	files, paths := circle(5)
	if api, problems := load(t, files, paths...); api == nil || len(api.Resources) != 325 {
		t.Fatalf("five kinds that nest each other are not 325 resources: %v", problems)
	}
	files, paths = circle(7)
	api, problems := load(t, files, paths...)
	if api != nil || !strings.Contains(problems.Error(), "more than 10000 nested resources [FS2010]\n  hint: set expose: false on properties that hold resources") {
		t.Errorf("seven kinds that nest each other: %v", problems)
	}
}
