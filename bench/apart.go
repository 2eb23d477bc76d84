//go:build unix

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
)

// apart runs this program for a part of its work and returns its output. Memory-hungry work is done this way, because
// the memory that this process has used hides that of the programs it starts (see residentMiB).
func apart(arguments ...string) (string, error) {
	itself, err := os.Executable()
	if err != nil {
		return "", err
	}
	printed, err := exec.Command(itself, arguments...).CombinedOutput()
	if err != nil {
		return "", errors.New(lastLines(string(printed), 5))
	}
	return string(printed), nil
}

// runPart does the work requested by apart, and reports whether the arguments request any.
func runPart(args []string) (isPart bool, err error) {
	switch {
	case len(args) == 1 && args[0] == "speed":
		fmt.Print(ownSpeed())
		return true, nil
	case len(args) == 3 && args[0] == "check":
		resources, err := strconv.Atoi(args[2])
		if err != nil {
			return true, err
		}
		return true, checkDocument(args[1], resources)
	}
	return false, nil
}
