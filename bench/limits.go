//go:build unix

package main

import (
	"fmt"
	"time"
)

// A limit is the maximum that a task may take; 0 is no limit.
type limit struct {
	wall   time.Duration // on a machine of nominal speed
	memory int64         // MiB
}

var limits = map[task]limit{
	{asyncapi, 1, ""}:       {wall: 15 * time.Millisecond},
	{asyncapi, 100, ""}:     {wall: 100 * time.Millisecond},
	{asyncapi, 500, ""}:     {wall: 600 * time.Millisecond, memory: 200},
	{openapi, 1, ""}:        {wall: 15 * time.Millisecond},
	{openapi, 100, ""}:      {wall: 100 * time.Millisecond},
	{openapi, 500, ""}:      {wall: 600 * time.Millisecond, memory: 200},
	{allFour, 100, changed}: {wall: 250 * time.Millisecond},
	{allFour, 500, changed}: {wall: 1500 * time.Millisecond},
	{allFour, 100, current}: {wall: 60 * time.Millisecond},
	{allFour, 500, current}: {wall: 100 * time.Millisecond}, // some 1,100 files are read and compared
}

// growths are limits on the ratio of times for two numbers of resources: the ratio of the numbers, with some noise.
// From 500 on it is less, because start-up no longer matters. Files are compared from there only: writing the few of 100
// resources does not wait for the disk, and writing more does.
var growths = []struct {
	outputs  []string
	from, to int
	most     float64
}{
	{documents, 100, 500, 5.5},
	{alone, 500, 1000, 2.4}, {alone, 1000, 2000, 2.4}, {alone, 500, 2000, 4.8},
}

// brokenLimits returns the limits that the results exceed by more than noise: three quarters of the runs exceed a limit
// of time, half of them one of memory.
func brokenLimits(results []result) (broken []string) {
	nominal := map[task]float64{} // the median on a machine of nominal speed
	for _, r := range results {
		nominal[r.task] = float64(r.ours.wall.median) / r.slower
		if r.limit.wall > 0 && float64(r.ours.wall.lower) > float64(r.limit.wall)*r.slower {
			broken = append(broken, fmt.Sprintf("%s took %s, the limit is %s on a machine that is %.2f times as slow",
				r.name(), milliseconds(r.ours.wall.median), milliseconds(r.limit.wall), r.slower))
		}
		if r.limit.memory > 0 && r.ours.usualMemory > r.limit.memory {
			broken = append(broken, fmt.Sprintf("%s took %d MiB, the limit is %d", r.name(), r.ours.usualMemory, r.limit.memory))
		}
	}
	for _, g := range growths {
		for _, output := range g.outputs {
			from, isMeasured := nominal[task{output, g.from, ""}]
			if ratio := nominal[task{output, g.to, ""}] / from; isMeasured && ratio > g.most {
				broken = append(broken, fmt.Sprintf("%s: %d resources took %.1f times as long as %d, the limit is %.1f", output, g.to, ratio, g.from, g.most))
			}
		}
	}
	return broken
}
