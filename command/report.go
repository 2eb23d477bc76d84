package command

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/term"

	"github.com/firestoned/firestone/generator/output"
	"github.com/firestoned/firestone/model"
)

// The formats of a report.
const (
	formatText   = "text"
	formatJSON   = "json"
	formatGitHub = "github"
)

var formats = []string{formatText, formatJSON, formatGitHub}

// differences are what check has to say: the files that differ and why, what makes them right, and the problems of
// the definitions.
type differences struct {
	plan     *output.Plan
	root     string
	repair   string
	problems model.Problems
}

// print prints all differences in the format.
func (d *differences) print(c *console, format string) error {
	var err error
	switch format {
	case formatJSON:
		err = d.printJSON(c.out)
	case formatGitHub:
		err = d.printGitHub(c.out)
	default:
		printProblems(d.problems, c.errw)
		err = d.printText(c.out, hasColour(c.out))
		if d.plan != nil && len(d.plan.Changes) == 0 {
			fmt.Fprintln(c.errw, "up to date")
		}
	}
	return printed(err)
}

// verdict fails if any of the files differs.
func (d *differences) verdict(files int) error {
	if len(d.plan.Changes) == 0 {
		return nil
	}
	v := &differs{}
	verb := "differ"
	if len(d.plan.Changes) == 1 {
		verb = "differs"
	}
	v.verdict.Msg = fmt.Sprintf("%d of %d files %s from what would be generated", len(d.plan.Changes), d.total(files), verb)
	v.verdict.Hint = "run " + d.remedy()
	if d.remedy() != d.repair {
		v.verdict.Hint += "; to keep an edit, override the template that generates it"
	}
	return v
}

// total returns how many files the report is about: those that are generated, those that are stale, and a record that
// a merge left conflict markers in.
func (d *differences) total(files int) int {
	for _, change := range d.plan.Changes {
		if change.New == nil || change.Path == output.RecordName {
			files++
		}
	}
	return files
}

// remedy returns the command that repairs all.
func (d *differences) remedy() string {
	for _, change := range d.plan.Changes {
		if d.repairOf(change) != d.repair {
			return d.repairOf(change)
		}
	}
	return d.repair
}

// repairOf returns the command that repairs one file. What a hand has written is only lost if that is said.
func (d *differences) repairOf(change output.Change) string {
	if change.Edited && change.Action != output.Keep {
		return strings.Replace(d.repair, "firestone", "firestone --force", 1)
	}
	return d.repair
}

// at returns the path of a file from here.
func (d *differences) at(change output.Change) string {
	return filepath.ToSlash(filepath.Join(d.root, filepath.FromSlash(change.Path)))
}

// why returns the causes as one sentence.
func why(change output.Change) string { return output.Sentence(change.Causes) }

// printText prints the cause and the unified diff of each file.
func (d *differences) printText(out io.Writer, inColour bool) error {
	for _, change := range d.plan.Changes {
		heading := visibleLine(d.at(change) + ": " + why(change))
		diff := shown(string(change.Diff()), out)
		if inColour {
			heading, diff = "\x1b[1m"+heading+"\x1b[0m", coloured(diff)
		}
		if _, err := fmt.Fprintf(out, "%s\n%s\n", heading, diff); err != nil {
			return err
		}
	}
	return nil
}

// shown returns what files hold as it is, for patch(1), but for a terminal without what that would obey.
func shown(content string, out io.Writer) string {
	if isTerminal(out) {
		return visible(content)
	}
	return content
}

// coloured returns a unified diff as terminals show it: what goes in red, what comes in green.
func coloured(diff string) string {
	var b strings.Builder
	number := 0
	for line := range strings.Lines(visible(diff)) {
		text, isWhole := strings.CutSuffix(line, "\n")
		colour := ""
		switch number++; {
		case number <= 2: // the names; further down --- is a line of YAML that goes
			colour = "1"
		case strings.HasPrefix(text, "@@"):
			colour = "36"
		case strings.HasPrefix(text, "-"):
			colour = "31"
		case strings.HasPrefix(text, "+"):
			colour = "32"
		}
		if colour != "" {
			text = "\x1b[" + colour + "m" + text + "\x1b[0m"
		}
		b.WriteString(text)
		if isWhole {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// hasColour reports whether out is a terminal whose user has not asked for plain text (no-color.org).
func hasColour(out io.Writer) bool {
	return os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && isTerminal(out)
}

func isTerminal(out io.Writer) bool {
	file, ok := out.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// reported prints problems of the input in a format that is not text, and returns what is still to be said of them.
func reported(err error, format string, c *console) error {
	var problems model.Problems
	if format == formatText || !asProblems(err, &problems) {
		return err
	}
	d := &differences{problems: problems}
	if err := d.print(c, format); err != nil {
		return err
	}
	return &differs{model.Problem{Msg: count(problems.Sorted())}}
}
