package escape

import (
	"cmp"
	"path"
	"regexp"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// A position in Markdown is the place of the next character, the blocks around its line (markdownBlock), what the line has
// had so far (markdownLine), and what is open in its paragraph (markdownInline). Each line passes the leads: margin enters
// quotes and list items, content begins a block or continues one, and then the place reads character by character.

// markdownPlace is the construct in a Markdown file to which the next character belongs.
type markdownPlace uint8

const (
	markdownText        markdownPlace = iota
	markdownSpan                      // code between backticks
	markdownIndented                  // a line of an indented code block
	markdownInfo                      // after the opening fence, on its line
	markdownFence                     // a fenced code block
	markdownHTML                      // the text of an HTML block
	markdownElement                   // an HTML tag
	markdownRemark                    // an HTML comment
	markdownDeclaration               // <?…?>, <!…> and <![CDATA[…]]>
	markdownRaw                       // the content of <script> and the like, which is not HTML
	markdownLabel                     // the label of a link definition or a footnote
	markdownLink                      // the target of a link, with its title
	markdownAutolink                  // a target between < and >
	markdownBraces                    // {…}: code of MDX, Liquid and others, or attributes
	markdownID                        // the ID of a heading: {#id}
	markdownMath                      // a formula between $$
	markdownModule                    // import and export of MDX
	markdownYAML                      // front matter
	markdownTOML
	markdownUnread // possible front matter
)

// markdownLeaf is the block that the next line continues, unless it begins another one.
type markdownLeaf uint8

const (
	noLeaf markdownLeaf = iota
	paragraphLeaf
	fenceLeaf
	rawLeaf   // HTML up to </pre> and similar tags
	htmlLeaf  // HTML up to a comment's or declaration's end
	blankLeaf // HTML up to a blank line
)

func (l markdownLeaf) isHTML() bool { return l >= rawLeaf }

// markdownLead is the progress within a line.
type markdownLead uint8

const (
	leadIndent markdownLead = iota // after spaces and the marks of lists and quotes
	leadItem                       // after the mark of a list item, before its content
	leadValues                     // after values alone, which may be empty
	leadText
)

// markdownState is a position in a Markdown file.
type markdownState struct {
	place  markdownPlace
	block  markdownBlock
	line   markdownLine
	inline markdownInline
	tag    markdownTag
	url    markdownURL
	yaml   yamlState
	toml   tomlState
	held   string // the end of a text, whose meaning depends on what follows
}

// markdownBlock is the position of a line among the blocks.
type markdownBlock struct {
	leaf      markdownLeaf
	stack     string  // the open quotes and list items: '>', or the columns by which the lines of an item are indented
	char      byte    // of the fence
	length    int     // of the fence
	fence     int     // the column of the fence
	ended     bool    // the HTML block ends with its line
	lasts     bool    // the place continues over blank lines
	isEmpty   bool    // the last list item has no content so far
	isDefined bool    // the paragraph has nothing but definitions of links so far
	hasBar    bool    // the line above has a "|"
	isTable   bool    // the paragraph has a line of only dashes, colons and "|": each further line is a row
	isBegun   bool    // the file has more than blank lines
	isLate    bool    // it began with a blank line
	above     *action // at the end of the line above
	head      *action // the first one of the line above
	many      bool    // the line above has another one
	alone     bool    // the line above consists only of actions
	isBoxed   bool    // the first line of an admonition is above, with no blank line between
}

// markdownLine is the state of the current line.
type markdownLine struct {
	lead      markdownLead
	depth     int // how many of the open quotes and items the line has matched
	indent    int // the columns of space since
	col       int
	item      int // the columns before the content of the item that begins, without the spaces after its mark
	skip      bool
	continues bool    // it continues a paragraph
	isItem    bool    // a list item begins on it, or its value ends a code block or HTML
	hasBar    bool    // it has a "|"
	isBare    bool    // it has one, and does not begin with one
	isSingle  bool    // a heading, or a row of a table: further lines would not belong to it
	isWhole   bool    // it is a block of its own
	isQuoted  bool    // the first line of an admonition with a title in quotes
	isKind    bool    // the first line of an admonition whose kind is not complete
	isAside   bool    // an admonition's line
	last      *action // that directly precedes, or with spaces between at the end of the line
	head      *action // the first one of the line
	many      bool    // it has another one
	count     int     // of the fence characters at its end so far, values aside
	isPure    bool    // in a code block: it consists only of fence characters and values
	digits    bool    // it consists only of digits and values
	isMarks   bool    // it consists only of characters of rules, underlines and lists
}

// markdownReader reads Markdown (CommonMark 0.31.2 with GitHub's extensions, and the differences of MDX) to place
// actions. It refuses what it does not support.
type markdownReader struct{ *report }

func (markdownReader) start() markdownState { return markdownState{} }

// isPartial reports whether the template is inserted into others: it begins and ends within a file.
func (r markdownReader) isPartial() bool { return strings.HasPrefix(path.Base(r.file), "_") }

func (r markdownReader) open(s markdownState) string {
	if s.held != "" { // as if the line ended here
		s = markdownReader{&report{file: r.file}}.text(s, "\n")
	}
	if last := cmp.Or(s.line.last, s.block.above); r.isPartial() && last != nil && (s.line.digits || s.block.alone) {
		last.mark(markdownNumber)
	}
	isInline := !s.block.lasts && !s.tag.inBlock && s.tag.inside == nil // it ends with its paragraph
	switch s.place {
	case markdownFence, markdownInfo:
		return "a code block"
	case markdownYAML, markdownTOML, markdownUnread:
		return "the front matter"
	case markdownRaw:
		return "<" + s.tag.end[2:] + ">"
	default:
		if isInline && !r.isPartial() {
			return ""
		}
		return markdownOpen[s.place]
	}
}

// markdownOpen are the names of places that may end with their paragraph.
var markdownOpen = map[markdownPlace]string{
	markdownElement: "an HTML tag", markdownAutolink: "an HTML tag", markdownRemark: "a comment", markdownLink: "a link", markdownLabel: "a link",
	markdownBraces: "braces", markdownID: "braces", markdownMath: "a formula", markdownSpan: "a code span",
}

// nowhere is the place of text outside the template.
func (r markdownReader) nowhere(int) { r.at = place{} }

// maxConstruct is how long the text of a link or a tag may be, which values in a partial make long.
const maxConstruct = 4096

// valueMark follows a text before an action.
const valueMark = "\x00"

func (r markdownReader) text(s markdownState, text string) markdownState {
	held, at := s.held, r.at
	s.held = ""
	return r.read(s, held+text, len(held)+len(text), func(i int) {
		if r.at = (place{}); i >= len(held) { // what was held is not of this text
			r.at = at
			r.at.offset = i - len(held)
		}
	})
}

// read reads the text up to the limit; what follows it decides what comes next. goTo sets the place of each step.
func (r markdownReader) read(s markdownState, text string, limit int, goTo func(int)) markdownState {
	for i := 0; i < limit; {
		goTo(i)
		next, n := r.step(s, text[i:])
		switch {
		case n < 0 && limit == len(text):
			s.held = text[i:]
			return s
		case n < 0: // a value follows, which decides nothing
			next, n = s, 1
			next.line.lead = leadText
		}
		s, i = next, i+n
	}
	return s
}

// hold is returned by a step that needs more text.
const hold = -1

func (r markdownReader) step(s markdownState, text string) (markdownState, int) {
	switch s.place {
	case markdownYAML, markdownTOML, markdownUnread:
		return r.inFront(s, text)
	}
	c := text[0]
	switch {
	case c == '\r' && len(text) == 1:
		return s, hold
	case strings.HasPrefix(text, "\r\n"):
		return r.lineEnd(s), 2
	case isBreak(c):
		return r.lineEnd(s), 1
	case s.line.lead == leadIndent:
		return r.margin(s, text)
	case s.line.lead == leadItem:
		return s.inItem(c)
	}
	switch s.place {
	case markdownSpan:
		return r.inTicks(s, text)
	case markdownInfo:
		return r.inInfo(s, c), 1
	case markdownFence:
		return r.inFence(s, text)
	case markdownHTML:
		return r.asHTML(s, text)
	case markdownElement:
		return r.inTag(s, text)
	case markdownRemark, markdownDeclaration, markdownRaw:
		return s.inSkipped(text)
	case markdownLabel:
		return r.inLabel(s, text)
	case markdownLink:
		return r.inLink(s, c), 1
	case markdownAutolink:
		return s.inAutolink(c), 1
	case markdownBraces:
		return s.inBraces(c), 1
	case markdownID:
		return s.inID(c), 1
	case markdownMath:
		if strings.HasPrefix(text, "$$") {
			s.place, s.block.lasts, s.inline.before = markdownText, false, '$'
			return s, 2
		}
		return s, 1
	case markdownModule:
		if c != ' ' && c != '\t' { // after what is not complete, MDX continues over blank lines
			s.block.lasts = strings.IndexByte("=([{,+-*/&|<", c) >= 0
		}
		return s, 1
	case markdownIndented:
		return s, 1
	}
	return r.inText(s, text)
}

// inFront reads front matter with the reader of its language, up to the line that ends it.
func (r markdownReader) inFront(s markdownState, text string) (markdownState, int) {
	fence := "---"
	if s.place == markdownTOML {
		fence = "+++"
	}
	if s.line.lead == leadIndent {
		n, whole := lineOf(text)
		line := strings.TrimRight(text[:n], " \t")
		switch {
		case !whole && (strings.HasPrefix(fence, line) || strings.HasPrefix("...", line)):
			return s, hold
		case line == fence && !strings.Contains(text[:n], valueMark):
			if open := yamlReader(r).open(s.yaml) + tomlReader(r).open(s.toml); open != "" {
				r.problems.Add(value.BrokenSource, r.pos(len(r.source)), "close it before the line "+fence, "the front matter ends inside %s", open)
			}
			ended := markdownState{}
			ended.block.isBegun, ended.line.lead = true, leadText
			return ended, n
		case s.place == markdownYAML && documentEnd.MatchString(line): // which ends the front matter to some readers
			s.place = markdownUnread
		}
	}
	c := text[0]
	s.line.lead = leadText
	if isBreak(c) {
		s.line.lead = leadIndent
	}
	switch s.place {
	case markdownYAML:
		s.yaml = yamlReader(r).text(s.yaml, text[:1])
	case markdownTOML:
		s.toml = tomlReader(r).text(s.toml, text[:1])
	}
	return s, 1
}

var documentEnd = regexp.MustCompile(`^\.\.\.([ \t]|$)`)

// lineOf returns the length of the first line without its break, and whether the text has that break.
func lineOf(text string) (int, bool) {
	if n := strings.IndexAny(text, "\r\n"); n >= 0 {
		return n, true
	}
	return len(text), false
}
