package command

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/firestoned/firestone/generator"
	"github.com/firestoned/firestone/generator/output"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
	"github.com/firestoned/firestone/reach"
)

// The sections of a case besides its definitions.
const (
	paramsSection = "params"
	errorSection  = "error"
	wantFolder    = "want/"
)

// packCase is a case of a pack: what goes in, and the sections that say what comes out.
type packCase struct {
	archive     *txtar.Archive
	params      []string
	definitions []string
	sources     map[string][]byte
	want        map[string]string // by section: want/PATH, or error
}

// result is what became of a case.
type result struct {
	difference string // empty if as expected
	isUpdated  bool
}

// try runs a case, and stores the result in it with --update.
func (t testedPack) try(file string, update bool) (result, error) {
	err := t.bounds.Check(filepath.FromSlash(file))
	var data []byte
	if err == nil {
		data, err = reach.Read(filepath.FromSlash(file), reach.MaxInput)
	}
	if err != nil {
		return result{}, readError(err, model.Pos{File: file})
	}
	c, problems := readCase(file, txtar.Parse(data))
	if problems.HasErrors() {
		return result{}, problems
	}
	got := c.render(t)
	difference := compare(c.want, got)
	if !update || difference == "" {
		return result{difference: difference}, nil
	}
	text := c.with(got)
	if again, _ := readCase(file, txtar.Parse(text)); compare(again.want, got) != "" {
		problems.Add(value.InvalidCase, model.Pos{File: file}, "change the definitions so that no output contains such a line", "a line of an output looks like a section header")
		return result{}, problems
	}
	return result{isUpdated: true}, ioError(output.WriteFile(filepath.FromSlash(file), generator.File{Content: text}))
}

// readCase sorts the sections of a case.
func readCase(file string, archive *txtar.Archive) (*packCase, model.Problems) {
	c := &packCase{archive: archive, sources: map[string][]byte{}, want: map[string]string{}}
	var problems model.Problems
	seen := map[string]bool{}
	for _, section := range archive.Files {
		if seen[path.Clean(section.Name)] {
			problems.Add(value.InvalidCase, model.Pos{File: file}, "remove or rename one of them", "duplicate section %q", section.Name)
		}
		seen[path.Clean(section.Name)] = true
		isWanted := strings.HasPrefix(section.Name, wantFolder) || section.Name == errorSection
		switch {
		case isWanted:
			c.want[section.Name] = strings.ReplaceAll(string(section.Data), "\r\n", "\n")
		case section.Name == paramsSection:
			for line := range strings.Lines(string(section.Data)) {
				if line = strings.TrimRight(line, "\r\n"); strings.TrimSpace(line) != "" {
					c.params = append(c.params, line)
				}
			}
		case slices.Contains([]string{".yaml", ".yml", ".json"}, path.Ext(section.Name)):
			name := path.Clean(section.Name)
			c.sources[name] = section.Data
			if !strings.HasPrefix(path.Base(name), "_") {
				c.definitions = append(c.definitions, name)
			}
		default:
			problems.Add(value.InvalidCase, model.Pos{File: file}, "expected params, error, want/PATH, or a definition such as book.yaml", "unknown section %q", section.Name)
		}
	}
	if len(c.definitions) == 0 && !problems.HasErrors() {
		problems.Add(value.InvalidCase, model.Pos{File: file}, "add a section -- book.yaml --", "the case has no definition")
	}
	return c, problems
}

// render returns the sections that the pack makes of the case.
func (c *packCase) render(t testedPack) map[string]string {
	api, problems := model.Load(c.read, model.Options{}, c.definitions...)
	if problems.HasErrors() {
		return t.failed(problems)
	}
	params, err := t.pack.Params(c.params)
	if err != nil {
		return t.failed(problemsOf(err))
	}
	files, err := t.pack.Render(api, params)
	if err != nil {
		return t.failed(problemsOf(err))
	}
	got := map[string]string{}
	for _, file := range files {
		got[wantFolder+file.Path] = string(file.Content)
	}
	return got
}

func (c *packCase) read(at string) ([]byte, error) {
	if data, ok := c.sources[at]; ok {
		return data, nil
	}
	return nil, &fs.PathError{Op: "open", Path: at, Err: fs.ErrNotExist}
}

// failed returns the section that holds the errors. Files of the pack are named by their path in it, so that the case
// says the same wherever it is run.
func (t testedPack) failed(problems model.Problems) map[string]string {
	var errors model.Problems
	for _, problem := range problems {
		if inPack, ok := strings.CutPrefix(path.Clean(problem.Pos.File), t.folder+"/"); ok {
			problem.Pos.File = inPack
		}
		if !problem.Warning {
			errors = append(errors, problem)
		}
	}
	return map[string]string{errorSection: errors.Error() + "\n"}
}

// compare returns a unified diff of each section that differs, or nothing.
func compare(want, got map[string]string) string {
	all := maps.Clone(want)
	maps.Copy(all, got)
	var b bytes.Buffer
	for _, name := range slices.Sorted(maps.Keys(all)) {
		wanted, isWanted := want[name]
		made, isMade := got[name]
		if isWanted == isMade && wanted == made {
			continue
		}
		left, right := name, name
		if !isWanted {
			left += " (unexpected)"
		}
		if !isMade {
			right += " (not generated)"
		}
		if wanted == made {
			fmt.Fprintf(&b, "--- %s\n+++ %s\n", left, right)
		}
		b.WriteString(output.Unified(left, right, wanted, made))
	}
	return b.String()
}

// with returns the text of the case with other expected sections: each in the place of the one that it replaces, new
// ones at the end.
func (c *packCase) with(got map[string]string) []byte {
	updated := &txtar.Archive{Comment: c.archive.Comment}
	left := maps.Clone(got)
	for _, section := range c.archive.Files {
		if _, isWanted := c.want[section.Name]; isWanted {
			text, isMade := got[section.Name]
			if !isMade {
				continue
			}
			section.Data = []byte(text)
			delete(left, section.Name)
		}
		updated.Files = append(updated.Files, section)
	}
	for _, name := range slices.Sorted(maps.Keys(left)) {
		updated.Files = append(updated.Files, txtar.File{Name: name, Data: []byte(got[name])})
	}
	return txtar.Format(updated)
}
