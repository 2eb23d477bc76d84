package validatetest

import "github.com/firestoned/firestone/model/value"

// Dice generates schemas and values from bytes.
type Dice struct{ data []byte }

// NewDice returns dice whose rolls are the bytes. When they are used up, every roll is zero.
func NewDice(data []byte) *Dice { return &Dice{data} }

func (d *Dice) roll(n int) int {
	if len(d.data) == 0 {
		return 0
	}
	b := d.data[0]
	d.data = d.data[1:]
	return int(b) % n
}

var (
	diceNames    = []string{"a", "b", "c", "long name", ""}
	dicePatterns = []string{"^a", "b$", `^\d{2}$`, "^[a-c]+$", "x|y", `^(?=.*\d).{3,}$`, "^$", `^\p{L}{2}$`}
	diceTexts    = []string{"", "a", "b", "ab", "12", "abc", "x", "👋🏽", "a1b2", "Äb"}
	diceNumbers  = []string{"0", "1", "-1", "1.5", "2", "0.07", "1e2", "12345678901234567890", "1.0", "-0.1", "3", "10"}
	diceTypes    = []string{"null", "boolean", "number", "integer", "string", "array", "object"}
)

func (d *Dice) number() *value.Value {
	return &value.Value{Kind: value.KindNumber, Text: diceNumbers[d.roll(len(diceNumbers))]}
}

func (d *Dice) name() *value.Value { return value.String(diceNames[d.roll(len(diceNames))]) }

// Value returns a value with at most the given number of levels.
func (d *Dice) Value(depth int) *value.Value {
	kinds := 6
	if depth == 0 {
		kinds = 4
	}
	switch d.roll(kinds) {
	case 0:
		return value.String(diceTexts[d.roll(len(diceTexts))])
	case 1:
		return d.number()
	case 2:
		return value.Bool(d.roll(2) == 0)
	case 3:
		return &value.Value{}
	case 4:
		list := value.Array()
		for range d.roll(4) {
			list.Items = append(list.Items, d.Value(depth-1))
		}
		return list
	}
	object := value.Object()
	for range d.roll(4) {
		object.Set(d.name().Text, d.Value(depth-1))
	}
	return object
}

// Schema returns a schema with at most the given number of levels, which may refer to the components A and B.
func (d *Dice) Schema(depth int) *value.Value {
	if depth == 0 || d.roll(20) == 1 {
		return value.Bool(d.roll(5) > 0)
	}
	s := value.Object()
	for range d.roll(5) {
		name := diceKeywords[d.roll(len(diceKeywords))]
		if v := d.keyword(name, depth-1); v != nil {
			s.Set(name, v)
		}
	}
	return s
}

var diceKeywords = []string{
	"type", "enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength",
	"maxLength", "pattern", "items", "prefixItems", "contains", "minContains", "maxContains", "minItems", "maxItems",
	"uniqueItems", "unevaluatedItems", "properties", "required", "additionalProperties", "patternProperties",
	"propertyNames", "minProperties", "maxProperties", "dependentRequired", "dependentSchemas",
	"unevaluatedProperties", "allOf", "anyOf", "oneOf", "not", "if", "then", "else", "$ref", "type", "properties",
	"properties", "required", "items", "examples", "default",
}

func (d *Dice) keyword(name string, depth int) *value.Value {
	switch name {
	case "type":
		return value.String(diceTypes[d.roll(len(diceTypes))])
	case "const", "default":
		return d.Value(2)
	case "enum", "examples":
		return value.Array(d.Value(1), value.String("distinct"))
	case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum":
		return d.number()
	case "multipleOf":
		return &value.Value{Kind: value.KindNumber, Text: []string{"1", "0.01", "2", "1.5"}[d.roll(4)]}
	case "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties", "minContains", "maxContains":
		return value.Int(d.roll(4))
	case "pattern":
		return value.String(dicePatterns[d.roll(len(dicePatterns))])
	case "uniqueItems":
		return value.Bool(d.roll(2) == 0)
	case "required":
		return value.Array(d.name())
	case "dependentRequired":
		return value.Object(value.NewMember(d.name().Text, value.Array(d.name())))
	case "properties", "dependentSchemas", "patternProperties":
		object := value.Object()
		for range d.roll(4) {
			key := d.name().Text
			if name == "patternProperties" {
				key = dicePatterns[d.roll(len(dicePatterns))]
			}
			object.Set(key, d.Schema(depth))
		}
		return object
	case "allOf", "anyOf", "oneOf", "prefixItems":
		list := value.Array(d.Schema(depth))
		for range d.roll(3) {
			list.Items = append(list.Items, d.Schema(depth))
		}
		return list
	case "$ref":
		return value.String("#/$defs/" + []string{"A", "B"}[d.roll(2)])
	}
	return d.Schema(depth)
}
