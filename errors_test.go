package main_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model"
	"github.com/hexops/autogold/v2"
)

func TestErrors(t *testing.T) {
	folder := filepath.Join("testdata", "errors")
	for _, name := range definitionsIn(t, folder) {
		t.Run(strings.TrimSuffix(name, ".yaml"), func(t *testing.T) {
			api, problems := model.Load(readIn(folder), model.Options{}, name)
			problems = besideFacts(problems)
			if len(problems) == 0 {
				t.Fatal("nothing is wrong with this definition")
			}
			if problems.HasErrors() != (api == nil) {
				t.Errorf("errors: %v, but the API is nil: %v", problems.HasErrors(), api == nil)
			}
			for _, p := range problems {
				if p.Pos.Line < 1 || p.Pos.Col < 1 || !strings.HasSuffix(p.Pos.File, ".yaml") {
					t.Errorf("no place: %v", p)
				}
				if p.Code == "" {
					t.Errorf("no code: %v", p)
				}
			}
			autogold.ExpectFile(t, autogold.Raw(problems.Error()+"\n"),
				autogold.Dir(folder), autogold.Name(strings.TrimSuffix(name, ".yaml")))
		})
	}
}
