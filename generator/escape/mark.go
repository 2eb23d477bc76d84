package escape

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/firestoned/firestone/generator/python"
)

// While Python is rendered, each text that an action writes stands between two bytes that no UTF-8 has, the first one
// with the python.Place that the text was written for. So they go wherever the text goes, through partials and functions
// that keep source as source, and the finished file tells whether each text is where the template shows it.
// Whatever else looks at source sees it without them.
const (
	markOpen   = 0xfe // before the place
	markNumber = 0xfd // before and behind the number of the text, which it has while its action is looked for
	markClose  = 0xff
)

// marked returns a text as one for that place.
func marked(place python.Place, text string) string {
	return string(append(append(append(make([]byte, 0, len(text)+3), markOpen, byte(place)), text...), markClose))
}

// pythonSource returns source of Python that may hold marks.
func pythonSource(text string, as form) *Source {
	s := &Source{Language: Python, Text: text, form: as}
	if strings.IndexByte(text, markOpen) >= 0 {
		s.marked, s.Text = text, unmarked(text)
	}
	return s
}

// markedSource returns source of Python that an action writes, which stands between marks as a whole.
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
		if number, ok := strings.CutPrefix(text, "\xfd"); ok {
			text = number[strings.IndexByte(number, markNumber)+1:]
		}
		end := strings.IndexByte(text, markClose)
		if end < 0 {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(text[:end])
		text = text[end+1:]
	}
}

// unmark takes the marks out of a text, in its place, and returns what they stand around. Marks that are none of ours
// stay, and the text is no UTF-8.
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
		within := rest[2:end]
		if within, span.Number = numberOf(within); len(within) > 0 {
			clean = append(clean, within...)
		}
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

// numberOf returns the text behind a number between two marks, and the number, or 0.
func numberOf(text []byte) ([]byte, int) {
	if len(text) == 0 || text[0] != markNumber {
		return text, 0
	}
	end := bytes.IndexByte(text[1:], markNumber)
	if end < 0 {
		return text, 0
	}
	n, _ := strconv.Atoi(string(text[1 : 1+end]))
	return text[end+2:], n
}

// Numbered returns the text that an action writes, with that number at each part of it that has none yet.
func Numbered(text string, number int) string {
	var b strings.Builder
	for {
		at := strings.IndexByte(text, markOpen)
		if at < 0 || at+2 > len(text) {
			return b.String() + text
		}
		b.WriteString(text[:at+2])
		if text = text[at+2:]; text == "" || text[0] != markNumber {
			b.WriteByte(markNumber)
			b.WriteString(strconv.Itoa(number))
			b.WriteByte(markNumber)
		}
	}
}

// IsMarked reports whether what the writer of that name writes has marks.
func IsMarked(writer string) bool {
	return writer == pythonWriter || writer == pythonStringWriter || writer == pythonFormatWriter || writer == pythonCommentWriter
}

// Finished returns the text of a rendered file of Python as it is written, and the parts of it that actions wrote, of which
// none says how the file is read. It uses the text's memory.
func Finished(text []byte) ([]byte, []python.Span) {
	clean, spans := unmark(text)
	return python.Neutral(clean, spans), spans
}

// indentMarked is indentLines of source with marks, which leaves alone what actions wrote into strings of three quotes.
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

// hasTriple reports whether an action wrote into a string of three quotes.
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

// isEmptyLine reports whether nothing but marks stands before the end of the line or of the text.
func isEmptyLine(text string) bool {
	for len(text) > 0 {
		switch {
		case text[0] == markOpen && len(text) > 1:
			text = text[2:]
			if number, ok := strings.CutPrefix(text, "\xfd"); ok {
				text = number[strings.IndexByte(number, markNumber)+1:]
			}
		case text[0] == markClose:
			text = text[1:]
		default:
			return text[0] == '\n'
		}
	}
	return true
}
