package generator

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"

	"github.com/firestoned/firestone/generator/escape"
	"github.com/firestoned/firestone/generator/python"
	"github.com/firestoned/firestone/generator/tree"
	"github.com/firestoned/firestone/model/value"
)

// keepsBreaks matches the header of a block scalar that keeps its last line breaks.
var keepsBreaks = regexp.MustCompile(`[|>][1-9]?\+`)

// ended returns a text with exactly one line break at its end; an empty text stays empty. A YAML file with a block
// scalar that keeps its last line breaks is left alone, since they may be part of it.
func ended(at string, content []byte) []byte {
	text := bytes.TrimRight(content, "\r\n")
	if len(text) == 0 {
		return nil
	}
	if len(text)+1 == len(content) && content[len(text)] == '\n' {
		return content
	}
	if isYAML(at) && len(text)+1 < len(content) && keepsBreaks.Match(content) {
		return content
	}
	return append(text[:len(text):len(text)], '\n')
}

func isYAML(at string) bool {
	suffix := strings.ToLower(path.Ext(at))
	return suffix == ".yaml" || suffix == ".yml"
}

func isJSON(at string) bool { return strings.ToLower(path.Ext(at)) == ".json" }

// hasJSONComments reports whether a file may have the comments and last commas of JSONC.
func hasJSONComments(at string) bool { return strings.ToLower(path.Ext(at)) == ".jsonc" }

// origin is what made a file, and what that may write.
type origin struct {
	output  string // as pack.yaml has it
	pack    string
	allowed features        // of YAML
	own     map[string]bool // the marks of the pack's templates, see ownMarks
	spans   []python.Span   // of Python: what actions wrote
}

// verify returns what is wrong with a rendered file, at its place there. YAML has to be without duplicate keys, one
// document, and without anchors, aliases and tags unless they are allowed; JSON one text, or one in each line, without
// duplicate names; TOML a document; Python tokens in blocks, with what actions wrote where the templates show it; every
// file UTF-8. HTML is not verified further: every text is a page to a browser, so only the analysis of the templates
// can tell which text comes from values.
func verify(file File, by origin) value.Problems {
	var problems value.Problems
	switch {
	case !utf8.Valid(file.Content):
		problems.Add(value.InvalidOutput, value.Pos{File: file.Path, Line: lineOfInvalid(file.Content), Col: 1}, "", "it is not valid UTF-8")
	case isYAML(file.Path):
		verifyYAML(file, by, &problems)
	case escape.IsJSONLines(file.Path):
		verifyJSONLines(file, &problems)
	case hasJSONComments(file.Path):
		verifyJSON(File{Path: file.Path, Content: withoutComments(file.Content)}, &problems)
	case escape.LanguageOf(file.Path) == escape.JSON:
		verifyJSON(file, &problems)
	case escape.LanguageOf(file.Path) == escape.TOML:
		verifyTOML(file, &problems)
	case escape.LanguageOf(file.Path) == escape.Markdown:
		verifyFront(file, &problems)
	case escape.LanguageOf(file.Path) == escape.Python:
		misplaced, err := python.CheckSpans(string(file.Content), by.spans)
		if misplaced >= 0 {
			span := by.spans[misplaced]
			problems.Add(value.InvalidOutput, file.pos(int64(span.From)+1), "separate the action from adjacent text, or from the output of an adjacent action, by a space or a line break",
				"what the action writes is not %s", span.Place)
		} else if err != nil {
			problems.Add(value.InvalidOutput, value.Pos{File: file.Path, Line: err.Line, Col: err.Col}, "", "%s", err.Msg)
		}
	}
	return problems
}

func lineOfInvalid(content []byte) int {
	for i, line := range bytes.Split(content, []byte("\n")) {
		if !utf8.Valid(line) {
			return i + 1
		}
	}
	return 1
}

// verifyJSON verifies a JSON text strictly (RFC 8259).
func verifyJSON(file File, problems *value.Problems) {
	var syntax *json.SyntaxError
	if err := json.Unmarshal(file.Content, new(json.RawMessage)); errors.As(err, &syntax) {
		if at := lastComma(file.Content, int(syntax.Offset)); at >= 0 {
			problems.Add(value.InvalidOutput, file.pos(int64(at)+1), "in a loop, write the comma as {{ if not (isLast $i LIST) }},{{ end }}", "no item follows the comma")
			return
		}
		problems.Add(value.InvalidOutput, file.pos(syntax.Offset), "", "%v", err)
		return
	} else if err != nil {
		problems.Add(value.InvalidOutput, file.pos(0), "", "%v", err)
		return
	}
	var own value.Problems
	value.ParseJSON(file.Path, file.Content, &own)
	for _, problem := range own {
		if problem.Code == value.DuplicateKey { // limits are for what people write
			*problems = append(*problems, problem)
		}
	}
}

// lastComma returns the offset of a comma before a closing bracket that ends at the offset, or -1.
func lastComma(content []byte, end int) int {
	if end < 1 || end > len(content) || content[end-1] != '}' && content[end-1] != ']' {
		return -1
	}
	before := bytes.TrimRight(content[:end-1], " \t\r\n")
	if !bytes.HasSuffix(before, []byte(",")) {
		return -1
	}
	return len(before) - 1
}

// behindTOML matches the TOML reader's message about text after a value.
var behindTOML = regexp.MustCompile(`^expected newline but got U\+\w+ '(.+)'$`)

// verifyTOML verifies a TOML document, in which no key may be there twice.
func verifyTOML(file File, problems *value.Problems) {
	var document map[string]any
	err := toml.Unmarshal(file.Content, &document)
	if err == nil {
		return
	}
	at := value.Pos{File: file.Path, Line: 1, Col: 1}
	var wrong *toml.DecodeError
	if errors.As(err, &wrong) {
		line, column := wrong.Position() // in bytes
		at = file.pos(int64(tree.Offset(file.Content, line, 1) + column))
	}
	cause, hint := strings.TrimPrefix(err.Error(), "toml: "), ""
	if m := behindTOML.FindStringSubmatch(cause); m != nil {
		cause, hint = fmt.Sprintf("%q follows the value", m[1]), "write text in quotes, and each key on a line of its own"
	}
	problems.Add(value.InvalidOutput, at, hint, "%s", cause)
}

// verifyFront verifies the front matter of a Markdown file: YAML between two lines ---, TOML between two lines +++. Its
// anchors and tags can only be those of the template, since no value makes one.
func verifyFront(file File, problems *value.Problems) {
	for _, fence := range []string{"---\n", "+++\n"} {
		below, hasFront := bytes.CutPrefix(file.Content, []byte(fence))
		end := bytes.Index(below, []byte("\n"+fence))
		if !hasFront || end < 0 {
			continue
		}
		front := append([]byte("\n"), below[:end+1]...) // whose lines are those of the file
		if fence == "+++\n" {
			verifyTOML(File{Path: file.Path, Content: front}, problems)
		} else if !escape.IsSimpleYAML(front) {
			value.Parse(file.Path, front, problems)
		}
	}
}

// pos returns the place before a byte offset.
func (f File) pos(offset int64) value.Pos {
	line, col := tree.LineCol(f.Content, int(offset)-1)
	return value.Pos{File: f.Path, Line: line, Col: col}
}
