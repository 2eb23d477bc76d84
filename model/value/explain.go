package value

import (
	"bytes"
	"fmt"
	"strings"
)

// plainWords are the messages of the YAML reader that need no more than other words.
var plainWords = []struct{ part, msg, hint string }{
	{"unexpected end of stream", "the quote that opens here is not closed", "end the text with the same quote"},
	{"unexpected document indicator", "the quote that opens here is not closed", "end the text with the same quote"},
	{"block sequence entries are not allowed", `a "- " is not allowed here`, "begin the list on a line of its own"},
	{"node content", "expected a value here", "put text that begins with a bracket, a comma or a quote in quotes"},
	{"alphabetic or numeric", "an alias or anchor without a name", "put the value in quotes if it is text"},
	{"whitespace or line break", "an alias, anchor or tag with a character that its name cannot have", "put the value in quotes if it is text"},
	{"tag", "this tag is none of YAML's own", "remove the tag, or put the value in quotes if it is text"},
	{"expected '>'", "this tag is not closed", "remove the tag, or put the value in quotes if it is text"},
	{"comment or line break", "this cannot follow the | or > of a block of text", "begin the text on the next line"},
	{"incompatible YAML document", "the file says that it is another version of YAML", "remove the line that begins with %YAML"},
	{"unreadable", "the YAML reader cannot read on from here", ""},
}

// explain puts a message of the YAML reader in plain words, with a remedy. The text goes wrong at that byte.
func (s *source) explain(message string, at int) Problem {
	rest := s.text[min(at, len(s.text)):]
	has := func(part string) bool { return strings.Contains(message, part) }
	start, _ := s.line(at)
	before := s.text[start:min(at, len(s.text))]
	p := Problem{Pos: s.pos(at), Msg: message}
	switch {
	case bytes.HasPrefix(rest, []byte("\t")):
		p.Msg, p.Hint = "a tab indents this line", "indent with spaces"
	case has("mapping values are not allowed"):
		p.Msg, p.Hint = `a ":" is not allowed here`, "indent the line like its neighbours: the line above has its value already"
		if bytes.Contains(before, []byte(": ")) {
			p.Hint = "put the value in quotes if the colon belongs to it"
		}
	case has("could not find expected ':'"):
		p.Pos = s.pos(start + len(before) - len(bytes.TrimLeft(before, " ")))
		p.Msg, p.Hint = `expected "key: value"`, `put a ":" and a space behind the key`
	case has("',' or"), has("node content") && bytes.IndexAny(rest, "[{") == 0:
		p = s.unclosed(at, p)
	case has("did not find expected key"), has("did not find expected '-'"), has("<document start>"):
		p.Msg, p.Hint = "this does not belong here", "indent it like its neighbours"
		if len(bytes.TrimSpace(before)) > 0 {
			p.Hint = "put the value in quotes as a whole"
		}
	case has("cannot start any token"):
		p.Msg, p.Hint = fmt.Sprintf("a value cannot begin with %q", firstCharacter(rest)), "put the value in quotes"
	case has("escape"), has("hexdecimal"):
		p = s.badEscape(at, p)
	case has("unknown anchor"):
		name := strings.TrimSuffix(strings.TrimPrefix(message, "unknown anchor '"), "' referenced")
		p.Msg, p.Hint = fmt.Sprintf("no anchor %q comes before this alias", name), "define it earlier, or put the text in quotes"
	default:
		for _, words := range plainWords {
			if has(words.part) {
				p.Msg, p.Hint = words.msg, words.hint
				break
			}
		}
	}
	return p
}

// firstCharacter returns the first character of a text, or "".
func firstCharacter(text []byte) string {
	for _, c := range string(text[:min(len(text), 4)]) {
		return string(c)
	}
	return ""
}
