package validate

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/firestoned/firestone/model/value"
)

// MaxFaults is how many faults Check returns at most.
const MaxFaults = 20

// Fault is one thing that is wrong with a value.
type Fault struct {
	// Pointer is the JSON Pointer (RFC 6901) of what is wrong, empty for the whole value. For a property that is missing
	// it is the one that the property would have, since that is the field of a form or the option of a command to mark.
	Pointer string
	// Keyword is the keyword of the schema that is not satisfied: "minimum". It is empty where no single one is to blame:
	// the schema is false, or the value is too large to be checked.
	Keyword string
	// Detail says what is wrong, as the rest of a sentence that begins with the name of what the pointer names:
	// "must be at least 1", "is required".
	Detail string
}

// step leads from a value into one of its members or items.
type step struct {
	name   string // of a member
	at     int    // the index of an item; the place of a member, behind all others if it is missing
	isItem bool
}

// finding is a fault that has not been put into words yet.
type finding struct {
	path    []step
	keyword string
	rule    *value.Member // the keyword and what it wants; nil where that says nothing
	data    *value.Value  // what it rejects
	cause   *finding      // of propertyNames: what is wrong with the name
	other   string        // of dependentRequired: the property that asks for this one
	text    string        // the detail, where no keyword says it
	i, j    int           // of uniqueItems: two items that are equal; of contains and oneOf: how many match, and of contains the limit
}

// trace is what Check needs beyond a yes or no.
type trace struct {
	path       []step    // to the value that is being validated
	unanswered []finding // values whose match was given up
	gaveUp     *finding  // why the validation ended before its end
}

// findings are those of one schema or one alternative.
type findings struct{ list []finding }

// isDone reports whether a first fault settles the question, or no more of them are wanted.
func (va *validation) isDone() bool {
	return va.findings == nil || len(va.findings.list) >= va.most || va.trace.gaveUp != nil
}

// reject notes that the keyword does not accept data, and returns false.
func (va *validation) reject(m *value.Member, data *value.Value) bool {
	if va.rule = m; va.findings == nil {
		return false
	}
	return va.fail(finding{keyword: m.Name, rule: m, data: data})
}

// fail notes what is wrong with the value at the present path if that is wanted, and returns false.
func (va *validation) fail(f finding) bool {
	if va.findings != nil {
		f.path = slices.Clone(va.trace.path)
		va.add(f)
	}
	return false
}

func (va *validation) add(f finding) {
	if len(va.findings.list) < va.most && va.trace.gaveUp == nil {
		va.findings.list = append(va.findings.list, f)
	}
}

// nameLast gives the keyword to the fault that was noted last, if it has none: that of the schema false.
func (va *validation) nameLast(keyword string) {
	if va.findings == nil || len(va.findings.list) == 0 {
		return
	}
	if last := &va.findings.list[len(va.findings.list)-1]; last.keyword == "" {
		last.keyword = keyword
	}
}

// giveUp ends the validation of something that is too large to be checked.
func (va *validation) giveUp() bool {
	if va.isUndecided = true; va.trace != nil && va.trace.gaveUp == nil {
		va.trace.gaveUp = &finding{path: slices.Clone(va.trace.path), text: "is too large or too deeply nested to be checked"}
	}
	va.rule = nil
	return false
}

func (va *validation) enterMember(name string, at int) {
	if va.trace != nil {
		va.trace.path = append(va.trace.path, step{name: name, at: at})
	}
}

func (va *validation) enterItem(i int) {
	if va.trace != nil {
		va.trace.path = append(va.trace.path, step{at: i, isItem: true})
	}
}

func (va *validation) leave() {
	if va.trace != nil {
		va.trace.path = va.trace.path[:len(va.trace.path)-1]
	}
}

// faults returns what was found, in the order of the data, without repeats.
func (va *validation) faults() []Fault {
	all := append(va.findings.list, va.trace.unanswered...)
	if va.trace.gaveUp != nil {
		all = append(all, *va.trace.gaveUp)
	}
	slices.SortStableFunc(all, func(a, b finding) int {
		return slices.CompareFunc(a.path, b.path, func(a, b step) int { return cmp.Compare(a.at, b.at) })
	})
	var faults []Fault
	for i := range all {
		f := Fault{Pointer: pointer(all[i].path), Keyword: all[i].keyword, Detail: all[i].detail()}
		isRepeated := slices.ContainsFunc(faults, func(other Fault) bool { return other.Pointer == f.Pointer && other.Detail == f.Detail })
		if !isRepeated && len(faults) < va.most {
			faults = append(faults, f)
		}
	}
	return faults
}

// pointer returns the JSON Pointer of a path (RFC 6901, section 3).
func pointer(path []step) string {
	at := ""
	for _, s := range path {
		if s.isItem {
			at = value.PointerTo(at, strconv.Itoa(s.at))
		} else {
			at = value.PointerTo(at, s.name)
		}
	}
	return at
}
