package value

import (
	"bytes"
	"fmt"
	"strings"
)

// plainWords are the messages of the YAML reader that only need rewording.
var plainWords = []struct{ part, msg, hint string }{
	{"block sequence entries are not allowed", `a "- " is not allowed here`, "start the list on its own line, or quote the value if it is text"},
	{"mapping keys are not allowed", `a "? " is not allowed here`, "quote the value if it is text, or start the mapping on its own line"},
	{"comment without preceding whitespace", `there is no space before this "#"`, "put a space before the comment, or quote the whole value"},
	{"document-end marker", "this cannot follow the ... that ends a document", "start the next document with --- on a line of its own"},
	{"node content", "expected a value here", "quote text that starts with a bracket, a comma or a quote"},
	{"whitespace or line break", "an alias, anchor or tag name contains an invalid character", "quote the value if it is text"},
	{"tag", "this is not a standard YAML tag", "remove the tag, or quote the value if it is text"},
	{"expected '>'", "this tag is not closed", "remove the tag, or quote the value if it is text"},
	{"comment or line break", "this cannot follow the | or > of a block scalar", "start the text on the next line, or quote the value if it begins with | or >"},
	{"incompatible YAML document", "the file declares an unsupported YAML version", "remove the %YAML line"},
}

// explain puts a message of the YAML reader in plain words, with a remedy. The reader fails at that byte; the cause,
// such as an unclosed quote or list, begins elsewhere.
func (s *source) explain(message string, at, begins int) Problem {
	rest := s.text[min(at, len(s.text)):]
	has := func(part string) bool { return strings.Contains(message, part) }
	start, _ := s.line(at)
	before := s.text[start:min(at, len(s.text))]
	if odd, ok := s.oddIndent(at); ok {
		return odd
	}
	p := Problem{Code: InvalidYAML, Pos: s.pos(at), Msg: message}
	switch {
	case bytes.HasPrefix(rest, []byte("\t")):
		p.Msg, p.Hint = "this line is indented with a tab", "indent with spaces"
	case has("mapping values are not allowed"):
		p.Msg, p.Hint = `a ":" is not allowed here`, "quote the value if the colon is part of it"
		if bytes.Contains(before, []byte(": ")) {
			break
		}
		p = s.misplaced(at, p)
	case has("could not find expected ':'"):
		p = s.noKey(begins, p)
	case has("',' or"):
		p = s.unclosed(begins, p)
		if first := bytes.TrimLeft(before, " \t"); p.Msg == noComma && start > 0 && (len(first) == 0 || rest[0] == ':' && !bytes.ContainsAny(first, "{[,:")) {
			p.Pos, p.Hint = s.pos(start+len(before)-len(first)), "put a comma before it"
		}
	case has("node content") && s.innermost(at) >= 0:
		p = s.unclosed(s.innermost(at), p)
	case has("did not find expected key"), has("did not find expected '-'"), has("<document start>"):
		p.Msg = "this does not belong here"
		if len(bytes.TrimSpace(before)) > 0 {
			p = behindValue(before, rest, p)
			break
		}
		p = s.misplaced(at, p)
	case has("cannot start any token"):
		p.Msg, p.Hint = fmt.Sprintf("a value cannot start with %q", firstCharacter(rest)), "quote the value"
		if bytes.HasPrefix(rest, []byte("```")) {
			p.Msg, p.Hint = "this is a fence of Markdown, not YAML", "remove it, and the one at the end"
		}
	case has("directive name"):
		p.Pos = s.pos(begins)
		p.Msg, p.Hint = `a line cannot start with "%"`, "quote it, or begin the line with # for a comment"
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

// behindValue explains text on a line after a value that has ended.
func behindValue(before, rest []byte, p Problem) Problem {
	p.Hint = "quote the whole value"
	last := before[len(before)-1]
	switch {
	case bytes.HasPrefix(rest, []byte("}")), bytes.HasPrefix(rest, []byte("]")):
		p.Msg, p.Hint = fmt.Sprintf(`nothing is open that this "%c" closes`, rest[0]), "remove it"
	case last == '\'':
		p.Msg, p.Hint = "the text ends at the ' before this", "write '' for a ' in the text, or put it in double quotes"
	case last == '"':
		p.Msg, p.Hint = `the text ends at the " before this`, `write \" for a " in the text, or put it in single quotes`
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
