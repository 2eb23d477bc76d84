package schema

import (
	"fmt"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// Check reports what is wrong with a schema and every schema inside it. Errors are keywords that are most likely
// misspelt, values of the wrong type, and unknown types.
// Warnings are other unknown keywords, enums that are empty or contain duplicates, patterns that are not ECMA-262
// expressions, formats that are misspelt or do not apply to the type, readOnly together with writeOnly, bytes
// without an encoding, keywords for another type, and required properties that an inner object does not list. Contradictory limits are an error if every instance of a
// resource has such a value, else a warning. Whether defaults and examples are valid is not checked here, since that
// requires a validator.
//
// In a foreign schema, keywords that are not assertions give at most a warning, and schemas that are only definitions
// for references are not checked. The warnings have a topic, the keyword.
func Check(v *value.Value, at Place, problems *value.Problems) {
	c := checker{problems: problems, isForeign: at == Foreign, isNeeded: at == Resource || at == Key}
	c.schema(v, at, "")
}

// CheckParameter is like Check for the schema of a parameter, which validates values and is in no document: an invalid
// pattern is an error.
func CheckParameter(v *value.Value, problems *value.Problems) {
	c := checker{problems: problems, isParameter: true}
	c.schema(v, Anywhere, "")
}

type checker struct {
	problems    *value.Problems
	isParameter bool
	isForeign   bool
	isNeeded    bool         // every instance of the resource has a value of the current schema
	required    *value.Value // the properties that the current schema requires, or nil
	beside      string       // the property whose schema is the current one and takes no object, or ""
	isPart      bool         // other schemas may describe the same values as the current one, or those in them
}

// warn reports a warning about a keyword.
func (c checker) warn(code value.Code, keyword string, pos value.Pos, hint, format string, args ...any) {
	p := value.Problem{Code: code, Pos: pos, Warning: true, Msg: fmt.Sprintf(format, args...), Hint: hint}
	if c.isForeign {
		p = p.OfOthers(keyword)
	}
	*c.problems = append(*c.problems, p)
}

// schema checks a value in the place of a schema. name is that of a keyword or a property, or empty for an item of a
// list.
func (c checker) schema(v *value.Value, at Place, name string) {
	switch {
	case v.Is(value.KindBool):
		return
	case v.Is(value.KindNull):
		hint := "write {} for a schema that allows anything"
		if name != "" {
			hint = "write \"" + value.FlowMember(value.NewMember(name, value.Object(value.NewMember("type", value.String("string"))))) + "\", or {} for a schema that allows anything"
		}
		c.problems.Add(value.KeywordType, v.Pos, hint, "a schema is missing here")
		return
	case !v.Is(value.KindObject):
		c.problems.Add(value.KeywordType, v.Pos, schemaHint(v, name), "a schema must be an object or a boolean, not %s", value.Describe(v))
		return
	}
	c.required = v.Get("required")
	if types := Types(v); len(types) == 0 || slices.Contains(types, "object") {
		c.beside = ""
	}
	c.isPart = c.isPart || isComposed(v)
	for _, m := range v.Members {
		if IsExtension(m.Name) || at == Property && c.own(m) {
			continue
		}
		known, ok := keywords[m.Name]
		switch {
		case !ok && c.isForeign:
			c.foreign(m)
		case !ok:
			c.unknown(m, at)
		case c.isForeign && dropped[m.Name] && known.shape == schemaMap:
		case c.isForeign && noteFault(m) != nil:
			fault := noteFault(m)
			c.warn(value.KeywordType, m.Name, fault.Pos, "documents leave it out", "%s", fault.Msg)
		default:
			c.keyword(known, m, at)
		}
	}
	c.bounds(v)
	c.idle(v)
	c.contradictions(v)
	c.unlisted(v)
	c.format(v)
	c.content(v)
	if v.Get("readOnly").IsTrue() && v.Get("writeOnly").IsTrue() {
		c.warn(value.KeywordWithoutEffect, "writeOnly", v.Member("writeOnly").Pos, "remove one of the two", "what is both readOnly and writeOnly is never sent, so no document has it")
	}
}

// foreign reports an unknown keyword in a foreign file.
func (c checker) foreign(m value.Member) {
	hint := "documents leave it out"
	if meant := meantBy(m, Foreign); meant != "" && !isOpposite(m) {
		hint = "did you mean \"" + meant + "\"? " + hint
	}
	c.warn(value.UnknownKeyword, m.Name, m.Pos, hint, "unknown keyword %q in a schema", m.Name)
}

// noteFault returns what is wrong with the value of a keyword that is not an assertion, or nil.
func noteFault(m value.Member) *value.Problem {
	known := keywords[m.Name]
	if !known.note && m.Name != "format" && m.Name != "discriminator" {
		return nil
	}
	var faults value.Problems
	checker{problems: &faults}.keyword(known, m, Anywhere)
	if i := slices.IndexFunc(faults, func(p value.Problem) bool { return !p.Warning }); i >= 0 {
		return &faults[i]
	}
	return nil
}

// own checks the keywords that are specific to direct properties of a resource.
func (c checker) own(m value.Member) bool {
	switch m.Name {
	case "expose":
		if !m.Value.Is(value.KindBool) {
			c.wrong(m, "true or false", truthHint(m.Value))
		}
	case "schema":
		c.schema(m.Value, Anywhere, m.Name)
	case "references":
		c.references(m.Value)
	default:
		return false
	}
	return true
}

// referenceKeys are the keys of references.
var referenceKeys = []value.Key{
	{Name: "kind", Kind: value.KindString, IsRequired: true, Slips: []string{"resource", "to", "target"}, Add: "kind: author"},
	{Name: "key", Kind: value.KindString}, {Name: "value", Kind: value.KindString}, {Name: "on_missing", Kind: value.KindString},
	{Name: "immutable", Kind: value.KindBool}, {Name: "description", Kind: value.KindString},
}

// references checks the references of a property, as far as that is possible without the other resources.
func (c checker) references(v *value.Value) {
	if v.Is(value.KindString) {
		kind, key, hasKey := strings.Cut(v.Text, ".")
		meant := value.Object(value.NewMember("kind", value.String(value.Shorten(kind))))
		if hasKey {
			meant.Set("key", value.String(value.Shorten(key)))
		}
		c.problems.Add(value.KeywordType, v.Pos, "write "+value.Flow(meant), "\"references\" must be an object, not %s", value.Describe(v))
		return
	}
	value.CheckKeys(v, "\"references\"", c.problems, referenceKeys...)
	value.CheckWord(v.Get("on_missing"), c.problems, "reject", "ignore")
}

// unknown reports an unknown keyword, as an error if it is probably a misspelling, which would be missing from all
// documents.
func (c checker) unknown(m value.Member, at Place) {
	const msg = "unknown keyword %q in a schema"
	own := "write \"" + extensionName(m.Name) + "\" for an annotation of your own"
	meant := meantBy(m, at)
	_, colon := value.KeyWithoutColon(m.Name, IsKeyword)
	switch {
	case colon != "":
		c.problems.Add(value.UnknownKeyword, m.Pos, colon, msg, m.Name)
	case at == Resource && IsOfCollection(m):
		c.problems.Add(value.MisplacedKeyword, m.Pos, "write it one level up, beside \"items\"", "%q belongs to the collection, and \"items\" is one resource of it", m.Name)
	case m.Name == "schema":
		c.problems.Add(value.MisplacedKeyword, m.Pos, "only a direct property of a resource can have it; write the schema itself", msg, m.Name)
	case m.Name == "expose" || m.Name == "references":
		c.problems.Warn(value.MisplacedKeyword, m.Pos, "only a direct property of a resource can have it; "+own, msg, m.Name)
	case meant == "required" && (m.Value.Is(value.KindBool) || isOpposite(m)):
		isRequired := isOpposite(m) == m.Value.IsFalse()
		c.problems.Add(value.UnknownKeyword, m.Pos, requiredHint(isRequired)+"; "+own, msg, m.Name)
	case meant != "":
		c.problems.Add(value.UnknownKeyword, m.Pos, "did you mean \""+meant+"\"? "+own, msg, m.Name)
	case c.beside != "" && (m.Value.Is(value.KindObject) || m.Value.Is(value.KindNull)):
		c.problems.Warn(value.UnknownKeyword, m.Pos, "write it beside \""+c.beside+"\" if it is a property like that; "+own, msg, m.Name)
	case m.Value.Is(value.KindObject):
		c.problems.Warn(value.UnknownKeyword, m.Pos, "put a property under \"properties\"; "+own, msg, m.Name)
	default:
		c.problems.Warn(value.UnknownKeyword, m.Pos, own, msg, m.Name)
	}
}

// IsOfCollection reports whether an unknown keyword is the key or the parameters of a collection.
func IsOfCollection(m value.Member) bool {
	switch m.Name {
	case "key":
		return m.Value.Get("name").Is(value.KindString)
	case "query_params":
		return m.Value.Is(value.KindArray)
	}
	return false
}

func (c checker) wrong(m value.Member, want, hint string) {
	c.problems.Add(value.KeywordType, m.Value.Pos, hint, "%q must be %s, not %s", m.Name, want, value.Describe(m.Value))
}

// keyword checks the value of a known keyword, and the schemas in it. Only some of these apply to every instance.
func (c checker) keyword(known keyword, m value.Member, at Place) {
	c.isNeeded = c.isNeeded && (m.Name == "allOf" || m.Name == "properties")
	c.beside = ""
	c.isPart = c.isPart && !dropped[m.Name] // a definition is apart from what it stands in
	switch known.shape {
	case oneSchema:
		c.schema(m.Value, Anywhere, m.Name)
	case itemSchemas:
		if m.Value.Is(value.KindArray) {
			c.schemas(m.Value.Items)
			return
		}
		c.schema(m.Value, Anywhere, m.Name)
	case schemaList:
		if !m.Value.Is(value.KindArray) || len(m.Value.Items) == 0 {
			c.wrong(m, "a non-empty list of schemas", listHint(m))
			return
		}
		c.schemas(m.Value.Items)
	case schemaMap, patternMap:
		c.named(known.shape, m, at)
	case dependencies, nameLists:
		c.dependents(known.shape, m)
	default:
		c.plain(known.shape, m)
	}
}

func (c checker) schemas(items []*value.Value) {
	for _, item := range items {
		c.schema(item, Anywhere, "")
	}
}

func (c checker) named(s shape, m value.Member, at Place) {
	if !m.Value.Is(value.KindObject) {
		hint := "write each entry as NAME: SCHEMA"
		if m.Name == "properties" {
			hint = propertiesHint(m)
		}
		c.wrong(m, "an object of names and schemas", hint)
		return
	}
	below := Anywhere
	if at == Resource && m.Name == "properties" {
		below = Property
	}
	for _, named := range m.Value.Members {
		if s == patternMap {
			c.pattern(named.Pos, named.Name, "documents leave the entry out")
		}
		inner := c
		if m.Name == "properties" {
			inner.beside = named.Name
		}
		inner.isNeeded = c.isNeeded && slices.ContainsFunc(value.Items(c.required), func(item *value.Value) bool { return item.StringOr("") == named.Name })
		inner.schema(named.Value, below, named.Name)
	}
}

func (c checker) dependents(s shape, m value.Member) {
	if !m.Value.Is(value.KindObject) {
		c.wrong(m, "an object", "write each entry as NAME: [NAME, ...]")
		return
	}
	for _, named := range m.Value.Members {
		switch {
		case named.Value.Is(value.KindArray):
			c.names(value.Member{Name: m.Name + "/" + named.Name, Pos: named.Pos, Value: named.Value})
		case s == dependencies && isSchema(named.Value):
			c.schema(named.Value, Anywhere, named.Name)
		default:
			c.wrong(value.Member{Name: named.Name, Value: named.Value}, "a list of property names", "write it as [NAME, ...]")
		}
	}
}

// idle warns about keywords for types that the schema does not accept, once for all of them.
func (c checker) idle(v *value.Value) {
	types := slices.DeleteFunc(Types(v), func(word string) bool { return word == "null" })
	if c.isForeign || len(types) == 0 || slices.ContainsFunc(types, func(word string) bool { return !IsType(word) }) {
		return
	}
	for _, m := range v.Members {
		on := keywords[m.Name].on
		isOfProperty := m.Name == "required" && !m.Value.Is(value.KindArray) // a property's boolean, which is reported elsewhere
		if on == "" || keywords[m.Name].note || isOfProperty || slices.Contains(types, on) || on == "number" && slices.Contains(types, "integer") {
			continue
		}
		c.warn(value.KeywordWithoutEffect, m.Name, m.Pos, "remove it, or write type: "+on, "%q is about values of type %s, and the type is %s", m.Name, on, strings.Join(types, ", "))
		return
	}
}

// bounds reports the boolean bounds of draft 4 without the number that they modify.
func (c checker) bounds(v *value.Value) {
	for _, pair := range [][2]string{{"exclusiveMinimum", "minimum"}, {"exclusiveMaximum", "maximum"}} {
		if bound := v.Get(pair[0]); bound.IsTrue() && !v.Has(pair[1]) {
			c.warn(value.KeywordWithoutEffect, pair[0], bound.Pos, "write the number itself: "+pair[0]+": 0", "%q has no effect without %q", pair[0], pair[1])
		}
	}
}
