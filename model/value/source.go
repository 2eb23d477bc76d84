package value

import (
	"bytes"
	"slices"
	"unicode/utf8"
)

// source is the text of one file, and converts byte offsets to lines and columns. Lines end with LF, CR LF or CR, as
// editors count them.
type source struct {
	file string
	text []byte
	end  Pos     // after the last character, of a text for the YAML reader
	walk *cursor // of a text with line ends that only the YAML reader recognises

	isInput  bool // may come from anybody, see ParseInput
	isJSON   bool // see ParseJSON
	isLines  bool // see ParseLines
	isMarked bool // see ParseMarked
	marks    []Mark
}

// mark records what has no counterpart in JSON, if requested.
func (s *source) mark(pos Pos, text string) {
	if s.isMarked {
		s.marks = append(s.marks, Mark{pos, text})
	}
}

// pos returns the place of a byte.
func (s *source) pos(offset int) Pos {
	offset = min(offset, len(s.text))
	p := Pos{s.file, 1, 1}
	start := 0
	for i := 0; i < offset; i++ {
		if lineEnds(s.text, i) {
			p.Line++
			start = i + 1
		}
	}
	p.Col = utf8.RuneCount(s.text[start:offset]) + 1
	return p
}

// lineEnds reports whether the byte is the last one of a line.
func lineEnds(text []byte, i int) bool {
	return text[i] == '\n' || text[i] == '\r' && (i+1 == len(text) || text[i+1] != '\n')
}

// line returns where the line that holds the byte begins and ends, without its line end.
func (s *source) line(offset int) (start, end int) {
	offset = min(offset, len(s.text))
	start = bytes.LastIndexAny(s.text[:offset], "\r\n") + 1
	end = len(s.text)
	if n := bytes.IndexAny(s.text[offset:], "\r\n"); n >= 0 {
		end = offset + n
	}
	return start, end
}

// isUTF8 reports whether the text is UTF-8, and reports the first byte that is not.
func (s *source) isUTF8(problems *Problems) bool {
	if encoding := encodingOf(s.text); encoding != "" {
		problems.Add(NotUTF8, Pos{s.file, 1, 1}, "save the file as UTF-8", "the file is encoded as %s, not as UTF-8", encoding)
		return false
	}
	if utf8.Valid(s.text) {
		return true
	}
	at := 0
	for {
		r, size := utf8.DecodeRune(s.text[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	problems.Add(NotUTF8, s.pos(at), "save the file as UTF-8", "byte 0x%02X is not valid UTF-8", s.text[at])
	return false
}

// encodingOf returns the encoding of a text that is not UTF-8, by its byte order mark or by the zeros of its first character,
// which is in ASCII (YAML 1.2.2, section 5.2), or "".
func encodingOf(text []byte) string {
	begins := func(marks ...string) bool {
		return slices.ContainsFunc(marks, func(mark string) bool { return bytes.HasPrefix(text, []byte(mark)) })
	}
	switch {
	case len(text) < 4:
	case begins("\x00\x00\xFE\xFF", "\xFF\xFE\x00\x00"):
		return "UTF-32"
	case begins("\xFE\xFF", "\xFF\xFE"), text[0] == 0 && text[1] != 0 && text[2] == 0, text[0] != 0 && text[1] == 0 && text[2] != 0 && text[3] == 0:
		return "UTF-16"
	}
	return ""
}

// isPrintable reports whether YAML allows all characters of the text (YAML 1.2.2, section 5.1), and reports the first
// that it does not. It also prepares for the additional line ends of YAML 1.1.
func (s *source) isPrintable(problems *Problems) bool {
	for i := 0; i < len(s.text); {
		c := rune(s.text[i])
		size := 1
		if c >= utf8.RuneSelf {
			c, size = utf8.DecodeRune(s.text[i:])
		}
		switch {
		case c == 0x85 || c == 0x2028 || c == 0x2029:
			s.walk = &cursor{source: s, wanted: Pos{Line: 1, Col: 1}, real: Pos{s.file, 1, 1}}
		case c < ' ' && c != '\t' && c != '\n' && c != '\r', c >= 0x7F && c < 0xA0, c == 0xFFFE, c == 0xFFFF:
			problems.Add(ControlCharacter, s.pos(i), "remove it, or write it in double quotes as an escape such as \\u0001",
				"control character U+%04X is not allowed", c)
			return false
		}
		i += size
	}
	s.end = s.pos(len(s.text))
	return true
}

// at converts a line and a column of the YAML reader to a position. That reader puts some empty values on a line after
// the last one.
func (s *source) at(line, col int) Pos {
	switch {
	case s.walk != nil:
		return s.walk.to(line, col)
	case line > s.end.Line || line == s.end.Line && col > s.end.Col:
		return s.end
	}
	return Pos{s.file, line, col}
}

// cursor walks a text once, in step with the YAML reader. The reader follows YAML 1.1, where U+0085, U+2028 and U+2029
// are line ends too (section 4.2), unlike in editors and YAML 1.2.
type cursor struct {
	*source
	offset       int
	wanted, real Pos
}

// to goes on to a line and column of the YAML reader; it never goes back.
func (c *cursor) to(line, col int) Pos {
	for c.offset < len(c.text) && (c.wanted.Line < line || c.wanted.Line == line && c.wanted.Col < col) {
		r, size := utf8.DecodeRune(c.text[c.offset:])
		last := lineEnds(c.text, c.offset)
		c.offset += size
		c.wanted.Col++
		c.real.Col++
		if last {
			c.real = Pos{c.file, c.real.Line + 1, 1}
		}
		if last || r == 0x85 || r == 0x2028 || r == 0x2029 {
			c.wanted = Pos{Line: c.wanted.Line + 1, Col: 1}
		}
	}
	return c.real
}
