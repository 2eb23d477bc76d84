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
		return Problem{Pos: s.pos(max(int(syntax.Offset)-1, 0)), Msg: "invalid JSON: " + syntax.Error()}
	}
	line := 1
	if number, rest, found := strings.Cut(strings.TrimPrefix(message, "line "), ": "); found && len(rest) < len(message) {
		if n, err := strconv.Atoi(number); err == nil {
			line, message = n, rest
		}
	}
	f := finder{source: s, budget: searchBytes}
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
	budget int // bytes to read
}

// searchBytes takes about a second. In a file of many megabytes the place is then the line where the reader gave up.
const searchBytes = 16 << 20

func (f *finder) isWellFormed(text []byte) bool {
	f.budget -= len(text)
	decoder := yaml.NewDecoder(bytes.NewReader(text))
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
	end = min(max(end, 1), len(f.text))
	starts := []int{0}
	for i := range f.text[:end] {
		if i > 0 && lineEnds(f.text, i-1) {
			starts = append(starts, i)
		}
	}
	upTo := func(end int) bool { return f.isWellFormed(f.text[:end]) }
	start := starts[f.turn(append(starts, end), upTo)]
	_, end = f.line(start)

	first := start + len(f.text[start:end]) - len(bytes.TrimLeft(f.text[start:end], " "))
	if first < end && f.text[first] == '\t' {
		return first
	}
	ends := f.characters(first, end)
	at := ends[f.turn(ends, upTo)]
	if f.budget <= 0 {
		return first
	}
	return at
}

// characters returns where the characters of a part of the text begin, and its end.
func (f *finder) characters(start, end int) []int {
	var all []int
	for i := start; i < end; i++ {
		if utf8.RuneStart(f.text[i]) {
			all = append(all, i)
		}
	}
	return append(all, end)
}

// turn returns the index of an end up to which the text is good while it is not up to the next one: the last
// such if it is among the last 32, else one that is found in larger steps. The text up to the last end is bad.
func (f *finder) turn(ends []int, isGood func(end int) bool) int {
	bad, good := len(ends)-1, max(len(ends)-2, 0)
	for tries, step := 0, 1; good > 0 && f.budget > 0 && !isGood(ends[good]); tries++ {
		if tries > 32 {
			step *= 2
		}
		bad, good = good, max(good-step, 0)
	}
	for bad-good > 1 && f.budget > 0 {
		if middle := (good + bad) / 2; isGood(ends[middle]) {
			good = middle
		} else {
			bad = middle
		}
	}
	return good
}

// opens reports whether the message is about something that is not closed: then its line says where it opens.
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
