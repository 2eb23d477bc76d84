package generator

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
	"go.yaml.in/yaml/v3"

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

// verify returns what is wrong with a rendered file. YAML has to be one document without duplicate keys, anchors,
// aliases or tags of its own; JSON one text without duplicate names; TOML a document; Python tokens in
// blocks; every file UTF-8.
func verify(file File, template, pack string) value.Problems {
	var problems value.Problems
	switch {
	case !utf8.Valid(file.Content):
		problems.Add(value.Pos{File: file.Path, Line: lineOfInvalid(file.Content), Col: 1}, "", "it is not valid UTF-8")
	case isYAML(file.Path):
		verifyYAML(file, &problems)
	case isJSON(file.Path):
		verifyJSON(file, &problems)
	case escape.LanguageOf(file.Path) == escape.TOML:
		verifyTOML(file, &problems)
	case escape.LanguageOf(file.Path) == escape.Python:
		if err := python.Check(string(file.Content)); err != nil {
			problems.Add(value.Pos{File: file.Path, Line: err.Line, Col: err.Col}, "", "%s", err.Msg)
		}
	}
	for i := range problems {
		problems[i].Msg = "the template " + template + " generated an invalid file: " + problems[i].Msg
		problems[i].Hint = "the fault is in the pack " + pack + ", not in the definitions"
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

// verifyYAML verifies a document by reading it line by line, which is some twenty times as fast as parsing it, and
// parses those that hold anything beyond that reader.
func verifyYAML(file File, problems *value.Problems) {
	if escape.IsSimpleYAML(file.Content) {
		return
	}
	documents := value.Parse(file.Path, file.Content, problems)
	switch {
	case problems.HasErrors():
		return
	case len(documents) == 0:
		problems.Add(value.Pos{File: file.Path, Line: 1, Col: 1}, "", "it contains no document")
		return
	case len(documents) > 1:
		problems.Add(documents[1].Pos, "", "it contains more than one document")
		return
	}
	if bytes.ContainsAny(file.Content, "&*") || bytes.Contains(file.Content, []byte("<<")) {
		refuseSharing(file, problems)
	}
}

// refuseSharing reports anchors, aliases and merge keys.
func refuseSharing(file File, problems *value.Problems) {
	var document yaml.Node
	if err := yaml.NewDecoder(bytes.NewReader(file.Content)).Decode(&document); err != nil && !errors.Is(err, io.EOF) {
		problems.Add(value.Pos{File: file.Path, Line: 1, Col: 1}, "", "%v", err)
		return
	}
	var walk func(node *yaml.Node)
	walk = func(node *yaml.Node) {
		at := value.Pos{File: file.Path, Line: node.Line, Col: node.Column}
		switch {
		case node.Kind == yaml.AliasNode:
			problems.Add(at, "", "it contains an alias, *%s", node.Value)
			return
		case node.Anchor != "":
			problems.Add(at, "", "it contains an anchor, &%s", node.Anchor)
		case node.Tag == "!!merge":
			problems.Add(at, "", "it contains a merge key")
		}
		for _, child := range node.Content {
			walk(child)
		}
	}
	walk(&document)
}

// verifyJSON verifies a JSON text strictly (RFC 8259).
func verifyJSON(file File, problems *value.Problems) {
	var syntax *json.SyntaxError
	if err := json.Unmarshal(file.Content, new(json.RawMessage)); errors.As(err, &syntax) {
		problems.Add(file.pos(syntax.Offset), "", "%v", err)
		return
	} else if err != nil {
		problems.Add(file.pos(0), "", "%v", err)
		return
	}
	decoder := json.NewDecoder(bytes.NewReader(file.Content))
	decoder.UseNumber()
	if err := distinctNames(file, decoder, problems); err != nil && !errors.Is(err, io.EOF) {
		problems.Add(file.pos(decoder.InputOffset()), "", "%v", err)
	}
}

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
		at.Line, at.Col = wrong.Position()
	}
	problems.Add(at, "", "%s", strings.TrimPrefix(err.Error(), "toml: "))
}

// distinctNames reads one JSON value and reports names that an object has twice.
func distinctNames(file File, decoder *json.Decoder, problems *value.Problems) error {
	token, err := decoder.Token()
	if err != nil {
		return err
	}
	delimiter, ok := token.(json.Delim)
	if !ok {
		return nil
	}
	seen := map[string]bool{}
	for decoder.More() {
		if delimiter == '{' {
			name, err := decoder.Token()
			if err != nil {
				return err
			}
			if text := fmt.Sprint(name); seen[text] {
				problems.Add(file.pos(decoder.InputOffset()), "", "duplicate name %q in an object", text)
			} else {
				seen[text] = true
			}
		}
		if err := distinctNames(file, decoder, problems); err != nil {
			return err
		}
	}
	_, err = decoder.Token()
	return err
}

// pos returns the place before a byte offset.
func (f File) pos(offset int64) value.Pos {
	line, col := tree.LineCol(f.Content, int(offset)-1)
	return value.Pos{File: f.Path, Line: line, Col: col}
}
