//go:build unix

package main

import (
	"path/filepath"
	"strings"
)

// python is the Python firestone, installed beside its interpreter.
func python(program string) (*peer, error) {
	program, err := filepath.Abs(program)
	if err != nil {
		return nil, err
	}
	return &peer{
		name:  "Python firestone",
		start: command{program: program, arguments: []string{"--help"}},
		prepare: func(folder string, resources int) (command, string, error) {
			files, err := definitions(folder, resources)
			document := folder + ".yaml"
			return command{program: program, arguments: []string{
				"generate", "-t", "Bench", "-d", "Bench", "-v", "1.0", "-r", strings.Join(files, ","), "openapi", "-O", document,
			}}, document, err
		},
	}, nil
}
