package escape

import "strings"

// The fields of f-strings are code again, with strings and f-strings of their own (Python reference, section 2.4.3).
// Their nesting is represented as text: a letter of pythonFrames for an f-string, the open brackets in its field, a
// colon for the field's format, and nestedField for a field in that. Actions are not allowed in fields.

// pythonFrames are the possible enclosing f-strings, in the order of pythonQuotes, first plain ones, then raw ones.
const pythonFrames = "fFtTrRsS"

const nestedField = 'n'

var pythonQuotes = []string{"'", `"`, "'''", `"""`}

// inField returns the state in a field of the f-string that is open.
func (s pythonState) inField() pythonState {
	frame := 0
	for s.text.quotes != pythonQuotes[frame] {
		frame++
	}
	if s.text.kind&rawString != 0 {
		frame += len(pythonQuotes)
	}
	return pythonState{outer: s.outer + pythonFrames[frame:frame+1]}
}

// innermost returns the innermost frame around the code or format of a field.
func (s pythonState) innermost() byte { return s.outer[len(s.outer)-1] }

// bracketed returns the frames after the character. They are tracked only in fields.
func (s pythonState) bracketed(c byte) string {
	switch {
	case s.outer == "":
	case strings.IndexByte("([{", c) >= 0:
		return s.outer + string(c)
	case strings.IndexByte(")]}", c) >= 0 && strings.IndexByte("([{", s.innermost()) >= 0:
		return s.outer[:len(s.outer)-1]
	}
	return s.outer
}

// endsExpression reports whether the character ends the expression of a field.
func (s pythonState) endsExpression(c byte) bool {
	return (c == '}' || c == ':') && strings.IndexByte("([{", s.innermost()) < 0
}

// behindExpression returns the state after the character that ends the expression: in the format of the field, or after
// the field.
func (s pythonState) behindExpression(c byte) pythonState {
	if c == ':' {
		return pythonState{mode: pythonFormat, outer: s.outer + ":"}
	}
	return s.behindField(s.outer)
}

// inFormat reads the format of a field.
func (s pythonState) inFormat(c byte) pythonState {
	switch c {
	case '{':
		return pythonState{outer: s.outer + string(rune(nestedField))}
	case '}':
		return s.behindField(strings.TrimSuffix(s.outer, ":"))
	}
	return s
}

// behindField returns the state after the innermost field: in the format of another one, or in the f-string.
func (pythonState) behindField(outer string) pythonState {
	end := len(outer) - 1
	if outer[end] == nestedField {
		return pythonState{mode: pythonFormat, outer: outer[:end]}
	}
	frame := strings.IndexByte(pythonFrames, outer[end])
	within := pythonText{quotes: pythonQuotes[frame%len(pythonQuotes)], kind: formatString, holds: someText, runs: 1}
	if frame >= len(pythonQuotes) {
		within.kind |= rawString
	}
	return pythonState{mode: pythonString, text: within, outer: outer[:end]}
}
