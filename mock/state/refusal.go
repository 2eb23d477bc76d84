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
	NotFound = 404 // no such record exists
	Conflict = 409 // the current state contradicts it
	Unfit    = 422 // the content is not valid
	Ended    = 503 // the store is closed
)

// Refusal is the reason why a change is refused. A refused change has no effect.
type Refusal struct {
	Status int     // NotFound, Conflict, Unfit or Ended
	Detail string  // a sentence
	Faults []Fault // the individual faults, if there is more to say
}

// Fault is one thing that is wrong with the content.
type Fault struct {
	Pointer string // into the content (RFC 6901)
	Detail  string // a sentence
	Hint    string // what to write instead; may be empty
}

// Error returns the Detail.
func (r *Refusal) Error() string { return r.Detail }

// Missing returns the refusal of an operation on a record or a property that does not exist.
func Missing() *Refusal {
	return &Refusal{Status: NotFound, Detail: "No resource exists at this path."}
}

// Contradiction returns a refusal because of the current state, with a fault at the pointer.
func Contradiction(detail, pointer, reason string) *Refusal {
	return &Refusal{Status: Conflict, Detail: detail, Faults: []Fault{{Pointer: pointer, Detail: reason}}}
}

// Misfit returns a refusal of content for its faults; at is the pointer of the content in the request.
func Misfit(faults []validate.Fault, at string) *Refusal {
	r := &Refusal{Status: Unfit, Detail: "The content does not match its schema."}
	for _, f := range faults {
		r.Faults = append(r.Faults, Fault{Pointer: at + f.Pointer, Detail: sentence(f)})
	}
	return r
}

// sentence returns a fault as a complete sentence.
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
