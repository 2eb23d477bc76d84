package output

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/firestoned/firestone/generator"
)

// madeFrom returns the item with all its files made from templates of a layer that have their names.
func madeFrom(layer string, item Item) Item {
	for i := range item.Files {
		item.Files[i].Source = layer + "/" + item.Files[i].Path
	}
	return item
}

// owners returns the items that the record of a folder lists each file of: a: x y; b: x.
func owners(t *testing.T, dir string) string {
	t.Helper()
	file := filepath.Join(dir, RecordName)
	text, err := os.ReadFile(file)
	if os.IsNotExist(err) {
		return ""
	}
	if err != nil {
		t.Fatal(err)
	}
	r, err := readRecord(file, text)
	if err != nil {
		t.Fatal(err)
	}
	byPath := map[string]string{}
	for _, name := range r.names() {
		for path := range r[name].files {
			byPath[path] += " " + name
		}
	}
	var all []string
	for path, names := range byPath {
		all = append(all, path+":"+names)
	}
	slices.Sort(all)
	return strings.Join(all, "; ")
}

// TestOneFileOfTwoItemsOfARun: both items have it, it is planned once, and it goes with the last of them.
func TestOneFileOfTwoItemsOfARun(t *testing.T) {
	dir := t.TempDir()
	x, y := madeFrom("base", itemOf("x", "a=1", "x=1")), madeFrom("base", itemOf("y", "a=1", "y=1"))
	if got := write(t, dir, x, y); got != "create a (it was never generated); create x (it was never generated); create y (it was never generated)" {
		t.Errorf("wrote %s", got)
	}
	if got := owners(t, dir); got != "a: x y; x: x; y: y" {
		t.Errorf("recorded %s", got)
	}
	isStill(t, dir, []Item{x, y})

	put(t, dir, "a=mine")
	plan, err := Compare(dir, []Item{x, y}, true)
	if err != nil || summary(plan) != "update a (it was edited by hand) edited" {
		t.Errorf("of an edited file: %s, %v", summary(plan), err)
	}
	if _, err := Write(dir, []Item{x, y}, true, false); strings.Count(text(err), "was edited") != 1 || contents(t, dir) != "a=mine;x=1;y=1;" {
		t.Errorf("of an edited file: %v", err)
	}
	if _, err := Write(dir, []Item{x, y}, true, true); err != nil || contents(t, dir) != "a=1;x=1;y=1;" {
		t.Errorf("with force: %v, %s", err, contents(t, dir))
	}
	if got := write(t, dir, x); got != "remove y (it is no longer generated)" {
		t.Errorf("without the second item: %s", got)
	}
	if got := write(t, dir); got != "remove a (it is no longer generated); remove x (it is no longer generated)" {
		t.Errorf("without either: %s", got)
	}
}

// TestOneFileOfTwoRuns of one item each, in one folder.
func TestOneFileOfTwoRuns(t *testing.T) {
	tests := []struct {
		name           string
		runs           []Item // after a run of x and one of y, which both make a=1
		owners, exists string
	}{
		{name: "as it is", owners: "a: x y; x: x; y: y", exists: "a=1;x=1;y=1;"},
		{name: "one makes it no more", runs: []Item{itemOf("x", "x=1")}, owners: "a: y; x: x; y: y", exists: "a=1;x=1;y=1;"},
		{name: "neither makes it any more", runs: []Item{itemOf("x", "x=1"), itemOf("y", "y=1")}, owners: "x: x; y: y", exists: "x=1;y=1;"},
		{name: "one makes another", runs: []Item{itemOf("x", "a=2", "x=1")}, owners: "a: x; x: x; y: y", exists: "a=2;x=1;y=1;"},
		{name: "first one makes another, then both", runs: []Item{itemOf("x", "a=2", "x=1"), itemOf("y", "a=2", "y=1")}, owners: "a: x y; x: x; y: y", exists: "a=2;x=1;y=1;"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			for _, item := range append([]Item{itemOf("x", "a=1", "x=1"), itemOf("y", "a=1", "y=1")}, test.runs...) {
				if _, err := Write(dir, []Item{item}, false, false); err != nil {
					t.Fatal(err)
				}
			}
			if owners(t, dir) != test.owners || contents(t, dir) != test.exists {
				t.Errorf("%s\n%s", owners(t, dir), contents(t, dir))
			}
		})
	}
}

// TestASharedFileWhileItChanges has both digests in the record of both items, so that a killed run leaves none edited.
func TestASharedFileWhileItChanges(t *testing.T) {
	before := record{}.after(withEntries([]Item{madeFrom("base", itemOf("x", "a=1")), madeFrom("base", itemOf("y", "a=1"))}), true)
	next := before.after(withEntries([]Item{madeFrom("base", itemOf("x", "a=2")), madeFrom("base", itemOf("y", "a=2"))}), true)
	want := []string{Digest([]byte("1")), Digest([]byte("2"))}
	both := before.transitional(next)
	for _, name := range []string{"x", "y"} {
		if got := both[name].files["a"]; !slices.Equal(got, want) {
			t.Errorf("%s has %v", name, got)
		}
	}
}

// TestOutputsThatAreNotMadeAlike are one file of two items, and say what makes them differ.
func TestOutputsThatAreNotMadeAlike(t *testing.T) {
	parameters := func(item Item, of ...Input) Item {
		item.Inputs.Parameters = of
		return item
	}
	once := madeFrom("base", itemOf("y", "a:=1"))
	tests := []struct {
		first, second Item
		want          string
	}{
		{
			madeFrom("base", itemOf("x", "a=1")), madeFrom("other", itemOf("y", "a=1")),
			"a of x, and a of y; they are made from base/a and other/a [FS5005]\n  hint: give one of the two a different path",
		},
		{
			madeFrom("base", itemOf("x", "a=1")), madeFrom("base", itemOf("y", "a=2")),
			"a of x, and a of y; both are made from base/a, but differ [FS5005]\n  hint: give one of the two a different path",
		},
		{
			parameters(madeFrom("base", itemOf("x", "a=1")), Input{"name", "1"}, Input{"size", "1"}, Input{"own", "1"}),
			parameters(madeFrom("base", itemOf("y", "a=2")), Input{"name", "2"}, Input{"size", "1"}, Input{"include", "1"}),
			"a of x, and a of y; both are made from base/a, with another value of include, name [FS5005]\n  hint: give both packs the same value of include, name, or give one of the two a different path",
		},
		{
			madeFrom("base", itemOf("x", "a=1")), once,
			"a of x, and a of y; one of them is written only once [FS5005]\n  hint: give one of the two a different path",
		},
		{
			madeFrom("base", itemOf("x", "a=1", "a=1")), itemOf("y", "b=1"),
			"a of x, and a of x [FS5005]\n  hint: give one of the two a different path",
		},
	}
	for _, test := range tests {
		dir := t.TempDir()
		_, err := Write(dir, []Item{test.first, test.second}, true, true)
		if got, want := text(err), filepath.Join(dir, "a")+": two outputs are the same file: "+test.want; got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	if once.Files[0].Write != generator.WriteOnce {
		t.Error("the file is not written once")
	}
}
