package value

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"path"
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
	if errors.As(wrong, &syntax) {
		offset := offsetOf(syntax, s.text)
		isFollowed := strings.Contains(syntax.Error(), "after top-level value") && looksLikeJSON(s.text[offset:])
		if isFollowed {
			return invalidJSON(s.pos(offset), s.text, offset, syntax)
		}
	}
	begins := at // of the cause
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

// invalidJSON returns the problem of a text that the JSON reader refuses at that byte, which is at pos.
func invalidJSON(pos Pos, text []byte, at int, err *json.SyntaxError) Problem {
	rest, before := text[min(at, len(text)):], bytes.TrimRight(text[:at], " \t\r\n")
	p := Problem{Code: InvalidJSON, Pos: pos, Msg: "invalid JSON: " + err.Error()}
	says := func(part string) bool { return strings.Contains(p.Msg, part) }
	switch {
	case isComment(rest) || bytes.HasPrefix(rest, []byte("#")):
		return commentInJSON(pos, rest)
	case bytes.HasSuffix(before, []byte(",")) && (bytes.HasPrefix(rest, []byte("}")) || bytes.HasPrefix(rest, []byte("]"))):
		p.Msg, p.Hint = fmt.Sprintf(`invalid JSON: nothing follows the comma before this "%c"`, rest[0]), "remove the comma"
	case bytes.HasPrefix(rest, []byte("'")):
		p.Msg, p.Hint = "invalid JSON: texts are in double quotes, not in single ones", `write " instead of '`
	case len(before) == 0 && says("beginning of value") && path.Ext(pos.File) == ".json":
		p.Msg, p.Hint = "invalid JSON: no value begins like this", "write JSON, or call the file "+strings.TrimSuffix(path.Base(pos.File), ".json")+".yaml if it is YAML"
	case says("beginning of object key string"):
		p.Msg = "invalid JSON: names are in double quotes"
		p.Hint = "put the name in double quotes"
	case says("after object key:value pair"), says("after array element"):
		p.Hint = "put a comma before it"
	case says("after object key"):
		p.Hint = "put a colon before it"
	case says("after top-level value") && looksLikeJSON(rest):
		p.Msg, p.Hint = "invalid JSON: a second value begins here", "put the values into a list, or each on a line of its own in a .jsonl file"
	case says("after top-level value"):
		p.Hint = "remove what follows the value"
	case says("unexpected end") && len(bytes.TrimSpace(text)) > 0:
		p.Hint = "close what is open: a quote, a bracket or a brace"
	}
	return p
}

// isComment reports whether a text begins with a comment of JavaScript.
func isComment(text []byte) bool {
	return bytes.HasPrefix(text, []byte("//")) || bytes.HasPrefix(text, []byte("/*"))
}

// commentInJSON returns the problem of a comment that begins at pos.
func commentInJSON(pos Pos, comment []byte) Problem {
	hint := "remove it"
	name, isFile := strings.CutSuffix(pos.File, ".json")
	switch {
	case isFile && !isComment(comment):
		hint = "remove it, or call the file " + path.Base(name) + ".yaml"
	case !isComment(comment) || path.Ext(pos.File) == ".jsonl":
	case isFile && !bytes.HasPrefix(comment, []byte("/*")):
		hint = "remove it, or call the file " + path.Base(name) + ".yaml and begin comments with #"
	default:
		hint = "remove it; comments of YAML begin with #"
	}
	return Problem{Code: InvalidJSON, Pos: pos, Msg: "JSON has no comments", Hint: hint}
}

// comment returns the problem of the JavaScript comment at which, according to err, a text stops being JSON, if there
// is one: no value can follow what precedes it. YAML would read it as the beginning of a key.
func (s *source) comment(wrong error) (Problem, bool) {
	var syntax *json.SyntaxError
	if !errors.As(wrong, &syntax) {
		return Problem{}, false
	}
	at := offsetOf(syntax, s.text)
	before := bytes.TrimRight(s.text[:at], " \t\r\n")
	if !isComment(s.text[at:]) || len(before) > 0 && bytes.IndexByte([]byte(":["), before[len(before)-1]) >= 0 {
		return Problem{}, false
	}
	return commentInJSON(s.pos(at), s.text[at:]), true
}
