package form_test

import (
	"strings"
	"testing"

	"github.com/firestoned/firestone/model/form"
	"github.com/firestoned/firestone/model/value"
)

const schema = `{
  "type": "object",
  "properties": {
    "key": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string", "examples": ["id"]}, "size": {"type": "integer"}}, "additionalProperties": false},
    "methods": {
      "type": "object", "examples": [{"all": ["get", "post"], "one": ["get"]}], "additionalProperties": false,
      "properties": {"all": {"type": "array", "items": {"enum": ["get", "post"]}}, "one": {"type": "array", "items": {"enum": ["get"]}}}
    },
    "channels": {"type": "object", "default": {"all": true}, "properties": {"all": {"type": "boolean"}, "one": {"type": "boolean"}}, "additionalProperties": false},
    "parameters": {"default": [], "type": "array", "items": {"$ref": "#/definitions/parameter"}},
    "servers": {"type": "object", "additionalProperties": {"anyOf": [{"type": "string", "pattern": "/"}, {"$ref": "#/definitions/server"}]}},
    "title": {"type": "string"},
    "flag": {"type": "boolean"}
  },
  "definitions": {
    "parameter": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}, "in": {"enum": ["query"]}}, "examples": [{"name": "limit", "in": "query"}]},
    "server": {"type": "object", "required": ["url", "protocol"], "properties": {"url": {"examples": ["ws://h"], "type": "string"}, "protocol": {"enum": ["ws"]}}}
  }
}`

func TestOf(t *testing.T) {
	forms := form.New(schema)
	for _, test := range []struct{ written, at, want string }{
		// What is written fits into an example, which shows the rest where that is needed.
		{"key: book_id", "/key", "key: {name: book_id}"},
		{"key: [book_id]", "/key", "key: {name: book_id}"},
		{"key: {name: [book_id]}", "/key/name", "name: book_id"},
		{"key: {name: 5}", "/key/name", "name: '5'"},
		{"key: {name: x, size: '5'}", "/key/size", "size: 5"},
		{"key: {name: x, size: [5]}", "/key/size", "size: 5"},
		{"methods: [get]", "/methods", "methods: {all: [get]}"},
		{"methods: {all: get}", "/methods/all", "all: [get]"},
		{"methods: {all: {post: true}}", "/methods/all", "all: [post]"},
		{"channels: [one]", "/channels", "channels: {one: true}"},
		{"channels: one", "/channels", "channels: {one: true}"},
		{"parameters: limit", "/parameters", "parameters: [{name: limit}]"},
		{"parameters: [page]", "/parameters/0", "{name: page}"},
		{"parameters: {a: {in: query}, b: }", "/parameters", "parameters: [{name: a, in: query}, {name: b}]"},
		{"servers: {dev: 'ws:host'}", "/servers/dev", "dev: {url: 'ws:host', protocol: ws}"},
		{"title: {text: Books}", "/title", "title: Books"},

		// What does not fit is left out.
		{"key: ", "/key", "key: {name: id}"},
		{"key: true", "/key", "key: {name: id}"},
		{"methods: [put]", "/methods", "methods: {all: [get, post], one: [get]}"},
		{"methods: ", "/methods", "methods: {all: [get, post], one: [get]}"},
		{"channels: []", "/channels", "channels: {all: true}"},
		{"servers: {dev: [1, 2]}", "/servers/dev", "dev: {url: 'ws://h', protocol: ws}"},
		{"parameters: 5", "/parameters", "parameters: [{name: limit, in: query}]"},
		{"key: " + strings.Repeat("x", 90), "/key", "key: {name: " + strings.Repeat("x", 90) + "}"},
		{"key: " + strings.Repeat("x", 110), "/key", "key: {name: id}"},
		{"methods: [" + strings.Repeat("get, ", 30) + "]", "/methods", "methods: {all: [get, post], one: [get]}"},
		{"key: {name: x, size: other}", "/key/size", ""},
		{"title: {a: 1, b: 2}", "/title", ""},
		{"flag: maybe", "/flag", ""},

		// Nothing is known of other places, and nothing wrong with what is right.
		{"other: 5", "/other", ""},
		{"title: Books", "/title", ""},
	} {
		root := value.Parse("x.yaml", []byte(test.written), &value.Problems{})[0]
		if got := forms.File(root).Of(value.At(root, test.at)); got != test.want {
			t.Errorf("%s of %s: %s, want %s", test.at, test.written, got, test.want)
		}
	}
	root := value.Parse("x.yaml", []byte("[key]"), &value.Problems{})[0]
	if got := forms.File(root).Of(root); got != "" {
		t.Errorf("a whole file: %s", got)
	}
}

func TestPart(t *testing.T) {
	root := value.Parse("x.yaml", []byte("url: [ws, wss]"), &value.Problems{})[0]
	if got, want := form.New(schema).Part("server", root).Of(root.Members[0].Value), "url: 'ws://h'"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestNarrow(t *testing.T) {
	root := value.Parse("x.yaml", []byte("{required: [b, c, 5]}"), &value.Problems{})[0]
	file := form.New(`{
	  "properties": {"required": {"type": "array", "items": {"$ref": "#/definitions/requirement"}}},
	  "definitions": {"requirement": {"type": "object", "examples": [{"z": []}], "additionalProperties": {"type": "array"}}}
	}`).File(root)
	file.Narrow("requirement", []string{"a", "b"}, value.Array())
	for i, want := range []string{"{b: []}", "{a: []}", "{a: []}"} {
		if got := file.Of(root.Members[0].Value.Items[i]); got != want {
			t.Errorf("item %d: %s, want %s", i, got, want)
		}
	}
}

// A file in which everything is wrong takes no longer than one with a hundred mistakes.
func TestManyMistakes(t *testing.T) {
	root := value.Object(value.NewMember("parameters", value.Array()))
	list := root.Members[0].Value
	for range 1000 {
		list.Items = append(list.Items, value.String("page"))
	}
	file := form.New(schema).File(root)
	shown := 0
	for _, item := range list.Items {
		if file.Of(item) != "" {
			shown++
		}
	}
	if shown != 100 {
		t.Errorf("%d forms were shown", shown)
	}
}
