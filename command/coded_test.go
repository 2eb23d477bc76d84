package command

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model"
)

var (
	countOfProblems = regexp.MustCompile(`^(?:(\d+) errors?)?(?:, )?(?:(\d+) warnings?)?$`)
	codedProblem    = regexp.MustCompile(`^\S.* \[(FS\d{4})\]$`)
)

// Coded returns an error if a printed problem has no code that explain knows. The lines that count problems say how many
// there are.
func Coded(said string) error {
	coded := 0
	for line := range strings.Lines(said) {
		line = strings.TrimSuffix(line, "\n")
		if problem := codedProblem.FindStringSubmatch(line); problem != nil {
			if explanationOf(model.Code(problem[1])).title == "" {
				return fmt.Errorf("explain does not know the code of %q", line)
			}
			if !strings.HasPrefix(line, "firestone: ") { // which is not counted
				coded++
			}
			continue
		}
		count := countOfProblems.FindStringSubmatch(line)
		if count == nil || line == "" {
			continue
		}
		counted := 0
		for _, number := range count[1:] {
			n, _ := strconv.Atoi(number) // one of the two may be missing
			counted += n
		}
		if coded != counted {
			return fmt.Errorf("%d of %d problems have a code", coded, counted)
		}
		coded = 0
	}
	if coded > 0 {
		return fmt.Errorf("%d problems are not counted", coded)
	}
	return nil
}

func TestCoded(t *testing.T) {
	for said, want := range map[string]bool{
		"a.yaml:1:2: m [FS2001]\n  hint: h\n1 error\n":                                    true,
		"a.yaml:1:2: m [FS2001]\nmore\nb.yaml: warning: n [FS2105]\n1 error, 1 warning\n": true,
		"firestone: m\n  hint: h\n":                                                       true,
		"a.yaml:1:2: m\n1 error\n":                                                        false,
		"a.yaml:1:2: m [FS2001]\nb.yaml:1:1: n\n2 warnings\n":                             false,
		"a.yaml:1:2: m [FS2999]\n1 error\n":                                               false,
	} {
		if err := Coded(said); (err == nil) != want {
			t.Errorf("%q: %v", said, err)
		}
	}
}

// Every problem printed for a faulty definition has a code.
func TestFaultyDefinitionsAreCoded(t *testing.T) {
	files, err := filepath.Glob("../testdata/errors/[^_]*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no faulty definitions", err)
	}
	t.Chdir(filepath.Dir(files[0]))
	for i, file := range files {
		if testing.Short() && i%4 != 0 {
			continue
		}
		for _, line := range [][]string{{"model"}, {"-t", "asyncapi"}, {"-t", "openapi"}} {
			var out, errw strings.Builder
			Run(append(line, filepath.Base(file)), os.Stdin, &out, &errw)
			if err := Coded(errw.String()); err != nil {
				t.Errorf("%s: %v in\n%s", file, err, errw.String())
			}
		}
	}
}
