//go:build unix

package main

import (
	"testing"
	"time"
)

func TestShort(t *testing.T) {
	for d, want := range map[time.Duration]string{
		8_440 * time.Microsecond:   "8.4 ms",
		9_960 * time.Microsecond:   "10 ms",
		84_400 * time.Microsecond:  "84 ms",
		999_600 * time.Microsecond: "1.0 s",
		9_960 * time.Millisecond:   "10 s",
		time.Minute:                "60 s",
	} {
		if got := short(d); got != want {
			t.Errorf("short(%s) = %s, expected %s", d, got, want)
		}
	}
}

func TestThousands(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 120_050: "120,050", 1_000_007: "1,000,007"} {
		if got := thousands(n); got != want {
			t.Errorf("thousands(%d) = %s, expected %s", n, got, want)
		}
	}
}
