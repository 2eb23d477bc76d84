package validate

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// detail describes a finding: the rest of a sentence that begins with the name of the value.
func (f *finding) detail() string {
	switch {
	case f.text != "":
		return f.text
	case f.keyword == "propertyNames" && f.cause.rule == nil:
		return "has a name that is not allowed"
	case f.keyword == "propertyNames":
		return "has a name that is not allowed: it " + f.cause.detail()
	case f.rule == nil:
		return f.rejectedByFalse()
	case f.isBeyondReach():
		return "is a number with an exponent beyond ±10,000, which is not supported"
	}
	wanted := f.rule.Value
	switch f.rule.Name {
	case "type":
		return "must be " + typeNames(wanted)
	case "enum":
		return "must be " + oneOfValues(wanted.Items)
	case "const":
		return "must be " + excerpt(wanted)
	case "not":
		return mustNot(wanted)
	case "anyOf", "oneOf":
		return f.choiceDetail(len(wanted.Items))
	case "required":
		return "is required"
	case "dependentRequired":
		return "is required when " + strconv.Quote(f.other) + " is present"
	case "format":
		return formatDetail(wanted.StringOr(""))
	case "pattern":
		return "must match the pattern " + shorten(wanted.Text)
	case "$ref":
		return "cannot be checked: its schema refers to a definition that is missing or circular"
	case "contains":
		return f.containsDetail()
	case "uniqueItems":
		return fmt.Sprintf("must not have equal items, but items %d and %d are equal", f.i, f.j)
	}
	return limitDetail(f.rule.Name, wanted)
}

func (f *finding) rejectedByFalse() string {
	switch f.keyword {
	case "additionalProperties", "unevaluatedProperties", "patternProperties":
		return "is not an allowed property"
	}
	return "is not allowed"
}

// isBeyondReach reports whether the value is a number that cannot be compared with the keyword's.
func (f *finding) isBeyondReach() bool {
	switch f.rule.Name {
	case "type":
		if wanted := f.rule.Value; wanted.StringOr("") != "integer" && !slices.ContainsFunc(wanted.Items, value.String("integer").Equal) {
			return false
		}
	case "format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf":
	default:
		return false
	}
	_, ok := f.data.Rat()
	return f.data.Is(value.KindNumber) && !ok
}

// limitDetail describes the keywords whose value is a number.
func limitDetail(keyword string, limit *value.Value) string {
	n := Count(limit, 0)
	switch keyword {
	case "minimum":
		return "must be at least " + shorten(limit.Text)
	case "maximum":
		return "must be at most " + shorten(limit.Text)
	case "exclusiveMinimum":
		return "must be greater than " + shorten(limit.Text)
	case "exclusiveMaximum":
		return "must be less than " + shorten(limit.Text)
	case "multipleOf":
		if limit.Text == "1" {
			return "must be a whole number"
		}
		return "must be a multiple of " + shorten(limit.Text)
	case "minLength":
		if n == 1 {
			return "must not be empty"
		}
		return "must have at least " + counted(n, "character", "characters")
	case "maxLength":
		return atMost(n, "character", "characters")
	case "minItems":
		return "must have at least " + counted(n, "item", "items")
	case "maxItems":
		return atMost(n, "item", "items")
	case "minProperties":
		return "must have at least " + counted(n, "property", "properties")
	}
	return atMost(n, "property", "properties")
}

func atMost(n int, one, many string) string {
	if n == 0 {
		return "must be empty"
	}
	return "must have at most " + counted(n, one, many)
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

func (f *finding) choiceDetail(alternatives int) string {
	if f.i > 1 {
		return fmt.Sprintf("matches %d of %d alternatives, but must match exactly one", f.i, alternatives)
	}
	return fmt.Sprintf("matches none of the %s", counted(alternatives, "alternative", "alternatives"))
}

func (f *finding) containsDetail() string {
	bound, has := "at least", strconv.Itoa(f.i)
	if f.i > f.j {
		bound = "at most"
	}
	if f.i == 0 {
		has = "none"
	}
	items := counted(f.j, "item that matches", "items that match")
	return fmt.Sprintf("must have %s %s \"contains\" in its schema, but has %s", bound, items, has)
}

// mustNot describes what a schema under not excludes, if that is a single simple thing.
func mustNot(schema *value.Value) string {
	if len(value.Members(schema)) == 1 {
		switch m := schema.Members[0]; {
		case m.Name == "type":
			return "must not be " + typeNames(m.Value)
		case m.Name == "const":
			return "must not be " + excerpt(m.Value)
		case m.Name == "enum" && m.Value.Is(value.KindArray):
			return "must not be " + oneOfValues(m.Value.Items)
		case m.Name == "required" && len(value.Items(m.Value)) == 1:
			return "must not have the property " + excerpt(m.Value.Items[0])
		case m.Name == "pattern":
			return "must not match the pattern " + shorten(m.Value.StringOr(""))
		}
	}
	return "must not match \"not\" in its schema"
}

// typeNames lists the types that a keyword names: a string, an integer or null.
func typeNames(types *value.Value) string {
	named := map[string]string{
		"string": "a string", "number": "a number", "integer": "an integer", "boolean": "a boolean", "array": "an array",
		"object": "an object", "null": "null",
	}
	list := []*value.Value{types}
	if types.Is(value.KindArray) {
		list = types.Items
	}
	var names []string
	seen := map[string]bool{}
	for _, one := range list {
		name := named[one.StringOr("")]
		if name != "" && !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	return either(names)
}

// oneOfValues lists the values of an enum, or the first ones if there are many.
func oneOfValues(values []*value.Value) string {
	const many = 12
	var texts []string
	for _, v := range values[:min(len(values), many)] {
		texts = append(texts, excerpt(v))
	}
	switch {
	case len(values) == 0:
		return "left out, since no value is allowed"
	case len(values) > many:
		return fmt.Sprintf("one of %d values: %s, ...", len(values), strings.Join(texts, ", "))
	case len(values) == 1:
		return texts[0]
	}
	return "one of " + either(texts)
}

func either(texts []string) string {
	if len(texts) < 2 {
		return strings.Join(texts, "")
	}
	last := len(texts) - 1
	return strings.Join(texts[:last], ", ") + " or " + texts[last]
}

// excerpt returns a value as JSON, truncated if it is long.
func excerpt(v *value.Value) string { return shorten(string(v.AppendJSON(nil, ""))) }

func shorten(text string) string {
	const maxLength = 100
	if runes := []rune(text); len(runes) > maxLength {
		return string(runes[:maxLength]) + "..."
	}
	return text
}
