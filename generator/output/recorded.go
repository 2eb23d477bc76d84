package output

import (
	"bytes"
	"maps"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/firestoned/firestone/reach"
)

// Recorded is the record of a folder, read to find out whether a run would change anything. It may be a stranger's: all
// that it can bring about is that a run changes nothing.
type Recorded struct {
	tree  *tree
	at    place
	text  []byte
	items record
}

// ReadRecorded returns the record of the folder root. It returns nil if there is none, if it is not in the form that
// firestone writes, and while a run changes the folder or after one that was killed.
func ReadRecorded(root string) *Recorded {
	t, err := newTree(root)
	if err != nil {
		return nil
	}
	r := &Recorded{tree: t}
	if r.at, err = t.at(RecordName); err != nil {
		return nil
	}
	file, err := look(r.at, reach.MaxInput)
	if err != nil || !file.isThere() || file.isLarge {
		return nil
	}
	r.text = file.content
	r.items, err = readRecord(r.at.shown, r.text)
	if err != nil || !bytes.Equal(r.items.text(), withLF(r.text)) || !r.isStill() {
		return nil
	}
	return r
}

// isStill reports whether the record is what it was when it was read, and no run changes the folder.
func (r *Recorded) isStill() bool {
	file, err := look(r.at, reach.MaxInput)
	return err == nil && bytes.Equal(file.content, r.text) && !r.tree.hasMutex()
}

// Definitions returns the names of the definitions that the items come from, sorted. It returns nil where an item is not
// recorded, or as one that has to be rendered in every run.
func (r *Recorded) Definitions(items ...string) []string {
	all := map[string]bool{}
	for _, name := range items {
		e := r.items[readable(name)]
		if e == nil || e.seal == "" {
			return nil
		}
		for definition := range e.inputs[slices.Index(inputKinds[:], Definition)] {
			all[definition] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// MayHold reports whether no item is recorded as made from another content of the definition than that of the digest.
func (r *Recorded) MayHold(definition, digest string) bool {
	for _, e := range r.items {
		if known, ok := e.inputs[slices.Index(inputKinds[:], Definition)][readable(definition)]; ok && known != digest {
			return false
		}
	}
	return true
}

// IsCurrent reports whether the items, whose files need not be known, come from what the record says they come from, and
// all their files are what firestone left there, so that Write would change nothing. With whole, the items are all that
// the folder has. Where anything is in doubt it reports false.
func (r *Recorded) IsCurrent(items []Item, whole bool) bool {
	names := map[string]bool{}
	files := map[string]string{}
	for _, item := range items {
		name := readable(item.Name)
		e := r.items[name]
		if names[name] || e == nil || !e.isOf(item) {
			return false
		}
		names[name] = true
		for path, digests := range e.files {
			if len(digests) != 1 || files[path] != "" && files[path] != digests[0] {
				return false
			}
			files[path] = digests[0]
		}
		for _, path := range e.once {
			files[path] = "" // whatever it holds: what it was made from has not changed
		}
	}
	if whole && len(names) != len(r.items) {
		return false
	}
	return r.tree.hold(files) && r.isStill()
}

// isOf reports whether the entry is the record of an item whose files are those of the entry.
func (e *entry) isOf(item Item) bool {
	now := entryOf(Item{Inputs: item.Inputs}, nil)
	now.files, now.once = e.files, e.once
	return e.program == now.program && e.seal != "" && e.seal == now.sealOf(item.Inputs.Run)
}

// hold reports whether the files of the paths exist and have the digests; an empty one is that of any file.
func (t *tree) hold(files map[string]string) bool {
	paths := slices.Collect(maps.Keys(files))
	return eachAtOnce(len(paths), func(i int) bool {
		at, err := t.at(paths[i])
		if err != nil {
			return false
		}
		file, err := look(at, maxContent)
		digest := files[paths[i]]
		return err == nil && file.isThere() && (digest == "" || !file.isLarge && Digest(file.content) == digest)
	})
}

// FileDigests returns the Digest of each file, or nil if one of them is not a regular file that a run may read.
func FileDigests(paths []string) []string {
	digests := make([]string, len(paths))
	if !eachAtOnce(len(paths), func(i int) bool {
		content, err := reach.Read(filepath.FromSlash(paths[i]), reach.MaxInput)
		digests[i] = Digest(content)
		return err == nil
	}) {
		return nil
	}
	return digests
}

// eachAtOnce calls a function with the numbers below count concurrently until one call returns false, and reports
// whether all returned true.
func eachAtOnce(count int, call func(int) bool) bool {
	var next atomic.Int64
	var failed atomic.Bool
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), count) {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < count && !failed.Load(); i = int(next.Add(1)) - 1 {
				if !call(i) {
					failed.Store(true)
				}
			}
		})
	}
	workers.Wait()
	return !failed.Load()
}
