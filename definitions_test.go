package main_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// readIn returns a reader of a folder's files, so that problems and documents name them without it.
func readIn(folder string) func(string) ([]byte, error) {
	return func(path string) ([]byte, error) { return os.ReadFile(filepath.Join(folder, filepath.FromSlash(path))) }
}

// definitionsIn returns the definitions of a folder as firestone picks them, sorted.
func definitionsIn(t testing.TB, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		extension := filepath.Ext(entry.Name())
		if !strings.HasPrefix(entry.Name(), "_") && slices.Contains([]string{".yaml", ".yml", ".json"}, extension) {
			names = append(names, entry.Name())
		}
	}
	return names
}
