package definition

import (
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/facts"
	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/value"
)

// The keys of metadata that firestone reads, and those of its parts by their keys. There may be others: they are the
// author's own.
var (
	metadataKeys  = []string{"name", "title", "description", "id", "labels", "contact", "license", "terms", "externalDocs"}
	metadataParts = map[string][]string{
		"contact":      {"name", "url", "email"},
		"license":      {"name", "url"},
		"externalDocs": {"url", "description"},
	}
)

// metadataSynonyms are what documents call a key of metadata.
var metadataSynonyms = map[string]string{"termsofservice": "terms", "terms_of_service": "terms"}

func (c *checker) metadata(v *Value) {
	if !c.kind(v, "metadata", value.KindObject) {
		return
	}
	for _, key := range []string{"name", "description", "title", "id", "terms"} {
		c.kind(v.Get(key), "metadata."+key, value.KindString)
	}
	c.kind(v.Get("labels"), "metadata.labels", value.KindObject)
	for _, part := range []string{"contact", "license", "externalDocs"} {
		c.kind(v.Get(part), "metadata."+part, value.KindObject)
		for _, m := range value.Members(v.Get(part)) {
			c.kind(m.Value, "metadata."+part+"."+m.Name, value.KindString)
		}
		facts.CheckURL(v.Get(part).Get("url"), "metadata."+part+".url", c.problems)
	}
	facts.CheckFormat(v.Get("id"), "metadata.id", "uri", "a URI", `a URI, for example "urn:example:books"`, c.problems)
	facts.CheckURL(v.Get("terms"), "metadata.terms", c.problems)
	facts.CheckEmail(v.Get("contact").Get("email"), "metadata.contact.email", c.problems)
	c.slips(v, "metadata", metadataKeys, "")
	c.slips(v.Get("contact"), "metadata.contact", metadataParts["contact"], "")
	c.needs(v.Member("license"), "license", "name", "Apache-2.0")
	c.needs(v.Member("externalDocs"), "externalDocs", "url", "https://example.com/docs")
	for _, key := range []string{"version_in_path", "versionInPath"} {
		if m := v.Member(key); m != nil {
			c.problems.Add(value.KeyWithoutEffect, m.Pos, versionHint(m.Value), "metadata.%s has no effect", key)
		}
	}
}

// slips reports the members of an object that are a likely misspelling of one of the keys. If the required key is
// missing, its misspelling does not count as a custom key.
func (c *checker) slips(v *Value, what string, keys []string, needed string) {
	for _, m := range value.Members(v) {
		near := slipOf(m.Name, keys)
		if near == "" {
			continue
		}
		hint := "did you mean \"" + near + "\"?"
		if near != needed || v.Has(needed) {
			hint += " write \"x-" + m.Name + "\" for a key of your own"
		}
		c.problems.Add(value.UnknownKey, m.Pos, hint, "unknown key %q in %s", m.Name, what)
	}
}

// slipOf returns the key that the word means by other capitals or one wrong letter, or "". Of words as short as id too
// many others are one letter away.
func slipOf(word string, keys []string) string {
	if slices.Contains(keys, word) || strings.HasPrefix(word, "x-") {
		return ""
	}
	word = strings.ToLower(word)
	for _, key := range keys {
		if d := name.Distance(word, strings.ToLower(key)); d == 0 || d == 1 && len(key) > 2 {
			return key
		}
	}
	if key := metadataSynonyms[word]; slices.Contains(keys, key) {
		return key
	}
	return ""
}

// needs reports a part of metadata without the text that documents require of it, unless a misspelt key is in its place.
func (c *checker) needs(m *value.Member, part, key, example string) {
	if m == nil || !m.Value.Is(value.KindObject) {
		return
	}
	what, keys := "metadata."+part, metadataParts[part]
	c.slips(m.Value, what, keys, key)
	given := m.Value.Get(key)
	isMisspelt := given == nil && slices.ContainsFunc(m.Value.Members, func(own value.Member) bool { return slipOf(own.Name, keys) == key })
	if !isMisspelt && (given == nil || given.Is(value.KindString) && given.Text == "") { // one of another kind is reported by that
		c.problems.Add(value.MissingKey, m.Pos, "add \""+key+": "+example+"\"", "%s has no %s", what, key)
	}
}
