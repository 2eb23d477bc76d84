package command

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/firestoned/firestone/model/name"
)

// ejection is what a run that copies files out of packs is told.
type ejection struct {
	layers []string
	isTold bool // by flags, and not by the project
	to     string
}

// ejected is a file to write.
type ejected struct {
	pack       string // as -t takes it
	path       string // below the folder of overrides
	from, text string
}

// newPackEject returns the verb that copies files of packs into a team's folder.
func newPackEject(c *console) *cobra.Command {
	e := &ejection{}
	cmd := &cobra.Command{
		Use:   "eject PACK/FILE...",
		Short: "Copy files of a pack into your own folder to change them there",
		Long: `Copy files of packs into a folder of overrides. They render the same output until you change them.
A comment at the top records the version and digest of the original, so that pack show can tell
when it has changed. Existing files are never overwritten.`,
		Example: "  firestone pack eject openapi/_tag.txt.tmpl --to team\n  firestone -t openapi --templates-path team book.yaml",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageErrorf("write "+example(cmd)+"; run firestone pack show openapi to list the files", "no PACK/FILE given")
			}
			return nil
		},
		ValidArgsFunction: completePackFiles,
		Annotations:       printsNoData,
		RunE: func(cmd *cobra.Command, args []string) error {
			e.isTold = cmd.Flags().Changed("templates-path")
			return e.run(c, args)
		},
	}
	cmd.Flags().SortFlags = false
	bindLayers(cmd.Flags(), &e.layers)
	cmd.Flags().StringVar(&e.to, "to", "", "copy into `DIR`/PACK/ (default: the last --templates-path, else templates)")
	return cmd
}

// run finds all files before it writes the first.
func (e *ejection) run(c *console, args []string) error {
	to := e.to
	switch {
	case to == "" && len(e.layers) > 0:
		to = e.layers[len(e.layers)-1]
	case to == "":
		to = "templates"
	}
	to = filepath.Clean(to)
	if err := mayHoldFiles(to); err != nil {
		return err
	}
	bounds, err := boundsHere()
	if err != nil {
		return err
	}
	if err := mayWrite(bounds, to); err != nil {
		return err
	}
	below := e.layers
	same := func(layer string) bool { return filepath.Clean(layer) == to }
	if i := slices.IndexFunc(e.layers, same); i >= 0 {
		below = e.layers[:i]
	}
	var files []ejected
	for _, arg := range args {
		file, err := findFile(arg, below)
		if err != nil {
			return err
		}
		if slices.Contains(files, file) {
			continue
		}
		if at := inFolder(to, file.path); exists(at) {
			return usageErrorf("edit that file, or move it away first", "%s already exists", at)
		}
		files = append(files, file)
	}
	for _, file := range files {
		if err := writeNew(to, file.path, []byte(file.text)); err != nil {
			return ioError(err)
		}
		fmt.Fprintf(c.errw, "wrote %s, a copy of %s\n", inFolder(to, file.path), file.from)
	}
	if p, err := readProject(""); err == nil && p != nil && !e.isTold && !slices.ContainsFunc(e.layers, same) {
		fmt.Fprintf(c.errw, "add %q to templates in %s, or it will not be read\n", to, p.File)
	}
	show := "firestone pack show " + shellQuote(files[0].pack)
	if e.isTold || !slices.ContainsFunc(e.layers, same) {
		for _, layer := range below {
			show += " --templates-path " + shellQuote(layer)
		}
		show += " --templates-path " + shellQuote(to)
	}
	fmt.Fprintf(c.errw, "to see whether the original has changed: %s\n", show)
	return nil
}

// exists reports whether there is something at a path, a link too.
func exists(at string) bool {
	_, err := os.Lstat(at)
	return err == nil
}

// findFile returns the file that PACK/FILE names; its path is that below the folder of overrides.
func findFile(arg string, layers []string) (ejected, error) {
	pack, file, err := splitFile(arg, layers)
	if err != nil {
		return ejected{}, err
	}
	opened, err := openPack(pack, layers)
	if err != nil {
		return ejected{}, err
	}
	folder := opened.Name
	var paths []string
	for _, f := range opened.Files() {
		if f.Path == file && file != manifest {
			return ejected{pack: pack, path: path.Join(folder, f.Path), from: f.File, text: f.Eject(folder, programVersion())}, nil
		}
		if f.Path != manifest {
			paths = append(paths, f.Path)
		}
	}
	switch {
	case file == "":
		return ejected{}, usageErrorf("write one of\n    "+pack+"/"+strings.Join(paths, "\n    "+pack+"/"), "%s is a pack: name the files to copy", pack)
	case file == manifest:
		return ejected{}, usageErrorf("write a pack.yaml with `extends: "+folder+"` and the parameters and outputs that differ",
			"a pack.yaml cannot be ejected: it extends the one below it")
	}
	hint := strings.TrimSpace(name.Suggest(file, paths, "%s", "") + " run firestone pack show " + pack + " to list the files")
	return ejected{}, usageErrorf(hint, "the pack %s has no file %s", pack, file)
}

// manifest is the file that makes a folder a pack.
const manifest = "pack.yaml"

// splitFile parts PACK/FILE. PACK is the name of a pack, or a folder with a pack.yaml, which may hold slashes.
func splitFile(arg string, layers []string) (pack, file string, err error) {
	names, _, err := packsOf(layers)
	if err != nil {
		return "", "", err
	}
	pack, file, _ = strings.Cut(packName(arg), "/")
	if slices.Contains(names, pack) {
		return pack, file, nil
	}
	for i := range len(arg) + 1 {
		if i < len(arg) && arg[i] != '/' {
			continue
		}
		if _, err := os.Stat(filepath.Join(arg[:i], manifest)); err == nil && i > 0 {
			return arg[:i] + "/", strings.Trim(arg[i:], "/"), nil
		}
	}
	return "", "", usageErrorf(near(pack, names), "unknown pack %q", pack)
}

// completePackFiles offers the files of the packs.
func completePackFiles(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var files []string
	for _, name := range packNames() {
		pack, err := openPack(name, nil)
		if err != nil {
			continue
		}
		for _, file := range pack.Files() {
			if file.Path != manifest {
				files = append(files, name+"/"+file.Path)
			}
		}
	}
	return files, cobra.ShellCompDirectiveNoFileComp
}
