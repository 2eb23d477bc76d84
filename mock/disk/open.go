package disk

import (
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"github.com/firestoned/firestone/model/value"
)

// format is the version of the layout of the file. Files of any other version are refused.
const format = "1"

// lockTimeout is how long Open waits for another process to release the file.
const lockTimeout = 700 * time.Millisecond

var (
	metaBucket = []byte("meta")
	formatKey  = []byte("format")
	rowsBucket = []byte("rows")
)

// Open opens the file at path and creates it, with permissions 0600, if it does not exist. It returns a value.Problem, and
// leaves the file unchanged, if another process is using it, or if it was not written by this package, has another format or
// is damaged.
func Open(path string) (*File, error) {
	f := &File{path: path, failed: make(chan struct{}), stopped: make(chan struct{})}
	f.appended, f.settled = sync.NewCond(&f.mu), sync.NewCond(&f.mu)
	f.release = sync.OnceValue(f.end)
	if err := guard(f.open); err != nil {
		return nil, errors.Join(f.problem(err), f.closeAfter(err))
	}
	go f.run()
	return f, nil
}

func (f *File) open() error {
	options := bbolt.Options{Timeout: lockTimeout, OpenFile: func(path string, flag int, mode os.FileMode) (*os.File, error) {
		file, err := os.OpenFile(path, flag, mode)
		f.file = file
		return file, err
	}}
	db, err := bbolt.Open(f.path, 0o600, &options)
	if err != nil {
		f.file = nil // bbolt has closed it
		return err
	}
	f.db = db
	isNew := false
	err = db.View(func(tx *bbolt.Tx) error {
		if key, _ := tx.Cursor().First(); key == nil {
			isNew = true
			return nil
		}
		return f.verify(tx)
	})
	if err != nil || !isNew {
		return err
	}
	return db.Update(begin)
}

// begin writes what every file starts with.
func begin(tx *bbolt.Tx) error {
	meta, err := tx.CreateBucket(metaBucket)
	if err != nil {
		return err
	}
	if _, err := tx.CreateBucket(rowsBucket); err != nil {
		return err
	}
	return meta.Put(formatKey, []byte(format))
}

// verify returns what is wrong with an existing file. Writing to a damaged file would damage it further, so all of it is read.
func (f *File) verify(tx *bbolt.Tx) error {
	info, err := f.file.Stat()
	if err != nil {
		return err
	}
	if info.Size() < tx.Size() {
		return &damage{fmt.Sprintf("it has %d bytes of %d", info.Size(), tx.Size())}
	}
	meta := tx.Bucket(metaBucket)
	if meta == nil || tx.Bucket(rowsBucket) == nil {
		return bolterrors.ErrInvalid
	}
	if found := meta.Get(formatKey); string(found) != format {
		return &otherFormat{string(found)}
	}
	if err := f.walk(tx, func(Row) error { return nil }); err != nil {
		return err
	}
	return check(tx)
}

// check returns the first inconsistency that bbolt finds. bbolt trusts the length that a page claims, and loops over it, so
// the lengths have to add up first.
func check(tx *bbolt.Tx) error {
	id, pages := 0, int(tx.Size())/tx.DB().Info().PageSize
	for id < pages {
		page, err := tx.Page(id)
		if err != nil {
			return err
		}
		id++
		if page.Type != "free" {
			id += page.OverflowCount
		}
	}
	if id != pages {
		return &damage{fmt.Sprintf("it has %d pages of %d", pages, id)}
	}
	var found error
	for err := range tx.Check() { // to the end, or the goroutine that sends them leaks
		if found == nil {
			found = &damage{err}
		}
	}
	return found
}

// damage is a file that bbolt cannot have written.
type damage struct{ cause any }

func (d *damage) Error() string { return fmt.Sprintf("the file is damaged: %.200v", d.cause) }

type otherFormat struct{ format string }

func (o *otherFormat) Error() string {
	return fmt.Sprintf("the file has the format %q, expected %q", o.format, format)
}

// guard calls do and returns its panics and memory faults as damage: bbolt reads the file through a memory map and trusts it.
func guard(do func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if cause := recover(); cause != nil {
			err = &damage{cause}
		}
	}()
	return do()
}

// closeAfter closes the file after err. A panic may have left bbolt's own locks held, so after damage only the descriptor is
// closed; the memory map, and with it the lock on the file, stays until the process ends.
func (f *File) closeAfter(err error) error {
	switch {
	case f.file == nil:
		return nil
	case f.db == nil || errors.As(err, new(*damage)):
		return f.file.Close()
	}
	return f.db.Close()
}

// problem returns err in the form that users see.
func (f *File) problem(err error) error {
	p := value.Problem{Code: value.InvalidStore, Pos: value.Pos{File: f.path}}
	const other = "choose another file: one that does not exist is created"
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		p.Msg, p.Hint = "another process is using the file", "stop that process, or choose another file"
	case errors.Is(err, bolterrors.ErrInvalid):
		p.Msg, p.Hint = "the file was not written by firestone mock", other
	case errors.As(err, new(*otherFormat)), errors.Is(err, bolterrors.ErrVersionMismatch):
		p.Msg, p.Hint = err.Error(), "use the version of firestone that wrote it, or "+other
	case errors.As(err, new(*damage)), errors.Is(err, bolterrors.ErrChecksum):
		p.Msg, p.Hint = err.Error(), "restore a copy of it, or "+other
	case errors.As(err, new(*os.PathError)), errors.As(err, new(value.Problem)):
		return err
	default:
		return fmt.Errorf("open %s: %w", f.path, err)
	}
	return p
}
