package escape

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/firestoned/firestone/model/value"
)

// The flags of places in HTML.
const (
	htmlFreshFlag     flags = 1 << iota // after <pre> or <textarea>, or <!--
	htmlJoinedFlag                      // after something else
	htmlTextlessFlag                    // where HTML allows tags, but no text
	htmlStartFlag                       // at the start of an address
	htmlUndecidedFlag                   // in an address that may still have a scheme
	htmlOpaqueFlag                      // after mailto: and similar schemes
	htmlListFlag                        // in a comma-separated list
)

// WriteHTML returns a string as HTML text that browsers show as that string, between tags and in a quoted attribute.
// NUL, which HTML cannot contain, and invalid bytes become U+FFFD.
func WriteHTML(s string) string {
	var b strings.Builder
	b.Grow(len(s) + 8)
	for i, r := range s {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&quot;")
		case r == '\'':
			b.WriteString("&#39;")
		case r == 0:
			b.WriteRune(utf8.RuneError)
		case r >= ' ' && r <= '~' || r == '\n' || r == '\t':
			b.WriteByte(s[i])
		case r == utf8.RuneError || 0x80 <= r && r < 0xa0 || r > '~' && visible(r):
			b.WriteRune(r) // a reference to U+0080 to U+009F means another character
		default:
			fmt.Fprintf(&b, "&#x%X;", r)
		}
	}
	return b.String()
}

// writeHTMLText writes text between tags, or source of HTML.
func writeHTMLText(flag, odd int, v any) (string, error) {
	if s, ok := v.(*Source); ok && (s == nil || s.Language == HTML) {
		return s.inHTML(odd)
	}
	text, err := anyText(v)
	if err == nil && flags(flag)&htmlTextlessFlag != 0 && strings.TrimSpace(text) != "" {
		return "", value.Problem{Msg: "text is used where HTML allows only tags: in <head>, or in a table outside of its cells", Hint: "write it inside a tag: <td>{{ VALUE }}</td>"}
	}
	return leading(flag, text) + WriteHTML(text), err
}

// writeHTMLPlain writes an attribute value, or the text of <title> or <textarea>.
func writeHTMLPlain(flag int, v any) (string, error) {
	text, err := htmlString(v)
	return leading(flag, text) + WriteHTML(text), err
}

// leading returns the line break that browsers drop at the beginning of <pre> and <textarea>, if needed.
func leading(flag int, text string) string {
	if flags(flag)&(htmlFreshFlag|htmlJoinedFlag) == htmlFreshFlag && (text == "" || isBreak(text[0])) {
		return "\n"
	}
	return ""
}

// htmlString returns the text of any value. HTML source is the text that it shows, and must not contain tags.
func htmlString(v any) (string, error) {
	s, ok := v.(*Source)
	if !ok || s == nil || s.Language != HTML {
		return anyText(v)
	}
	if strings.Contains(s.Text, "<") {
		return "", value.Problem{Msg: "source with tags is used where HTML allows only text", Hint: "write a partial of plain text, such as _name.txt.tmpl"}
	}
	return html.UnescapeString(s.Text), nil
}

// inHTML returns HTML source for its place, in an element of oddElements, or in none: -1.
func (s *Source) inHTML(odd int) (string, error) {
	if s == nil {
		return "", nil
	}
	if odd >= 0 {
		start := htmlState{odd: oddElements[odd]}
		if end := (htmlReader{&report{}}).text(start, s.Text); end.mode != htmlText || end.odd != start.odd {
			return "", value.Problem{Msg: fmt.Sprintf("the source does not fit into <%s>, where browsers read it in other ways than elsewhere, or it does not close what it opens", start.odd), Hint: "write it in the template itself, without include"}
		}
	}
	at := strings.LastIndexByte(s.Text, '&')
	if at >= 0 && openRef.MatchString(s.Text[at:]) {
		return s.Text[:at] + WriteHTML(html.UnescapeString(s.Text[at:])), nil // what follows must not continue it
	}
	return s.Text, nil
}

var openRef = regexp.MustCompile(`^&#?[A-Za-z0-9]*$`)

// writeHTMLRemark writes text into a comment.
func writeHTMLRemark(flag int, v any) (string, error) {
	text, err := anyText(v)
	text = htmlRemarkText(text)
	if f := flags(flag); f&htmlFreshFlag != 0 && !strings.HasPrefix(text, " ") {
		text = " " + text // so that no browser or server treats what follows as a condition or a command
	}
	return text, err
}

// htmlRemarkText returns text that neither ends a comment nor begins one, nor looks like a tag.
func htmlRemarkText(text string) string {
	text = strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' || r >= ' ' && visible(r) {
			return r
		}
		return utf8.RuneError
	}, strings.ReplaceAll(text, "\r\n", "\n"))
	text = strings.NewReplacer("<", "&lt;", ">", "&gt;").Replace(text)
	for strings.Contains(text, "--") {
		text = strings.ReplaceAll(text, "--", "- -")
	}
	if strings.HasPrefix(text, "-") {
		text = " " + text
	}
	if strings.HasSuffix(text, "-") {
		text += " "
	}
	return text
}

// writeHTMLJSON and writeHTMLJSONString write JSON into a script that is data.
func writeHTMLJSON(flag int, v any) (string, error) {
	text, err := writeJSONPlace(flag, v)
	return inScript.Replace(text), err
}

func writeHTMLJSONString(flag int, v any) (string, error) {
	text, err := writeJSONString(flag, v)
	return inScript.Replace(text), err
}

// inScript replaces the characters that HTML could take for the end of the script; in JSON they stand in strings alone.
var inScript = strings.NewReplacer("<", `\u003c`, ">", `\u003e`, "&", `\u0026`)
