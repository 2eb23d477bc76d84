//go:build unix

package main

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// nominal is how long the work of machineSpeed takes on the machine that the limits are for.
const nominal = 32 * time.Millisecond

// machineSpeed returns how much longer than there a fixed piece of work takes on this machine, at this moment: names, maps
// and lists, which is what firestone does, too. Less than 1 counts as 1.
func machineSpeed() float64 {
	var took []time.Duration
	for range 9 {
		start := time.Now()
		work()
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	return max(1, float64(took[len(took)/2])/float64(nominal))
}

// work makes and sorts names, and returns something of them, so that none is left out.
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
