package value

import (
	"bytes"
	"encoding/json"
	"errors"
	"unicode/utf8"
)

// maxBrokenLines is how many lines that are not JSON are reported: a file with more of them is something else.
const maxBrokenLines = 20

// readLines returns the values of the lines of a text (jsonlines.org). A line that breaks a rule beyond JSON itself,
// such as a duplicate name, has no value.
func readLines(src *source, problems *Problems) []*Value {
	r := &jsonReader{limits: limits{problems: problems}, src: src, text: src.text}
	var values []*Value
	broken := 0
	for number, start := 1, 0; start < len(src.text) && !r.spent; {
		line, _, _ := bytes.Cut(src.text[start:], []byte("\n"))
		switch err := json.Unmarshal(line, new(json.RawMessage)); {
		case len(bytes.TrimSpace(line)) == 0:
		case err != nil:
			if broken++; broken > maxBrokenLines {
				problems.Add(TooLarge, Pos{src.file, number, 1}, "JSON Lines have one value on each line", "more than %d lines are not JSON", maxBrokenLines)
				return values
			}
			*problems = append(*problems, brokenLine(Pos{src.file, number, 1}, line, err))
		default:
			before := len(*problems)
			r.at, r.line, r.start, r.wide = start, number, start, 0
			if v := r.value(1); len(*problems) == before {
				values = append(values, v)
			}
		}
		number += 1 + bytes.Count(bytes.TrimSuffix(line, []byte("\r")), []byte("\r")) // which editors count too
		start += len(line) + 1
	}
	return values
}

// brokenLine returns the problem of a line that begins at pos and is no JSON.
func brokenLine(pos Pos, line []byte, err error) Problem {
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return Problem{Code: InvalidJSON, Pos: pos, Msg: err.Error()}
	}
	at := offsetOf(syntax, line)
	before := line[:at]
	pos.Line += bytes.Count(before, []byte("\r"))
	pos.Col += utf8.RuneCount(before[bytes.LastIndexByte(before, '\r')+1:])
	return invalidJSON(pos, line, at, syntax)
}
