package python

import "strings"

// Place is the syntactic context required for a part of a text that does not come from its author.
type Place byte

// The places of values. A string has exactly these quotes and, unless it is an f-string or t-string, no prefix except
// u.
const (
	Literal            Place = 'v' // whole tokens
	Identifier         Place = 'n' // in a name that is not a keyword
	Remark             Place = '#' // in a comment
	SingleQuoted       Place = '\''
	DoubleQuoted       Place = '"'
	TripleSingleQuoted Place = 's'
	TripleDoubleQuoted Place = 'd'

	// In the text of an f-string or t-string, outside its fields.
	FormattedSingle       Place = 'f'
	FormattedDouble       Place = 'F'
	FormattedTripleSingle Place = 't'
	FormattedTripleDouble Place = 'T'
)

// IsTriple reports whether the place is a triple-quoted string, in which a line break is an ordinary character.
func (p Place) IsTriple() bool { return strings.IndexByte("sdtT", byte(p)) >= 0 }

// IsFormatted reports whether the place is an f-string or t-string.
func (p Place) IsFormatted() bool { return strings.IndexByte("fFtT", byte(p)) >= 0 }

// Quotes returns the quotes of a string, or "" for any other place.
func (p Place) Quotes() string {
	switch p {
	case SingleQuoted, FormattedSingle:
		return "'"
	case DoubleQuoted, FormattedDouble:
		return `"`
	case TripleSingleQuoted, FormattedTripleSingle:
		return "'''"
	case TripleDoubleQuoted, FormattedTripleDouble:
		return `"""`
	}
	return ""
}

// Quoted returns the place in a string with the given quotes.
func Quoted(quotes string, isFormatted bool) Place {
	for _, p := range []Place{SingleQuoted, DoubleQuoted, TripleSingleQuoted, TripleDoubleQuoted, FormattedSingle, FormattedDouble, FormattedTripleSingle, FormattedTripleDouble} {
		if p.Quotes() == quotes && p.IsFormatted() == isFormatted {
			return p
		}
	}
	return 0
}

// Span is a part of a text between two byte offsets, with the place that it was written for.
type Span struct {
	Place    Place
	From, To int
}

// String describes the place as in a sentence: "a whole value".
func (p Place) String() string {
	switch p {
	case Literal:
		return "a whole value"
	case Identifier:
		return "part of a name"
	case Remark:
		return "inside a comment"
	}
	kind := "a string"
	if p.IsFormatted() {
		kind = "the text of an f-string"
	}
	return "inside " + kind + " in " + p.Quotes()
}

// CheckSpans returns the first fault in the tokens of a file, or nil: a token or an indentation that Python cannot read,
// an unclosed bracket or string, a declared encoding other than UTF-8. The text must be valid UTF-8. It also returns the
// index of the first of the spans, in order, that is not in its place, or -1.
func CheckSpans(text string, spans []Span) (misplaced int, fault *Error) {
	if err := checkEncoding(text); err != nil {
		return -1, err
	}
	p := &placer{spans: spans}
	p.scanner = newScanner(text, p.read)
	p.skip()
	fault = p.scanner.scan()
	if p.isMisplaced || fault == nil && p.next < len(spans) {
		return p.next, fault
	}
	return -1, fault
}

// placer finds the token of each span.
type placer struct {
	scanner     *scanner
	spans       []Span
	next        int
	isWithin    bool // some tokens of the next span, a literal, have been read
	depth       int  // how many of its brackets are open
	isMisplaced bool // the next one is
}

// skip lets the scanner drop the tokens before the next span.
func (p *placer) skip() {
	p.scanner.from = len(p.scanner.text) + 1
	if p.next < len(p.spans) {
		p.scanner.from = p.spans[p.next].From
	}
}

func (p *placer) read(t Token) {
	end := t.Offset + len(t.Text)
	for p.next < len(p.spans) && !p.isMisplaced {
		span := &p.spans[p.next]
		isBehindComment := t.Kind == Comment && span.Place == Remark && span.From == end
		if span.From >= end && !isBehindComment {
			return
		}
		if span.Place == Literal {
			p.literal(t, span)
		} else {
			p.isMisplaced = !t.holds(span)
		}
		if p.isMisplaced || p.isWithin {
			return
		}
		p.next++
		p.skip()
	}
}

// literal reads a token of a literal: the first token begins where the literal does, the last one ends where it does,
// and all its brackets are closed.
func (p *placer) literal(t Token, span *Span) {
	end := t.Offset + len(t.Text)
	if t.Kind > Operator || !p.isWithin && t.Offset != span.From || span.To < end {
		p.isMisplaced = true
		return
	}
	if t.Kind == Operator && strings.Contains("([{", t.Text) {
		p.depth++
	} else if t.Kind == Operator && strings.Contains(")]}", t.Text) {
		p.depth--
	}
	p.isWithin = end < span.To
	p.isMisplaced = p.depth < 0 || p.depth > 0 && !p.isWithin
}

// holds reports whether a span that is part of a token is in its place in this token.
func (t Token) holds(span *Span) bool {
	end := t.Offset + len(t.Text)
	switch span.Place {
	case Identifier:
		return t.Kind == Name && t.Offset <= span.From && span.To <= end && !IsKeyword(t.Text)
	case Remark:
		return t.Kind == Comment && t.Offset < span.From && span.To <= end
	}
	quotes := span.Place.Quotes()
	if t.Kind != String {
		return false
	}
	at := strings.IndexAny(t.Text, `"'`)
	from, to := t.Offset+at+len(quotes), end-len(quotes)
	hasQuotes := strings.HasPrefix(t.Text[at:], quotes) && (len(quotes) > 1 || !strings.HasPrefix(t.Text[at:], strings.Repeat(quotes, 3)))
	if !hasQuotes || span.From < from || span.To > to {
		return false
	}
	prefix := strings.ToLower(t.Text[:at])
	if !span.Place.IsFormatted() {
		return prefix == "" || prefix == "u"
	}
	return (prefix == "f" || prefix == "t") && isOutsideFields(t.Text[at+len(quotes):len(t.Text)-len(quotes)], span.From-from, span.To-from)
}

// isOutsideFields reports whether a part of an f-string's body contains nothing of a field.
func isOutsideFields(body string, from, to int) bool {
	isOutside := true
	checkFields(body, false, 0, func(start, end int) {
		isOutside = isOutside && (to <= start || from >= end)
	})
	return isOutside
}
