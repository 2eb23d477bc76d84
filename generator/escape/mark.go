package escape

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/firestoned/firestone/generator/python"
)

// While Python is rendered, each text that an action writes is enclosed by two bytes that are invalid in UTF-8, the
// first one followed by the python.Place that the text was written for. They follow the text through partials and
// functions that keep source, so that the finished file shows whether each text is where the template has it. All other
// code sees source without them.
//
// Marks of another kind, which a renderer puts before its pieces, identify the origin of text in a faulty file.
const (
	markOpen  = 0xfe // before the place
	markClose = 0xff
	pieceOpen = 0xf8 // before the number of a piece
	pieceEnd  = 0xf9 // after it
)

// marked returns a text marked for the given place.
func marked(place python.Place, text string) string {
	return string(append(append(append(make([]byte, 0, len(text)+3), markOpen, byte(place)), text...), markClose))
}

// pythonSource returns Python source that may contain marks.
func pythonSource(text string, as form) *Source {
	s := &Source{Language: Python, Text: text, form: as}
	if strings.IndexByte(text, markOpen) >= 0 {
		s.marked, s.Text = text, unmarked(text)
	}
	return s
}

// markedSource returns Python source written by an action, marked as a whole.
func markedSource(text string, as form) *Source {
	return &Source{Language: Python, Text: text[2 : len(text)-1], marked: text, form: as}
}

// source returns the text with its marks.
func (s *Source) source() string {
	if s == nil {
		return ""
	}
	if s.marked != "" {
		return s.marked
	}
	return s.Text
}

// unmarked returns the text without its marks.
func unmarked(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for {
		open := strings.IndexByte(text, markOpen)
		if open < 0 || open+2 > len(text) {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(text[:open])
		text = text[open+2:]
		end := strings.IndexByte(text, markClose)
		if end < 0 {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(text[:end])
		text = text[end+1:]
	}
}

// unmarked returns the text of the source without marks. The marks of pieces are removed only from source that a
// renderer has marked: elsewhere the same bytes belong to a value, and are not UTF-8.
func (s *Source) unmarked(text string) string {
	if s.hasPieces {
		clean, _ := Marked([]byte(text))
		text = string(clean)
	}
	if s.Language == Python {
		return unmarked(text)
	}
	return text
}

// unmark removes the marks from a text in place, and returns the marked parts. Marks that are not ours stay, so the
// text is not valid UTF-8.
func unmark(text []byte) ([]byte, []python.Span) {
	first := bytes.IndexByte(text, markOpen)
	if first < 0 {
		return text, nil
	}
	clean, rest := text[:first], text[first:]
	spans := make([]python.Span, 0, bytes.Count(rest, []byte{markOpen}))
	for {
		end := bytes.IndexByte(rest, markClose)
		if len(rest) < 2 || end < 2 {
			return append(clean, rest...), spans
		}
		span := python.Span{Place: python.Place(rest[1]), From: len(clean)}
		clean = append(clean, rest[2:end]...)
		span.To = len(clean)
		spans = append(spans, span)
		rest = rest[end+1:]
		next := bytes.IndexByte(rest, markOpen)
		if next < 0 {
			return append(clean, rest...), spans
		}
		clean, rest = append(clean, rest[:next]...), rest[next:]
	}
}

// Mark returns the mark for a piece, to be put before the first character of a line or action.
func Mark(number int) string {
	return string(append(strconv.AppendInt([]byte{pieceOpen}, int64(number), 10), pieceEnd))
}

// Piece is the start of a piece of a finished text.
type Piece struct{ Number, At int }

// Marked returns a finished text without its marks, and the starts of its pieces, in order.
func Marked(text []byte) ([]byte, []Piece) {
	clean := make([]byte, 0, len(text))
	var pieces []Piece
	for {
		open := bytes.IndexByte(text, pieceOpen)
		if open < 0 {
			return append(clean, text...), pieces
		}
		clean = append(clean, text[:open]...)
		text = text[open+1:]
		end := max(0, bytes.IndexByte(text, pieceEnd))
		if number, err := strconv.Atoi(string(text[:end])); err == nil {
			pieces = append(pieces, Piece{number, len(clean)})
			text = text[end+1:]
		}
	}
}

// KeepMarks returns the output of a writer for a value, with the marks of source that it passed on unchanged except for
// preceding space.
func KeepMarks(v any, written string) string {
	if s, ok := v.(*Source); ok && s != nil && s.hasPieces {
		if space, ok := strings.CutSuffix(s.Text, written); ok && written != "" && strings.TrimSpace(space) == "" {
			return s.marked[len(space):]
		}
	}
	return written
}

// RenderedPieces is like Rendered for a text with the marks of pieces.
func RenderedPieces(name, text string) any {
	rendered := Rendered(name, text)
	if s, ok := rendered.(*Source); ok && s != nil && strings.IndexByte(text, pieceOpen) >= 0 {
		s.marked, s.hasPieces = strings.TrimRight(text, "\r\n"), true
		s.Text = s.unmarked(s.marked)
	}
	return rendered
}

// IsEmpty reports whether the text that an action writes, apart from marks, is only space.
func IsEmpty(text string) bool { return strings.TrimSpace(unmarked(text)) == "" }

// Finished returns the final text of a rendered Python file, and the parts of it written by actions, none of which
// affects how the file is read. It reuses the text's memory.
func Finished(text []byte) ([]byte, []python.Span) {
	clean, spans := unmark(text)
	return python.Neutral(clean, spans), spans
}

// indentMarked is like indentLines for source with marks, but leaves what actions wrote into triple-quoted strings
// unchanged.
func indentMarked(first, text, pad string) string {
	if !hasTriple(text) {
		return indentLines(first, text, pad)
	}
	var b strings.Builder
	b.Grow(len(first) + len(text) + len(pad)*strings.Count(text, "\n"))
	b.WriteString(first)
	isExact := false
	for i := 0; i < len(text); i++ {
		c := text[i]
		b.WriteByte(c)
		switch {
		case c == markOpen && i+1 < len(text):
			i++
			b.WriteByte(text[i])
			isExact = python.Place(text[i]).IsTriple()
		case c == markClose:
			isExact = false
		case c == '\n' && !isExact && !isEmptyLine(text[i+1:]):
			b.WriteString(pad)
		}
	}
	return b.String()
}

// hasTriple reports whether an action wrote into a triple-quoted string.
func hasTriple(text string) bool {
	for {
		open := strings.IndexByte(text, markOpen)
		if open < 0 || open+1 == len(text) {
			return false
		}
		if python.Place(text[open+1]).IsTriple() {
			return true
		}
		text = text[open+2:]
	}
}

// isEmptyLine reports whether there are only marks before the end of the line or of the text.
func isEmptyLine(text string) bool {
	for len(text) > 0 {
		switch {
		case text[0] == markOpen && len(text) > 1:
			text = text[2:]
		case text[0] == markClose:
			text = text[1:]
		default:
			return text[0] == '\n'
		}
	}
	return true
}
