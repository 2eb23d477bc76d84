package state

import (
	"github.com/firestoned/firestone/mock/disk"
	"github.com/firestoned/firestone/model/value"
)

// End closes the store: it refuses changes from now on. It returns the rows from which the store of another API starts;
// with a file they are in the file, once the last change is durable.
func (s *Store) End() []disk.Row {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.hasEnded = true
	if s.options.File != nil {
		_ = s.options.File.Wait(s.seq) // if it failed, nothing more is written, and the next change reports it
		return nil
	}
	rows := s.currentRows()
	isThere := map[string]bool{}
	for _, row := range rows {
		isThere[string(row.Key)] = true
	}
	for _, row := range s.leftOut {
		if !isThere[string(row.Key)] { // its key was not written again
			rows = append(rows, row)
		}
	}
	for _, r := range s.api.Resources {
		rows = append(rows, s.kinds[r].usedRows()...)
	}
	return rows
}

// rowsBefore calls yield for each row of the predecessor.
func (s *Store) rowsBefore(yield func(disk.Row) error) error {
	if s.options.File != nil {
		return s.options.File.Rows(yield)
	}
	for _, row := range s.options.Rows {
		if err := yield(row); err != nil {
			return err
		}
	}
	return nil
}

// leaveOut sets aside a record that is not valid, with those nested in it.
func (s *Store) leaveOut(r *Record) {
	if s.options.File == nil {
		s.leftOut = appendRows(s.leftOut, []*Record{r})
	}
}

// currentRows returns the current state as rows.
func (s *Store) currentRows() []disk.Row {
	var rows []disk.Row
	for _, r := range s.api.Resources {
		rows = append(rows, s.kinds[r].counters())
		if r.Parent == nil {
			rows = appendRows(rows, s.collections[r].records)
		}
	}
	return append(rows, s.counters())
}

// usedRows returns the used keys, including those of deleted records, as rows.
func (k *kind) usedRows() []disk.Row {
	var rows []disk.Row
	for identity := range k.keys.used {
		keys := make([]string, k.depth()) // the parent records no longer matter
		keys[len(keys)-1] = identity
		path := pathOf(k.Resource, keys)
		rows = append(rows, disk.Row{Key: rowKey(path), Value: value.Object(value.NewMember("path", path)).AppendJSON(nil, "")})
	}
	return rows
}
