package generator

import (
	"bytes"

	"github.com/firestoned/firestone/model/value"
)

// verifyJSONLines verifies a file each line of which is a JSON text.
func verifyJSONLines(file File, problems *value.Problems) {
	for i, line := range bytes.Split(bytes.TrimSuffix(file.Content, []byte("\n")), []byte("\n")) {
		var own value.Problems
		verifyJSON(File{Path: file.Path, Content: line}, &own)
		for _, problem := range own {
			problem.Pos.Line += i
			problem.Hint = "each line is a JSON text: write a value on one line, with toJson or an action, and no empty line"
			*problems = append(*problems, problem)
		}
		if len(own) > 0 {
			return // a text of several lines is reported once
		}
	}
}

// jsoncTokens finds the strings and comments of JSONC, and its other characters one by one.
var jsoncTokens = value.Expression(`"(?:[^"\\]|\\.)*"?|//[^\n]*|(?s:/\*.*?\*/)|\S`)

// withoutComments returns a text of JSONC with spaces in place of its comments, and of trailing commas.
func withoutComments(content []byte) []byte {
	text := bytes.Clone(content)
	before, comma := byte('['), -1 // the last character of JSON, and where it is if it is a comma after an item
	for _, token := range jsoncTokens().FindAllIndex(content, -1) {
		from, to := token[0], token[1]
		c := content[from]
		switch {
		case c == '/' && to > from+1:
			for at := from; at < to; at++ {
				if text[at] != '\n' {
					text[at] = ' '
				}
			}
			continue
		case c == ',' && before != '[' && before != '{' && before != ',':
			comma = from
		default:
			if comma >= 0 && (c == ']' || c == '}') {
				text[comma] = ' '
			}
			comma = -1
		}
		before = c
	}
	return text
}
