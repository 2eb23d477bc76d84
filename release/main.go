// Command release builds the archives of a release, one for each platform, and their checksums. Each holds the program, the
// licence, the README, shell completions and manual pages.
//
//	go run ./release VERSION FOLDER
//
// Run it in a clone of the released commit, as make release does, so that the archives hold what is committed. The
// build is reproducible: the same commit and Go release give the same bytes, independent of the clock, the user, paths
// and the environment.
package main

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: go run ./release VERSION FOLDER")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

// A release is a version of firestone, built from the commit in a folder.
type release struct {
	source  string
	version string // v1.2.3
	commit  string
	date    time.Time // of the commit
}

// A target is a platform, in Go's terms.
type target struct{ system, processor string }

var targets = []target{
	{"darwin", "amd64"}, {"darwin", "arm64"},
	{"linux", "amd64"}, {"linux", "arm64"},
	{"windows", "amd64"}, {"windows", "arm64"},
}

// run writes the archives of all targets and their checksums into a folder.
func run(version, folder string) error {
	r, err := newRelease(".", version)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return err
	}
	var sums strings.Builder
	for _, t := range targets {
		files, err := r.files(t)
		if err != nil {
			return fmt.Errorf("%s/%s: %w", t.system, t.processor, err)
		}
		archive, err := r.archive(t, files)
		if err != nil {
			return err
		}
		name := r.name(t) + t.suffix()
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(archive), name)
		fmt.Printf("%s: %.1f MiB\n", name, float64(len(archive))/(1<<20))
		if err := os.WriteFile(filepath.Join(folder, name), archive, 0o666); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(folder, "SHA256SUMS"), []byte(sums.String()), 0o666)
}

var versions = regexp.MustCompile(`^v(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$`)

// newRelease returns the release of the checkout in a folder.
func newRelease(source, version string) (release, error) {
	if !versions.MatchString(version) {
		return release{}, fmt.Errorf("the version %q is not of the form v1.2.3 or v1.2.3-rc.1", version)
	}
	out, err := output(exec.Command("git", "-C", source, "log", "-1", "--format=%H %ct"))
	if err != nil {
		return release{}, err
	}
	commit, stamp, _ := strings.Cut(strings.TrimSpace(string(out)), " ")
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil {
		return release{}, fmt.Errorf("the date of the commit: %w", err)
	}
	return release{source: source, version: version, commit: commit, date: time.Unix(seconds, 0).UTC()}, nil
}

// name returns the name of an archive, and of the folder in it.
func (r release) name(t target) string {
	return fmt.Sprintf("firestone_%s_%s_%s", r.version, t.system, t.processor)
}

// suffix returns the customary extension of an archive on a platform.
func (t target) suffix() string {
	if t.system == "windows" {
		return ".zip"
	}
	return ".tar.gz"
}

// archive returns an archive of files for a target.
func (r release) archive(t target, files []file) ([]byte, error) {
	if t.suffix() == ".zip" {
		return zipped(files, r.date)
	}
	return tarred(files, r.date)
}

// files returns the files of an archive, sorted by name.
func (r release) files(t target) ([]file, error) {
	program, err := r.program(t)
	if err != nil {
		return nil, err
	}
	files := []file{program}
	for _, name := range []string{"LICENSE", "README.md"} {
		content, err := os.ReadFile(filepath.Join(r.source, name))
		if err != nil {
			return nil, err
		}
		files = append(files, file{name: name, content: content})
	}
	completions, err := completions()
	if err != nil {
		return nil, err
	}
	files = append(append(files, completions...), manual(r.version, r.date)...)
	for i := range files {
		files[i].name = r.name(t) + "/" + files[i].name
	}
	slices.SortFunc(files, func(a, b file) int { return cmp.Compare(a.name, b.name) })
	return files, nil
}

// program builds firestone for a target.
func (r release) program(t target) (file, error) {
	folder, err := os.MkdirTemp("", "firestone-release-")
	if err != nil {
		return file{}, err
	}
	defer os.RemoveAll(folder)
	name := "firestone"
	if t.system == "windows" {
		name += ".exe"
	}
	path := filepath.Join(folder, name)
	const variables = "github.com/firestoned/firestone/command."
	build := exec.Command("go", "build", "-trimpath", "-buildvcs=false",
		"-ldflags", "-s -w -X "+variables+"release="+r.version+" -X "+variables+"releaseCommit="+r.commit, "-o", path, ".")
	build.Dir = r.source
	build.Env = append(build.Environ(), "GOOS="+t.system, "GOARCH="+t.processor, "CGO_ENABLED=0",
		"GOAMD64=v1", "GOARM64=v8.0", "GOFLAGS=", "GOEXPERIMENT=", "GOWORK=off")
	if _, err := output(build); err != nil {
		return file{}, err
	}
	content, err := os.ReadFile(path)
	return file{name: name, content: content, isProgram: true}, err
}

// output returns the standard output of a command. Its standard error is part of the error.
func output(cmd *exec.Cmd) ([]byte, error) {
	out, err := cmd.Output()
	if exit, isExit := errors.AsType[*exec.ExitError](err); isExit && len(exit.Stderr) > 0 {
		err = errors.New(strings.TrimSpace(string(exit.Stderr)))
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Base(cmd.Path), err)
	}
	return out, nil
}
