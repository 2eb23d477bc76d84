package command

import (
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
)

func TestRelease(t *testing.T) {
	for version, want := range map[string]bool{
		"v1.2.3": true, "v1.2.3-rc.1": true, "v0.0.0-20260102030405-0123456789ab": true,
		"v1.2.3+dirty": false, "v0.0.0-20260102030405-0123456789ab+dirty": false, "(devel)": false, "": false,
	} {
		if isRelease(version) != want {
			t.Errorf("%q is a release: %v", version, !want)
		}
	}
}

// TestLinkedID reads of this program what the go command reads.
func TestLinkedID(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux says which file runs")
	}
	want, err := exec.Command("go", "tool", "buildid", os.Args[0]).Output()
	if err != nil {
		t.Fatal(err)
	}
	if got := linkedID(); got != strings.TrimSpace(string(want)) || got == "" {
		t.Errorf("got %q, want %q", got, want)
	}
}
