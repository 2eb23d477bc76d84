package command

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// reportsOnStdout are the verbs whose standard output is only the report, in a format for programs.
var reportsOnStdout = []string{"", "check", "init", "mock", "pack eject", "pack lint", "up", "validate"}

// Every verb reports usage errors, and success, in the requested format, whether the flag comes before or after the error,
// and on the same stream as all of its reports. The exit status is the same as for text.
func TestEveryVerbReports(t *testing.T) {
	var verbs []string
	var visit func(cmd *cobra.Command)
	visit = func(cmd *cobra.Command) {
		verbs = append(verbs, strings.TrimPrefix(strings.TrimPrefix(cmd.CommandPath(), "firestone"), " "))
		for _, verb := range cmd.Commands() {
			visit(verb)
		}
	}
	visit(Tree())
	for _, verb := range verbs {
		for _, rest := range []string{"", "--nonsense", "--nonsense FORMAT", "--effort much FORMAT", "--title", "a b c", "--strict=perhaps FORMAT b"} {
			for _, format := range formats[1:] {
				first := strings.Contains(rest, "FORMAT")
				line := verb + " " + strings.Replace(rest, "FORMAT", "--format "+format, 1)
				if !first {
					line = "--format " + format + " " + line
				}
				reportOfLine(t, verb, format, line)
			}
		}
		var out, errw bytes.Buffer
		status := Run(append(strings.Fields(verb), "--format", "jsn"), strings.NewReader(""), &out, &errw)
		if want := "firestone: unknown format \"jsn\"\n  hint: did you mean --format json?\n"; status != exitUsage || errw.String() != want || out.Len() > 0 {
			t.Errorf("firestone %s --format jsn: status %d, it prints %q and %q", verb, status, out.String(), errw.String())
		}
	}
	for _, format := range formats[1:] { // what goes on, if it could
		reportOfLine(t, "", format, "--watch - --format "+format)
		reportOfLine(t, "mock", format, "mock --seed -1 --format "+format)
		reportOfLine(t, "up", format, "up --format "+format+" --ui-port 99999")
	}
	if len(verbs) < 20 {
		t.Errorf("only these verbs were tried: %q", verbs)
	}
}

// The standard output of a run without a verb is data if that was requested.
func TestReportLeavesDataAlone(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, line := range []string{"-t openapi book.yaml", "-t openapi -o api.yaml --dry-run book.yaml", "--version", "--help", "check --help"} {
		if err := os.WriteFile("book.yaml", []byte(mockedBook), 0o600); err != nil {
			t.Fatal(err)
		}
		var out, errw bytes.Buffer
		status := Run(append(strings.Fields(line), "--format", "json"), strings.NewReader(""), &out, &errw)
		if _, ok := messagesOf(formatJSON, errw.String()); status != exitOK || !ok || out.Len() == 0 || strings.Contains(out.String(), `"problems"`) {
			t.Errorf("firestone %s --format json: status %d, it prints %q and %q", line, status, out.String(), errw.String())
		}
	}
}

func reportOfLine(t *testing.T, verb, format, line string) {
	t.Helper()
	t.Chdir(t.TempDir())
	var text, out, errw bytes.Buffer
	want := Run(strings.Fields(strings.Replace(line, "--format "+format, "--format text", 1)), strings.NewReader(""), &bytes.Buffer{}, &text)
	t.Chdir(t.TempDir())
	status := Run(strings.Fields(line), strings.NewReader(""), &out, &errw)
	if status != want {
		t.Errorf("firestone %s: status %d, and as text %d", line, status, want)
	}
	report, other := errw.String(), out.String()
	if slices.Contains(reportsOnStdout, verb) {
		report, other = other, report
	}
	messages, ok := messagesOf(format, report)
	if !ok || status != exitOK && other != "" || (len(messages) > 0) != (status != exitOK) {
		t.Errorf("firestone %s: status %d, the report has %q, in\n%s\nand the other stream holds %q", line, status, messages, report, other)
		return
	}
	for _, message := range messages {
		if first, _, _ := strings.Cut(message, "\n"); !strings.Contains(text.String(), first) {
			t.Errorf("firestone %s: it says %q, and as text\n%s", line, message, text.String())
		}
	}
}

// messagesOf returns the messages of an output that is nothing but a report.
func messagesOf(format, report string) (messages []string, ok bool) {
	switch format {
	case formatJSON:
		var read jsonReport
		ok = json.Unmarshal([]byte(report), &read) == nil
		for _, p := range read.Problems {
			messages = append(messages, p.Message)
		}
	case formatSARIF:
		var read sarifLog
		ok = json.Unmarshal([]byte(report), &read) == nil && len(read.Runs) == 1
		for _, run := range read.Runs {
			for _, result := range run.Results {
				messages = append(messages, result.Message.Text)
			}
			for _, notification := range run.Invocations[0].Notifications {
				messages = append(messages, notification.Message.Text)
			}
		}
	case formatGitHub:
		ok = true
		for line := range strings.Lines(report) {
			command := regexp.MustCompile(`^::error(?: [^:]+)?::(.*)\n$`).FindStringSubmatch(line)
			if command == nil {
				return nil, false
			}
			messages = append(messages, strings.NewReplacer("%0A", "\n", "%0D", "\r", "%25", "%").Replace(command[1]))
		}
	}
	return messages, ok
}
