package command

import (
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/reach"
)

// definitions is what a verb that reads definitions is told of them.
type definitions struct {
	arguments []string
	named     []string // by -r
	options   model.Options
	strict    bool
	config    string   // the file that takes the place of firestone.yaml
	sources   []source // all that is to be read
	bounds    *reach.Bounds
}

// bind defines the flags.
func (d *definitions) bind(flags *pflag.FlagSet) {
	flags.StringArrayVarP(&d.named, "resource", "r", nil, "also read `RESOURCE`; repeatable")
	flags.StringVar(&d.options.Title, "title", "", "use `TITLE` as the title of the API")
	flags.StringVar(&d.options.Description, "description", "", "use `TEXT` as the description of the API")
	flags.StringVar(&d.options.Version, "doc-version", "", "use `VERSION` as the version of the API")
	flags.StringVar(&d.config, "config", "", "read `FILE` instead of the nearest firestone.yaml")
	flags.BoolVar(&d.strict, "strict", false, "treat warnings as errors")
}

// elsewhere are the verbs of other tools, with what does their work here.
var elsewhere = map[string]string{
	"build":    "run firestone",
	"diff":     "run firestone check",
	"gen":      "leave it out: firestone generates without a command",
	"generate": "leave it out: firestone generates without a command",
	"lint":     "run firestone check, or firestone pack lint for templates",
	"new":      "run firestone init",
	"run":      "run firestone",
	"test":     "run firestone check, or firestone pack test for templates",
	"validate": "run firestone check",
	"verify":   "run firestone check",
	"watch":    "run firestone --watch",
}

// check refuses a verb that is none, and a flag without text.
func (d *definitions) check(cmd *cobra.Command) error {
	for _, flag := range []string{"title", "doc-version", "config"} {
		if cmd.Flags().Changed(flag) && strings.TrimSpace(cmd.Flag(flag).Value.String()) == "" {
			return misusef("omit the flag to use the default", "--%s is empty", flag)
		}
	}
	arguments := slices.Concat(d.arguments, d.named)
	for i, argument := range arguments {
		if _, err := os.Stat(argument); err == nil || argument == stdin {
			continue
		}
		if isPack(argument) {
			return misusef("write -t "+packName(argument)+" and name a definition: firestone -t "+packName(argument)+" book.yaml",
				"%s is a pack, not a RESOURCE", argument)
		}
		if i > 0 || strings.ContainsAny(argument, `./\*,`) || len(d.arguments) == 0 {
			continue
		}
		if instead := elsewhere[argument]; instead != "" && !cmd.HasParent() {
			return misusef(instead, "%q is neither a file nor a command", argument)
		}
		if hint := name.Suggest(argument, verbs(cmd.Root()), "firestone %s", ""); hint != "" && !cmd.HasParent() {
			return misusef(hint, "%q is neither a file nor a command", argument)
		}
	}
	return nil
}

// example returns the first example of a verb.
func example(cmd *cobra.Command) string {
	first, _, _ := strings.Cut(strings.TrimSpace(cmd.Example), "\n")
	return first
}

// inProject fills what neither flags nor arguments say from the project, which may be nil.
func (d *definitions) inProject(cmd *cobra.Command, p *folder) error {
	for _, argument := range slices.Concat(d.arguments, d.named) {
		d.sources = append(d.sources, source{text: argument})
	}
	if p == nil && len(d.sources) == 0 {
		return misusef("name a file or a folder, as in "+example(cmd)+", or create a firestone.yaml with firestone init", "no RESOURCE given, and no firestone.yaml in this folder or any parent folder")
	}
	if p == nil {
		return nil
	}
	d.options.Facts, d.options.MayRefer, d.bounds = p.Facts, p.bounds.CheckReference, p.bounds
	for _, option := range []struct {
		flag       string
		told, said *string
	}{{"title", &d.options.Title, &p.Title}, {"description", &d.options.Description, &p.Description}, {"doc-version", &d.options.Version, &p.Version}} {
		if !cmd.Flags().Changed(option.flag) {
			*option.told = *option.said
		}
	}
	if len(d.sources) == 0 {
		for _, r := range p.Resources {
			d.sources = append(d.sources, source{p.at(r.Value), r.Pos})
		}
	}
	return nil
}

// source is a RESOURCE, and its place where firestone.yaml names it.
type source struct {
	text string
	pos  model.Pos
}

// files returns the files that the sources mean. All that firestone.yaml says wrong is reported at once.
func (d *definitions) files() ([]string, error) {
	set := newFileSet()
	var problems model.Problems
	for _, s := range d.sources {
		isTold := s.pos.File == "" // on the command line, where - is standard input and commas make a list
		if set.bounds = d.bounds; isTold {
			set.bounds = nil
		}
		err := placed(set.add(s.text, isTold, isTold), s.pos)
		if err != nil && !asProblems(err, &problems) {
			return nil, err
		}
	}
	if len(problems) > 0 {
		return nil, problems
	}
	for i, path := range set.paths {
		set.paths[i] = filepath.ToSlash(path)
	}
	return set.paths, nil
}

// load reads the definitions and returns what they say of the resources that include and exclude leave, with the
// warnings. A file that the disk refused is a misuse; one that is too large or not a regular file is a problem.
func (d *definitions) load(r *reader, paths []string, include, exclude []model.Choice) (*model.API, model.Problems, error) {
	options := d.options
	options.Include, options.Exclude = include, exclude
	api, problems := model.Load(r.read, options, paths...)
	if err := r.refusal(); err != nil {
		return nil, nil, refused(err)
	}
	if d.strict {
		problems = asErrors(problems)
	}
	if problems.HasErrors() {
		return nil, nil, problems
	}
	return api, problems, nil
}

// loadAll reads the definitions of arguments, or of the project, and returns all that they say.
func (d *definitions) loadAll(cmd *cobra.Command, c *console) (*model.API, model.Problems, error) {
	p, err := openProject(d.config)
	if err != nil {
		return nil, nil, err
	}
	if err := d.inProject(cmd, p); err != nil {
		return nil, nil, err
	}
	paths, err := d.files()
	if err != nil {
		return nil, nil, err
	}
	prepareHeap(len(paths))
	return d.load(newReader(c.in, paths, nil), paths, nil, nil)
}

// reader reads files for the model, which asks for several at once and may ask for one again.
type reader struct {
	named  map[string]bool // the files of definitions, of which some may be pipes
	piped  bool            // standard input is one of them
	stdin  func() ([]byte, error)
	digest func([]byte) string // of what is read; nil where nobody asks for digests

	mutex   sync.Mutex
	paths   map[string]bool   // that were asked for
	digests map[string]string // by path
	refused error             // the first that is not about a missing file
}

// newReader returns a reader of the files; it digests what it reads by digest, which may be nil.
func newReader(in io.Reader, paths []string, digest func([]byte) string) *reader {
	named := map[string]bool{}
	for _, path := range paths {
		named[path] = true
	}
	return &reader{
		named: named, piped: named[stdinName], digest: digest, paths: map[string]bool{}, digests: map[string]string{},
		stdin: sync.OnceValues(func() ([]byte, error) { return io.ReadAll(in) }),
	}
}

// read returns what a file or standard input holds.
func (r *reader) read(path string) ([]byte, error) {
	var data []byte
	var err error
	switch {
	case r.piped && path == stdinName:
		data, err = r.stdin()
	case r.named[path]:
		data, err = reach.ReadNamed(filepath.FromSlash(path), reach.MaxInput)
	default:
		data, err = reach.Read(filepath.FromSlash(path), reach.MaxInput)
	}
	digest := ""
	if err == nil && r.digest != nil {
		digest = r.digest(data)
	}
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.paths[path] = true
	switch {
	case err == nil:
		r.digests[path] = digest
	case !errors.Is(err, fs.ErrNotExist) && !errors.As(err, &model.Problem{}) && r.refused == nil:
		r.refused = err
	}
	return data, err
}

// refusal returns the first error that is not about a missing file.
func (r *reader) refusal() error {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.refused
}

// asked returns the paths that were asked for, also of files that are missing, sorted.
func (r *reader) asked() []string { return slices.Sorted(maps.Keys(r.paths)) }
