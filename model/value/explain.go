package value

import (
	"bytes"
	"fmt"
	"strings"
)

// explain puts a message of the YAML reader in plain words, with a remedy. The text goes wrong at that byte.
func (s *source) explain(message string, at int) Problem {
	rest := s.text[min(at, len(s.text)):]
	has := func(part string) bool { return strings.Contains(message, part) }
	p := Problem{Pos: s.pos(at), Msg: message}
	switch {
	case bytes.HasPrefix(rest, []byte("\t")):
		p.Msg, p.Hint = "a tab indents this line", "indent with spaces"
	case has("mapping values are not allowed"):
		p.Msg = `a ":" is not allowed here`
		p.Hint = "indent the line like its neighbours: the line above has its value already"
		if start, _ := s.line(at); bytes.Contains(s.text[start:at], []byte(": ")) {
			p.Hint = "put the value in quotes if the colon belongs to it"
		}
	case has("could not find expected ':'"):
		p.Msg, p.Hint = `expected "key: value"`, `put a ":" and a space behind the key`
	case has("unexpected end of stream"), has("unexpected document indicator"):
		p.Msg, p.Hint = "the quote that opens here is not closed", "end the text with the same quote"
	case has("',' or"):
		p = s.unclosed(at, p)
	case has("did not find expected key"), has("did not find expected '-'"):
		p.Msg, p.Hint = "this does not belong here", "indent it like its neighbours; put text that begins with a quote in quotes as a whole"
	case has("cannot start any token"):
		p.Msg, p.Hint = fmt.Sprintf("a value cannot begin with %q", firstRune(rest)), "put the value in quotes"
	case has("escape"):
		p = s.badEscape(at, p)
	case has("unknown anchor"):
		name := strings.Trim(strings.TrimPrefix(message, "unknown anchor "), "' refncd")
		p.Msg, p.Hint = fmt.Sprintf("no anchor %q comes before this alias", name), "define it earlier, or put the text in quotes"
	case has("block sequence entries are not allowed"):
		p.Msg, p.Hint = `a "- " is not allowed here`, "begin the list on a line of its own"
	case has("unreadable"):
		p.Msg = "the YAML reader cannot read on from here"
	}
	return p
}

func firstRune(text []byte) string {
	for _, c := range string(text[:min(len(text), 4)]) {
		return string(c)
	}
	return ""
}
