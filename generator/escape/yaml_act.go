package escape

import (
	"fmt"
	"slices"
	"text/template/parse"

	"github.com/firestoned/firestone/generator/tree"
)

// flags tell a writer about its place.
type flags int

const (
	inFlowFlag     flags = 1 << iota // inside [ ] or { }
	keyFlag                          // a key
	lineStartFlag                    // nothing stands before it on its line, and lines behind the first begin there too
	spaceFlag                        // a space stands before it
	afterFlag                        // a whole scalar, or lines, stand before it
	linesFlag                        // the pipeline ends in indent or nindent
	indentedFlag                     // only spaces stand before it on its line
	followedFlag                     // a line stands below it that would go on with a scalar
	besideFlag                       // a space or a comment stands behind it on its line
	nameFlag                         // in Python: an identifier
	dottedFlag                       // in Python: an identifier, or several with dots between
	annotationFlag                   // in Python: one expression
	joinedFlag                       // in Python: the first of its lines belongs to the line before it
)

// The words of refusals that several places share.
const (
	gluedMsg  = "the action is only part of a scalar and cannot be quoted safely"
	insideMsg = "the action is inside %s, where no value can be written safely"
)

// act finds the place of an action in YAML: a whole scalar, a key, lines, the inside of quotes, a comment.
func (r yamlReader) act(s yamlState, a *action) yamlState {
	if a.last == "raw" {
		return r.raw(s)
	}
	if a.last == "nindent" && (s.mode < yamlSingle || s.mode == yamlBlock || s.mode == yamlBlockStart || s.mode == yamlName) {
		return r.lines(r.scalarEnd(s, false), a)
	}
	switch s.mode {
	case yamlSingle, yamlDouble:
		if s.folded {
			r.refuse(a, "write the quoted scalar on one line", "the action is in a quoted scalar that spans several lines")
		}
		a.write(map[yamlMode]string{yamlSingle: yamlSingleWriter, yamlDouble: yamlDoubleWriter}[s.mode], 0)
		s.last = a
	case yamlEscaped:
		r.refuse(a, `write the backslash as \\, or remove it`, insideMsg, "an escape")
	case yamlComment:
		a.write(commentWriter, 0)
	case yamlHeader, yamlBlock, yamlBlockLead:
		return r.inBlock(s, a)
	case yamlBlockStart:
		if s.col > s.parent {
			return r.inBlock(s, a)
		}
		s.mode = yamlLineStart
		return r.whole(s, a)
	case yamlName:
		r.refuse(a, "write the value itself: anchors, aliases and tags cannot come from data", insideMsg, "the name of an anchor, alias or tag")
	case yamlDirective:
		r.refuse(a, "write the directive without an action", insideMsg, "a directive")
	case yamlIndicator:
		isColon := s.kind == 'a' || s.kind == 'p'
		if !isColon && (s.kind == 'q' || s.lead != ':' && s.flow == "") {
			r.refuse(a, "put a space before it: "+a.source, "there is no space between the action and the character before it")
			s.mode, s.last, s.joint = yamlPlain, nil, joint{}
			return s
		}
		if s.kind == 'a' && r.refuseLines(s.last) {
			s.joint = joint{}
		}
		if s.finished = true; isColon {
			s.joint.colon = a
		}
		return r.part(s, a)
	case yamlLineStart, yamlValue:
		return r.whole(s, a)
	default:
		return r.behind(s, a)
	}
	return s
}

// refuseLines refuses an action that writes lines, or text or comment lines, as a part of a scalar, and reports whether it did.
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

// part returns the state behind an action that is a part of a plain scalar.
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

// refusePart refuses an action of a scalar that cannot be one value.
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

// behind places an action behind a scalar or collection of the template's own text, or another action.
func (r yamlReader) behind(s yamlState, a *action) yamlState {
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

// inBlock places an action in a block scalar: in a line that has text of the template too, and so is one line.
func (r yamlReader) inBlock(s yamlState, a *action) yamlState {
	isLead := s.mode != yamlBlock
	switch {
	case s.mode == yamlHeader:
		r.refuse(a, "write the header of the block without an action", insideMsg, "the header of a block scalar")
		return s
	case s.col == 0:
		r.refuse(a, "indent the lines of the block", insideMsg, "a block scalar that is not indented")
	case s.col < s.block:
		r.refuse(a, "indent the line like the first one of the block", insideMsg, "a line that is indented less than its block scalar")
	case slices.Contains([]string{"indent", "nindent", "text", "comment"}, a.last):
		r.refuse(a, r.blockHint(s, a), insideMsg, "a block scalar")
	}
	var f flags
	if isLead {
		f = lineStartFlag
	}
	a.calls = append(a.calls, &call{writer: yamlBlockWriter, flags: f, hint: r.blockHint(s, a)})
	if s = s.blockLine(); isLead {
		s.mode, s.last = yamlBlockLead, a
	}
	return s
}

// blockHint says how to write a block scalar with an action in it whose value may have several lines.
func (r yamlReader) blockHint(s yamlState, a *action) string {
	column := max(s.parent, 0) + 2
	if s.kind == '>' {
		return "put the whole text in double quotes, on one line, in place of the block"
	}
	if form := blockForm(a, s.parent, column); form != "" {
		return "write " + form + " after the key, in place of the block"
	}
	return fmt.Sprintf("put the whole text into a partial of plain text, _NAME.txt.tmpl, and write {{- text (include \"NAME\" .) | nindent %d }} after the key, in place of the block", column)
}

// raw returns the state behind text that nobody knows: as if a plain scalar had been written.
func (r yamlReader) raw(s yamlState) yamlState {
	switch s.mode {
	case yamlLineStart, yamlValue:
		if s.flow == "" && !s.hasProperty() {
			s.start = s.col
		}
	case yamlIndicator, yamlDone, yamlDoneSpace, yamlPlain, yamlPlainSpace:
		if s.joint.last != nil && !s.joint.isAction() {
			r.refuse(s.joint.last, "put the whole scalar in double quotes, on one line", gluedMsg)
		}
	default:
		return s
	}
	s.mode, s.last, s.joint, s.finished = yamlPlain, nil, joint{}, true
	return s
}

// whole places an action that is a scalar, a key or an item of its own.
func (r yamlReader) whole(s yamlState, a *action) yamlState {
	var f flags
	if s.flow != "" {
		f = inFlowFlag
	}
	col := s.col
	if a.last == "indent" {
		f |= linesFlag
		col += max(a.indent, 0)
	}
	if s.mode == yamlLineStart {
		if s.finished && (col > s.parent || a.last == "indent" && a.indent < 0) {
			r.refuse(a, "put the whole scalar in double quotes, on one line, or indent the line like the key above it", "the line would continue the scalar above it")
		}
		f |= indentedFlag
		if s.finished {
			f |= afterFlag
		}
		s.followed(col)
	}
	isSource := false
	if s.mode == yamlLineStart && s.col == 0 {
		f |= lineStartFlag
		isSource = mayBeSource(a)
	} else {
		f |= spaceFlag
	}
	if a.last == "comment" && f&lineStartFlag == 0 {
		r.refuse(a, fmt.Sprintf("write {{- %s | nindent %d }} after the previous line", a.node.Pipe, max(s.parent, 0)), "comment lines must start on a line of their own")
	}
	if a.last == "text" {
		r.refuse(a, fmt.Sprintf("write {{- %s | nindent %d }}", a.node.Pipe, max(s.parent, 0)+2), "text needs to know the column of its lines")
	}
	a.write(yamlWriter, f, s.parent, s.col)
	if s.flow == "" && !s.hasProperty() {
		s.start = s.col
	}
	if s.mode, s.last, s.kind, s.source, s.joint = yamlDone, a, 0, nil, begin(a); a.last == "comment" {
		s.mode, s.last, s.joint = yamlComment, nil, joint{}
		return s
	}
	s.finished = true
	if isSource {
		s.source, s.parent, s.outer = a, col, -1
	}
	return s
}

// followed marks the source above a line in that column, which would go on with it if the source were a scalar.
func (s yamlState) followed(col int) {
	if s.source == nil || !s.finished || col <= s.outer {
		return
	}
	s.source.mark(followedFlag)
}

// mayBeSource reports whether the action may write lines of source: it ends in a function or a variable, not in a field.
func mayBeSource(a *action) bool {
	if a.last != "" {
		return a.last != "printf" && a.last != "quote" && a.last != joinFunction
	}
	last := a.node.Pipe.Cmds[len(a.node.Pipe.Cmds)-1]
	return last.Args[0].Type() == parse.NodeVariable
}

// lines places an action that ends in nindent: it begins with a line break, so a whole scalar may stand before it.
func (r yamlReader) lines(s yamlState, a *action) yamlState {
	if s.flow != "" {
		r.refuse(a, "write it without nindent: a list or map must be on one line here", "lines cannot be written inside %s", s.flow)
		return s
	}
	if s.mode == yamlBlock || s.mode == yamlBlockStart {
		if a.indent < 0 || a.indent > s.parent {
			return r.inBlock(s, a)
		}
		s.mode = yamlDone
	}
	if s.mode == yamlIndicator {
		s = r.confirm(s)
		s.mode = yamlIndicator
	}
	if s.mode == yamlName { // what is written begins with a line break or a space
		if s = s.named(); s.mode == yamlValue {
			s.mode = yamlIndicator
		}
	}
	f, parent := linesFlag, s.parent
	switch s.mode {
	case yamlPlain, yamlPlainSpace, yamlDone, yamlDoneSpace:
		f |= afterFlag
	case yamlLineStart:
		if s.finished {
			f |= afterFlag
		}
		if s.col > 0 {
			f |= spaceFlag
		}
	case yamlValue:
		f |= spaceFlag
	}
	a.write(yamlWriter, f, parent, 0)
	s.mode, s.kind, s.joint = yamlDone, 0, joint{}
	if s.source != nil && a.indent > s.parent {
		r.refuse(a, fmt.Sprintf("write nindent %d", max(s.parent, 0)), "lines in column %d could continue the lines above them", a.indent)
	}
	s.followed(a.indent)
	if len(tree.Calls(a.node.Pipe, "comment")) > 0 {
		return s
	}
	s.source, s.last, s.outer = a, a, parent
	if f&afterFlag != 0 {
		s.outer = a.indent // a scalar behind another one is refused by every reader
	}
	if s.finished, s.parent = true, a.indent; a.indent < 0 {
		s.parent = s.outer
	}
	return s
}

// key makes a key of the action that wrote the scalar before a colon.
func (r yamlReader) key(s yamlState, a *action) {
	if a.last == "nindent" || a.last == "indent" {
		r.refuse(a, "write the key as an action of its own", "lines cannot be used as a key")
		return
	}
	f := keyFlag
	if s.flow != "" {
		f |= inFlowFlag
	}
	a.write(yamlWriter, f, -1, s.start)
}
