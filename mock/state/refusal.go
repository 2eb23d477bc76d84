package state

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/firestoned/firestone/model/validate"
	"github.com/firestoned/firestone/model/value"
)

// The statuses of refusals (RFC 9110, sections 15.5 and 15.6).
const (
	NotFound = 404 // there is no such record
	Conflict = 409 // what there is contradicts it
	Unfit    = 422 // the content does not fit its schema
	Ended    = 503 // the store has ended
)

// Refusal says why a change cannot be made. Nothing has changed then.
type Refusal struct {
	Status int     // NotFound, Conflict, Unfit or Ended
	Detail string  // a sentence
	Faults []Fault // one by one, where there is more to say
}

// Fault is one thing that is wrong with the content.
type Fault struct {
	Pointer string // into the content (RFC 6901)
	Detail  string // a sentence
	Hint    string // what to write instead; may be empty
}

// Error returns the detail.
func (r *Refusal) Error() string { return r.Detail }

// Missing refuses what is about a record or a property that does not exist.
func Missing() *Refusal {
	return &Refusal{Status: NotFound, Detail: "No resource exists at this path."}
}

// Contradiction refuses what contradicts the state, for a reason that lies at the pointer.
func Contradiction(detail, pointer, reason string) *Refusal {
	return &Refusal{Status: Conflict, Detail: detail, Faults: []Fault{{Pointer: pointer, Detail: reason}}}
}

// Misfit refuses content for its faults; at is where in what was sent it stands.
func Misfit(faults []validate.Fault, at string) *Refusal {
	r := &Refusal{Status: Unfit, Detail: "The content does not match its schema."}
	for _, f := range faults {
		r.Faults = append(r.Faults, Fault{Pointer: at + f.Pointer, Detail: sentence(f)})
	}
	return r
}

// sentence returns what a fault says as a sentence of its own.
func sentence(f validate.Fault) string {
	subject := "The content"
	if i := strings.LastIndexByte(f.Pointer, '/'); i >= 0 {
		last := value.PointerStep(f.Pointer[i+1:])
		subject = strconv.Quote(last)
		if strings.Trim(last, "0123456789") == "" && last != "" {
			subject = "Item " + last
		}
	}
	first, size := utf8.DecodeRuneInString(f.Detail)
	return subject + " " + string(unicode.ToLower(first)) + f.Detail[size:] + "."
}
