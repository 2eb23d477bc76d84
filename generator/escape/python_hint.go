package escape

import (
	"fmt"
	"strings"
	"text/template/parse"

	"github.com/firestoned/firestone/generator/python"
)

// nameForm returns how to write the whole name or number that the action is part of.
func nameForm(a *action) string {
	nodes := a.siblings.Nodes
	from, format, args := a.index, "", ""
	for from > 0 {
		text, ok := nodes[from-1].(*parse.TextNode)
		if !ok && !isWritten(nodes[from-1]) {
			break
		}
		if ok {
			before := strings.TrimRightFunc(string(text.Text), isNameRune)
			if format = string(text.Text)[len(before):]; before != "" {
				break
			}
			format = ""
		}
		from--
	}
	for _, node := range nodes[from:] {
		text, ok := node.(*parse.TextNode)
		if !ok && !isWritten(node) {
			break
		}
		if !ok {
			format, args = format+"%v", args+" "+operand(node.(*parse.ActionNode).Pipe)
			continue
		}
		rest := strings.TrimLeftFunc(string(text.Text), isNameRune)
		if format += string(text.Text)[:len(text.Text)-len(rest)]; rest != "" {
			break
		}
	}
	switch before, after, _ := strings.Cut(format, "%v"); {
	case format == "%v":
		return fmt.Sprintf("write {{ ident%s }}", args)
	case python.IsKeyword(before) && after == "":
		return "write a space after " + before
	case python.IsKeyword(after) && before == "":
		return "write a space before " + after
	case '0' <= format[0] && format[0] <= '9':
		return fmt.Sprintf(`write {{ int (printf "%s"%s) }}`, format, args)
	}
	return fmt.Sprintf(`write {{ ident (printf "%s"%s) }}`, format, args)
}

func isNameRune(r rune) bool { return r >= 0x80 || isNameByte(byte(r)) }

// isWritten reports whether the node is an action that writes something.
func isWritten(node parse.Node) bool {
	action, ok := node.(*parse.ActionNode)
	return ok && len(action.Pipe.Decl) == 0
}

// prefixForm is like nameForm for an action after letters that may be meant as the prefix of a string.
func prefixForm(letters string, a *action) string {
	kind := stringKindOf(letters)
	switch {
	case kind&bytesString != 0:
		return fmt.Sprintf("write {{ quote %s }}.encode() for bytes, without the %s; for a name, %s", operand(a.node.Pipe), letters, nameForm(a))
	case kind != 0 || strings.EqualFold(letters, "u"):
		return fmt.Sprintf("write {{ quote %s }} for a string, without the %s; for a name, %s", operand(a.node.Pipe), letters, nameForm(a))
	}
	return nameForm(a)
}

// fieldForm returns how to use a value in a field of an f-string.
func fieldForm(a *action) string {
	return fmt.Sprintf("write value = {{ %s }} on a line before, and {value} in the string", a.node.Pipe)
}

// wholeString returns how to write the string around the action as a single action, or "" if the text does not show it.
func wholeString(a *action, s pythonText) string {
	format, args := "", ""
	add := func(text string) bool {
		format += strings.NewReplacer("%", "%%", `\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(text)
		return s.kind&rawString != 0 || !strings.Contains(text, `\`)
	}
	nodes := a.siblings.Nodes
	from, head := a.index, ""
	for ; ; from-- {
		if from == 0 {
			return ""
		}
		text, ok := nodes[from-1].(*parse.TextNode)
		if !ok && !isWritten(nodes[from-1]) {
			return ""
		}
		if !ok {
			continue
		}
		if at := lastQuotes(string(text.Text), s.quotes); at >= 0 {
			head = string(text.Text)[at+len(s.quotes):]
			break
		}
	}
	if !add(head) {
		return ""
	}
	for _, node := range nodes[from:] {
		if action, ok := node.(*parse.ActionNode); ok && isWritten(node) {
			format, args = format+"%v", args+" "+operand(action.Pipe)
			continue
		}
		node, ok := node.(*parse.TextNode)
		if !ok {
			return ""
		}
		text := string(node.Text)
		end := firstQuotes(text, s.quotes)
		if end >= 0 {
			text = text[:end]
		}
		switch {
		case !add(text):
			return ""
		case end < 0:
		case format == "%v":
			return fmt.Sprintf("{{ quote%s }}", args)
		default:
			return fmt.Sprintf(`{{ printf "%s"%s }}`, format, args)
		}
	}
	return ""
}

// firstQuotes returns the index of the first quotes in the text not preceded by a backslash, or -1.
func firstQuotes(text, quotes string) int {
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\\':
			i++
		case strings.HasPrefix(text[i:], quotes):
			return i
		}
	}
	return -1
}

// lastQuotes returns the index of the last quotes in the text not preceded by a backslash, or -1.
func lastQuotes(text, quotes string) int {
	at := -1
	for from := 0; ; {
		next := firstQuotes(text[from:], quotes)
		if next < 0 {
			return at
		}
		at = from + next
		from = at + len(quotes)
	}
}
