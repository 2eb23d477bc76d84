package value

import (
	"regexp"
	"strings"
)

// Flow returns a value as YAML on one line, suitable for double quotes in a message.
func Flow(v *Value) string {
	var parts []string
	switch v.Kind {
	case KindString:
		return flowText(v.Text)
	case KindArray:
		for _, item := range v.Items {
			parts = append(parts, Flow(item))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case KindObject:
		for _, m := range v.Members {
			parts = append(parts, FlowMember(m))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return string(v.AppendJSON(nil, ""))
}

// FlowMember returns a member as YAML on one line, without the braces of its object.
func FlowMember(m Member) string { return flowText(m.Name) + ": " + Flow(m.Value) }

// bare are the texts that need no quotes in any place, unless they are read as something else than a text.
var bare = regexp.MustCompile(`^[\pL_$./]([\pL\pN_$./ -]*[\pL\pN_$./-])?$`)

func flowText(text string) string {
	switch {
	case bare.MatchString(text) && plain(text).Kind == KindString && !isNotFinite(text):
		return text
	case strings.ContainsFunc(text, func(r rune) bool { return r < ' ' }):
		return string(appendQuoted(nil, text))
	}
	return "'" + strings.ReplaceAll(text, "'", "''") + "'"
}
