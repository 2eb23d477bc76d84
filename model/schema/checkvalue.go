package schema

import (
	"cmp"
	"net/url"
	"strconv"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// plain checks the value of a keyword that contains no schema.
func (c checker) plain(s shape, m value.Member) {
	v := m.Value
	switch s {
	case aText:
		if !v.Is(value.KindString) {
			c.wrong(m, "a string", textHint(m))
		}
	case aPattern:
		if !v.Is(value.KindString) {
			c.wrong(m, "a string", textHint(m))
			return
		}
		c.pattern(v.Pos, v.Text, "documents write it as \"x-pattern\"")
	case aTruth:
		if !v.Is(value.KindBool) {
			c.wrong(m, "true or false", truthHint(v))
		}
	case aNumber, aPositive, aCount, aBound:
		c.number(s, m)
	case nameList:
		c.names(m)
	case typeNames:
		c.types(m)
	case enumList, dataList:
		c.list(s, m)
	case anObject:
		if !v.Is(value.KindObject) {
			c.wrong(m, "an object", "")
		}
	case externalPage:
		c.page(m)
	case aDiscriminator:
		if name := v.Get("propertyName"); !v.Is(value.KindString) && !name.Is(value.KindString) {
			c.wrong(m, "an object with a \"propertyName\"", "write \"discriminator: {propertyName: kind}\"")
		}
	}
}

// page warns about external documentation that would make documents invalid.
func (c checker) page(m value.Member) {
	if !m.Value.Is(value.KindObject) {
		c.wrong(m, "an object with a \"url\"", "write \"externalDocs: {url: 'https://example.com'}\"")
		return
	}
	if fault := pageFault(m.Value); fault != "" {
		c.warn(value.KeywordType, m.Name, m.Pos, "write {url: \"https://...\", description: ...}; until then, documents write it as \"x-externalDocs\"", "%q %s", m.Name, fault)
	}
}

// pageFault returns what is wrong with external documentation (OpenAPI 3.1, section 4.8.11; AsyncAPI requires an
// absolute URL), or "".
func pageFault(v *value.Value) string {
	for _, m := range v.Members {
		isText := m.Name == "url" || m.Name == "description"
		switch {
		case !isText && !IsExtension(m.Name):
			return "has an unknown member \"" + value.Shorten(m.Name) + "\""
		case isText && !m.Value.Is(value.KindString):
			return "has a " + m.Name + " that is not a string"
		}
	}
	if !isURL(v.Get("url").StringOr("")) {
		return "has no absolute URL"
	}
	return ""
}

// isURL reports whether a text is an absolute URI with only valid characters (RFC 3986, section 4.3).
func isURL(text string) bool {
	u, err := url.Parse(text)
	return err == nil && u.Scheme != "" && u.Host+u.Opaque+u.Path != "" && !strings.ContainsFunc(text, func(r rune) bool {
		return r <= ' ' || r > '~' || strings.ContainsRune("\\^`{|}<>\"", r)
	})
}

func (c checker) number(s shape, m value.Member) {
	v := m.Value
	if s == aBound && v.Is(value.KindBool) {
		return
	}
	if !v.Is(value.KindNumber) {
		c.wrong(m, numberWords[s], numberHint(m))
		return
	}
	switch n, ok := v.Rat(); {
	case s == aPositive && (ok && n.Sign() <= 0 || strings.HasPrefix(v.Text, "-")):
		c.wrong(m, numberWords[s], "write a number above 0")
	case s == aCount && (!v.IsInteger() || n.Sign() < 0):
		c.wrong(m, numberWords[s], "write a whole number, 0 or more")
	}
}

var numberWords = map[shape]string{
	aNumber: "a number", aPositive: "a positive number", aCount: "a non-negative integer", aBound: "a number",
}

// names checks a list of property names.
func (c checker) names(m value.Member) {
	if m.Value.Is(value.KindBool) && m.Name == "required" {
		c.wrong(m, "a list of property names", requiredHint(m.Value.IsTrue()))
		return
	}
	if !m.Value.Is(value.KindArray) {
		c.wrong(m, "a list of property names", valuesHint(m, "write it as [NAME, ...]"))
		return
	}
	seen := map[string]*value.Value{}
	for _, item := range m.Value.Items {
		if !item.Is(value.KindString) {
			c.problems.Add(value.KeywordType, item.Pos, textHint(value.Member{Value: item}), "%q can only hold strings, not %s", m.Name, value.Describe(item))
			continue
		}
		if first := seen[item.Text]; first != nil {
			c.warn(value.RepeatedValue, m.Name, item.Pos, "remove one of them", "%q names %q twice, first at %s", m.Name, item.Text, first.Pos)
		} else {
			seen[item.Text] = item
		}
	}
}

// requiredHint explains how to make a property required, or optional.
func requiredHint(isRequired bool) string {
	if isRequired {
		return "list the name in the \"required\" of the object that has this property"
	}
	return "leave it out: a property is optional unless the \"required\" of its object names it"
}

// memberValues returns the values of an object, of examples as OpenAPI names them those inside, or none where they are long.
func memberValues(v *value.Value) []*value.Value {
	var values []*value.Value
	for _, m := range value.Members(v) {
		inner := m.Value
		if named := inner.Get("value"); named != nil {
			inner = named
		}
		values = append(values, inner)
	}
	if len(value.Flow(value.Array(values...))) > 100 {
		return nil
	}
	return values
}

func (c checker) list(s shape, m value.Member) {
	if !m.Value.Is(value.KindArray) {
		hint := valuesHint(m, "write it as [VALUE, ...]")
		if m.Name == "examples" {
			hint = "write a single one as \"example\""
			if values := memberValues(m.Value); len(values) > 0 {
				hint = "write \"" + value.FlowMember(value.NewMember(m.Name, value.Array(values...))) + "\""
			}
		}
		c.wrong(m, "a list", hint)
		return
	}
	if s != enumList {
		return
	}
	if len(m.Value.Items) == 0 {
		c.warn(value.RepeatedValue, m.Name, m.Value.Pos, "list the allowed values", "\"enum\" is empty, so no value is valid")
	}
	_, repeated := distinct(m.Value.Items)
	for _, r := range repeated {
		c.warn(value.RepeatedValue, m.Name, r.again.Pos, "remove one of them", "\"enum\" lists %s twice, first at %s", value.Describe(r.again), r.first.Pos)
	}
}

func (c checker) types(m value.Member) {
	list := []*value.Value{m.Value}
	if m.Value.Is(value.KindArray) {
		list = m.Value.Items
	}
	if len(list) == 0 {
		c.wrong(m, "a type or a non-empty list of types", "omit it to allow any type")
	}
	seen := map[string]bool{}
	for _, item := range list {
		switch {
		case item.Is(value.KindNull):
			c.problems.Add(value.KeywordType, item.Pos, "write \"null\" in quotes", "\"type\" must be a string, not null")
		case !item.Is(value.KindString):
			c.problems.Add(value.KeywordType, item.Pos, textHint(value.Member{Value: item}), "\"type\" must be one of %s, not %s", strings.Join(typeWords, ", "), value.Describe(item))
		case !IsType(item.Text):
			c.problems.Add(value.UnknownType, item.Pos, typeHint(item.Text), "unknown type %q", item.Text)
		case seen[item.Text]:
			c.warn(value.RepeatedValue, m.Name, item.Pos, "remove one of them", "\"type\" lists %q twice", item.Text)
		default:
			seen[item.Text] = true
		}
	}
}

// otherTypes maps the names that other languages use to the seven types.
var otherTypes = map[string]string{
	"int": "integer", "int32": "integer", "int64": "integer", "long": "integer", "short": "integer", "bigint": "integer",
	"float": "number", "double": "number", "decimal": "number", "real": "number", "bool": "boolean",
	"str": "string", "text": "string", "char": "string", "varchar": "string", "enum": "string",
	"list": "array", "tuple": "array", "set": "array", "map": "object", "dict": "object", "hash": "object",
	"struct": "object", "json": "object", "none": "null", "nil": "null",
}

// typeMeant returns the type that a word most likely means, with the format where it is the name of one, or "".
func typeMeant(text string) (word, format string) {
	lower := strings.ToLower(text)
	for _, word := range typeWords {
		if lower == word || oneEdit(lower, word) {
			return word, ""
		}
	}
	switch lower {
	case "date", "date-time", "time", "duration", "uuid", "uri", "email", "ipv4", "ipv6", "byte", "password":
		return "string", lower
	case "datetime", "timestamp":
		return "string", "date-time"
	case "url":
		return "string", "uri"
	case "guid":
		return "string", "uuid"
	}
	return otherTypes[lower], ""
}

func typeHint(text string) string {
	if inner := strings.Trim(text, "“”‘’„«»"); inner != text {
		return "write " + inner + ", without typographic quotes"
	}
	if list := typesMeant(text); list != nil {
		return "write \"" + value.FlowMember(value.NewMember("type", list)) + "\""
	}
	switch word, format := typeMeant(text); {
	case format != "":
		return "write type: " + word + ", format: " + format
	case word != "":
		return "did you mean \"" + word + "\"?"
	}
	if item := itemMeant().FindStringSubmatch(text); item != nil {
		word, _ := typeMeant(cmp.Or(item[1], item[2]))
		return "write type: array, items: {type: " + cmp.Or(word, "string") + "}"
	}
	switch strings.ToLower(text) {
	case "binary", "bytes", "blob", "file":
		return "write type: string, contentEncoding: base64"
	case "any":
		return "omit \"type\" to allow any type"
	}
	return "expected one of " + strings.Join(typeWords, ", ")
}

// itemMeant matches the list types of other languages, with the type of the items: string[], array<string>.
var itemMeant = value.Expression(`(?i)^(?:(\w+)\[\]|(?:array|list|set)[<(\[]\s*(\w+)\s*[>)\]])$`)

// typesMeant returns the list of types for a type expression of other languages, such as string | null, or nil.
func typesMeant(text string) *value.Value {
	if word, ok := strings.CutSuffix(text, "?"); ok {
		text = word + ",null"
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == '|' || r == ',' || r == '/' })
	list := value.Array()
	for _, part := range parts {
		word, format := typeMeant(strings.TrimSpace(part))
		if word == "" || format != "" {
			return nil
		}
		list.Items = append(list.Items, value.String(word))
	}
	if len(parts) < 2 {
		return nil
	}
	return list
}

// pattern warns about an invalid expression, and says what documents do with it.
func (c checker) pattern(pos value.Pos, text, then string) {
	_, err := Pattern(text)
	const msg = "%q is not a valid regular expression: %s"
	switch {
	case err != nil && c.isParameter:
		c.problems.Add(value.InvalidPattern, pos, "use ECMA-262 syntax", msg, value.Shorten(text), err)
	case err != nil:
		c.warn(value.InvalidPattern, "pattern", pos, "use ECMA-262 syntax; until then, "+then, msg, value.Shorten(text), err)
	default:
		if inner := literal().FindStringSubmatch(text); inner != nil {
			c.warn(value.InvalidPattern, "pattern", pos, "write "+strconv.Quote(inner[1])+", without the slashes", "%q matches only texts that have these slashes", value.Shorten(text))
		}
	}
}

// literal matches a pattern that is written as a regular expression of a program, with slashes around what has to begin or end
// where the text does, so that nothing matches it.
var literal = value.Expression(`^/(\^.*|.*\$)/[a-z]*$`)
