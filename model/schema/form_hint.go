package schema

import (
	"path"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// schemaHint explains how to write a schema, given the value in its place and its name, which may be empty.
func schemaHint(v *value.Value, name string) string {
	if hint := truthHint(v); hint != "" {
		return hint
	}
	meant := value.Object(value.NewMember("type", value.String("string")))
	switch {
	case v.Is(value.KindArray) && len(v.Items) > 0 && !slices.ContainsFunc(v.Items, func(item *value.Value) bool { return !isTypeWord(item) }):
		meant.Set("type", v)
	case v.Is(value.KindString) && keywordWithText(v.Text) != nil:
		meant = value.Object(*keywordWithText(v.Text))
	case v.Is(value.KindString) && isFileName(v.Text):
		meant = value.Object(value.NewMember("$ref", v))
	case isTypeWord(v):
		meant.Set("type", v)
	case v.Is(value.KindString):
		word, format := typeMeant(v.Text)
		if word != "" {
			meant.Set("type", value.String(word))
		}
		if format != "" {
			meant.Set("format", value.String(format))
		}
	}
	if name == "" {
		return "write \"" + value.Flow(meant) + "\""
	}
	return "write \"" + value.FlowMember(value.NewMember(name, meant)) + "\""
}

// keywordWithText returns the keyword and value in a text that lacks a space after the colon, or nil.
func keywordWithText(text string) *value.Member {
	key, rest, _ := strings.Cut(text, ":")
	if rest == "" || !IsKeyword(key) {
		return nil
	}
	m := value.NewMember(key, value.String(rest))
	return &m
}

func isTypeWord(v *value.Value) bool {
	return v.Is(value.KindString) && IsType(v.Text)
}

// isFileName reports whether a text in place of a schema looks like the target of a reference.
func isFileName(text string) bool {
	file, _, isPointer := strings.Cut(text, "#/")
	return isPointer || slices.Contains([]string{".yaml", ".yml", ".json"}, path.Ext(file))
}

// listHint explains how to write a list of schemas.
func listHint(m value.Member) string {
	const maxLength = 60
	if text := value.Flow(m.Value); m.Value.Is(value.KindObject) && len(m.Value.Members) > 0 && len(text) <= maxLength {
		return "write \"" + value.FlowMember(value.NewMember(m.Name, value.Array(m.Value))) + "\""
	}
	return "write it as [SCHEMA, ...]"
}

// propertiesHint explains how to write properties that are given as a list, or as a single name.
func propertiesHint(m value.Member) string {
	const generic, maxLength = "write each property as NAME: SCHEMA", 90
	items, named := m.Value.Items, value.Object()
	if m.Value.Is(value.KindString) && !isTypeWord(m.Value) {
		items = []*value.Value{m.Value}
	}
	for _, item := range items {
		switch {
		case item.Is(value.KindString):
			named.Set(item.Text, value.Object(value.NewMember("type", value.String("string"))))
		case item.Get("name").Is(value.KindString):
			rest := value.Object(slices.DeleteFunc(slices.Clone(item.Members), func(m value.Member) bool { return m.Name == "name" })...)
			named.Set(item.Get("name").Text, rest)
		case len(value.Members(item)) == 1 && item.Members[0].Value.Is(value.KindObject):
			named.Set(item.Members[0].Name, item.Members[0].Value)
		default:
			return generic
		}
	}
	text := value.FlowMember(value.NewMember(m.Name, named))
	if m.Name != "properties" || len(named.Members) == 0 || len(text) > maxLength {
		return generic
	}
	return "write \"" + text + "\""
}

// valuesHint explains how to write a list of values that is given as a text, possibly of several lines, or as an object.
func valuesHint(m value.Member, generic string) string {
	list := value.Array()
	switch {
	case m.Value.Is(value.KindObject):
		for _, named := range m.Value.Members {
			list.Items = append(list.Items, value.String(named.Name))
		}
	case m.Value.Is(value.KindString):
		text, isBulleted := m.Value.Text, false
		for _, bullet := range []string{"-", "–", "—", "•"} {
			if rest, ok := strings.CutPrefix(text, bullet); ok && strings.TrimSpace(rest) != "" {
				text, isBulleted = strings.ReplaceAll(rest, " "+bullet, ","), true
			}
		}
		separator := ","
		if !strings.Contains(text, separator) {
			separator = "|"
		}
		for item := range strings.SplitSeq(text, separator) {
			list.Items = append(list.Items, value.String(strings.TrimSpace(item)))
		}
		if first := list.Items[0].Text; isBulleted {
			return "write \"- " + value.Shorten(first) + "\", with a hyphen and a space"
		}
	}
	const maxLength = 90
	text := value.FlowMember(value.NewMember(m.Name, list))
	if len(list.Items) == 0 || len(text) > maxLength {
		return generic
	}
	return "write \"" + text + "\""
}

// numberHint explains how to write a number that is quoted, has a unit or is none.
func numberHint(m value.Member) string {
	example := "write a number, as in \"" + m.Name + ": 10\""
	if !m.Value.Is(value.KindString) {
		return example
	}
	isNumber := func(read []*value.Value) bool { return len(read) == 1 && read[0].Is(value.KindNumber) }
	read := value.Parse("", []byte(m.Value.Text), &value.Problems{})
	if plain := strings.NewReplacer("_", "", ",", ".", " ", "").Replace(m.Value.Text); !isNumber(read) {
		if read = value.Parse("", []byte(plain), &value.Problems{}); isNumber(read) {
			return "write \"" + value.FlowMember(value.NewMember(m.Name, read[0])) + "\""
		}
		if number := leadingNumber().FindString(m.Value.Text); number != "" {
			return "write \"" + m.Name + ": " + number + "\", the number alone"
		}
		return example
	}
	return "write \"" + value.FlowMember(value.NewMember(m.Name, read[0])) + "\", without quotes"
}

// leadingNumber matches the number before a unit.
var leadingNumber = value.Expression(`^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?\b`)

// textHint explains how to write a text in place of a number or boolean, and where a property with the name of a
// keyword belongs.
func textHint(m value.Member) string {
	if m.Value.Is(value.KindObject) {
		if isTooDeep(m) {
			return "indent " + value.NamesOf(m.Value) + " less: it belongs beside \"" + m.Name + "\""
		}
		return "put a property of that name under \"properties\""
	}
	if items := value.Items(m.Value); len(items) == 1 && items[0].Is(value.KindString) && m.Name != "" {
		return "write \"" + value.FlowMember(value.NewMember(m.Name, items[0])) + "\""
	}
	if m.Value.Is(value.KindNull) && m.Name == "$ref" {
		return "write a reference in quotes, such as \"#/schema/items\""
	}
	if m.Value.Is(value.KindNull) {
		return "write text, in quotes if it begins with # or &, or leave it out"
	}
	if m.Value.Is(value.KindNumber) || m.Value.Is(value.KindBool) {
		return "put it in quotes"
	}
	return ""
}

// isTooDeep reports whether the members below a keyword are keywords with values of their own.
func isTooDeep(m value.Member) bool {
	v := m.Value
	return len(v.Members) > 0 && v.Pos.Line > m.Pos.Line && !slices.ContainsFunc(v.Members, func(below value.Member) bool {
		return !IsKeyword(below.Name) || below.Value.Is(value.KindObject)
	}) && m.Value.Get("type") == nil
}
