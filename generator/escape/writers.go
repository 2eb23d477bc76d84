package escape

import (
	"maps"
	"text/template"
)

// The names of the writers. They are added after parsing, so that no template can call one.
const (
	yamlWriter              = "_yaml"
	yamlSingleWriter        = "_yamlSingle"
	yamlDoubleWriter        = "_yamlDouble"
	yamlBlockWriter         = "_yamlBlock"
	partWriter              = "_part"
	commentWriter           = "_comment"
	pythonWriter            = "_python"
	pythonStringWriter      = "_pythonString"
	pythonFormatWriter      = "_pythonFormat"
	pythonCommentWriter     = "_pythonComment"
	jsonWriter              = "_json"
	jsonStringWriter        = "_jsonString"
	markdownWriter          = "_markdown"
	markdownFenceWriter     = "_markdownFence"
	markdownLinkWriter      = "_markdownLink"
	markdownAttributeWriter = "_markdownAttribute"
	markdownIDWriter        = "_markdownID"
	tomlWriter              = "_toml"
	tomlBasicWriter         = "_tomlBasic"
	tomlLiteralWriter       = "_tomlLiteral"
	tomlCommentWriter       = "_tomlComment"
	htmlTextWriter          = "_html"
	htmlPlainWriter         = "_htmlPlain"
	htmlAddressWriter       = "_htmlAddress"
	htmlQueryWriter         = "_htmlQuery"
	htmlStyleWriter         = "_htmlStyle"
	htmlRemarkWriter        = "_htmlRemark"
	htmlJSONWriter          = "_htmlJSON"
	htmlJSONInWriter        = "_htmlJSONString"
	scriptWriter            = "_script"
	scriptQuoteWriter       = "_scriptQuote"
	scriptRemarkWriter      = "_scriptRemark"
	textWriter              = "_text"
)

// Writers returns the functions that end the actions of a parsed template, by the names that only the tree uses, so
// that a renderer can intercept them. Each takes the flags of its place and the value, and returns source.
func Writers() template.FuncMap { return maps.Clone(writers) }

// writers are the functions that end the actions: the first argument are the flags of the place, the last one is the
// value. Each returns the value as source for its place, or a value.Problem with the form to write instead.
var writers = template.FuncMap{
	yamlWriter:              writeYAMLPlace,
	yamlSingleWriter:        writeYAMLSingle,
	yamlDoubleWriter:        writeYAMLDouble,
	yamlBlockWriter:         writeYAMLBlockPlace,
	partWriter:              writePart,
	joinFunction:            joinParts,
	commentWriter:           writeComment,
	pythonWriter:            writePythonPlace,
	pythonStringWriter:      writePythonString,
	pythonFormatWriter:      writePythonString,
	pythonCommentWriter:     writePythonComment,
	jsonWriter:              writeJSONPlace,
	jsonStringWriter:        writeJSONString,
	markdownWriter:          writeMarkdown,
	markdownFenceWriter:     writeMarkdownFence,
	markdownLinkWriter:      writeMarkdownLink,
	markdownAttributeWriter: writeMarkdownAttribute,
	markdownIDWriter:        writeMarkdownID,
	tomlWriter:              writeTOMLPlace,
	tomlBasicWriter:         writeTOMLBasic,
	tomlLiteralWriter:       writeTOMLLiteral,
	tomlCommentWriter:       writeComment,
	htmlTextWriter:          writeHTMLText,
	htmlPlainWriter:         writeHTMLPlain,
	htmlAddressWriter:       writeHTMLAddress,
	htmlQueryWriter:         writeHTMLQuery,
	htmlStyleWriter:         writeHTMLStyle,
	htmlRemarkWriter:        writeHTMLRemark,
	htmlJSONWriter:          writeHTMLJSON,
	htmlJSONInWriter:        writeHTMLJSONString,
	scriptWriter:            writeScriptPlace,
	scriptQuoteWriter:       writeScriptQuote,
	scriptRemarkWriter:      writeScriptRemark,
	textWriter:              writeText,

	frontFunc("text", YAML):    inFront(YAML, textSource),
	frontFunc("text", TOML):    inFront(TOML, textSource),
	frontFunc("quote", YAML):   inFront(YAML, quote),
	frontFunc("quote", TOML):   inFront(TOML, quote),
	frontFunc("comment", YAML): inFront(YAML, comment),
	frontFunc("comment", TOML): inFront(TOML, comment),
}

// inFront returns a function that writes the language of front matter.
func inFront(language Language, f func(Language, any) (*Source, error)) func(any) (*Source, error) {
	return func(v any) (*Source, error) { return f(language, v) }
}
