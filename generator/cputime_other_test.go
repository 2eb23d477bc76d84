//go:build !unix

package generator

import (
	"testing"
	"time"
)

var began = time.Now()

// cpuTime returns the time since the start of the process, where the system does not say how much of it was used.
func cpuTime(*testing.T) time.Duration { return time.Since(began) }
