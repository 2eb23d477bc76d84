package state

import (
	"slices"
	"time"
)

// The kinds of changes, by the words of messages.
const (
	Created = "created"
	Updated = "updated"
	Deleted = "deleted"
)

// Change is one change of one record, or a note, which is none.
type Change struct {
	Seq    uint64  // ascends by one from change to change
	Event  string  // Created, Updated or Deleted; empty for a note
	Before *Record // nil for Created
	After  *Record // nil for Deleted
	Note   any     // what Store.Note was given
	Time   time.Time
}

// Record returns the record after the change, or the last one that there was; nil for a note.
func (c *Change) Record() *Record {
	if c.After != nil {
		return c.After
	}
	return c.Before
}

// journalLength is how many of the last changes are there to be asked for.
const journalLength = 10_000

// journal holds the last changes. Its mutex is that of the store.
type journal struct {
	changes []*Change
	changed chan struct{} // closed at the next change
}

func (j *journal) add(changes []*Change) {
	if len(changes) == 0 {
		return
	}
	j.changes = append(j.changes, changes...)
	if len(j.changes) > 2*journalLength { // readers may hold the old list
		j.changes = slices.Clone(j.changes[len(j.changes)-journalLength:])
	}
	close(j.changed)
	j.changed = make(chan struct{})
}

// Note puts something that is no change between the changes, with a number of its own.
func (s *Store) Note(note any) {
	s.Change(func(tx *Tx) *Refusal {
		tx.seq++
		tx.changes = append(tx.changes, &Change{Seq: tx.seq, Note: note, Time: tx.now})
		return nil
	})
}

// Since returns the changes behind the one of that number, and a channel that is closed when there are more. It returns
// false where they are so many that some are forgotten, or there never was one of that number.
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
