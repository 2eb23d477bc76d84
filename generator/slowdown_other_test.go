//go:build !race

package generator

// slowdown is that of no race detector.
const slowdown = 1
