package command

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// TestColoured: a removed line of YAML that begins with -- is not the name of a file in a diff.
func TestColoured(t *testing.T) {
	const diff = "--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n---- \n+++x\n same\n\\ No newline at end of file"
	const want = "\x1b[1m--- a/x\x1b[0m\n\x1b[1m+++ b/x\x1b[0m\n\x1b[36m@@ -1,3 +1,3 @@\x1b[0m\n" +
		"\x1b[31m---- \x1b[0m\n\x1b[32m+++x\x1b[0m\n same\n\\ No newline at end of file"
	if got := coloured(diff); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestURIOf(t *testing.T) {
	t.Chdir(t.TempDir())
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{
		"book.yaml": "book.yaml", "./a/b.yaml": "a/b.yaml", "../a.yaml": "../a.yaml", "<stdin>": "%3Cstdin%3E",
		"größe 1%#?.yaml": "gr%C3%B6%C3%9Fe%201%25%23%3F.yaml", "a:b/c.yaml": "./a:b/c.yaml",
		filepath.Join(here, "a b.yaml"): "a%20b.yaml",
	} {
		if got := uriOf(file); got != want {
			t.Errorf("%s: got %s, want %s", file, got, want)
		}
	}
	if got := uriOf(filepath.Join(filepath.Dir(here), "a b.yaml")); !strings.HasPrefix(got, "file:///") || !strings.HasSuffix(got, "/a%20b.yaml") {
		t.Errorf("a file elsewhere is %s", got)
	}
}

// A problem with the run itself is not a result, and the run is not successful; with a warning, it still is.
func TestSARIFOfTheRun(t *testing.T) {
	for _, isWarning := range []bool{false, true} {
		var out strings.Builder
		d := &differences{problems: model.Problems{{Code: value.OpenServer, Warning: isWarning, Msg: "m", Hint: "h"}, {Code: value.UnknownKey, Pos: model.Pos{File: "f"}, Msg: "n"}}}
		if err := d.printSARIF(&out); err != nil {
			t.Fatal(err)
		}
		var log sarifLog
		if err := json.Unmarshal([]byte(out.String()), &log); err != nil {
			t.Fatal(err)
		}
		run := log.Runs[0]
		told := run.Invocations[0]
		if len(run.Results) != 1 || run.Results[0].Locations[0].PhysicalLocation.Region.StartLine != 1 {
			t.Errorf("the results are %+v", run.Results)
		}
		if told.ExecutionSuccessful != isWarning || len(told.Notifications) != 1 || told.Notifications[0].Message.Text != "m\nhint: h" || run.Tool.Driver.Notifications[0].ID != "FS6006" {
			t.Errorf("the run is %+v", told)
		}
		if got, want := run.Tool.Driver.Rules[0].HelpURI, problemsPage+"#fs2001-a-key-that-is-not-known"; got != want {
			t.Errorf("its help is at %s, want %s", got, want)
		}
	}
}

func TestAnchorOf(t *testing.T) {
	for heading, want := range map[string]string{
		"FS4003: a pack.yaml that cannot be used":          "fs4003-a-packyaml-that-cannot-be-used",
		"FS9999: a pack of another team's own":             "fs9999-a-pack-of-another-teams-own",
		"FS2004: a value that is not one of those allowed": "fs2004-a-value-that-is-not-one-of-those-allowed",
	} {
		if got := anchorOf(heading); got != want {
			t.Errorf("%s: got %s", heading, got)
		}
	}
}
