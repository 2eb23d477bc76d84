package generator

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/firestoned/firestone/model/value"
	"github.com/firestoned/firestone/reach"
)

// reserved are the names that Windows keeps for devices, whatever their suffix.
var reserved = []string{"con", "prn", "aux", "nul", "conin$", "conout$"}

// pathFault says why a path is none that every system can make inside an output folder, or returns "".
func pathFault(at string) string {
	switch {
	case at == "":
		return "is empty"
	case !utf8.ValidString(at):
		return "is not valid UTF-8"
	case len(at) > 1024:
		return "is longer than 1,024 bytes"
	case strings.HasPrefix(at, "/"):
		return "is an absolute path"
	case strings.ContainsFunc(at, unicode.IsControl):
		return "contains a control character"
	case reach.VersionControl(at) != "":
		return "is in a folder of version control"
	}
	if i := strings.IndexAny(at, `\:*?"<>|`); i >= 0 {
		return fmt.Sprintf("contains %q, which some systems do not allow in file names", at[i:i+1])
	}
	for segment := range strings.SplitSeq(at, "/") {
		switch {
		case segment == "":
			return "has an empty segment"
		case segment == "." || segment == "..":
			return fmt.Sprintf("contains the segment %q", segment)
		case len(segment) > 255:
			return "has a segment longer than 255 bytes"
		case strings.HasSuffix(segment, ".") || strings.Trim(segment, " ") != segment:
			return fmt.Sprintf("contains the segment %q, from which Windows drops outer spaces or a final dot", segment)
		case isReserved(segment):
			return fmt.Sprintf("contains the segment %q, which Windows reserves for a device", segment)
		}
	}
	return ""
}

func isReserved(segment string) bool {
	base, _, _ := strings.Cut(strings.ToLower(segment), ".")
	base = strings.TrimRight(base, " ")
	if slices.Contains(reserved, base) {
		return true
	}
	port, isPort := strings.CutPrefix(base, "com")
	if !isPort {
		port, isPort = strings.CutPrefix(base, "lpt")
	}
	return isPort && utf8.RuneCountInString(port) == 1 && strings.Contains("0123456789¹²³", port)
}

// Folded returns a path as a disk that folds case and normalises names sees it.
func Folded(at string) string {
	return norm.NFC.String(cases.Fold().String(norm.NFC.String(at)))
}

// wrongPaths returns the problems of files that would be the same file, or whose path needs another file to be a
// folder. The tasks are those of the files, and know where each output is listed.
func wrongPaths(files []File, tasks []task) value.Problems {
	const hint = "give one of the two a different path"
	var problems value.Problems
	taken := map[string]File{}
	for i, file := range files {
		at := Folded(file.Path)
		if other, ok := taken[at]; ok {
			remedy := hint
			if other.Template == file.Template {
				remedy = "give each resource its own path, such as path: '{{ .Resource.Name }}" + path.Ext(file.Path) + "'"
			}
			problems.Add(value.OutputClash, tasks[i].view.Output.pos, remedy, "two outputs are the same file: %s of %s, and %s of %s", other.Path, other.Template, file.Path, file.Template)
			continue
		}
		taken[at] = file
	}
	for n, file := range files {
		at := Folded(file.Path)
		for i, r := range at {
			if other, ok := taken[at[:i]]; r == '/' && ok {
				problems.Add(value.OutputClash, tasks[n].view.Output.pos, hint, "the output %s of %s is a file, but %s of %s needs a folder in its place",
					other.Path, other.Template, file.Path, file.Template)
			}
		}
	}
	return problems
}
