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

// Identity returns a text that identifies a key among those of the resource: its text in a path, which is the same for
// all equal numbers. Keys with the same text in a path are the same key.
func (s *Store) Identity(resource *model.Resource, key *model.Value) string {
	if read, ok := s.decoder.Value(resource.Key.Schema, parameter.Text(key)); ok {
		key = read
	}
	if n, ok := key.Rat(); ok {
		digits, _ := n.FloatPrec() // exact, since it was written in decimal
		return n.FloatString(digits)
	}
	return parameter.Text(key)
}

// keys generates the keys of a resource. A used key is never generated again, even after its record is deleted. For
// nested resources that holds across all collections.
type keys struct {
	made     uint64          // how many candidates were tried
	next     *big.Int        // if keys are integers
	step     *big.Int        // from one to the next
	isUUID   bool            // keys are version 4 UUIDs (RFC 9562, section 5.4)
	used     map[string]bool // by identity
	variants func() (*model.Value, bool)
	stop     func()         // releases variants
	again    []*model.Value // variants taken by changes that were then refused
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
		made.isUUID = s.forms.IsValid(k.Key.Schema, value.String(uuid(0, "", 0))) // the schema may require more
	}
	return made
}

// firstInteger returns the smallest integer from 1 on within the bounds, or else the smallest one at all.
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

// reserve marks a key as used. It returns a function that undoes that.
func (k *keys) reserve(identity string, key *model.Value) (forget func()) {
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

// mark returns a function that resets the sequence of numbered keys to this point.
func (k *keys) mark() (back func()) {
	made := k.made
	var next *big.Int
	if k.next != nil {
		next = new(big.Int).Set(k.next)
	}
	return func() { k.made, k.next = made, next }
}

// nextKey generates a key that was never used.
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

// candidate returns the next candidate for a key, or nil.
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

// skip skips the first n candidates.
func (made *keys) skip(tx *Tx, k *kind, n uint64) {
	for made.made < n && tx.candidate(k) != nil {
	}
}

// uuid returns the n-th UUID of a resource, unpredictable without the seed.
func uuid(seed uint64, resource string, n uint64) string {
	sum := sha256.Sum256(binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64([]byte(resource), seed), n))
	sum[6], sum[8] = sum[6]&0x0f|0x40, sum[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}
