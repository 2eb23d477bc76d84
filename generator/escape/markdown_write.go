package escape

import (
	"cmp"
	"fmt"
	"strings"
)

// writeText writes a value into a paragraph, a heading or a cell.
func (r markdownReader) writeText(s markdownState, a *action) markdownState {
	r.refuseText(s, a)
	if s.line.isQuoted {
		a.write(markdownAttributeWriter, 0)
		s.inline.before, s.line.last = valueByte, a
		return s
	}
	f := s.textFlags(a)
	if s.inline.doubt != 0 && s.inline.doubtful == nil {
		if s.inline.doubtful = a; strings.Count(s.inline.delimiters, string(rune(s.inline.doubt))) > 1 {
			r.refuseDelimiter(a, s.inline.doubt)
		}
	}
	if s.inline.before == valueByte && s.line.last != nil {
		s.line.last.mark(markdownJoined | markdownTouched)
	}
	if s.line.lead == leadValues && s.line.head != nil && s.line.head != a {
		s.line.head.mark(markdownBeside)
	}
	if s.inline.dollar && s.inline.inDollar == nil {
		s.inline.inDollar = a
	}
	if s.inline.brackets != "" && s.inline.inBrackets == nil {
		s.inline.inBrackets = a
	}
	if s.line.head == nil {
		s.line.head = a
	}
	s.line.many = s.line.many || s.line.head != a
	s.line.last, s.line.isMarks = a, false
	s.inline.hasSource = s.inline.hasSource || mayBeSource(a) && a.last != "code" && a.last != "text"
	s.inline.before, s.inline.isFootnote = valueByte, false
	a.write(markdownWriter, f, s.packed())
	return s
}

// refuseText refuses a value after text that would absorb it.
func (r markdownReader) refuseText(s markdownState, a *action) {
	switch {
	case s.inline.isLost:
		r.refuse(a, `write \< or \[ where it is text, leave a blank line above it, or write fewer quotes and list items inside each other`, "the action follows something in its paragraph that is not a complete tag or link, or is too deep in quotes and list items")
	case s.inline.escaped:
		r.refuse(a, `write the backslash as \\, or remove it`, insideMsg, "an escape")
	case s.inline.entity:
		r.refuse(a, "write &amp; for an ampersand that is text", insideMsg, "a character reference")
	case s.line.isKind:
		r.refuse(a, "write the kind of the box without an action", insideMsg, "the kind of an admonition")
	}
}

// writeFence writes a value into a code block.
func (r markdownReader) writeFence(s markdownState, a *action) markdownState {
	switch {
	case s.block.isBoxed:
		r.refuse(a, "leave a blank line above the code block", "the action is in a code block directly below the first line of an admonition")
	case s.line.isPure && s.line.count >= s.block.length:
		r.refuse(a, "put it on the next line", "the action is on a line that would end the code block if it were empty")
	case s.block.fence > 0 && s.line.col < s.block.fence && s.line.last == nil && s.line.isPure:
		r.refuse(a, fmt.Sprintf("indent the lines of the block like its fence, by %d spaces", s.block.fence), "the action may be outside the list item whose code block it is in")
	}
	quotes := 0
	if strings.IndexByte(s.block.stack, quoteMark) >= 0 {
		quotes = s.packed()
	}
	a.write(markdownFenceWriter, 0, int(s.block.char), s.block.length, s.block.fence, quotes)
	s.line.last = a
	return s
}

// writeTag writes a value into the quotes of an attribute.
func (r markdownReader) writeTag(s markdownState, a *action) markdownState {
	in, inQuotes := s.tag.attribute()
	f := s.marginFlag()
	switch {
	case s.tag.text == "<":
		r.refuse(a, fmt.Sprintf("write [%s](%s) for a link, and &lt; for text", a.node, a.node), insideMsg, "an HTML tag")
	case !inQuotes:
		r.refuse(a, "write it in the quotes of an attribute such as title, or &lt; for a character that is text", insideMsg, "an HTML tag")
	case in.isCode():
		r.refuse(a, "write it in the text, or in an attribute such as title or id of another element", insideMsg, fmt.Sprintf("the attribute %s of <%s>", in.name, in.tag))
	case in.isProperty() && (isCodeURL(in.before) || strings.Contains(in.before, "&")): // "&…;" may be any character
		r.refuse(a, "write a URL with https", insideMsg, "a URL that is code")
	case !in.isURL() && !in.isText():
		r.refuse(a, "write it in an attribute such as title, or data-"+strings.ToLower(in.name), insideMsg, "the attribute "+in.name)
	}
	if s.tag.inside = a; !inQuotes {
		return s
	}
	s.tag.text = fmt.Sprintf("<%s %s=%s", in.tag, in.name, in.quote)
	if in.isURL() {
		s.tag.text += r.writeURL(a, in.before, f)
	} else {
		if before := strings.TrimLeft(in.before, " \t\n"); in.isProperty() && !strings.ContainsAny(before, "/?# ") {
			if f |= markdownProperty; before != "" {
				f |= markdownInside
			}
		}
		a.write(markdownAttributeWriter, f)
		s.tag.text += cmp.Or(in.before, valueMark)
	}
	if s.url.first = nil; in.isURL() || f&markdownProperty != 0 {
		s.url.first = a
	}
	return s
}
