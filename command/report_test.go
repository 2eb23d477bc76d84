package command

import "testing"

// TestColoured: a line of YAML that goes and begins with -- is no name of a file.
func TestColoured(t *testing.T) {
	const diff = "--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n---- \n+++x\n same\n\\ No newline at end of file"
	const want = "\x1b[1m--- a/x\x1b[0m\n\x1b[1m+++ b/x\x1b[0m\n\x1b[36m@@ -1,3 +1,3 @@\x1b[0m\n" +
		"\x1b[31m---- \x1b[0m\n\x1b[32m+++x\x1b[0m\n same\n\\ No newline at end of file"
	if got := coloured(diff); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
