package command

import (
	"runtime"
	"syscall"
)

// Where there are many definitions the heap grows to some ten MiB at once, page by page of 4 KiB, and the kernel's work
// for each page adds up to a fifth of the time. So the memory that it will have anyway is taken in huge pages.
const manyDefinitions = 20

// prepareHeap prepares memory for so many definitions. It has no effect if the kernel has no huge pages.
func prepareHeap(definitions int) {
	expected := expectDefinitions(definitions)
	if definitions < manyDefinitions {
		return
	}
	memory := make([]byte, expected) // not touched, so it costs nothing yet
	_ = syscall.Madvise(memory, syscall.MADV_HUGEPAGE)
	runtime.KeepAlive(memory)
	runtime.GC() // gives the memory back to the heap
}
