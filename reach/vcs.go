package reach

import (
	"path/filepath"
	"regexp"
	"strings"
	"unicode"

	"github.com/firestoned/firestone/model/value"
)

// vcsFolder matches the folders of git, Mercurial and Subversion, whose content their next command may execute, by
// their names and by the short names that Windows gives them.
var vcsFolder = regexp.MustCompile(`^(?i:\.(?:git|hg|svn)|(?:git|hg|svn)~[0-9]+)$`)

// VersionControl returns the first name in a path that some file system takes for a version control folder, or "". Like
// git, it ignores what file systems drop from names or do not distinguish: case, trailing dots and spaces, stream names
// (NTFS), and invisible characters (HFS+).
func VersionControl(path string) string {
	for name := range strings.SplitSeq(filepath.ToSlash(path), "/") {
		visible := strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Cf, r) {
				return -1
			}
			return r
		}, name)
		base, _, _ := strings.Cut(visible, ":")
		if vcsFolder.MatchString(strings.TrimRight(base, ". ")) {
			return name
		}
	}
	return ""
}

// CheckOutput refuses a path that leads into a version control folder. The ancestors of the current folder do not
// count.
func CheckOutput(path string) error {
	var links Links
	here, err := links.Real(".")
	if err != nil {
		return err
	}
	real, err := links.Real(path)
	if err != nil {
		return err
	}
	below, err := filepath.Rel(here, real)
	if err != nil {
		below = real // on another drive
	}
	if VersionControl(below) != "" {
		return value.Problem{Code: value.OutOfBounds, Msg: "it is in a folder of version control", Hint: "choose another path"}
	}
	return nil
}
