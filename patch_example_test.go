package main_test

import (
	"os"
	"testing"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/validate"
	"github.com/firestoned/firestone/model/value"
)

// TestExamplesOfPatchesWork merges the example of each patch into that of its record (RFC 7396). The result must be valid,
// since a server should not refuse the examples in a document.
func TestExamplesOfPatchesWork(t *testing.T) {
	tried := 0
	for name, paths := range shapeCases(t) {
		api, problems := model.Load(os.ReadFile, model.Options{}, paths...)
		if api == nil {
			t.Fatal(problems.Error())
		}
		schemas := map[string]*value.Value{}
		for _, c := range api.Components {
			schemas[c.Name] = c.Schema
		}
		judge := validate.New(func(name string) *value.Value { return schemas[name] })
		for _, r := range api.Resources {
			o := r.Operation("instance", "patch")
			if o == nil || r.Read.Example == nil {
				continue
			}
			tried++
			if faults := judge.Check(o.Request.Schema, o.Request.Example); len(faults) > 0 {
				t.Errorf("%s: the patch of %s is %s: %v", name, r.Name, o.Request.Example.AppendJSON(nil, ""), faults)
			}
			merged := value.MergePatch(r.Read.Example, o.Request.Example)
			if faults := judge.Check(r.Read.Schema, merged); len(faults) > 0 {
				t.Errorf("%s: a patch makes of %s %s: %v", name, r.Name, merged.AppendJSON(nil, ""), faults)
			}
		}
	}
	if tried < 20 {
		t.Errorf("only %d patches were tried", tried)
	}
}
