//go:build unix

package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"
)

// The markers of a page around its figures.
const (
	beginFigures = "<!-- figures: written by make bench WRITE=docs/speed.md -->\n"
	endFigures   = "<!-- end of figures -->\n"
)

// splitPage returns the text of a page before and after its figures.
func splitPage(file string) (head, tail string, err error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return "", "", err
	}
	head, rest, begins := strings.Cut(string(text), beginFigures)
	_, tail, ends := strings.Cut(rest, endFigures)
	if !begins || !ends {
		return "", "", fmt.Errorf("%s has no place for figures: a line %q and a line %q below it", file, strings.TrimSpace(beginFigures), strings.TrimSpace(endFigures))
	}
	return head, tail, nil
}

// writePage replaces the figures of a page by the report.
func writePage(file string, r report) error {
	head, tail, err := splitPage(file)
	if err != nil {
		return err
	}
	return os.WriteFile(file, []byte(head+beginFigures+markdown(r)+endFigures+tail), 0o644)
}

// markdown returns a report as Markdown.
func markdown(r report) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n%s\n", conditions(r))
	for _, s := range sections(r) {
		fmt.Fprintf(&b, "\n### %s\n\n", s.heading)
		for i, cells := range s.table {
			fmt.Fprintln(&b, "| "+strings.Join(cells, " | ")+" |")
			if i == 0 {
				fmt.Fprintln(&b, "|---"+strings.Repeat("|---:", len(cells)-1)+"|")
			}
		}
	}
	fmt.Fprintln(&b)
	return b.String()
}

// conditions describes the machine of the figures, the number of runs, and the versions compared with.
func conditions(r report) string {
	fastest, slowest := r.results[0].slower, r.results[0].slower
	for _, one := range r.results {
		fastest, slowest = min(fastest, one.slower), max(slowest, one.slower)
	}
	text := fmt.Sprintf("Measured on %s/%s with %d cores, at %.2f to %.2f times the time that the machine of the limits takes for a fixed piece of work; firestone was built by %s.",
		runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), fastest, slowest, strings.Replace(runtime.Version(), "go", "Go ", 1))
	var peers []string
	for _, p := range r.peers {
		peers = append(peers, p.name+" "+p.version)
	}
	if len(peers) > 0 {
		text += " Beside it: " + strings.Join(peers, ", ") + "."
	}
	if r.quick {
		text += "\n\n**Each figure is that of a single run, for a first look; it is not a measurement.**"
	}
	return text
}
