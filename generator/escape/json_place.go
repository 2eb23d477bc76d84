package escape

import (
	"fmt"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// jsonState is a place in a JSON text.
type jsonState struct {
	mode jsonMode
	flow string // the brackets that are open
	last *action
}

type jsonMode uint8

const (
	jsonValue   jsonMode = iota // a value or key may begin here
	jsonWord                    // in a number or name
	jsonDone                    // behind a value or key
	jsonString                  // in "…"
	jsonEscaped                 // in "…", behind a backslash
)

// jsonReader follows JSON (RFC 8259).
type jsonReader struct {
	*report
	inScript bool // the text is that of a script in HTML
}

// writers returns the names of the writers of a value and of the inside of a string.
func (r jsonReader) writers() (value, inString string) {
	if r.inScript {
		return htmlJSONWriter, htmlJSONInWriter
	}
	return jsonWriter, jsonStringWriter
}

func (jsonReader) start() jsonState { return jsonState{} }

func (jsonReader) open(s jsonState) string {
	if s.mode == jsonString || s.mode == jsonEscaped {
		return s.flow + `"…"`
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
	switch {
	case s.mode == jsonEscaped:
		s.mode = jsonString
	case s.mode == jsonString:
		if c == '\\' {
			s.mode = jsonEscaped
		} else if c == '"' {
			s.mode = jsonDone
		}
	case isBlank(c):
		if s.mode == jsonWord {
			s.mode = jsonDone
		}
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
			r.refuse(s.last, "write "+whole(s.last), gluedMsg)
			s.last = nil
		}
		s.mode = jsonWord
		if c == '"' {
			s.mode = jsonString
		}
	}
	return s
}

// act finds the place of an action in JSON: a whole value, a key, or the inside of a string.
func (r jsonReader) act(s jsonState, a *action) jsonState {
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
	case s.mode != jsonValue:
		r.refuse(a, "put a comma between them; in a loop, {{ range $i, $x := LIST }}{{ if $i }}, {{ end }}{{ $x }}{{ end }}, or behind each item {{ if not (isLast $i LIST) }},{{ end }}",
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

// writeJSONPlace writes a value, or a key, which is always a string.
func writeJSONPlace(flag int, v any) (string, error) {
	f := flags(flag)
	if s, ok := v.(*Source); ok && s == nil {
		return nothing(inFlowFlag)
	} else if ok && s.Language == JSON {
		if f&keyFlag != 0 && !strings.HasPrefix(s.Text, `"`) {
			return "", value.Problem{Msg: fmt.Sprintf("the source %q cannot be a key", s.Text), Hint: "a key must be a string"}
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
		b, err := appendJSON(nil, lowered)
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
