package value

import "testing"

func TestAppendJSON(t *testing.T) {
	tests := []struct{ text, compact, indented string }{
		{"[]", "[]", "[]"},
		{"{}", "{}", "{}"},
		{"b: [1.0, {}, []]\na: {x: ~, 1: no}", `{"b":[1.0,{},[]],"a":{"x":null,"1":"no"}}`,
			"{\n  \"b\": [\n    1.0,\n    {},\n    []\n  ],\n  \"a\": {\n    \"x\": null,\n    \"1\": \"no\"\n  }\n}"},
		{`"<a href='&'>\u2028\"\\\b\f\n\r\t\x01\x7fé😀"`, `"<a href='&'>` + "\u2028" + `\"\\\u0008\u000c\n\r\t\u0001` + "\x7f" + `é😀"`, ""},
		{"123456789012345678901234567890.10e+2", "123456789012345678901234567890.10e+2", ""},
	}
	for _, test := range tests {
		v := parse(t, test.text)
		if got := string(v.AppendJSON(nil, "")); got != test.compact {
			t.Errorf("%q compact is %s, want %s", test.text, got, test.compact)
		}
		if got := string(v.AppendJSON([]byte("x"), "  ")); test.indented != "" && got != "x"+test.indented {
			t.Errorf("%q indented is %s, want %s", test.text, got, test.indented)
		}
	}
	if got := string(Object(NewMember("a", nil), NewMember("b", Array(String("\xff"), Int(-3), Bool(true)))).AppendJSON(nil, "")); got != `{"a":null,"b":["`+"\uFFFD"+`",-3,true]}` {
		t.Errorf("got %s", got)
	}
}

func TestJSONIsReadAsItIs(t *testing.T) {
	long := make([]byte, 5000)
	for i := range long {
		long[i] = 'k'
	}
	tests := []struct{ text, want string }{
		{`{"a": "\ud83d\ude00", "\u00E9\/\"\\": [1e5, -0.0, 1E-3, true, false, null, {}, []]}`, `{"a":"😀","é/\"\\":[1e5,-0.0,1E-3,true,false,null,{},[]]}`},
		{`{"` + string(long) + `": 1}`, `{"` + string(long) + `":1}`},
		{`"\ud83d\ude00\b\f\n\r\t"`, `"😀\u0008\u000c\n\r\t"`},
		{"[\"\x7f\u0085\"]", "[\"\x7f\u0085\"]"},
		{`{"<<": {"a": 1}, "b": "~"}`, `{"<<":{"a":1},"b":"~"}`},
		{`{"a": 1, } # YAML`, `{"a":1}`},
	}
	for _, test := range tests {
		if got := string(parse(t, test.text).AppendJSON(nil, "")); got != test.want {
			t.Errorf("%s is %s, want %s", test.text, got, test.want)
		}
	}
}
