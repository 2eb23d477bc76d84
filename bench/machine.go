//go:build unix

package main

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// nominal is how long the work of ownSpeed takes on the machine that the limits are made for.
const nominal = 32 * time.Millisecond

// slowerDuring returns how much longer a fixed piece of work takes on this machine than there, measured before and
// after the function that it calls.
func slowerDuring(measure func() error) (float64, error) {
	before, err := machineSpeed()
	if err != nil {
		return 0, err
	}
	if err := measure(); err != nil {
		return 0, err
	}
	after, err := machineSpeed()
	return (before + after) / 2, err
}

func machineSpeed() (float64, error) {
	printed, err := apart("speed")
	if err != nil {
		return 0, err
	}
	return strconv.ParseFloat(printed, 64)
}

// ownSpeed measures the current speed with names, maps and lists, which is what firestone works with, too. Less than 1
// counts as 1.
func ownSpeed() float64 {
	var took []time.Duration
	for range 9 {
		start := time.Now()
		work()
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	return max(1, float64(took[len(took)/2])/float64(nominal))
}

// work makes and sorts names, and returns a part of them, so that the compiler drops nothing.
func work() int {
	length := 0
	for round := range 10 {
		byName := map[string][]string{}
		for i := range 20_000 {
			name := "name_" + strconv.Itoa(i*7919%20_011+round)
			byName[name[:len(name)-1]] = append(byName[name[:len(name)-1]], name)
		}
		var all []string
		for first, names := range byName {
			all = append(all, first+": "+strings.Join(names, ", "))
		}
		slices.Sort(all)
		length += len(strings.Join(all, "\n"))
	}
	return length
}
