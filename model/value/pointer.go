package value

import "strings"

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

// PointerStep returns a step of a JSON Pointer as it is meant: what stands between two of its slashes, unescaped.
func PointerStep(text string) string {
	if strings.IndexByte(text, '~') < 0 { // nearly all of them, and a replacer takes its time
		return text
	}
	return unescapeStep.Replace(text)
}
