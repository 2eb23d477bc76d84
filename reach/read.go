package reach

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"

	"github.com/firestoned/firestone/model/value"
)

// MaxInput is the maximum size of a file that a run reads: a definition, a template, a firestone.yaml. Parsed YAML
// takes about 17 times its size in memory, so the largest file takes about 270 MiB.
const MaxInput = 16 << 20

// Read returns the content of a regular file of at most limit bytes. It checks the type and the size before it opens
// the file, so that it cannot block. The error is a value.Problem if the file is not regular or too large; otherwise it
// is the system's.
func Read(path string, limit int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if err := measure(info, limit); err != nil {
		return nil, err
	}
	return read(path, limit, false)
}

// ReadNamed is like Read for a file that the user has named, which may be a pipe: firestone <(generate).
func ReadNamed(path string, limit int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Mode()&fs.ModeNamedPipe == 0 {
		return Read(path, limit)
	}
	return read(path, limit, true)
}

// IsPipe reports whether a path leads to a named pipe, such as that of <(command).
func IsPipe(info fs.FileInfo) bool { return info.Mode()&fs.ModeNamedPipe != 0 }

// Regular refuses any file that is not regular.
func Regular(info fs.FileInfo) error {
	if info.Mode().IsRegular() {
		return nil
	}
	return value.Problem{Code: value.UnreadableFile, Msg: "the file is " + kind(info.Mode()) + ", not a regular file", Hint: "replace it with a regular file, or remove it"}
}

func measure(info fs.FileInfo, limit int64) error {
	if err := Regular(info); err != nil {
		return err
	}
	if info.Size() > limit {
		return tooLarge(limit)
	}
	return nil
}

func tooLarge(limit int64) error {
	return value.Problem{Code: value.TooLarge, Msg: fmt.Sprintf("the file is larger than %d MiB", limit>>20), Hint: "split it into several files, or remove it"}
}

func kind(mode fs.FileMode) string {
	switch {
	case mode.IsDir():
		return "a folder"
	case mode&fs.ModeNamedPipe != 0:
		return "a named pipe"
	case mode&fs.ModeSocket != 0:
		return "a socket"
	case mode&fs.ModeDevice != 0:
		return "a device"
	}
	return "something else"
}

// read reads a file that may have changed since its size was checked.
func read(path string, limit int64, mayPipe bool) ([]byte, error) {
	flags := os.O_RDONLY
	if !mayPipe {
		flags |= syscall.O_NONBLOCK // so that a pipe that has replaced the file does not block until it is written to
	}
	file, err := os.OpenFile(path, flags, 0)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if !mayPipe {
		if err := measure(info, limit); err != nil {
			return nil, err
		}
	}
	return readAll(file, info.Size(), limit)
}

// ReadAll returns everything from a reader, such as standard input. The error is a value.Problem if that is more than
// limit bytes.
func ReadAll(from io.Reader, limit int64) ([]byte, error) { return readAll(from, 0, limit) }

// readAll is like ReadAll for a reader of probably size bytes.
func readAll(from io.Reader, size, limit int64) ([]byte, error) {
	content := make([]byte, 0, min(max(size, 0), limit)+512)
	for reader := io.LimitReader(from, limit+1); ; {
		n, err := reader.Read(content[len(content):cap(content)])
		content = content[:len(content)+n]
		switch {
		case int64(len(content)) > limit:
			return nil, tooLarge(limit)
		case err == io.EOF:
			return content, nil
		case err != nil:
			return nil, err
		}
		if len(content) == cap(content) {
			content = append(content, 0)[:len(content)]
		}
	}
}
