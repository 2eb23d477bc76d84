package value

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// misplaced explains a line at which parsing fails by the lines above: one of them has no colon, or the indentation of
// this one matches none of them.
func (s *source) misplaced(at int, p Problem) Problem {
	if above, ok := s.noColon(at); ok {
		return above
	}
	start, end := s.line(at)
	text := bytes.TrimLeft(s.text[start:end], " ")
	indent := end - start - len(text)
	isItem := bytes.HasPrefix(text, []byte("- "))
	line, from := s.above(start)
	if line == nil {
		return p
	}
	if own := ownIndent(line, isItem); indent > own && hasValue(line[own:]) {
		key, _, _ := bytes.Cut(line[own:], []byte(":"))
		p.Pos = s.pos(start + indent)
		p.Msg = "this line is indented further than the one above, where " + inQuotes(Shorten(string(key))) + " already has a value"
		p.Hint = "indent both lines alike, or quote the value if it goes on here"
		return p
	}
	lower, higher := "", ""
	for level := end; line != nil && lower == ""; line, from = s.above(from) {
		own := ownIndent(line, isItem)
		if own >= level {
			continue
		}
		level = own
		like := s.like(from, own)
		switch {
		case own == indent && isItem:
			p.Hint = "indent the list below a key"
			return p
		case own == indent:
			return p
		case own > indent:
			higher = like
		default:
			lower = like
		}
	}
	switch {
	case lower != "" && higher != "":
		p.Hint = "indent it " + lower + " or " + higher
	case higher != "":
		p.Hint = "indent it " + higher + ", or that line like this one"
	case lower != "":
		p.Hint = "indent it " + lower
	}
	return p
}

// notIndented explains a member that occurs twice below a key without a value: it belongs to that key, which is indented too
// far, or else to one that its first occurrence stands below.
func (s *source) notIndented(members []Member, first int, again Member) (Problem, bool) {
	isBelow := func(m, bare Member) bool {
		return bare.Value.Kind == KindNull && bare.Value.Source == "" && bare.Pos.Line < m.Pos.Line && bare.Pos.Col == m.Pos.Col
	}
	bare := members[len(members)-1]
	if !isBelow(again, bare) {
		return Problem{}, false
	}
	hint := "indent " + again.Name + " below it, by two spaces"
	if first > 0 && isBelow(members[first], members[first-1]) {
		bare = members[first-1]
	} else if like := s.outside(bare.Pos); like != "" {
		hint = "indent it " + like + ", or " + again.Name + " below it"
	}
	return Problem{Code: WrongType, Pos: bare.Pos, Msg: fmt.Sprintf("%q has no value: what belongs to it is not indented", bare.Name), Hint: hint}, true
}

// outside names the line above a place that is indented less, as the one to indent it like, or returns "".
func (s *source) outside(at Pos) string {
	from, _ := s.line(s.offset(yaml.Mark{Line: at.Line, Column: at.Col}))
	for line, start := s.above(from); line != nil; line, start = s.above(start) {
		if own := ownIndent(line, false); own < at.Col-1 {
			return s.like(start, own)
		}
	}
	return ""
}

// like names the line at that byte and how far it is indented.
func (s *source) like(at, indent int) string {
	return fmt.Sprintf("like line %d (%s)", s.pos(at).Line, spaces(indent))
}

// ownIndent returns the indentation of a line, including the - of an item unless the line it is compared with has one,
// too.
func ownIndent(line []byte, withItem bool) int {
	text := bytes.TrimLeft(line, " ")
	if !withItem {
		text = bytes.TrimLeft(bytes.TrimPrefix(text, []byte("- ")), " ")
	}
	return len(line) - len(text)
}

// hasValue reports whether a line has a value after its key.
func hasValue(line []byte) bool {
	_, value, ok := bytes.Cut(line, []byte(": "))
	return ok && len(bytes.TrimSpace(value)) > 0
}

// spaces says how many spaces there are.
func spaces(n int) string {
	if n == 1 {
		return "1 space"
	}
	return fmt.Sprintf("%d spaces", n)
}

// noKey explains a line from that byte on that has no colon after a key.
func (s *source) noKey(begins int, p Problem) Problem {
	start, end := s.line(begins)
	text := bytes.TrimSpace(comment.ReplaceAll(s.text[max(start, begins):end], nil))
	p.Pos = s.pos(begins)
	p.Msg, p.Hint = `expected "key: value"`, `put a ":" and a space after the key`
	if above, _ := s.above(start); blockBegins().Match(above) {
		p.Msg, p.Hint = "the text of the | or > in the line above is not indented below its key", "indent it by "+spaces(ownIndent(above, false)+2)
		return p
	}
	if isWords(text) {
		p.Msg, p.Hint = p.Msg+", not "+inQuotes(Shorten(string(text))), withColon(string(text))
		if said, hint := foreign(string(text)); said != "" {
			p.Msg, p.Hint = said, hint
		} else if above, _ := s.above(start); hasText(above) && ownIndent(above, false) == begins-start && len(bytes.Fields(text)) > 1 {
			p.Hint += "; indent it further if it continues the text above"
		}
	}
	return p
}

// blockBegins finds the | or > after a key whose text begins on the next line.
var blockBegins = Expression(`: [|>][-+0-9]*$`)

// oddSpace finds a character that looks like an indentation space but is not: YAML treats it as text.
var oddSpace = Expression("^ *([\u00A0\u1680\u2000-\u200B\u202F\u205F\u3000\uFEFF])")

// oddIndent returns the problem of the line at that byte, or of the one above, if it is indented with such a character.
func (s *source) oddIndent(at int) (Problem, bool) {
	start, end := s.line(at)
	line := s.text[start:end]
	if !oddSpace().Match(line) {
		line, start = s.above(start)
	}
	found := oddSpace().FindSubmatchIndex(line)
	if found == nil {
		return Problem{}, false
	}
	r, _ := utf8.DecodeRune(line[found[2]:])
	return Problem{
		Code: InvalidYAML, Pos: s.pos(start + found[2]), Hint: "indent with spaces",
		Msg: fmt.Sprintf("this line is indented with U+%04X, which is not a regular space", r),
	}, true
}
