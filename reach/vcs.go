package reach

import (
	"path/filepath"
	"regexp"
	"strings"
	"unicode"

	"github.com/firestoned/firestone/model/value"
)

// vcsFolder finds the folders of git, Mercurial and Subversion, which hold programs that their next command runs, by
// their names and by the short ones that Windows gives them.
var vcsFolder = regexp.MustCompile(`^(?i:\.(?:git|hg|svn)|(?:git|hg|svn)~[0-9]+)$`)

// VersionControl returns the first name of a path that some disk takes for that of a folder of version control, or "".
// As git does, it passes over what disks drop from names or do not tell apart: capitals, final dots and spaces, the name
// of a stream (NTFS), and characters that are not shown (HFS+).
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

// CheckOutput refuses a path that leads into a folder of version control. The folders that hold the present one do not
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
		below = real // on another disk
	}
	if VersionControl(below) != "" {
		return value.Problem{Code: value.OutOfBounds, Msg: "it is in a folder of version control", Hint: "choose another path"}
	}
	return nil
}
