package definition

import (
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/validate"
	"github.com/firestoned/firestone/model/value"
)

// The keys of metadata and of its parts that firestone reads. There may be others: they are the author's own.
var (
	metadataKeys = []string{"name", "title", "description", "id", "labels", "contact", "license"}
	contactKeys  = []string{"name", "url", "email"}
	licenseKeys  = []string{"name", "url"}
)

func (c *checker) metadata(v *Value) {
	if !c.kind(v, "metadata", value.KindObject) {
		return
	}
	for _, key := range []string{"name", "description", "title", "id"} {
		c.kind(v.Get(key), "metadata."+key, value.KindString)
	}
	for _, key := range []string{"labels", "contact", "license"} {
		c.kind(v.Get(key), "metadata."+key, value.KindObject)
	}
	for _, part := range []string{"contact", "license"} {
		for _, m := range value.Members(v.Get(part)) {
			c.kind(m.Value, "metadata."+part+"."+m.Name, value.KindString)
		}
	}
	c.format(v.Get("id"), "metadata.id", "uri", "urn:example:books")
	c.format(v.Get("contact").Get("url"), "metadata.contact.url", "uri", "https://example.com")
	c.format(v.Get("contact").Get("email"), "metadata.contact.email", "email", "api@example.com")
	c.format(v.Get("license").Get("url"), "metadata.license.url", "uri", "https://example.com")
	c.slips(v, "metadata", metadataKeys)
	c.slips(v.Get("contact"), "metadata.contact", contactKeys)
	c.license(v.Member("license"))
	for _, key := range []string{"version_in_path", "versionInPath"} {
		if m := v.Member(key); m != nil {
			c.problems.Add(m.Pos, versionHint(m.Value), "metadata.%s has no effect", key)
		}
	}
}

// formatNames are what people call the formats of JSON Schema that are checked.
var formatNames = map[string]string{"uri": "a URI", "email": "an email address"}

// format reports a text that documents require in a format of JSON Schema, and that is not in it; sample is one that is.
func (c *checker) format(v *Value, what, format, sample string) {
	if !v.Is(value.KindString) {
		return
	}
	of := value.Object(value.NewMember("format", value.String(format)))
	if _, rejected := validate.New(func(string) *Value { return nil }).RejectedBy(of, v); rejected {
		c.problems.Add(v.Pos, "write it like \""+sample+"\"", "%s: %q is not %s", what, v.Text, formatNames[format])
	}
}

// slips warns of the members of an object that are one slip of the pen away from one of the keys.
func (c *checker) slips(v *Value, what string, keys []string) {
	for _, m := range value.Members(v) {
		if near := slipOf(m.Name, keys); near != "" {
			c.problems.Warn(m.Pos, "did you mean \""+near+"\"? write \"x-"+m.Name+"\" for a key of your own", "unknown key %q in %s", m.Name, what)
		}
	}
}

// slipOf returns the key that the word means by other capitals or one wrong letter, or "". Of words as short as id too
// many others are one letter away.
func slipOf(word string, keys []string) string {
	if slices.Contains(keys, word) || strings.HasPrefix(word, "x-") {
		return ""
	}
	for _, key := range keys {
		if d := name.Distance(strings.ToLower(word), key); d == 0 || d == 1 && len(key) > 2 {
			return key
		}
	}
	return ""
}

// license reports a license without a name, which documents require, or with a slip in its place.
func (c *checker) license(m *value.Member) {
	if m == nil || !m.Value.Is(value.KindObject) {
		return
	}
	i := slices.IndexFunc(m.Value.Members, func(own value.Member) bool { return slipOf(own.Name, licenseKeys) == "name" })
	switch {
	case m.Value.Has("name") && m.Value.Get("name").StringOr("of another kind, which is reported") != "":
	case i >= 0 && !m.Value.Has("name"):
		own := m.Value.Members[i]
		c.problems.Add(own.Pos, "did you mean \"name\"?", "unknown key %q in metadata.license", own.Name)
		c.slips(value.Object(slices.Delete(slices.Clone(m.Value.Members), i, i+1)...), "metadata.license", licenseKeys)
		return
	default:
		c.problems.Add(m.Pos, `add "name: Apache-2.0"`, "metadata.license has no name")
	}
	c.slips(m.Value, "metadata.license", licenseKeys)
}
