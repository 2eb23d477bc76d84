package command

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/validate"
	"github.com/firestoned/firestone/model/value"
)

// How many faults of a payload are shown, and counted. More of them are mostly one fault repeated.
const (
	shownFaults   = validate.MaxFaults
	countedFaults = 1_000
)

// payloadChecker checks payloads, counts them and collects their problems.
type payloadChecker struct {
	expected  []expectation
	validator *validate.Validator
	projector *schema.Projector
	speller   speller
	payloads  int
	problems  model.Problems
}

func newPayloadChecker(api *model.API, expected []expectation) *payloadChecker {
	return &payloadChecker{
		expected: expected, validator: validate.New(model.Lookup(api)), speller: speller{left: maxSpelled},
		projector: schema.NewProjector(model.Wholes(api), func(component func(string) *model.Value) func(schema, v *model.Value) bool {
			return validate.New(component).IsValid
		}),
	}
}

// doubt is a member of a payload that is probably a mistake although the schema allows it, as open objects allow any
// member.
type doubt struct {
	pointer string        // to the member
	meant   string        // the pointer of the property that was most likely meant, or empty
	problem model.Problem // where no fault says as much
}

// payload finds the faults of a payload.
func (c *payloadChecker) payload(v *model.Value, found *findings) {
	e := c.expectationOf(v)
	doubts := append(c.hidden(v, e), c.misspelt(v, e)...)
	isTold := make([]bool, len(doubts))
	faults := c.validator.CheckMost(countedFaults, e.schema, v)
	if len(faults) > shownFaults {
		count := strconv.Itoa(len(faults))
		if len(faults) == countedFaults {
			count += " or more"
		}
		found.add(model.Problem{Code: value.InvalidPayload, Pos: v.Pos, Msg: fmt.Sprintf("the payload has %s faults; showing %d", count, shownFaults)})
	}
	for _, f := range faults[:min(len(faults), shownFaults)] {
		p := model.Problem{Code: value.InvalidPayload, Pos: faultPlace(v, f), Msg: subject(f.Pointer) + " " + f.Detail, Hint: remedy(value.At(v, f.Pointer), f)}
		for i, d := range doubts {
			switch {
			case d.pointer == f.Pointer:
				p.Hint, isTold[i] = d.problem.Hint, true
			case d.meant == f.Pointer && d.meant != "" && f.Keyword == "required":
				p.Hint, isTold[i] = d.problem.Msg+": "+d.problem.Hint, true
			}
		}
		found.add(p)
	}
	for i, d := range doubts {
		if !isTold[i] {
			found.add(d.problem)
		}
	}
}

// hidden returns the members that the form does not have: in what the server sends, those that are write-only, which is an
// error; in what a client sends, those that are read-only, which the server ignores.
func (c *payloadChecker) hidden(v *model.Value, e expectation) []doubt {
	at := ""
	if e.event != "" {
		at = "/data"
	}
	record := value.At(v, at)
	if e.whole == nil || record == nil {
		return nil
	}
	msg, hint := "is read-only", "leave it out: only the server writes it"
	if e.form == model.Read {
		msg, hint = "is write-only", "leave it out: it is never sent"
	}
	var doubts []doubt
	lost := c.projector.Lost(e.whole, record, e.form)
	for _, pointer := range lost[:min(len(lost), countedFaults)] {
		pointer = at + pointer
		p := model.Problem{Code: value.DoubtfulPayload, Pos: namePlace(v, pointer), Warning: e.form != model.Read, Msg: subject(pointer) + " " + msg, Hint: hint}
		doubts = append(doubts, doubt{pointer, "", p})
	}
	return doubts
}

// misspelt returns the members that no schema names and whose names are near to those of properties that are absent.
func (c *payloadChecker) misspelt(v *model.Value, e expectation) []doubt {
	var doubts []doubt
	for _, s := range c.speller.slips(v, e.shape) {
		pointer, meant := value.PointerTo(s.of, s.written), value.PointerTo(s.of, s.meant)
		p := model.Problem{Code: value.DoubtfulPayload, Pos: s.pos, Warning: true, Msg: subject(pointer) + " is not a known property", Hint: fmt.Sprintf("did you mean %q?", s.meant)}
		doubts = append(doubts, doubt{pointer, meant, p})
	}
	return doubts
}

// subject returns what a fault is about, in words: the end of a pointer that is long.
func subject(pointer string) string {
	const maxLength = 200
	if pointer == "" {
		return "the payload"
	}
	if runes := []rune(pointer); len(runes) > maxLength {
		pointer = "..." + string(runes[len(runes)-maxLength:])
	}
	return strconv.Quote(pointer)
}

// faultPlace returns where a fault is: the name of a member that may not be there, else the value, or the object that lacks
// a member.
func faultPlace(v *model.Value, f validate.Fault) model.Pos {
	switch f.Keyword {
	case "additionalProperties", "unevaluatedProperties", "patternProperties", "propertyNames":
		return namePlace(v, f.Pointer)
	}
	return value.PlaceOf(v, f.Pointer)
}

// namePlace returns the position of the name of the member that a pointer refers to.
func namePlace(v *model.Value, pointer string) model.Pos {
	if i := strings.LastIndexByte(pointer, '/'); i >= 0 {
		if m := value.At(v, pointer[:i]).Member(value.PointerStep(pointer[i+1:])); m != nil && m.Pos.Line > 0 {
			return m.Pos
		}
	}
	return value.PlaceOf(v, pointer)
}

// remedy returns the hint for a value that is right but for its type, or "".
func remedy(v *model.Value, f validate.Fault) string {
	wants := func(kind string) bool { return strings.HasPrefix(f.Detail, "must be "+kind) }
	isText := v.Is(value.KindString)
	switch {
	case v.Is(value.KindArray) && f.Pointer == "" && wants("an object"):
		return "write each payload as a document of its own, or as a line of a .jsonl file"
	case (v.Is(value.KindNumber) || v.Is(value.KindBool)) && wants("a string"):
		return "write it in quotes: " + string(value.String(v.Written()).AppendJSON(nil, ""))
	case isText && (wants("a number") || wants("an integer")) && json.Valid([]byte(v.Text)):
		return "write " + v.Text + " without quotes"
	case wants("a boolean") && value.TruthWord(v) != "":
		return "write " + value.TruthWord(v)
	}
	return ""
}

// findings are the problems of one file; a file with many payloads may have very many.
type findings struct {
	problems model.Problems
	more     model.Problems // only one error, if there is any
	count    int
}

// maxFindings is how many problems of a file are shown.
const maxFindings = 1_000

func (f *findings) add(p model.Problem) {
	if f.count++; len(f.problems) < maxFindings {
		f.problems = append(f.problems, p)
	} else if !p.Warning && len(f.more) == 0 {
		f.more = append(f.more, p)
	}
}

// all returns the problems, and how many there are if some are not shown. The first that is an error is.
func (f *findings) all(at model.Pos) model.Problems {
	if f.count <= maxFindings {
		return f.problems
	}
	shown := append(f.problems, f.more...)
	return append(shown, model.Problem{Code: value.DoubtfulPayload, Pos: at, Warning: true, Msg: fmt.Sprintf("the file has %d problems; showing %d", f.count, len(shown))})
}
