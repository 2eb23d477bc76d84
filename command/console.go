package command

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"sync"

	"github.com/firestoned/firestone/model"
)

// console is where a verb reads and writes. Data goes to out; progress messages go to errw, and so do problems, unless
// a machine-readable format was requested.
type console struct {
	in     io.Reader
	out    io.Writer
	errw   io.Writer // each Write is a complete text, without control sequences
	styled io.Writer // the same stream for styled output; nil where errw is not a terminal
	format string    // of reports

	reportsOn io.Writer // where a report goes in a format for programs
	mutex     sync.Mutex
	held      model.Problems // for such a report
}

// newConsole returns the console of a process.
func newConsole(in io.Reader, out, errw io.Writer) *console {
	locked := &lockedWriter{to: errw}
	c := &console{in: in, out: out, errw: visibleWriter{locked}, format: formatText, reportsOn: errw}
	switch {
	case hasColour(errw):
		c.styled = locked
	case isTerminal(errw):
		c.styled = plainWriter{locked}
	}
	return c
}

// plainWriter removes styles from what is written. Each Write is a complete text.
type plainWriter struct{ to io.Writer }

var styles = regexp.MustCompile("\x1b\\[[0-9;]*m")

// Write implements io.Writer.
func (w plainWriter) Write(text []byte) (int, error) {
	if _, err := w.to.Write(styles.ReplaceAll(text, nil)); err != nil {
		return 0, err
	}
	return len(text), nil
}

// lockedWriter makes a writer safe for several goroutines. Each Write is a complete text.
type lockedWriter struct {
	mutex sync.Mutex
	to    io.Writer
}

// Write implements io.Writer.
func (w *lockedWriter) Write(text []byte) (int, error) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return w.to.Write(text)
}

// print prints data. A closed pipe is not an error.
func (c *console) print(text string) error {
	_, err := io.WriteString(c.out, text)
	return writeError(err)
}

// show prints what people read.
func (c *console) show(text string) error { return c.print(visible(text)) }

// note prints a line of progress.
func (c *console) note(format string, args ...any) { fmt.Fprintf(c.errw, format+"\n", args...) }

// tell prints problems that do not stop the run. In a machine-readable format they are held back for the report.
func (c *console) tell(problems model.Problems) {
	if c.format == formatText {
		c.printProblems(problems)
		return
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.held = append(c.held, problems...)
}

// release returns the problems held back for a report, and clears them.
func (c *console) release() model.Problems {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	held := c.held
	c.held = nil
	return held
}

// flush reports what waits for a report, where a run goes on.
func (c *console) flush() {
	if held := c.release(); len(held) > 0 {
		c.report(held)
	}
}

// tellAgain says warnings, and of those that are known already only how many there are.
func (c *console) tellAgain(warnings, known model.Problems) {
	if c.format != formatText {
		c.tell(warnings)
		return
	}
	var fresh, old model.Problems
	for _, p := range warnings.Sorted() {
		if slices.Contains(known, p) {
			old = append(old, p)
		} else {
			fresh = append(fresh, p)
		}
	}
	c.printProblems(fresh)
	if len(old) > 0 {
		c.note("%s as before", count(old))
	}
}

// printProblems prints each problem and, if there are any, a line with their number.
func (c *console) printProblems(problems model.Problems) {
	if len(problems) == 0 {
		return
	}
	sorted := problems.Sorted()
	if c.styled != nil {
		fmt.Fprint(c.styled, styledProblems(sorted))
		return
	}
	for _, p := range sorted {
		p.Pos.File = visibleLine(p.Pos.File)
		fmt.Fprintln(c.errw, p.Error())
	}
	fmt.Fprintln(c.errw, count(sorted))
}

// printCause prints a cause that is in no file of the input.
func (c *console) printCause(p model.Problem) {
	if c.styled != nil {
		fmt.Fprint(c.styled, styledCause(p))
		return
	}
	c.note("firestone: %v", p.Error())
}
