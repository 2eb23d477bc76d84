package python

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
)

// coding matches the declaration of a file's encoding (PEP 263).
var coding = regexp.MustCompile(`^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)`)

// checkEncoding refuses a declared encoding other than UTF-8, in the first line or, if that holds only space or a
// comment, in the second.
func checkEncoding(text string) *Error {
	text = strings.TrimPrefix(text, "\ufeff")
	start := 0
	for range 2 {
		end := lineEnd(text, start)
		line := text[start:end]
		if found := coding.FindStringSubmatchIndex(line); found != nil {
			name := strings.ReplaceAll(strings.ToLower(line[found[2]:found[3]]), "_", "-")
			if name != "utf-8" && !strings.HasPrefix(name, "utf-8-") || name == "utf-8-sig" {
				return errorAt(text, start+found[2], "the file declares an encoding other than UTF-8")
			}
			return nil
		}
		if rest := strings.TrimLeft(line, " \t\f"); rest != "" && rest[0] != '#' {
			return nil
		}
		start = end + breakSize(text[end:])
	}
	return nil
}

// Neutral returns the text with the spaces that keep its spans from affecting how it is read: no comment with a part of
// a span declares an encoding or, as a first line, names an interpreter. The spans are moved accordingly.
func Neutral(text []byte, spans []Span) []byte {
	if len(spans) == 0 {
		return text
	}
	insert := func(at int) {
		text = slices.Insert(text, at, ' ')
		for i := range spans {
			if spans[i].To > at || spans[i].From == at {
				spans[i].To++
			}
			if spans[i].From >= at {
				spans[i].From++
			}
		}
	}
	if spans[0].From == len("#") && spans[0].Place == Remark && bytes.HasPrefix(text, []byte("#!")) {
		insert(len("#"))
	}
	if !bytes.Contains(text[:firstLines(text)], []byte("coding")) {
		return text
	}
	for start := 0; ; {
		found := declared.FindIndex(text[start:firstLines(text)])
		if found == nil {
			return text
		}
		from, to := start+found[0], start+found[1]
		if isComment(text[:from]) && overlaps(spans, from, to) {
			insert(from + len("coding"))
		}
		start = from + len("coding")
	}
}

// declared matches an encoding declaration in a comment.
var declared = regexp.MustCompile(`coding[:=][ \t]*[-\w.]+`)

// firstLines returns where the first two lines end. A carriage return alone ends a line only for some readers.
func firstLines(text []byte) int {
	end := bytes.IndexByte(text, '\n') + 1
	if second := bytes.IndexByte(text[end:], '\n'); end > 0 && second >= 0 {
		return end + second
	}
	return len(text)
}

// isComment reports whether the last line of the text begins as a comment, whatever ends a line.
func isComment(text []byte) bool {
	for _, breaks := range []string{"\n", "\r\n"} {
		line := bytes.TrimLeft(text[bytes.LastIndexAny(text, breaks)+1:], " \t\f\ufeff")
		if bytes.HasPrefix(line, []byte("#")) {
			return true
		}
	}
	return false
}

// overlaps reports whether a comment span covers some of the text between two offsets, or continues right after it: its
// content would decide where the name of the encoding ends.
func overlaps(spans []Span, from, to int) bool {
	for _, span := range spans {
		if span.From > to {
			return false
		}
		if span.Place == Remark && span.To > from {
			return true
		}
	}
	return false
}
