package escape

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/firestoned/firestone/model/value"
)

// WriteMarkdown returns a string as inline text on one line that a reader of Markdown (CommonMark 0.31.2 and GitHub's
// tables) shows as that string: without links, emphasis, HTML, headings, lists or cells of its own.
func WriteMarkdown(s string) string {
	s = oneLine(s)
	var b strings.Builder
	b.Grow(len(s) + 8)
	marker := markerEnd(s)
	for i := range len(s) {
		c := s[i]
		special := strings.IndexByte("\\`*[]<>|~&$#", c) >= 0 || c == '!' && i+1 == len(s)
		if c == '_' {
			special = !isWordAt(s, i)
		}
		if special || i == marker {
			b.WriteByte('\\')
		}
		b.WriteByte(c)
	}
	return b.String()
}

// isWordAt reports whether letters or digits stand on both sides of the underscore at i, where it emphasizes nothing.
func isWordAt(s string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+1:])
	word := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	return word(before) && word(after)
}

// markerEnd returns where a backslash keeps the text from being a list item, a heading's line or a rule, or -1.
func markerEnd(s string) int {
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	switch {
	case s != "" && strings.IndexByte("-+=:", s[0]) >= 0:
		return 0
	case digits > 0 && digits < len(s) && (s[digits] == '.' || s[digits] == ')'):
		return digits
	}
	return -1
}

// code returns a code span that shows the text: in as many backticks as it needs, or in <code> where it has a "|",
// which would end a cell of a table. In HTML it is always <code>.
func code(language Language, v any) (*Source, error) {
	text, err := placeText(v)
	if err != nil {
		return nil, err
	}
	if language == HTML {
		return &Source{Language: HTML, Text: "<code>" + WriteHTML(text) + "</code>"}, nil
	}
	text = oneLine(text)
	if text == "" || strings.Contains(text, "|") {
		var b strings.Builder
		for _, r := range text {
			if r < utf8.RuneSelf && unicode.In(r, unicode.P, unicode.S) {
				fmt.Fprintf(&b, "&#%d;", r)
			} else {
				b.WriteRune(r)
			}
		}
		return &Source{Language: Markdown, Text: "<code>" + b.String() + "</code>"}, nil
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
	return &Source{Language: Markdown, Text: fence + text + fence}, nil
}

func writeMarkdown(_ int, v any) (string, error) {
	if s, ok := v.(*Source); ok && s != nil && s.Language == Markdown {
		return s.Text, nil
	}
	text, err := anyText(v)
	return WriteMarkdown(text), err
}

// anyText returns the text of a scalar, nothing for null, and a list or map as JSON.
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
	b, err := appendJSON(nil, v)
	return string(b), err
}

// writeMarkdownFence writes text as it is into a fenced code block, unless a line of it would close the fence, or
// leave the list item that an indented fence stands in.
func writeMarkdownFence(_, char, length, indent int, v any) (string, error) {
	text, err := anyText(v)
	if err != nil {
		return "", err
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	if indent > 0 && strings.Contains(strings.TrimLeft(text, "\n"), "\n") && !strings.HasPrefix(text, "\n"+strings.Repeat(" ", indent)) {
		return "", value.Problem{Msg: "text of several lines is used in an indented code block", Hint: fmt.Sprintf("write {{- VALUE | nindent %d }}", indent)}
	}
	closing := strings.Repeat(string(rune(char)), length)
	for line := range strings.SplitSeq(text, "\n") {
		if strings.HasPrefix(strings.TrimLeft(line, " "), closing) {
			return "", value.Problem{Msg: "a line of the text would end the code block", Hint: "open and close the block with more " + string(rune(char))}
		}
	}
	return text, nil
}

// writeMarkdownLink writes the destination of a link: an address without a scheme, or with http, https or mailto.
func writeMarkdownLink(_ int, v any) (string, error) {
	text, err := placeText(v)
	if err != nil {
		return "", err
	}
	address, err := url.Parse(text)
	if err != nil {
		return "", value.Problem{Msg: fmt.Sprintf("%q is not a valid link target: %v", text, err), Hint: "link to a URL or a path"}
	}
	switch strings.ToLower(address.Scheme) {
	case "", "http", "https", "mailto":
	default:
		return "", value.Problem{Msg: fmt.Sprintf("the link %q has a scheme that is not allowed", text), Hint: "use http, https or mailto"}
	}
	var b strings.Builder
	for i := range len(text) {
		if c := text[i]; c <= ' ' || c > '~' || strings.IndexByte("()<>\"'\\`*[]|", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String(), nil
}
