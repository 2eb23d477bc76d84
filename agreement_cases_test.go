package main_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model"
)

// events is added to definitions without events, so that there is a channel for each of their paths.
const events = `
asyncapi:
  servers: {dev: {url: "ws://localhost:8080", protocol: ws}}
  channels: {resources: true, instances: true, instance_attrs: true}
`

var asyncapiBlock = regexp.MustCompile(`(?m)^asyncapi:`)

// TestDocumentsAgree walks the AsyncAPI and the OpenAPI document of the same definitions side by side.
func TestDocumentsAgree(t *testing.T) {
	isCompared := map[string]bool{}
	called, ran := 0, 0
	compare := func(name string, api *model.API) {
		called++
		t.Run(name, func(t *testing.T) {
			ran++
			if len(api.Channels) == 0 {
				t.Skip("no events")
			}
			documentsAgree(t, api, isCompared)
		})
	}
	for _, name := range casesIn(t) {
		folder := filepath.Join(casesFolder, name)
		compare(name, load(t, readIn(folder), definitionsIn(t, folder)...))
	}
	compare("library", load(t, readIn("examples/library"), definitionsIn(t, "examples/library")...))
	hard := definitionsIn(t, "testdata/hard")
	for _, name := range hard {
		compare(name, load(t, readWithEvents("testdata/hard"), name))
	}
	if !testing.Short() {
		compare("hard together", load(t, readWithEvents("testdata/hard"), hard...))
	}

	if ran < called {
		return // -run chose some
	}
	for _, what := range []string{"schemas", "schemes", "parameters", "bodies", "events", "examples", "requirements", "refusals"} {
		if !isCompared[what] {
			t.Errorf("no document has %s to compare", what)
		}
	}
}

func load(t *testing.T, read func(string) ([]byte, error), names ...string) *model.API {
	t.Helper()
	api, problems := model.Load(read, model.Options{}, names...)
	if api == nil {
		t.Fatal(problems)
	}
	return api
}

// readWithEvents reads the files of a folder, each definition with events.
func readWithEvents(folder string) func(string) ([]byte, error) {
	return func(path string) ([]byte, error) {
		text, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(path)))
		if err == nil && !strings.Contains(path, "/") && !asyncapiBlock.Match(text) {
			text = append(text, events...)
		}
		return text, err
	}
}
