package escape

import "strings"

// tomlState is a position in a TOML document.
type tomlState struct {
	mode  tomlMode
	flow  string  // the open brackets: '[' and '{' of values, 'h' of a table's header
	quote string  // that closes the string
	isKey bool    // the string is a key
	opens bool    // a key begins the line, where lines of source are allowed, too
	blank bool    // after a space
	trims bool    // after a backslash at the end of a line, and following space
	fresh bool    // after the three opening quotes, and actions
	last  *action // that wrote a value or a key, or is the first one after three quotes
	joint joint   // the bare key being read, or the action that wrote a key
}

type tomlMode uint8

const (
	tomlKey     tomlMode = iota // a key or a part of one may begin here
	tomlBare                    // in a bare key
	tomlKeyDone                 // after a part of a key
	tomlValue                   // a value may begin here
	tomlWord                    // in a number, a date or a boolean
	tomlDone                    // after a value, or after a header
	tomlString
	tomlEscaped // after a backslash in a basic string
	tomlRemark
)

// tomlReader reads TOML 1.0 as far as needed to place actions.
type tomlReader struct{ *report }

func (tomlReader) start() tomlState { return tomlState{opens: true} }

func (tomlReader) open(s tomlState) string {
	open := strings.ReplaceAll(s.flow, "h", "[")
	switch s.mode {
	case tomlString, tomlEscaped:
		open += s.quote + "…" + s.quote
	}
	return open
}

func (r tomlReader) text(s tomlState, text string) tomlState {
	start := r.at.offset
	for i := 0; i < len(text); {
		n := 1
		switch s.mode {
		case tomlString:
			s, n = s.inString(text[i:])
		case tomlEscaped:
			s = s.escaped(text[i])
		case tomlRemark:
			if text[i] == '\n' {
				s = s.newline()
			}
		default:
			r.at.offset = start + i
			s, n = r.step(s, text[i:])
		}
		i += n
	}
	s.joint = r.atEnd(s.joint)
	return s
}

// newline returns the state at the start of the next line: unless a bracket is open, a key begins there.
func (s tomlState) newline() tomlState {
	if s.flow == "" {
		return tomlState{opens: true}
	}
	if s.mode == tomlRemark {
		s.mode = tomlValue
	}
	if s.mode == tomlWord || s.last != nil {
		s.mode = tomlDone
	}
	s.last = nil
	return s
}

// escaped handles what follows a backslash: a line break is removed together with the following space.
func (s tomlState) escaped(c byte) tomlState {
	s.mode, s.trims = tomlString, isBlank(c)
	return s
}

func (s tomlState) inString(text string) (tomlState, int) {
	s.trims = s.trims && isBlank(text[0])
	if s.fresh {
		if s.last != nil && (text[0] == '\n' || strings.HasPrefix(text, "\r\n")) {
			s.last.mark(tomlFreshFlag)
		}
		s.fresh, s.last = false, nil
	}
	switch {
	case text[0] == '\\' && s.quote[0] == '"':
		s.mode = tomlEscaped
	case strings.HasPrefix(text, s.quote):
		n := len(s.quote)
		for n > 1 && len(text) > n && text[n] == s.quote[0] {
			n++ // up to two quotes may precede the closing ones
		}
		s.mode = tomlDone
		if s.isKey {
			s.mode = tomlKeyDone
		}
		s.quote, s.isKey, s.last = "", false, nil
		return s, n
	case text[0] == '\n' && len(s.quote) == 1:
		s.mode, s.quote, s.isKey, s.last = tomlDone, "", false, nil
		return s.newline(), 1
	}
	return s, 1
}

// step handles a character outside strings and comments.
func (r tomlReader) step(s tomlState, text string) (tomlState, int) {
	c := text[0]
	isBeside := !s.blank
	s.blank = isBlank(c)
	if s.isBehindKey() && (s.blank || strings.IndexByte("=.]#", c) >= 0) {
		s = r.bareEnd(s)
	}
	switch {
	case c == '\n':
		return s.newline(), 1
	case s.blank:
		switch s.mode {
		case tomlWord:
			s.mode = tomlDone
		case tomlBare:
			s.mode = tomlKeyDone
		}
		return s, 1
	case c == '#':
		s.mode, s.last = tomlRemark, nil
		return s, 1
	case s.isBehindKey() && strings.IndexByte("=.]", c) >= 0:
		return r.keyEnd(s, c), 1
	}
	s.opens = false
	isPart := s.mode == tomlBare || s.mode == tomlKeyDone && s.last != nil && isBeside && s.joint.isAction()
	if s.last != nil && !isPart && strings.IndexByte(",]}", c) < 0 {
		r.refuse(s.last, "write "+quotedForm(s.last), gluedMsg)
	}
	s.last = nil
	if isBare := c != '"' && c != '\'' && c != '[' && s.isBehindKey(); isBare && (isPart || s.mode == tomlKey) {
		return r.bare(s), 1
	}
	s.joint = joint{}
	return s.begin(c, text)
}

// bare returns the state after a character of a bare key, which may be its first one.
func (r tomlReader) bare(s tomlState) tomlState {
	switch {
	case s.joint.comesBackTo(r.at):
		r.refuse(s.joint.last, "put a line break between them", "the action directly follows another key")
		s.joint = joint{}
	case s.mode == tomlKey:
		s.joint = joint{from: r.at}
	}
	if s.joint.from.list != nil {
		s.joint.to = r.at
		s.joint.to.offset++
	}
	s.mode = tomlBare
	return s
}

// bareEnd returns the state after a bare key that ends here, whose parts become one key.
func (r tomlReader) bareEnd(s tomlState) tomlState {
	u := s.joint
	s.joint = joint{}
	switch {
	case u.last == nil || u.isAction():
	case u.fault() == joinable:
		r.join(u)
	default:
		r.refuse(u.last, "put the whole key in double quotes", gluedMsg)
	}
	return s
}

func (s tomlState) isBehindKey() bool {
	return s.mode == tomlKey || s.mode == tomlBare || s.mode == tomlKeyDone
}

// keyEnd handles what follows a key, which makes the action before it a key.
func (r tomlReader) keyEnd(s tomlState, c byte) tomlState {
	if s.last != nil {
		s.last.mark(keyFlag)
	}
	s.last, s.opens = nil, false
	switch c {
	case '=':
		s.mode = tomlValue
	case '.':
		s.mode = tomlKey
	case ']':
		s.flow, s.mode = strings.TrimSuffix(s.flow, "h"), tomlDone
	}
	return s
}

// begin handles the first character of a key, a value or a header, and the brackets and commas between values.
func (s tomlState) begin(c byte, text string) (tomlState, int) {
	inKey := s.isBehindKey()
	switch {
	case c == '"' || c == '\'':
		s.mode, s.quote, s.isKey = tomlString, string(c), inKey
		if triple := strings.Repeat(string(c), 3); strings.HasPrefix(text, triple) {
			s.quote, s.fresh = triple, true
		}
		return s, len(s.quote)
	case c == '[' && inKey:
		s.flow += "h"
		return s, 1
	case c == '[' || c == '{':
		s.flow += string(c)
		if s.mode = tomlValue; c == '{' {
			s.mode = tomlKey
		}
	case c == ']' || c == '}':
		if s.mode = tomlDone; s.flow != "" {
			s.flow = s.flow[:len(s.flow)-1]
		}
	case c == ',':
		if s.mode = tomlValue; strings.HasSuffix(s.flow, "{") {
			s.mode = tomlKey
		}
	case inKey:
		s.mode = tomlBare // after a key, which no valid document has
	default:
		s.mode = tomlWord
	}
	return s, 1
}

// placeAction places an action in TOML: a whole value, a key, the inside of a string, a comment, lines.
func (r tomlReader) placeAction(s tomlState, a *action) tomlState {
	if a.last == "raw" {
		if s.mode == tomlKey || s.mode == tomlValue {
			s.mode++
		}
		s.opens, s.last = false, nil
		return s
	}
	isLines := strings.HasSuffix(a.last, "indent")
	endsLine := s.mode == tomlDone || s.mode == tomlWord || s.mode == tomlRemark
	switch {
	case isLines && s.flow == "" && (s.opens || a.last == "nindent" && endsLine):
		a.write(tomlWriter, linesFlag|lineStartFlag)
		return tomlState{mode: tomlDone, last: a}
	case s.mode == tomlRemark:
		a.write(tomlCommentWriter, 0)
		return s
	case s.mode == tomlEscaped:
		r.refuse(a, `write the backslash as \\, or remove it`, insideMsg, "an escape")
		return s
	case s.mode == tomlString:
		return r.inQuotes(s, a)
	case s.mode == tomlValue:
		var f flags
		if isLines {
			f = linesFlag
		}
		if s.blank {
			f |= spaceFlag
		}
		a.write(tomlWriter, f)
		s.mode, s.last = tomlDone, a
		return s
	case s.mode == tomlKey && !isLines && s.last == nil:
		f := keyFlag
		if s.opens {
			f = lineStartFlag // what precedes "=" or "." is a key
		}
		a.write(tomlWriter, f)
		s.mode, s.last, s.blank, s.joint = tomlKeyDone, a, false, begin(a)
		return s
	case !isLines && (s.mode == tomlBare || s.mode == tomlKeyDone && s.last != nil && !s.blank):
		return r.part(s, a)
	case s.mode == tomlDone && s.last == nil:
		r.refuse(a, "put a comma or a line break between them, or write it inside the quotes before it", "the action follows another value")
	case s.flow != "" && s.last != nil:
		r.refuse(a, "put a comma between them", "the action directly follows another one")
	default:
		r.refuse(a, "write "+quotedForm(a), gluedMsg)
	}
	return s
}

// part returns the state after an action that is part of a bare key.
func (r tomlReader) part(s tomlState, a *action) tomlState {
	switch at := (place{list: a.siblings, node: a.index}); {
	case s.joint.comesBackTo(at):
		r.refuse(a, "put a line break between them", "the action directly follows another key")
		s.joint = joint{}
	default:
		s.joint.to, s.joint.last = at, a
		if s.joint.fault() != joinable {
			r.refuse(a, "put the whole key in double quotes", gluedMsg)
			s.joint = joint{}
		}
	}
	s.mode, s.last, s.opens = tomlBare, nil, false
	return s
}

// tomlFreshFlag means that a string of several lines would drop the line break after the action, if that writes
// nothing.
const tomlFreshFlag flags = 1

func (r tomlReader) inQuotes(s tomlState, a *action) tomlState {
	switch {
	case s.fresh && s.last == a:
		r.refuse(a, "begin the text on the line below the quotes", "the action could write nothing, repeatedly, after the quotes that drop a line break")
	case s.trims:
		r.refuse(a, "write it on the line that ends in a backslash", "the action is where a string drops leading space")
	case s.quote[0] == '"':
		a.write(tomlBasicWriter, 0)
	default:
		a.write(tomlLiteralWriter, 0)
	}
	if s.fresh && s.last == nil {
		s.last = a
	}
	return s
}
