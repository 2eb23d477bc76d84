package schema

import (
	"encoding/json"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestEditorsKnowTheKeywords: the JSON Schemas for editors describe each keyword of the table, and no other.
func TestEditorsKnowTheKeywords(t *testing.T) {
	known := slices.Sorted(maps.Keys(keywords))
	var quoted []string
	for _, name := range known {
		quoted = append(quoted, regexp.QuoteMeta(name))
	}
	pattern := "^(x-.*|" + strings.Join(quoted, "|") + ")$"
	var first map[string]any
	for _, file := range []string{"model/definition/definition.schema.json", "generator/pack.schema.json"} {
		text, err := os.ReadFile("../../" + file)
		if err != nil {
			t.Fatal(err)
		}
		var read struct {
			Definitions struct {
				Keywords struct{ Properties map[string]any }
				Names    struct{ Pattern string }
			}
		}
		if err := json.Unmarshal(text, &read); err != nil {
			t.Fatal(err)
		}
		described := read.Definitions.Keywords.Properties
		if first == nil {
			first = described
		}
		for _, name := range known {
			// Each kind of schema there describes properties itself.
			if described[name] == nil && name != "properties" {
				t.Errorf("%s: describe %q below definitions.keywords.properties", file, name)
			} else if !reflect.DeepEqual(described[name], first[name]) {
				t.Errorf("%s: describe %q as the other file does", file, name)
			}
		}
		for name := range described {
			if _, isKnown := keywords[name]; !isKnown {
				t.Errorf("%s describes %q, which is not in keywords", file, name)
			}
		}
		if got := read.Definitions.Names.Pattern; got != pattern {
			text, err := json.Marshal(pattern)
			if err != nil {
				t.Fatal(err)
			}
			t.Errorf("%s: definitions.names.pattern must be\n%s", file, text)
		}
	}
}
