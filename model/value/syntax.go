package value

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// syntaxProblem turns an error of the YAML reader into a problem. Where the text looks like JSON, wrong is
// what the JSON reader said, whose place is exact.
func (s *source) syntaxProblem(err, wrong error) Problem {
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	if strings.Contains(message, "exceeded max depth") {
		return Problem{Pos: s.pos(s.read(s.text) - 1), Msg: fmt.Sprintf("values are nested deeper than %d levels", maxDepth)}
	}
	var syntax *json.SyntaxError
	if strings.HasSuffix(s.file, ".json") && errors.As(wrong, &syntax) {
		return Problem{Pos: s.pos(max(int(syntax.Offset)-1, 0)), Msg: "this is no JSON: " + syntax.Error()}
	}
	line := 1
	if number, rest, found := strings.Cut(strings.TrimPrefix(message, "line "), ": "); found && len(rest) < len(message) {
		if n, err := strconv.Atoi(number); err == nil {
			line, message = n, rest
		}
	}
	f := finder{source: s, budget: 1000 + 32*len(s.text)}
	return s.explain(message, f.find(message, line))
}

// read tells how many bytes of the text the YAML reader takes until its first error.
func (s *source) read(text []byte) int {
	in := &oneByOne{text: text}
	decoder := yaml.NewDecoder(in)
	for {
		if decode(decoder, new(yaml.Node)) != nil {
			return in.at
		}
	}
}

// oneByOne hands out a text character by character, so that nobody reads ahead.
type oneByOne struct {
	text []byte
	at   int
}

// Read implements io.Reader.
func (o *oneByOne) Read(p []byte) (int, error) {
	if o.at == len(o.text) {
		return 0, io.EOF
	}
	_, size := utf8.DecodeRune(o.text[o.at:])
	n := copy(p, o.text[o.at:o.at+size])
	o.at += n
	return n, nil
}

// finder looks for the place of a syntax error. The YAML reader tells none, or the line where the enclosing
// list or mapping begins; but it can be asked whether the text up to some byte is well-formed. The place
// is where a well-formed beginning stops being one. Each question reads the text again, so there is a budget.
type finder struct {
	*source
	budget int // bytes
}

func (f *finder) isWellFormed(end int) bool {
	f.budget -= end
	decoder := yaml.NewDecoder(bytes.NewReader(f.text[:end]))
	for {
		var document yaml.Node
		if err := decode(decoder, &document); err != nil {
			return errors.Is(err, io.EOF)
		}
	}
}

// find returns the byte where the text goes wrong. line is the one that the message names.
func (f *finder) find(message string, line int) int {
	end := f.read(f.text)
	if opens(message) {
		end = f.lineEnd(line)
	}
	start, end := f.line(max(end-1, 0))
	for start > 0 && f.budget > 0 && !f.isWellFormed(start) {
		start, end = f.line(start - 1)
		if start > 0 && f.text[start-1] == '\n' && end == start-1 {
			start, _ = f.line(end)
		}
	}
	return f.inLine(start, end)
}

// opens tells whether the message is about something that is not closed: then its line says where it opens.
func opens(message string) bool {
	return strings.Contains(message, "unexpected end of stream") || strings.Contains(message, "unexpected document indicator") ||
		strings.Contains(message, "',' or")
}

// lineEnd returns where the line of that number ends, of those that follow the last one the text.
func (f *finder) lineEnd(number int) int {
	for i := range f.text {
		if lineEnds(f.text, i) {
			if number--; number == 0 {
				return i
			}
		}
	}
	return len(f.text)
}

// inLine returns the byte of the line where the text goes wrong: behind the longest part of the line
// that is well-formed. The line is known to be at fault as a whole.
func (f *finder) inLine(start, end int) int {
	text := f.text[start:end]
	first := start + len(text) - len(bytes.TrimLeft(text, " "))
	if first < end && f.text[first] == '\t' {
		return first
	}
	at := end
	for at > first && f.budget > 0 {
		_, size := utf8.DecodeLastRune(f.text[start:at])
		if f.isWellFormed(at - size) {
			return at - size
		}
		at -= size
	}
	return first
}
