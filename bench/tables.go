//go:build unix

package main

import (
	"fmt"
	"slices"
	"strings"
)

// A section is a heading and a table of the page.
type section struct {
	heading string
	table   [][]string // the first row is the header
}

// sections returns the sections of the page with all measurements.
func sections(r report) []section {
	return []section{
		{"A full run", fullRuns(r.results)},
		{"A project that was generated before", laterRuns(r.results)},
		{"An OpenAPI document, compared with others", besideOthers(r.results)},
		{"The mock", mockRows(r.mock)},
	}
}

// fullRuns has a row for each number of resources and a column for each output.
func fullRuns(results []result) [][]string {
	table := [][]string{append([]string{"resources"}, outputs...)}
	for _, size := range sizes {
		cells := []string{thousands(size.resources)}
		for _, output := range outputs {
			before := ""
			if output == allFour {
				before = absent
			}
			cells = append(cells, cellOf(results, task{output, size.resources, before}))
		}
		table = append(table, cells)
	}
	return table
}

// laterRuns has a row for each number of resources in a project whose files exist.
func laterRuns(results []result) [][]string {
	table := [][]string{{"resources", changed, current}}
	for _, size := range sizes {
		cells := []string{thousands(size.resources), cellOf(results, task{allFour, size.resources, changed}), cellOf(results, task{allFour, size.resources, current})}
		if slices.ContainsFunc(cells[1:], func(cell string) bool { return cell != "" }) {
			table = append(table, cells)
		}
	}
	return table
}

// cellOf returns the measurement of a task as text; empty if it was not measured.
func cellOf(results []result, t task) string {
	for _, r := range results {
		if r.task == t {
			return inCell(r.ours, "")
		}
	}
	return ""
}

// besideOthers has a row for each task that peers were measured at, with how much longer they took.
func besideOthers(results []result) [][]string {
	table := [][]string{append([]string{"resources", "firestone"}, peerNames...)}
	for _, r := range results {
		if len(r.peers) == 0 {
			continue
		}
		cells := []string{"none: the bare process", inCell(r.ours, "")}
		if r.resources > 0 {
			cells[0] = thousands(r.resources)
		}
		for _, name := range peerNames {
			at := slices.IndexFunc(r.peers, func(p peerResult) bool { return p.name == name })
			switch {
			case at < 0:
				cells = append(cells, "")
			case r.peers[at].tooLong:
				cells = append(cells, "over "+short(maxPeerRun))
			default:
				ratio := strings.Replace(r.peers[at].ratio(r.ours), "x", "×", 1)
				cells = append(cells, inCell(r.peers[at].sample, " ("+ratio+")"))
			}
		}
		table = append(table, cells)
	}
	return table
}

func mockRows(m mockResult) [][]string {
	table := [][]string{{"what", "requests", "events", "took", "peak memory"}, {"from start to the first answer", "1", "", short(m.start.median), ""}}
	for _, r := range m.loads {
		took := fmt.Sprintf("%s of CPU in %d s", short(r.cpu), r.seconds)
		table = append(table, []string{r.name, thousands(r.sent), thousands(r.heard), took, fmt.Sprintf("%d MiB", r.memory)})
	}
	return table
}

// inCell formats time and memory, with a remark on the time.
func inCell(s sample, remark string) string {
	if s.memory == 0 {
		return short(s.wall.median) + remark
	}
	return fmt.Sprintf("%s%s, %d MiB", short(s.wall.median), remark, s.memory)
}
