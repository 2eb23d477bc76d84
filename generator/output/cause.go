package output

import (
	"cmp"
	"maps"
	"slices"
)

// Kind is a kind of cause.
type Kind string

// The kinds of causes. The first four name an input.
const (
	Definition Kind = "definition"
	Template   Kind = "template"
	Parameter  Kind = "parameter"
	Program    Kind = "program" // another version of firestone, where no other input differs
	Merge      Kind = "merge"   // left conflict markers in the record
	Edited     Kind = "edited"  // by hand
	Missing    Kind = "missing" // recorded, and not there
	New        Kind = "new"     // never generated
	Stale      Kind = "stale"   // no longer generated
	Foreign    Kind = "foreign" // not in the record: not firestone's
	Unknown    Kind = "unknown" // there is no record, or it does not reveal why
)

// BuiltIn is the prefix of the name of the input that represents all templates of a built-in pack.
const BuiltIn = "embedded/"

// Cause is a reason why a file differs from what is generated.
type Cause struct {
	Kind Kind
	Name string // of the input; of a Program the version that made the file; else empty
	How  string // of an input by name: changed, added or removed; of an Edited file with conflict markers: conflicted; else empty

	Program, Before string // of a built-in pack that changed with the version of firestone: that of now, and the recorded one
}

// How an input differs, and how a file was edited.
const (
	changed    = "changed"
	added      = "added"
	removed    = "removed"
	conflicted = "conflicted"
)

// inputCauses returns what differs between the inputs recorded and those of now; the program only where nothing else
// does.
func inputCauses(before, now *entry) []Cause {
	if before == nil {
		return nil
	}
	var causes []Cause
	for i, kind := range inputKinds {
		causes = append(causes, differences(kind, before.inputs[i], now.inputs[i])...)
	}
	if before.program == now.program {
		return causes
	}
	if len(causes) == 0 {
		return []Cause{{Kind: Program, Name: before.program}}
	}
	for i, c := range causes {
		if c.isBuiltIn() && c.How == changed {
			causes[i].Program, causes[i].Before = now.program, before.program
		}
	}
	return causes
}

func differences(kind Kind, before, now map[string]string) []Cause {
	all := maps.Clone(before)
	if all == nil {
		all = map[string]string{}
	}
	maps.Copy(all, now)
	var causes []Cause
	for _, name := range slices.Sorted(maps.Keys(all)) {
		old, was := before[name]
		digest, is := now[name]
		switch {
		case !was:
			causes = append(causes, Cause{Kind: kind, Name: name, How: added})
		case !is:
			causes = append(causes, Cause{Kind: kind, Name: name, How: removed})
		case old != digest:
			causes = append(causes, Cause{Kind: kind, Name: name, How: changed})
		}
	}
	return causes
}

// causes returns why a file differs.
func (p *planner) causes(o output, isEdited bool) []Cause {
	switch {
	case !p.hasRecord:
		return []Cause{{Kind: Unknown}}
	case len(p.known[o.path]) == 0:
		return []Cause{{Kind: Foreign}}
	}
	var causes []Cause
	if isEdited {
		causes = append(causes, editOf(o.found.content))
	}
	causes = append(causes, p.inputCauses(o)...)
	if len(causes) == 0 {
		causes = append(causes, Cause{Kind: Unknown})
	}
	return causes
}

// editOf returns the cause of a text that firestone did not leave in its file.
func editOf(content []byte) Cause {
	if divide(content) != nil {
		return Cause{Kind: Edited, How: conflicted}
	}
	return Cause{Kind: Edited}
}

// inputCauses returns the differences between the recorded inputs of an output and the current ones. For a record with
// both sides of a merge, those are only the differences from both sides: a definition changed by one of them is what
// the merge should result in.
func (p *planner) inputCauses(o output) []Cause {
	if p.sides == nil {
		return inputCauses(p.old.before(o), o.entry)
	}
	first, second := p.sides[0].before(o), p.sides[1].before(o)
	causes := inputCauses(cmp.Or(first, second), o.entry)
	if first == nil || second == nil {
		return causes
	}
	others := inputCauses(second, o.entry)
	return slices.DeleteFunc(causes, func(c Cause) bool {
		return !slices.ContainsFunc(others, func(other Cause) bool { return c.Kind == other.Kind && c.Name == other.Name })
	})
}

// before returns the record of an output's item, or of the item that its path was previously in.
func (r record) before(o output) *entry {
	if e := r[readable(o.item)]; e != nil {
		return e
	}
	for _, name := range r.names() {
		if e := r[name]; e.files[o.path] != nil {
			return e
		}
	}
	return nil
}
