package schema_test

import (
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// What is written is valid against the dialect's own schema.
func TestWriteIsValid(t *testing.T) {
	metas := map[schema.Dialect]*jsonschema.Schema{}
	for dialect, url := range map[schema.Dialect]string{
		schema.Draft7: "http://json-schema.org/draft-07/schema", schema.OpenAPI31: "https://json-schema.org/draft/2020-12/schema",
	} {
		meta, err := jsonschema.NewCompiler().Compile(url)
		if err != nil {
			t.Fatal(err)
		}
		metas[dialect] = meta
	}
	for _, test := range normal {
		in := schema.Normalise(read(t, test.in), schema.Anywhere, resolve)
		if strings.Contains(test.in, "type: [a") {
			continue // a type that Check refuses
		}
		for dialect, meta := range metas {
			written := json(schema.Write(in, dialect, prefix, nil))
			data, err := jsonschema.UnmarshalJSON(strings.NewReader(written))
			if err != nil {
				t.Fatal(err)
			}
			if err := meta.Validate(data); err != nil {
				t.Errorf("%s, dialect %d: %s\n%v", test.name, dialect, written, err)
			}
		}
	}
}

// Schemas hundreds deep, as the reader lets through, are no trouble.
func TestDepth(t *testing.T) {
	deep := value.Object(value.NewMember("type", value.String("string")), value.NewMember("readOnly", value.Bool(true)))
	for range 150 {
		deep = value.Object(value.NewMember("if", value.Object(value.NewMember("properties", value.Object(value.NewMember("a", deep))))))
		deep = value.Object(value.NewMember("not", deep), value.NewMember("nullable", value.Bool(true)))
		deep = value.Object(value.NewMember("oneOf", value.Array(deep)), value.NewMember("dependencies", value.Object(value.NewMember("a", value.Bool(true)))))
	}
	var problems value.Problems
	schema.Check(deep, schema.Anywhere, &problems)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	normal := schema.Normalise(deep, schema.Anywhere, nil)
	forms := schema.NewForms([]schema.Component{{Name: "Deep", Schema: normal}})
	for _, form := range []schema.Form{schema.Read, schema.Create, schema.Update} {
		for dialect := range known {
			schema.Write(forms.Of(normal, form, "", nil), dialect, prefix, nil)
		}
	}
}
