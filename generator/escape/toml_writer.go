package escape

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/firestoned/firestone/model/value"
)

// writeTOMLPlace writes a value, a key, or lines of source.
func writeTOMLPlace(flag int, v any) (string, error) {
	f := flags(flag)
	if s, ok := v.(*Source); ok && (s == nil || s.Language == TOML) {
		return s.inTOML(f)
	}
	lowered, err := lower(v)
	switch {
	case err != nil:
		return "", err
	case f&keyFlag != 0:
		name, ok := scalarText(lowered)
		if !ok {
			return "", value.Problem{Msg: fmt.Sprintf("a key cannot be of type %s", lowered.Kind), Hint: "use a string, a number or a boolean"}
		}
		return string(appendTOMLKey(nil, name)), nil
	case f&lineStartFlag != 0:
		return "", value.Problem{Msg: "a value is used where a line `key = value` is expected", Hint: "write key = {{ VALUE }}, or {{ toToml MAP }} for all keys of a map"}
	case f&linesFlag != 0:
		return "", value.Problem{Msg: "only source can be indented as lines, but this is a value", Hint: "write {{- toToml VALUE | nindent N }}, or the value without indent"}
	}
	b, err := appendTOML(nil, lowered)
	return string(b), err
}

// inTOML returns source of TOML for its place.
func (s *Source) inTOML(f flags) (string, error) {
	switch {
	case s == nil && f&(lineStartFlag|linesFlag) != 0 && f&keyFlag == 0:
		return "", nil
	case s == nil:
		return "", value.Problem{Msg: "TOML needs a value here, but there is none", Hint: "write {{ with VALUE }}key = {{ . }}{{ end }}"}
	case f&keyFlag != 0:
		if end := tomlEnd(tomlState{}, s.Text); end.mode != tomlBare && end.mode != tomlKeyDone || end.flow != "" || strings.Contains(s.Text, "\n") {
			return "", value.Problem{Msg: fmt.Sprintf("the source %q cannot be a key", s.Text), Hint: "use a string, or source of one key"}
		}
		return s.Text, nil
	case f&lineStartFlag != 0:
		if s.form == literal && !s.of.Is(value.KindObject) {
			return "", value.Problem{Msg: "a value is used where a line `key = value` is expected", Hint: "write key = {{ toToml VALUE }}"}
		}
		return s.Text, nil
	case s.form == literal && f&linesFlag == 0 || s.form == literal && s.of.Is(value.KindObject):
		b, err := appendTOML(nil, s.of)
		return string(b), err
	case s.form == literal && f&spaceFlag == 0:
		return " " + strings.TrimLeft(s.Text, "\n "), nil
	case s.form == literal:
		return strings.TrimLeft(s.Text, "\n "), nil
	}
	if end := tomlEnd(tomlState{mode: tomlValue}, s.Text); end.mode != tomlDone && end.mode != tomlWord || end.flow != "" {
		return "", value.Problem{Msg: fmt.Sprintf("the source %q is not a single value", s.Text), Hint: "write the value itself, or the source on lines of its own"}
	}
	return s.Text, nil
}

// tomlEnd returns the state after source that begins in the given state; tomlKey if it is more than one key or value.
func tomlEnd(s tomlState, source string) tomlState {
	r := tomlReader{&report{}}
	for i := 0; i < len(source); {
		isDone := s.mode == tomlDone && s.flow == ""
		c := source[i]
		switch {
		case isDone, c == '#' && s.mode != tomlString && s.mode != tomlEscaped, s.flow == "" && c == '\n' && len(s.quote) < 3,
			s.flow == "" && s.mode == tomlWord && strings.IndexByte(",]} \t", c) >= 0, s.flow == "" && s.isBehindKey() && c == '=':
			return tomlState{}
		}
		n := 1
		switch s.mode {
		case tomlString:
			s, n = s.inString(source[i:])
		case tomlEscaped:
			s = s.escaped(c)
		default:
			s, n = r.step(s, source[i:])
		}
		i += n
	}
	return s
}

func writeTOMLBasic(flag int, v any) (string, error) {
	text, err := placeText(v)
	if err == nil && text == "" && flags(flag)&tomlFreshFlag != 0 {
		return "\n", nil
	}
	return string(appendTOMLEscapes(nil, text)), err
}

// writeTOMLLiteral writes text inside '…', which has no escapes.
func writeTOMLLiteral(flag int, v any) (string, error) {
	text, err := placeText(v)
	if err != nil {
		return "", err
	}
	if text == "" && flags(flag)&tomlFreshFlag != 0 {
		return "\n", nil
	}
	for i, r := range text {
		if r == '\'' || r < ' ' || r > '~' && !visible(r) || r == utf8.RuneError && !strings.HasPrefix(text[i:], string(r)) {
			return "", value.Problem{
				Msg:  fmt.Sprintf("single quotes cannot contain %q", text),
				Hint: "write the string in double quotes, or as an action without quotes",
			}
		}
	}
	return text, nil
}
