package command

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"syscall"

	"github.com/firestoned/firestone/model"
)

// The exit statuses.
const (
	exitOK      = 0
	exitInvalid = 1 // the input
	exitUsage   = 2 // a usage error or an I/O error
)

// usageError is an invalid command line or an I/O error: the causes, with hints.
type usageError struct{ causes model.Problems }

// Error returns each cause, and its hint on a line of its own.
func (m *usageError) Error() string { return m.causes.Error() }

// usageErrorf returns a usage error; hint may be empty.
func usageErrorf(hint, format string, args ...any) error {
	m := &usageError{}
	m.causes.Add("", model.Pos{}, hint, format, args...)
	return m
}

// differsError is the error for files that differ from what would be generated: the input is wrong.
type differsError struct {
	summary model.Problem
	how     *differences // nil where nothing was compared
}

// Error returns how many files differ, and what makes them right.
func (d *differsError) Error() string { return d.summary.Error() }

// ioError returns the usage error for an I/O error, or nil for no error.
func ioError(err error) error {
	if err == nil {
		return nil
	}
	hint := ""
	switch {
	case errors.Is(err, fs.ErrPermission):
		hint = "this user may not do that there: change the permissions, or name another path"
	case errors.Is(err, syscall.EROFS):
		hint = "nothing can be written there: name another path"
	}
	return usageErrorf(hint, "%v", err)
}

// readError returns the problem of a file that must not be read, at a position; a usage error unchanged, and any other
// error as an I/O error.
func readError(err error, pos model.Pos) error {
	var problem model.Problem
	if errors.As(err, new(*usageError)) {
		return err
	}
	if !errors.As(err, &problem) {
		return ioError(err)
	}
	problem.Pos = pos
	return model.Problems{problem}
}

// asProblems reports whether err is problems of the input, and adds them to problems.
func asProblems(err error, problems *model.Problems) bool {
	var found model.Problems
	if !errors.As(err, &found) {
		return false
	}
	*problems = append(*problems, found...)
	return true
}

// writeError returns the usage error for a failed write to standard output; nil if the reader has closed it.
func writeError(err error) error {
	if errors.Is(err, syscall.EPIPE) {
		return nil
	}
	return ioError(err)
}

// problemsOf returns the problems that an error holds; any other error is one problem.
func problemsOf(err error) model.Problems {
	var problems model.Problems
	if !errors.As(err, &problems) {
		problems.Add("", model.Pos{}, "", "%v", err)
	}
	return problems
}

// statusOf returns the exit status for an error. An error that is neither a usage error nor about the input comes from
// the command-line parser.
func statusOf(err error) int {
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, new(*differsError)), errors.As(err, &model.Problems{}):
		return exitInvalid
	}
	return exitUsage
}

// count returns the number of errors and warnings as text: 3 errors, 1 warning.
func count(problems model.Problems) string {
	warnings := 0
	for _, p := range problems {
		if p.Warning {
			warnings++
		}
	}
	var parts []string
	for _, part := range []struct {
		number int
		noun   string
	}{{len(problems) - warnings, "error"}, {warnings, "warning"}} {
		switch {
		case part.number == 1:
			parts = append(parts, "1 "+part.noun)
		case part.number > 1:
			parts = append(parts, fmt.Sprintf("%d %ss", part.number, part.noun))
		}
	}
	return strings.Join(parts, ", ")
}

// asErrors returns the problems with every warning turned into an error.
func asErrors(problems model.Problems) model.Problems {
	strict := slices.Clone(problems)
	for i := range strict {
		strict[i].Warning = false
	}
	return strict
}
