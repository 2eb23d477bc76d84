package escape

import (
	"strings"

	"github.com/firestoned/firestone/model/value"
)

func isHTMLSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' }

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isAlphanumeric(c byte) bool { return isLetter(c) || '0' <= c && c <= '9' }

// wrong reports text of the template that the reader does not support. What follows may be misread, so it is reported
// only once.
func (r htmlReader) wrong(hint, format string, args ...any) {
	if !r.isLost {
		r.problems.Add(value.BrokenSource, r.pos(int(r.textPos)+r.textAt), hint, format, args...)
	}
	r.isLost = true
}

func (r htmlReader) text(s htmlState, text string) htmlState {
	for i := 0; i < len(text); {
		r.textAt = i
		isDone := false
		if s, isDone = r.step(s, text[i]); isDone {
			i++
		}
	}
	return s
}

// step returns the state after the character, or, with false, another state in which to read it.
func (r htmlReader) step(s htmlState, c byte) (htmlState, bool) {
	if c == '<' && s.where.noscript && s.mode >= htmlMarkup {
		r.wrongInNoscript()
		s.where.noscript = false
	}
	switch s.mode {
	case htmlText:
		return s.inText(c), true
	case htmlRawText, htmlRefText, htmlJSON:
		return r.rawText(s, c)
	case htmlTagOpen, htmlEndOpen:
		return r.tagOpen(s, c)
	case htmlMarkup:
		return r.markup(s, c)
	case htmlDeclaration:
		return r.declaration(s, c), true
	case htmlRemark:
		return s.remark(c), true
	case htmlCDATA:
		switch {
		case c == ']':
			s.word += "]"
		case c == '>' && strings.HasSuffix(s.word, "]]"):
			return htmlState{where: s.where}, true
		default:
			s.word = ""
		}
		s.word = s.word[max(0, len(s.word)-2):]
		return s, true
	}
	return r.inTag(s, c)
}

func (s htmlState) inText(c byte) htmlState {
	switch {
	case c == '<':
		s.mode, s.word, s.isRef = htmlTagOpen, "", false
		return s
	case !isHTMLSpace(c):
		s.parent = ""
	}
	s.isRef = c == '&' || s.isRef && (c == '#' || isAlphanumeric(c))
	s.fresh = false
	return s
}

// tagOpen reads what follows "<" or "</".
func (r htmlReader) tagOpen(s htmlState, c byte) (htmlState, bool) {
	switch isEnd := s.mode == htmlEndOpen; {
	case isLetter(c):
		return htmlState{mode: htmlTagName, isEnd: isEnd, where: s.where, parent: s.parent}, false
	case isEnd && c == '>':
		s.mode = htmlText
		return s, true
	case isEnd || c == '?':
		s.mode, s.name, s.word = htmlDeclaration, "/", ""
		if !isEnd {
			s.name = "?"
		}
		return s, !isEnd
	case c == '/':
		s.mode = htmlEndOpen
		return s, true
	case c == '!':
		s.mode, s.word = htmlMarkup, ""
		return s, true
	case c == '%':
		r.wrong("write &lt;%, or give the file the suffix of the language that <% belongs to", "<%% is not HTML")
	}
	s.mode, s.parent, s.fresh = htmlText, "", false
	return s, false
}

// markup reads what follows "<!".
func (r htmlReader) markup(s htmlState, c byte) (htmlState, bool) {
	const remark, section = "--", "[CDATA["
	isSection := r.isForeign(s)
	switch word := s.word + string(c); {
	case word == remark:
		return htmlState{mode: htmlRemark, word: "<!--", where: s.where, parent: s.parent}, true
	case isSection && word == section:
		return htmlState{mode: htmlCDATA, where: s.where}, true
	case strings.HasPrefix(remark, word), isSection && strings.HasPrefix(section, word):
		s.word = word
		return s, true
	}
	s.mode, s.name, s.word = htmlDeclaration, "!", ""
	return s, false
}

func (htmlReader) isForeign(s htmlState) bool {
	_, isForeign := s.where.foreign()
	return isForeign
}

// declaration reads to the ">" at which browsers end anything that is neither a tag nor a comment.
func (r htmlReader) declaration(s htmlState, c byte) htmlState {
	const maxLength = 4
	if s.name == "?" && len(s.word) < maxLength {
		if s.word += string(c); c == '>' || len(s.word) == maxLength {
			if !strings.HasPrefix(strings.ToLower(s.word), "xml") || isNameByte(s.word[len(s.word)-1]) {
				r.wrong("write &lt;?, or give the file the suffix of the language that <? belongs to", "<? is not HTML")
			}
		}
	}
	if c == '>' {
		return htmlState{where: s.where, parent: s.parent}
	}
	return s
}

// remark reads a comment. The word is what may end it: the dashes, or its own beginning, which "<!-->" ends.
func (s htmlState) remark(c byte) htmlState {
	switch {
	case c == '>' && (strings.HasPrefix(s.word, "<!--") || strings.HasPrefix(s.word, "--")):
		return htmlState{where: s.where, parent: s.parent}
	case c == '!' && s.word == "--":
		s.word = "--!"
	case c != '-':
		if s.word == "<!--" && (c == '[' || c == '#') {
			s.name = string(c)
		}
		s.word = ""
	case s.word == "<!--":
		s.word = "<!---"
	case s.word == "" || s.word == "--!":
		s.word = "-"
	default:
		s.word = "--"
	}
	return s
}

// rawText reads the text of an element that ends only at its own end tag.
func (r htmlReader) rawText(s htmlState, c byte) (htmlState, bool) {
	if strings.HasPrefix(s.word, "<") {
		next := s.word + strings.ToLower(string(c))
		isDelimiter := isHTMLSpace(c) || c == '/' || c == '>'
		switch {
		case isDelimiter && s.word == "</"+s.name && s.script < inInnerScript:
			if open := (jsonReader{}).open(s.json); open != "" {
				r.wrong("close it before </script>", "the JSON in <script> ends inside %s", open)
			}
			return htmlState{mode: htmlTag, name: s.name, isEnd: true, where: s.where}, false
		case isDelimiter && s.word == "</script" && s.script == inInnerScript:
			return r.inJSON(s, next).scripted(inScriptRemark, ""), true
		case isDelimiter && s.word == "<script" && s.script == inScriptRemark:
			return r.inJSON(s, next).scripted(inInnerScript, ""), true
		case s.name == "script" && s.script == 0 && next == "<!--":
			return r.inJSON(s, next).scripted(inScriptRemark, "--"), true
		case strings.HasPrefix("</"+s.name, next), s.name == "script" && strings.HasPrefix("<!--", next),
			s.script == inScriptRemark && strings.HasPrefix("<script", next):
			s.word = next
			return s, true
		case s.where.noscript:
			r.wrongInNoscript()
			s.where.noscript = false
		}
		s = r.inJSON(s, s.word)
	}
	switch {
	case c == '<':
		s.word, s.isRef, s.fresh = "<", false, false
		return s, true
	case c == '-' && s.script > 0:
		s.word = ("-" + s.word)[:min(len(s.word)+1, len("--"))]
	case c == '>' && s.script > 0 && s.word == "--":
		s.script, s.word = 0, ""
	default:
		s.word = ""
	}
	s.isRef = c == '&' || s.isRef && (c == '#' || isAlphanumeric(c))
	s.fresh = false
	return r.inJSON(s, string(c)), true
}

// How deep a script is in what looks like a comment: after "<!--", and after a "<script" in there, whose end tag does
// not end the element.
const (
	inScriptRemark = 1 + iota
	inInnerScript
)

func (s htmlState) scripted(script uint8, word string) htmlState {
	s.script, s.word = script, word
	return s
}

// inJSON reads the text of a data script.
func (r htmlReader) inJSON(s htmlState, text string) htmlState {
	if strings.HasPrefix(s.word, "<") {
		s.word = ""
	}
	if s.mode == htmlJSON {
		s.json = jsonReader{report: r.report, inScript: true}.text(s.json, text)
	}
	return s
}

func (r htmlReader) wrongInNoscript() {
	r.wrong("write &lt;, or leave it out", "a < that begins no tag is in <noscript>, where browsers differ about what it is")
}
