package command

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"

	"github.com/firestoned/firestone/generator/output"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/value"
)

// The formats of a report.
const (
	formatText   = "text"
	formatJSON   = "json"
	formatGitHub = "github"
	formatSARIF  = "sarif"
)

var formats = []string{formatText, formatJSON, formatGitHub, formatSARIF}

// bindFormat gives all verbs the flag that says how they report.
func bindFormat(root *cobra.Command, c *console) {
	root.PersistentFlags().Var((*formatValue)(&c.format), "format", "report problems as `FORMAT`: "+strings.Join(formats, ", "))
	completeFlag(root, "format", cobra.FixedCompletions(formats, cobra.ShellCompDirectiveNoFileComp))
}

// formatValue is a format of reports as the value of a flag.
type formatValue string

// String implements pflag.Value.
func (v *formatValue) String() string { return string(*v) }

// Type implements pflag.Value.
func (v *formatValue) Type() string { return "string" }

// Set implements pflag.Value.
func (v *formatValue) Set(text string) error {
	if !slices.Contains(formats, text) {
		return usageErrorf(name.Suggest(text, formats, "--format %s", "expected one of "+strings.Join(formats, ", ")), "unknown format %q", text)
	}
	*v = formatValue(text)
	return nil
}

// printsNoData is the annotation of a verb that leaves the standard output to a report in a format for programs.
var printsNoData = map[string]string{"stdout": "report"}

// prepareReport takes from a command line how to report, whatever else may be wrong with it.
func (c *console) prepareReport(root *cobra.Command, args []string) {
	cmd, _, err := root.Find(args)
	if err != nil {
		cmd = root
	}
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	flags.Usage = func() {} // of --help, which prints its own
	flags.ParseErrorsAllowlist.UnknownFlags = true
	flags.AddFlagSet(cmd.Flags())
	flags.AddFlagSet(root.PersistentFlags())
	told := map[string]string{}
	err = flags.ParseAll(args, func(flag *pflag.Flag, text string) error {
		told[flag.Name] = text
		return nil
	}) // the command reports errors when it runs
	if slices.Contains(formats, told["format"]) {
		c.format = told["format"]
	}
	if cmd == root && told["dry-run"]+told["version"] == "" && (told["template"] == "" || told["output"] != "") {
		cmd.Annotations = printsNoData
	}
	if cmd.Annotations["stdout"] == "report" && told["help"] == "" && !errors.Is(err, pflag.ErrHelp) {
		c.reportsOn = c.out
	}
}

// differences are what check has to say: the files that differ and why, what makes them right, and the problems of
// the definitions.
type differences struct {
	plan     *output.Plan // nil where nothing was compared
	root     string
	repair   string
	problems model.Problems
}

// report prints the result of a run, or of one step of a continuing run, and returns the exit status for it. In a
// machine-readable format it also prints everything held back for it, even if that is nothing.
func (c *console) report(err error) int {
	if c.format == formatText {
		return c.reportText(err)
	}
	d := &differences{}
	var differing *differsError
	var m *usageError
	switch {
	case errors.As(err, &differing) && differing.how != nil:
		d = differing.how
	case differing != nil:
		d.problems = model.Problems{differing.summary}
	case errors.As(err, &m):
		d.problems = m.causes
	case err != nil:
		d.problems = problemsOf(err)
	}
	d.problems = slices.Concat(d.problems, c.release())
	for i := range d.problems {
		d.problems[i].Code = cmp.Or(d.problems[i].Code, value.Outside)
	}
	if failed := writeError(d.printAs(c.format, c.reportsOn)); failed != nil {
		return c.reportText(failed)
	}
	return statusOf(err)
}

// reportText says it to people.
func (c *console) reportText(err error) int {
	var m *usageError
	var problems model.Problems
	var d *differsError
	switch {
	case err == nil:
	case errors.As(err, &d):
		c.printCause(d.summary)
	case errors.As(err, &problems):
		c.printProblems(problems)
	default:
		if !errors.As(err, &m) {
			m = &usageError{causes: problemsOf(err)}
		}
		for _, cause := range m.causes.Sorted() {
			c.printCause(cause)
		}
	}
	return statusOf(err)
}

// printAs prints a report in a format for programs.
func (d *differences) printAs(format string, out io.Writer) error {
	switch format {
	case formatJSON:
		return d.printJSON(out)
	case formatGitHub:
		return d.printGitHub(out)
	}
	return d.printSARIF(out)
}

// conclude says what differs, and fails if anything does.
func (d *differences) conclude(c *console, files int) error {
	c.tell(d.problems)
	if c.format != formatText {
		d.problems = nil // the report has them
	} else if err := d.printText(c.out, hasColour(c.out)); err != nil {
		return writeError(err)
	}
	if len(d.plan.Changes) > 0 {
		return &differsError{d.summary(files), d}
	}
	c.note("up to date")
	return nil
}

// summary returns how many of the files differ.
func (d *differences) summary(files int) model.Problem {
	verb := "differ"
	if len(d.plan.Changes) == 1 {
		verb = "differs"
	}
	v := model.Problem{Code: value.FileDiffers, Hint: "run " + d.remedy()}
	v.Msg = fmt.Sprintf("%d of %d files %s from what would be generated", len(d.plan.Changes), d.total(files), verb)
	if d.remedy() != d.repair {
		v.Hint += "; to keep an edit, override the template that generates it"
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
		diff := escapedFor(string(change.Diff()), out)
		if inColour {
			heading, diff = "\x1b[1m"+heading+"\x1b[0m", coloured(diff)
		}
		if _, err := fmt.Fprintf(out, "%s\n%s\n", heading, diff); err != nil {
			return err
		}
	}
	return nil
}

// escapedFor returns the content of files: unchanged for patch(1), with control sequences escaped for a terminal.
func escapedFor(content string, out io.Writer) string {
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
