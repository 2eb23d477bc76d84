package value

import (
	"bytes"
	"fmt"
	"strings"
)

// plainWords are the messages of the YAML reader that need no more than other words.
var plainWords = []struct{ part, msg, hint string }{
	{"block sequence entries are not allowed", `a "- " is not allowed here`, "start the list on its own line"},
	{"mapping keys are not allowed", `a "? " is not allowed here`, "start the mapping on its own line"},
	{"comment without preceding whitespace", `there is no space before this "#"`, "put a space before the comment, or quote the whole value"},
	{"document-end marker", "this cannot follow the ... that ends a document", "start the next document with --- on a line of its own"},
	{"node content", "expected a value here", "quote text that starts with a bracket, a comma or a quote"},
	{"whitespace or line break", "an alias, anchor or tag name contains an invalid character", "quote the value if it is text"},
	{"tag", "this is not a standard YAML tag", "remove the tag, or quote the value if it is text"},
	{"expected '>'", "this tag is not closed", "remove the tag, or quote the value if it is text"},
	{"comment or line break", "this cannot follow the | or > of a block scalar", "start the text on the next line"},
	{"incompatible YAML document", "the file declares an unsupported YAML version", "remove the %YAML line"},
}

// explain puts a message of the YAML reader in plain words, with a remedy. The text goes wrong at that byte; what is at
// fault, a quote or a list that is not closed for example, begins at another one.
func (s *source) explain(message string, at, begins int) Problem {
	rest := s.text[min(at, len(s.text)):]
	has := func(part string) bool { return strings.Contains(message, part) }
	start, _ := s.line(at)
	before := s.text[start:min(at, len(s.text))]
	p := Problem{Code: InvalidYAML, Pos: s.pos(at), Msg: message}
	switch {
	case bytes.HasPrefix(rest, []byte("\t")):
		p.Msg, p.Hint = "this line is indented with a tab", "indent with spaces"
	case has("mapping values are not allowed"):
		p.Msg, p.Hint = `a ":" is not allowed here`, "indent it like the lines around it: the line above already has a value"
		if above, ok := s.noColon(at); bytes.Contains(before, []byte(": ")) {
			p.Hint = "quote the value if the colon is part of it"
		} else if ok {
			p = above
		}
	case has("could not find expected ':'"):
		p.Pos = s.pos(begins)
		from, end := s.line(begins)
		text := bytes.TrimSpace(comment.ReplaceAll(s.text[max(from, begins):end], nil))
		p.Msg, p.Hint = `expected "key: value"`, `put a ":" and a space after the key`
		if isWords(text) {
			p.Msg, p.Hint = p.Msg+", not "+inQuotes(Shorten(string(text))), withColon(string(text))
		}
	case has("',' or"):
		p = s.unclosed(begins, p)
	case has("node content") && s.innermost(at) >= 0:
		p = s.unclosed(s.innermost(at), p)
	case has("did not find expected key"), has("did not find expected '-'"), has("<document start>"):
		p.Msg, p.Hint = "this does not belong here", "indent it like the lines around it"
		if above, ok := s.noColon(at); len(bytes.TrimSpace(before)) > 0 {
			p.Hint = "quote the whole value"
		} else if ok {
			p = above
		}
	case has("cannot start any token"):
		p.Msg, p.Hint = fmt.Sprintf("a value cannot start with %q", firstCharacter(rest)), "quote the value"
	case has("escape"), has("hexadecimal"):
		p = s.badEscape(begins, p)
	case has("unexpected end of stream"), has("unexpected document indicator"):
		p.Pos = s.pos(begins)
		p.Msg, p.Hint = "the quote that opens here is not closed", "close the text with the same quote"
	case has("alphabetic or numeric"):
		p.Pos = s.pos(begins)
		p.Msg, p.Hint = "an alias or anchor has no name", "quote the value if it is text"
	case has("unknown anchor"):
		name := strings.TrimSuffix(strings.TrimPrefix(message, "unknown anchor '"), "' referenced")
		p.Msg, p.Hint = fmt.Sprintf("no anchor %q is defined before this alias", name), "define it earlier in the same document, or quote the text"
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
