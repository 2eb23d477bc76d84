package main_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/firestoned/firestone/generator"
	"github.com/firestoned/firestone/model"
)

// TestTeamPacks renders packs such as teams write, for every case and all hard definitions: none needs raw or plain, and no
// definition leads to a file that cannot be verified.
func TestTeamPacks(t *testing.T) {
	folders, err := os.ReadDir("testdata/packs")
	if err != nil {
		t.Fatal(err)
	}
	apis := map[string]*model.API{}
	for _, name := range casesIn(t) {
		folder := filepath.Join(casesFolder, name)
		api, problems := model.Load(readIn(folder), model.Options{}, definitionsIn(t, folder)...)
		if api == nil {
			t.Fatal(problems)
		}
		apis[name] = api
	}
	for _, name := range definitionsIn(t, "testdata/hard") {
		apis[name] = load(t, readWithEvents("testdata/hard"), name)
	}
	for _, folder := range folders {
		pack, err := generator.Open(os.DirFS("testdata/packs"), folder.Name())
		if err != nil {
			t.Fatal(err)
		}
		if problems := pack.Lint(); len(problems) > 0 || len(pack.RawUses()) > 0 || len(pack.PlainOutputs()) > 0 {
			t.Errorf("%s: %v, raw %v, plain %v", folder.Name(), problems, pack.RawUses(), pack.PlainOutputs())
		}
		params, err := pack.Params(nil)
		if err != nil {
			t.Fatal(err)
		}
		for name, api := range apis {
			if files, err := pack.Render(api, params); err != nil || len(files) == 0 {
				t.Errorf("%s of %s: %v", folder.Name(), name, err)
			}
		}
	}
}
