package schema

import (
	"maps"
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// rivals are the alternatives of a choice that objects may match, or their schemas for one property. Before an update,
// the data may have matched any of them. All alternatives share one list, so that each one is read once.
type rivals struct {
	forms *Forms
	all   []rival
	by    span // the alternatives that are in all

	isRead  bool // the following fields are computed
	known   []knownName
	byName  map[string]int // in known
	open    span           // the alternatives that allow names other than known
	below   map[string]*rivals
	members map[string][]rival
	beyond  *rivals // their schemas for properties of any name
}

// rival is a schema of an alternative, numbered from 1.
type rival struct {
	schema *value.Value
	of     int
}

// knownName is the name of a property and the alternatives that know it.
type knownName struct {
	name string
	by   span
}

// span is a set of alternatives, as far as needed: none, exactly one, or several.
type span struct {
	only      int
	isSeveral bool
}

func (s span) and(of int) span {
	return span{of, s.isSeveral || s.only != 0 && s.only != of}
}

// isBeside reports whether the set contains an alternative other than the given one.
func (s span) isBeside(of int) bool { return s.isSeveral || s.only != 0 && s.only != of }

// besides are all rivals except those of one alternative.
type besides struct {
	*rivals
	but int
}

func (r *rivals) add(v *value.Value, of int) {
	if r.forms.mayBeObject(v, Update) {
		r.all, r.by = append(r.all, rival{v, of}), r.by.and(of)
	}
}

// rivalsIn returns the alternatives of a choice.
func (f *Forms) rivalsIn(list []*value.Value) *rivals {
	r := &rivals{forms: f}
	for i, branch := range list {
		r.add(branch, i+1)
	}
	return r
}

// without returns the rivals of an alternative, added to those that it has already.
func (r *rivals) without(of int, already []besides) []besides {
	if r == nil || !r.by.isBeside(of) {
		return already
	}
	return append(slices.Clip(already), besides{r, of})
}

// read determines what the alternatives say about names.
func (r *rivals) read() {
	if r.isRead {
		return
	}
	r.isRead, r.byName, r.below, r.members, r.beyond = true, map[string]int{}, map[string]*rivals{}, map[string][]rival{}, &rivals{forms: r.forms}
	for _, alternative := range r.all {
		of := alternative.of
		known := r.forms.names(alternative.schema, Update)
		if known.isUnbounded {
			r.beyond.all, r.beyond.by = append(r.beyond.all, rival{value.Object(), of}), r.beyond.by.and(of)
		}
		if known.isOpen || known.isUnbounded || len(known.patterns) > 0 {
			r.open = r.open.and(of)
		} else {
			gone := r.forms.goneFrom(alternative.schema, Update)
			for _, name := range known.names {
				if !gone[name] {
					r.know(name, of)
				}
			}
		}
		r.forms.sometimes(alternative.schema, Update, func(sub *value.Value) {
			for _, p := range Properties(sub) {
				r.members[p.Name] = append(r.members[p.Name], rival{p.Value, of})
			}
			for _, p := range value.Members(sub.Get("patternProperties")) {
				r.beyond.addObject(p.Value, of)
			}
			r.beyond.addObject(sub.Get("additionalProperties"), of)
			r.beyond.addObject(sub.Get("unevaluatedProperties"), of)
		})
	}
}

func (r *rivals) know(name string, of int) {
	i, isKnown := r.byName[name]
	if !isKnown {
		i = len(r.known)
		r.byName[name] = i
		r.known = append(r.known, knownName{name: name})
	}
	r.known[i].by = r.known[i].by.and(of)
}

// addObject is like add for a schema that may be missing, or a boolean.
func (r *rivals) addObject(v *value.Value, of int) {
	if v.IsTrue() {
		v = value.Object()
	}
	if v.Is(value.KindObject) {
		r.add(v, of)
	}
}

// member returns the alternatives' schemas for a property, by name.
func (r *rivals) member(name string) *rivals {
	if r.below[name] != nil {
		return r.below[name]
	}
	below := &rivals{forms: r.forms}
	said := r.members[name]
	if name == anyName {
		for _, name := range slices.Sorted(maps.Keys(r.members)) {
			said = append(said, r.members[name]...)
		}
	}
	for _, m := range said {
		below.addObject(m.schema, m.of)
	}
	r.below[name] = below
	return below
}

// maxRivals limits the lists of rivals for one property, which may double at each level. If there are more, the
// property may have been anything.
const maxRivals = 16

// rivalsAt returns what a property may have matched before an update, other than its schema.
func (o object) rivalsAt(name string) []besides {
	var below []besides
	for _, other := range o.rivals {
		other.read()
		below = other.member(name).without(other.but, below)
		below = other.beyond.without(other.but, below)
	}
	if len(below) > maxRivals {
		anything := &rivals{forms: below[0].forms}
		anything.add(value.Object(), 1)
		return []besides{{anything, 0}}
	}
	return below
}
