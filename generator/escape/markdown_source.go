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
	return &Source{Language: Markdown, Text: strings.TrimRight(b.String(), " \n"), asHTML: cmp.Or(htmlLine(oneLine(text), markdownMargin), " ")}
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
	text := s.besideOthers(f)
	if f&markdownElementCode != 0 && (strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`")) {
		if !strings.HasPrefix(s.asHTML, "<code>") {
			return "", value.Problem{Msg: "source that begins or ends with code is directly next to other code or another action", Hint: "put a space between them"}
		}
		text = s.asHTML
	}
	isLines := strings.ContainsAny(strings.TrimRight(text, "\n"), "\r\n")
	switch {
	case f&markdownTicks != 0 && strings.Contains(text, "`"):
		return "", value.Problem{Msg: "source with code follows an unmatched backtick", Hint: "write \\` for a backtick that is text"}
	case f&markdownAstray != 0 && s.asHTML != "":
		return "", value.Problem{Msg: "the lines continue a paragraph at a different depth", Hint: "write nindent with the column of the text above, or leave a blank line above"}
	case s.asHTML == "" && strings.HasSuffix(strings.ReplaceAll(s.Text, `\\`, ""), `\`):
		return "", value.Problem{Msg: "the source ends in a backslash, which would change what follows it", Hint: `write the backslash as \\`}
	case f&markdownTouched != 0 && s.asHTML == "" && endsOpen.MatchString(text):
		return "", value.Problem{Msg: "the source ends in a character that could change the meaning of what directly follows it", Hint: "put a space after it, or write \\] or &amp; for what is text"}
	case f&markdownBehindBracket != 0 && text[0] == '[':
		return "", value.Problem{Msg: "the source begins with a bracket, directly after another one", Hint: "put a space before it"}
	case f&markdownBracketed != 0 && s.asHTML == "" && !hasPartners(text):
		return "", value.Problem{Msg: "the source is in brackets and has an unmatched bracket", Hint: `write \[ or \] where it is text`}
	case f&markdownStart != 0 && isFront(text):
		return "", value.Problem{Msg: "the file would begin with front matter of a partial, where values are written as Markdown", Hint: "write the front matter in the template of the file itself"}
	case f&(markdownContinued|markdownBeside) != 0 && goesOn(text, f&markdownBeside != 0), f&markdownTitled != 0 && mayHaveTitle(text), f&markdownSpread != 0 && isWithin(text):
		return "", value.Problem{Msg: "the source ends in HTML, a list, a code block or a definition, which would continue after it", Hint: "leave a blank line below it"}
	case s.asHTML == "" && !s.indented && isBreak(text[0]): // the lines of a partial that begins with a line break are its own
	case f&markdownBehind != 0 && s.asHTML == "" && !s.indented && strings.Contains(text, "\n\n") && isLazy(text):
		return "", value.Problem{Msg: "the source has several paragraphs, the first of which would continue the source above it", Hint: "leave a blank line above it"}
	case f&markdownBoxed != 0 && (isLines || beginsBlock(text)):
		return "", value.Problem{Msg: "source of several lines, or of a block, is used directly below the first line of an admonition", Hint: "leave a blank line above it"}
	case f&markdownGoesOn != 0 && definition.MatchString(strings.TrimLeft(text, " \n")):
		return "", value.Problem{Msg: "the source begins with the definition of a link, which would continue what is above it", Hint: "leave a blank line above it"}
	case f&markdownOneLine != 0 && isLines:
		return "", value.Problem{Msg: "source of several lines is used where only one line fits", Hint: "write the text itself, without `text`, or a partial of one line"}
	case f&markdownMargin == 0 && (!s.indented || f&markdownAstray != 0) && beginsBlock(text), f&markdownAfter != 0 && !s.indented && hasOtherValues(text):
		return "", value.Problem{Msg: "the source begins with a block, but text precedes it on its line", Hint: "write it on a line of its own"}
	}
	if !isLines || stack == 0 {
		return text, nil
	}
	return s.inStack(f, stack, text)
}

// besideOthers returns the text of source with references and backslashes where adjacent text would combine with it.
func (s *Source) besideOthers(f flags) string {
	text := s.Text
	if f&markdownTicks != 0 && s.asHTML != "" && !strings.HasPrefix(s.asHTML, "<code>") {
		text = strings.ReplaceAll(text, "\\`", "&#96;")
	}
	switch {
	case isLetterOrDigit(text) && f&markdownLabelled != 0:
		text = fmt.Sprintf("&#%d;%s", text[0], text[1:])
	case f&markdownNumber != 0 && strings.Trim(text, "0123456789") == "":
		text += "\\"
	case f&markdownDigits != 0 && (text[0] == '.' || text[0] == ')'), f&(markdownBehindBracket|markdownFill) != 0 && text[0] == '(', f&markdownBehindBracket != 0 && text[0] == ':':
		text = `\` + text // after "]", "(" would begin the target of a link
	case f&markdownFootnote != 0 && strings.Contains(text, ":") && !strings.Contains(text, " "):
		text = emptyMarkdown + text // as in writeMarkdownText
	}
	if start := len(text) - len(strings.TrimLeft(text, " \n")); f&markdownUntitled != 0 && mayBeTitle(text[start:]) {
		text = text[:start] + `\` + text[start:]
	}
	if f&markdownBars != 0 && !strings.Contains(text, "`") {
		text = strings.ReplaceAll(text, `\|`, "&#124;")
	}
	if slashes := len(text) - len(strings.TrimRight(text, `\`)); f&markdownBars != 0 && slashes > 0 && slashes%2 == 0 {
		text = text[:len(text)-2] + "&#92;" // some readers take a "|" after it for an escaped one
	}
	return text
}

// inStack returns the lines of source for a place in quotes and list items.
func (s *Source) inStack(f flags, stack int, text string) (string, error) {
	prefix := linePrefix(stack)
	hasQuote := strings.Contains(prefix, ">")
	switch {
	case f&(markdownLazy|markdownMixed) == markdownLazy && !isLazy(text), !hasQuote && isIndented(text, len(prefix)):
		return text, nil
	case f&markdownMixed != 0:
		return "", value.Problem{Msg: "source of several lines is used at different depths", Hint: "write the text itself, without `text`, or a partial of one line"}
	case s.indented && hasQuote:
		return "", value.Problem{Msg: "the lines would leave the quote that they are in", Hint: "write it without nindent"}
	case s.indented:
		return text, nil // it follows the item, as its author intends
	}
	var b strings.Builder
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			b.WriteByte('\n')
			line = prefix + line
		}
		b.WriteString(strings.TrimRight(line, " "))
	}
	return b.String(), nil
}

// isLetterOrDigit reports whether a text begins with a letter or digit of ASCII.
func isLetterOrDigit(text string) bool {
	return text != "" && text[0] != '_' && text[0] < utf8.RuneSelf && isNameByte(text[0])
}

// isFront reports whether a file that begins with the text would have front matter.
func isFront(text string) bool {
	text = strings.TrimLeft(text, "\r\n")
	return strings.HasPrefix(text, "---") || strings.HasPrefix(text, "+++") || strings.HasPrefix(text, "{")
}

// beginsBlock reports whether a text begins with a block that must begin a line.
func beginsBlock(text string) bool {
	text = withoutMarks(text)
	return hasOtherValues(text) || rawBlock.MatchString(text) || blankBlock.MatchString(text) || strings.HasPrefix(text, "<!") || strings.HasPrefix(text, "<?")
}

// withoutMarks returns text without its leading marks of quotes and items.
func withoutMarks(text string) string {
	for {
		text = strings.TrimLeft(text, " \n>")
		mark := itemMark.FindString(text)
		if mark == "" {
			return text
		}
		text = text[len(mark):]
	}
}

// hasOtherValues reports whether a text begins with a block in which values are written differently: code, or a link
// definition.
func hasOtherValues(text string) bool {
	text = withoutMarks(text)
	n, _ := lineOf(text)
	return strings.HasPrefix(text, "```") && !strings.Contains(strings.TrimLeft(text[:n], "`"), "`") || strings.HasPrefix(text, "~~~") || definition.MatchString(text)
}

var definition = regexp.MustCompile(`^\[(?:[^\]\[\\]|\\.)+\]:`)

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
	r := markdownReader{&report{file: "_"}}
	if !isBeside {
		return r.text(markdownState{}, text+"\nx").block.leaf.isHTML()
	}
	s := r.text(markdownState{}, text+" x")
	return s.block.leaf.isHTML() || s.block.leaf == fenceLeaf || r.text(markdownState{}, text+"\n").block.isDefined
}

// mayBeTitle reports whether a text could be the title of a definition above it.
func mayBeTitle(text string) bool { return text != "" && strings.IndexByte("\"'(", text[0]) >= 0 }

// mayHaveTitle reports whether the text ends in a definition whose title could be on the line below.
func mayHaveTitle(text string) bool {
	return markdownReader{&report{file: "_"}}.text(markdownState{}, text+"\n").block.isDefined
}

// isWithin reports whether the line below the text would be in a quote, an item or an element of the text.
func isWithin(text string) bool {
	s := markdownReader{&report{file: "_"}}.text(markdownState{}, text+"\nx")
	return s.block.stack != "" || s.inline.tags > 0
}

// isLazy reports whether the text continues a paragraph above.
func isLazy(text string) bool {
	line, _, _ := strings.Cut(text, "\n")
	return markdownReader{&report{file: "_"}}.text(markdownState{}, "x\n"+line+"\n").block.inside
}

// isHTML reports whether the text is a single HTML block, in which Markdown is not read.
func isHTML(text string) bool {
	if strings.Contains(text, "\n\n") || !strings.HasPrefix(strings.TrimLeft(text, " \n"), "<") {
		return false
	}
	r := markdownReader{&report{file: "_"}}
	s := r.text(markdownState{}, strings.TrimLeft(text, "\n")+"\nx")
	return s.block.leaf.isHTML()
}
