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
			return // what comes of a text of several lines is said once
		}
	}
}

// withoutComments returns a text of JSONC with spaces in place of its comments, and of the commas behind the last items.
func withoutComments(content []byte) []byte {
	text := bytes.Clone(content)
	before, comma := byte('['), 0 // the last byte of JSON, and where it is if it is a comma
	for i, n := 0, 0; i < len(text); i += n {
		rest, isComment := text[i:], false
		n = 1
		switch c := rest[0]; {
		case c == '"':
			n = min(len(rest), len(stringAt(rest[1:]))+2)
			before = c
		case bytes.HasPrefix(rest, []byte("//")):
			isComment = true
			if n = bytes.IndexByte(rest, '\n'); n < 0 {
				n = len(rest)
			}
		case bytes.HasPrefix(rest, []byte("/*")):
			if end := bytes.Index(rest[2:], []byte("*/")); end >= 0 {
				n, isComment = 2+end+2, true
			}
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
		case c == ',' && before != '[' && before != '{' && before != ',':
			before, comma = c, i
		case (c == ']' || c == '}') && before == ',':
			text[comma] = ' '
			before = c
		default:
			before = c
		}
		for at := i; isComment && at < i+n; at++ {
			if text[at] != '\n' {
				text[at] = ' '
			}
		}
	}
	return text
}

// stringAt returns a string literal without its quotes, from behind the first one.
func stringAt(content []byte) []byte {
	for i := 0; i < len(content); i++ {
		switch content[i] {
		case '"':
			return content[:i]
		case '\\':
			i++
		}
	}
	return content
}
