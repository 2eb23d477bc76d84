package escape

import (
	"fmt"
	"slices"
	"strings"
)

// htmlState is a position in an HTML text.
type htmlState struct {
	mode    htmlMode
	word    string // the text so far of a token that is known only at its end: "<!-", "</tit", a scheme, the dashes in a comment
	odd     string // the enclosing element in which browsers, or some of them, read other elements in another way, or ""
	parent  string // the preceding tag, if HTML allows no text after it
	name    string // of the tag, or of the element whose text is not markup
	isEnd   bool   // it is an end tag
	attr    string // the attribute's name
	kept    string // the attributes of the tag on which others depend, each on a line
	quote   byte   // around the attribute's value
	use     htmlUse
	part    htmlPart // of an address or a style
	json    jsonState
	last    *action // with whose value an address begins, or in the content of a <meta>
	isRef   bool    // a character reference may continue here
	instead string  // it is lost: what to write instead
	fresh   bool    // after <!--, or after <pre> or <textarea>, where a line break is dropped
}

type htmlMode uint8

const (
	htmlText        htmlMode = iota
	htmlRawText              // of an element without markup, whose text is read by a program
	htmlRefText              // of an element without markup except character references: <title>, <textarea>
	htmlJSON                 // of a script that is data
	htmlTagOpen              // after "<"
	htmlEndOpen              // after "</"
	htmlMarkup               // after "<!"
	htmlDeclaration          // in <!DOCTYPE …> and everything else that ends at the next ">"
	htmlRemark               // in a comment
	htmlTagName              // in the name of a tag
	htmlTag                  // in a tag, where an attribute may begin
	htmlAttr                 // in the name of an attribute
	htmlAttrDone             // after it
	htmlEquals               // after "="
	htmlValue                // in a quoted value
	htmlBare                 // in an unquoted value
	htmlLost                 // it is unclear how browsers read it
)

// htmlReader reads HTML like browsers (the tokenizer of the HTML standard) as far as needed to place actions. What it
// does not follow it is lost in, and it places no actions after that.
type htmlReader struct{ *report }

func (htmlReader) start() htmlState { return htmlState{} }

func (htmlReader) open(s htmlState) string {
	open := ""
	if s.odd != "" {
		open = "<" + s.odd + ">"
	}
	switch s.mode {
	case htmlText, htmlLost:
	case htmlRawText, htmlRefText, htmlJSON:
		open += "<" + s.name + ">" + jsonReader{}.open(s.json)
	case htmlRemark, htmlMarkup, htmlDeclaration:
		open += "<!…>"
	case htmlValue:
		open += "<… " + string(s.quote) + "…" + string(s.quote) + ">"
	default:
		open += "<…>"
	}
	return open
}

func (r htmlReader) text(s htmlState, text string) htmlState {
	for i := 0; i < len(text) && s.mode != htmlLost; {
		isDone := false
		if s, isDone = r.step(s, text[i]); isDone {
			i++
		}
	}
	return s
}

// step returns the state after the character, or, with false, another state in which to read it.
func (r htmlReader) step(s htmlState, c byte) (htmlState, bool) {
	switch {
	case s.mode == htmlText:
		return s.inText(c), true
	case s.mode <= htmlJSON:
		return r.rawText(s, c)
	case s.mode <= htmlEndOpen:
		return s.tagOpen(c)
	case c == '<' && s.odd != "":
		return lostHTML("write &lt;, or leave it out: in <" + s.odd + ">, browsers differ about a < that begins no tag"), true
	case s.mode == htmlMarkup:
		return s.markup(c)
	case s.mode == htmlDeclaration && c == '>':
		return s.outside(), true
	case s.mode == htmlDeclaration:
		return s, true
	case s.mode == htmlRemark:
		return s.remark(c), true
	}
	return r.inTag(s, c)
}

// lostHTML returns the state for text that is not followed.
func lostHTML(instead string) htmlState { return htmlState{mode: htmlLost, instead: instead} }

// outside returns the state after a comment or declaration.
func (s htmlState) outside() htmlState { return htmlState{odd: s.odd, parent: s.parent} }

func isHTMLSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' }

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isAlphanumeric(c byte) bool { return isLetter(c) || '0' <= c && c <= '9' }

// refers reports whether a character reference may continue after the character.
func (s htmlState) refers(c byte) bool { return c == '&' || s.isRef && (c == '#' || isAlphanumeric(c)) }

func (s htmlState) inText(c byte) htmlState {
	switch {
	case c == '<':
		s.mode = htmlTagOpen
	case !isHTMLSpace(c):
		s.parent = ""
	}
	s.isRef, s.fresh = s.refers(c), s.fresh && c == '<'
	return s
}

// tagOpen reads what follows "<" or "</".
func (s htmlState) tagOpen(c byte) (htmlState, bool) {
	isEnd := s.mode == htmlEndOpen
	switch {
	case isLetter(c):
		return htmlState{mode: htmlTagName, isEnd: isEnd, odd: s.odd, parent: s.parent}, false
	case isEnd && c == '>':
		s.mode = htmlText
		return s, true
	case isEnd:
		s.mode = htmlDeclaration
	case c == '/':
		s.mode = htmlEndOpen
		return s, true
	case c == '!':
		s.mode, s.word = htmlMarkup, ""
		return s, true
	case c == '?' || c == '%':
		return lostHTML("write &lt;, or give the file the suffix of the language that <? or <% belongs to"), true
	default:
		s.mode, s.parent, s.fresh = htmlText, "", false
	}
	return s, false
}

// markup reads what follows "<!".
func (s htmlState) markup(c byte) (htmlState, bool) {
	switch {
	case c == '-' && s.word == "-":
		return htmlState{mode: htmlRemark, word: "--", odd: s.odd, parent: s.parent, fresh: true}, true
	case c == '-':
		s.word = "-"
		return s, true
	case s.odd != "":
		return lostHTML("leave out <!…>: in <" + s.odd + ">, browsers differ about its end"), true
	}
	s.mode = htmlDeclaration
	return s, false
}

// remark reads a comment. The word is the dashes that may end it; those that begin it may, too.
func (s htmlState) remark(c byte) htmlState {
	switch {
	case c == '>' && s.word == "--":
		return s.outside()
	case c == '>' && s.word == "--!":
		return lostHTML("write --> at the end of the comment")
	case c == '!' && s.word == "--":
		s.word = "--!"
	case c == '-' && (s.word == "-" || s.word == "--"):
		s.word = "--"
	case c == '-':
		s.word = "-"
	default:
		if s.fresh && (c == '[' || c == '#') {
			s.name = string(c)
		}
		s.word = ""
	}
	s.fresh = false
	return s
}

// rawText reads the text of an element that ends only at its own end tag.
func (r htmlReader) rawText(s htmlState, c byte) (htmlState, bool) {
	if s.word != "" {
		end, next := "</"+s.name, s.word+strings.ToLower(string(rune(c)))
		switch {
		case s.word == end && (isHTMLSpace(c) || c == '/' || c == '>'):
			return htmlState{mode: htmlTag, name: s.name, isEnd: true, odd: s.odd}, false
		case s.name == "script" && next == "<!--":
			return lostHTML(`write \x3c!-- or <\!-- in the script: there, <!-- may hide the end of it`), true
		case strings.HasPrefix(end, next), s.name == "script" && strings.HasPrefix("<!--", next):
			s.word = next
			return s, true
		case s.odd != "":
			return lostHTML("write <" + s.name + "> outside <" + s.odd + ">, or without the character <"), true
		}
		word := s.word
		s.word = ""
		s = r.inJSON(s, word)
	}
	s.isRef, s.fresh = s.refers(c), false
	if c == '<' {
		s.word = "<"
		return s, true
	}
	return r.inJSON(s, string(rune(c))), true
}

// inJSON reads the text of a data script.
func (r htmlReader) inJSON(s htmlState, text string) htmlState {
	if s.mode == htmlJSON {
		s.json = jsonReader{report: r.report, inScript: true}.text(s.json, text)
	}
	return s
}

// placeAction places an action in HTML: in text, an attribute value, a comment, or a data script.
func (r htmlReader) placeAction(s htmlState, a *action) htmlState {
	if a.last == "raw" {
		s.isRef, s.fresh = false, false
		return s
	}
	value := a.node.Pipe.String()
	switch s.mode {
	case htmlText, htmlRefText:
		return r.placeText(s, a)
	case htmlRawText:
		r.refuse(a, rawHint(s.name, value), insideMsg, "<"+s.name+">")
	case htmlJSON:
		if s.word != "" {
			r.refuse(a, `write the character < as \u003c`, insideMsg, "a script, after a <")
		}
		s.json = jsonReader{report: r.report, inScript: true}.placeAction(s.json, a)
	case htmlRemark:
		return r.placeRemark(s, a)
	case htmlMarkup, htmlDeclaration:
		r.refuse(a, "write it without an action, or write text outside of it", insideMsg, "<!…>")
	case htmlTagOpen, htmlEndOpen, htmlTagName:
		r.refuse(a, "write the tags out, {{ if CONDITION }}<h1>{{ else }}<h2>{{ end }}; for the character < write &lt;", insideMsg, "the name of a tag")
	case htmlEquals, htmlBare:
		r.refuse(a, fmt.Sprintf(`put the whole value in quotes: %s="…{{ %s }}…"`, s.attr, value), insideMsg, "an attribute without quotes")
	case htmlValue:
		return r.placeValue(s, a)
	case htmlLost:
		r.refuse(a, s.instead, "the action follows text whose end cannot be determined")
	default:
		r.refuse(a, fmt.Sprintf(`write the name of the attribute out: name="{{ %s }}", or {{ if %s }}checked{{ end }}`, value, value), insideMsg, "a tag")
	}
	return s
}

const refMsg = "the action follows an & that would turn its value into a character reference"

// placeText places an action in text between tags, or in that of <title> or <textarea>.
func (r htmlReader) placeText(s htmlState, a *action) htmlState {
	switch {
	case s.isRef:
		r.refuse(a, "write &amp; for the character &", refMsg)
	case s.word != "":
		r.refuse(a, "write &lt; for the character <", insideMsg, "a tag")
	}
	f := htmlJoinedFlag
	if s.fresh {
		f = htmlFreshFlag
	}
	if s.mode == htmlRefText {
		a.write(htmlPlainWriter, f)
	} else {
		if s.parent != "" {
			f |= htmlTextlessFlag
		}
		a.write(htmlTextWriter, f, slices.Index(oddElements, s.odd))
	}
	s.isRef, s.fresh = false, false
	return s
}

// rawHint returns what to do instead of an action in an element whose text is a program, or is read like one.
func rawHint(name, value string) string {
	switch name {
	case "script":
		return fmt.Sprintf(`give the script its data in a tag of its own, <script type="application/json">{{ %s }}</script>, or in an attribute, data-value="{{ %s }}"`, value, value)
	case "style":
		return fmt.Sprintf(`write it as a property, <html style="--value: {{ %s }}">, and var(--value) in <style>; for an address, write <img src="{{ %s }}" alt="">`, value, value)
	}
	return fmt.Sprintf("write <pre>{{ %s }}</pre> instead", value)
}

// placeRemark places an action in a comment.
func (r htmlReader) placeRemark(s htmlState, a *action) htmlState {
	f := htmlJoinedFlag
	switch {
	case s.name != "":
		r.refuse(a, "write it outside the comment", insideMsg, "a comment that some programs read as a condition or a command")
	case s.fresh:
		f = htmlFreshFlag
	case s.word != "":
		r.refuse(a, "put a space between the dash and the action", insideMsg, "what may be the end of a comment")
	}
	a.write(htmlRemarkWriter, f)
	s.word, s.fresh = "", false
	return s
}
