package example

import (
	"math/rand/v2"
	"testing"

	"github.com/firestoned/firestone/model/validate/validatetest"
	"github.com/firestoned/firestone/model/value"
)

func none(string) *value.Value { return nil }

func read(t testing.TB, text string) *value.Value { return validatetest.Parse(t, text) }

func show(v *value.Value) string { return string(v.AppendJSON(nil, "")) }

// against rolls schemas, and fails where their judge refuses an example or a second one differs.
func against(t *testing.T, data []byte) (made bool) {
	d := validatetest.NewDice(data)
	schema := d.Schema(4)
	defs := value.Object(value.NewMember("A", d.Schema(3)), value.NewMember("B", d.Schema(3)))
	v, ok := New(defs.Get).ExampleOf("", schema)
	if ok && !validatetest.NewJudge(t, schema, defs).Accepts(v) {
		t.Fatalf("schema %s\ndefs %s\nexample %s is refused", show(schema), show(defs), show(v))
	}
	again, _ := New(defs.Get).ExampleOf("", schema)
	if ok && show(v) != show(again) {
		t.Fatalf("schema %s\nfirst %s, then %s", show(schema), show(v), show(again))
	}
	return ok
}

func TestAgainstJudge(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	made, all := 0, 4000
	if testing.Short() {
		all = 400
	}
	for range all {
		data := make([]byte, 200)
		for i := range data {
			data[i] = byte(r.Uint32())
		}
		if against(t, data) {
			made++
		}
	}
	t.Logf("%d of %d schemas have an example", made, all)
}

func FuzzAgainstJudge(f *testing.F) {
	f.Add([]byte("a schema"))
	f.Add([]byte{1, 2, 20, 3, 4, 21, 5, 6, 30, 7, 8, 31, 9})
	f.Fuzz(func(t *testing.T, data []byte) { against(t, data) })
}
