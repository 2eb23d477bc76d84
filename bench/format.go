//go:build unix

package main

import (
	"fmt"
	"strconv"
	"time"
)

// milliseconds writes a time that is to be compared with a limit.
func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%.1f ms", float64(d)/float64(time.Millisecond))
}

// short writes a time with the digits that another run would give again.
func short(d time.Duration) string {
	digits := 0
	if ms := float64(d) / float64(time.Millisecond); ms < 999.5 {
		if ms < 9.95 {
			digits = 1
		}
		return fmt.Sprintf("%.*f ms", digits, ms)
	}
	if d.Seconds() < 9.95 {
		digits = 1
	}
	return fmt.Sprintf("%.*f s", digits, d.Seconds())
}

// mebibytes leaves out what is unknown or no limit.
func mebibytes(n int64) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

// thousands writes a number as people read it: 1,000.
func thousands(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return fmt.Sprintf("%s,%03d", thousands(n/1000), n%1000)
}
