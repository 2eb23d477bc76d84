package validate

import (
	"math/rand/v2"
	"testing"

	"github.com/firestoned/firestone/model/validate/validatetest"
	"github.com/firestoned/firestone/model/value"
)

func none(string) *value.Value { return nil }

func show(v *value.Value) string { return string(v.AppendJSON(nil, "")) }

// against rolls schemas and values, and fails where the package and its judge disagree.
func against(t *testing.T, data []byte) {
	d := validatetest.NewDice(data)
	schema := d.Schema(4)
	defs := value.Object(value.NewMember("A", d.Schema(3)), value.NewMember("B", d.Schema(3)))
	judge := validatetest.NewJudge(t, schema, defs)
	validator := New(defs.Get)
	for range 6 {
		v := d.Value(3)
		if ours, theirs := validator.IsValid(schema, v), judge.Accepts(v); ours != theirs {
			t.Fatalf("schema %s\ndefs %s\nvalue %s: we say %t, the judge %t", show(schema), show(defs), show(v), ours, theirs)
		}
	}
}

func TestAgainstJudge(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 4000 {
		data := make([]byte, 200)
		for i := range data {
			data[i] = byte(r.Uint32())
		}
		against(t, data)
	}
}

func FuzzAgainstJudge(f *testing.F) {
	f.Add([]byte("a schema"))
	f.Add([]byte{1, 2, 20, 3, 4, 21, 5, 6, 30, 7, 8, 31, 9})
	f.Fuzz(func(t *testing.T, data []byte) { against(t, data) })
}
