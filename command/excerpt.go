package command

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/reach"
	"github.com/firestoned/firestone/templates"
)

// The styles of a terminal (ECMA-48, SGR).
const (
	bold   = "1"
	red    = "31;1"
	yellow = "33;1"
	blue   = "34;1"
	cyan   = "36"
)

// styled returns a text in a style, with control sequences in the text itself escaped.
func styled(style, text string) string { return "\x1b[" + style + "m" + visible(text) + "\x1b[0m" }

// styledProblems returns sorted problems as a terminal shows them: each with its line of the file and a mark under the place,
// and how many there are.
func styledProblems(sorted model.Problems) string {
	var b strings.Builder
	files := map[string][]string{}
	for _, p := range sorted {
		if p.Pos.File != "" {
			p.Pos.File = visibleLine(p.Pos.File)
			b.WriteString(styled(bold, p.Pos.String()+":") + " ")
		}
		writeMessage(&b, p, excerptOf(p, files))
	}
	b.WriteString(count(sorted) + "\n")
	if code := firstCode(sorted); code != "" {
		b.WriteString("run firestone explain " + code + " for details\n")
	}
	return b.String()
}

// styledCause returns a cause that is in no file of the input.
func styledCause(p model.Problem) string {
	var b strings.Builder
	b.WriteString(styled(bold, "firestone:") + " ")
	writeMessage(&b, p, "")
	return b.String()
}

func writeMessage(b *strings.Builder, p model.Problem, excerpt string) {
	if p.Warning {
		b.WriteString(styled(yellow, "warning:") + " ")
	} else {
		b.WriteString(styled(red, "error:") + " ")
	}
	first, rest, hasMore := strings.Cut(p.Msg, "\n")
	b.WriteString(styled(bold, first))
	if p.Code != "" {
		b.WriteString(" [" + string(p.Code) + "]")
	}
	if hasMore {
		b.WriteString("\n" + styled(bold, rest))
	}
	b.WriteString("\n" + excerpt)
	if p.Hint != "" {
		b.WriteString("  " + styled(cyan, "hint:") + " " + visible(p.Hint) + "\n")
	}
}

// firstCode returns the code of the first error that has one, or else of the first warning.
func firstCode(problems model.Problems) string {
	first := ""
	for _, p := range problems {
		switch {
		case p.Code != "" && !p.Warning:
			return string(p.Code)
		case first == "":
			first = string(p.Code)
		}
	}
	return first
}

// excerptOf returns the line of a problem with a mark under its place, or nothing where the line is not to be had. files
// holds the lines of files that were read already.
func excerptOf(p model.Problem, files map[string][]string) string {
	if p.Pos.Line == 0 {
		return ""
	}
	lines, isRead := files[p.Pos.File]
	if !isRead {
		lines = linesOf(p.Pos.File)
		files[p.Pos.File] = lines
	}
	if p.Pos.Line > len(lines) {
		return ""
	}
	text, marked := window([]rune(strings.TrimRight(lines[p.Pos.Line-1], "\r\n")), p.Pos.Col-1)
	if text == "" {
		return ""
	}
	number := strconv.Itoa(p.Pos.Line)
	style := red
	if p.Warning {
		style = yellow
	}
	margin := strings.Repeat(" ", len(number))
	return fmt.Sprintf("  %s %s\n  %s %s\n", styled(blue, number+" |"), visibleLine(text), styled(blue, margin+" |"), marked(style))
}

// linesOf returns the lines of a file that a problem names: one on disk, or one that comes with firestone.
func linesOf(file string) []string {
	var content []byte
	var err error
	if embedded, isEmbedded := strings.CutPrefix(file, "embedded/"); isEmbedded {
		content, err = templates.FS.ReadFile(embedded)
	} else {
		content, err = reach.Read(filepath.FromSlash(file), reach.MaxInput)
	}
	if err != nil {
		return nil
	}
	return strings.Split(string(content), "\n")
}

// maxExcerptWidth is how much of a line is shown.
const maxExcerptWidth = 100

// window returns the part of a line that is around a place, tabs as blanks, and what marks the place below it.
func window(line []rune, at int) (text string, marked func(style string) string) {
	at = min(max(at, 0), len(line))
	end := at + tokenLength(line[at:])
	from := 0
	if len(line) > maxExcerptWidth {
		from = max(0, min(at-maxExcerptWidth/3, len(line)-maxExcerptWidth))
	}
	shown := line[from:min(len(line), from+maxExcerptWidth)]
	before, under := columns(line[from:at]), columns(line[at:min(end, from+len(shown))])
	text = strings.ReplaceAll(string(shown), "\t", " ")
	if from > 0 {
		text, before = "..."+text, before+3
	}
	if from+len(shown) < len(line) {
		text += "..."
	}
	if strings.TrimSpace(text) == "" {
		text = ""
	}
	return text, func(style string) string {
		return strings.Repeat(" ", before) + styled(style, strings.Repeat("^", max(1, under)))
	}
}

// tokenLength returns how many characters the token has that a text begins with: all in quotes, or up to what separates
// tokens in the formats that are read.
func tokenLength(text []rune) int {
	if len(text) == 0 {
		return 0
	}
	if quote := text[0]; quote == '"' || quote == '\'' {
		for i := 1; i < len(text); i++ {
			if text[i] == quote {
				return i + 1
			}
		}
	}
	for i, r := range text {
		if unicode.IsSpace(r) || strings.ContainsRune(":,]})", r) || i > 0 && strings.ContainsRune("[{(", r) {
			return max(1, i)
		}
	}
	return len(text)
}

// columns returns how many columns of a terminal a text takes, once what it would obey is visible.
func columns(text []rune) int {
	n := 0
	for _, r := range text {
		switch {
		case r == '\t':
			n++
		case isHidden(r):
			n += len(visibleLine(string(r)))
		case unicode.Is(unicode.Mn, r):
		case width.LookupRune(r).Kind() == width.EastAsianWide, width.LookupRune(r).Kind() == width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}
