package state

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"iter"
	"math/big"

	"github.com/firestoned/firestone/mock/parameter"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// Identity returns what tells a key apart from others of the resource: a text that stands for it in a path, the same one
// for all numbers that are equal. Keys that no path can tell apart are the same.
func (s *Store) Identity(resource *model.Resource, key *model.Value) string {
	if read, ok := s.decoder.Value(resource.Key.Schema, parameter.Text(key)); ok {
		key = read
	}
	if n, ok := key.Rat(); ok {
		digits, _ := n.FloatPrec() // exact, since it was written in decimals
		return n.FloatString(digits)
	}
	return parameter.Text(key)
}

// keys makes the keys of a resource, each once: one that was used is not used again, even when its record is gone. For
// nested resources a key is used in all collections at once.
type keys struct {
	made     uint64          // how many were tried
	next     *big.Int        // where keys are integers
	step     *big.Int        // from one to the next
	isUUID   bool            // they are version 4 (RFC 9562, section 5.4)
	used     map[string]bool // by identity
	variants func() (*model.Value, bool)
	stop     func()         // releases variants
	again    []*model.Value // of the variants, those that changes have taken which were refused
}

// triedKeys bounds how many candidates are tried for one key.
const triedKeys = 10_000

func (s *Store) newKeys(k *kind) *keys {
	made := &keys{used: map[string]bool{}, stop: func() {}}
	shape := k.Key.Shape
	switch {
	case shape.Kind == model.IntegerShape && len(shape.Enum) == 0:
		made.next, made.step = firstInteger(shape), big.NewInt(1)
		if n, ok := shape.MultipleOf.Rat(); ok && n.IsInt() && n.Sign() > 0 {
			made.step.Set(n.Num())
			made.next.Div(new(big.Int).Add(made.next, new(big.Int).Sub(made.step, big.NewInt(1))), made.step).Mul(made.next, made.step)
		}
	case shape.Kind == model.StringShape && shape.Format == "uuid":
		made.isUUID = s.forms.IsValid(k.Key.Schema, value.String(uuid(0, "", 0))) // the schema may say more
	}
	return made
}

// firstInteger returns the smallest integer from 1 on that the bounds allow; without one the smallest at all.
func firstInteger(shape *model.Shape) *big.Int {
	first := big.NewInt(1)
	n, ok := shape.Minimum.Rat()
	if !ok {
		if limit, ok := shape.Maximum.Rat(); ok && limit.Cmp(big.NewRat(1, 1)) < 0 {
			first = new(big.Int).Sub(new(big.Int).Div(limit.Num(), limit.Denom()), big.NewInt(1_000_000))
		}
		return first
	}
	first = new(big.Int).Div(new(big.Int).Add(n.Num(), new(big.Int).Sub(n.Denom(), big.NewInt(1))), n.Denom()) // rounded up
	if shape.IsMinimumExclusive && n.IsInt() {
		first.Add(first, big.NewInt(1))
	}
	return first
}

// see notes that a key is used. It returns what takes that back.
func (k *keys) see(identity string, key *model.Value) (forget func()) {
	wasUsed := k.used[identity]
	k.used[identity] = true
	forget = func() {
		if !wasUsed {
			delete(k.used, identity)
		}
	}
	if n, ok := key.Rat(); ok && k.next != nil && n.IsInt() && n.Num().Cmp(k.next) >= 0 {
		steps := new(big.Int).Div(new(big.Int).Sub(n.Num(), k.next), k.step)
		k.next.Add(k.next, steps.Add(steps, big.NewInt(1)).Mul(steps, k.step))
	}
	return forget
}

// mark returns what makes the same numbered keys come next as now.
func (k *keys) mark() (back func()) {
	made := k.made
	var next *big.Int
	if k.next != nil {
		next = new(big.Int).Set(k.next)
	}
	return func() { k.made, k.next = made, next }
}

// nextKey makes a key that was never used.
func (tx *Tx) nextKey(k *kind) (*model.Value, *Refusal) {
	for range triedKeys {
		v := tx.candidate(k)
		if v == nil {
			break
		}
		identity := tx.Identity(k.Resource, v)
		if k.keys.used[identity] || !tx.forms.IsValid(k.Key.Schema, v) || !tx.isReadable(k, v) {
			continue
		}
		return v, nil
	}
	return nil, &Refusal{Status: Conflict, Detail: "No key is left for another " + k.Noun + "."}
}

// isReadable reports whether a path with the key leads to the record.
func (tx *Tx) isReadable(k *kind, v *model.Value) bool {
	text := parameter.Text(v)
	read, ok := tx.decoder.Value(k.Key.Schema, text)
	return ok && read.Equal(v) && text != "" && text != "." && text != ".."
}

// candidate returns the next value that may be a key, or nil.
func (tx *Tx) candidate(k *kind) *model.Value {
	made := k.keys
	made.made++
	switch {
	case made.next != nil:
		v := &model.Value{Kind: value.KindNumber, Text: made.next.String()}
		made.next.Add(made.next, made.step)
		return v
	case made.isUUID:
		return value.String(uuid(tx.options.Random, k.Name, made.made))
	}
	if made.variants == nil {
		made.variants, made.stop = iter.Pull(tx.maker.Variants(k.Key.Name, k.Key.Schema))
	}
	var v *model.Value
	if len(made.again) > 0 {
		v, made.again = made.again[0], made.again[1:]
	} else {
		v, _ = made.variants()
	}
	if v != nil {
		tx.undo = append(tx.undo, func() { made.again = append([]*model.Value{v}, made.again...) })
	}
	return v
}

// skip goes on behind the first n candidates.
func (made *keys) skip(tx *Tx, k *kind, n uint64) {
	for made.made < n && tx.candidate(k) != nil {
	}
}

// uuid returns the n-th key of a resource: random for whoever does not know the seed.
func uuid(seed uint64, resource string, n uint64) string {
	sum := sha256.Sum256(binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64([]byte(resource), seed), n))
	sum[6], sum[8] = sum[6]&0x0f|0x40, sum[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}
