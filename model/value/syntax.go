package value

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// syntaxProblem turns an error of the YAML reader into a problem. Where the text looks like JSON, wrong is
// what the JSON reader said, whose place is exact.
func (s *source) syntaxProblem(err, wrong error) Problem {
	var fault *yaml.LoadError
	if !errors.As(err, &fault) {
		return Problem{Code: InvalidYAML, Pos: Pos{s.file, 1, 1}, Msg: "the YAML parser cannot read the file"}
	}
	at := s.offset(fault.Mark)
	if strings.Contains(fault.Message, "exceeded max depth") {
		return Problem{Code: TooDeep, Pos: s.pos(at), Msg: fmt.Sprintf("values are nested deeper than %d levels", maxDepth)}
	}
	var syntax *json.SyntaxError
	if strings.HasSuffix(s.file, ".json") && errors.As(wrong, &syntax) {
		return invalidJSON(s.pos(offsetOf(syntax, s.text)), syntax)
	}
	begins := at // of what is at fault
	if fault.ContextMark.Line > 0 {
		begins = s.offset(fault.ContextMark)
	}
	return s.explain(fault.Message, at, begins)
}

// offset returns the byte at a place of the YAML reader.
func (s *source) offset(mark yaml.Mark) int {
	c := cursor{source: s, wanted: Pos{Line: 1, Col: 1}, real: Pos{s.file, 1, 1}}
	c.to(mark.Line, mark.Column)
	return c.offset
}

// offsetOf returns the first byte of the character at which the JSON reader refuses a text.
func offsetOf(err *json.SyntaxError, text []byte) int {
	at := min(max(int(err.Offset)-1, 0), len(text))
	for at > 0 && at < len(text) && !utf8.RuneStart(text[at]) {
		at--
	}
	return at
}

// invalidJSON returns the problem of a text that the JSON reader refuses at pos.
func invalidJSON(pos Pos, err *json.SyntaxError) Problem {
	return Problem{Code: InvalidJSON, Pos: pos, Msg: "invalid JSON: " + err.Error()}
}
