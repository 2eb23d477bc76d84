package generator

import (
	"bytes"
	"errors"
	"path"
	"reflect"
	"strings"

	"github.com/firestoned/firestone/generator/escape"
	"github.com/firestoned/firestone/model/value"
)

// include executes a partial with the data as its dot and appends what it writes. Every include of a template comes
// here, whether it is one that writes lines or is part of a longer action.
func (r *renderer) include(name string, data any, to *bytes.Buffer) error {
	s, err := r.partial(name)
	if err != nil {
		return err
	}
	t, err := r.bind(s)
	if err != nil {
		return err
	}
	return r.run(s, t, data, to)
}

// included is what templates call as include: it returns source of the partial's language, or a string.
func (r *renderer) included(name string, data any) (any, error) {
	s := r.pack.partials[name]
	call := partialKey{s, data}
	isWord := !r.trace && s != nil && s.language == escape.Text && reflect.ValueOf(data).Kind() == reflect.Pointer
	if isWord {
		if known, ok := r.words[call]; ok {
			return known, r.given.check(s, data, known)
		}
	}
	text := r.buffer(len(r.stack))
	if err := r.include(name, data, text); err != nil {
		return nil, err
	}
	rendered := r.rendered(s.path, text.String())
	if isWord {
		r.words[call] = rendered
	}
	return rendered, r.given.check(s, data, rendered)
}

// rendered returns what the template of that name has written as source of its language, or as a string.
func (r *renderer) rendered(name, text string) any {
	if r.marked != nil {
		return escape.RenderedPieces(name, text)
	}
	return escape.Rendered(name, text)
}

// replaced renders the template of the layer below that this one replaces, as include does.
func (r *renderer) replaced(by *source, data any) (any, error) {
	below := by.replaced
	if below == nil {
		return nil, value.Problem{Code: value.UnusedFile, Msg: "the template replaces none", Hint: "write {{ replaced . }} in an override of " + path.Base(by.path)}
	}
	if len(r.stack) > maxIncludeDepth {
		return nil, errors.New("partials include each other endlessly: " + r.tail())
	}
	text, err := r.execute(below, data)
	if err != nil {
		return nil, err
	}
	return r.rendered(below.path, text), nil
}

// partialKey is a call of a partial of plain text: a name, say, which documents repeat. It says the same of the same
// part of the model each time.
type partialKey struct {
	source *source
	data   any
}

// includeLines writes the result of `include | nindent` into the text of the template on top of the stack; unindented
// for a column below 0. trims means that there is a trim between the two.
func (r *renderer) includeLines(column int, name string, data any, trims bool) error {
	to := r.top().text
	if column < 0 && !trims {
		start := to.Len()
		if err := r.include(name, data, to); err != nil {
			return err
		}
		to.Truncate(start + len(sourceOf(to.Bytes()[start:])))
		return nil
	}
	text := r.buffer(len(r.stack))
	if err := r.include(name, data, text); err != nil {
		return err
	}
	lines := sourceOf(text.Bytes())
	if trims {
		lines = bytes.TrimSpace(lines)
	}
	switch {
	case len(lines) == 0:
	case column < 0:
		to.Write(lines)
	default:
		appendLines(to, lines, column)
	}
	return nil
}

// shortLine is how many bytes the lines of a document have at least, on average.
const shortLine = 20

// eachLines writes what `includeEach | nindent` does, as includeLines does for include.
func (r *renderer) eachLines(column int, name string, list any, with []any) error {
	to := r.top().text
	start := to.Len()
	grow := func(length int) { to.Grow(length + length*max(0, column)/shortLine) }
	return r.includeEach(name, list, with, grow, func(text []byte) {
		lines := sourceOf(text)
		switch {
		case len(lines) == 0:
		case column >= 0:
			appendLines(to, lines, column)
		case to.Len() > start:
			to.WriteByte('\n')
			fallthrough
		default:
			to.Write(lines)
		}
	})
}

// sourceOf returns the text without its final line breaks, or nothing if it is only space, as escape.Rendered does.
func sourceOf(text []byte) []byte {
	if text = bytes.TrimRight(text, "\r\n"); len(bytes.TrimSpace(text)) == 0 {
		return nil
	}
	return text
}

// appendLines writes lines in the column, each after a line break; an empty line stays empty.
func appendLines(to *bytes.Buffer, lines []byte, column int) {
	pad := strings.Repeat(" ", column)
	to.Grow(1 + len(lines) + column*(1+bytes.Count(lines, []byte("\n"))))
	to.WriteByte('\n')
	to.WriteString(pad)
	for {
		end := bytes.IndexByte(lines, '\n') + 1
		if end == 0 || column == 0 {
			to.Write(lines)
			return
		}
		to.Write(lines[:end])
		if lines = lines[end:]; len(lines) > 0 && lines[0] != '\n' {
			to.WriteString(pad)
		}
	}
}

// partial returns the template for include to execute.
func (r *renderer) partial(name string) (*source, error) {
	s := r.pack.partials[name]
	switch {
	case s == nil:
		return nil, value.Problem{Code: value.UnknownPartial, Msg: "no partial \"" + name + "\"", Hint: partialMeant(name, r.pack.partialNames())}
	case len(r.stack) > maxIncludeDepth:
		return nil, errors.New("partials include each other endlessly: " + r.tail())
	}
	return s, nil
}

// tail names the last few templates of the stack.
func (r *renderer) tail() string {
	var names []string
	for _, f := range r.stack[len(r.stack)-4:] {
		names = append(names, f.source.path)
	}
	return strings.Join(names, " > ")
}
