package command

import (
	"errors"
	"os"
	"testing"

	"github.com/fsnotify/fsnotify"
)

// An overflow of the system's event queue counts as a change; any other error ends the watch.
func TestWaitTakesAnOverflowForAChange(t *testing.T) {
	broken := errors.New("broken")
	for _, c := range []struct{ err, want error }{{fsnotify.ErrEventOverflow, nil}, {broken, broken}} {
		watcher := &fsnotify.Watcher{Errors: make(chan error, 1), Events: make(chan fsnotify.Event)}
		watcher.Errors <- c.err
		w := &watch{watcher: watcher}
		if err := w.wait(t.Context()); !errors.Is(err, c.want) {
			t.Errorf("after %v: %v, want %v", c.err, err, c.want)
		}
	}
}

// A report that is redirected into a watched folder causes no run, since that would write another report.
func TestWatchIgnoresItsReports(t *testing.T) {
	t.Chdir(t.TempDir())
	reports, err := os.Create("report.json")
	if err != nil {
		t.Fatal(err)
	}
	defer reports.Close()
	if err := os.WriteFile("book.json", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	w := &watch{reports: infoOf(reports)}
	for name, want := range map[string]bool{"report.json": false, "book.json": true} {
		if got := w.concerns(fsnotify.Event{Name: name, Op: fsnotify.Write}); got != want {
			t.Errorf("%s concerns it: %v", name, got)
		}
	}
}
