//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// shell returns a command that stands for a program.
func shell(script string) command { return command{program: "sh", arguments: []string{"-c", script}} }

// A peer that writes nothing of use does not count as fast.
func TestPeerThatFails(t *testing.T) {
	wrong := filepath.Join(t.TempDir(), "wrong.yaml")
	if err := os.WriteFile(wrong, []byte("openapi: 3.1.0\npaths: {/items: {get: {}}}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ script, document, want string }{
		"an exit status": {"echo oh no >&2; exit 3", wrong, "oh no"},
		"no document":    {"true", wrong + ".not", "no such file"},
		"a poor one":     {"true", wrong, "not a document of 1 resources"},
	} {
		t.Run(name, func(t *testing.T) {
			p := &peer{prepare: func(string, int) (command, string, error) { return shell(c.script), c.document, nil }}
			if _, err := (bench{check: checkDocument}).measurePeer(p, task{output: openapi, resources: 1}); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("the error is %v, expected %q", err, c.want)
			}
		})
	}
}

// A peer for which one size is too large is not tried with a larger one.
func TestPeerThatIsTooSlow(t *testing.T) {
	p := &peer{tooSlow: true, prepare: func(string, int) (command, string, error) { panic("tried again") }}
	if r, err := (bench{}).measurePeer(p, task{output: openapi, resources: 1000}); err != nil || !r.tooLong {
		t.Errorf("the result is %+v, %v", r, err)
	}
}
