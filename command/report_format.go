package command

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/firestoned/firestone/generator/output"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// The report as JSON.
type (
	jsonReport struct {
		Differences []jsonDifference `json:"differences"`
		Problems    []jsonProblem    `json:"problems"`
	}
	jsonDifference struct {
		Path   string      `json:"path"`
		Item   string      `json:"item"`
		Action string      `json:"action"`
		Causes []jsonCause `json:"causes"`
		Edited bool        `json:"edited"`
		Repair string      `json:"repair"`
		Diff   string      `json:"diff"`
	}
	jsonCause struct {
		Kind string `json:"kind"`
		Name string `json:"name,omitempty"`
		Text string `json:"text"`
	}
	jsonProblem struct {
		Code     string `json:"code"`
		File     string `json:"file"`
		Line     int    `json:"line"`
		Column   int    `json:"column"`
		Severity string `json:"severity"`
		Message  string `json:"message"`
		Hint     string `json:"hint,omitempty"`
	}
)

// printJSON prints one object, also where nothing differs.
func (d *differences) printJSON(out io.Writer) error {
	report := jsonReport{Differences: []jsonDifference{}, Problems: jsonProblems(d.problems)}
	if d.plan != nil {
		for _, change := range d.plan.Changes {
			j := jsonDifference{
				Path: d.at(change), Item: change.Item, Action: string(change.Action), Causes: []jsonCause{},
				Edited: change.Edited, Repair: d.repairOf(change), Diff: string(change.Diff()),
			}
			for _, cause := range change.Causes {
				j.Causes = append(j.Causes, jsonCause{string(cause.Kind), cause.Name, cause.String()})
			}
			report.Differences = append(report.Differences, j)
		}
	}
	return printJSON(report, out)
}

// printJSON prints a value, for programs and for people who look at it.
func printJSON(value any, out io.Writer) error {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(value); err != nil {
		return err
	}
	_, err := io.WriteString(out, visibleJSON(b.String()))
	return err
}

// visibleJSON escapes what would control a terminal, as JSON escapes. All of it is in strings.
func visibleJSON(text string) string {
	var b strings.Builder
	for _, r := range text {
		if isHidden(r) && r != '\n' {
			fmt.Fprintf(&b, `\u%04x`, r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

func jsonProblems(problems model.Problems) []jsonProblem {
	all := []jsonProblem{}
	for _, p := range problems.Sorted() {
		all = append(all, jsonProblem{string(p.Code), p.Pos.File, p.Pos.Line, p.Pos.Col, severity(p), p.Msg, p.Hint})
	}
	return all
}

// severity returns error or warning, the words of both other formats.
func severity(p model.Problem) string {
	if p.Warning {
		return "warning"
	}
	return "error"
}

// withHint returns a message with its hint.
func withHint(p model.Problem) string {
	if p.Hint == "" {
		return p.Msg
	}
	return p.Msg + "\nhint: " + p.Hint
}

// printGitHub prints a workflow command for each difference and problem, which GitHub shows at its line in the pull
// request (docs.github.com, Workflow commands for GitHub Actions).
func (d *differences) printGitHub(out io.Writer) error {
	for _, p := range d.all() {
		place := ""
		if p.Pos.File != "" {
			place = "file=" + property(visibleLine(p.Pos.File)) + ","
		}
		if p.Pos.Line > 0 {
			place += fmt.Sprintf("line=%d,col=%d,", p.Pos.Line, p.Pos.Col)
		}
		if _, err := fmt.Fprintf(out, "::%s %stitle=%s::%s\n", severity(p), place, p.Code, message(visible(withHint(p)))); err != nil {
			return err
		}
	}
	return nil
}

// all returns the problems, and each file that differs as one of that file.
func (d *differences) all() model.Problems {
	all := d.problems.Sorted()
	if d.plan != nil {
		for _, change := range d.plan.Changes {
			all = append(all, d.problemOf(change))
		}
	}
	return all
}

// problemOf returns a file that differs as a problem of that file.
func (d *differences) problemOf(change output.Change) model.Problem {
	return model.Problem{Code: value.FileDiffers, Pos: model.Pos{File: d.at(change), Line: firstLine(change), Col: 1}, Msg: why(change), Hint: "run " + d.repairOf(change)}
}

// firstLine returns the number of the first line that differs.
func firstLine(change output.Change) int {
	n := 1
	for i := range min(len(change.Old), len(change.New)) {
		if change.Old[i] != change.New[i] {
			break
		}
		if change.Old[i] == '\n' {
			n++
		}
	}
	return n
}

// message and property escape the text and a property of a workflow command.
func message(text string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(text)
}

func property(text string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(message(text))
}
