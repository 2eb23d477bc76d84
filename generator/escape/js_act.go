package escape

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"text/template/parse"
)

// What a writer needs to know about a place in TypeScript, in addition to other flags.
const (
	sourceFlag    flags = 1 << (iota + 20) // only source is allowed
	valueFlag                              // what follows the action cannot follow a key
	memberFlag                             // a dot or ** follows
	minusFlag                              // a minus directly precedes
	arrowFlag                              // => precedes
	guardFlag                              // the preceding character could combine with some values
	gluedFlag                              // an operator directly precedes
	statementFlag                          // a statement begins there, or may
)

// after checks whether the text after the last action makes it a key, a name or a value. A line break ends that.
func (r scriptReader) after(s scriptState, text string) scriptState {
	a := s.last
	if a == nil {
		return s
	}
	c := text[0]
	isDirect := s.before == actionByte
	mayAsk := !s.broken && !s.asked && s.place != valuePlace && s.place < remarkPlace
	s.last = nil
	if c != '\n' && !s.broken {
		a.mark(besideFlag)
	}
	switch {
	case c == '\n' && s.place == remarkPlace:
		return s
	case c == '\n':
		a.mark(valueFlag)
		s.last, s.asked, s.place = a, false, valuePlace
	case s.place == importPlace && (c == ',' || strings.HasPrefix(text, "from")):
		r.needsSource(a, identForm(a), nameMsg)
	case s.place == remarkPlace:
		r.refuse(a, "put a line break after it", "text follows comment lines and would become part of them")
	case mayAsk && (c == '?' || c == '!') && (len(text) == 1 || text[1] == ':'):
		s.last, s.asked = a, true
	case c == ':' && !s.broken && (s.place == keyPlace || s.place == memberPlace) && s.innermost() != statementBrace:
		a.mark(keyFlag)
		return s
	case c == ':' && !s.broken && s.place != valuePlace, c == '=' && s.place != valuePlace && !strings.HasPrefix(text, "=="), strings.HasPrefix(text, "=>"):
		r.needsSource(a, identForm(a), nameMsg)
	case c == '(' && s.broken, c == '`' && s.broken:
		r.needsSource(a, "end the line before with a semicolon", "the action precedes a %c, which continues its line", c)
	case c == '(':
		r.needsSource(a, identForm(a), nameMsg)
	case c == '`':
		r.needsSource(a, "put an operator between them", "a template literal directly follows the action")
	case isDirect && (c == '"' || c == '\''):
		r.refuse(a, "put an operator between them", "a string directly follows the action")
	case isDirect && isScriptByte(c) && mayBeName(a):
		a.mark(nameFlag)
		s.after, s.word, s.held = wordToken, "\x00", a
	case isDirect && isScriptByte(c):
		r.refuse(a, "write "+wholeName(a)+" for a name, or put a space between them", "the action is part of a name")
	case isDirect && c == '.' || strings.HasPrefix(text, "**"):
		a.mark(memberFlag)
	}
	if s.last == nil {
		a.mark(valueFlag)
		s.asked = false
	}
	return s
}

// needsSource refuses an action that never writes source, and marks one that may.
func (r scriptReader) needsSource(a *action, hint, format string, args ...any) {
	if mayBeName(a) || isName(a) {
		a.mark(sourceFlag)
		return
	}
	r.refuse(a, hint, format, args...)
}

// placeAction places an action in TypeScript: an expression, a key, a name, source, the inside of a string or a
// template literal, a comment.
func (r scriptReader) placeAction(s scriptState, a *action) scriptState {
	isRaw := a.last == "raw"
	switch s.mode {
	case scriptCode:
		return r.inCode(s, a)
	case scriptSingle, scriptDouble, scriptTemplate:
		if isRaw {
			s.before, s.due = 0, 0
			return s
		}
		return r.inQuotes(s, a)
	case scriptBlock:
		if !isRaw {
			return r.inComment(s, a)
		}
		s.before, s.phase = 0, 3
		return s
	}
	if isRaw {
		return s
	}
	switch s.mode {
	case scriptRegex, scriptClass:
		r.refuse(a, "write "+newRegExp(a, s.word), insideMsg, "a regular expression")
	case scriptDirective:
		r.refuse(a, "put a space after the two slashes", insideMsg, "a comment that begins with ///, //# or //@, which may be a directive")
	case scriptHashbang:
		r.refuse(a, "write the first line without an action", insideMsg, "the line that names the interpreter")
	case scriptLost:
		r.refuse(a, s.why, "the action follows text whose end cannot be determined")
	default:
		a.write(scriptRemarkWriter, guard(s.before, "\x02/@#"))
	}
	return s
}

// guard returns a flag if the preceding character is one of the given ones.
func guard(before byte, dangerous string) flags {
	if before != 0 && strings.IndexByte(dangerous, before) >= 0 {
		return guardFlag
	}
	return 0
}

// inQuotes places an action inside a string or a template literal.
func (r scriptReader) inQuotes(s scriptState, a *action) scriptState {
	switch {
	case s.due == dueAny:
		r.refuse(a, `write the backslash as \\, or remove it`, insideMsg, "an escape")
	case s.due == dueDigits:
		r.refuse(a, `write the escape with two hexadecimal digits, such as \x00 for \0`, "the action follows an escape that a digit would continue")
	case s.due != 0:
		r.refuse(a, "write the whole escape in the text, or the character itself", insideMsg, "an escape")
	case s.mode != scriptTemplate:
		a.write(map[scriptMode]string{scriptSingle: scriptSingleWriter, scriptDouble: scriptDoubleWriter}[s.mode], guard(s.before, "<"))
		s.held = nil
		if s.before == openByte {
			s.before = 0
			if s.after == '{' || s.after == ',' {
				s.held = a
			}
		}
	case strings.HasSuffix(s.quotes, "t"):
		r.refuse(a, fmt.Sprintf("write ${ %s }", a.node), insideMsg, "a tagged template literal, whose tag interprets the text itself")
	default:
		a.write(scriptTemplateWriter, guard(s.before, "$<"))
		if s.before == '$' {
			s.held = a
		}
	}
	return s
}

// inComment places an action inside /* */, on a line of its own after a star, or elsewhere.
func (r scriptReader) inComment(s scriptState, a *action) scriptState {
	switch s.phase {
	case directivePhase:
		r.refuse(a, "put a space after /*", insideMsg, "a comment that begins with /*# or /*@, which may be a directive")
		return s
	case tagPhase:
		r.refuse(a, "write the name of the tag in the text, or put a space after the @", insideMsg, "the tag of a comment")
	}
	f := guard(s.before, "*@#")
	if s.phase == 2 {
		f |= linesFlag
	}
	if s.before == openByte {
		f |= spaceFlag // a star after an empty value would turn it into documentation
	}
	a.write(scriptBlockWriter, f, s.col)
	if s.before == '*' {
		s.held = a
	}
	s.phase = 3
	return s
}

// inCode places an action in code.
func (r scriptReader) inCode(s scriptState, a *action) scriptState {
	isLines := strings.HasSuffix(a.last, "indent")
	if s.last != nil {
		s = r.beforeAction(s, a)
	}
	if a.last == "raw" {
		return scriptState{quotes: s.quotes, inner: s.inner, header: s.header, after: sourceToken}
	}
	if a.last == "comment" {
		a.write(scriptWriter, 0)
		if s.before != 0 {
			r.refuse(a, "put a space or a line break before it", "comment lines directly follow other text")
		}
		s.before, s.last, s.place = actionByte, a, remarkPlace
		return s
	}
	if isScriptByte(s.before) || s.before == actionByte && s.held != nil {
		return r.inWord(s, a)
	}
	var f flags
	switch {
	case isLines:
		f |= linesFlag
	case s.before == '-':
		f |= minusFlag | gluedFlag
	case s.before != 0 && strings.IndexByte("+/<>&|=?!*%^~", s.before) >= 0:
		f |= gluedFlag
	}
	if s.after == arrowToken {
		f |= arrowFlag
	}
	place, own := r.placeOf(s, a)
	a.write(scriptWriter, f|own)
	if s.isCase() {
		s.inCase = 1
	}
	next := scriptState{quotes: s.quotes, inner: s.inner, header: s.header, inCase: s.inCase, after: sourceToken, before: actionByte, last: a, place: place}
	switch {
	case isName(a):
		next.after, next.word, next.held, next.last = wordToken, "\x00", a, nil
		if s.after == '.' || s.after == '#' {
			next.after = nameToken
		}
	case own&sourceFlag == 0 && place < memberPlace && !isLines:
		next.after = valueToken
	}
	return next
}

// beforeAction checks an action that is followed by another one.
func (r scriptReader) beforeAction(s scriptState, a *action) scriptState {
	last := s.last
	s.last, s.asked = nil, false
	last.mark(valueFlag)
	isLines := a.last == "nindent"
	if !s.broken && !isLines {
		last.mark(besideFlag)
	}
	switch {
	case isLines:
	case s.place == remarkPlace:
		r.refuse(last, "put a line break after it", "text follows comment lines and would become part of them")
	case s.before != actionByte:
	case mayBeName(a) && mayBeName(last):
		r.refuse(a, "put a space or a line break between them", "the action directly follows another one")
	default:
		r.refuse(a, "write "+whole(a), "the action directly follows another one")
	}
	return s
}

// inWord places an action that is part of a name.
func (r scriptReader) inWord(s scriptState, a *action) scriptState {
	switch {
	case s.before == actionByte:
		r.refuse(a, "write "+wholeName(a), "the action directly follows another one")
	case s.word != "" && '0' <= s.word[0] && s.word[0] <= '9' || !isName(a) && !mayBeName(a):
		r.refuse(a, "write "+wholeName(a)+" for a name, or put a space between them", "the action is part of a name")
	}
	a.write(scriptWriter, nameFlag)
	if len(s.word) < maxScriptWord {
		s.word += "\x00"
	}
	s.before, s.held, s.blank, s.broken = actionByte, a, false, false
	return s
}

// placeOf returns what may follow an action in code, and the flag for source, or refuses the action.
func (r scriptReader) placeOf(s scriptState, a *action) (uint8, flags) {
	isWord := s.after == wordToken
	switch {
	case isName(a) || a.last == "nindent":
		return valuePlace, 0
	case s.before == '"' || s.before == '\'' || s.before == '`' || s.after == regexToken && s.before != 0:
		r.refuse(a, "put a space and an operator between them", "the action directly follows a string")
	case s.after == '.' && s.word == "?":
		r.needsSource(a, fmt.Sprintf("write [{{ %s }}] after the dot", a.node.Pipe), nameMsg)
		return valuePlace, sourceFlag
	case s.after == '.':
		r.needsSource(a, fmt.Sprintf("write [{{ %s }}] instead of the dot and the name", a.node.Pipe), nameMsg)
		return valuePlace, sourceFlag
	case s.after == '#' || s.after == '@' || isWord && slices.Contains(scriptDeclarers, s.word):
		r.needsSource(a, identForm(a), nameMsg)
		return valuePlace, sourceFlag | statementFlag
	case isWord && !s.broken && slices.Contains(scriptModifiers, s.word):
		return memberPlace, sourceFlag
	case isWord && (s.word == "as" || s.word == "import") && s.innermost() == importBrace:
		r.needsSource(a, identForm(a), nameMsg)
		return valuePlace, sourceFlag
	case isWord && (s.word == "else" || s.word == "do" || s.broken && slices.Contains([]string{"return", "throw", "yield"}, s.word)):
		return valuePlace, sourceFlag
	case isWord && s.word == "import":
		return importPlace, 0
	case isWord && slices.Contains(scriptSoftOperators, s.word):
		return valuePlace, 0
	case s.after == ',' && s.inCase == 0:
		return keyPlace, 0
	case s.after == '(' || s.after == '[':
		return parameterPlace, 0
	case s.after == 0 && r.isPartial:
		return memberPlace, 0
	case s.after == '{' || s.after == ';' || s.after == '}' || s.after == 0 || s.broken && s.expects() != operandNext:
		f := sourceFlag
		if s.broken && s.expects() == operatorNext {
			f |= afterFlag
		}
		if inner := s.innermost(); inner == statementBrace || inner == arrowBrace {
			f |= statementFlag
		}
		return memberPlace, f
	case s.expects() == operandNext && s.after != headerToken:
		return valuePlace, 0
	}
	return memberPlace, sourceFlag
}

// These match the characters of a name at the end, and at the start, of a text.
var nameBefore, nameBehind = regexp.MustCompile(`[\pL\pN_$]*$`), regexp.MustCompile(`^[\pL\pN_$]*`)

// wholeName returns how to write the name that consists of actions and text around a as a single action.
func wholeName(a *action) string {
	nodes := a.siblings.Nodes
	from, to := a.index, a.index+1
	isPart := func(i int) bool {
		text, isText := nodes[i].(*parse.TextNode)
		_, isAction := nodes[i].(*parse.ActionNode)
		return isAction || isText && nameBehind.FindString(string(text.Text)) == string(text.Text)
	}
	head, tail := "", ""
	for from > 0 {
		if text, ok := nodes[from-1].(*parse.TextNode); ok {
			if head = nameBefore.FindString(string(text.Text)); head != string(text.Text) {
				break
			}
			head = ""
		}
		if !isPart(from - 1) {
			break
		}
		from--
	}
	for to < len(nodes) {
		if text, ok := nodes[to].(*parse.TextNode); ok {
			if tail = nameBehind.FindString(string(text.Text)); tail != string(text.Text) {
				break
			}
			tail = ""
		}
		if !isPart(to) {
			break
		}
		to++
	}
	format, args := head, ""
	for _, node := range nodes[from:to] {
		switch node := node.(type) {
		case *parse.TextNode:
			format += string(node.Text)
		case *parse.ActionNode:
			if len(node.Pipe.Decl) == 0 {
				format += "%v"
				args += " " + nameOperand(node.Pipe)
			}
		}
	}
	return fmt.Sprintf(`{{ ident (printf "%s"%s) }}`, format+tail, args)
}

// nameOperand returns the pipeline as an argument, without a final call of ident.
func nameOperand(pipe *parse.PipeNode) string {
	if len(pipe.Cmds) == 1 && len(pipe.Cmds[0].Args) == 2 && pipe.Cmds[0].Args[0].String() == "ident" {
		if argument, ok := pipe.Cmds[0].Args[1].(*parse.PipeNode); ok {
			return operand(argument)
		}
		return pipe.Cmds[0].Args[1].String()
	}
	return operand(pipe)
}

// newRegExp returns how to write the regular expression around an action, which begins with the given text, without a
// literal.
func newRegExp(a *action, begin string) string {
	quoted := strings.NewReplacer("%", "%%", `\`, `\\`, `"`, `\"`)
	format, args := quoted.Replace(begin), ""
	for _, node := range a.siblings.Nodes[a.index:] {
		switch node := node.(type) {
		case *parse.ActionNode:
			format, args = format+"%v", args+" "+operand(node.Pipe)
			continue
		case *parse.TextNode:
			text := string(node.Text)
			end := regexEnd(text)
			if end < 0 {
				format += quoted.Replace(text)
				continue
			}
			flags := nameBehind.FindString(text[end+1:])
			if flags != "" {
				flags = fmt.Sprintf(", %q", flags)
			}
			return fmt.Sprintf(`new RegExp({{ printf "%s"%s }}%s)`, format+quoted.Replace(text[:end]), args, flags)
		}
		break
	}
	return "new RegExp({{ VALUE }})"
}

// regexEnd returns the end of the regular expression that the text begins with, or -1.
func regexEnd(text string) int {
	inClass := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\':
			i++
		case c == '[' || c == ']':
			inClass = c == '['
		case c == '/' && !inClass:
			return i
		}
	}
	return -1
}

func identForm(a *action) string {
	return fmt.Sprintf("write {{ ident %s }}", operand(a.node.Pipe))
}
