package escape

import (
	"fmt"
	"regexp"
	"strings"
	"text/template/parse"

	"github.com/firestoned/firestone/generator/tree"
)

// The flags of the writers of Markdown.
const (
	markdownFill          flags = 1 << iota // an empty value would affect the text around it
	markdownFillValue                       // the same, but not for source
	markdownMargin                          // only spaces and the marks of quotes and lists precede it on its line
	markdownNumber                          // "." or ")" follows, which would turn digits into a list item
	markdownDigits                          // digits may precede it
	markdownTicks                           // an unpaired backtick precedes it
	markdownLabelled                        // it is in brackets, which may be a link label
	markdownOneLine                         // lines would end the heading, the table row or the link
	markdownStart                           // it begins the file
	markdownMixed                           // it is at different depths
	markdownContinued                       // the line below is not blank
	markdownBeside                          // text follows on its line
	markdownFootnote                        // it directly follows "[^name]:"
	markdownLines                           // the pipeline ends in nindent
	markdownJoined                          // in a code block: it shares its line with fence characters or another value
	markdownInside                          // in a URL: something precedes it
	markdownQuery                           // in a URL: after "?" or "#"
	markdownTildes                          // "~" follows
	markdownElementCode                     // backticks may be adjacent
	markdownBars                            // "|" may turn the line into a table
	markdownProperty                        // in an attribute with any purpose
	markdownAstray                          // nindent puts its lines elsewhere than the paragraph that they continue
	markdownBracketed                       // it is in brackets
	markdownBehindBracket                   // it directly follows "]"
	markdownTouched                         // an action, or something that could turn brackets into a link, directly follows
	markdownTitled                          // the line below would be the title of a definition
	markdownUntitled                        // the same for it, below another action
	markdownLazy                            // it continues a paragraph at a greater depth
	markdownSpread                          // lines of a text follow in its paragraph
	markdownBehind                          // source precedes it in its paragraph
	markdownBoxed                           // it is below the first line of an admonition, which not all readers support
	markdownGoesOn                          // its paragraph has more above it than source of its own, or definitions
	markdownAfter                           // another value, or its own from the previous iteration, precedes it on its line
)

// placeAction places an action in Markdown and gives it the writer for its place.
func (r markdownReader) placeAction(s markdownState, a *action) markdownState {
	isBelow := a.last == "nindent"
	if held := s.held; held != "" {
		s.held = ""
		if isBelow {
			s = r.read(s, held+"\n", len(held), r.nowhere)
		} else {
			s = r.read(s, held+valueMark, len(held), r.nowhere)
		}
	}
	switch s.place {
	case markdownYAML:
		s.yaml = yamlReader(r).placeAction(s.yaml, a)
		return s.behindFront(a, YAML)
	case markdownTOML:
		s.toml = tomlReader(r).placeAction(s.toml, a)
		return s.behindFront(a, TOML)
	case markdownUnread:
		hint := "write the --- of front matter in the first line of the file, and that of a rule above a blank line"
		if !s.block.isLate {
			hint = "end the front matter with ---, and not with ..."
		}
		r.refuse(a, hint, insideMsg, "what may be front matter")
		return s
	}
	if isBelow && (s.place == markdownText || s.place == markdownInfo || s.place == markdownFence || s.place == markdownHTML) {
		s = r.lineEnd(s)
		s = r.read(s, strings.Repeat(" ", max(a.indent, 0))+valueMark, max(a.indent, 0), r.nowhere)
		s.held = ""
	}
	s = r.beginValue(s, a)
	if a.last == "raw" {
		s.line.lead, s.inline.before, s.block.isBegun = leadText, 'x', true
		return s
	}
	s = r.write(s, a)
	s.block.isBegun = true
	if mayBeSource(a) && a.last != "code" && (s.place == markdownText || s.place == markdownHTML) {
		s.block.isLoose = true
		if a.last != "text" {
			s.inline.source = a
		}
	}
	s.block.isEmpty = false
	return s
}

// behindFront returns the state after an action in front matter, in which the functions that write the language of the
// file write that of the front matter.
func (s markdownState) behindFront(a *action, language Language) markdownState {
	s.line.lead = leadText
	tree.Inspect(a.node.Pipe, func(node parse.Node) bool {
		if name, ok := node.(*parse.IdentifierNode); ok && frontFuncs[name.Ident] {
			name.Ident = frontFunc(name.Ident, language)
		}
		return true
	})
	return s
}

// frontFuncs are the functions that write the language of the file.
var frontFuncs = words("text quote comment")

// frontFunc returns the name of such a function for front matter of the language.
func frontFunc(name string, language Language) string { return "_" + name + string(language) }

// beginValue determines the block of a value at the beginning of a line.
func (r markdownReader) beginValue(s markdownState, a *action) markdownState {
	if s.line.lead == leadItem {
		s = s.itemContent(false)
	}
	if s.line.lead != leadIndent {
		return s
	}
	isIn := s.line.depth == len(s.block.stack)
	s.line.skip = false
	switch {
	case s.block.lasts || s.place == markdownRaw, isIn && (s.block.leaf == fenceLeaf || s.block.leaf.isHTML()):
		s.line.lead, s.line.isPure = leadText, s.line.indent < 4
		if s.place == markdownHTML || s.place == markdownElement || s.place == markdownRemark {
			s.line.lead = leadValues
		}
		return s
	case s.block.leaf == fenceLeaf || s.block.leaf.isHTML():
		s = r.cut(s, s.line.depth)
		s.line.ends = true
	}
	if s.block.isDefined {
		r.refuse(a, "leave a blank line below the definition", "the action is below the definition of a link and could become its title")
	}
	isOwn := s.block.leaf != paragraphLeaf || s.block.isDefined || s.block.isOwn && s.block.head == a && !s.block.many
	if s.line.indent >= 4 && !(s.block.isLoose && a.last == "nindent") {
		if s = r.deepLine(s, valueByte); s.place == markdownIndented {
			return s
		}
	}
	r.followAbove(s, s.block.inside || s.line.indent >= 4 || s.block.stack != "")
	if s.block.leaf != paragraphLeaf {
		s.block.isLoose = s.block.isLoose || s.line.depth < len(s.block.stack) // if it is empty, what it would close is open
		s = r.endParagraph(r.cut(s, s.line.depth))
		s.block.leaf = paragraphLeaf
	} else {
		s.line.isBelow = s.block.above != nil
		s.line.continues, s.line.isSingle = true, s.block.isTable
		s.line.isAstray = s.line.depth < len(s.block.stack) || s.line.indent >= 4
	}
	if s.line.indent > 1 && s.block.isLoose && a.last != "nindent" { // it may be code, or stand in a list
		s.line.isSingle = true
	}
	s.block.isDefined = false
	s.line.lead, s.line.digits, s.line.first, s.line.isOwn = leadValues, true, a, isOwn
	return s
}

// write gives an action the writer for its place, or refuses it.
func (r markdownReader) write(s markdownState, a *action) markdownState {
	switch s.place {
	case markdownText:
		return r.writeText(s, a)
	case markdownSpan:
		r.refuseSpan(a)
	case markdownIndented:
		r.refuse(a, "write the lines between ``` and ```, without the spaces", insideMsg, "an indented code block")
	case markdownInfo:
		if !s.line.isQuoted {
			r.refuse(a, "write the language of the block without an action", insideMsg, "the first line of a code block")
		}
		a.write(markdownAttributeWriter, 0)
		s.line.last = a
	case markdownFence:
		return r.writeFence(s, a)
	case markdownHTML:
		if s.inline.isLost {
			r.refuse(a, `write &lt; where it is text, or leave a blank line above it`, "the action follows something in its HTML that is not a complete tag")
		}
		if s.inline.inTarget {
			r.refuse(a, "leave a blank line before the link, or write <a href=\"…\">", "the action is the target of a link in HTML, where only some readers read Markdown")
		}
		f := s.textFlags(a)
		if s.line.lead == leadValues {
			f |= markdownFill
		}
		a.write(markdownHTMLWriter, f, s.packed())
		s.line.last = a
	case markdownElement:
		return r.writeTag(s, a)
	case markdownRemark:
		if s.tag.isOdd {
			r.refuse(a, "begin the comment on a line of its own, after a blank line", insideMsg, "a comment of an HTML block that a blank line has ended")
		}
		a.write(markdownRemarkWriter, s.marginFlag())
		s.tag.inside = a
	case markdownDeclaration:
		r.refuse(a, "write it outside", insideMsg, "a declaration of HTML")
	case markdownRaw:
		hint := "write the value in an attribute such as data-value of an element outside, and read it from there"
		if s.tag.isEmpty {
			hint = fmt.Sprintf("end the element with </%s>: browsers ignore the slash", s.tag.raw)
		}
		r.refuse(a, hint, insideMsg, "<"+s.tag.raw+">")
	case markdownLabel:
		what, hint := "the label of a link", "write [TEXT](URL)"
		if s.tag.isFootnote {
			what, hint = "the name of a footnote", "write the name without an action, such as [^1]"
		}
		r.refuse(a, hint, insideMsg, what)
	case markdownLink:
		return r.writeLink(s, a)
	case markdownAutolink:
		s.url.text = r.writeURL(a, s.url.text, s.marginFlag())
	case markdownBraces:
		if s.inline.id && s.inline.braces == 1 && (s.inline.before == '#' || s.inline.before == valueByte || isIDByte(s.inline.before)) {
			a.write(markdownIDWriter, 0)
			s.inline.before = valueByte
			return s
		}
		hint := `write \{ for a brace that is text, or {{ code (printf … ) }} for code`
		if s.back == markdownHTML {
			hint = "write &#123; for a brace that is text"
		}
		r.refuse(a, hint, insideMsg, "braces, which some readers treat as code")
	case markdownMath:
		r.refuse(a, `write \$ for a dollar sign that is text`, insideMsg, "a formula")
	case markdownModule:
		r.refuse(a, "begin the line with another word: MDX treats import and export as code", insideMsg, "a line that begins with import or export")
	}
	return s
}

// lineBreak is a line break in a code span, which is shown as a space, with the marks at the beginning of the next
// line.
var lineBreak = regexp.MustCompile(`[ \t]*(\r\n?|\n)[ \t>]*`)

// refuseSpan refuses an action in a code span.
func (r markdownReader) refuseSpan(a *action) {
	t := textAround(a)
	before := t.before[strings.LastIndexByte(t.before, '`')+1:]
	after, _, _ := strings.Cut(t.after, "`")
	if !strings.Contains(t.after, "`") {
		r.refuse(a, fmt.Sprintf("write the whole span in each branch, as {{ code (%s) }}, and \\` for a backtick that is text", t.form(before, "")), insideMsg, "a code span that a branch or loop closes")
		return
	}
	before, after = lineBreak.ReplaceAllString(before, " "), lineBreak.ReplaceAllString(after, " ")
	if before == "" && after == "" || !strings.Contains(t.before, "`") {
		r.refuse(a, fmt.Sprintf("write {{ code %s }} without the backticks", operand(a.node.Pipe)), insideMsg, "a code span")
		return
	}
	r.refuse(a, fmt.Sprintf("write {{ code (%s) }} without the backticks", t.form(before, after)), insideMsg, "a code span")
}

func (r markdownReader) refuseDelimiter(a *action, c byte) {
	r.refuse(a, fmt.Sprintf(`write \%c where it is text, or put a space on its other side`, c), "the action is next to %q, which is emphasis or not depending on whether the value begins or ends with a letter", string(rune(c)))
}

// textFlags are the flags of any place with text.
func (s markdownState) textFlags(a *action) flags {
	var f flags
	if s.line.lead == leadValues {
		if !s.line.continues || s.line.indent < 4 { // else no block begins there
			f |= markdownMargin
		}
		if s.line.isBelow {
			f |= markdownUntitled
		}
		if s.inline.before == valueByte {
			f |= markdownAfter
		}
		if !s.line.isOwn {
			f |= markdownGoesOn
		}
		if s.line.isItem || s.line.ends {
			f |= markdownFill
		}
	}
	if !s.block.isBegun {
		f |= markdownStart
	}
	if s.line.isSingle || s.inline.brackets != "" || s.inline.tags > 0 {
		f |= markdownOneLine
	}
	if s.inline.brackets != "" {
		f |= markdownBracketed
	}
	if s.block.isBoxed {
		f |= markdownBoxed
	}
	if a.last == "nindent" {
		f |= markdownLines
		if s.line.isAstray {
			f |= markdownAstray
		}
	}
	if s.line.isAstray && s.line.depth < len(s.block.stack) && a.last != "nindent" {
		f |= markdownLazy
		if s.line.depth > 0 {
			f |= markdownMixed
		}
	}
	for _, c := range a.calls {
		if len(c.args) == 1 && c.args[0] != s.packed() {
			f |= markdownMixed
		}
	}
	return f
}

// marginFlag is the flag for a place inside a tag, a comment or a title at the beginning of a line.
func (s markdownState) marginFlag() flags {
	if s.line.lead == leadValues {
		return markdownMargin
	}
	return 0
}

// packed returns the open quotes and items as one number.
func (s markdownState) packed() int {
	n := 0
	for _, c := range []byte(s.block.stack) {
		n = n<<6 | int(c)
	}
	return n
}
