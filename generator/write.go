package generator

import (
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"

	"github.com/firestoned/firestone/model/value"
)

// As returns the file as it is written to a path: a YAML file becomes JSON for a path that ends in .json, in the same
// order and with the same digits. It errs where the content is no YAML.
func (f File) As(path string) (File, error) {
	if !isJSON(path) || !isYAML(f.Path) {
		return f, nil
	}
	var problems value.Problems
	documents := value.Parse(f.Path, f.Content, &problems)
	if problems.HasErrors() {
		return f, problems.Sorted()
	}
	if len(documents) != 1 {
		return f, fmt.Errorf("%s holds %d documents, JSON is one", f.Path, len(documents))
	}
	f.Content = append(documents[0].AppendJSON(nil, "  "), '\n')
	return f, nil
}

// WriteFile writes one file to a path, as JSON where As says so. Folders above it are made.
func WriteFile(path string, file File) error {
	converted, err := file.As(path)
	if err != nil {
		return err
	}
	return write([]target{{path, converted}})
}

// Write writes the files into a folder, which is made. A file that has its content already is not touched, nor one
// that is written once and exists. All files are first written under other names beside their places: an error
// until then leaves every file as it was. Then each is renamed, so that no reader ever sees half a file.
func Write(dir string, files []File) error {
	var targets []target
	for _, file := range files {
		if cause := pathFault(file.Path); cause != "" {
			return fmt.Errorf("the path %q of an output %s", file.Path, cause)
		}
		targets = append(targets, target{filepath.Join(dir, filepath.FromSlash(file.Path)), file})
	}
	return write(targets)
}

// target is a file and its place on disk.
type target struct {
	path string
	file File
}

func write(targets []target) (err error) {
	staged := map[string]string{}
	defer func() {
		for _, temporary := range staged {
			if removal := os.Remove(temporary); removal != nil && !errors.Is(removal, os.ErrNotExist) {
				err = errors.Join(err, removal)
			}
		}
	}()
	for _, t := range targets {
		isDue, err := t.isDue()
		if err != nil {
			return err
		}
		if !isDue {
			continue
		}
		temporary, err := t.stage()
		if temporary != "" {
			staged[t.path] = temporary
		}
		if err != nil {
			return err
		}
	}
	for _, t := range targets {
		if temporary := staged[t.path]; temporary != "" {
			if err := os.Rename(temporary, t.path); err != nil {
				return fmt.Errorf("write %s: %w", t.path, cause(err))
			}
			delete(staged, t.path)
		}
	}
	return nil
}

// isDue tells whether the file has to be written.
func (t target) isDue() (bool, error) {
	info, err := os.Stat(t.path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return true, nil
	case err != nil:
		return false, fmt.Errorf("write %s: %w", t.path, cause(err))
	case info.IsDir():
		return false, fmt.Errorf("write %s: there is a folder of that name", t.path)
	case t.file.Write == WriteOnce:
		return false, nil
	case info.Size() != int64(len(t.file.Content)):
		return true, nil
	}
	content, err := os.ReadFile(t.path)
	if err != nil {
		return false, fmt.Errorf("read %s: %w", t.path, cause(err))
	}
	return string(content) != string(t.file.Content), nil
}

// stage writes the content beside its place and returns the name there, also with an error if the name exists.
func (t target) stage() (string, error) {
	folder := filepath.Dir(t.path)
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return "", fmt.Errorf("make the folder %s: %w", folder, cause(err))
	}
	mode := os.FileMode(0o666)
	if info, err := os.Stat(t.path); err == nil {
		mode = info.Mode().Perm()
		if mode&0o200 == 0 {
			return "", fmt.Errorf("write %s: the file is read-only", t.path)
		}
	}
	name := filepath.Join(folder, fmt.Sprintf(".firestone-%08x.tmp", crc32.ChecksumIEEE([]byte(t.path))))
	if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", fmt.Errorf("write %s: %w", t.path, cause(err))
	}
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return "", fmt.Errorf("write %s: %w", t.path, cause(err))
	}
	_, err = file.Write(t.file.Content)
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return name, fmt.Errorf("write %s: %w", t.path, cause(err))
	}
	return name, nil
}

// cause returns what the system said, without the operation and the name of a file that nobody asked for.
func cause(err error) error {
	var path *os.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return path.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}
