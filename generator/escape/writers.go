package escape

import "text/template"

// The names of the writers. They are added behind parsing, so that no template can call one.
const (
	yamlWriter          = "_yaml"
	yamlSingleWriter    = "_yamlSingle"
	yamlDoubleWriter    = "_yamlDouble"
	commentWriter       = "_comment"
	pythonWriter        = "_python"
	pythonStringWriter  = "_pythonString"
	pythonCommentWriter = "_pythonComment"
	jsonWriter          = "_json"
	jsonStringWriter    = "_jsonString"
	markdownWriter      = "_markdown"
	markdownFenceWriter = "_markdownFence"
	markdownLinkWriter  = "_markdownLink"
	tomlWriter          = "_toml"
	tomlBasicWriter     = "_tomlBasic"
	tomlLiteralWriter   = "_tomlLiteral"
	tomlCommentWriter   = "_tomlComment"
	textWriter          = "_text"
)

// writers are the functions that end the actions: the first argument are the flags of the place, the last one is the
// value. Each returns the value as source for its place, or a value.Problem with the form to write instead.
var writers = template.FuncMap{
	yamlWriter:          writeYAMLPlace,
	yamlSingleWriter:    writeYAMLSingle,
	yamlDoubleWriter:    writeYAMLDouble,
	commentWriter:       writeComment,
	pythonWriter:        writePythonPlace,
	pythonStringWriter:  writePythonString,
	pythonCommentWriter: writePythonComment,
	jsonWriter:          writeJSONPlace,
	jsonStringWriter:    writeJSONString,
	markdownWriter:      writeMarkdown,
	markdownFenceWriter: writeMarkdownFence,
	markdownLinkWriter:  writeMarkdownLink,
	tomlWriter:          writeTOMLPlace,
	tomlBasicWriter:     writeTOMLBasic,
	tomlLiteralWriter:   writeTOMLLiteral,
	tomlCommentWriter:   writeComment,
	textWriter:          writeText,
}
