package main_test

import (
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/firestoned/firestone/generator"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/templates"
)

// Ejecting every file of a pack without changes leaves every output identical, to the byte.
func TestEjectedTemplatesRenderTheSame(t *testing.T) {
	ejected := map[string]*generator.Pack{}
	for _, name := range packs(t) {
		layer := fstest.MapFS{}
		for _, file := range openPack(t, name).Files() {
			if file.Path != "pack.yaml" {
				layer[file.Path] = &fstest.MapFile{Data: []byte(file.Eject(name, "v1.2.3"))}
			}
		}
		pack, err := generator.Open(templates.FS, name, generator.Layer{Name: "team/" + name, FS: layer})
		if err != nil {
			t.Fatal(err)
		}
		ejected[name] = pack
		for _, file := range pack.Files() {
			if origin, ok := file.Origin(); file.Path != "pack.yaml" && !file.IsCopied && (!ok || origin.Path != name+"/"+file.Path || file.IsOutdated()) {
				t.Errorf("%s comes from %+v", file.File, origin)
			}
		}
	}
	for _, name := range casesIn(t) {
		folder := filepath.Join(casesFolder, name)
		api, problems := model.Load(readIn(folder), model.Options{}, definitionsIn(t, folder)...)
		if api == nil {
			t.Fatal(problems)
		}
		for _, v := range variantsOf(t, folder) {
			params, err := ejected[v.pack].Params(v.settings)
			if err != nil {
				t.Fatal(err)
			}
			files, err := ejected[v.pack].Render(api, params)
			if err != nil {
				t.Errorf("%s, %s/%s: %v", name, v.pack, v.name, err)
				continue
			}
			wanted := renderVariant(t, api, v)
			if len(files) != len(wanted) {
				t.Fatalf("%s, %s/%s: %d files, not %d", name, v.pack, v.name, len(files), len(wanted))
			}
			for i, want := range wanted {
				if string(files[i].Content) != string(want.Content) || files[i].Path != want.Path {
					t.Errorf("%s, %s/%s: %s is rendered otherwise", name, v.pack, v.name, want.Path)
				}
			}
		}
	}
}
