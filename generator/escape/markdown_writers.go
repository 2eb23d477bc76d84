package escape

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// writeMarkdownFence writes text unchanged into a fenced code block, unless a line of it would close the fence, or
// leave the list item of an indented fence. In a quote, stack determines how its lines begin.
func writeMarkdownFence(_, char, length, indent, stack int, v any) (string, error) {
	text, err := anyText(v)
	if err != nil {
		return "", err
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "\ufffd").Replace(text)
	if stack == 0 && indent > 0 && (!isIndented(text, indent) || strings.HasSuffix(text, "\n")) {
		return "", value.Problem{Msg: "text of several lines is used in an indented code block", Hint: fmt.Sprintf("write {{- VALUE | nindent %d }}", indent)}
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		bare := strings.Trim(line, " \t")
		isEdge := i == 0 || i == len(lines)-1
		if strings.HasPrefix(bare, strings.Repeat(string(rune(char)), length)) || isEdge && bare != "" && strings.Trim(bare, string(rune(char))) == "" {
			return "", value.Problem{Msg: "a line of the text would end the code block", Hint: "open and close the block with more " + string(rune(char))}
		}
	}
	return strings.ReplaceAll(text, "\n", "\n"+linePrefix(stack)), nil
}

// isIndented reports whether all lines but the first are empty or indented.
func isIndented(text string, indent int) bool {
	_, below, _ := strings.Cut(text, "\n")
	for line := range strings.SplitSeq(below, "\n") {
		if line != "" && indentOf(line) < indent {
			return false
		}
	}
	return true
}

// linePrefix returns the marks at the beginning of further lines in quotes and list items.
func linePrefix(stack int) string {
	prefix := ""
	for ; stack > 0; stack >>= 6 {
		if c := stack & 63; c == quoteMark {
			prefix = "> " + prefix
		} else {
			prefix = strings.Repeat(" ", c) + prefix
		}
	}
	return prefix
}

// writeMarkdownLink writes a value into the target of a link. A value at the start of a target is an address without a
// scheme, or with http, https or mailto; any other one stays in its part of the target.
func writeMarkdownLink(flag int, v any) (string, error) {
	f := flags(flag)
	text, err := placeText(v)
	if err != nil {
		return "", err
	}
	if f&markdownInside == 0 {
		if err := checkTarget(text); err != nil {
			return "", err
		}
	}
	if text == "" && f&markdownFill != 0 {
		return "<>", nil
	}
	escaped := "()<>\"'\\`*[]|{}"
	if f&markdownInside != 0 {
		escaped += ":?#&%"
	}
	if f&markdownQuery != 0 {
		escaped += "=+/"
	}
	var b strings.Builder
	for i := range len(text) {
		switch c := text[i]; {
		case i == 0 && f&markdownMargin != 0 && strings.IndexByte("-=_~+#", c) >= 0, c == '.' && f&markdownMargin != 0 && i+1 == len(text) && markerEnd(text, f) == i, c <= ' ' || c > '~' || strings.IndexByte(escaped, c) >= 0:
			fmt.Fprintf(&b, "%%%02X", c)
		case c == '&':
			b.WriteString("&amp;")
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), nil
}

func checkTarget(text string) error {
	address, err := url.Parse(text)
	if err != nil {
		return value.Problem{Msg: fmt.Sprintf("%q is not a valid link target: %v", text, err), Hint: "link to a URL or a path"}
	}
	switch strings.ToLower(address.Scheme) {
	case "", "http", "https", "mailto":
		return nil
	}
	return value.Problem{Msg: fmt.Sprintf("the link %q has a scheme that is not allowed", text), Hint: "use http, https or mailto"}
}
