package value

import (
	"cmp"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/name"
)

// Key is a member that an object may have.
type Key struct {
	Name       string
	Kind       Kind // of its value; KindNull means any kind
	IsRequired bool
	Slips      []string // wrong names for it that similarity would not find
	Add        string   // what to write if it is missing; empty: its name
}

// CheckKeys reports that v is not an object, or its unknown and missing members and those with a value of the wrong
// kind; what names the object in the messages. A misspelling of a required member is one problem, not two.
func CheckKeys(v *Value, what string, problems *Problems, keys ...Key) {
	if !v.Is(KindObject) {
		hint := "expected an object"
		if needed := slices.DeleteFunc(slices.Clone(keys), func(k Key) bool { return !k.IsRequired }); len(needed) > 0 {
			hint += " with " + strings.Join(keyNames(needed), " and ")
		}
		if i := slices.IndexFunc(keys, func(k Key) bool { return k.Kind == KindString && k.IsRequired }); i >= 0 && v.Is(KindString) {
			hint = "write \"" + Flow(Object(NewMember(keys[i].Name, v))) + "\""
		}
		problems.Add(WrongType, v.Pos, hint, "%s must be an object, not %s", what, Describe(v))
		return
	}
	for _, k := range keys {
		m := v.Member(k.Name)
		switch {
		case m == nil && k.IsRequired && !Misspells(v, k.Name, keys...):
			problems.Add(MissingKey, v.Pos, "add `"+cmp.Or(k.Add, k.Name+":")+"`", "%s has no %s", what, k.Name)
		case m != nil && k.Kind != KindNull && m.Value.Kind != k.Kind:
			problems.Add(WrongType, m.Value.Pos, expected(k.Kind, *m), "%s of %s cannot be %s", k.Name, what, Describe(m.Value))
		}
	}
	known := keyNames(keys)
	for _, m := range v.Members {
		if !slices.Contains(known, m.Name) {
			problems.Add(UnknownKey, m.Pos, cmp.Or(withoutColon(m.Name, known), Suggestion(meant(m.Name, keys), known)), "unknown key %q in %s", m.Name, what)
		}
	}
}

// Misspells reports whether v lacks the member of that name and has one instead that is none of the keys and most likely
// means it.
func Misspells(v *Value, key string, keys ...Key) bool {
	known := keyNames(keys)
	return !v.Has(key) && slices.ContainsFunc(v.Members, func(m Member) bool {
		if slices.Contains(known, m.Name) {
			return false
		}
		near, ok := name.Nearest(meant(m.Name, keys), known)
		return ok && near == key
	})
}

func keyNames(keys []Key) []string {
	var known []string
	for _, k := range keys {
		known = append(known, k.Name)
	}
	return known
}

// expected says what the value of a member should be that is of another kind.
func expected(kind Kind, m Member) string {
	const maxLength = 100
	v := m.Value
	if list := FlowMember(NewMember(m.Name, Array(v))); kind == KindArray && (v.Is(KindString) || v.Is(KindObject)) && len(list) <= maxLength {
		return "write \"" + list + "\""
	}
	if word := TruthWord(v); kind == KindBool && word != "" {
		return "write " + word
	}
	if quoted := FlowMember(NewMember(m.Name, String(v.Text))); kind == KindString && (v.Is(KindNumber) || v.Is(KindBool)) && len(quoted) <= maxLength {
		return "write \"" + quoted + "\""
	}
	if kind == KindString && v.Is(KindArray) && len(v.Items) == 1 && v.Items[0].Is(KindString) {
		return "write \"" + FlowMember(NewMember(m.Name, v.Items[0])) + "\""
	}
	if read := Parse("", []byte(v.Text), &Problems{}); kind == KindNumber && v.Is(KindString) && len(read) == 1 && read[0].Is(KindNumber) {
		return "write \"" + FlowMember(NewMember(m.Name, read[0])) + "\", without quotes"
	}
	switch kind {
	case KindArray:
		return "expected a list"
	case KindObject:
		return "expected an object"
	case KindBool:
		return "expected true or false"
	}
	return "expected a " + kind.String()
}

// TruthWord returns true or false where a text or number is another word for it, as YAML 1.1 had them: yes, off, "true";
// else "".
func TruthWord(v *Value) string {
	if !v.Is(KindString) && !v.Is(KindNumber) {
		return ""
	}
	switch strings.ToLower(v.Text) {
	case "true", "yes", "y", "on", "1":
		return "true"
	case "false", "no", "n", "off", "0":
		return "false"
	}
	return ""
}

// meant returns the name of the key that a word is a slip for, or the word itself.
func meant(word string, keys []Key) string {
	for _, k := range keys {
		if slices.Contains(k.Slips, strings.ToLower(word)) {
			return k.Name
		}
	}
	if key, _ := KeyWithoutColon(word, func(key string) bool { return slices.Contains(keyNames(keys), key) }); key != "" {
		return key
	}
	return word
}

// KeyMeant returns the key that a word is, or most likely a slip for, and whether there is one.
func KeyMeant(word string, keys []Key) (string, bool) {
	known := keyNames(keys)
	if key := meant(word, keys); slices.Contains(known, key) {
		return key, true
	}
	return name.Nearest(word, known)
}

// CheckWord reports a string that is none of the words. A value of another kind is left to CheckKeys.
func CheckWord(v *Value, problems *Problems, words ...string) {
	if v.Is(KindString) && !slices.Contains(words, v.Text) {
		problems.Add(UnknownValue, v.Pos, Suggestion(v.Text, words), "unknown value %q", v.Text)
	}
}

// KeySuggestion is Suggestion for a key, which may have swallowed its value.
func KeySuggestion(key string, known []string) string {
	return cmp.Or(withoutColon(key, known), Suggestion(key, known))
}

func withoutColon(key string, known []string) string {
	_, hint := KeyWithoutColon(key, func(key string) bool { return slices.Contains(known, key) })
	return hint
}

// Suggestion returns a hint: the known word that a mistyped one probably means, or all known words.
func Suggestion(word string, known []string) string {
	expected := "expected one of " + strings.Join(known, ", ")
	switch len(known) {
	case 0:
		return ""
	case 1:
		expected = "expected " + known[0]
	}
	return name.Suggest(word, known, "%q", expected)
}
