package escape

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/firestoned/firestone/model/value"
)

// emptyMarkdown is displayed as nothing, and separates what is around it.
const emptyMarkdown = "&#32;"

// WriteMarkdown returns a string as inline text on one line that a Markdown reader (CommonMark 0.31.2, GitHub's, MDX,
// and preprocessors such as Liquid) shows as that string: without links, emphasis, HTML, code, headings, lists or cells
// of its own. A URL may become a link to itself if the reader links URLs in text.
func WriteMarkdown(s string) string { return writeMarkdownText(s, markdownMargin) }

func writeMarkdownText(s string, f flags) string {
	s = oneLine(s)
	var b strings.Builder
	b.Grow(len(s) + 8)
	marker := markerEnd(s, f)
	if f&markdownFootnote != 0 && strings.Contains(s, ":") {
		b.WriteString(emptyMarkdown)
	}
	for i, r := range s {
		c := byte(0)
		if r < utf8.RuneSelf {
			c = byte(r)
		}
		special := c != 0 && strings.IndexByte("\\`*[]>|~&$#{}", c) >= 0 || c == '!' && i+1 == len(s) || c == '(' && i == 0 && f&markdownFill != 0 || i == 0 && f&markdownUntitled != 0 && mayBeTitle(s)
		if c == '_' {
			special = !isWordAt(s, i)
		}
		switch {
		case c == '<': // some readers do not support a backslash before it
			b.WriteString("&lt;")
			continue
		case i == 0 && f&markdownLabelled != 0, i == 0 && f&markdownMargin != 0 && mayBeModule(s),
			c == '`' && f&markdownTicks != 0, c == '~' && f&markdownTildes != 0,
			f&markdownBars != 0 && (c == '|' || c == '\\' && i+1 == len(s)), r >= utf8.RuneSelf && unicode.IsSpace(r) && (i == 0 || i+utf8.RuneLen(r) == len(s)):
			fmt.Fprintf(&b, "&#%d;", r)
			if next := i + utf8.RuneLen(r); next < len(s) && s[next] == '_' {
				marker = next // it no longer stands after a letter
			}
			continue
		case special || i == marker:
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	if f&markdownNumber != 0 && strings.Trim(s, "0123456789") == "" {
		b.WriteByte('\\')
	}
	return b.String()
}

// mayBeModule reports whether MDX could read a line that begins like this as code.
func mayBeModule(s string) bool {
	return strings.HasPrefix(s, "import") || strings.HasPrefix(s, "export") || s != "" && (strings.HasPrefix("import", s) || strings.HasPrefix("export", s))
}

// isWordAt reports whether letters or digits surround the underscore at i, where it is not emphasis.
func isWordAt(s string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+1:])
	word := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	return word(before) && word(after)
}

// markerEnd returns the index at which a backslash keeps the text from being a list item, a heading underline, a rule
// or a checkbox, or -1.
func markerEnd(s string, f flags) int {
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	switch {
	case s != "" && strings.IndexByte("-+=:", s[0]) >= 0, f&markdownMargin != 0 && (strings.HasPrefix(s, "!!!") || strings.HasPrefix(s, "???")):
		return 0
	case (digits > 0 || f&markdownDigits != 0) && digits < len(s) && (s[digits] == '.' || s[digits] == ')'):
		return digits
	}
	return -1
}

// writeMarkdown writes a value as text. stack holds the quotes and list items around the place.
func writeMarkdown(flag, stack int, v any) (string, error) {
	f := flags(flag)
	if s, ok := v.(*Source); ok && (s == nil || s.Language == Markdown) {
		return s.inMarkdown(f, stack)
	}
	text, err := anyText(v)
	switch {
	case err != nil:
		return "", err
	case f&markdownLines != 0:
		return "", onlySource()
	}
	if isGoInteger(v) {
		f &^= markdownNumber
	}
	if text = writeMarkdownText(text, f); text == "" && f&(markdownFill|markdownFillValue) != 0 {
		return emptyMarkdown, nil
	}
	return text, nil
}

func onlySource() error {
	return value.Problem{Msg: "only source can be indented as lines, but this is a value", Hint: "write {{- text VALUE | nindent N }}, or the value without nindent"}
}

// isGoInteger reports whether a value is a number computed by the template, such as a loop index.
func isGoInteger(v any) bool {
	switch v.(type) {
	case int, int64, int32, uint, uint64, uint32:
		return true
	}
	return false
}

// writeMarkdownHTML writes a value as text of an HTML block.
func writeMarkdownHTML(flag, stack int, v any) (string, error) {
	f := flags(flag)
	if s, ok := v.(*Source); ok && (s == nil || s.Language == Markdown) {
		switch {
		case s == nil:
			return "", nil
		case s.asHTML != "":
			text := s.asHTML
			if strings.TrimSpace(text) == "" && f&(markdownFill|markdownFillValue) != 0 {
				text = emptyMarkdown
			}
			if s.indented {
				text = "\n" + strings.Repeat(" ", s.indent) + text
			}
			return text, nil
		case !isHTML(s.Text):
			return "", value.Problem{Msg: "source of Markdown is used in HTML, where Markdown is not read", Hint: "leave a blank line before and after it"}
		}
		return s.inMarkdown(f&^markdownContinued, stack)
	}
	text, err := anyText(v)
	if err == nil && f&markdownLines != 0 {
		err = onlySource()
	}
	if text = htmlLine(oneLine(text), f); text == "" && f&(markdownFill|markdownFillValue) != 0 {
		text = emptyMarkdown
	}
	return text, err
}

// htmlLine returns text for a line of HTML that is also correct in MDX, which reads Markdown between tags.
func htmlLine(text string, f flags) string {
	escaped := entities(text)
	marker := markerEnd(text, f)
	switch {
	case escaped == "" || escaped[0] == '&':
		return escaped
	case f&markdownMargin != 0 && mayBeModule(text):
		return fmt.Sprintf("&#%d;%s", escaped[0], escaped[1:])
	case marker > 0: // only digits precede it
		return fmt.Sprintf("%s&#%d;%s", text[:marker], text[marker], escaped[marker+1:])
	}
	return escaped
}

// entities returns text with character references for everything that HTML or Markdown would interpret.
func entities(text string) string {
	var b strings.Builder
	b.Grow(len(text) + 8)
	for i, r := range text {
		isSpecial := r < utf8.RuneSelf && strings.IndexByte("`\\*[]{}|~$", byte(r)) >= 0 || r == '_' && !isWordAt(text, i)
		isMarker := i == 0 && strings.ContainsRune("-+:?.)=#!", r) || r == '!' && i+1 == len(text)
		if html := htmlEntities[r]; html != "" {
			b.WriteString(html)
		} else if isSpecial || isMarker || r == '-' && i > 0 && text[i-1] == '-' {
			fmt.Fprintf(&b, "&#%d;", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// htmlEntities are the characters that HTML would interpret in a text.
var htmlEntities = map[rune]string{'&': "&amp;", '<': "&lt;", '>': "&gt;"}

// quotedEntities returns text with character references for everything that would end it between quotes, in HTML and in
// Markdown.
func quotedEntities(text string) string {
	var b strings.Builder
	b.Grow(len(text) + 8)
	for _, r := range text {
		if html := htmlEntities[r]; html != "" {
			b.WriteString(html)
		} else if r == '"' {
			b.WriteString("&quot;")
		} else if r < utf8.RuneSelf && strings.IndexByte("'`\\|{}$()", byte(r)) >= 0 {
			fmt.Fprintf(&b, "&#%d;", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// writeMarkdownRemark writes text into a comment, or into a title whose quotes are Markdown text.
func writeMarkdownRemark(flag int, v any) (string, error) {
	text, err := placeText(v)
	return beginLine(flags(flag), strings.ReplaceAll(entities(oneLine(text)), `"`, "&quot;")), err
}

// beginLine returns text of a tag or a comment at the beginning of a line: it is not empty, and begins no block.
func beginLine(f flags, escaped string) string {
	switch {
	case f&markdownMargin == 0:
	case escaped == "":
		return emptyMarkdown
	case escaped[0] < utf8.RuneSelf && escaped[0] != '&' && !isLetter(escaped[0]):
		return fmt.Sprintf("&#%d;%s", escaped[0], escaped[1:])
	}
	return escaped
}

// writeMarkdownAttribute writes text between the quotes of an attribute or of a link's title.
func writeMarkdownAttribute(flag int, v any) (string, error) {
	text, err := placeText(v)
	if err != nil {
		return "", err
	}
	text = oneLine(text)
	if flags(flag)&markdownProperty != 0 {
		if scheme, _, ok := strings.Cut(text, ":"); ok && !strings.ContainsAny(scheme, "/?#") && !linkSchemes[strings.ToLower(scheme)] {
			switch strings.ToLower(strings.Map(letters, scheme)) {
			case "javascript", "vbscript", "data":
				return "", value.Problem{Msg: fmt.Sprintf("%q is a URL with a scheme that is not allowed", text), Hint: "use http, https or mailto"}
			}
		}
	}
	return beginLine(flags(flag), quotedEntities(text)), nil
}

// letters returns the letters of a scheme, since browsers remove other characters from it.
func letters(r rune) rune {
	if r < utf8.RuneSelf && unicode.IsLetter(r) {
		return r
	}
	return -1
}

// writeMarkdownID writes the ID of a heading.
func writeMarkdownID(_ int, v any) (string, error) {
	text, err := placeText(v)
	if err != nil {
		return "", err
	}
	for _, r := range text {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-_.", r) {
			text = ""
		}
	}
	if text == "" {
		return "", value.Problem{Msg: fmt.Sprintf("%q cannot be the id of a heading", v), Hint: "write {{ kebab VALUE }}"}
	}
	return text, nil
}

// anyText returns the text of a scalar, "" for null, and a list or map as JSON.
func anyText(v any) (string, error) {
	lowered, err := lower(v)
	if err != nil {
		return "", err
	}
	return plainText(lowered)
}

func plainText(v *value.Value) (string, error) {
	if text, ok := scalarText(v); ok || v.Kind == value.KindNull {
		return text, nil
	}
	b, err := jsonNotation.append(nil, v)
	return string(b), err
}
