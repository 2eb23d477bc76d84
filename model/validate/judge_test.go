package validate

import (
	"fmt"
	"math/rand/v2"
	"slices"
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
		if problem := comparePointers(validator.Check(schema, v), judge, v); problem != "" {
			t.Fatalf("schema %s\ndefs %s\nvalue %s: %s", show(schema), show(defs), show(v), problem)
		}
	}
}

// comparePointers says how the places of faults differ from those that the judge knows. The judge must know each of them,
// and we each of its, unless one of several alternatives had to be chosen or there are too many.
func comparePointers(faults []Fault, judge *validatetest.Judge, data *value.Value) string {
	theirs, isExact := judge.Pointers(data)
	var ours []string
	for _, f := range faults {
		if !slices.Contains(theirs, f.Pointer) {
			return fmt.Sprintf("%v is not among %q", f, theirs)
		}
		ours = append(ours, f.Pointer)
	}
	for _, p := range theirs {
		if isExact && len(faults) < MaxFaults && !slices.Contains(ours, p) {
			return fmt.Sprintf("%q is not among %v", p, faults)
		}
	}
	if len(theirs) > 0 && len(ours) == 0 {
		return fmt.Sprintf("no faults, but the judge has %q", theirs)
	}
	return ""
}

func TestAgainstJudge(t *testing.T) {
	r, all := rand.New(rand.NewPCG(1, 2)), 4000
	if testing.Short() {
		all = 400
	}
	for range all {
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
