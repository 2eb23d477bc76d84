package value

import (
	"fmt"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/name"
)

// Key is a member that an object may have.
type Key struct {
	Name       string
	Kind       Kind // of its value; Null stands for any kind
	IsRequired bool
	Slips      []string // what people write for it that no count of letters would find
}

// CheckKeys reports that v is no object, or the members that it must not have, lacks, or has with a value of another
// kind; what names the object in the messages.
func CheckKeys(v *Value, what string, problems *Problems, keys ...Key) {
	if !v.Is(Object) {
		problems.Add(v.Pos, "expected an object", "%s is of type %s", what, v.Kind)
		return
	}
	var known []string
	for _, k := range keys {
		known = append(known, k.Name)
		m := v.Member(k.Name)
		switch {
		case m == nil && k.IsRequired:
			problems.Add(v.Pos, "add `"+k.Name+":`", "%s has no %s", what, k.Name)
		case m != nil && k.Kind != Null && m.Value.Kind != k.Kind:
			problems.Add(m.Value.Pos, "expected "+k.Kind.String(), "%s of %s is of type %s", k.Name, what, m.Value.Kind)
		}
	}
	for _, m := range v.Members {
		if !slices.Contains(known, m.Name) {
			problems.Add(m.Pos, Suggestion(meant(m.Name, keys), known), "unknown key %q in %s", m.Name, what)
		}
	}
}

// meant returns the name of the key that a word is a slip for, or the word itself.
func meant(word string, keys []Key) string {
	for _, k := range keys {
		if slices.Contains(k.Slips, strings.ToLower(word)) {
			return k.Name
		}
	}
	return word
}

// CheckWord reports a string that is none of the words. A value of another kind is left to CheckKeys.
func CheckWord(v *Value, problems *Problems, words ...string) {
	if v.Is(String) && !slices.Contains(words, v.Text) {
		problems.Add(v.Pos, Suggestion(v.Text, words), "unknown word %q", v.Text)
	}
}

// Suggestion returns a hint: which of the known words a mistyped one may have meant, or which there are.
func Suggestion(word string, known []string) string {
	if near, ok := name.Nearest(word, known); ok {
		return fmt.Sprintf("did you mean %q?", near)
	}
	if len(known) == 0 {
		return ""
	}
	return "expected one of " + strings.Join(known, ", ")
}
