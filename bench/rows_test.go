//go:build unix

package main

import (
	"strings"
	"testing"
	"time"
)

func TestLimitsNameRows(t *testing.T) {
	rows := map[task]bool{}
	names := map[string]bool{}
	for _, r := range allRows() {
		rows[r.task] = true
		if names[r.name()] {
			t.Errorf("two rows are called %s", r.name())
		}
		names[r.name()] = true
	}
	for limited := range limits {
		if !rows[limited] {
			t.Errorf("the limit of %s is for no row", limited.name())
		}
	}
	for _, name := range []string{"asyncapi, 1 resource", "project of all four, 2,000 resources, nothing to do"} {
		if !names[name] {
			t.Errorf("no row is called %s", name)
		}
	}
}

// A limit of time counts as often as the machine is slower, and growth is compared without the machine.
func TestBrokenLimits(t *testing.T) {
	took := func(output string, resources int, wall time.Duration, slower float64) result {
		of := task{output: output, resources: resources}
		return result{row: row{task: of, limit: limits[of]}, ours: sample{wall: spread{median: wall, lower: wall}}, slower: slower}
	}
	held := func(usual, most int64) result {
		r := took(openapi, 500, time.Millisecond, 1)
		r.ours.usualMemory, r.ours.memory = usual, most
		return r
	}
	for name, c := range map[string]struct {
		results []result
		want    string // in the only message; empty for none
	}{
		"within the limit":                {[]result{took(openapi, 100, 99*time.Millisecond, 1)}, ""},
		"over it":                         {[]result{took(openapi, 100, 101*time.Millisecond, 1)}, "openapi, 100 resources took 101.0 ms"},
		"over it on a slow machine":       {[]result{took(openapi, 100, 190*time.Millisecond, 2)}, ""},
		"growing too fast":                {[]result{took(cli, 500, time.Second, 1), took(cli, 1000, 3*time.Second, 1)}, "1000 resources took 3.0 times as long as 500"},
		"growing while the machine slows": {[]result{took(cli, 500, time.Second, 1), took(cli, 1000, 3*time.Second, 1.5)}, ""},
		"waiting for the disk":            {[]result{took(cli, 100, 200*time.Millisecond, 1), took(cli, 500, 2*time.Second, 1)}, ""},
		"too much memory by chance":       {[]result{held(190, 250)}, ""},
		"too much memory":                 {[]result{held(201, 201)}, "openapi, 500 resources took 201 MiB"},
		"without the smaller size":        {[]result{took(cli, 1000, 3*time.Second, 1)}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			broken := brokenLimits(c.results)
			if (c.want == "") != (len(broken) == 0) || len(broken) > 1 || !strings.Contains(strings.Join(broken, ""), c.want) {
				t.Errorf("broken: %q, expected %q", broken, c.want)
			}
		})
	}
}
