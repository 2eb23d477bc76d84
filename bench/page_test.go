//go:build unix

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// speedPage is the page that make bench writes.
const speedPage = "../docs/speed.md"

// anyReport returns a report of all rows and peers, with figures that nobody measured.
func anyReport() report {
	r := report{mock: mockResult{start: spread{median: time.Millisecond}}}
	for _, one := range allRows() {
		measured := result{row: one, ours: sample{wall: spread{median: time.Second}, memory: 20}, slower: 1}
		if one.hasPeers() {
			for _, name := range peerNames {
				measured.peers = append(measured.peers, peerResult{name: name, sample: sample{wall: spread{median: 25 * time.Second}, memory: 80}})
			}
		}
		r.results = append(r.results, measured)
	}
	for _, name := range peerNames {
		r.peers = append(r.peers, &peer{name: name, version: "1.2.3"})
	}
	for _, l := range loads {
		r.mock.loads = append(r.mock.loads, loadResult{load: l, sent: 1, heard: 1})
	}
	return r
}

// shape is what of a page does not depend on figures: headings, heads of tables, names of rows, and which cells are filled.
func shape(page string) []string {
	var lines []string
	isHead := true
	for line := range strings.Lines(page) {
		line = strings.TrimSpace(line)
		if !strings.HasPrefix(line, "|") {
			isHead = true
			if strings.HasPrefix(line, "#") {
				lines = append(lines, line)
			}
			continue
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		for i, cell := range cells {
			if i > 0 && !isHead && strings.TrimSpace(cell) != "" {
				cells[i] = "figure"
			}
		}
		lines = append(lines, strings.Join(cells, "|"))
		isHead = false
	}
	return lines
}

// TestPageHasAllRows fails where a row, a size, an output, a peer or a load was added or removed and the page not written since.
func TestPageHasAllRows(t *testing.T) {
	head, tail, err := splitPage(speedPage)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(speedPage)
	if err != nil {
		t.Fatal(err)
	}
	figures := strings.TrimSuffix(strings.TrimPrefix(string(text), head), tail)
	got, want := shape(figures), shape(markdown(anyReport()))
	if !slices.Equal(got, want) {
		t.Errorf("%s has other tables than bench: run make bench WRITE=docs/speed.md\n got:\n%s\nwant:\n%s", speedPage, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestShapeSeesMissingFigures(t *testing.T) {
	whole := markdown(anyReport())
	for _, missing := range []string{"| 2,000 | 1.0 s, 20 MiB |", "TypeSpec | ", "### The mock"} {
		if !strings.Contains(whole, missing) {
			t.Fatalf("there is no %q in\n%s", missing, whole)
		}
		if slices.Equal(shape(whole), shape(strings.Replace(whole, missing, "| 2,000 | |", 1))) {
			t.Errorf("nothing is missed without %q", missing)
		}
	}
}

// README repeats one row of the page, and counts the lines of what is measured.
func TestReadmeHasTheFiguresOfThePage(t *testing.T) {
	page, err := os.ReadFile(speedPage)
	if err != nil {
		t.Fatal(err)
	}
	_, beside, _ := strings.Cut(string(page), "### An OpenAPI document, compared with others")
	_, row, _ := strings.Cut(beside, "\n| 100 | ")
	row, _, _ = strings.Cut(row, "\n")
	cells := strings.Split(row, " | ") // firestone, Python firestone, TypeSpec, Redocly
	if len(cells) != 4 {
		t.Fatalf("%s has the row %q for 100 resources beside others", speedPage, row)
	}
	for i, cell := range cells {
		cells[i], _, _ = strings.Cut(strings.ReplaceAll(cell, " (", ", "), ", ")
	}
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		fmt.Sprintf("| OpenAPI of 100 such resources | – | %s | %s | %s |", cells[2], cells[1], cells[0]),
		fmt.Sprintf("| %d, without events | %d | %[2]d |", strings.Count(typeSpecResource("items"), "\n"), strings.Count(definition("items"), "\n")),
	} {
		if !strings.Contains(string(readme), want) {
			t.Errorf("README.md has no row %q: see %s", want, speedPage)
		}
	}
}

func TestWritePage(t *testing.T) {
	file := filepath.Join(t.TempDir(), "page.md")
	if err := os.WriteFile(file, []byte("# Before\n\n"+beginFigures+"old\n"+endFigures+"\nAfter.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	r := anyReport()
	r.quick = true
	for range 2 { // a second time, too
		if err := writePage(file, r); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	page := string(text)
	if !strings.HasPrefix(page, "# Before\n\n"+beginFigures) || !strings.HasSuffix(page, endFigures+"\nAfter.\n") || strings.Contains(page, "old") {
		t.Errorf("the page is\n%s", page)
	}
	for _, want := range []string{"**Each figure is that of a single run", "Redocly 1.2.3.", "| 1 | 1.0 s, 20 MiB | 25 s (25×), 80 MiB |"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %q:\n%s", want, page)
		}
	}
}

func TestPageWithoutMarks(t *testing.T) {
	file := filepath.Join(t.TempDir(), "page.md")
	for _, text := range []string{"", beginFigures, endFigures, endFigures + beginFigures} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := writePage(file, anyReport()); err == nil || !strings.Contains(err.Error(), "no place for figures") {
			t.Errorf("writePage to %q: %v", text, err)
		}
	}
}
