package command

import (
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
	"sync/atomic"
)

// A run is short and ends with all that it made, so that collecting before there is much to collect costs more than it
// gives: 100 definitions never need a collection. A run of many may use what so many definitions take; beyond that,
// memory may grow to three times of what was in use after the last collection, less a part that small runs feel.
const (
	minHeap           = 166 << 20 // bytes
	heapOfADefinition = 332 << 10
	heapOfFiles       = 704 << 10 // of a definition, where a pack makes files of each
	maxHeap           = 1 << 30   // that a run may expect to use
	lessHeap          = 72 << 20
)

// expectedHeap is the number of bytes the run may use before memory matters.
var expectedHeap atomic.Int64

// heapIsLeft is true once the collector follows nothing any more.
var (
	heapIsLeft bool
	heapMutex  sync.Mutex
)

// FollowHeap makes the collector of this process follow what a run needs.
func FollowHeap() {
	debug.SetGCPercent(3000) // a first collection at some 120 MiB, then the limit applies
	expectDefinitions(0)
	afterCollections(func() bool {
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		if metrics.Read(live); live[0].Value.Kind() != metrics.KindUint64 {
			return false
		}
		return limitHeap(max(expectedHeap.Load(), 3*int64(min(live[0].Value.Uint64(), math.MaxInt64/3))-lessHeap))
	})
}

// leaveHeap permanently restores the collector's default behaviour: a server does not end, and would only collect once
// it reached the limit.
func leaveHeap() {
	heapMutex.Lock()
	defer heapMutex.Unlock()
	heapIsLeft = true
	debug.SetGCPercent(100)
	debug.SetMemoryLimit(math.MaxInt64)
}

// limitHeap limits the memory, unless the heap is left; then it returns false.
func limitHeap(bytes int64) bool {
	heapMutex.Lock()
	defer heapMutex.Unlock()
	if !heapIsLeft {
		debug.SetMemoryLimit(bytes)
	}
	return !heapIsLeft
}

// expectDefinitions allows the run the memory that so many definitions take, and returns that number of bytes.
func expectDefinitions(definitions int) int64 {
	expected := int64(min(max(minHeap, definitions*heapOfADefinition), maxHeap))
	expectedHeap.Store(expected)
	limitHeap(expected)
	return expected
}

// expectFiles allows the run more memory where a pack makes files of each definition: making them takes several times
// their size, and only until they are made.
func expectFiles(definitions int) {
	expected := min(expectedHeap.Load()+int64(definitions)*heapOfFiles, maxHeap)
	expectedHeap.Store(expected)
	limitHeap(expected)
}

// afterCollections calls a function after each collection until it returns false.
func afterCollections(call func() bool) {
	type witness struct{ _ [16]byte } // its own block of memory, which a collection finds unused
	runtime.AddCleanup(&witness{}, func(call func() bool) {
		if call() {
			afterCollections(call)
		}
	}, call)
}
