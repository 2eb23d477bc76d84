package disk

import (
	"errors"
	"fmt"
	"os"

	"go.etcd.io/bbolt"
)

// Append queues rows behind those of earlier calls and returns without waiting for the disk. n is the number of the change
// that the rows complete, larger than in any earlier call. The rows of one call reach the disk together or not at all. The
// caller must not modify them, or the bytes of their keys and values, afterwards.
func (f *File) Append(n uint64, rows []Row) {
	if f == nil {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.last = max(f.last, n)
	switch {
	case f.err != nil:
	case f.ended:
		f.fail(fmt.Errorf("write %s: %w", f.path, os.ErrClosed))
	default:
		f.queue = append(f.queue, rows...)
		f.appended.Signal()
	}
}

// Wait returns nil once everything that was appended up to change n is on the disk, synced, or else the write that failed.
func (f *File) Wait(n uint64) error {
	if f == nil {
		return nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	n = min(n, f.last) // a change that was never appended would wake nobody
	for f.written < n && f.err == nil {
		f.settled.Wait()
	}
	if f.written < n {
		return f.err
	}
	return nil
}

// run writes what is appended, until the file is closed or a write fails.
func (f *File) run() {
	defer close(f.stopped)
	for {
		rows, n, ok := f.take()
		if !ok || !f.settle(n, f.write(rows)) {
			return
		}
	}
}

// take waits until there is something to write and returns all of it, with the change that it completes. It returns false
// once the file is being closed and nothing is left.
func (f *File) take() (rows []Row, n uint64, ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for f.last == f.written && len(f.queue) == 0 {
		if f.closing {
			f.ended = true
			return nil, 0, false
		}
		f.appended.Wait()
	}
	rows, f.queue = f.queue, nil
	return rows, f.last, true
}

// write puts rows on the disk in one synced transaction.
func (f *File) write(rows []Row) error {
	err := guard(func() error {
		return f.db.Update(func(tx *bbolt.Tx) error {
			bucket := tx.Bucket(rowsBucket)
			for _, row := range rows {
				if err := put(bucket, row); err != nil {
					return err
				}
			}
			return nil
		})
	})
	if err != nil {
		return fmt.Errorf("write %s: %w", f.path, err)
	}
	return nil
}

func put(bucket *bbolt.Bucket, row Row) error {
	if row.Value == nil {
		return bucket.Delete(row.Key)
	}
	return bucket.Put(row.Key, row.Value)
}

// settle records the outcome of a write up to change n, wakes the waiters and reports whether to continue.
func (f *File) settle(n uint64, err error) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err != nil {
		f.fail(err)
		return false
	}
	f.written = n
	f.settled.Broadcast()
	return true
}

// fail records err, after which nothing is written. The caller holds mu.
func (f *File) fail(err error) {
	f.err, f.queue = err, nil
	close(f.failed)
	f.settled.Broadcast()
}

// end closes the database; the writer has returned.
func (f *File) end() error {
	f.mu.Lock()
	err := f.err
	f.mu.Unlock()
	return errors.Join(err, f.closeAfter(err))
}
