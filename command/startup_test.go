package command_test

import (
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var initTrace = regexp.MustCompile(`(?m)^init (\S+) @\S+ ms, (\S+) ms clock`)

// The mock must not slow down other verbs: no package that only the mock imports may take more than a tenth of a millisecond
// when the program starts.
func TestMockCostsNothingAtStart(t *testing.T) {
	brought := list(t, "-deps", "../mock/...")
	imports := list(t, "-f", `{{join .Imports "\n"}}`, ".")
	others := slices.DeleteFunc(imports, func(name string) bool { return strings.HasPrefix(name, "github.com/firestoned/firestone/mock") })
	without := list(t, append([]string{"-deps"}, others...)...)
	brought = slices.DeleteFunc(brought, func(name string) bool { return slices.Contains(without, name) })
	if len(brought) < 10 {
		t.Fatalf("the mock brings %d packages: %v", len(brought), brought)
	}
	least := map[string]float64{} // of several starts, the others of which something else may have held up
	for range 5 {
		command := exec.Command("firestone", "version")
		command.Env = append(command.Environ(), "GODEBUG=inittrace=1")
		out, err := command.CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		for _, line := range initTrace.FindAllStringSubmatch(string(out), -1) {
			took, err := strconv.ParseFloat(line[2], 64)
			if err != nil {
				t.Fatal(err)
			}
			if known, seen := least[line[1]]; !seen || took < known {
				least[line[1]] = took
			}
		}
	}
	if len(least) < 20 {
		t.Fatalf("the program says of %d packages how long they take to start", len(least))
	}
	for name, took := range least {
		if slices.Contains(brought, name) && took > 0.1 {
			t.Errorf("%s takes %.3f ms", name, took)
		}
	}
}

// list returns the packages that go list names.
func list(t *testing.T, args ...string) []string {
	t.Helper()
	out, err := exec.Command("go", append([]string{"list"}, args...)...).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Fields(string(out))
}
