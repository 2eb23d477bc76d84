package main

import (
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/firestoned/firestone/command"
)

// TestManual holds the pages of the manual against the verbs: each has one, which names all its flags, and in which the
// reader of such pages finds nothing wrong.
func TestManual(t *testing.T) {
	pages := map[string]string{}
	for _, page := range manual("v1.2.3", time.Unix(0, 0).UTC()) {
		pages[page.name] = string(page.content)
	}
	groff, _ := exec.LookPath("groff") // "" where it is not installed
	var check func(*cobra.Command)
	check = func(cmd *cobra.Command) {
		name := "man/man1/" + strings.ReplaceAll(cmd.CommandPath(), " ", "-") + ".1"
		page, ok := pages[name]
		if !ok {
			t.Errorf("there is no page %s", name)
			return
		}
		delete(pages, name)
		if strings.Contains(page, "[flags]") {
			t.Errorf("%s has another usage than --help", name)
		}
		cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if !f.Hidden && !strings.Contains(page, roff("--"+f.Name)) {
				t.Errorf("%s does not name --%s", name, f.Name)
			}
		})
		if groff != "" {
			reader := exec.Command(groff, "-man", "-ww", "-Kutf8", "-Tutf8")
			reader.Stdin = strings.NewReader(page)
			var said strings.Builder
			reader.Stderr = &said
			if shown, err := reader.Output(); err != nil || said.Len() > 0 || len(shown) == 0 {
				t.Errorf("%s: %v %s", name, err, &said)
			}
		}
		for _, verb := range cmd.Commands() {
			check(verb)
		}
	}
	check(command.Tree())
	for name := range pages {
		t.Errorf("%s is the page of no verb", name)
	}
}

func TestRoff(t *testing.T) {
	for text, want := range map[string]string{
		"plain":         "plain",
		".TH":           `\&.TH`,
		"a\n'b\n .c":    "a\n\\&'b\n .c",
		`C:\x --help`:   `C:\ex \-\-help`,
		"ein Stanisław": "ein Stanisław",
	} {
		if got := roff(text); got != want {
			t.Errorf("roff(%q) is %q, expected %q", text, got, want)
		}
	}
}

// TestProse fills lines into paragraphs, but for those that are indented.
func TestProse(t *testing.T) {
	got := prose("\nOne,\nand more.\n\n  firestone -t cli\n.two\n")
	if want := "One,\nand more.\n.PP\n.nf\n  firestone \\-t cli\n.fi\n\\&.two\n"; got != want {
		t.Errorf("it is\n%s\nexpected\n%s", got, want)
	}
}

func TestCompletions(t *testing.T) {
	files, err := completions()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !strings.Contains(string(f.content), "firestone") {
			t.Errorf("%s completes nothing of firestone", f.name)
		}
	}
}
