package command

import (
	"os/exec"
	"strings"
	"testing"
)

// A line is quoted for a shell, which splits it into the same words.
func TestShellLine(t *testing.T) {
	words := []string{"plain", "a-b_c.d/e:f=g,h+i%j@k", "", "two words", "it's", `"quoted"`, "$HOME", "`id`", "a\nb", "*", "~", "ß", `\`, "''", "!x", "#y"}
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("no shell here:", err)
	}
	out, err := exec.Command(shell, "-c", `printf '%s\0' `+shellLine(words)).Output()
	if got := strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00"); err != nil || strings.Join(got, "|") != strings.Join(words, "|") {
		t.Errorf("the shell reads %q as %q (%v)", shellLine(words), got, err)
	}
	if got, want := shellLine(words[:2]), "plain a-b_c.d/e:f=g,h+i%j@k"; got != want {
		t.Errorf("shellLine = %s, want nothing quoted: %s", got, want)
	}
}
