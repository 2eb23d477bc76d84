package command

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/firestoned/firestone/model/value"
	"github.com/firestoned/firestone/project"
)

// startOutputs are the packs that a new project generates, in the order of its firestone.yaml.
var startOutputs = []string{"asyncapi", "openapi", "cli", "streamlit"}

// newInit returns the verb that makes a project.
func newInit(c *console) *cobra.Command {
	var outputs []string
	cmd := &cobra.Command{
		Use:   "init [FOLDER]",
		Short: "Create a project: firestone.yaml, a definition, a templates folder",
		Long: `Create a working project: firestone.yaml, resources/book.yaml, a templates/ folder for overrides,
and JSON Schemas in .firestone/ with which editors complete and validate these files.
Existing files are kept, and a folder that already has a firestone.yaml is left alone.
Every file can be changed or deleted.`,
		Example: "  firestone init\n  firestone init library --outputs openapi,asyncapi",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usageErrorf("write "+cmd.CommandPath()+" "+args[0], "%s takes one folder, got %d", cmd.CommandPath(), len(args))
			}
			return nil
		},
		Annotations: printsNoData,
		RunE: func(cmd *cobra.Command, args []string) error {
			folder := "."
			if len(args) == 1 {
				folder = args[0]
			}
			if err := checkOutputs(outputs); err != nil {
				return err
			}
			return initProject(folder, outputs, c)
		},
	}
	cmd.Flags().StringSliceVar(&outputs, "outputs", startOutputs, "generate these `PACKS`")
	cmd.Flags().BoolP("help", "h", false, "print this help")
	completeFlag(cmd, "outputs", cobra.FixedCompletions(startOutputs, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// checkOutputs refuses what a new project cannot generate.
func checkOutputs(outputs []string) error {
	for _, output := range outputs {
		if !slices.Contains(startOutputs, output) {
			return usageErrorf(value.Suggestion(output, startOutputs), "--outputs: %q is not a pack of a new project", output)
		}
	}
	if len(outputs) == 0 {
		return usageErrorf("name some of "+strings.Join(startOutputs, ", "), "--outputs is empty")
	}
	return nil
}

// initProject writes the files that do not exist yet and lists them. The firestone.yaml comes last: without it the
// folder is not a project, so a failed run can be repeated.
func initProject(folder string, outputs []string, c *console) error {
	if err := mayHoldFiles(folder); err != nil {
		return err
	}
	file := filepath.Join(folder, project.FileName)
	if _, err := os.Lstat(file); err == nil {
		return usageErrorf("run firestone to generate from it", "%s already exists", file)
	}
	files, err := startFiles()
	if err != nil {
		return ioError(err)
	}
	kept := existing(folder, "resources", "templates")
	if slices.Contains(kept, "resources") && !hasEvents(filepath.Join(folder, "resources"), c) {
		outputs = slices.DeleteFunc(slices.Clone(outputs), func(output string) bool { return output == "asyncapi" })
	}
	last := &files[len(files)-1]
	last.content = withOutputs(last.content, outputs)
	for _, f := range files {
		if part, _, _ := strings.Cut(f.path, "/"); slices.Contains(kept, part) {
			continue
		}
		verb, at := "wrote", filepath.Join(folder, filepath.FromSlash(f.path))
		switch err := writeNew(folder, f.path, f.content); {
		case errors.Is(err, fs.ErrExist):
			verb = "kept"
		case err != nil:
			return ioError(err)
		}
		fmt.Fprintf(c.errw, "%s %s\n", verb, at)
	}
	for _, part := range kept {
		fmt.Fprintf(c.errw, "kept %s\n", filepath.Join(folder, part))
	}
	run := "firestone"
	if folder != "." {
		run = "cd " + shellQuote(folder) + " && firestone"
	}
	fmt.Fprintf(c.errw, "next: %s\n", run)
	return nil
}

// withOutputs returns the new firestone.yaml with the items of only these packs.
func withOutputs(content []byte, outputs []string) []byte {
	head, items, _ := strings.Cut(string(content), "\ngenerate:\n")
	kept := ""
	for _, item := range strings.Split(strings.TrimPrefix(items, "  - pack: "), "  - pack: ") {
		if pack, _, _ := strings.Cut(item, "\n"); slices.Contains(outputs, pack) {
			kept += "  - pack: " + item
		}
	}
	return []byte(head + "\ngenerate:\n" + kept)
}

// existing returns those of the folder's parts that are there: a team that has definitions needs no example among them.
func existing(folder string, parts ...string) []string {
	return slices.DeleteFunc(parts, func(part string) bool { return !isFolder(filepath.Join(folder, part)) })
}

// hasEvents reports whether a definition in the folder has, or may have, events: a run reports what is wrong with them.
func hasEvents(folder string, c *console) bool {
	r := &run{flags: &flags{}, console: c, sources: []project.Text{{Value: folder}}}
	api, _, err := r.load(nil, nil, all)
	return err != nil || len(api.Channels) > 0
}

// startFile is a file of a new project.
type startFile struct {
	path    string
	content []byte
}

// startFiles returns the files of a new project, firestone.yaml last.
func startFiles() ([]startFile, error) {
	files := editorSchemas()
	var last startFile
	err := fs.WalkDir(project.Start, project.StartFolder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(project.Start, path)
		f := startFile{strings.TrimPrefix(path, project.StartFolder+"/"), content}
		if f.path == project.FileName {
			last = f
			return err
		}
		files = append(files, f)
		return err
	})
	return append(files, last), err
}

// writeNew writes a file that is not there to a path in a folder, which no link leads out of; the folders are made. Of a
// file that cannot be written nothing is left, which would be kept by the next run.
func writeNew(folder, at string, content []byte) error {
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return err
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return err
	}
	defer root.Close()
	at = filepath.FromSlash(at)
	if err := root.MkdirAll(filepath.Dir(at), 0o777); err != nil {
		return err
	}
	file, err := root.OpenFile(at, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	if err = errors.Join(err, file.Close()); err != nil {
		return errors.Join(err, root.Remove(at))
	}
	return nil
}
