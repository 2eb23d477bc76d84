package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"

	"github.com/firestoned/firestone/model"
)

// An editor that saves a file makes several events: it writes a second file and renames it, say. A run starts when
// there was none for quietTime, and at the latest when maxDelay has passed since the first.
const (
	quietTime = 10 * time.Millisecond
	maxDelay  = 50 * time.Millisecond
)

// runOnChange runs, and runs again whenever something changes that a run reads, until the process is told to stop.
// What is wrong with the input is printed and ends nothing.
func runOnChange(f *flags, c *console) error {
	if slices.Contains(f.resources(), stdin) {
		return usageErrorf("name files or folders", "--watch cannot watch standard input")
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return ioError(err)
	}
	defer watcher.Close()
	w := &watch{watcher: watcher, folders: map[string]fs.FileInfo{}, reports: infoOf(c.reportsOn)}
	for runs := 0; ctx.Err() == nil; {
		r := &run{flags: f, console: c, known: w.warnings, isWatched: runs > 0 && !w.failed}
		var planned *plan
		err := r.generate(func(p *plan) error { planned = p; return nil })
		isNew, refusal := w.add(r.folders())
		switch {
		case refusal != nil:
			return ioError(refusal)
		case isNew:
			continue // something may have changed before it was watched
		}
		w.outputs = nil
		if err == nil {
			w.warnings, w.outputs = r.warnings, planned.files()
			err = r.apply(planned)
		}
		if isUsageError(err) && runs == 0 {
			return err
		}
		w.failed, w.inputs = err != nil, r.inputFiles()
		c.report(err)
		if runs++; runs == 1 {
			fmt.Fprintln(c.errw, "watching for changes; press Ctrl-C to stop")
		}
		debug.FreeOSMemory() // main does not collect garbage, which suits a short process
		if err := w.wait(ctx); err != nil {
			return ioError(err)
		}
	}
	return nil
}

// isUsageError reports whether an error is a usage error or an I/O error.
func isUsageError(err error) bool {
	var m *usageError
	return errors.As(err, &m)
}

// watch detects changes in folders. Replacing a file, as editors do, changes its folder.
type watch struct {
	watcher  *fsnotify.Watcher
	folders  map[string]fs.FileInfo // that are watched
	outputs  map[string]bool        // the files that the last run made
	inputs   map[string]bool        // those that it asked for
	reports  fs.FileInfo            // the file that reports are redirected to, or nil
	failed   bool                   // the last run did
	warnings model.Problems         // of the last run whose definitions were right
}

// add watches those of the folders that exist, and reports whether one of them was not watched before or has been
// replaced by another of the same name.
func (w *watch) add(folders []string) (bool, error) {
	isNew := false
	for _, folder := range folders {
		for _, at := range withParents(folder) {
			info, err := os.Stat(at)
			if err != nil || !info.IsDir() {
				continue
			}
			if known := w.folders[at]; known != nil {
				if os.SameFile(known, info) {
					continue
				}
				_ = w.watcher.Remove(at) // errs where the system has done so itself
			}
			if err := w.watcher.Add(at); err != nil {
				return false, fmt.Errorf("watch %s: %w", at, err)
			}
			w.folders[at], isNew = info, true
		}
	}
	return isNew, nil
}

// wait returns when something has changed and the changes have settled, or when ctx is done.
func (w *watch) wait(ctx context.Context) error {
	var quiet, late <-chan time.Time
	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-w.watcher.Errors:
			if !errors.Is(err, fsnotify.ErrEventOverflow) {
				return err
			}
			quiet = time.After(quietTime) // the event queue overflowed, as when a branch is checked out
		case <-quiet:
			return nil
		case <-late:
			return nil
		case event := <-w.watcher.Events:
			if !w.concerns(event) {
				continue
			}
			quiet = time.After(quietTime)
			if late == nil {
				late = time.After(maxDelay)
			}
		}
	}
}

// concerns reports whether an event may change what a run makes: none of those that a run causes does.
func (w *watch) concerns(event fsnotify.Event) bool {
	name := filepath.Clean(event.Name)
	if event.Has(fsnotify.Remove) || event.Has(fsnotify.Rename) {
		delete(w.folders, name) // the system no longer watches it, or would under its new name
	}
	isOwn := w.outputs[name] || strings.HasPrefix(filepath.Base(name), ".firestone")
	return event.Op != fsnotify.Chmod && !isOwn && !w.isForeign(name)
}

// infoOf returns what a writer is, if it is a file, or nil.
func infoOf(to io.Writer) fs.FileInfo {
	file, ok := to.(*os.File)
	if !ok {
		return nil
	}
	info, err := file.Stat()
	if err != nil {
		return nil
	}
	return info
}

// isForeign reports whether a path is a file that no run reads, such as the one that this output is redirected to, whatever
// that is called.
func (w *watch) isForeign(path string) bool {
	info, err := os.Stat(path)
	if err == nil && w.reports != nil && os.SameFile(info, w.reports) {
		return true
	}
	if w.inputs[path] || slices.Contains([]string{".yaml", ".yml", ".json", ".tmpl"}, filepath.Ext(path)) {
		return false
	}
	return err == nil && info.Mode().IsRegular()
}

// inputFiles returns the files that the run has asked for, whatever they are called.
func (r *run) inputFiles() map[string]bool {
	paths := map[string]bool{filepath.Clean(r.config): true}
	if r.reader != nil {
		for _, path := range r.reader.requestedPaths() {
			paths[filepath.Clean(filepath.FromSlash(path))] = true
		}
	}
	return paths
}
