package command

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/name"
)

// definitions is what a verb that reads definitions is told of them.
type definitions struct {
	arguments []string
	named     []string // by -r
	options   model.Options
	strict    bool
}

// bind defines the flags.
func (d *definitions) bind(flags *pflag.FlagSet) {
	flags.StringArrayVarP(&d.named, "resource", "r", nil, "read `RESOURCE` too; repeatable")
	flags.StringVar(&d.options.Title, "title", "", "call the API `TITLE`")
	flags.StringVar(&d.options.Description, "description", "", "describe the API by `TEXT`")
	flags.StringVar(&d.options.Version, "doc-version", "", "say that this is `VERSION` of the API")
	flags.BoolVar(&d.strict, "strict", false, "warnings are errors")
}

// check refuses a command line without definitions, a verb that is none, and a flag without text.
func (d *definitions) check(cmd *cobra.Command) error {
	for _, flag := range []string{"title", "doc-version"} {
		if cmd.Flags().Changed(flag) && strings.TrimSpace(cmd.Flag(flag).Value.String()) == "" {
			return misusef("leave the flag out for the default", "--%s is empty", flag)
		}
	}
	arguments := slices.Concat(d.arguments, d.named)
	if len(arguments) == 0 {
		return misusef("name a file or a folder: "+example(cmd), "no RESOURCE given")
	}
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
		if near, ok := name.Nearest(argument, verbs(cmd.Root())); ok && !cmd.HasParent() {
			return misusef("did you mean firestone "+near+"?", "%q is neither a file nor a command", argument)
		}
	}
	return nil
}

// example returns the first example of a verb.
func example(cmd *cobra.Command) string {
	first, _, _ := strings.Cut(strings.TrimSpace(cmd.Example), "\n")
	return first
}

// load reads the definitions and returns what they say, with the warnings. A file that the disk refused is a misuse.
func (d *definitions) load(c *console) (*model.API, model.Problems, error) {
	paths, err := expand(slices.Concat(d.arguments, d.named))
	if err != nil {
		return nil, nil, err
	}
	for i := range paths {
		paths[i] = filepath.ToSlash(paths[i])
	}
	prepareHeap(len(paths))
	r := &reader{in: c.in, piped: slices.Contains(paths, stdinName)}
	api, problems := model.Load(r.read, d.options, paths...)
	if r.refused != nil {
		return nil, nil, refused(r.refused)
	}
	if d.strict {
		problems = asErrors(problems)
	}
	if problems.HasErrors() {
		return nil, nil, problems
	}
	return api, problems, nil
}

// reader reads files for the model, which asks for several at once.
type reader struct {
	in    io.Reader
	piped bool // standard input is one of the files

	mutex   sync.Mutex
	refused error // the first that is not about a missing file
}

// read returns what a file or standard input holds.
func (r *reader) read(path string) ([]byte, error) {
	var data []byte
	var err error
	if r.piped && path == stdinName {
		data, err = io.ReadAll(r.in)
	} else {
		data, err = os.ReadFile(filepath.FromSlash(path))
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		r.mutex.Lock()
		defer r.mutex.Unlock()
		if r.refused == nil {
			r.refused = err
		}
	}
	return data, err
}
