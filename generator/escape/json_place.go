package escape

import (
	"fmt"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// jsonState is a position in a JSON text.
type jsonState struct {
	mode   jsonMode
	before jsonMode // the mode to continue with after a comment
	flow   string   // the open brackets
	quoted bool     // a string ends right here
	last   *action
}

type jsonMode uint8

const (
	jsonValue   jsonMode = iota // a value or key may begin here
	jsonWord                    // in a number or name
	jsonDone                    // after a value or key
	jsonString                  // in "…"
	jsonEscaped                 // in "…", after a backslash
	jsonSlash                   // after a possible beginning of a comment
	jsonRemark                  // in // …
	jsonRemarks                 // in /* … */
	jsonStar                    // in it, after a star
)

// jsonReader reads JSON (RFC 8259), with JSONC comments anywhere, and line by line if each line is a separate text.
// What a file may not contain is left to its verification.
type jsonReader struct {
	*report
	byLine   bool
	inScript bool // the text is a script in HTML
}

// writers returns the names of the writers for a value and for the inside of a string.
func (r jsonReader) writers() (value, inString string) {
	if r.inScript {
		return htmlJSONWriter, htmlJSONInWriter
	}
	return jsonWriter, jsonStringWriter
}

// IsJSONLines reports whether each line of the file is a separate JSON text.
func IsJSONLines(name string) bool {
	suffix := suffixOf(name)
	return suffix == ".jsonl" || suffix == ".ndjson"
}

func (jsonReader) start() jsonState { return jsonState{} }

func (jsonReader) open(s jsonState) string {
	switch s.mode {
	case jsonString, jsonEscaped:
		return s.flow + `"…"`
	case jsonRemarks, jsonStar:
		return s.flow + "/* … */"
	}
	return s.flow
}

func (r jsonReader) text(s jsonState, text string) jsonState {
	for i := range len(text) {
		s = r.step(s, text[i])
	}
	return s
}

func (r jsonReader) step(s jsonState, c byte) jsonState {
	value, _ := r.writers()
	switch s.mode {
	case jsonEscaped:
		s.mode = jsonString
		return s
	case jsonString:
		if c == '\\' {
			s.mode = jsonEscaped
		} else if c == '"' {
			s.mode, s.quoted = jsonDone, true
		}
		return s
	case jsonSlash, jsonRemark, jsonRemarks, jsonStar:
		return r.remark(s, c)
	}
	s.quoted = false
	switch {
	case isBreak(c) && r.byLine && s.flow == "":
		return jsonState{}
	case isBlank(c):
		if s.mode == jsonWord {
			s.mode = jsonDone
		}
	case c == '/':
		s.mode, s.before = jsonSlash, s.mode
	case c == ',':
		s.mode, s.last = jsonValue, nil
	case c == ':':
		if s.last != nil {
			s.last.write(value, keyFlag)
		}
		s.mode, s.last = jsonValue, nil
	case c == '[' || c == '{':
		s.flow += string(c)
		s.mode, s.last = jsonValue, nil
	case c == ']' || c == '}':
		if s.flow != "" {
			s.flow = s.flow[:len(s.flow)-1]
		}
		s.mode, s.last = jsonDone, nil
	default:
		if s.last != nil {
			r.refuse(s.last, "write "+quotedForm(s.last), gluedMsg)
			s.last = nil
		}
		s.mode = jsonWord
		if c == '"' {
			s.mode = jsonString
		}
	}
	return s
}

// remark reads a comment, or text that turns out not to be one.
func (r jsonReader) remark(s jsonState, c byte) jsonState {
	switch {
	case s.mode == jsonSlash && c == '/':
		s.mode = jsonRemark
	case s.mode == jsonSlash && c == '*':
		s.mode = jsonRemarks
	case s.mode == jsonSlash:
		s.mode = jsonWord
		return r.step(s, c)
	case s.mode == jsonRemark && isBreak(c):
		s.mode = s.before
		return r.step(s, c)
	case s.mode == jsonStar && c == '/':
		s.mode = s.before
	case s.mode == jsonRemarks || s.mode == jsonStar:
		if s.mode = jsonRemarks; c == '*' {
			s.mode = jsonStar
		}
	}
	return s
}

// placeAction places an action in JSON: a whole value, a key, the inside of a string or of a comment.
func (r jsonReader) placeAction(s jsonState, a *action) jsonState {
	value, inString := r.writers()
	switch {
	case a.last == "raw":
		return s
	case s.mode == jsonString:
		a.write(inString, 0)
		return s
	case s.mode == jsonEscaped:
		r.refuse(a, `write the backslash as \\, or remove it`, insideMsg, "an escape")
		return s
	case s.mode == jsonRemark && !r.inScript:
		a.write(commentWriter, 0)
		return s
	case s.mode == jsonRemark:
		r.refuse(a, "remove the comment: JSON in a script has none", insideMsg, "a comment")
		return s
	case s.mode == jsonRemarks || s.mode == jsonStar:
		r.refuse(a, "write the comment with //", insideMsg, "a comment of several lines")
		return s
	case s.mode == jsonWord || s.mode == jsonSlash:
		r.refuse(a, "write "+quotedForm(a), gluedMsg)
		return s
	case s.quoted:
		r.refuse(a, fmt.Sprintf("write it inside the quotes before it: %s\"", a.source), "the action directly follows a string")
		return s
	case s.mode != jsonValue:
		r.refuse(a, "put a comma between them; in a loop, {{ range $i, $x := LIST }}{{ if $i }}, {{ end }}{{ $x }}{{ end }}, or after each item {{ if not (isLast $i LIST) }},{{ end }}",
			"the action directly follows another value")
		return s
	}
	var f flags
	if strings.HasSuffix(a.last, "indent") {
		f = linesFlag
	}
	a.write(value, f)
	return jsonState{mode: jsonDone, flow: s.flow, last: a}
}

// quotedForm returns the actions and the text around an action as one string in double quotes.
func quotedForm(a *action) string {
	t := textAround(a)
	before := t.before[strings.LastIndexAny(t.before, "\n,:=[]{}")+1:]
	after := t.after
	if end := strings.IndexAny(after, "\n,:=[]{}"); end >= 0 {
		after = after[:end]
	}
	form := `"` + strings.NewReplacer(`"`, `\"`, `\`, `\\`).Replace(strings.TrimLeft(before, " \t")+here+strings.TrimRight(after, " \t\r")) + `"`
	at := t.index - strings.Count(before, placed)
	for strings.ContainsAny(form, placed+here) {
		i := strings.IndexAny(form, placed+here)
		form = form[:i] + t.actions[at].String() + form[i+1:]
		at++
	}
	return form
}

// writeJSONPlace writes a value, or a key, which is always a string.
func writeJSONPlace(flag int, v any) (string, error) {
	f := flags(flag)
	if s, ok := v.(*Source); ok && s == nil {
		return nothing(inFlowFlag)
	} else if ok && s.Language == JSON {
		if f&keyFlag != 0 && !strings.HasPrefix(s.Text, `"`) {
			return "", value.Problem{Msg: fmt.Sprintf("the source %q cannot be a key", s.Text), Hint: "a key must be a string"}
		}
		if endsInRemark(s.Text) {
			return s.Text + "\n", nil
		}
		return s.Text, nil
	}
	if f&linesFlag != 0 {
		return "", value.Problem{Msg: "only source can be indented as lines, but this is a value", Hint: "write the value without indent"}
	}
	lowered, err := lower(v)
	if err != nil {
		return "", err
	}
	if f&keyFlag == 0 {
		b, err := jsonNotation.append(nil, lowered)
		return string(b), err
	}
	name, ok := scalarText(lowered)
	if !ok {
		return "", value.Problem{Msg: fmt.Sprintf("a key cannot be of type %s", lowered.Kind), Hint: "use a string, a number or a boolean"}
	}
	return string(appendJSONString(nil, name)), nil
}

func writeJSONString(_ int, v any) (string, error) {
	text, err := placeText(v)
	return string(appendJSONEscapes(nil, text)), err
}

// endsInRemark reports whether the last line of source ends in a comment, which would include what follows.
func endsInRemark(source string) bool {
	if !strings.Contains(source[strings.LastIndexByte(source, '\n')+1:], "//") {
		return false
	}
	r := jsonReader{report: &report{}}
	return r.text(r.start(), source).mode == jsonRemark
}
