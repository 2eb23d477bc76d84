//go:build unix

package main

import (
	"fmt"
	"strconv"
	"time"
)

// milliseconds formats a time to compare with a limit.
func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%.1f ms", float64(d)/float64(time.Millisecond))
}

// short formats a time with the digits that another run would reproduce.
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

// mebibytes formats a size, as empty if it is unknown or there is no limit.
func mebibytes(n int64) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

// thousands formats a number with thousands separators: 1,000.
func thousands(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return fmt.Sprintf("%s,%03d", thousands(n/1000), n%1000)
}
