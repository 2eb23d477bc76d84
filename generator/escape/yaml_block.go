package escape

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/firestoned/firestone/generator/tree"
	"github.com/firestoned/firestone/model/value"
)

// What a writer needs to know about a place in a block scalar.
const (
	blockLead     flags = 1 << iota // it begins its line
	blockBeside                     // text of the template, or another action, is on its line as well
	blockFirst                      // no line above it determines the column of the block's lines
	blockUneven                     // the line below is the first to determine it, and begins in another column
	blockAbove                      // a line of the block follows
	blockFolded                     // the line breaks of the block are spaces
	blockKeeping                    // the line breaks at the end of the block are kept
	blockIndented                   // it writes the spaces before its lines, as indent does
	blockBelow                      // it also writes the line break before them, as nindent does
)

// blockStart decides whether a line belongs to the block scalar: it is deeper than the scalar's key.
func (s yamlState) blockStart(text string) (yamlState, int) {
	switch c := text[0]; {
	case s.col == 0 && (isMarker(text, "---") || isMarker(text, "...")):
		return s.blockEnd(), 0
	case isBreak(c):
		s.col = 0
		return s, 1
	case c == ' ':
		s.col++
		return s, 1
	case s.col > s.parent:
		return s.blockLine().blockText(), 1
	}
	return s.blockEnd(), 0
}

// inBlock reports whether the position is in a line of a block scalar, or where one may begin.
func (s yamlState) inBlock() bool {
	return s.mode == yamlBlockStart || s.mode == yamlBlockLead || s.mode == yamlBlock
}

// blockEnd returns the state at the start of a line after the block scalar.
func (s yamlState) blockEnd() yamlState {
	s.mode, s.last = yamlLineStart, nil
	return s
}

// blockLine returns the state in a line of a block scalar; the first one determines the column of its lines.
func (s yamlState) blockLine() yamlState {
	if s.block == 0 {
		s.block = s.col
	}
	if s.last != nil {
		s.last.mark(blockAbove)
		if !s.settled && s.col != s.block {
			s.last.mark(blockUneven)
		}
		s.settled = s.settled || s.kind == '>' // unless an empty line precedes another one
	}
	return s
}

// blockText returns the state in a line of a block scalar after text of the template.
func (s yamlState) blockText() yamlState {
	s.mode, s.last, s.settled = yamlBlock, nil, true
	return s
}

// blockBehind reads a line of a block scalar that consists of one action so far.
func (s yamlState) blockBehind(c byte) yamlState {
	if isBreak(c) {
		s.mode, s.col = yamlBlockStart, 0
		return s
	}
	s.last.mark(blockBeside)
	return s.blockText()
}

// inBlock places an action in a block scalar, where nothing can be escaped: it is one or more lines, or part of a line.
func (r yamlReader) inBlock(s yamlState, a *action) yamlState {
	s, f := s.indentedLine(a)
	isLead := s.mode == yamlBlockStart
	switch {
	case s.mode == yamlHeader:
		r.refuse(a, "write the header of the block without an action", insideMsg, "the header of a block scalar")
		return s
	case s.col == 0:
		r.refuse(a, "indent the lines of the block", insideMsg, "a block scalar that is not indented")
	case s.col < s.block:
		r.refuse(a, "indent the line like the first one of the block", insideMsg, "a line that is indented less than its block scalar")
	case len(tree.Calls(a.node.Pipe, "text", "comment")) > 0, strings.HasSuffix(a.last, "indent") && f&blockIndented == 0:
		r.refuse(a, r.blockHint(s, a), insideMsg, "a block scalar")
	}
	indent := 0
	if f&blockIndented != 0 {
		indent = a.indent
	}
	if s.kind == '>' {
		f |= blockFolded
	}
	if s.keeps {
		f |= blockKeeping
	}
	switch {
	case isLead:
		s = s.blockLine()
		s.mode, s.last = yamlBlockLead, a
		if f |= blockLead; s.kind == '>' && s.col > s.block {
			f |= blockBeside // a more deeply indented line is not folded
		}
	case s.mode == yamlBlockLead:
		s = s.blockBehind(0)
		f |= blockBeside
	default:
		f |= blockBeside
	}
	if !s.settled {
		f |= blockFirst
	}
	if slices.ContainsFunc(a.calls, func(c *call) bool { return len(c.args) > 0 && c.args[0] != s.block }) {
		f |= blockBeside
	}
	a.calls = append(a.calls, &call{writer: yamlBlockWriter, flags: f, args: []int{s.block, indent}, hint: r.blockHint(s, a)})
	return s
}

// indentedLine returns the state after the spaces that indent writes, and the line break that nindent writes before
// them, if the action begins a line of the block scalar that way.
func (s yamlState) indentedLine(a *action) (yamlState, flags) {
	f := blockIndented
	switch {
	case a.indent <= s.parent || a.indent < 1:
		return s, 0
	case a.last == "indent" && s.mode == yamlBlockStart && s.col == 0:
	case a.last == "nindent" && s.mode == yamlBlockLead:
		s = s.blockBehind('\n')
		f |= blockBelow
	case a.last == "nindent" && s.mode != yamlBlockStart:
		s.mode, s.lead, s.last = yamlBlockStart, 0, nil
		f |= blockBelow
	default:
		return s, 0
	}
	s.col = a.indent
	return s, f
}

// blockHint returns how to write a block scalar with an action whose value may have several lines.
func (r yamlReader) blockHint(s yamlState, a *action) string {
	column := max(s.parent, 0) + 2
	if s.kind == '>' {
		return "put the whole text in double quotes, on one line, in place of the block"
	}
	if form := blockForm(a, s.parent, column); form != "" {
		return "write " + form + " after the key, in place of the block"
	}
	return fmt.Sprintf("put the whole text into a partial of plain text, _NAME.txt.tmpl, and write {{- text (include \"NAME\" .) | nindent %d }} after the key, in place of the block", column)
}

// writeYAMLBlockPlace writes a value into a block scalar whose lines begin in the given column. A value that is all of
// its line may have several lines; at the end of the block, its final line breaks are those that the block's header
// requires.
func writeYAMLBlockPlace(flag, column, indent int, hint string, v any) (string, error) {
	text, err := placeText(v)
	if err != nil {
		return "", err
	}
	f, before := flags(flag), ""
	if f&blockIndented != 0 {
		before = strings.Repeat(" ", indent)
		if f&blockBelow != 0 {
			before, text = "\n"+before, strings.TrimPrefix(text, "\n")
		}
		text = strings.ReplaceAll("\n"+text, "\n"+strings.Repeat(" ", indent), "\n")[1:]
	}
	if fault := blockFault(f, text); fault != "" {
		return "", value.Problem{Msg: fmt.Sprintf("%s %q", fault, text), Hint: hint}
	}
	body := strings.TrimRight(text, "\n")
	ends := text[len(body):]
	if f&(blockAbove|blockKeeping) == 0 {
		ends = ""
	}
	if f&blockFolded != 0 {
		body = foldable.ReplaceAllString(body, "$0\n")
	}
	return indentLines(before, body, strings.Repeat(" ", column)) + ends, nil
}

var foldable = regexp.MustCompile(`\n+`)

// blockFault returns why a block scalar cannot represent a text, or "".
func blockFault(f flags, text string) string {
	const contain, begin, end = "a block scalar cannot contain", "a line of a block scalar cannot begin with", "a block scalar cannot end with"
	isFolded := f&blockFolded != 0
	body := strings.TrimRight(text, "\n")
	beginning, last := strings.TrimLeft(body, "\n"), body[strings.LastIndexByte(body, '\n')+1:]
	switch isLead := f&blockLead != 0; {
	case f&blockBeside != 0 && (!isBlockText(text) || strings.Contains(text, "\n")):
		return "a line of " + contain
	case !isBlockText(text):
		return contain
	case !isLead:
		return ""
	case f&blockBeside != 0 && text == "", f&(blockBeside|blockFirst|blockFolded) != 0 && beginsBlank(beginning),
		isFolded && (body != beginning || strings.Contains(body, "\n ") || strings.Contains(body, "\n\t")):
		return begin
	case body == "" && f&blockUneven != 0, isFolded && body == "" && (f&blockAbove != 0 || f&blockFirst == 0):
		return begin
	case f&blockBeside == 0 && last != "" && strings.Trim(last, " \t") == "", isFolded && f&blockAbove != 0 && body != text:
		return end
	}
	return ""
}

func beginsBlank(text string) bool { return text != "" && (text[0] == ' ' || text[0] == '\t') }

// isBlockText reports whether every reader reads the characters of a text in a block scalar unchanged.
func isBlockText(s string) bool {
	for i, r := range s {
		if r < ' ' && r != '\n' && r != '\t' || r > '~' && !visible(r) || r == utf8.RuneError && !strings.HasPrefix(s[i:], string(r)) {
			return false
		}
	}
	return true
}
