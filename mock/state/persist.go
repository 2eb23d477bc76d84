package state

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/firestoned/firestone/mock/disk"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// The rows of a file: countersKey with the number of changes; its extensions with the number of generated keys of each
// resource; and for each path (the resource's name and the keys) the record, or, without a value, the fact that its key
// is used.
const countersKey = "counters"

func pathOf(resource *model.Resource, keys []string) *model.Value {
	return value.Strings(append([]string{resource.Name}, keys...)...)
}

// rowKey returns the row key of a path: keys of records are unlimited in length, those of files are not.
func rowKey(path *model.Value) []byte {
	key := path.AppendJSON(nil, "")
	if len(key) > 1000 {
		sum := sha256.Sum256(key)
		return hex.AppendEncode(nil, sum[:])
	}
	return key
}

func number(n uint64) *model.Value {
	return &model.Value{Kind: value.KindNumber, Text: strconv.FormatUint(n, 10)}
}

// rows returns the rows to write after the changes of a transaction.
func (tx *Tx) rows() []disk.Row {
	switch {
	case tx.options.File == nil:
		return nil
	case tx.isRestored:
		return tx.restoredRows()
	case len(tx.changes) == 0:
		return nil
	}
	var rows []disk.Row
	changed := map[*model.Resource]bool{}
	for _, c := range tx.changes {
		r := c.Record()
		if r == nil {
			continue
		}
		if !changed[r.Resource] {
			changed[r.Resource] = true
			rows = append(rows, tx.kinds[r.Resource].counters())
		}
		if c.After != nil {
			rows = append(rows, c.After.row())
			continue
		}
		path := pathOf(c.Before.Resource, c.Before.Keys)
		row := disk.Row{Key: rowKey(path)}
		if tx.kinds[c.Before.Resource].keys.variants != nil {
			row.Value = value.Object(value.NewMember("path", path)).AppendJSON(nil, "")
		}
		rows = append(rows, row)
	}
	for _, r := range tx.moved {
		rows = append(rows, r.row())
	}
	return append(rows, tx.counters())
}

// counters returns the row with the number of changes.
func (s *Store) counters() disk.Row {
	all := value.Object(value.NewMember("seq", number(s.seq)), value.NewMember("orders", number(s.orders)))
	return disk.Row{Key: []byte(countersKey), Value: all.AppendJSON(nil, "")}
}

// row returns the row of a record.
func (r *Record) row() disk.Row {
	path := pathOf(r.Resource, r.Keys)
	stored := value.Object(value.NewMember("path", path), value.NewMember("seq", number(r.Seq)),
		value.NewMember("order", number(r.order)), value.NewMember("value", r.own))
	return disk.Row{Key: rowKey(path), Value: stored.AppendJSON(nil, "")}
}

// counters returns the row with the number of generated keys of a resource.
func (k *kind) counters() disk.Row {
	counter := value.Object(value.NewMember("made", number(k.keys.made)))
	if k.keys.next != nil {
		counter.Set("next", value.String(k.keys.next.String()))
	}
	return disk.Row{Key: []byte(countersKey + " " + k.Name), Value: counter.AppendJSON(nil, "")}
}

// restoring is the restoring of a state from rows.
type restoring struct {
	*Store
	problems model.Problems
	unknown  map[string]bool                                // resources without a definition
	found    map[*model.Resource]map[string][]*storedRecord // by the path of their parent
}

type storedRecord struct {
	keys       []string
	seq, order uint64
	own        *model.Value
}

// restore restores the state from the file's rows.
func (s *Store) restore() (model.Problems, error) {
	r := &restoring{Store: s, unknown: map[string]bool{}, found: map[*model.Resource]map[string][]*storedRecord{}}
	if err := s.rowsBefore(r.row); err != nil {
		return nil, err
	}
	for _, resource := range s.api.Resources {
		if resource.Parent != nil {
			continue
		}
		k := s.kinds[resource]
		for _, record := range r.records(k, nil) {
			if faults := s.forms.Check(k.Read.Schema, record.view); len(faults) > 0 {
				r.problems.Warn(value.InvalidRecords, model.Pos{}, "it is kept until its key is written again", "the %s %s is left out because it does not match the definition: %s %s",
					k.Noun, record.Key(), faults[0].Pointer, faults[0].Detail)
				s.leaveOut(record)
				continue
			}
			s.collections[resource].put(record)
		}
		s.collections[resource].changed = s.seq
	}
	return r.problems, nil
}

func parsed(data []byte) (*model.Value, error) {
	var problems model.Problems
	values := value.Parse("", data, &problems)
	if len(values) != 1 || problems.HasErrors() {
		return nil, fmt.Errorf("the file holds invalid JSON: %w", problems)
	}
	return values[0], nil
}

// row restores one row.
func (r *restoring) row(row disk.Row) error {
	v, err := parsed(row.Value)
	if err != nil {
		return err
	}
	if of, isCounters := strings.CutPrefix(string(row.Key), countersKey); isCounters {
		return r.setCounters(strings.TrimPrefix(of, " "), v)
	}
	name, keys := namedBy(v)
	if len(keys) == 0 {
		return fmt.Errorf("the file holds %q, which has no path", row.Key)
	}
	k := r.kindAt(name, keys)
	if k == nil {
		if !r.unknown[name] {
			r.problems.Warn(value.InvalidRecords, model.Pos{}, "they are kept", "the stored records of %s are left out because no definition describes it", name)
		}
		r.unknown[name] = true
		r.leftOut = append(r.leftOut, row)
		return nil
	}
	k.keys.used[keys[len(keys)-1]] = true
	if !v.Has("value") {
		return nil
	}
	return r.add(k, keys, v)
}

// namedBy returns the resource's name and the keys in a row, or no keys.
func namedBy(v *model.Value) (name string, keys []string) {
	path := value.Items(v.Get("path"))
	if len(path) < 2 {
		return "", nil
	}
	for _, step := range path[1:] {
		keys = append(keys, step.Text)
	}
	return path[0].Text, keys
}

// kindAt returns the kind of that name if its records have that many keys, or nil.
func (s *Store) kindAt(name string, keys []string) *kind {
	if k := s.kindCalled(name); k != nil && k.depth() == len(keys) {
		return k
	}
	return nil
}

func (s *Store) kindCalled(name string) *kind {
	for _, resource := range s.api.Resources {
		if resource.Name == name {
			return s.kinds[resource]
		}
	}
	return nil
}

func (r *restoring) add(k *kind, keys []string, v *model.Value) error {
	record := &storedRecord{keys: keys, own: v.Get("value")}
	if err := errors.Join(setNumber(&record.seq, v, "seq"), setNumber(&record.order, v, "order")); err != nil {
		return err
	}
	if !record.own.Is(value.KindObject) {
		return fmt.Errorf("the file holds a %s without a value", k.Noun)
	}
	if r.found[k.Resource] == nil {
		r.found[k.Resource] = map[string][]*storedRecord{}
	}
	around := string(rowKey(pathOf(k.Resource, keys[:len(keys)-1])))
	r.found[k.Resource][around] = append(r.found[k.Resource][around], record)
	return nil
}

func textOf(v *model.Value) string {
	if v == nil {
		return ""
	}
	return v.Text
}

// records returns the records of a collection in their order, with those nested in them.
func (r *restoring) records(k *kind, parents []string) []*Record {
	stored := r.found[k.Resource][string(rowKey(pathOf(k.Resource, parents)))]
	slices.SortFunc(stored, func(a, b *storedRecord) int { return cmp.Compare(a.order, b.order) })
	var records []*Record
	for _, of := range stored {
		children := map[*model.Resource][]*Record{}
		for _, n := range k.nested {
			children[n.Resource] = r.records(n.kind, of.keys)
		}
		record := r.newRecord(k, of.keys, of.own, children)
		record.Seq, record.order = of.seq, of.order
		records = append(records, record)
	}
	return records
}

// setCounters restores the counters of a resource, or those of all changes. Those of a resource without a definition
// stay in the file.
func (r *restoring) setCounters(resource string, v *model.Value) error {
	if resource == "" {
		return errors.Join(setNumber(&r.seq, v, "seq"), setNumber(&r.orders, v, "orders"))
	}
	k := r.kindCalled(resource)
	if k == nil {
		return nil
	}
	var made uint64
	if err := setNumber(&made, v, "made"); err != nil {
		return err
	}
	next, isInteger := new(big.Int).SetString(textOf(v.Get("next")), 10)
	switch {
	case k.keys.next != nil && isInteger:
		k.keys.next = next
	case k.keys.next == nil && !k.keys.isUUID:
		k.keys.skip(&Tx{View: View{r.Store}}, k, made)
	}
	k.keys.made = made
	return nil
}

// setNumber restores a number from a member.
func setNumber(to *uint64, v *model.Value, name string) error {
	var err error
	if *to, err = strconv.ParseUint(textOf(v.Get(name)), 10, 64); err != nil {
		return fmt.Errorf("the file has no valid %s: %w", name, err)
	}
	return nil
}
