package validate

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/firestoned/firestone/model/value"
)

// MaxFaults is the maximum number of faults that Check returns.
const MaxFaults = 20

// Fault is one thing that is wrong with a value.
type Fault struct {
	// Pointer is the JSON Pointer (RFC 6901) of the faulty value, empty for the whole value. For a missing property it
	// is the pointer that the property would have, since that identifies the form field or command option to mark.
	Pointer string
	// Keyword is the keyword of the schema that is not satisfied: "minimum". It is empty if there is no single one: the
	// schema is false, or the value is too large to be checked.
	Keyword string
	// Detail describes the fault, as the rest of a sentence that begins with the name of the value: "must be at least
	// 1", "is required".
	Detail string
}

// step leads from a value to one of its members or items.
type step struct {
	name   string // of a member
	at     int    // the index of an item, or the position of a member, after all others if it is missing
	isItem bool
}

// finding is a fault before it is put into words.
type finding struct {
	path    []step
	keyword string
	rule    *value.Member // the keyword and its value; nil if that adds nothing
	data    *value.Value  // what it rejects
	cause   *finding      // of propertyNames: the fault of the name
	other   string        // of dependentRequired: the property that requires this one
	text    string        // the detail, if there is no keyword for it
	i, j    int           // of uniqueItems: two equal items; of contains and oneOf: the number of matches, and of contains the limit
}

// trace is the additional state of Check.
type trace struct {
	path       []step    // to the current value
	unanswered []finding // values whose match was given up
	gaveUp     *finding  // why the validation stopped early
}

// findings are those of one schema or one alternative.
type findings struct{ list []finding }

// isDone reports whether the first fault is decisive, or no more are wanted.
func (va *validation) isDone() bool {
	return va.findings == nil || len(va.findings.list) >= va.most || va.trace.gaveUp != nil
}

// reject records that the keyword rejects data, and returns false.
func (va *validation) reject(m *value.Member, data *value.Value) bool {
	if va.rule = m; va.findings == nil {
		return false
	}
	return va.fail(finding{keyword: m.Name, rule: m, data: data})
}

// fail records a fault of the value at the current path if faults are wanted, and returns false.
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

// nameLast sets the keyword of the last recorded fault, if it has none: that of the schema false.
func (va *validation) nameLast(keyword string) {
	if va.findings == nil || len(va.findings.list) == 0 {
		return
	}
	if last := &va.findings.list[len(va.findings.list)-1]; last.keyword == "" {
		last.keyword = keyword
	}
}

// giveUp stops the validation of something that is too large to be checked.
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

// faults returns the findings in the order of the data, without duplicates.
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
