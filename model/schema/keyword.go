package schema

import (
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// shape is the required form of a keyword's value, and where it contains schemas.
type shape uint8

const (
	anyData      shape = iota
	oneSchema          // a schema
	schemaList         // a list of schemas, at least one
	schemaMap          // names to schemas
	patternMap         // patterns to schemas
	itemSchemas        // a schema, or the tuple of drafts 4 to 7
	dependencies       // names to a schema or to a list of names
	aText
	aPattern
	aTruth
	aNumber
	aPositive // a number above 0
	aCount    // a whole number of 0 or more
	aBound    // a number, or the boolean of draft 4
	nameList
	nameLists // names to lists of names
	typeNames
	enumList
	dataList
	anObject
	externalPage
	aDiscriminator
)

// keyword describes a keyword.
type keyword struct {
	shape
	in   Dialect
	on   string // the JSON type that it constrains; empty for all types
	note bool   // an annotation, which does not affect validation
}

// Dialect is a schema language for documents, or a set of them.
type Dialect uint8

// The dialects. Draft7 is that of AsyncAPI's schema object, which adds deprecated, discriminator and externalDocs;
// OpenAPI31 is also that of OpenAPI 3.2.
const (
	Draft7 Dialect = 1 << iota
	OpenAPI30
	OpenAPI31

	everywhere = Draft7 | OpenAPI30 | OpenAPI31
	no30       = Draft7 | OpenAPI31
)

// keywords are those of JSON Schema 2020-12, of drafts 4 to 7 and 2019-09, and of OpenAPI 3.0.
var keywords = map[string]keyword{
	"$ref":             {shape: aText, in: everywhere},
	"$comment":         {shape: aText, in: no30, note: true},
	"$id":              {shape: aText, note: true},
	"id":               {shape: aText, note: true},
	"$schema":          {shape: aText, note: true},
	"$anchor":          {shape: aText, note: true},
	"$dynamicAnchor":   {shape: aText, note: true},
	"$recursiveAnchor": {shape: aTruth, note: true},
	"$vocabulary":      {shape: anObject, note: true},
	"$dynamicRef":      {shape: aText},
	"$recursiveRef":    {shape: aText},
	"$defs":            {shape: schemaMap, note: true},
	"definitions":      {shape: schemaMap, note: true},

	"title":       {shape: aText, in: everywhere, note: true},
	"description": {shape: aText, in: everywhere, note: true},
	"default":     {shape: anyData, in: everywhere, note: true},
	"example":     {shape: anyData, in: OpenAPI30, note: true},
	"examples":    {shape: dataList, in: no30, note: true},
	"deprecated":  {shape: aTruth, in: everywhere, note: true},
	"readOnly":    {shape: aTruth, in: everywhere, note: true},
	"writeOnly":   {shape: aTruth, in: everywhere, note: true},

	"type":     {shape: typeNames, in: everywhere},
	"nullable": {shape: aTruth, in: OpenAPI30},
	"enum":     {shape: enumList, in: everywhere},
	"const":    {shape: anyData, in: no30},
	"format":   {shape: aText, in: everywhere},

	"multipleOf":       {shape: aPositive, in: everywhere, on: "number"},
	"maximum":          {shape: aNumber, in: everywhere, on: "number"},
	"minimum":          {shape: aNumber, in: everywhere, on: "number"},
	"exclusiveMaximum": {shape: aBound, in: everywhere, on: "number"},
	"exclusiveMinimum": {shape: aBound, in: everywhere, on: "number"},

	"maxLength":        {shape: aCount, in: everywhere, on: "string"},
	"minLength":        {shape: aCount, in: everywhere, on: "string"},
	"pattern":          {shape: aPattern, in: everywhere, on: "string"},
	"contentEncoding":  {shape: aText, in: no30, on: "string", note: true},
	"contentMediaType": {shape: aText, in: no30, on: "string", note: true},
	"contentSchema":    {shape: oneSchema, in: OpenAPI31, on: "string", note: true},

	"items":            {shape: itemSchemas, in: everywhere, on: "array"},
	"prefixItems":      {shape: schemaList, in: OpenAPI31, on: "array"},
	"additionalItems":  {shape: oneSchema, in: Draft7, on: "array"},
	"unevaluatedItems": {shape: oneSchema, in: OpenAPI31, on: "array"},
	"contains":         {shape: oneSchema, in: no30, on: "array"},
	"minContains":      {shape: aCount, in: OpenAPI31, on: "array"},
	"maxContains":      {shape: aCount, in: OpenAPI31, on: "array"},
	"maxItems":         {shape: aCount, in: everywhere, on: "array"},
	"minItems":         {shape: aCount, in: everywhere, on: "array"},
	"uniqueItems":      {shape: aTruth, in: everywhere, on: "array"},

	"properties":            {shape: schemaMap, in: everywhere, on: "object"},
	"patternProperties":     {shape: patternMap, in: no30, on: "object"},
	"additionalProperties":  {shape: oneSchema, in: everywhere, on: "object"},
	"unevaluatedProperties": {shape: oneSchema, in: OpenAPI31, on: "object"},
	"propertyNames":         {shape: oneSchema, in: no30, on: "object"},
	"required":              {shape: nameList, in: everywhere, on: "object"},
	"maxProperties":         {shape: aCount, in: everywhere, on: "object"},
	"minProperties":         {shape: aCount, in: everywhere, on: "object"},
	"dependencies":          {shape: dependencies, in: Draft7, on: "object"},
	"dependentRequired":     {shape: nameLists, in: OpenAPI31, on: "object"},
	"dependentSchemas":      {shape: schemaMap, in: OpenAPI31, on: "object"},

	"allOf": {shape: schemaList, in: everywhere},
	"anyOf": {shape: schemaList, in: everywhere},
	"oneOf": {shape: schemaList, in: everywhere},
	"not":   {shape: oneSchema, in: everywhere},
	"if":    {shape: oneSchema, in: no30},
	"then":  {shape: oneSchema, in: no30},
	"else":  {shape: oneSchema, in: no30},

	"discriminator": {shape: aDiscriminator, in: everywhere},
	"externalDocs":  {shape: externalPage, in: everywhere, note: true},
	"xml":           {shape: anObject, in: OpenAPI30 | OpenAPI31, note: true},
}

// dropped are keywords that identify a schema by its location, which changes in a document.
var dropped = map[string]bool{
	"$id": true, "id": true, "$schema": true, "$anchor": true, "$dynamicAnchor": true,
	"$recursiveAnchor": true, "$vocabulary": true, "$defs": true, "definitions": true,
}

// typeWords are the seven types of JSON Schema 2020-12, section 6.1.1 of the validation part.
var typeWords = []string{"string", "number", "integer", "boolean", "array", "object", "null"}

// IsType reports whether a word is one of the seven types.
func IsType(word string) bool { return slices.Contains(typeWords, word) }

// IsKeyword reports whether a word is a schema keyword in documents.
func IsKeyword(word string) bool { return keywords[word].in != 0 }

// IsExtension reports whether a keyword is the author's own.
func IsExtension(name string) bool { return strings.HasPrefix(name, "x-") }

// extensionName returns the extension name for an unknown keyword. AsyncAPI allows only letters, digits, dots, hyphens
// and underscores after x-.
func extensionName(name string) string {
	if IsExtension(name) {
		return name
	}
	return "x-" + strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.' || r == '-' || r == '_' {
			return r
		}
		return '_'
	}, strings.TrimLeft(name, "$"))
}

// TypeOf returns the type that a keyword applies to, or "" for all types.
func TypeOf(m value.Member) string {
	if m.Name != "format" {
		return keywords[m.Name].on
	}
	switch m.Value.StringOr("") {
	case "int32", "int64":
		return "integer"
	case "float", "double":
		return "number"
	}
	return "string"
}

// HasKeywords reports whether a schema has a keyword about data, rather than about its location only.
func HasKeywords(v *value.Value) bool {
	return slices.ContainsFunc(value.Members(v), func(m value.Member) bool {
		_, ok := keywords[m.Name]
		return ok && !dropped[m.Name]
	})
}

// OnlyAnnotates reports whether a schema has no assertions apart from the given keywords.
func OnlyAnnotates(v *value.Value, names ...string) bool {
	return v.Is(value.KindObject) && !slices.ContainsFunc(v.Members, func(m value.Member) bool {
		return !IsExtension(m.Name) && !keywords[m.Name].note && !slices.Contains(names, m.Name)
	})
}

// isSchema reports whether v can be a schema at all.
func isSchema(v *value.Value) bool { return v.Is(value.KindObject) || v.Is(value.KindBool) }
