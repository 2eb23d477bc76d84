package escape

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/firestoned/firestone/model/value"
)

// code returns a code span that shows the text: in as many backticks as needed, or in <code> if it has a "|", which
// would end a table cell, or something that Liquid and similar tools read even in code. In HTML it is always <code>.
func code(language Language, v any) (*Source, error) {
	text, err := placeText(v)
	if err != nil {
		return nil, err
	}
	if language == HTML {
		return &Source{Language: HTML, Text: "<code>" + WriteHTML(text) + "</code>"}, nil
	}
	text = oneLine(text)
	html := codeElement(text)
	if text == "" || strings.Contains(text, "|") || strings.Contains(text, "{{") || strings.Contains(text, "{%") {
		return &Source{Language: Markdown, Text: html, asHTML: html}, nil
	}
	longest, run := 0, 0
	for i := range len(text) {
		if run++; text[i] != '`' {
			run = 0
		}
		longest = max(longest, run)
	}
	fence := strings.Repeat("`", longest+1)
	if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") {
		text = " " + text + " "
	}
	return &Source{Language: Markdown, Text: fence + text + fence, asHTML: html}, nil
}

func codeElement(text string) string {
	var b strings.Builder
	for _, r := range text {
		if r < utf8.RuneSelf && unicode.In(r, unicode.P, unicode.S) {
			fmt.Fprintf(&b, "&#%d;", r)
		} else {
			b.WriteRune(r)
		}
	}
	return "<code>" + b.String() + "</code>"
}

// escapedLines returns each line of a text, fully escaped.
func escapedLines(text string) *Source {
	var b strings.Builder
	for line := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		if line = WriteMarkdown(line); b.Len() > 0 || strings.TrimSpace(line) != "" {
			b.WriteString(line + "\n")
		}
	}
	return &Source{Language: Markdown, Text: strings.TrimRight(b.String(), " \n"), asHTML: cmp.Or(escapeMarkdown(oneLine(text), markdownMargin|markdownReferences), " ")}
}

// inMarkdownHTML returns source for text of HTML in Markdown.
func (s *Source) inMarkdownHTML(f flags, stack int) (string, error) {
	switch {
	case s.asHTML == "" && !isHTML(s.Text):
		return "", value.Problem{Msg: "source of Markdown is used in HTML, where Markdown is not read", Hint: "leave a blank line before and after it"}
	case s.asHTML == "":
		return s.inMarkdown(f&^markdownFollowed, stack)
	}
	text := s.asHTML
	if strings.TrimSpace(text) == "" && f&(markdownFill|markdownFillValue) != 0 {
		text = emptyMarkdown
	}
	if s.indented {
		text = "\n" + strings.Repeat(" ", s.indent) + text
	}
	return text, nil
}

// inMarkdown returns source for its place in a paragraph, heading or cell, or the error that explains how to write it
// there.
func (s *Source) inMarkdown(f flags, stack int) (string, error) {
	if s == nil || strings.TrimSpace(s.Text) == "" {
		text := ""
		if s != nil && s.indented {
			text = s.Text
		}
		if f&markdownFill != 0 || f&markdownFillValue != 0 && s != nil && s.asHTML != "" {
			text += emptyMarkdown
		}
		return text, nil
	}
	text := s.Text
	if f&markdownJoined != 0 && strings.HasPrefix(s.asHTML, "<code>") {
		text = s.asHTML
	}
	if f&markdownApart != 0 || f&markdownBehind != 0 && strings.IndexByte("([:", text[0]) >= 0 || mayBeNumber(text, f) || f&markdownFootnote != 0 && strings.Contains(text, ":") && !strings.Contains(text, " ") {
		text = emptyMarkdown + text
	}
	if f&markdownBars != 0 && !strings.Contains(text, "`") {
		text = strings.ReplaceAll(text, `\|`, "&#124;")
	}
	isLines := strings.ContainsAny(strings.TrimRight(text, "\n"), "\r\n")
	if n := len(text); text[n-1] != '`' && f&markdownTouched != 0 && n > 1 && text[n-2] == '\\' {
		text = fmt.Sprintf("%s&#%d;", text[:n-2], text[n-1])
	}
	isOwn := s.asHTML == "" && !s.indented && isBreak(text[0]) // a partial that begins with a line break has lines of its own
	if f&markdownOneLine != 0 && isLines && !isOwn {
		return "", value.Problem{Msg: "source of several lines is used where only one line fits", Hint: "write the text itself, without `text`, or a partial of one line"}
	}
	if s.asHTML == "" {
		if err := s.mayBeAt(f, text, isLines, isOwn); err != nil {
			return "", err
		}
	}
	if !isLines || stack == 0 {
		return text, nil
	}
	return s.inStack(stack, text)
}

// mayBeAt returns the error that explains why source of a partial may not be used in a place, or nil.
func (s *Source) mayBeAt(f flags, text string, isLines, isOwn bool) error {
	switch {
	case strings.HasSuffix(strings.ReplaceAll(text, `\\`, ""), `\`):
		return value.Problem{Msg: "the source ends in a backslash, which would change what follows it", Hint: "write the backslash as &#92;"}
	case f&markdownJoined != 0 && strings.ContainsAny(text[:1]+text[len(text)-1:], "`*_~"), f&markdownTouched != 0 && endsOpen.MatchString(text):
		return value.Problem{Msg: "the source begins or ends in a character whose meaning could change with what is directly next to it", Hint: "put a space before and after it, or write \\*, \\] or &amp; for what is text"}
	case f&markdownOneLine != 0 && !hasPartners(text):
		return value.Problem{Msg: "the source is in brackets and has an unmatched bracket", Hint: `write \[ or \] where it is text`}
	case f&markdownStart != 0 && isFront(text):
		return value.Problem{Msg: "the file would begin with front matter of a partial, where values are written as Markdown", Hint: "write the front matter in the template of the file itself"}
	case f&(markdownFollowed|markdownBeside) != 0 && goesOn(text, f&markdownBeside != 0),
		f&markdownContinues != 0 && !isOwn && (beginsBlock(text) || isLines && isLazy(text)),
		!isOwn && (f&markdownMargin == 0 && !s.indented || f&markdownOneLine != 0) && beginsBlock(text):
		return value.Problem{Msg: "the source holds a block, a definition or several paragraphs, which what is next to it would join", Hint: "write it on a line of its own, with a blank line above and below"}
	}
	return nil
}

// mayBeNumber reports whether a text could become the number of a list item.
func mayBeNumber(text string, f flags) bool {
	text = strings.TrimLeft(text, " \n")
	return f&markdownDigits != 0 && strings.IndexByte(".)", text[0]) >= 0 || f&(markdownDigits|markdownNumber) != 0 && strings.Trim(text, "0123456789") == ""
}

// inStack returns the lines of source for a place in quotes and list items.
func (s *Source) inStack(stack int, text string) (string, error) {
	prefix := linePrefix(stack)
	hasQuote := strings.Contains(prefix, ">")
	switch {
	case s.indented && hasQuote:
		return "", value.Problem{Msg: "the lines would leave the quote that they are in", Hint: "write it without nindent"}
	case s.indented, !hasQuote && isIndented(text, len(prefix)):
		return text, nil
	}
	return trailingSpaces.ReplaceAllString(strings.ReplaceAll(text, "\n", "\n"+prefix), ""), nil
}

var trailingSpaces = regexp.MustCompile(`(?m) +$`)

// isFront reports whether a file that begins with the text would have front matter.
func isFront(text string) bool {
	text = strings.TrimLeft(text, "\r\n")
	return strings.HasPrefix(text, "---") || strings.HasPrefix(text, "+++") || strings.HasPrefix(text, "{")
}

// beginsBlock reports whether a text begins with HTML, a code block or a definition, which must begin a line.
func beginsBlock(text string) bool {
	line, _, _ := strings.Cut(strings.TrimLeft(text, " \n"), "\n")
	block := readPartial(line + "\n").block
	return block.leaf.isHTML() || block.leaf == fenceLeaf || block.isDefined
}

// endsOpen matches a text that ends in brackets, which what follows could turn into a link, or in the start of a
// character reference or a tag.
var endsOpen = regexp.MustCompile(`(?:^|[^\\])(?:\\\\)*(?:\]|&#?[0-9A-Za-z]*|<)$`)

// hasPartners reports whether the brackets of a text are balanced.
func hasPartners(text string) bool {
	depth := 0
	for i := 0; i < len(text) && depth >= 0; i++ {
		switch text[i] {
		case '\\':
			i++
		case '[':
			depth++
		case ']':
			depth--
		}
	}
	return depth == 0
}

// goesOn reports whether the text ends in a block that would include what follows, on its line or below it.
func goesOn(text string, isBeside bool) bool {
	if !strings.ContainsAny(text, "<`~[") {
		return false
	}
	beside := readPartial(text + " x").block.leaf
	return readPartial(text+"\nx").block.leaf.isHTML() || readPartial(text+"\n").block.isDefined || isBeside && (beside.isHTML() || beside == fenceLeaf)
}

// isLazy reports whether the text continues a paragraph above.
func isLazy(text string) bool {
	line, _, _ := strings.Cut(text, "\n")
	return readPartial("x\n" + line + " ").line.continues
}

// isHTML reports whether the text is a single HTML block, in which Markdown is not read.
func isHTML(text string) bool {
	if strings.Contains(text, "\n\n") || !strings.HasPrefix(strings.TrimLeft(text, " \n"), "<") {
		return false
	}
	return readPartial(strings.TrimLeft(text, "\n") + "\nx").block.leaf.isHTML()
}

// readPartial returns the position after the text of a partial.
func readPartial(text string) markdownState {
	return markdownReader{&report{file: "_"}}.text(markdownState{}, text)
}
