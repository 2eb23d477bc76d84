// Package books holds the models that the AsyncAPI command line made of the library; this file and a list
// of the document's examples are put beside them.
package books

import (
	"encoding/json"
	"reflect"
	"testing"
)

type example struct {
	message string
	into    any
	json    string
}

func TestExamplesComeBackAsTheyWere(t *testing.T) {
	for _, example := range examples {
		if err := json.Unmarshal([]byte(example.json), example.into); err != nil {
			t.Errorf("%s: %v", example.message, err)
			continue
		}
		written, err := json.Marshal(example.into)
		if err != nil {
			t.Errorf("%s: %v", example.message, err)
			continue
		}
		if !reflect.DeepEqual(decode(t, string(written)), decode(t, example.json)) {
			t.Errorf("%s: %s came back as %s", example.message, example.json, written)
		}
	}
}

// decode leaves members out that are null: a Go field with omitempty cannot tell them from members that
// are not there.
func decode(t *testing.T, text string) any {
	t.Helper()
	var value any
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		t.Fatal(err)
	}
	return withoutNulls(value)
}

func withoutNulls(value any) any {
	switch value := value.(type) {
	case []any:
		for i := range value {
			value[i] = withoutNulls(value[i])
		}
	case map[string]any:
		for name, member := range value {
			if member == nil {
				delete(value, name)
			} else {
				value[name] = withoutNulls(member)
			}
		}
	}
	return value
}
