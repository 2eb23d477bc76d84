package escape

import "strings"

// markdownURL is the state of reading a link's target, in Markdown or in an attribute.
type markdownURL struct {
	part         urlPart
	shape        urlShape
	scheme       string // the text so far that may be one
	first        *action
	any          *action // the first value in it
	count        int     // of values before anything else
	parens       int
	quote        byte // of the title
	isLink       bool // and not an image
	isDefinition bool
	escaped      bool
}

// urlPart is the part of a URL to which the next character belongs.
type urlPart uint8

const (
	startURL  urlPart = iota
	valueURL          // after values alone
	schemeURL         // after text that may be a scheme
	pathURL           // a scheme can no longer come
	queryURL
	codeURL // after a scheme such as javascript:
)

// urlShape is the position in `](target "title")` of the next character.
type urlShape uint8

const (
	beforeTarget urlShape = iota
	bareTarget
	angleTarget
	behindTarget
	inTitle
)

// inURL reads a character of a URL.
func (r markdownReader) inURL(s markdownState, c byte) markdownState {
	u := &s.url
	switch {
	case u.part == codeURL:
	case c == '?' || c == '#':
		u.part = queryURL
	case u.part >= pathURL:
	case c == '/' || c == '\\':
		u.part = pathURL
	case c == ':' && u.first != nil && (u.part == valueURL || strings.Contains(u.scheme, valueMark)):
		r.refuse(u.first, "write the scheme as text: https://…", insideMsg, "the scheme of a link")
		u.part = pathURL
	case c == ':':
		u.part = pathURL
		if !linkSchemes[strings.ToLower(strings.TrimSpace(u.scheme))] {
			u.part = codeURL
		}
	case c == '&': // it may stand for any character of a scheme
		u.part = codeURL
	default:
		u.part = schemeURL
		if len(u.scheme) < 16 {
			u.scheme += string(rune(c))
		}
	}
	return s
}

// linkSchemes are the schemes that may precede a value.
var linkSchemes = words("http https mailto ftp tel sms xmpp irc ssh git vscode slack")

// inLink reads the target and the title of a link, or of a definition.
func (r markdownReader) inLink(s markdownState, c byte) markdownState {
	u := &s.url
	isEnd := c == ')' && !u.isDefinition
	switch {
	case u.escaped && u.shape == inTitle:
		u.escaped = false
		return s
	case u.escaped:
		u.escaped, u.shape = false, max(u.shape, bareTarget)
		return r.inURL(s, c)
	case u.shape == inTitle && c == '\\':
		u.escaped = true
		return s
	case u.shape == inTitle:
		if c == u.quote {
			u.shape = behindTarget
		}
		return s
	case isBlank(c) && (u.shape == beforeTarget || u.shape == behindTarget):
		return s
	case isEnd && u.parens == 0 && u.shape != angleTarget:
		return r.endLink(s)
	case u.shape == behindTarget && strings.IndexByte("\"'(", c) >= 0:
		u.shape, u.quote = inTitle, c
		if c == '(' {
			u.quote = ')'
		}
		return s
	case u.shape == behindTarget:
		r.refuseTarget(s)
		s.place = markdownText // it was not a link
		return s.lost().wrote(c)
	case u.shape == beforeTarget && c == '<' && s.inline.before == 0: // MDX reads a tag at the start of a line
		s.place = markdownText
		return s.lost().wrote(c)
	case u.shape == beforeTarget && c == '<':
		u.shape = angleTarget
		return s
	}
	return r.inTarget(s, c)
}

// inTarget reads a character of a link's target.
func (r markdownReader) inTarget(s markdownState, c byte) markdownState {
	u := &s.url
	u.shape = max(u.shape, bareTarget)
	switch {
	case c == '\\':
		u.escaped, u.part = true, max(u.part, pathURL)
		return s
	case u.shape == angleTarget && c == '>', u.shape == bareTarget && isBlank(c):
		r.endTarget(s)
		u.shape = behindTarget
		return s
	case u.shape == angleTarget && c == '<':
		r.refuseTarget(s)
		s.place = markdownText // it was not a link
		return s.lost().wrote(c)
	case u.shape == angleTarget:
	case c == '(':
		u.parens++
	case c == ')' && u.parens > 0:
		u.parens--
	case c == ')':
		r.refuseTarget(s)
	}
	return r.inURL(s, c)
}

// refuseTarget refuses the values in what turns out not to be a link.
func (r markdownReader) refuseTarget(s markdownState) {
	if s.url.any != nil {
		r.refuse(s.url.any, `write [TEXT](TARGET "TITLE"), or a definition [LABEL]: TARGET "TITLE"`, "the action would be the target of a link, but what follows makes it text")
	}
}

// endTarget handles a target consisting only of values, which may be empty, when more follows.
func (r markdownReader) endTarget(s markdownState) {
	switch u := s.url; {
	case u.parens > 0:
		r.refuseTarget(s)
	case u.shape != bareTarget || u.part != valueURL:
	case u.count > 1:
		r.refuse(u.first, "write the target as one action: {{ printf \"%v%v\" … }}", "something follows a target of several actions, which may all be empty")
	default:
		u.first.mark(markdownFill)
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

// endDefinition ends the line of a link definition.
func (r markdownReader) endDefinition(s markdownState) markdownState {
	switch s.url.shape {
	case beforeTarget, inTitle:
		return s // which continues on the next line
	case bareTarget:
		r.endTarget(s)
	case angleTarget:
		r.refuseTarget(s)
	}
	isTitled := s.url.quote != 0
	s.place = markdownText
	s = r.endParagraph(s)
	s.block.leaf, s.block.isDefined, s.block.mayTitle = paragraphLeaf, true, !isTitled
	return s
}

// inAutolink reads a URL between < and >.
func (s markdownState) inAutolink(c byte) markdownState {
	switch {
	case c == '>' || c == '<' || isBlank(c):
		s.place, s.url = markdownText, markdownURL{}
		return s.wrote(c)
	case c == '?' || c == '#':
		s.url.part = queryURL
	}
	return s
}
