package generator

import (
	"fmt"
	"regexp"
	"strings"
)

// Origin is what the first line of an ejected file says about where it comes from.
type Origin struct {
	Path    string // of the original: openapi/_tag.txt.tmpl
	Version string // of the firestone that ejected it
	Digest  string // of the original, see TemplateFile.Digest
}

var originLine = regexp.MustCompile(`^\{\{- /\* firestone eject: (.+), (\S+), (sha256:[0-9a-f]{64}) \*/(?: -)?\}\}`)

// Eject returns the text of a copy of the file, which renders to the same bytes, with a comment on top that names its
// original file, pack and firestone version. Files of a pack that a layer replaces are marked as such, see Origin. A
// file to copy is returned unchanged.
func (f TemplateFile) Eject(pack, version string) string {
	if f.IsCopied {
		return f.Text
	}
	comment := fmt.Sprintf("{{- /* firestone eject: %s/%s, %s, %s */", pack, f.Path, version, f.Digest())
	if f.Text == "" || strings.TrimLeft(f.Text, " \t\r\n") != f.Text {
		return comment + "}}" + f.Text // a trim would take the space that the text begins with
	}
	return comment + " -}}\n" + f.Text
}

// Origin returns what the file says about where it was ejected from, and false for a file that was not.
func (f TemplateFile) Origin() (Origin, bool) {
	found := originLine.FindStringSubmatch(f.Text)
	if found == nil {
		return Origin{}, false
	}
	return Origin{Path: found[1], Version: found[2], Digest: found[3]}, true
}

// IsOutdated reports whether the file was ejected and its original has changed since.
func (f TemplateFile) IsOutdated() bool {
	origin, ok := f.Origin()
	return ok && (len(f.Replaced) == 0 || f.Replaced[len(f.Replaced)-1].Digest() != origin.Digest)
}
