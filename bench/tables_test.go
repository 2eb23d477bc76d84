//go:build unix

package main

import (
	"slices"
	"testing"
	"time"
)

// What was stopped is told from what nobody measured.
func TestPeersInTables(t *testing.T) {
	ours := sample{wall: spread{median: 100 * time.Millisecond}, memory: 50}
	table := besideOthers([]result{
		{row: row{task: task{output: bare}}, ours: ours, peers: []peerResult{{name: redoclyName, sample: sample{wall: ours.wall}}}},
		{row: row{task: task{output: asyncapi, resources: 1}}, ours: ours},
		{row: row{task: task{output: openapi, resources: 2000}}, ours: ours, peers: []peerResult{
			{name: pythonFirestone, tooLong: true},
			{name: typeSpecName, sample: sample{wall: spread{median: 950 * time.Millisecond}, memory: 90}},
			{name: redoclyName, sample: sample{wall: spread{median: 4 * time.Second}, memory: 70}},
		}},
	})
	want := [][]string{
		{"resources", "firestone", "Python firestone", "TypeSpec", "Redocly"},
		{"none: the bare process", "100 ms, 50 MiB", "", "", "100 ms (1.0×)"},
		{"2,000", "100 ms, 50 MiB", "over 60 s", "950 ms (9.5×), 90 MiB", "4.0 s (40×), 70 MiB"},
	}
	if !slices.EqualFunc(table, want, slices.Equal) {
		t.Errorf("the table is %q, expected %q", table, want)
	}
}
