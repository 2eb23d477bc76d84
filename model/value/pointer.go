package value

import (
	"strconv"
	"strings"
)

// A JSON Pointer escapes two characters (RFC 6901, section 3).
var (
	escapeStep   = strings.NewReplacer("~", "~0", "/", "~1")
	unescapeStep = strings.NewReplacer("~1", "/", "~0", "~")
)

// PointerTo returns the JSON Pointer to where the steps lead from what another pointer names, "" being the whole value.
func PointerTo(at string, steps ...string) string {
	for _, step := range steps {
		at += "/" + escapeStep.Replace(step)
	}
	return at
}

// PointerStep returns a step of a JSON Pointer, the text between two slashes, unescaped.
func PointerStep(text string) string {
	if strings.IndexByte(text, '~') < 0 { // nearly always, and a replacer is slow
		return text
	}
	return unescapeStep.Replace(text)
}

// At returns the value that a JSON Pointer names in v, or nil where there is none.
func At(v *Value, pointer string) *Value {
	for _, step := range pointerSteps(pointer) {
		v = v.next(step)
	}
	return v
}

// PlaceOf returns the position in its file of the value that a JSON Pointer names in v or, if it is absent, of the
// value that would contain it.
func PlaceOf(v *Value, pointer string) Pos {
	pos := v.Pos
	for _, step := range pointerSteps(pointer) {
		if v = v.next(step); v == nil || v.Pos.Line == 0 {
			break
		}
		pos = v.Pos
	}
	return pos
}

// pointerSteps returns the steps of a JSON Pointer, unescaped.
func pointerSteps(pointer string) []string {
	if pointer == "" {
		return nil
	}
	steps := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	for i, step := range steps {
		steps[i] = PointerStep(step)
	}
	return steps
}

// next returns the member or item that a step leads to, or nil.
func (v *Value) next(step string) *Value {
	if !v.Is(KindArray) {
		return v.Get(step)
	}
	if i, err := strconv.Atoi(step); err == nil && i >= 0 && i < len(v.Items) {
		return v.Items[i]
	}
	return nil
}
