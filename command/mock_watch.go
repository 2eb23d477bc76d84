package command

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fsnotify/fsnotify"

	"github.com/firestoned/firestone/mock"
	"github.com/firestoned/firestone/mock/serve"
)

// follow watches the sources of the definitions and documents. The function it returns reloads them whenever they
// change, until its context is done. Invalid definitions are reported, and the previous ones stay in service.
func (m *mockRun) follow(c *console, first *servedAPI, l *serve.Listener, s *mock.Serving) (func(context.Context), error) {
	if slices.Contains(m.resources(), stdin) {
		return nil, usageErrorf("name files or folders", "--watch cannot watch standard input")
	}
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, ioError(err)
	}
	w := &watch{watcher: watcher, folders: map[string]fs.FileInfo{}, inputs: first.run.inputFiles()}
	if _, err := w.add(first.run.folders()); err != nil {
		watcher.Close()
		return nil, ioError(err)
	}
	return func(ctx context.Context) {
		defer watcher.Close()
		served, told := first.fingerprint(), first.warnings.Error()
		for isNew := true; ; { // something may have changed before it was watched
			if !isNew {
				if err := w.wait(ctx); err != nil {
					c.report(usageErrorf("", "the definitions are not watched any more: %v", err))
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
				c.report(usageErrorf("", "not all of the definitions is watched: %v", lost))
			}
			now := next.fingerprint()
			if isNew || now == served { // what has changed is something else
				continue
			}
			served = now
			if err == nil {
				err = s.Succeed(next.API, next.prefix, next.documents(), func(server *mock.Server) { next.announce(server, l) })
			}
			if err != nil {
				c.report(err)
				c.note("still serving the definitions as they were")
				continue
			}
			if warnings := next.warnings.Error(); warnings != told {
				c.tell(next.warnings)
				c.flush()
				told = warnings
			}
			fmt.Fprintln(c.errw, "serving the changed definitions")
			m.tell(ctx, next, l)
		}
	}, nil
}

// fingerprint returns a text that changes whenever a source file of the API or of one of its documents does: it covers
// the content read from definitions, and the modification times of templates, which are read later.
func (s *servedAPI) fingerprint() string {
	r := s.run
	var b strings.Builder
	if r.project != nil {
		fmt.Fprintln(&b, r.project.digest)
	}
	if r.reader != nil {
		for _, path := range r.reader.requestedPaths() {
			fmt.Fprintln(&b, path, r.reader.digests[path])
		}
	}
	paths := map[string]bool{}
	for _, folder := range r.project.layers(r.layers) {
		for _, below := range foldersBelow(folder) {
			paths[below] = true
		}
	}
	for _, o := range r.outputs {
		if at := o.asked.Pack.Value; strings.ContainsRune(at, '/') {
			for _, below := range foldersBelow(at) {
				paths[below] = true
			}
		}
	}
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		entries, _ := os.ReadDir(path) // opening the pack reports what cannot be read
		for _, entry := range entries {
			writeStamp(&b, filepath.Join(path, entry.Name()))
		}
	}
	return b.String()
}

// writeStamp writes what identifies the state of a file: it differs after a change.
func writeStamp(b *strings.Builder, path string) {
	if info, err := os.Stat(path); err == nil && !info.IsDir() {
		fmt.Fprintf(b, "%s %d %d\n", path, info.Size(), info.ModTime().UnixNano())
	}
}
