package definition

import (
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// checker collects what is wrong with definitions. Its methods return whether the value can be used.
type checker struct {
	problems *Problems
}

// kind reports a value that has none of the kinds; what names the value in the message.
func (c *checker) kind(v *Value, what string, kinds ...value.Kind) bool {
	if v == nil || slices.Contains(kinds, v.Kind) {
		return v != nil
	}
	var expected []string
	for _, k := range kinds {
		expected = append(expected, article(k.String()))
	}
	hint := "expected " + strings.Join(expected, " or ")
	if word := value.TruthWord(v); word != "" && slices.Contains(kinds, value.KindBool) {
		hint = "write " + word
	}
	c.problems.Add(v.Pos, hint, "%s is %s", what, article(v.Kind.String()))
	return false
}

// misspells reports whether an object lacks the key and has a member instead that is a slip for it. That one is reported
// as unknown, so nobody needs to hear that the key is missing.
func misspells(v *Value, key string, names ...string) bool {
	var keys []value.Key
	for _, n := range names {
		keys = append(keys, value.Key{Name: n})
	}
	own := slices.DeleteFunc(slices.Clone(v.Members), func(m value.Member) bool { return strings.HasPrefix(m.Name, "x-") })
	return value.Misspells(value.Object(own...), key, keys...)
}

// known reports the members of an object that are none of the names, x-* ones apart; what names the object.
func (c *checker) known(v *Value, what string, names ...string) {
	for _, m := range v.Members {
		if slices.Contains(names, m.Name) || strings.HasPrefix(m.Name, "x-") {
			continue
		}
		c.problems.Add(m.Pos, value.Suggestion(m.Name, names), "unknown key %q in %s", m.Name, what)
	}
}

// article puts the indefinite article before the name of a kind of value.
func article(noun string) string {
	switch {
	case noun == "null":
		return noun
	case strings.IndexByte("aeiou", noun[0]) >= 0:
		return "an " + noun
	}
	return "a " + noun
}
