package generator

import (
	"cmp"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"text/template"
	"text/template/parse"
	"unicode/utf8"

	"github.com/firestoned/firestone/generator/escape"
	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/value"
)

// Layer is a folder of template files. Where reading a file of FS fails with a value.Problem, that is reported at the file.
type Layer struct {
	Name   string // what messages put before a file's path: the folder's own path, clean and with slashes
	FS     fs.FS
	Beside func(folder string) (fs.FS, error) // opens the folder of a pack that this one extends; nil where it can extend none
}

const (
	embeddedLayer  = "embedded"
	templateSuffix = ".tmpl"
)

// maxTemplateSize is how many bytes a template may have.
const maxTemplateSize = 1 << 20

// testsFolder is the folder at the top of a layer that holds its cases and no templates.
const testsFolder = "tests"

// layer is a Layer that has been read: its templates and other files by path, and its pack.yaml or nil.
type layer struct {
	name         string
	sources      []*source
	statics      []*static
	manifest     *manifest
	manifestText string
}

// static is a file of a layer that an output copies unchanged.
type static struct {
	path    string // in the pack
	file    string // with the layer before it, as messages show it
	content []byte
}

// source is a template file of a layer.
type source struct {
	path     string // in the pack
	file     string // with the layer before it, as messages show it
	text     string
	language escape.Language
	parsed   *template.Template
	loose    *parse.Tree      // where it calls functions that do not exist, and is not parsed
	tree     *parse.Tree      // of parsed, in the form that is executed: see lineFunctions
	called   template.FuncMap // the functions that it calls, but for those of text/template
	replaced *source          // that of the layer below with the same path, or nil
	isUnique bool             // the pack declares that its result is unique for each dot
	includes []include
	raws     []value.Pos
}

// include is a call of include with a constant name.
type include struct {
	partial string
	pos     value.Pos
}

// partial returns the name under which a template is included, and false if it is not a partial: "operation-id" for
// _operation-id.txt.tmpl.
func (s *source) partial() (string, bool) {
	base, ok := strings.CutPrefix(path.Base(s.path), "_")
	base = strings.TrimSuffix(base, templateSuffix)
	return strings.TrimSuffix(base, path.Ext(base)), ok
}

// readLayer reads the files of a folder: its pack.yaml, its templates, and those that an output may copy. At the top,
// names that begin with a dot, README and LICENSE files and the folder of tests are left alone.
func readLayer(from Layer, problems *value.Problems) *layer {
	l := &layer{name: from.Name}
	err := fs.WalkDir(from.FS, ".", func(at string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && isLeftAlone(at):
			return fs.SkipDir
		case entry.IsDir() || isLeftAlone(at):
			return nil
		}
		file := path.Join(from.Name, at)
		text, err := fs.ReadFile(from.FS, at)
		if err != nil {
			*problems = append(*problems, unreadable(file, err))
			return nil
		}
		if at == manifestName {
			l.manifest = readManifest(file, text, problems)
			l.manifestText = normal(text)
			return nil
		}
		if !strings.HasSuffix(at, templateSuffix) {
			l.statics = append(l.statics, &static{path: at, file: file, content: text})
			return nil
		}
		l.sources = append(l.sources, &source{path: at, file: file, text: readText(file, text, problems), language: escape.LanguageOf(at)})
		return nil
	})
	if err != nil {
		*problems = append(*problems, unreadable(from.Name, err))
	}
	return l
}

// isLeftAlone reports whether a file or folder of a layer does not belong to the pack: what people and their tools put
// there, and the folder of tests. A copied folder may hold hidden files.
func isLeftAlone(at string) bool {
	base := path.Base(at)
	switch {
	case at == ".":
		return false
	case slices.Contains([]string{".git", ".hg", ".svn", ".DS_Store", "Thumbs.db", "__pycache__", "node_modules"}, base):
		return true
	case strings.HasSuffix(base, "~") || strings.HasPrefix(base, ".") && strings.Contains(base, ".sw"):
		return true // of editors
	case strings.Contains(at, "/"):
		return false
	}
	return strings.HasPrefix(base, ".") || at == testsFolder || strings.HasPrefix(base, "README") || strings.HasPrefix(base, "LICENSE")
}

// unreadable returns why a file or folder of a layer could not be read: what the layer has to say about it, or the system.
func unreadable(file string, err error) value.Problem {
	pos := value.Pos{File: file}
	var problem value.Problem
	var failed *fs.PathError
	switch {
	case errors.As(err, &problem):
		return value.Problem{Code: cmp.Or(problem.Code, value.UnreadableFile), Pos: pos, Msg: problem.Msg, Hint: problem.Hint}
	case errors.As(err, &failed):
		err = failed.Err
	}
	return value.Problem{Code: value.UnreadableFile, Pos: pos, Msg: "cannot be read: " + err.Error()}
}

// readText returns a template's text with line breaks of one kind and without a byte order mark, as editors and git
// on Windows add them, so that a pack makes the same files from every checkout.
func readText(file string, content []byte, problems *value.Problems) string {
	if len(content) > maxTemplateSize {
		problems.Add(value.TooLarge, value.Pos{File: file}, "split it into partials, or copy the parts that are the same for every API", "the template is larger than %d KiB", maxTemplateSize>>10)
	}
	if !utf8.Valid(content) {
		problems.Add(value.NotUTF8, value.Pos{File: file, Line: lineOfInvalid(content), Col: 1}, "save it as UTF-8", "the template is not valid UTF-8")
	}
	return normal(content)
}

func normal(content []byte) string {
	return strings.ReplaceAll(strings.TrimPrefix(string(content), "\ufeff"), "\r\n", "\n")
}

// isMeant reports whether an output names a template that does not exist and most likely means this one, which is reported there.
func (p *Pack) isMeant(s *source) bool {
	return slices.ContainsFunc(p.Outputs, func(o Output) bool {
		_, isNear := name.Nearest(o.Template, []string{s.path})
		return o.Template != "" && p.templates[o.Template] == nil && isNear
	})
}

// checkUse reports templates of upper layers that change nothing: they replace no file, make no output, and no template
// includes them. In the lowest layer a partial may be intended for an override that includes it. A file that is not a
// template and that no output copies may be a template with a misspelt name.
func (p *Pack) checkUse(stack []*layer, problems *value.Problems) {
	for _, l := range stack {
		for _, s := range l.statics {
			isCopied := slices.ContainsFunc(p.Outputs, func(o Output) bool { return o.copies(s.path) })
			if base := path.Base(s.path); !isCopied && !strings.HasPrefix(base, ".") && !strings.HasPrefix(base, "README") && !strings.HasPrefix(base, "LICENSE") {
				problems.Add(value.UnusedFile, value.Pos{File: s.file}, "name templates NAME.LANGUAGE.tmpl, such as _channel.yaml.tmpl, or list the file as `copy` in the outputs of pack.yaml",
					"the file is not a template, and no output copies it")
			}
		}
	}
	below := map[string]bool{}
	for i, l := range stack {
		var known []string
		for at := range below {
			known = append(known, at)
		}
		slices.Sort(known)
		for _, s := range l.sources {
			if below[s.path] || p.isUsed(s, i == 0) || p.isMeant(s) {
				continue
			}
			hint := name.Suggest(s.path, known, "%s", "add it to the outputs of pack.yaml")
			problems.Add(value.UnusedFile, value.Pos{File: s.file}, hint, "the template is unused: it generates no output, overrides no template, and no template includes it")
		}
		for _, s := range l.sources {
			below[s.path] = true
		}
	}
}

// isUsed reports whether a template is an output or included: by a rendered template, by a key of an output, or by a
// template that a layer above has replaced, perhaps with one that no longer needs the partial.
func (p *Pack) isUsed(s *source, isLowest bool) bool {
	partial, isPartial := s.partial()
	if !isPartial {
		return slices.ContainsFunc(p.Outputs, func(o Output) bool { return o.Template == s.path })
	}
	includes := func(other *source) bool { return other != nil && other.includesPartial(partial) }
	return isLowest || slices.ContainsFunc(p.rendered(), includes) || slices.ContainsFunc(p.replaced(), includes) ||
		slices.ContainsFunc(p.Outputs, func(o Output) bool { return includes(o.path) || includes(o.when) })
}

// includesPartial reports whether a template may include the partial of that name.
func (s *source) includesPartial(name string) bool {
	return slices.ContainsFunc(s.includes, func(i include) bool { return i.partial == name || i.partial == "" })
}

// replaced returns the templates that a layer above replaces, parsed for what they include.
func (p *Pack) replaced() []*source {
	var found []*source
	for _, s := range p.templates {
		for below := s.replaced; below != nil; below = below.replaced {
			parsed := *below
			var ignored value.Problems // of a text that is not rendered
			parsed.parse(&ignored)
			found = append(found, &parsed)
		}
	}
	return found
}
