package escape

import (
	"cmp"
	"fmt"
	"strings"
)

// writeText writes a value into a paragraph, a heading or a cell.
func (r markdownReader) writeText(s markdownState, a *action) markdownState {
	r.refuseText(s, a)
	if s.line.isAside && s.line.isQuoted {
		a.write(markdownRemarkWriter, 0)
		s.inline.before, s.line.last = valueByte, a
		return s
	}
	f := s.textFlags(a) | s.besideFlags()
	if s.inline.doubt&0x80 != 0 && s.inline.before == s.inline.doubt&^0x80 {
		r.refuseDelimiter(a, s.inline.before)
	} else if s.inline.doubt != 0 && s.inline.doubtful == nil {
		s.inline.doubtful = a
	}
	if s.inline.before == valueByte && s.line.last != nil {
		s.line.last.mark(markdownElementCode | markdownTouched)
	}
	if s.line.lead == leadValues && s.line.first != nil && s.line.first != a {
		s.line.first.mark(markdownBeside)
	}
	if s.inline.source != nil && !s.line.isSingle {
		f |= markdownBehind
		if a.last == "text" {
			s.inline.source.mark(markdownSpread)
		}
	}
	if s.inline.ticks > 0 && s.inline.inTicks == nil {
		s.inline.inTicks = a
	}
	if s.inline.dollar && s.inline.inDollar == nil {
		s.inline.inDollar = a
	}
	if s.inline.brackets != "" && s.inline.inBrackets == nil {
		s.inline.inBrackets = a
	}
	if s.line.many = s.line.many || s.line.tail != nil && s.line.tail != s.line.head; s.line.head == nil {
		s.line.head = a
	}
	s.line.tail, s.line.last = a, a
	s.line.spaces, s.line.isTag, s.line.isMarks, s.line.isRule = 0, false, false, false
	s.inline.isNamed = true
	s.inline.before, s.inline.isFootnote = valueByte, false
	a.write(markdownWriter, f, s.packed())
	return s
}

// refuseText refuses a value after text that would absorb it.
func (r markdownReader) refuseText(s markdownState, a *action) {
	switch {
	case s.inline.isDeep:
		r.refuse(a, "write fewer quotes and list items inside each other", "the action is nested too deeply in quotes and list items")
	case s.inline.isLost:
		r.refuse(a, `write \<, \[ or \`+"` where it is text, or leave a blank line above it", "the action follows something in its paragraph that is not a complete tag, link or code span")
	case s.inline.escaped:
		r.refuse(a, `write the backslash as \\, or remove it`, insideMsg, "an escape")
	case s.inline.entity:
		r.refuse(a, "write &amp; for an ampersand that is text", insideMsg, "a character reference")
	case s.line.isAside && s.line.word != "title":
		r.refuse(a, "write the kind of the box without an action", insideMsg, "the kind of an admonition")
	case s.inline.before == '<':
		r.refuse(a, fmt.Sprintf("write [%s](%s) for a link, and &lt; for text", a.node, a.node), insideMsg, "an HTML tag")
	case s.inline.ticks > 0 && strings.HasPrefix(a.node.Pipe.String(), "code "):
		r.refuse(a, "write \\` for a backtick that is text", "the action writes code after an unmatched backtick")
	}
}

// besideFlags are the flags for text that precedes a value in its paragraph.
func (s markdownState) besideFlags() flags {
	var f flags
	before := s.inline.before
	if before != 0 && strings.IndexByte("]!*_~^=`", before) >= 0 || s.line.isTag || s.line.isMarks && s.line.lead == leadText {
		f |= markdownFill
	}
	if before == valueByte || before == '`' {
		f |= markdownElementCode
	}
	if s.inline.isFootnote {
		f |= markdownFootnote
	}
	if before == ']' {
		f |= markdownBehindBracket
	}
	if s.line.digits {
		f |= markdownDigits
	}
	if s.inline.ticks > 0 {
		f |= markdownTicks
	}
	if s.block.isBroken {
		f |= markdownFillValue
	}
	return f
}

// writeFence writes a value into a code block.
func (r markdownReader) writeFence(s markdownState, a *action) markdownState {
	var f flags
	switch {
	case s.block.isBoxed:
		r.refuse(a, "leave a blank line above the code block", "the action is in a code block directly below the first line of an admonition")
	case s.line.isPure && s.line.count >= s.block.length:
		r.refuse(a, "put it on the next line", "the action is on a line that would end the code block if it were empty")
	case s.block.isLoose && s.block.fence > 0 && s.line.col < s.block.fence && s.line.lead == leadText && s.line.isPure:
		r.refuse(a, fmt.Sprintf("indent the lines of the block like its fence, by %d spaces", s.block.fence), "the action may be outside the list item whose code block it is in")
	case s.line.isPure && (s.line.count > 0 || s.line.first != nil):
		f |= markdownJoined
		if s.line.first != nil {
			s.line.first.mark(markdownJoined)
		}
	}
	if s.line.last != nil {
		f |= markdownJoined
		s.line.last.mark(markdownBeside | markdownJoined)
	}
	quotes := 0
	if strings.IndexByte(s.block.stack, quoteMark) >= 0 {
		quotes = s.packed()
	}
	a.write(markdownFenceWriter, f, int(s.block.char), s.block.length, s.block.fence, quotes)
	if s.line.first == nil {
		s.line.first = a
	}
	s.line.last = a
	return s
}

// writeTag writes a value into the quotes of an attribute.
func (r markdownReader) writeTag(s markdownState, a *action) markdownState {
	in, inQuotes := s.tag.attribute()
	bare := tagBare.FindStringSubmatch(s.tag.text)
	if bare != nil {
		in = attribute{tag: bare[1], name: bare[2]}
	}
	f := s.marginFlag()
	switch {
	case s.tag.isOdd:
		r.refuse(a, "write the tag without a blank line in it", insideMsg, "a tag of an HTML block that a blank line has ended")
	case s.tag.text == "<":
		r.refuse(a, fmt.Sprintf("write [%s](%s) for a link, and &lt; for text", a.node, a.node), insideMsg, "an HTML tag")
	case !inQuotes && bare == nil:
		r.refuse(a, "write &lt; for a character that is text; a value is allowed in the quotes of an attribute such as title", insideMsg, "an HTML tag")
	case in.isCode():
		r.refuse(a, "write it in the text, or in an attribute such as title or id of another element", insideMsg, fmt.Sprintf("the attribute %s of <%s>", in.name, in.tag))
	case !in.isURL() && !in.isText():
		r.refuse(a, "write it in an attribute such as title, or data-"+strings.ToLower(in.name), insideMsg, "the attribute "+in.name)
	case bare != nil:
		r.refuse(a, fmt.Sprintf("put it in quotes: \"%s\"", a.node), "the action is an attribute without quotes")
	}
	if s.tag.inside = a; !inQuotes {
		return s
	}
	s.tag.text = fmt.Sprintf("<%s %s=%s", in.tag, in.name, in.quote)
	if in.isURL() {
		s.tag.text += r.writeURL(a, in.before, f)
	} else {
		if in.isProperty() && !strings.ContainsAny(in.before, "/?#") {
			f |= markdownProperty
		}
		a.write(markdownAttributeWriter, f)
		s.tag.text += cmp.Or(in.before, valueMark)
	}
	if s.url.first = nil; in.isURL() || f&markdownProperty != 0 {
		s.url.first = a
	}
	return s
}
