package escape

import (
	"fmt"
	"strings"
)

// htmlState is a position in an HTML text.
type htmlState struct {
	mode   htmlMode
	word   string // the text read so far of a token that is known only at its end: "<!-", "</tit", a scheme, the dashes in a comment
	name   string // of the tag, or of the element whose text is not markup
	isEnd  bool   // it is an end tag
	attr   string // the attribute's name
	value  string // the attribute's value, if others depend on it
	kept   string // the attributes of the tag on which others depend, each followed by a line break
	quote  byte   // around the attribute's value, or 0
	use    htmlUse
	part   htmlPart // of an address or a style
	script uint8    // in a script: 1 after <!--, 2 after a <script> in there
	json   jsonState
	last   *action // with whose value the address or style begins
	late   *action // in an attribute that another attribute of the tag may make dangerous
	isRef  bool    // a character reference may continue here
	fresh  bool    // after <pre> or <textarea>, where a line break is dropped
	parent string  // the preceding tag, if HTML allows no text after it
	where  htmlWhere
}

// htmlWhere is how the enclosing elements affect the way HTML is read.
type htmlWhere struct {
	open     string // the open elements in <svg>, <math> or <select>, each followed by a space
	noscript bool   // in <noscript>, which is text if scripts are enabled
	template bool   // directly in <template>, whose first tag decides what it may contain
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
	htmlDeclaration          // in <!DOCTYPE …>, <?xml …?> and everything else that ends at the next ">"
	htmlRemark               // in a comment
	htmlCDATA                // in <![CDATA[…]]> of SVG or MathML
	htmlTagName              // in the name of a tag
	htmlTag                  // in a tag, where an attribute may begin
	htmlSlash                // after "/" in a tag
	htmlAttr                 // in the name of an attribute
	htmlAttrDone             // after it
	htmlEquals               // after "="
	htmlValue                // in a quoted value
	htmlBare                 // in an unquoted value
)

// htmlReader reads HTML like browsers (the tokenizer of the HTML standard) as far as needed to place actions.
type htmlReader struct{ *report }

func (htmlReader) start() htmlState { return htmlState{} }

func (htmlReader) open(s htmlState) string {
	open := ""
	for name := range strings.FieldsSeq(s.where.open) {
		open += "<" + name + ">"
	}
	if s.where.noscript {
		open += "<noscript>"
	}
	switch s.mode {
	case htmlText:
	case htmlRawText, htmlRefText, htmlJSON:
		open += "<" + s.name + ">" + jsonReader{}.open(s.json)
	case htmlRemark, htmlMarkup, htmlDeclaration:
		open += "<!…>"
	case htmlCDATA:
		open += "<![CDATA[…]]>"
	case htmlValue:
		open += "<… " + string(s.quote) + "…" + string(s.quote) + ">"
	default:
		open += "<…>"
	}
	return open
}

// placeAction places an action in HTML: in text, an attribute value, a comment, or a data script.
func (r htmlReader) placeAction(s htmlState, a *action) htmlState {
	if a.last == "raw" {
		s.isRef, s.fresh = false, false
		return s
	}
	switch s.mode {
	case htmlText, htmlRefText:
		return r.inText(s, a)
	case htmlRawText:
		r.inRawText(s.name, a)
	case htmlJSON:
		if s.word != "" || s.script > 0 {
			r.refuse(a, `write the character < as \u003c`, insideMsg, "a script, after a <")
		}
		s.json = jsonReader{report: r.report, inScript: true}.placeAction(s.json, a)
	case htmlRemark:
		return r.inRemark(s, a)
	case htmlMarkup, htmlDeclaration, htmlCDATA:
		r.refuse(a, "write it without an action, or write text outside of it", insideMsg, "<!…>")
	case htmlTagOpen, htmlEndOpen, htmlTagName:
		r.refuse(a, "write the tags out, {{ if CONDITION }}<h1>{{ else }}<h2>{{ end }}; for the character < write &lt;", insideMsg, "the name of a tag")
	case htmlEquals, htmlBare:
		if s.mode == htmlEquals {
			s.use = htmlUseOf(s)
			s.part = s.use.start()
		}
		if s.mode, s.quote = htmlBare, '"'; s.use >= useCode && s.use != useLink && s.use != useStyle {
			return r.inValue(s, a)
		}
		r.refuse(a, "put the value in quotes: "+attributeForm(s, a), insideMsg, "an attribute without quotes")
	case htmlValue:
		return r.inValue(s, a)
	default:
		value := operand(a.node.Pipe)
		r.refuse(a, fmt.Sprintf(`write the name of the attribute out: name="{{ %s }}", or {{ if %s }}checked{{ end }}`, value, value), insideMsg, "a tag")
	}
	return s
}

const refMsg = "the action follows an & that would turn its value into a character reference"

// inText places an action in text between tags, or in that of <title> or <textarea>.
func (r htmlReader) inText(s htmlState, a *action) htmlState {
	switch {
	case s.isRef:
		r.refuse(a, "write &amp; for the character &", refMsg)
	case s.mode == htmlRefText && s.word != "":
		r.refuse(a, "write &lt; for the character <", insideMsg, "a tag")
	case strings.HasSuffix(s.where.open, " style ") || strings.HasSuffix(s.where.open, " script "):
		r.inRawText(s.where.open[strings.LastIndexByte(strings.TrimSpace(s.where.open), ' ')+1:len(s.where.open)-1], a)
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
		a.write(htmlTextWriter, f, int(s.where.kind()))
	}
	s.isRef, s.fresh = false, false
	return s
}

// inRawText refuses an action in an element whose text is a program, or is read like one.
func (r htmlReader) inRawText(name string, a *action) {
	value := operand(a.node.Pipe)
	switch name {
	case "script":
		data := "toJson " + value
		if a.last == "toJson" {
			data = a.node.Pipe.String()
			value = data
		}
		r.refuse(a, fmt.Sprintf(`give the script its data in a tag of its own, <script type="application/json">{{ %s }}</script>, or in an attribute, data-value="{{ %s }}"`, data, value),
			insideMsg, "<script>")
	case "style":
		hint := fmt.Sprintf(`write it as a property, <html style="--value: {{ %s }}">, and var(--value) in <style>`, value)
		if image := imageForm(a); image != "" {
			hint = image
		}
		r.refuse(a, hint, insideMsg, "<style>")
	default:
		r.refuse(a, fmt.Sprintf("write <pre>{{ %s }}</pre> instead", value), insideMsg, "<"+name+">")
	}
}

// inRemark places an action in a comment.
func (r htmlReader) inRemark(s htmlState, a *action) htmlState {
	switch {
	case s.name != "":
		r.refuse(a, "write it outside the comment", insideMsg, "a comment that some programs read as a condition or a command")
	case s.word != "" && s.word != "<!--":
		r.refuse(a, "put a space between the dash and the action", insideMsg, "what may be the end of a comment")
	}
	f := htmlJoinedFlag
	if s.word != "" {
		f = htmlFreshFlag
	}
	a.write(htmlRemarkWriter, f)
	s.word = ""
	return s
}

// attributeForm returns the attribute with its value in quotes.
func attributeForm(s htmlState, a *action) string {
	t := textAround(a)
	before := t.before[strings.LastIndexAny(t.before, " \t\r\n\f")+1:]
	if _, value, ok := strings.Cut(before, "="); ok && strings.EqualFold(before[:len(before)-len(value)-1], s.attr) {
		before = value
	}
	after := t.after
	if end := strings.IndexAny(after, " \t\r\n\f>"); end >= 0 {
		after = after[:end]
	}
	form := t.written(before, after)
	if strings.Contains(before+after, `"`) {
		return s.attr + "='" + form + "'"
	}
	return s.attr + `="` + form + `"`
}
