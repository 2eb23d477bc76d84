//go:build unix

// Command bench measures firestone as its users meet it, a whole process from start to exit, and prints
// the medians beside the limits that it has to keep and beside another generator on the same definitions.
//
//	go run ./bench FIRESTONE [PEER]
//	go run ./bench mock FIRESTONE
//
// The second one puts the mock under load, which the first one does last.
//
// A limit of time is for a machine of a certain speed: the column "machine" says how many times as slow this one is at the
// moment of the row, and the limit counts so many times.
//
// The peer is the Python firestone, for OpenAPI alone: its AsyncAPI generator stops at a channel. Exit status 1 means that a limit is
// broken by more than noise: three quarters of the runs are over it.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"
)

// A row is one thing that is measured.
type row struct {
	name      string
	pack      string // empty for all outputs of a project, which are there and compared; cli and streamlit write their files
	resources int    // 0: the bare process
	runs      int
	peerRuns  int
	changes   bool          // a definition, by a comment, before each run
	wall      time.Duration // limit; 0 for none
	memory    int64         // limit in MiB; 0 for none
}

var rows = []row{
	{name: "bare process (version)", runs: 41, peerRuns: 5},
	{name: "asyncapi, 1 resource", pack: "asyncapi", resources: 1, runs: 41, wall: 15 * time.Millisecond},
	{name: "asyncapi, 10 resources", pack: "asyncapi", resources: 10, runs: 31},
	{name: "asyncapi, 100 resources", pack: "asyncapi", resources: 100, runs: 15, wall: 100 * time.Millisecond},
	{name: "asyncapi, 500 resources", pack: "asyncapi", resources: 500, runs: 9, wall: 600 * time.Millisecond, memory: 200},
	{name: "asyncapi, 1,000 resources", pack: "asyncapi", resources: 1000, runs: 5},
	{name: "asyncapi, 2,000 resources", pack: "asyncapi", resources: 2000, runs: 5},
	{name: "openapi, 1 resource", pack: "openapi", resources: 1, runs: 41, peerRuns: 5, wall: 15 * time.Millisecond},
	{name: "openapi, 10 resources", pack: "openapi", resources: 10, runs: 31, peerRuns: 5},
	{name: "openapi, 100 resources", pack: "openapi", resources: 100, runs: 15, peerRuns: 3, wall: 100 * time.Millisecond},
	{name: "openapi, 500 resources", pack: "openapi", resources: 500, runs: 9, wall: 600 * time.Millisecond, memory: 200},
	{name: "openapi, 1,000 resources", pack: "openapi", resources: 1000, runs: 5},
	{name: "openapi, 2,000 resources", pack: "openapi", resources: 2000, runs: 5},
	{name: "cli, 1 resource", pack: "cli", resources: 1, runs: 31},
	{name: "cli, 10 resources", pack: "cli", resources: 10, runs: 21},
	{name: "cli, 100 resources", pack: "cli", resources: 100, runs: 15},
	{name: "cli, 500 resources", pack: "cli", resources: 500, runs: 7},
	{name: "cli, 1,000 resources", pack: "cli", resources: 1000, runs: 5},
	{name: "streamlit, 1 resource", pack: "streamlit", resources: 1, runs: 31},
	{name: "streamlit, 10 resources", pack: "streamlit", resources: 10, runs: 21},
	{name: "streamlit, 100 resources", pack: "streamlit", resources: 100, runs: 15},
	{name: "streamlit, 500 resources", pack: "streamlit", resources: 500, runs: 7},
	{name: "streamlit, 1,000 resources", pack: "streamlit", resources: 1000, runs: 5},
	{name: "project of all four, 100 resources, one changed", resources: 100, runs: 15, changes: true, wall: 250 * time.Millisecond},
	{name: "project of all four, 500 resources, one changed", resources: 500, runs: 9, changes: true, wall: 1500 * time.Millisecond},
	{name: "project of all four, 100 resources, nothing to do", resources: 100, runs: 31, wall: 60 * time.Millisecond},
	{name: "project of all four, 500 resources, nothing to do", resources: 500, runs: 31, wall: 100 * time.Millisecond}, // some 1,100 files are read and compared
}

// growths are how much more time the larger number of resources may take: as much as there are more, with noise. From
// 500 on even less, because starting no longer counts.
var growths = []struct {
	from, to int
	most     float64
}{{100, 500, 5.5}, {500, 1000, 2.4}, {1000, 2000, 2.4}, {500, 2000, 4.8}}

func main() {
	args := os.Args[1:]
	ofMock := len(args) == 2 && args[0] == "mock"
	if ofMock {
		args = args[1:]
	}
	if len(args) == 0 {
		fmt.Fprintln(os.Stderr, "usage: bench FIRESTONE [PEER], or bench mock FIRESTONE")
		os.Exit(2)
	}
	broken, err := inFolder(func(folder string) ([]string, error) {
		if ofMock {
			return benchMock(args[0], folder)
		}
		broken, err := bench(args[0], append(args[1:], "")[0], folder)
		if err != nil {
			return nil, err
		}
		more, err := benchMock(args[0], folder)
		return append(broken, more...), err
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	for _, limit := range broken {
		fmt.Println("broken:", limit)
	}
	if len(broken) > 0 {
		os.Exit(1)
	}
}

// inFolder calls measure with a folder that is there meanwhile.
func inFolder(measure func(folder string) ([]string, error)) (broken []string, err error) {
	folder, err := os.MkdirTemp("", "firestone-bench-")
	if err != nil {
		return nil, err
	}
	defer func() {
		if removed := os.RemoveAll(folder); err == nil {
			err = removed
		}
	}()
	return measure(folder)
}

// bench prints the table and returns the limits that are broken. An empty peer is left out.
func bench(firestone, peer, folder string) (broken []string, err error) {
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "\twall\tlimit\tmachine\tcpu\tpeak MiB\tlimit\tpeer wall\tratio\tpeer MiB\t")
	medians := map[string]map[int]time.Duration{"": {}, "asyncapi": {}, "openapi": {}, "cli": {}, "streamlit": {}}
	for _, r := range rows {
		before := machineSpeed()
		ours, theirs, err := r.measure(folder, firestone, peer)
		if err != nil {
			return nil, err
		}
		slower := (before + machineSpeed()) / 2
		limit := time.Duration(float64(r.wall) * slower)
		medians[r.pack][r.resources] = time.Duration(float64(ours.wall.median) / slower)
		fmt.Fprintln(table, r.line(ours, theirs, slower))
		if limit > 0 && ours.wall.lower > limit {
			broken = append(broken, fmt.Sprintf("%s took %s, the limit is %s on a machine that is %.2f times as slow", r.name, milliseconds(ours.wall.median), milliseconds(r.wall), slower))
		}
		if r.memory > 0 && ours.memory > r.memory {
			broken = append(broken, fmt.Sprintf("%s took %d MiB, the limit is %d", r.name, ours.memory, r.memory))
		}
	}
	for _, pack := range []string{"asyncapi", "openapi", "cli", "streamlit"} {
		for _, g := range growths {
			if medians[pack][g.to] == 0 {
				continue
			}
			if ratio := float64(medians[pack][g.to]) / float64(medians[pack][g.from]); ratio > g.most {
				broken = append(broken, fmt.Sprintf("%s: %d resources took %.1f times as long as %d, the limit is %.1f", pack, g.to, ratio, g.from, g.most))
			}
		}
	}
	return broken, table.Flush()
}

// measure runs both generators on the row's definitions.
func (r row) measure(folder, firestone, peer string) (ours, theirs sample, err error) {
	if r.resources == 0 {
		if ours, err = measure(r.runs, nil, firestone, "version"); err == nil && peer != "" {
			theirs, err = measure(r.peerRuns, nil, peer, "--help")
		}
		return ours, theirs, err
	}
	files, err := definitions(filepath.Join(folder, fmt.Sprint(r.resources)), r.resources)
	if err != nil {
		return ours, theirs, err
	}
	what := []string{"-t", r.pack, filepath.Dir(files[0])}
	if r.pack == "" {
		config, err := project(filepath.Dir(files[0]))
		if err != nil {
			return ours, theirs, err
		}
		what = []string{"--config", config}
	}
	var before func() error
	switch {
	case r.changes:
		before = func() error { return comment(files[0]) }
	case r.pack == "cli", r.pack == "streamlit": // have files enough to take time to write
		written := filepath.Dir(files[0]) + "-" + r.pack
		what = append([]string{"-o", written + "/"}, what...)
		before = func() error { return os.RemoveAll(written) }
	}
	ours, err = measure(r.runs, before, firestone, what...)
	if err == nil && peer != "" && r.peerRuns > 0 {
		theirs, err = measure(r.peerRuns, nil, peer, "generate", "-t", "Bench", "-d", "Bench", "-v", "1.0", "-r", strings.Join(files, ","), "openapi")
	}
	return ours, theirs, err
}

// line is the row of the table.
func (r row) line(ours, theirs sample, slower float64) string {
	cells := []string{r.name, milliseconds(ours.wall.median), "", fmt.Sprintf("%.2f", slower), milliseconds(ours.cpu), fmt.Sprint(ours.memory), "", "", "", ""}
	if r.wall > 0 {
		cells[2] = milliseconds(r.wall)
	}
	if r.memory > 0 {
		cells[6] = fmt.Sprint(r.memory)
	}
	if theirs.wall.median > 0 {
		cells[7] = milliseconds(theirs.wall.median)
		cells[8] = fmt.Sprintf("%.0fx", float64(theirs.wall.median)/float64(ours.wall.median))
		cells[9] = fmt.Sprint(theirs.memory)
	}
	return strings.Join(cells, "\t") + "\t"
}

func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%.1f ms", float64(d)/float64(time.Millisecond))
}
