//go:build unix

package main

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
)

// python is the Python firestone, installed next to its interpreter.
func python(program string) (*peer, error) {
	program, err := filepath.Abs(program)
	if err != nil {
		return nil, err
	}
	version, err := exec.Command(filepath.Join(filepath.Dir(program), "python"), "-c",
		"import importlib.metadata, platform; print(importlib.metadata.version('firestoned'), '(Python %s)' % platform.python_version())").Output()
	if err != nil {
		return nil, fmt.Errorf("the version of %s: %w", program, err)
	}
	return &peer{
		name:    pythonFirestone,
		version: strings.TrimSpace(string(version)),
		start:   command{program: program, arguments: []string{"--help"}},
		prepare: func(folder string, resources int) (command, string, error) {
			files, err := definitions(folder, resources)
			for i, file := range files {
				files[i] = filepath.Base(file) // all files are one argument, and an argument is limited to 128 KiB on Linux
			}
			document := folder + ".yaml"
			return command{program: program, folder: folder, arguments: []string{
				"generate", "-t", "Bench", "-d", "Bench", "-v", "1.0", "-r", strings.Join(files, ","), "openapi", "-O", document,
			}}, document, err
		},
	}, nil
}
