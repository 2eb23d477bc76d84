package docs_test

import (
	"encoding/json"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Each key of a definition has a row on the page, or is listed in the row of the object that contains it.
func TestDefinitionsPageHasEveryKey(t *testing.T) {
	text, err := os.ReadFile("model/definition/definition.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var whole map[string]any
	if err := json.Unmarshal(text, &whole); err != nil {
		t.Fatal(err)
	}
	rows := definitionRows(t)
	known := map[string]bool{}
	collectKeys(whole, whole, "", known)
	for _, path := range slices.Sorted(maps.Keys(known)) {
		parent, key, _ := cutLast(path)
		if rows[path] == "" && !slices.Contains(code(rows[parent]), key) {
			t.Errorf("%s does not say what %s is", definitionsPage, path)
		}
	}
	if len(known) < 60 {
		t.Errorf("only %d keys were found", len(known))
	}
}

func cutLast(path string) (parent, key string, found bool) {
	i := strings.LastIndex(path, ".")
	if i < 0 {
		return "", path, false
	}
	return strings.TrimSuffix(path[:i], "[]"), path[i+1:], true
}

// Below these keys, there are no keys of firestone: JSON Schema, the fields of bindings, and the methods, which have a
// table of their own. The entries of default_query_params are those of query_params.
var (
	foreignKeys = regexp.MustCompile(`^(schema\.items|schema\.(key|query_params\[\])\.schema|(.*\.)?bindings(\.\w+)?|schema\.items\.properties\.NAME(\.schema)?|` +
		`(descriptions|security)\.(resource|instance|instance_attrs)|default_query_params\[\])$`)
	ownKeys = []string{"schema.items.properties.NAME.expose", "schema.items.properties.NAME.schema", "asyncapi.bindings.server",
		"asyncapi.bindings.channel", "asyncapi.bindings.operation", "asyncapi.bindings.message"}
)

// collectKeys collects the paths of the keys in a part of the schema of definitions.
func collectKeys(whole map[string]any, part any, path string, known map[string]bool) {
	node, ok := part.(map[string]any)
	for ok && node["$ref"] != nil {
		target, _ := node["$ref"].(string)
		part = whole
		for step := range strings.SplitSeq(strings.TrimPrefix(target, "#/"), "/") {
			inner, _ := part.(map[string]any)
			part = inner[step]
		}
		node, ok = part.(map[string]any)
	}
	if !ok || strings.Count(path, ".") > 8 {
		return
	}
	for _, keyword := range []string{"allOf", "anyOf", "oneOf"} {
		list, _ := node[keyword].([]any)
		for _, item := range list {
			collectKeys(whole, item, path, known)
		}
	}
	for _, keyword := range []string{"then", "else"} {
		collectKeys(whole, node[keyword], path, known)
	}
	properties, _ := node["properties"].(map[string]any)
	for key, below := range properties {
		inner := strings.TrimPrefix(path+"."+key, ".")
		if below == false || foreignKeys.MatchString(path) && !slices.Contains(ownKeys, inner) && inner != "schema.items.properties" {
			continue
		}
		if inner != "schema.items.properties" {
			known[inner] = true
		}
		collectKeys(whole, below, inner, known)
	}
	if path != "" && !foreignKeys.MatchString(path) || path == "schema.items.properties" {
		collectKeys(whole, node["additionalProperties"], path+".NAME", known)
	}
	collectKeys(whole, node["items"], path+"[]", known)
}
