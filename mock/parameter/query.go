package parameter

import (
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/firestoned/firestone/model"
)

// pair is a name with its encoded value.
type pair struct{ name, raw string }

// query is a parsed query, in order.
type query struct {
	pairs  []pair
	values map[string][]string // by name, encoded
}

// What is wrong with an encoded text, as the rest of a sentence.
const (
	badEscape = "has a % that is not followed by two hexadecimal digits"
	badUTF8   = "is not valid UTF-8"
)

// parseQuery splits a query (URL Standard, section 5.1) and reports names that cannot be decoded.
func parseQuery(raw string, report func(name, wrong string)) query {
	q := query{values: map[string][]string{}}
	for part := range strings.SplitSeq(raw, "&") {
		if part == "" {
			continue
		}
		name, text, _ := strings.Cut(part, "=")
		decoded, err := url.QueryUnescape(name)
		if err != nil {
			report(strings.ToValidUTF8(name, "\uFFFD"), badEscape)
			continue
		}
		q.pairs = append(q.pairs, pair{decoded, text})
		q.values[decoded] = append(q.values[decoded], text)
	}
	return q
}

// members returns the pairs whose names are properties of the object.
func (q query) members(isMember func(name string) bool) (members []pair) {
	for _, p := range q.pairs {
		if isMember(p.name) {
			members = append(members, p)
		}
	}
	return members
}

// deepMembers returns the properties of an object in the style deepObject: lat of near[lat].
func (q query) deepMembers(object string) (members []pair) {
	for _, p := range q.pairs {
		if name, ok := deepMember(object, p.name); ok {
			members = append(members, pair{name, p.raw})
		}
	}
	return members
}

// deepMember returns the property of an object that a name in the style deepObject refers to.
func deepMember(object, name string) (string, bool) {
	rest, ok := strings.CutPrefix(name, object+"[")
	if !ok {
		return "", false
	}
	return strings.CutSuffix(rest, "]")
}

// cookieMembers returns the cookies whose names are properties of the object, by name.
func cookieMembers(cookies map[string][]string, isMember func(name string) bool) (members []pair) {
	for name, raws := range cookies {
		for _, raw := range raws {
			if isMember(name) {
				members = append(members, pair{name, raw})
			}
		}
	}
	slices.SortStableFunc(members, func(a, b pair) int { return strings.Compare(a.name, b.name) })
	return members
}

// memberNames returns a function that recognises the properties of an object that are sent like parameters of their
// own: its known properties and, if the schema describes additional ones, all names that nothing else of the operation
// uses.
func memberNames(o *model.Operation, p *model.Parameter) func(name string) bool {
	names, isOpen := propertiesOf(p.Shape)
	if !isOpen {
		return func(name string) bool { return slices.Contains(names, name) }
	}
	known := knownNames(o, p.In)
	return func(name string) bool {
		return slices.Contains(names, name) || !known.has(name)
	}
}

// propertiesOf returns the names of a parameter's properties, and whether it allows any other.
func propertiesOf(shape *model.Shape) (names []string, isOpen bool) {
	for _, f := range shape.Fields {
		names = append(names, f.Name)
	}
	isOpen = shape.Extra != nil
	for _, option := range shape.Options {
		more, others := propertiesOf(option.Shape)
		names, isOpen = append(names, more...), isOpen || others
	}
	return names, isOpen
}

// unescape decodes a text according to its location, or returns what is wrong with it.
func unescape(in, raw string) (text, wrong string) {
	text, err := raw, error(nil)
	switch in {
	case "query":
		text, err = url.QueryUnescape(raw)
	case "path":
		text, err = url.PathUnescape(raw)
	case "header":
		text = strings.Trim(raw, " \t") // around the commas of a list (RFC 9110, section 5.6.1)
	case "cookie":
		if decoded, err := url.PathUnescape(raw); err == nil {
			text = decoded // else it was not encoded, which is optional for clients (RFC 6265, section 4.1.1)
		}
	}
	switch {
	case err != nil:
		return "", badEscape
	case !utf8.ValidString(text):
		return "", badUTF8
	}
	return text, ""
}

// hasItems reports whether a property of an object is a list.
func hasItems(shape *model.Shape, property string) bool {
	if f := shape.Field(property); f != nil {
		return kindsOf(f.Shape).array
	}
	if shape.Extra != nil {
		return kindsOf(shape.Extra).array
	}
	return slices.ContainsFunc(shape.Options, func(o *model.Option) bool { return hasItems(o.Shape, property) })
}

// kinds are the types that a value may have, as far as they affect how it is written.
type kinds struct{ scalar, array, object bool }

func kindsOf(shape *model.Shape) kinds {
	switch shape.Kind {
	case model.ArrayShape, model.TupleShape:
		return kinds{array: true, scalar: shape.IsNullable}
	case model.ObjectShape, model.MapShape:
		return kinds{object: true, scalar: shape.IsNullable}
	case model.AnyShape:
		return kinds{scalar: true, array: true}
	case model.UnionShape:
		if len(shape.Options) == 0 { // they are cut off in a recursive schema
			return kinds{true, true, true}
		}
		k := kinds{scalar: shape.IsNullable}
		for _, option := range shape.Options {
			more := kindsOf(option.Shape)
			k.scalar, k.array, k.object = k.scalar || more.scalar, k.array || more.array, k.object || more.object
		}
		return k
	}
	return kinds{scalar: true}
}
