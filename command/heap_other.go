//go:build !linux

package command

// prepareHeap readies the memory for so many definitions. Huge pages are the system's own business here.
func prepareHeap(definitions int) { expectDefinitions(definitions) }
