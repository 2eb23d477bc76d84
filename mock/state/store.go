// Package state holds the records of an API, and every change of them, in one order.
//
// It answers one question: which records exist, and what has changed? It knows what definitions say about records:
// their forms, their keys, their nesting and their references. It knows nothing of requests, and nothing here waits for
// a reader of changes.
package state

import (
	"slices"
	"sync"
	"time"

	"github.com/firestoned/firestone/mock/disk"
	"github.com/firestoned/firestone/mock/parameter"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/example"
	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/validate"
)

// Options configure a Store.
type Options struct {
	Random uint64           // seed for generated keys: the same seed and the same changes give the same keys
	Now    func() time.Time // the time in records and changes; nil for the clock
	File   *disk.File       // keeps the state; nil for memory alone
	Rows   []disk.Row       // the final state of another store, if there is no File
}

// Store holds the records of an API. It is safe for concurrent use.
type Store struct {
	api       *model.API
	options   Options
	kinds     map[*model.Resource]*kind
	projector *schema.Projector
	forms     *validate.Validator // for the schemas that documents show
	wholes    *validate.Validator // for those including read-only and write-only members
	decoder   *parameter.Decoder
	maker     *example.Maker // of values for the same schemas; like wholes, used only by writers
	examples  *example.Maker // of values for the schemas that documents show

	mutex       sync.RWMutex
	collections map[*model.Resource]*collection
	seq         uint64 // of the last change
	orders      uint64 // the largest order of a record
	journal     journal
	leftOut     []disk.Row // rows that the API cannot hold, for the store of another one
	hasEnded    bool
}

// New returns a Store with the state of options.File, else of options.Rows. Records that are no longer valid are left
// out, and the problems say which.
func New(api *model.API, options Options) (*Store, model.Problems, error) {
	if options.Now == nil {
		options.Now = time.Now
	}
	kinds, components := kindsOf(api)
	s := &Store{
		api: api, options: options, kinds: kinds, collections: map[*model.Resource]*collection{},
		journal: journal{changed: make(chan struct{})},
	}
	s.projector = schema.NewProjector(components, func(component func(string) *model.Value) func(schema, v *model.Value) bool {
		s.wholes = validate.New(component)
		s.maker = example.New(component)
		return s.wholes.IsValid
	})
	lookup := model.Lookup(api)
	s.forms, s.examples = validate.New(lookup), example.New(lookup)
	s.decoder = parameter.New(s.forms)
	for _, r := range api.Resources {
		if r.Parent == nil {
			s.collections[r] = &collection{byKey: map[string]*Record{}}
		}
		kinds[r].keys = s.newKeys(kinds[r])
	}
	problems, err := s.restore()
	return s, problems, err
}

// Validator returns the validator of the API's schemas, in the forms that documents show.
func (s *Store) Validator() *validate.Validator { return s.forms }

// Seq returns the number of the last change; 0 before the first.
func (s *Store) Seq() uint64 {
	s.mutex.RLock()
	defer s.mutex.RUnlock()
	return s.seq
}

// View is the state at one moment.
type View struct {
	*Store
}

// Read calls use with the current state, which does not change meanwhile. The view must not be used afterwards, but the
// records may be.
func (s *Store) Read(use func(View)) {
	s.mutex.RLock()
	defer s.mutex.RUnlock()
	use(View{s})
}

// Seq returns the number of the last change.
func (v View) Seq() uint64 { return v.seq }

// Record returns the record that keys identify, those of its parents first, or nil.
func (v View) Record(resource *model.Resource, keys []string) *Record {
	if resource.Parent == nil {
		return v.collections[resource].byKey[keys[0]]
	}
	last := len(keys) - 1
	if parent := v.Record(resource.Parent, keys[:last]); parent != nil {
		return parent.child(resource, keys[last])
	}
	return nil
}

// HasCollection reports whether the parent record of a collection exists.
func (v View) HasCollection(resource *model.Resource, keys []string) bool {
	return resource.Parent == nil || v.Record(resource.Parent, keys) != nil
}

// Records returns the records of a collection in order, and whether its parent record exists.
func (v View) Records(resource *model.Resource, keys []string) ([]*Record, bool) {
	if resource.Parent == nil {
		return slices.Clone(v.collections[resource].records), true
	}
	parent := v.Record(resource.Parent, keys)
	if parent == nil {
		return nil, false
	}
	return parent.children[resource], true
}

// Changed returns a number that increases with every change of the collection. It is 0 if the collection does not
// exist.
func (v View) Changed(resource *model.Resource, keys []string) uint64 {
	if resource.Parent == nil {
		return v.collections[resource].changed
	}
	if parent := v.Record(resource.Parent, keys); parent != nil {
		return parent.Seq
	}
	return 0
}

// each calls visit for all records of a resource, in all collections for nested ones, until visit returns false. It
// reports whether visit never did.
func (v View) each(resource *model.Resource, visit func(*Record) bool) bool {
	if resource.Parent == nil {
		return !slices.ContainsFunc(v.collections[resource].records, func(r *Record) bool { return !visit(r) })
	}
	return v.each(resource.Parent, func(parent *Record) bool {
		return !slices.ContainsFunc(parent.children[resource], func(r *Record) bool { return !visit(r) })
	})
}

// Wait returns once all changes up to seq are durable, or the error that prevents it.
func (s *Store) Wait(seq uint64) error { return s.options.File.Wait(seq) }

// Change calls do, which may change the state, atomically: if do refuses, its changes are undone. Change returns the
// number of the last change.
func (s *Store) Change(do func(*Tx) *Refusal) (uint64, *Refusal) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.hasEnded {
		return s.seq, &Refusal{Status: Ended, Detail: "The definitions have changed: try again."}
	}
	tx := &Tx{View: View{s}, now: s.options.Now()}
	if refusal := tx.try(func() *Refusal { return do(tx) }); refusal != nil {
		return s.seq, refusal
	}
	s.options.File.Append(s.seq, tx.rows())
	s.journal.add(tx.changes)
	return s.seq, nil
}
