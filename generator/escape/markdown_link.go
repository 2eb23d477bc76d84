package escape

import (
	"regexp"
	"strings"
)

// markdownURL is the target and the title of a link as far as they have been read.
type markdownURL struct {
	text         string  // with a valueMark for each value; what no longer matters is left out
	first        *action // the first value in it, or in the value of an attribute
	isLink       bool    // and not an image
	isDefinition bool
}

// The parts of `](target "title")` and of `]: target "title"`.
const (
	linkSpace  = `[ \t\n]`
	linkTarget = `(<[^<>\n]*>|[^ \t\n<][^ \t\n]*)`
)

var (
	linkWhole      = regexp.MustCompile(`^` + linkSpace + `*(?:` + linkTarget + `(?:` + linkSpace + `+(?:"[^"]*"|'[^']*'|\([^()]*\)))?` + linkSpace + `*)?$`)
	linkTargetPart = regexp.MustCompile(`^(?:([ \t]*<)([^<>\n]*)|` + linkSpace + `*([^ \t\n<>]*))$`)
	linkTitlePart  = regexp.MustCompile(`^` + linkSpace + `*` + linkTarget + linkSpace + `+(?:"[^"]*|'[^']*|\([^()]*)$`)
)

// inLink reads a character of a link or of a definition.
func (r markdownReader) inLink(s markdownState, c byte) markdownState {
	u := &s.url
	switch {
	case c == '\\', len(u.text) > maxConstruct:
		s.block.isDefined = u.isDefinition // perhaps
		return r.noLink(s)
	case c == ':' && u.first != nil && mayEndScheme(strings.TrimLeft(u.text, " \t\n<")):
		r.refuseScheme(u.first)
		c = '/'
	case u.first != nil && isBlank(c) && strings.Trim(u.text, " \t\n") == valueMark:
		u.first.mark(markdownFill)
	case u.first != nil && isBlank(c) && strings.Trim(u.text, " \t\n") == valueMark+valueMark:
		r.refuse(u.first, "write the target as one action: {{ printf \"%v%v\" … }}", "something follows a target of several actions, which may all be empty")
	case c == ')' && !u.isDefinition && isWholeLink(u.text):
		return r.endLink(s)
	case c == ')' && !u.isDefinition && !linkTitlePart.MatchString(u.text) && !linkTargetPart.MatchString(u.text):
		return r.noLink(s)
	}
	u.text += string(rune(c))
	return s
}

// isWholeLink reports whether a text is a target, with a title or not, or nothing.
func isWholeLink(text string) bool {
	m := linkWhole.FindStringSubmatch(text)
	return m != nil && strings.Count(m[1], "(") == strings.Count(m[1], ")")
}

// noLink reads on after what turns out not to be a link, and refuses the values in it.
func (r markdownReader) noLink(s markdownState) markdownState {
	r.refuseTarget(s)
	s.place, s.url = markdownText, markdownURL{}
	return s.lost().wrote('x')
}

func (r markdownReader) refuseTarget(s markdownState) {
	if s.url.first != nil {
		r.refuse(s.url.first, `write [TEXT](TARGET "TITLE"), or a definition [LABEL]: TARGET "TITLE"`, "the action would be the target of a link, but what follows makes it text")
	}
}

// endLink returns the state after the closing parenthesis of a link.
func (r markdownReader) endLink(s markdownState) markdownState {
	if s.url.isLink {
		s.inline.brackets = strings.ReplaceAll(s.inline.brackets, "[", "")
		if s.inline.brackets == "" {
			s.inline.inBrackets = nil
		}
	}
	s.place, s.url = markdownText, markdownURL{}
	return s.wrote(')')
}

// endDefinition ends the line of a link definition, which has to be whole.
func (r markdownReader) endDefinition(s markdownState) markdownState {
	if s = r.inLink(s, '\n'); strings.Trim(s.url.text, " \t\n") == "" || !isWholeLink(s.url.text) {
		return r.noLink(s)
	}
	s.place, s.url = markdownText, markdownURL{}
	s = r.endParagraph(s)
	s.block.leaf, s.block.isDefined = paragraphLeaf, true
	return s
}

// writeLink writes a value into the target or the title of a link.
func (r markdownReader) writeLink(s markdownState, a *action) markdownState {
	u := &s.url
	if u.first == nil {
		u.first = a
	}
	if target := linkTargetPart.FindStringSubmatch(u.text); target != nil && strings.Contains(u.text, "(") {
		r.refuse(a, "write %28 and %29 for the parentheses of the target", "the action is in parentheses in the target of a link")
	} else if target != nil {
		u.text = target[1] + r.writeURL(a, target[2]+target[3], s.marginFlag())
	} else if linkTitlePart.MatchString(u.text) {
		a.write(markdownAttributeWriter, s.marginFlag())
	} else if isBlank(u.text[len(u.text)-1]) && isWholeLink(u.text) {
		r.refuse(a, `write the title in quotes: [TEXT](TARGET "`+a.node.String()+`")`, "the action follows the target of a link")
	} else {
		r.refuseTarget(s)
	}
	return s
}

// writeURL writes a value into a URL after the given text, and returns what matters of the text and the value.
func (r markdownReader) writeURL(a *action, before string, f flags) string {
	after := valueMark
	switch end := strings.IndexAny(before, ":/?#&\\"); {
	case before == "":
		a.write(markdownLinkWriter, f)
		return after
	case end >= 0 && (before[end] == '&' || before[end] == ':' && !linkSchemes[strings.ToLower(strings.TrimSpace(before[:end]))]): // "&…;" may be any character
		r.refuse(a, "write a URL with https", insideMsg, "a URL that is code")
	case strings.ContainsAny(before, "?#"):
		f |= markdownQuery
		after = "?"
	case end >= 0:
		after = "/"
	case before == valueMark:
		after += valueMark
	}
	a.write(markdownLinkWriter, f|markdownInside)
	return after
}

// linkSchemes are the schemes that may precede a value.
var linkSchemes = words("http https mailto ftp tel sms xmpp irc ssh git vscode slack")

// mayEndScheme reports whether a colon after the text of a URL would end a scheme that a value is part of.
func mayEndScheme(url string) bool {
	return strings.Contains(url, valueMark) && !strings.ContainsAny(url, ":/?#&\\ \t\n")
}

func (r markdownReader) refuseScheme(a *action) {
	r.refuse(a, "write the scheme as text: https://…", insideMsg, "the scheme of a link")
}

// inAutolink reads a URL between < and >.
func (s markdownState) inAutolink(c byte) markdownState {
	if c == '>' || c == '<' || isBlank(c) {
		s.place, s.url = markdownText, markdownURL{}
		return s.wrote(c)
	}
	s.url.text += string(rune(c))
	return s
}
