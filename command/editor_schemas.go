package command

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/firestoned/firestone/generator"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/project"
)

// editorSchemas are the JSON Schemas with which editors complete and check the files of a project, by where it has them.
func editorSchemas() []startFile {
	return []startFile{
		{".firestone/config.schema.json", []byte(project.ConfigSchema)},
		{".firestone/definition.schema.json", []byte(model.DefinitionSchema)},
		{".firestone/pack.schema.json", []byte(generator.PackSchema)},
	}
}

// refreshSchemas makes the schemas of a project those of this version of firestone. One that the project does not have is
// not made, and nothing is written through a link.
func (r *run) refreshSchemas(folder string) error {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return ioError(err)
	}
	defer root.Close()
	for _, f := range editorSchemas() {
		info, err := root.Lstat(f.path)
		if err != nil || !info.Mode().IsRegular() {
			continue
		}
		if there, err := root.ReadFile(f.path); err != nil || bytes.Equal(there, f.content) {
			continue
		}
		if err := replaceFile(root, f.path, f.content); err != nil {
			return ioError(err)
		}
		fmt.Fprintf(r.errw, "wrote %s\n", visibleLine(filepath.Join(folder, filepath.FromSlash(f.path))))
	}
	return nil
}

// replaceFile writes a temporary file and renames it over the target, so that the target is never half written.
func replaceFile(root *os.Root, path string, content []byte) error {
	next := path + ".next"
	if err := root.WriteFile(next, content, 0o666); err != nil {
		return errors.Join(err, root.Remove(next))
	}
	return root.Rename(next, path)
}
