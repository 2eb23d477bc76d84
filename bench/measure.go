//go:build unix

package main

import (
	"context"
	"errors"
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

// A command is a program to measure.
type command struct {
	program     string
	arguments   []string
	folder      string       // to run in; empty for the current one
	environment []string     // in addition to that of this process
	before      func() error // called before each run, not measured; may be nil
}

// figures are the measurements of one run of a command.
type figures struct {
	wall   time.Duration
	cpu    time.Duration // user and system
	memory int64         // MiB, resident, the peak; 0 is unknown
}

// A sample holds the measurements of several runs of one command: medians, and the peak memory.
type sample struct {
	wall        spread
	cpu         time.Duration
	memory      int64
	usualMemory int64 // the median, which does not depend on how late a collection happens to be
}

// A spread is the median of several figures, and their lower quartile.
type spread struct{ median, lower time.Duration }

var errTooLong = errors.New("took too long")

// run runs a command once and stops it after a time, with errTooLong; 0 is no limit.
func (c command) run(most time.Duration) (figures, error) {
	if c.before != nil {
		if err := c.before(); err != nil {
			return figures{}, err
		}
	}
	ctx := context.Background()
	if most > 0 {
		limited, cancel := context.WithTimeout(ctx, most)
		defer cancel()
		ctx = limited
	}
	run := exec.CommandContext(ctx, c.program, c.arguments...)
	run.Dir = c.folder
	run.Env = append(os.Environ(), c.environment...)
	run.Stdout = io.Discard
	var complaints strings.Builder
	run.Stderr = &complaints
	run.WaitDelay = time.Second // a process that it has started may still hold the pipe
	start := time.Now()
	err := run.Run()
	wall := time.Since(start)
	if ctx.Err() != nil {
		return figures{}, errTooLong
	}
	if err != nil {
		return figures{}, fmt.Errorf("run %s: %w\n%s", c.program, err, lastLines(complaints.String(), 5))
	}
	state := run.ProcessState
	return figures{wall: wall, cpu: state.UserTime() + state.SystemTime(), memory: residentMiB(state)}, nil
}

// measure runs a command the given number of times, after one run that warms the disk caches.
func (c command) measure(runs int) (sample, error) {
	if _, err := c.run(0); err != nil {
		return sample{}, err
	}
	var all []figures
	for range runs {
		one, err := c.run(0)
		if err != nil {
			return sample{}, err
		}
		all = append(all, one)
	}
	return sampleOf(all), nil
}

func sampleOf(all []figures) sample {
	var walls, cpus []time.Duration
	var memories []int64
	var s sample
	for _, one := range all {
		memories = append(memories, one.memory)
		walls = append(walls, one.wall)
		cpus = append(cpus, one.cpu)
		s.memory = max(s.memory, one.memory)
	}
	slices.Sort(memories)
	s.usualMemory = memories[len(memories)/2]
	s.wall = spreadOf(walls)
	s.cpu = spreadOf(cpus).median
	return s
}

func spreadOf(figures []time.Duration) spread {
	slices.Sort(figures)
	return spread{median: figures[len(figures)/2], lower: figures[len(figures)/4]}
}

// residentMiB returns the peak memory of a process, or 0 if that is unknown: Linux counts the past peak of this process
// for all processes that it starts.
func residentMiB(state *os.ProcessState) int64 {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" { // which counts in bytes, others in KiB
		return int64(usage.Maxrss) >> 20
	}
	if own, err := peakKiB("self"); err == nil && int64(usage.Maxrss) <= own {
		return 0
	}
	return int64(usage.Maxrss) >> 10
}

// peakKiB returns the peak memory of a Linux process so far, by its id. getrusage would not do: it includes the memory
// of the program that started this one, such as go run.
func peakKiB(process string) (kib int64, err error) {
	status, err := os.ReadFile("/proc/" + process + "/status")
	if err != nil {
		return 0, err
	}
	_, line, _ := strings.Cut(string(status), "\nVmHWM:")
	_, err = fmt.Sscan(line, &kib)
	return kib, err
}

func lastLines(text string, n int) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}
