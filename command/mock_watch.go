package command

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"github.com/fsnotify/fsnotify"

	"github.com/firestoned/firestone/mock"
	"github.com/firestoned/firestone/mock/serve"
)

// follow watches what the definitions and documents are made of. It returns what serves them anew whenever that changes,
// until its context is done. Definitions that are wrong are reported, and those before them are served on.
func (m *mocking) follow(c *console, first *servedAPI, l *serve.Listener, s *mock.Serving) (func(context.Context), error) {
	if slices.Contains(m.resources(), stdin) {
		return nil, misusef("name files or folders", "--watch cannot watch standard input")
	}
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, refused(err)
	}
	w := &watch{watcher: watcher, folders: map[string]fs.FileInfo{}, inputs: first.run.inputFiles()}
	if _, err := w.add(first.run.folders()); err != nil {
		watcher.Close()
		return nil, refused(err)
	}
	return func(ctx context.Context) {
		defer watcher.Close()
		for isNew := first.hasChanged(); ; {
			if !isNew {
				if err := w.wait(ctx); err != nil {
					fmt.Fprintf(c.errw, "firestone: the definitions are not watched any more: %v\n", err)
					return
				}
			}
			if ctx.Err() != nil {
				return
			}
			next, err := m.loadServed(c)
			w.inputs = next.run.inputFiles()
			var lost error
			isNew, lost = w.add(next.run.folders()) // in those something may have changed before they were watched
			if lost != nil {
				fmt.Fprintf(c.errw, "firestone: not all of the definitions is watched: %v\n", lost)
			}
			if isNew {
				continue
			}
			if err == nil {
				err = s.Succeed(next.API, next.prefix, next.documents(), func(server *mock.Server) { next.announce(server, l) })
			}
			if err != nil {
				report(err, c.errw)
				continue
			}
			fmt.Fprintln(c.errw, "serving the definitions as they are now")
		}
	}, nil
}

// hasChanged reports whether a file that the API was read from has been written since.
func (s *servedAPI) hasChanged() bool {
	for path := range s.run.inputFiles() {
		if info, err := os.Stat(path); err == nil && info.ModTime().After(s.began) {
			return true
		}
	}
	return false
}
