// Package disk keeps rows of opaque keys and values in one file, so that the state of a mock survives a restart. It does not
// know what the rows mean and holds none of them in memory.
//
// Callers append changes in order and wait only for those that have to be durable: whatever is appended while the disk is busy
// is written in the next synced transaction, all at once (group commit).
package disk

import (
	"bytes"
	"os"
	"sync"

	"go.etcd.io/bbolt"
)

// MaxKeySize is how many bytes a key may have.
const MaxKeySize = bbolt.MaxKeySize

// Row is a key, of 1 to MaxKeySize bytes, and what is stored under it; a nil Value deletes it.
type Row struct{ Key, Value []byte }

// File is an open file of rows, safe for concurrent use. A nil *File keeps nothing: it has no rows, and every write to it
// succeeds at once.
type File struct {
	path string
	db   *bbolt.DB
	file *os.File // that db reads and writes

	mu            sync.Mutex
	appended      *sync.Cond // there is something to write, or the file is closing
	settled       *sync.Cond // something was written, or err is set
	queue         []Row
	last, written uint64 // the last change that was appended, and the last that is on the disk
	err           error  // the first write that failed
	closing       bool   // Close was called
	ended         bool   // the writer has returned after Close

	failed  chan struct{} // closed once err is set
	stopped chan struct{} // closed once the writer has returned
	release func() error  // closes the database, once
}

// Rows calls yield for each row on the disk, in key order, and returns the first error of yield. The rows are copies
// that the caller may keep.
func (f *File) Rows(yield func(Row) error) error {
	if f == nil {
		return nil
	}
	return f.db.View(func(tx *bbolt.Tx) error { return f.walk(tx, yield) })
}

func (f *File) walk(tx *bbolt.Tx, yield func(Row) error) error {
	cursor := tx.Bucket(rowsBucket).Cursor()
	for step := cursor.First; ; step = cursor.Next {
		row, err := readRow(step)
		switch {
		case err != nil:
			return f.problem(err)
		case row.Key == nil:
			return nil
		}
		if err := yield(row); err != nil {
			return err
		}
	}
}

// readRow returns a copy of the row that step moves to, without a key at the end.
func readRow(step func() (key, stored []byte)) (row Row, err error) {
	err = guard(func() error {
		key, stored := step()
		row = Row{bytes.Clone(key), bytes.Clone(stored)}
		return nil
	})
	return row, err
}

// Err returns the first write that failed, or nil. Nothing is written after it.
func (f *File) Err() error {
	if f == nil {
		return nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.err
}

// Failed returns a channel that is closed when a write fails; Err then says why.
func (f *File) Failed() <-chan struct{} {
	if f == nil {
		return nil
	}
	return f.failed
}

// Close writes what is left and closes the file. It returns the first write that failed, or the failure to close. Changes that
// are appended later fail.
func (f *File) Close() error {
	if f == nil {
		return nil
	}
	f.mu.Lock()
	f.closing = true
	f.appended.Signal()
	f.mu.Unlock()
	<-f.stopped
	return f.release()
}
