//go:build unix

package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"
)

// A sample is what several runs of one command took: medians, and the largest memory.
type sample struct {
	wall   spread
	cpu    time.Duration // user and system
	memory int64         // MiB, resident, the largest
}

// A spread is the middle of several figures, and what a quarter of them stays below.
type spread struct{ median, lower time.Duration }

// measure runs a command so many times, each time after before, which may be nil and does not count, and all after one
// run that fills the caches of the disk.
func measure(runs int, before func() error, command string, arguments ...string) (sample, error) {
	var walls, cpus []time.Duration
	var s sample
	for i := range runs + 1 {
		if before != nil {
			if err := before(); err != nil {
				return sample{}, err
			}
		}
		c := exec.Command(command, arguments...)
		c.Stdout = io.Discard
		var complaints strings.Builder
		c.Stderr = &complaints
		start := time.Now()
		if err := c.Run(); err != nil {
			return sample{}, fmt.Errorf("run %s: %w\n%s", command, err, lastLines(complaints.String(), 5))
		}
		if i == 0 {
			continue
		}
		walls = append(walls, time.Since(start))
		cpus = append(cpus, c.ProcessState.UserTime()+c.ProcessState.SystemTime())
		s.memory = max(s.memory, residentMiB(c.ProcessState))
	}
	slices.Sort(cpus)
	s.wall = spreadOf(walls)
	s.cpu = cpus[len(cpus)/2]
	return s, nil
}

func spreadOf(figures []time.Duration) spread {
	slices.Sort(figures)
	return spread{median: figures[len(figures)/2], lower: figures[len(figures)/4]}
}

// residentMiB returns the most memory that a process held. Darwin counts it in bytes, the others in KiB.
func residentMiB(state *os.ProcessState) int64 {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" {
		return int64(usage.Maxrss) >> 20
	}
	return int64(usage.Maxrss) >> 10
}

func lastLines(text string, n int) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}
