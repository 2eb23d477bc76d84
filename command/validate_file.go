package command

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
	"github.com/firestoned/firestone/reach"
)

// file checks the payloads that a file holds. The error is a usage error if the file cannot be read.
func (c *payloadChecker) file(path string, in io.Reader) error {
	data, err := readPayloads(path, in)
	at := model.Pos{File: filepath.ToSlash(path)}
	if path == stdin {
		at.File = stdinName
	}
	if err != nil {
		if err = readError(err, at); asProblems(err, &c.problems) {
			return nil
		}
		return err
	}
	found := &findings{}
	payloads := parsePayloads(at.File, data, &found.problems)
	for _, payload := range payloads {
		c.payload(payload, found)
	}
	c.payloads += len(payloads)
	at.Line, at.Col = 1, 1
	if len(payloads) == 0 && len(found.problems) == 0 {
		found.problems.Add(value.InvalidPayload, at, "write a value, or leave the file out", "the file holds no payload")
	}
	c.problems = append(c.problems, found.all(at)...)
	return nil
}

// readPayloads returns what a file or standard input holds.
func readPayloads(path string, in io.Reader) ([]byte, error) {
	if path == stdin {
		return reach.ReadAll(in, reach.MaxInput)
	}
	if isFolder(path) {
		return nil, usageErrorf("name the files in it, as in "+inFolder(path, "*.json"), "%s is a folder", path)
	}
	data, err := reach.ReadNamed(path, reach.MaxInput)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, usageErrorf(suggestFile(path, "a FILE is JSON, JSON Lines, YAML, or - for standard input"), "no such file: %s", path)
	}
	return data, err
}

// parsePayloads returns the values of a file by what its name says that it is, of a pipe by what it looks like. What cannot
// be read is a problem; of JSON Lines, the values of the other lines are there all the same.
func parsePayloads(file string, data []byte, problems *model.Problems) []*model.Value {
	extension := strings.ToLower(filepath.Ext(file))
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return nil
	case extension == ".jsonl", extension == ".ndjson", extension != ".yaml" && extension != ".yml" && looksLikeLines(data):
		return value.ParseLines(file, data, problems)
	}
	payloads := value.ParseInput(file, data, problems)
	if problems.HasErrors() {
		return nil
	}
	return payloads
}

// looksLikeLines reports whether a text is JSON Lines: the first line is a complete value and the second begins
// another, which is not YAML.
func looksLikeLines(text []byte) bool {
	text = bytes.TrimSpace(bytes.TrimPrefix(text, []byte("\uFEFF")))
	first, rest, _ := bytes.Cut(text, []byte("\n"))
	second, _, _ := bytes.Cut(bytes.TrimSpace(rest), []byte("\n"))
	return len(second) > 0 && json.Valid(first) && (strings.IndexByte(`{["`, second[0]) >= 0 || json.Valid(second))
}

// asUsageError reports whether err is a usage error, and adds its causes to m.
func asUsageError(err error, m *usageError) bool {
	var found *usageError
	if !errors.As(err, &found) {
		return false
	}
	m.causes = append(m.causes, found.causes...)
	return true
}
