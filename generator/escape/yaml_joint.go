package escape

import (
	"fmt"
	"strings"
)

// plain returns the state after a character of a plain scalar, which may be its first one.
func (r yamlReader) plain(s yamlState) yamlState {
	switch {
	case s.joint.comesBackTo(r.at), s.joint.folded && s.joint.last != nil:
		r.refuseJoined(s, s.joint.last)
		s.joint = joint{}
	case s.mode == yamlValue && s.joint.from.list == nil:
		s.joint.from = r.at
	}
	if s.joint.from.list != nil {
		s.joint.to, s.joint.folded = r.at, false
		s.joint.to.offset++
	}
	s.mode, s.last = yamlPlain, nil
	return s
}

// scalarEnd returns the state after a joint ends here, whose parts become one value.
func (r yamlReader) scalarEnd(s yamlState, isKey bool) yamlState {
	u := s.joint
	s.joint = joint{}
	if u.last == nil || u.isAction() {
		return s
	}
	switch isName := s.lead == 0 && (s.flow == "" || strings.HasSuffix(s.flow, "{")); {
	case u.colon != nil && isName && !isKey:
		r.refuse(u.colon, "put a space after the colon", "there is no space between the colon and what follows it")
	case u.fault() == joinable:
		r.join(u)
	default:
		r.refusePart(u, u.last)
	}
	return s
}

// part returns the state after an action that is part of a plain scalar.
func (r yamlReader) part(s yamlState, a *action) yamlState {
	switch at := (place{list: a.siblings, node: a.index}); {
	case r.refuseLines(a):
		s.joint = joint{}
	case s.joint.comesBackTo(at), s.joint.folded:
		r.refuseJoined(s, a)
		s.joint = joint{}
	default:
		s.joint.to, s.joint.last = at, a
		if fault := s.joint.fault(); fault != joinable {
			r.refusePart(s.joint, a)
			s.joint = joint{}
		}
	}
	s.mode, s.last = yamlPlain, nil
	return s
}

// refusePart refuses an action in a scalar that cannot be a single value.
func (r yamlReader) refusePart(u joint, a *action) {
	hint := "put the whole scalar in double quotes, on one line"
	if u.fault() == hasVariables {
		hint = "declare the variable before the scalar"
	}
	r.refuse(a, hint, gluedMsg)
}

func (r yamlReader) refuseJoined(s yamlState, a *action) {
	hint := "put a line break between them, or the whole scalar in double quotes"
	if s.flow != "" {
		hint = "put a comma between them; in a loop, {{ range $i, $x := LIST }}{{ if $i }}, {{ end }}{{ $x }}{{ end }}"
	}
	r.refuse(a, hint, "the action directly follows another scalar")
}

// after places an action after a scalar or collection of the template's own text, or after another action.
func (r yamlReader) after(s yamlState, a *action) yamlState {
	isWhole := s.last == nil && (s.mode == yamlDone || s.mode == yamlDoneSpace)
	switch {
	case isWhole && (s.kind == '"' || s.kind == '\''):
		r.refuse(a, fmt.Sprintf("write it inside the quotes before it: %s%c", a.source, s.kind), gluedMsg)
	case isWhole:
		r.refuseJoined(s, a)
	case s.last != nil && r.refuseLines(s.last):
	default:
		return r.part(s, a)
	}
	s.mode, s.last, s.joint = yamlPlain, nil, joint{}
	return s
}

// refuseLines refuses an action that writes lines, text or comments as a part of a scalar, and reports whether it did.
func (r yamlReader) refuseLines(a *action) bool {
	switch a.last {
	case "nindent", "indent":
		r.refuse(a, "put it on lines of its own: {{- VALUE | nindent N }}, with a line break after it", "an action that writes lines shares its line with other text")
	case "text", "comment":
		r.refuse(a, "write the value without "+a.last, "an action that writes lines is part of a scalar")
	default:
		return false
	}
	return true
}
