package command

import (
	"errors"
	"testing"

	"github.com/fsnotify/fsnotify"
)

// So many changes at once that the system counts them no more are changes, and any other failure ends the watch.
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
