package state

import (
	"github.com/firestoned/firestone/mock/disk"
	"github.com/firestoned/firestone/model/value"
)

// End ends the store: changes are refused from now on. It returns what the store of another API begins with, as rows of a
// file: where there is a file it holds them, once the last change has reached the disk.
func (s *Store) End() []disk.Row {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.hasEnded = true
	if s.options.File != nil {
		_ = s.options.File.Wait(s.seq) // where that failed nothing more is written, and the next change says so
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

// rowsBefore calls yield for each row of what there was.
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

// leaveOut keeps a record that does not fit, with those nested in it.
func (s *Store) leaveOut(r *Record) {
	if s.options.File == nil {
		s.leftOut = appendRows(s.leftOut, []*Record{r})
	}
}

// currentRows returns all that there is as a file holds it.
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

// usedRows returns the keys that are used up, of records that are gone too, as a file holds them.
func (k *kind) usedRows() []disk.Row {
	var rows []disk.Row
	for identity := range k.keys.used {
		keys := make([]string, k.depth()) // what was around the record does not matter any more
		keys[len(keys)-1] = identity
		path := pathOf(k.Resource, keys)
		rows = append(rows, disk.Row{Key: rowKey(path), Value: value.Object(value.NewMember("path", path)).AppendJSON(nil, "")})
	}
	return rows
}
