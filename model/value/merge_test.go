package value

import "testing"

func TestMerges(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"at its place", "x: &x {a: 1, b: 2}\ny: {c: 3, <<: *x, d: 4}", `{"c":3,"a":1,"b":2,"d":4}`},
		{"explicit keys win wherever they stand", "x: &x {a: 1, b: 2}\ny: {b: 0, <<: *x, a: 9}", `{"b":0,"a":9}`},
		{"earlier merges win", "x: &x {a: 1}\nz: &z {a: 2, b: 2}\ny: {<<: [*x, *z]}", `{"a":1,"b":2}`},
		{"of merges", "x: &x {a: 1}\nz: &z {<<: *x, b: 2}\ny: {<<: *z, c: 3}", `{"a":1,"b":2,"c":3}`},
		{"several", "x: &x {a: 1}\nz: &z {a: 2, b: 2}\ny: {<<: *x, m: 0, <<: *z}", `{"a":1,"m":0,"b":2}`},
		{"inline", "y: {<<: {a: 1}, <<: [{b: 2}]}", `{"a":1,"b":2}`},
		{"of an anchored list", "x: &x [{a: 1}, {b: 2}]\ny: {<<: *x}", `{"a":1,"b":2}`},
		{"nothing", "y: {<<: [], <<: {}}", `{}`},
		{"quoted", "x: &x {a: 1}\ny: {\"<<\": *x, '<<<': 1}", `{"<<":{"a":1},"<<<":1}`},
		{"alias", "x: &x {a: [1]}\ny: [*x, *x]", `[{"a":[1]},{"a":[1]}]`},
		{"anchor set again", "x: &x 1\nz: [*x, &x 2]\ny: *x", `2`},
	}
	for _, test := range tests {
		if got := string(parse(t, test.text).Get("y").AppendJSON(nil, "")); got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, got, test.want)
		}
	}
}

func TestMergedMembersKeepTheirPlace(t *testing.T) {
	v := parse(t, "x: &x\n  a: 1\ny:\n  b: 2\n  <<: *x\nz: *x\n")
	if m := v.Get("y").Member("a"); m.Pos.String() != "f.yaml:2:3" || m.Value.Pos.String() != "f.yaml:2:6" {
		t.Errorf("the merged member is at %s, its value at %s", m.Pos, m.Value.Pos)
	}
	if v.Get("z") != v.Get("x") {
		t.Error("an alias copies its value")
	}
}
