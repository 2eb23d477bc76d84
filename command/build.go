package command

import (
	"debug/elf"
	"os"
	"strings"
	"sync"

	"github.com/firestoned/firestone/generator/output"
)

// recordedProgram returns what records call this build of firestone.
func recordedProgram() string {
	name, _ := thisBuild()
	return name
}

// thisBuild returns a name of this build of firestone, and whether no other build that works differently has it: a
// release is known by its version, any other build by what the linker has put into it. Where that cannot be read,
// builds cannot be told apart.
var thisBuild = sync.OnceValues(func() (name string, isKnown bool) {
	name = programVersion()
	if isRelease(name) {
		return name, true
	}
	if id := linkedID(); id != "" {
		return name + " build " + output.Digest([]byte(id))[:16], true
	}
	return name, false
})

// isRelease reports whether the go command made the version from a commit, without changes.
func isRelease(version string) bool {
	return strings.HasPrefix(version, "v") && !strings.Contains(version, "+dirty")
}

// linkedID returns the build ID that the go command has put into this program, a digest of all that it is built from;
// "" where there is none. On Linux the file is the running one, even if another program has replaced it since it was
// started.
func linkedID() string {
	program, err := os.Open("/proc/self/exe")
	if err != nil {
		return ""
	}
	defer program.Close()
	file, err := elf.NewFile(program)
	if err != nil {
		return ""
	}
	section := file.Section(".note.go.buildid")
	if section == nil {
		return ""
	}
	// A note is its name's length, its own and its kind, then name and text (elf(5), Notes).
	note, err := section.Data()
	if err != nil || len(note) < 16 {
		return ""
	}
	return strings.TrimRight(string(note[16:]), "\x00")
}
