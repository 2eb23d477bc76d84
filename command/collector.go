package command

import (
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// A run is short and ends with all that it made, so that collecting before there is much to collect costs more than it
// gives: 100 definitions never need a collection. Where there is more, memory may grow to two and a half times of what
// was in use after the last collection.
const leastHeap = 176 << 20 // bytes in use before memory counts

// FollowHeap makes the collector of this process follow what a run needs.
func FollowHeap() {
	debug.SetGCPercent(3000) // a first collection at some 120 MiB, then the limit counts
	debug.SetMemoryLimit(leastHeap)
	afterCollections(func() {
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		if metrics.Read(live); live[0].Value.Kind() == metrics.KindUint64 {
			debug.SetMemoryLimit(max(leastHeap, int64(min(live[0].Value.Uint64()/2*5, math.MaxInt64))))
		}
	})
}

// afterCollections calls a function after each collection.
func afterCollections(call func()) {
	type witness struct{ _ [16]byte } // its own block of memory, which a collection finds unused
	runtime.AddCleanup(&witness{}, func(call func()) {
		call()
		afterCollections(call)
	}, call)
}
