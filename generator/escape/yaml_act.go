package escape

import (
	"fmt"
	"text/template/parse"

	"github.com/firestoned/firestone/generator/tree"
)

// flags describe a place to its writer.
type flags int

const (
	inFlowFlag     flags = 1 << iota // inside [ ] or { }
	keyFlag                          // a key
	lineStartFlag                    // nothing precedes it on its line, and further lines begin in the same column
	spaceFlag                        // a space precedes it
	afterFlag                        // a whole scalar, or lines, precede it
	linesFlag                        // the pipeline ends in indent or nindent
	indentedFlag                     // only spaces precede it on its line
	followedFlag                     // a line below it would continue a scalar
	besideFlag                       // a space or a comment follows it on its line
	bareFlag                         // a key that cannot be preceded by ?: it has one already, or an anchor or tag
	nameFlag                         // in Python: an identifier
	dottedFlag                       // in Python: an identifier, or several separated by dots
	annotationFlag                   // in Python: a single expression
	joinedFlag                       // in Python: the first of its lines continues the line before it
	operandFlag                      // in Python: an operand of an operator, a call or an index
)

// The wording of refusals that several places share.
const (
	gluedMsg  = "the action is only part of a scalar and cannot be quoted safely"
	insideMsg = "the action is inside %s, where no value can be written safely"
)

// placeAction places an action in YAML: a whole scalar, a key, lines, the inside of quotes, a comment.
func (r yamlReader) placeAction(s yamlState, a *action) yamlState {
	if a.last == "raw" {
		return r.raw(s)
	}
	if a.last == "nindent" && (s.mode < yamlSingle || s.inBlock() || s.mode == yamlName) {
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
		if _, f := s.indentedLine(a); f != 0 || s.col > s.parent {
			return r.inBlock(s, a)
		}
		return r.placeScalar(s.blockEnd(), a)
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
		return r.placeScalar(s, a)
	default:
		return r.after(s, a)
	}
	return s
}

// raw returns the state after unknown text: as if a plain scalar had been written.
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
	case yamlBlockLead:
		return s.blockBehind(0)
	default:
		return s
	}
	s.mode, s.last, s.joint, s.finished = yamlPlain, nil, joint{}, true
	return s
}

// placeScalar places an action that is a scalar, a key or an item of its own.
func (r yamlReader) placeScalar(s yamlState, a *action) yamlState {
	if s.kind == bareTag {
		r.refuse(a, "remove the !, or write the tag, such as !!str", "the tag in front of the action has no name")
	}
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
		s.markContinued(col)
	}
	isSource, isLine := false, s.mode == yamlLineStart
	if isLine && s.col == 0 {
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
	if s.hasProperty() {
		f |= bareFlag
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
	switch {
	case isSource:
		s.source, s.parent, s.outer = a, col, -1
	case isLine:
		s.parent = min(s.parent, col-1)
	}
	return s
}

// markContinued marks the source above a line in the given column, which would continue the source if it were a scalar.
func (s yamlState) markContinued(col int) {
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

// lines places an action that ends in nindent: it begins with a line break, so it can follow a whole scalar.
func (r yamlReader) lines(s yamlState, a *action) yamlState {
	if s.flow != "" {
		r.refuse(a, "write it without nindent: a list or map must be on one line here", "lines cannot be written inside %s", s.flow)
		return s
	}
	if s.inBlock() {
		if a.indent < 0 || a.indent > s.parent {
			return r.inBlock(s, a)
		}
		s.mode, s.last = yamlDone, nil
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
	for _, c := range a.calls {
		// The larger of two columns is used, but the lines must not be deeper than the smaller one.
		if c.writer == yamlWriter && c.flags&f&afterFlag != 0 && (c.args[0] < a.indent) != (parent < a.indent) {
			r.refuse(a, fmt.Sprintf("write nindent %d", max(min(c.args[0], parent), 0)), "lines in column %d could continue the lines above them", a.indent)
		}
	}
	a.write(yamlWriter, f, parent, 0)
	s.mode, s.kind, s.joint = yamlDone, 0, joint{}
	if s.source != nil && a.indent > s.parent {
		r.refuse(a, fmt.Sprintf("write nindent %d", max(s.parent, 0)), "lines in column %d could continue the lines above them", a.indent)
	}
	s.markContinued(a.indent)
	if len(tree.Calls(a.node.Pipe, "comment")) > 0 {
		return s
	}
	s.source, s.last, s.outer = a, a, parent
	if f&afterFlag != 0 {
		s.outer = a.indent // every reader rejects a scalar after another one
	}
	if s.finished, s.parent = true, a.indent; a.indent < 0 {
		s.parent = s.outer
	}
	return s
}

// key turns the action that wrote the scalar before a colon into a key.
func (r yamlReader) key(s yamlState, a *action) {
	if a.last == "nindent" || a.last == "indent" {
		r.refuse(a, "write the key as an action of its own", "lines cannot be used as a key")
		return
	}
	f := keyFlag
	if s.flow != "" {
		f |= inFlowFlag
		if s.lead == '?' {
			f |= bareFlag
		}
	}
	a.write(yamlWriter, f, -1, s.start)
}
