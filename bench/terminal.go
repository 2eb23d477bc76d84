//go:build unix

package main

import (
	"fmt"
	"io"
	"strings"
)

// A terminal prints each result as soon as it is available, so its columns have fixed widths.
type terminal struct{ out io.Writer }

func (t terminal) line(name string, cells ...string) {
	widths := []int{11, 10, 9, 11, 10, 7, 8}
	text := fmt.Sprintf("%-52s", name)
	for i, cell := range cells {
		text += fmt.Sprintf("%*s", widths[i], cell)
	}
	fmt.Fprintln(t.out, strings.TrimRight(text, " "))
}

func (t terminal) head() {
	t.line("", "wall", "limit", "machine", "cpu", "peak MiB", "limit", "ratio")
}

// result prints a row, and below it each of the peers with how much longer it took.
func (t terminal) result(r result) {
	wall := ""
	if r.limit.wall > 0 {
		wall = milliseconds(r.limit.wall)
	}
	t.line(r.name(), milliseconds(r.ours.wall.median), wall, fmt.Sprintf("%.2f", r.slower), milliseconds(r.ours.cpu), mebibytes(r.ours.memory), mebibytes(r.limit.memory))
	for _, p := range r.peers {
		if p.tooLong {
			t.line("  "+p.name, "over "+short(maxPeerRun))
			continue
		}
		t.line("  "+p.name, milliseconds(p.sample.wall.median), "", "", milliseconds(p.sample.cpu), mebibytes(p.sample.memory), "", p.ratio(r.ours))
	}
}

func (t terminal) mockStart(m mockResult) {
	fmt.Fprintf(t.out, "\nmock, first answer: %s, limit %s, machine %.2f\n\n", milliseconds(m.start.median), milliseconds(firstAnswer), m.slower)
}

// load prints the measurement of a mock under a load, whose name needs a line of its own.
func (t terminal) load(r loadResult) {
	fmt.Fprintf(t.out, "mock, %s:\n", r.name)
	fmt.Fprintf(t.out, "  %s requests, %s events: %.1f s of cpu, limit %.1f, machine %.2f; %d us/request, %d us/event; peak %d MiB, limit %d\n",
		thousands(r.sent), thousands(r.heard), r.cpu.Seconds(), r.most().Seconds(), r.slower,
		r.each(r.sent).Microseconds(), r.each(r.heard).Microseconds(), r.memory, maxMockMemory)
}
