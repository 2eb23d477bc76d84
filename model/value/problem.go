package value

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Pos is a place in a file. Line and Col count from 1, Col in characters; a Line of 0 means no place.
type Pos struct {
	File      string // as it was named, with slashes
	Line, Col int    // from 1
}

// String returns file:line:col, or only the file if there is no line.
func (p Pos) String() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
}

// Problem is one thing that is wrong with the input, where, and what to do about it.
type Problem struct {
	Code    Code // empty for usage and I/O errors
	Pos     Pos
	Warning bool   // the output can still be generated; --strict treats it as an error
	Msg     string // the cause, in the user's words
	Hint    string // the remedy, or what was expected
	Topic   string // of a warning in a third-party file: the subject of all warnings that one line summarises; else empty
	Only    Matter // of a warning: the outputs that it matters to; empty for all
}

// Matter is a kind of output, for warnings that say nothing of others.
type Matter string

// What a warning may be relevant to exclusively.
const (
	OnlyEvents    Matter = "events"    // outputs that have channels
	OnlyServers   Matter = "servers"   // outputs that list the servers of events by name, and bindings
	OnlyDocuments Matter = "documents" // documents that say whose the API is
)

// Error returns the position and the cause, with the code at the end of the first line, and the hint on a separate line.
func (p Problem) Error() string {
	var b strings.Builder
	if p.Pos.File != "" {
		b.WriteString(p.Pos.String() + ": ")
	}
	if p.Warning {
		b.WriteString("warning: ")
	}
	first, rest, hasMore := strings.Cut(p.Msg, "\n")
	b.WriteString(first)
	if p.Code != "" {
		b.WriteString(" [" + string(p.Code) + "]")
	}
	if hasMore {
		b.WriteString("\n" + rest)
	}
	if p.Hint != "" {
		b.WriteString("\n  hint: " + p.Hint)
	}
	return b.String()
}

// AddHint adds to the first line of the hint; below it may be lines of a file.
func (p *Problem) AddHint(text string) {
	first, below, isLong := strings.Cut(p.Hint, "\n")
	p.Hint = strings.TrimPrefix(first+"; "+text, "; ")
	if isLong {
		p.Hint += "\n" + below
	}
}

// OfOthers returns the warning for a third-party file: it is about that topic, and its hint only says what happens to
// the fault, since the user cannot correct it.
func (p Problem) OfOthers(topic string) Problem {
	if _, then, ok := strings.Cut(p.Hint, "until then, "); ok {
		p.Hint = then
	} else if !strings.Contains(p.Hint, "documents") {
		p.Hint = ""
	}
	p.Topic = topic
	return p
}

// Problems are the findings of one run. Those that are not warnings make it an error.
type Problems []Problem

// Add appends an error of a kind at pos; hint may be empty.
func (ps *Problems) Add(code Code, pos Pos, hint, format string, args ...any) {
	*ps = append(*ps, Problem{Code: code, Pos: pos, Msg: fmt.Sprintf(format, args...), Hint: hint})
}

// Warn appends a warning of a kind at pos; hint may be empty.
func (ps *Problems) Warn(code Code, pos Pos, hint, format string, args ...any) {
	*ps = append(*ps, Problem{Code: code, Pos: pos, Warning: true, Msg: fmt.Sprintf(format, args...), Hint: hint})
}

// Only limits the warnings added until the returned function is called to outputs of that kind.
func (ps *Problems) Only(to Matter) func() {
	from := len(*ps)
	return func() {
		for i := range (*ps)[from:] {
			if p := &(*ps)[from+i]; p.Warning {
				p.Only = to
			}
		}
	}
}

// HasErrors reports whether one of the problems is not a warning.
func (ps Problems) HasErrors() bool {
	return slices.ContainsFunc(ps, func(p Problem) bool { return !p.Warning })
}

// Sorted returns the problems by file, line and column, each once. Of what is no JSON value nothing else is said, since every
// other problem of it follows from that; and beside errors nothing is said of a description that is missing, which can wait.
func (ps Problems) Sorted() Problems {
	sorted := slices.Clone(ps)
	slices.SortStableFunc(sorted, func(a, b Problem) int {
		return cmp.Or(
			cmp.Compare(a.Pos.File, b.Pos.File), cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Col, b.Pos.Col),
			cmp.Compare(a.Msg, b.Msg))
	})
	sorted = slices.Compact(sorted)
	if sorted.HasErrors() {
		sorted = slices.DeleteFunc(sorted, func(p Problem) bool { return p.Warning && p.Code == MissingDescription })
	}
	if !slices.ContainsFunc(sorted, Problem.isNoJSON) {
		return sorted
	}
	none := map[Pos]bool{}
	for _, p := range sorted {
		none[p.Pos] = none[p.Pos] || p.isNoJSON()
	}
	return slices.DeleteFunc(sorted, func(p Problem) bool { return none[p.Pos] && !p.isNoJSON() })
}

func (p Problem) isNoJSON() bool { return p.Code == NoJSONValue }

// Gathered returns the problems, of those in one file with the same topic only the first by its place, which says how many
// more there are.
func (ps Problems) Gathered() Problems {
	type group struct{ file, topic string }
	kept := map[group]int{}
	more := map[group]int{}
	var gathered Problems
	for _, p := range ps.Sorted() {
		g := group{p.Pos.File, p.Topic}
		if _, again := kept[g]; again && p.Topic != "" {
			more[g]++
			continue
		}
		kept[g] = len(gathered)
		gathered = append(gathered, p)
	}
	for g, n := range more {
		gathered[kept[g]].Msg += fmt.Sprintf(" (and %d more of %q in this file)", n, g.topic)
	}
	return gathered
}

// Error returns all problems, sorted, one below the other.
func (ps Problems) Error() string {
	var lines []string
	for _, p := range ps.Sorted() {
		lines = append(lines, p.Error())
	}
	return strings.Join(lines, "\n")
}

// Describe returns what a value is, as messages say it: "a list", "the number 5", or a text in quotes.
func Describe(v *Value) string {
	switch {
	case v == nil || v.Kind == KindNull:
		return "null"
	case v.Kind == KindArray && len(v.Items) == 0:
		return "an empty list"
	case v.Kind == KindArray:
		return "a list"
	case v.Kind == KindObject:
		return "an object"
	case v.Kind == KindString:
		return strconv.Quote(Shorten(v.Text))
	}
	return "the " + v.Kind.String() + " " + Shorten(v.Text)
}

// Shorten returns a text as messages show it, truncated if it is long.
func Shorten(text string) string {
	if runes := []rune(text); len(runes) > 60 {
		return string(runes[:60]) + "…"
	}
	return text
}
