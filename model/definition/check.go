package definition

import (
	"slices"
	"strings"
	"sync"

	"github.com/firestoned/firestone/model/form"
	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// checker collects problems with definitions. Its methods report whether the value can be used.
type checker struct {
	problems *Problems
	at       *Definition // whose values are checked
	forms    *form.File  // of that; nil before a value is of the wrong kind
}

// forms are those of definitions.
var forms = sync.OnceValue(func() *form.Forms { return form.New(JSONSchema) })

// kind reports a value that has none of the kinds; what names the value in the message.
func (c *checker) kind(v *Value, what string, kinds ...value.Kind) bool {
	if v == nil || slices.Contains(kinds, v.Kind) {
		return v != nil
	}
	hint := ""
	if c.isTooDeep(v) {
		hint = "indent " + value.NamesOf(v) + " less: it belongs beside the key above it"
	} else if word := value.TruthWord(v); word != "" && slices.Contains(kinds, value.KindBool) {
		hint = "write " + word
	} else if meant := c.form(v); meant != "" {
		hint = "write \"" + meant + "\""
	}
	c.problems.Add(value.WrongType, v.Pos, hint, "%s must be %s, not %s", what, expectation(kinds), value.Describe(v))
	return false
}

// isTooDeep reports whether an object, on lines below its key, contains what belongs at the level of the key.
func (c *checker) isTooDeep(v *Value) bool {
	return v.Is(value.KindObject) && len(v.Members) > 0 && v.Members[0].Pos.Line == v.Pos.Line && v.Members[0].Pos.Col == v.Pos.Col && c.file().IsTooDeep(v)
}

// form returns how a value is written that is of the wrong kind, or "".
func (c *checker) form(v *Value) string { return c.file().Of(v) }

// file returns what knows the forms of the definition at hand.
func (c *checker) file() *form.File {
	switch {
	case c.forms != nil:
	case c.at.IsInline:
		c.forms = forms().Part("property", c.at.Root)
	default:
		c.forms = forms().File(c.at.Root)
		if names := c.at.schemeNames(); len(names) > 0 {
			c.forms.Narrow("requirement", names, value.Array())
		}
	}
	return c.forms
}

// expectation says what a value of one of the kinds is: a string, true or false.
func expectation(kinds []value.Kind) string {
	var words []string
	for _, kind := range kinds {
		switch kind {
		case value.KindArray:
			words = append(words, "a list")
		case value.KindBool:
			words = append(words, "true", "false")
		default:
			words = append(words, article(kind.String()))
		}
	}
	if last := len(words) - 1; last > 0 {
		return strings.Join(words[:last], ", ") + " or " + words[last]
	}
	return words[0]
}

// otherKeys are other words for keys, with those that they may mean.
var otherKeys = map[string][]string{
	"desc": {"description"}, "descr": {"description"}, "doc": {"description"}, "docs": {"description"}, "comment": {"description"},
	"location": {"in"}, "place": {"in"}, "uri": {"url", "openIdConnectUrl"}, "url": {"openIdConnectUrl"}, "address": {"url"}, "endpoint": {"url", "openIdConnectUrl"},
	"type": {"protocol"}, "scheme": {"protocol"}, "vars": {"variables"}, "params": {"variables"}, "version": {"protocolVersion"},
	"values": {"enum"},
}

// keyMeant returns the one of the names that a word means, by another word for it, or "".
func keyMeant(word string, names []string) string {
	if i := slices.IndexFunc(otherKeys[strings.ToLower(word)], func(key string) bool { return slices.Contains(names, key) }); i >= 0 {
		return otherKeys[strings.ToLower(word)][i]
	}
	return ""
}

// shortMember returns a member on one line, and whether it is short enough for a hint.
func shortMember(key string, v *Value) (text string, isShort bool) {
	const maxLength = 100
	text = value.FlowMember(value.NewMember(key, v))
	return text, len(text) <= maxLength
}

// called says how a member is written under its right key.
func called(key string, v *Value) string {
	if written, isShort := shortMember(key, v); isShort {
		return "write \"" + written + "\""
	}
	return "write it as \"" + key + "\""
}

// misspells reports whether an object lacks the key but has a misspelling of it, or another word for it. The misspelt key is
// reported as unknown, so the missing one need not be.
func misspells(v *Value, key string, names ...string) bool {
	if !v.Has(key) && slices.ContainsFunc(v.Members, func(m value.Member) bool { return !slices.Contains(names, m.Name) && keyMeant(m.Name, names) == key }) {
		return true
	}
	var keys []value.Key
	for _, n := range names {
		keys = append(keys, value.Key{Name: n})
	}
	own := slices.DeleteFunc(slices.Clone(v.Members), func(m value.Member) bool { return strings.HasPrefix(m.Name, "x-") })
	return value.Misspells(value.Object(own...), key, keys...)
}

// otherWord reports the only unknown member of an object as a misnomer of the missing one; hint says how that is
// written. It returns false if there is no such member, or several.
func (c *checker) otherWord(v *Value, what, lacks string, names []string, hint func(m value.Member) string) bool {
	if v.Has(lacks) || misspells(v, lacks, names...) {
		return false
	}
	strays := slices.DeleteFunc(slices.Clone(v.Members), func(m value.Member) bool { return slices.Contains(names, m.Name) || strings.HasPrefix(m.Name, "x-") })
	if len(strays) != 1 || hint(strays[0]) == "" {
		return false
	}
	c.problems.Add(value.UnknownKey, strays[0].Pos, hint(strays[0]), "unknown key %q in %s", strays[0].Name, what)
	return true
}

// known reports the members of an object that are none of the names, x-* ones apart; what names the object.
func (c *checker) known(v *Value, what string, names ...string) {
	for _, m := range v.Members {
		if slices.Contains(names, m.Name) || strings.HasPrefix(m.Name, "x-") {
			continue
		}
		hint := value.KeySuggestion(m.Name, names)
		if key := keyMeant(m.Name, names); key != "" && !v.Has(key) {
			hint = called(key, m.Value)
		}
		c.problems.Add(value.UnknownKey, m.Pos, hint, "unknown key %q in %s", m.Name, what)
	}
}

// besideSchema is known for an object that may have a schema: schema keywords directly in the object are one problem,
// whose hint is to write the schema.
func (c *checker) besideSchema(v *Value, what string, names ...string) {
	var stray, others []value.Member
	for _, m := range v.Members {
		if v.Has("name") && schema.IsKeyword(m.Name) && !slices.Contains(names, m.Name) {
			stray = append(stray, m)
		} else {
			others = append(others, m)
		}
	}
	if len(stray) > 0 {
		hint := "write it under \"schema\""
		if meant, isShort := shortMember("schema", value.Object(stray...)); !v.Has("schema") && isShort {
			hint = "write \"" + meant + "\""
		}
		c.problems.Add(value.UnknownKey, stray[0].Pos, hint, "unknown key %q in %s", stray[0].Name, what)
	}
	c.known(value.Object(others...), what, names...)
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
