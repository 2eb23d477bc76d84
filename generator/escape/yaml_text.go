package escape

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

func (r yamlReader) text(s yamlState, text string) yamlState {
	start := r.at.offset
	for i := 0; i < len(text); {
		n := 1
		r.at.offset = start + i
		switch s.mode {
		case yamlLineStart:
			s, n = r.lineStart(s, text[i:])
		case yamlValue:
			s, n = r.node(s, text[i])
		case yamlIndicator:
			s, n = r.indicator(s, text[i])
		case yamlPlain, yamlPlainSpace, yamlDone, yamlDoneSpace:
			s, n = r.scalar(s, text[i])
		case yamlSingle, yamlDouble, yamlEscaped:
			s = r.quoted(s, text[i:])
		case yamlBlockStart:
			s, n = s.blockStart(text[i:])
		case yamlBlockLead:
			s = s.blockBehind(text[i])
		default:
			s, n = s.rest(text[i])
		}
		i += n
	}
	s.joint = r.atEnd(s.joint)
	return s
}

func isBreak(c byte) bool { return c == '\n' || c == '\r' }
func isBlank(c byte) bool { return c == ' ' || c == '\t' || isBreak(c) }

// newline returns the state at the next line's start.
func (s yamlState) newline() yamlState {
	s.col, s.mode = 0, yamlLineStart
	if s.kind != bareTag { // the node may begin on the next line
		s.kind = 0
	}
	if s.flow != "" {
		s.mode = yamlValue
		return s
	}
	s.lead, s.joint = 0, joint{}
	return s
}

func (r yamlReader) lineStart(s yamlState, text string) (yamlState, int) {
	c := text[0]
	switch {
	case isBreak(c):
		return s.newline(), 1
	case isBlank(c):
		if s.col++; c == '\t' && s.last != nil {
			r.refuse(s.last, "remove the tab", "a tab begins the line below, which some readers accept only after an unquoted scalar")
		}
		return s, 1
	case s.last != nil && c >= utf8.RuneSelf && olderBreak.MatchString(text):
		r.refuse(s.last, "remove the character", "%U begins the line below, which some readers treat as a line break", []rune(olderBreak.FindString(text))[0])
		s.mode, s.last = yamlPlain, nil
		return s, 1
	case c == '#' && (s.source == nil || s.col <= s.parent):
		s.markContinued(s.col)
		s.mode = yamlComment
		return s, 1
	case s.col == 0 && c == '%' && s.parent < 0 && !s.finished:
		s.mode = yamlDirective
		return s, 1
	case s.col == 0 && isMarker(text, "---"):
		s.mode, s.kind, s.start = yamlIndicator, '-', -1
		return s, 3
	case s.col == 0 && isMarker(text, "..."):
		s.mode, s.kind, s.finished, s.parent = yamlDone, 0, false, -1
		return s, 3
	case s.finished && s.col > s.parent && s.source != nil:
		r.refuse(s.source, "indent the line like them, or write it in the same action", "the line below is indented deeper than the lines of the action, and could continue the last one")
		s.mode, s.last, s.source = yamlPlain, nil, nil
		return s, 1
	case s.finished && s.col > s.parent:
		if s.last != nil {
			r.refuse(s.last, "indent the line like its key, or write the whole scalar as one action", "the line below would continue the scalar of the action")
		}
		s.mode, s.last = yamlPlain, nil
		return s, 1
	}
	s.markContinued(s.col)
	s.mode, s.source, s.parent = yamlValue, nil, min(s.parent, s.col-1)
	return s, 0
}

// isMarker reports whether the text begins with the document marker, followed by space or nothing.
func isMarker(text, marker string) bool {
	return strings.HasPrefix(text, marker) && (len(text) == len(marker) || isBlank(text[len(marker)]))
}

// node returns the state after the first character of a node.
func (r yamlReader) node(s yamlState, c byte) (yamlState, int) {
	switch {
	case isBreak(c):
		return s.newline(), 1
	case isBlank(c):
		if s.flow == "" {
			s.col++
		}
		return s, 1
	case c == '#':
		s.mode = yamlComment
		return s, 1
	case s.flow != "" && strings.IndexByte(",]}", c) >= 0:
		return s.separator(c), 1
	}
	if s.flow == "" && !s.hasProperty() {
		s.start = s.col
	}
	s.last, s.kind, s.joint = nil, 0, joint{}
	switch c {
	case '[', '{':
		s.flow, s.lead = s.flow+string(c), 0
		return s, 1
	case '\'', '"':
		s.mode, s.folded = yamlSingle, false
		if c == '"' {
			s.mode = yamlDouble
		}
	case '&', '!', '*':
		if s.mode, s.kind = yamlName, c; c == '!' {
			s.kind = bareTag
		}
		return s, 1
	case '|', '>':
		if s.flow == "" {
			s.mode, s.kind, s.block, s.lead, s.settled, s.keeps = yamlHeader, c, 0, 0, false, false
			break
		}
		s = r.plain(s)
	case '-', '?', ':':
		s = r.plain(s)
		s.mode, s.kind = yamlIndicator, c
		return s, 1
	default:
		s = r.plain(s)
	}
	s.finished = true
	return s, 1
}

// hasProperty reports whether an anchor or a tag precedes the node on its line.
func (s yamlState) hasProperty() bool {
	return s.mode == yamlValue && (s.kind == '&' || s.kind == '!' || s.kind == bareTag)
}

// bareTag is the kind of a tag without a name: some readers read even a quoted value after it as a plain one.
const bareTag = 'b'

// separator returns the state after a comma or closing bracket.
func (s yamlState) separator(c byte) yamlState {
	s.last, s.kind, s.mode, s.lead = nil, 0, yamlValue, 0
	if c != ',' {
		s.flow = s.flow[:len(s.flow)-1]
		s.mode, s.finished = yamlDone, true
	}
	return s
}

// indicator decides whether the character before c is an indicator.
func (r yamlReader) indicator(s yamlState, c byte) (yamlState, int) {
	inFlow := s.flow != "" && strings.IndexByte(",]}", c) >= 0
	if isBlank(c) || inFlow || s.kind == 'q' && s.flow != "" {
		if inFlow && s.kind == 'a' {
			r.refuse(s.last, "put a space after the colon", "there is no space between the colon and what follows it")
		}
		return r.confirm(s), 0
	}
	if s.kind == 'a' {
		if r.refuseLines(s.last) {
			s.joint = joint{}
		}
		s.joint.colon = s.joint.last
	}
	if s.joint.from.list != nil {
		s.joint.to = r.at
	}
	s.mode, s.last, s.finished = yamlPlain, nil, true
	return s, 0
}

// confirm returns the state after an indicator. A colon turns the action before it into a key.
func (r yamlReader) confirm(s yamlState) yamlState {
	switch s.kind {
	case 'a', 'p':
		if s.lead == ':' && s.joint.last != nil {
			r.refuse(s.joint.last, "put the whole value after the first colon in double quotes", "there is a second colon after a key, which a plain scalar cannot contain")
		} else if s.kind == 'a' && s.last != nil {
			r.key(s, s.last)
		}
		s = r.scalarEnd(s, true)
		s.lead = ':'
	case 'q':
		s.lead = ':'
	case ':':
		s.lead = '-' // a mapping may begin after it
	default:
		s.lead = s.kind
	}
	if s.flow == "" {
		s.parent, s.finished, s.source = s.start, false, nil
	}
	s.mode, s.kind, s.last, s.col, s.joint = yamlValue, 0, nil, s.start+1, joint{}
	return s
}

// scalar reads a plain scalar, or what follows a whole one.
func (r yamlReader) scalar(s yamlState, c byte) (yamlState, int) {
	plain := s.mode == yamlPlain || s.mode == yamlPlainSpace
	space := s.mode == yamlPlainSpace || s.mode == yamlDoneSpace
	switch {
	case isBreak(c) && s.flow == "":
		if space && s.last != nil {
			r.refuseTrailing(s, "end the line with the action", "a space follows an action that writes lines, and could become part of the last one")
		}
		return r.scalarEnd(s, false).newline(), 1
	case isBlank(c):
		s.joint.folded = s.joint.folded || isBreak(c) && s.joint.last != nil
		s.mode = yamlDoneSpace
		if plain {
			s.mode = yamlPlainSpace
		}
		return s, 1
	case c == '#' && space:
		if s.last != nil {
			r.refuseTrailing(s, "write the comment above the action", "a comment follows an action that writes lines, and could become part of the last one")
		}
		s = r.scalarEnd(s, false)
		s.mode = yamlComment
		return s, 1
	case s.flow != "" && strings.IndexByte(",]}", c) >= 0:
		return r.scalarEnd(s, false).separator(c), 1
	case c == ':':
		switch {
		case plain:
			s.kind = 'p'
		case s.last != nil:
			s.kind = 'a'
		default:
			s.kind = 'q'
		}
		s.mode = yamlIndicator
		return s, 1
	case plain:
		return r.plain(s), 1
	case c == '\'' && s.kind == '\'' && s.mode == yamlDone:
		s.mode = yamlSingle
		return s, 1
	}
	if s.last == nil || r.refuseLines(s.last) {
		s.joint = joint{}
	}
	return r.plain(s), 1
}

// refuseTrailing refuses an action that is followed by something on its line, or marks one that therefore must not
// write lines.
func (r yamlReader) refuseTrailing(s yamlState, hint, msg string) {
	if s.last == s.source {
		r.refuse(s.last, hint, "%s", msg)
		return
	}
	s.last.mark(besideFlag)
}

func (r yamlReader) quoted(s yamlState, text string) yamlState {
	c := text[0]
	switch {
	case isBreak(c), c >= utf8.RuneSelf && olderBreak.MatchString(text):
		s.folded = true
		if s.last != nil {
			r.refuse(s.last, "write the quoted scalar on one line", "the action is in a quoted scalar that spans several lines")
		}
	case s.mode == yamlEscaped:
		s.mode = yamlDouble
	case s.mode == yamlDouble && c == '\\':
		s.mode = yamlEscaped
	case s.mode == yamlDouble && c == '"', s.mode == yamlSingle && c == '\'':
		s.mode, s.kind, s.last = yamlDone, c, nil
	}
	return s
}

// olderBreak matches the additional line breaks of YAML 1.1.
var olderBreak = regexp.MustCompile("^[\u0085\u2028\u2029]")

// named returns the state after the name of an anchor, alias or tag.
func (s yamlState) named() yamlState {
	if s.mode = yamlValue; s.kind == '*' {
		s.mode, s.kind, s.finished = yamlDone, 0, true
	}
	return s
}

// rest reads something that ends at the end of the line, or at a space.
func (s yamlState) rest(c byte) (yamlState, int) {
	if s.mode == yamlName {
		if !isBlank(c) && (s.flow == "" || strings.IndexByte(",]}", c) < 0) {
			if s.kind == bareTag {
				s.kind = '!'
			}
			return s, 1
		}
		return s.named(), 0
	}
	switch {
	case isBreak(c):
	case s.mode == yamlHeader && isBlank(c):
		s.lead = c // a comment may follow
		return s, 1
	case s.mode == yamlHeader && s.lead == 0 && '1' <= c && c <= '9':
		s.block, s.settled = max(s.parent, 0)+int(c-'0'), true
		return s, 1
	case s.mode == yamlHeader && s.lead == 0 && c == '+':
		s.keeps = true
		return s, 1
	default:
		return s, 1
	}
	if s.mode == yamlHeader || s.mode == yamlBlock {
		s.mode, s.col, s.lead, s.last = yamlBlockStart, 0, 0, nil
		return s, 1
	}
	return s.newline(), 1
}
