package value

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v4"
)

// The limits of one file. They are far beyond what people write by hand and small enough that a
// hostile file costs seconds rather than the machine's memory.
const (
	maxBytes   = 64 << 20
	maxDepth   = 500
	maxValues  = 2_000_000 // with what aliases and merges repeat
	maxAliased = 500_000   // of them from aliases and merges

	// The YAML reader takes up to 450 bytes for each value before one can be counted. Whatever an input holds, it has
	// hardly more values than characters that begin or end one.
	maxSeparators = 1_000_000
)

// newerYAML finds the directive of YAML 1.2 at the start of a document.
var newerYAML = regexp.MustCompile(`(?m)^(%YAML[ \t]+)1\.2\b`)

// Parse reads a stream of YAML documents, or one JSON text, and returns a value for each document that
// is not empty. What is wrong with the text is added to problems, with its place; then the values are
// those that could be read, and must not be used where problems has errors.
//
// Scalars follow the core schema of YAML 1.2.2, section 10.3.2, and keep their digits; keys are their source text.
// Values under an alias are shared, not copied: treat all values as immutable.
func Parse(file string, data []byte, problems *Problems) []*Value {
	return (&source{file: file}).parseText(data, problems)
}

// ParseInput is Parse for untrusted files. It rejects YAML with more than a million lines, commas and the like, which
// could exhaust memory. A file that is called .json has to be JSON, as for ParseJSON, unless it is empty.
func ParseInput(file string, data []byte, problems *Problems) []*Value {
	isJSON := strings.EqualFold(path.Ext(file), ".json") && len(bytes.TrimSpace(data)) > 0
	return (&source{file: file, isInput: true, isJSON: isJSON}).parseText(data, problems)
}

// ParseJSON is Parse for a file that has to be one JSON text: what only YAML allows, such as a comment, is an error. It
// returns nil where there is an error.
func ParseJSON(file string, data []byte, problems *Problems) *Value {
	values := (&source{file: file, isJSON: true}).parseText(data, problems)
	if len(values) == 0 {
		return nil
	}
	return values[0]
}

// ParseLines is Parse for JSON Lines: each line that is not blank is one JSON text. The values of a line with an error are
// left out, and others are right.
func ParseLines(file string, data []byte, problems *Problems) []*Value {
	return (&source{file: file, isLines: true}).parseText(data, problems)
}

// Mark is something in a YAML text without a counterpart in JSON.
type Mark struct {
	Pos  Pos
	Text string // as in &anchor, *alias, !tag and <<
}

// ParseMarked is Parse for the input of another program, which knows its tags: it returns the marks in source order,
// and a tag is never a problem. Tags without a counterpart in JSON are ignored. A key that is longer than other YAML
// readers accept is a problem.
func ParseMarked(file string, data []byte, problems *Problems) ([]*Value, []Mark) {
	src := &source{file: file, isMarked: true}
	documents := src.parseText(data, problems)
	return documents, src.marks
}

func (s *source) parseText(data []byte, problems *Problems) []*Value {
	// The node reader supports only the directive of YAML 1.1; the differences between the versions are handled here.
	text := bytes.TrimPrefix(data, []byte("\uFEFF"))
	if bytes.Contains(text, []byte("%YAML")) { // to look for more is a tenth of the time that it takes to read a file
		text = newerYAML.ReplaceAll(text, []byte("${1}1.1"))
	}
	s.text = text
	if len(data) > maxBytes {
		problems.Add(TooLarge, Pos{s.file, 1, 1}, "split it into several files", "the file is larger than %d MiB", maxBytes>>20)
		return nil
	}
	var own Problems
	values := s.parse(&own)
	if own.HasErrors() || looksLikeJSON(s.text) && s.hasBothSides() {
		if at, ok := s.conflict(); ok {
			problems.Add(MergeConflict, at, "keep one side or combine both, and remove the markers", "the file contains merge conflict markers")
			return nil
		}
	}
	*problems = append(*problems, own...)
	return values
}

// parse reads the text, which is not too large.
func (s *source) parse(problems *Problems) []*Value {
	r := &reader{src: s, limits: limits{problems: problems}}
	if !s.isUTF8(problems) {
		return nil
	}
	if s.isLines {
		return readLines(s, problems)
	}
	var wrong error
	if s.isJSON || looksLikeJSON(s.text) && !s.isMarked {
		if wrong = json.Unmarshal(s.text, new(json.RawMessage)); wrong == nil {
			return []*Value{readJSON(s, problems)}
		}
	}
	var syntax *json.SyntaxError
	if s.isJSON && errors.As(wrong, &syntax) {
		at := offsetOf(syntax, s.text)
		*problems = append(*problems, invalidJSON(s.pos(at), s.text, at, syntax))
		return nil
	}
	if p, ok := s.comment(wrong); ok && !s.isMarked {
		*problems = append(*problems, p)
		return nil
	}
	if !s.isPrintable(problems) || s.isInput && s.isDense(problems) {
		return nil
	}
	return r.documents(wrong)
}

// isDense reports whether the YAML reader would need too much memory for the text, and reports that.
func (s *source) isDense(problems *Problems) bool {
	separators := 0
	for _, c := range []byte("\n,:-[{?") {
		separators += bytes.Count(s.text, []byte{c})
	}
	if separators <= maxSeparators {
		return false
	}
	problems.Add(TooLarge, Pos{s.file, 1, 1}, "split it into several files", "the file has more than %d lines, commas, colons and the like", maxSeparators)
	return true
}

// looksLikeJSON reports whether the text begins as a JSON object, array or string does. Other JSON texts
// are read as YAML with the same result.
func looksLikeJSON(text []byte) bool {
	text = bytes.TrimLeft(text, " \t\r\n")
	return len(text) > 0 && bytes.IndexByte([]byte(`{["`), text[0]) >= 0
}

// documents reads the YAML documents of the source up to its first syntax error. wrong is why the text
// is no JSON, if it looks like it.
func (r *reader) documents(wrong error) []*Value {
	var values []*Value
	decoder := yaml.NewDecoder(bytes.NewReader(r.src.text))
	for !r.spent {
		var document yaml.Node
		err := decode(decoder, &document)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			*r.problems = append(*r.problems, r.src.syntaxProblem(err, wrong))
			break
		}
		if v := r.document(&document); v != nil && !r.misread {
			values = append(values, v)
		}
	}
	return values
}

// decode reads the next document. The YAML reader panics on a few malformed texts; for its caller they
// are as wrong as any other.
func decode(decoder *yaml.Decoder, document *yaml.Node) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("yaml: unreadable here (%v)", cause)
		}
	}()
	return decoder.Decode(document)
}

// limits counts the resources that one file uses.
type limits struct {
	problems *Problems
	values   int
	aliased  int
	spent    bool // a limit is reached and reported
}

// take counts n values at pos (n > 1 for those that an alias repeats), and reports whether they are within the limits.
func (l *limits) take(n int, aliased bool, pos Pos) bool {
	if l.spent {
		return false
	}
	l.values += n
	if aliased {
		l.aliased += n
	}
	switch {
	case l.aliased > maxAliased:
		l.problems.Add(TooLarge, pos, "write the values out, or nest aliases less deeply", "aliases expand to more than %d values", maxAliased)
	case l.values > maxValues:
		l.problems.Add(TooLarge, pos, "split the file", "the file contains more than %d values", maxValues)
	default:
		return true
	}
	l.spent = true
	return false
}

// deepens reports whether a value at that depth is within the limit, and reports the first that is not.
func (l *limits) deepens(depth int, pos Pos) bool {
	if depth <= maxDepth {
		return true
	}
	if !l.spent {
		l.problems.Add(TooDeep, pos, "", "values are nested deeper than %d levels", maxDepth)
		l.spent = true
	}
	return false
}
