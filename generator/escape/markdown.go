package escape

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/firestoned/firestone/model/value"
)

// The flags of the writers of Markdown: what a place asks of any value,
const (
	markdownFill       flags = 1 << iota // an empty value would affect the text around it
	markdownFillValue                    // the same, but not for source
	markdownMargin                       // only spaces and the marks of quotes and lists precede it on its line
	markdownDigits                       // digits, "." or ")" next to it could make it the number of a list item
	markdownNumber                       // "." or ")" may follow where the partial is included
	markdownApart                        // it may be a link label
	markdownBars                         // dashes are on the line below: a "|" would make its line the header of a table
	markdownTouched                      // an action, "|", "~" or what could turn brackets into a link directly follows
	markdownBehind                       // it directly follows "]"
	markdownFootnote                     // it directly follows "[^name]:"
	markdownReferences                   // it is in HTML, where character references escape

	// what it asks of source,
	markdownLines     // the pipeline ends in nindent: a value that is not source is an error
	markdownOneLine   // further lines would end the heading, the table row or the link, or leave the list item
	markdownStart     // it begins the file
	markdownContinues // it continues a paragraph
	markdownFollowed  // the line below is not blank
	markdownBeside    // text follows on its line
	markdownJoined    // another action or a backtick is directly next to it

	// and what a URL or an attribute asks.
	markdownInside   // something precedes the value in its URL
	markdownQuery    // it is after "?" or "#"
	markdownProperty // the attribute is one of a component, which may do anything with it
)

// emptyMarkdown is displayed as nothing, and separates what is around it.
const emptyMarkdown = "&#32;"

// WriteMarkdown returns a string as inline text on one line that a Markdown reader (CommonMark 0.31.2, GitHub's, MDX,
// and preprocessors such as Liquid) shows as that string: without links, emphasis, HTML, code, headings, lists or cells
// of its own. A URL may become a link to itself if the reader links URLs in text.
func WriteMarkdown(s string) string { return escapeMarkdown(oneLine(s), markdownMargin) }

// escapeMarkdown returns a text of one line with a backslash, or as markdownReferences says with a character reference,
// for every character that Markdown, HTML or MDX would interpret in its place.
func escapeMarkdown(s string, f flags) string {
	var b strings.Builder
	b.Grow(len(s) + 8)
	if f&markdownFootnote != 0 && strings.Contains(s, ":") {
		b.WriteString(emptyMarkdown)
	}
	inHTML := f&markdownReferences != 0
	marker := markerEnd(s, f)
	isApart := f&markdownMargin != 0 && mayBeModule(s) || s != "" && (f&markdownApart != 0 || mayBeNumber(s, f))
	isReference := false // the last character is written as one
	for i, r := range s {
		isFirst, isLast := i == 0, i+utf8.RuneLen(r) == len(s)
		special := i == marker || r < utf8.RuneSelf && strings.IndexByte("\\`*[]>|~&$#{}", byte(r)) >= 0
		switch r {
		case '_':
			special = isReference || !isWordAt(s, i)
		case '!':
			special = special || isLast
		case '(':
			special = isFirst && f&markdownBehind != 0
		case '-':
			special = special || inHTML && !isFirst && s[i-1] == '-'
		}
		isReference = isFirst && isApart || special && inHTML ||
			f&markdownBars != 0 && (r == '|' || isLast && r == '\\') || isLast && f&markdownTouched != 0 && (r == '~' || r == '\\') || r >= utf8.RuneSelf && unicode.IsSpace(r) && (isFirst || isLast) // which what is beside it could join
		switch {
		case r == '<': // some readers do not support a backslash before it
			b.WriteString("&lt;")
		case inHTML && htmlEntities[r] != "":
			b.WriteString(htmlEntities[r])
		case isReference:
			fmt.Fprintf(&b, "&#%d;", r)
		case special:
			b.WriteByte('\\')
			fallthrough
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// htmlEntities are the names of characters that HTML would interpret in a text.
var htmlEntities = map[rune]string{'&': "&amp;", '<': "&lt;", '>': "&gt;"}

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
	case digits > 0 && digits < len(s) && (s[digits] == '.' || s[digits] == ')'):
		return digits
	}
	return -1
}

// writeMarkdown writes a value as text. stack holds the quotes and list items around the place.
func writeMarkdown(flag, stack int, v any) (string, error) {
	f := flags(flag)
	if s, ok := v.(*Source); ok && (s == nil || s.Language == Markdown) {
		if s != nil && f&markdownReferences != 0 {
			return s.inMarkdownHTML(f, stack)
		}
		return s.inMarkdown(f, stack)
	}
	text, err := anyText(v)
	switch {
	case err != nil:
		return "", err
	case f&markdownLines != 0:
		return "", value.Problem{Msg: "only source can be indented as lines, but this is a value", Hint: "write {{- text VALUE | nindent N }}, or the value without nindent"}
	}
	if number := reflect.ValueOf(v); number.CanInt() || number.CanUint() { // of the template, such as the index of a loop
		f &^= markdownApart | markdownDigits | markdownNumber
	}
	if text = escapeMarkdown(oneLine(text), f); text == "" && f&(markdownFill|markdownFillValue|markdownDigits) != 0 {
		return emptyMarkdown, nil
	}
	return text, nil
}

// codeScheme matches a URL that is code, without the characters that browsers remove from its scheme.
var (
	codeScheme = regexp.MustCompile(`(?i)^(javascript|vbscript|data):`)
	notScheme  = regexp.MustCompile(`[^A-Za-z:/?#]`)
	schemeEnd  = regexp.MustCompile(`^[^/?#]*:`)
)

func isCodeURL(text string) bool { return codeScheme.MatchString(notScheme.ReplaceAllString(text, "")) }

// writeMarkdownAttribute writes text between the quotes of an attribute or of a link's title, or into a comment.
func writeMarkdownAttribute(flag int, v any) (string, error) {
	f := flags(flag)
	text, err := placeText(v)
	switch text = oneLine(text); {
	case err != nil:
		return "", err
	case text == "" && f&markdownMargin != 0:
		return emptyMarkdown, nil
	case f&markdownProperty != 0 && (isCodeURL(text) || f&markdownInside != 0 && schemeEnd.MatchString(text)):
		return "", value.Problem{Msg: fmt.Sprintf("%q is a URL with a scheme that is not allowed", text), Hint: "use http, https or mailto"}
	}
	digits := 0 // which make no list item here
	if f&markdownMargin == 0 {
		digits = len(text) - len(strings.TrimLeft(text, "0123456789"))
	}
	return attributeQuotes.Replace(text[:digits] + escapeMarkdown(text[digits:], f|markdownReferences)), nil
}

// attributeQuotes replaces what ends a title or an attribute.
var attributeQuotes = strings.NewReplacer(`"`, "&quot;", "'", "&#39;", "(", "&#40;", ")", "&#41;")

// headingID matches the ID of a heading.
var headingID = regexp.MustCompile(`^[\p{L}\p{Nd}_.-]+$`)

// writeMarkdownID writes the ID of a heading.
func writeMarkdownID(_ int, v any) (string, error) {
	text, err := placeText(v)
	if err == nil && !headingID.MatchString(text) {
		err = value.Problem{Msg: fmt.Sprintf("%q cannot be the id of a heading", v), Hint: "write {{ kebab VALUE }}"}
	}
	return text, err
}
