//go:build !linux

package command

// prepareHeap does nothing where huge pages are the system's own business.
func prepareHeap(int) {}
