//go:build race

package generator

// slowdown is how many times as much time the race detector may take.
const slowdown = 10
