package escape

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/firestoned/firestone/generator/tree"
)

// placeAction places an action in Markdown and gives it the writer for its place.
func (r markdownReader) placeAction(s markdownState, a *action) markdownState {
	isBelow := a.last == "nindent"
	if held := s.held; held != "" {
		next := valueMark
		if isBelow {
			next = "\n"
		}
		s.held = ""
		s = r.read(s, held+next, len(held), r.nowhere)
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
		s.line.isItem = true
	}
	if s.block.isDefined {
		r.refuse(a, "leave a blank line below the definition", "the action is below the definition of a link and could become its title")
	}
	if s.line.indent >= 4 && s.block.leaf != paragraphLeaf {
		return r.deepLine(s, valueByte)
	}
	s = r.inParagraph(s, valueByte)
	isAstray := s.block.isTable || s.line.depth < len(s.block.stack) || s.line.indent >= 4
	s.line.isSingle = s.line.continues && isAstray || s.line.indent > 1 && a.last != "nindent" // it may be in a list of source
	s.line.lead, s.line.digits = leadValues, true
	return s
}

// write gives an action the writer for its place, or refuses it.
func (r markdownReader) write(s markdownState, a *action) markdownState {
	if s.tag.isOdd && (s.place == markdownElement || s.place == markdownRemark) {
		r.refuseOpenTag(a)
	}
	switch s.place {
	case markdownText:
		return r.writeText(s, a)
	case markdownSpan:
		r.refuseSpan(a)
	case markdownIndented:
		r.refuse(a, "write the lines between ``` and ```, without the spaces", insideMsg, "an indented code block")
	case markdownInfo:
		if !infoWord.MatchString(s.tag.text) {
			r.refuse(a, "write the language of the block without an action", insideMsg, "the first line of a code block")
		}
		a.write(markdownAttributeWriter, 0)
		s.line.last = a
	case markdownFence:
		return r.writeFence(s, a)
	case markdownHTML:
		if s.inline.inTarget {
			r.refuse(a, "leave a blank line before the link, or write <a href=\"…\">", "the action is the target of a link in HTML, where only some readers read Markdown")
		}
		f := s.textFlags(a) | markdownReferences
		if s.line.lead == leadValues {
			f |= markdownFill
		}
		a.write(markdownWriter, f, s.packed())
		s.line.last = a
	case markdownElement:
		return r.writeTag(s, a)
	case markdownRemark:
		a.write(markdownAttributeWriter, s.marginFlag())
		s.tag.inside = a
	case markdownDeclaration:
		r.refuse(a, "write it outside", insideMsg, "a declaration of HTML")
	case markdownRaw:
		r.refuse(a, fmt.Sprintf("write it in an attribute such as data-value of an element outside, or end this one with %s>", s.tag.end), insideMsg, "<"+s.tag.end[2:]+">")
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
		r.refuse(a, "write &#123; for a brace that is text, or {{ code (printf … ) }} for code", insideMsg, "braces, which some readers treat as code")
	case markdownID:
		a.write(markdownIDWriter, 0)
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
		r.refuse(a, "write a code span as {{ code (printf … ) }} in each branch, and \\` for a backtick that is text", "the action follows a backtick that nothing closes before the next branch or loop")
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
		if s.line.continues {
			f |= markdownFillValue
		}
		if s.line.continues || s.inline.before == valueByte {
			f |= markdownContinues
		}
		if s.line.isItem {
			f |= markdownFill
		}
	}
	before := s.inline.before
	if before != 0 && strings.IndexByte("]!*_~^=`", before) >= 0 || before == '>' && s.place != markdownHTML || s.line.isBare || s.line.isMarks && s.line.lead == leadText {
		f |= markdownFill
	}
	if before == valueByte || before == '`' {
		f |= markdownJoined
	}
	if before == ']' {
		f |= markdownBehind
	}
	if s.inline.isFootnote {
		f |= markdownFootnote
	}
	if s.line.digits && before != 0 {
		f |= markdownDigits
	}
	if !s.block.isBegun {
		f |= markdownStart
	}
	isElsewhere := func(c *call) bool { return len(c.args) == 1 && c.args[0] != s.packed() }
	if s.line.isSingle || s.block.isBoxed || s.inline.brackets != "" || s.inline.tags > 0 || s.inline.hasSource && a.last == "text" || slices.ContainsFunc(a.calls, isElsewhere) {
		f |= markdownOneLine
	}
	if a.last == "nindent" {
		f |= markdownLines
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
