//go:build unix

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
)

// apart runs this program for a part of its work and returns what that prints. What takes much memory is done so, because what
// this process has held hides what the programs that it starts hold (see residentMiB).
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

// runPart does the work that apart asks for, and reports whether the arguments are such work.
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
