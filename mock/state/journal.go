package state

import (
	"slices"
	"time"
)

// The kinds of changes, as in the names of events.
const (
	Created = "created"
	Updated = "updated"
	Deleted = "deleted"
)

// Change is a change of one record, or a note, which changes nothing.
type Change struct {
	Seq    uint64  // increases by one with every change
	Event  string  // Created, Updated or Deleted; empty for a note
	Before *Record // nil for Created
	After  *Record // nil for Deleted
	Note   any     // the argument of Store.Note
	Time   time.Time
}

// Record returns the record after the change, or the deleted one; nil for a note.
func (c *Change) Record() *Record {
	if c.After != nil {
		return c.After
	}
	return c.Before
}

// journalLength is how many of the most recent changes are kept.
const journalLength = 10_000

// journal holds the most recent changes. It is guarded by the store's mutex.
type journal struct {
	changes []*Change
	changed chan struct{} // closed at the next change
}

func (j *journal) add(changes []*Change) {
	if len(changes) == 0 {
		return
	}
	j.changes = append(j.changes, changes...)
	if len(j.changes) > 2*journalLength { // readers may still hold the old slice
		j.changes = slices.Clone(j.changes[len(j.changes)-journalLength:])
	}
	close(j.changed)
	j.changed = make(chan struct{})
}

// Note inserts a note between the changes, with a number of its own.
func (s *Store) Note(note any) {
	s.Change(func(tx *Tx) *Refusal {
		tx.seq++
		tx.changes = append(tx.changes, &Change{Seq: tx.seq, Note: note, Time: tx.now})
		return nil
	})
}

// Since returns the changes after the given one, and a channel that is closed when there are more. It returns false if
// some of them are no longer kept, or there never was a change with that number.
func (s *Store) Since(seq uint64) (changes []*Change, more <-chan struct{}, ok bool) {
	s.mutex.RLock()
	defer s.mutex.RUnlock()
	behind := s.seq - seq
	if seq > s.seq || behind > uint64(len(s.journal.changes)) || behind > journalLength {
		return nil, s.journal.changed, false
	}
	from := len(s.journal.changes) - int(behind)
	return s.journal.changes[from:len(s.journal.changes):len(s.journal.changes)], s.journal.changed, true
}
