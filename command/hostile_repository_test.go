//go:build unix

package command_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode"
)

// hostileRepository is a malicious repository that somebody may clone and run firestone in.
type hostileRepository struct {
	name   string
	things []string
	want   string
}

// hostile are malicious repositories. Each adds things to the repository friendly, one per word: PATH:TEXT is a file,
// PATH+:TEXT is appended to one, PATH->PATH is a link, PATH| a named pipe, PATH# a sparse file of 20 GB. OUTSIDE is a
// folder beside the repository. The expected message comes last; an empty one means that there is no message.
func hostile() []hostileRepository {
	return []hostileRepository{
		// Outputs in places where files are executed.
		{"the git folder", []string{item("evil", ".git/"), pack("evil", "commondir")}, `firestone.yaml:6:34: the output ".git/" is in a folder of version control`},
		{"the git folder, below", []string{item("evil", "a/.git/hooks/"), pack("evil", "x")}, `the output "a/.git/hooks/" is in a folder of version control`},
		{"the git folder in capitals", []string{item("evil", ".GIT/"), pack("evil", "commondir")}, `is in a folder of version control`},
		{"the git folder by its short name", []string{item("evil", "git~1/"), pack("evil", "config")}, `is in a folder of version control`},
		{"the git folder with what is not shown", []string{item("evil", ".g\u200cit/"), pack("evil", "config")}, `is in a folder of version control`},
		{"Mercurial", []string{item("evil", ".hg/"), pack("evil", "hgrc")}, `the output ".hg/" is in a folder of version control`},
		{"Subversion", []string{item("evil", "x/.svn/"), pack("evil", "entries")}, `the output "x/.svn/" is in a folder of version control`},
		{"a pack that knows git", []string{item("evil", "./"), pack("evil", ".git/hooks/post-commit")}, `packs/evil/pack.yaml:5:5: the path ".git/hooks/post-commit" of an output is in a folder of version control`},
		{"a pack that makes up a path", []string{item("evil", "./"), pack("evil", `.{{ "GIT" }}/config`)}, `the path ".GIT/config" of an output is in a folder of version control`},
		{"a link to the git folder", []string{item("evil", "g/"), pack("evil", "commondir"), "g->.git"}, `firestone.yaml:6:34: the path g/commondir leads into a folder of version control, to .git/commondir`},
		{"a link into the git folder", []string{item("evil", "g/"), pack("evil", "post-commit"), "g->.git/hooks"}, `the path g/post-commit leads into a folder of version control`},

		// Outputs outside the repository.
		{"a folder that is a link", []string{item("evil", "link/deep/"), pack("evil", "x"), "link->OUTSIDE"}, `firestone.yaml:6:34: the path link/deep/x leads out of the output folder, to `},
		{"a folder that is a link by another", []string{item("evil", "a/"), pack("evil", "x"), "a->b", "b->c/..", "c->OUTSIDE/folder"}, `the path a/x leads out of the output folder, to `},
		{"a file that is a link", []string{"api/openapi.yaml->OUTSIDE/.profile"}, `firestone.yaml:4:29: the path api/openapi.yaml leads out of the output folder, to `},
		{"a link to nothing", []string{"api/openapi.yaml->OUTSIDE/new"}, `the path api/openapi.yaml leads out of the output folder, to `},
		{"a pack that climbs", []string{item("evil", "x/"), pack("evil", "../../outside/x")}, `the path "../../outside/x" of an output contains the segment ".."`},

		// Forged records and locks.
		{"a record of a file outside", []string{"h->OUTSIDE", ".firestone.lock:" + recorded("h/.profile")}, `.firestone.lock: the path h/.profile leads out of the output folder, to `},
		{"a record of a link", []string{"h->OUTSIDE/.profile", ".firestone.lock:" + recorded("h")}, `.firestone.lock: the path h leads out of the output folder, to `},
		{"a record of a file of git", []string{".firestone.lock:" + recorded(".git/info/exclude")}, `the path ".git/info/exclude" is in a folder of version control`},
		{"a record that climbs", []string{".firestone.lock:" + recorded("../outside/.profile")}, `the path "../outside/.profile" leads out of the output folder`},
		{"a record that is a link", []string{".firestone.lock->OUTSIDE/.profile"}, `.firestone.lock: the path .firestone.lock leads out of the output folder`},
		{"a list of temporary files outside", []string{`.firestone-busy.tmp:"../outside/.firestone-0123456789ab.tmp"` + "\n"}, ``},
		{"a lock that is a link", []string{".firestone-busy.tmp->OUTSIDE/.profile"}, `it is not a regular file`},
		{"a lock that is a link to nothing", []string{".firestone-busy.tmp->OUTSIDE/new"}, `it is not a regular file`},

		// Files that never end, or block.
		{"a pipe among definitions", []string{"resources/pipe.yaml|"}, `firestone.yaml:2:12: resources/pipe.yaml: the file is a named pipe, not a regular file`},
		{"a pipe that a reference names", []string{ref("pipe.json"), "resources/sub/x:", "resources/pipe.json|"}, `the file is a named pipe, not a regular file`},
		{"a pipe that a reference names, below", []string{ref("sub/pipe"), "resources/sub/pipe|"}, `the reference "sub/pipe#/x": resources/sub/pipe: the file is a named pipe, not a regular file`},
		{"a device among definitions", []string{"resources/zero.yaml->/dev/zero"}, `resources/zero.yaml: the file is a device, not a regular file`},
		{"a pipe in a pack", []string{"packs/notes/_pipe.md.tmpl|"}, `packs/notes/_pipe.md.tmpl: the file is a named pipe, not a regular file`},
		{"a pipe for a pack.yaml", []string{item("evil", "x/"), "packs/evil/pack.yaml|"}, `packs/evil/pack.yaml: the file is a named pipe, not a regular file`},
		{"a pipe for a case", []string{"packs/notes/tests/pipe.txtar|"}, `packs/notes/tests/pipe.txtar: the file is a named pipe, not a regular file`},
		{"a pipe for a record", []string{".firestone.lock|"}, `read .firestone.lock: a device or pipe of that name exists`},
		{"a pipe for an output", []string{"api/openapi.yaml|"}, `write api/openapi.yaml: a device or pipe of that name exists`},
		{"a pipe for a lock", []string{".firestone-busy.tmp|"}, `it is not a regular file`},
		{"a large definition", []string{"resources/large.yaml#"}, `resources/large.yaml: the file is larger than 16 MiB`},
		{"a large file that a reference names", []string{ref("sub/large"), "resources/sub/large#"}, `the reference "sub/large#/x": resources/sub/large: the file is larger than 16 MiB`},
		{"a large template", []string{"packs/notes/_large.md.tmpl#"}, `packs/notes/_large.md.tmpl: the file is larger than 16 MiB`},
		{"a large case", []string{"packs/notes/tests/large.txtar#"}, `packs/notes/tests/large.txtar: the file is larger than 16 MiB`},
		{"a large record", []string{".firestone.lock#"}, `read .firestone.lock: a file of 20480 MiB has that name`},
		{"a large output", []string{"api/openapi.yaml#"}, `write api/openapi.yaml: a file of 20480 MiB has that name`},
		{"a dense definition", []string{"resources/dense.yaml:[" + strings.Repeat("a,", 4_000_000) + "a\n"}, `resources/dense.yaml:1:1: the file has more than 1000000 lines, commas, colons and the like`},
		{"a dense record", []string{".firestone.lock:[" + strings.Repeat("a,", 4_000_000) + "]\n"}, `.firestone.lock:1:1: the file has more than 1000000 lines, commas, colons and the like`},
		{"a large project", []string{"firestone.yaml#"}, `firestone.yaml: the file is larger than 16 MiB`},

		// Inputs outside the repository.
		{"a template that is a link", []string{"packs/notes/_secret.md.tmpl->OUTSIDE/secret.yaml"}, `packs/notes/_secret.md.tmpl: it leads out of the repository, to `},
		{"a pack that is a link", []string{item("evil", "x/"), "packs/evil->OUTSIDE/pack"}, `packs/evil: it leads out of the repository, to `},
		{"a pack.yaml that is a link", []string{item("evil", "x/"), "packs/evil/pack.yaml->OUTSIDE/pack/pack.yaml"}, `packs/evil/pack.yaml: it leads out of the repository, to `},
		{"overrides that are a link", []string{"firestone.yaml+:templates: [team]\n", "team->OUTSIDE/team"}, `team/openapi: it leads out of the repository, to `},
		{"cases that are a link", []string{"packs/notes/tests/secret.txtar->OUTSIDE/secret.yaml"}, `packs/notes/tests/secret.txtar: it leads out of the repository, to `},
		{"a definition that is a link", []string{"resources/secret.yaml->OUTSIDE/secret.yaml"}, `firestone.yaml:2:12: resources/secret.yaml: it leads out of the repository, to `},
		{"a project that is a link", []string{"firestone.yaml->OUTSIDE/secret.yaml"}, `firestone.yaml: it leads out of the repository, to `},
		{"a reference", []string{ref("../../outside/secret.yaml")}, `resources/evil.yaml:2:91: the reference "../../outside/secret.yaml#/x": it leads out of the repository, to `},
		{"a reference in disguise", []string{ref("%2e%2e/../outside/secret.yaml")}, `the reference "%2e%2e/../outside/secret.yaml#/x": it leads out of the repository, to `},
		{"a reference from the root", []string{ref("/etc/passwd")}, `the reference "/etc/passwd#/x": it leads out of the repository, to `},
		{"a reference by a link", []string{ref("sub/secret.yaml"), "resources/sub->OUTSIDE"}, `the reference "sub/secret.yaml#/x": it leads out of the repository, to `},
		{"a reference of a reference", []string{ref("_a.yaml"), `resources/_a.yaml:x: {$ref: "../../outside/secret.yaml#/x"}` + "\n"}, `resources/_a.yaml:1:11: the reference "../../outside/secret.yaml#/x": it leads out of the repository, to `},

		// Names that contain terminal escape sequences.
		{"a kind", []string{`resources/evil.yaml:{kind: "b\e[2J\u202eook", schema: {key: {name: id}, items: {}}}` + "\n"}, `kind: "b\x1b[2J\u202eook"`},
		{"the name of a definition", []string{"resources/\x1b[2J\u202e.yaml:x: 1\n"}, `resources/\x1b[2J\u202e.yaml:1:1: `},
		{"a name that is a message", []string{"resources/x\nwrote y.yaml:x: 1\n"}, `resources/x\x0awrote y.yaml:1:1: `},
		{"a key", []string{`resources/evil.yaml:{"k\u009bey": 1, kind: x, schema: {key: {name: id}, items: {}}}` + "\n"}, `unknown key "k\u009bey"`},
		{"a pack", []string{item("evil\u202e", "x/"), pack("evil\u202e", "x")}, `evil\u202e: a pack (packs/evil\u202e)`},
		{"a description", []string{item("evil", "x/"), `packs/evil/pack.yaml:format: 1` + "\n" + `description: "a\e[31mb"` + "\nplain: [x]\noutputs: [{template: x.tmpl}]\n", "packs/evil/x.tmpl:"}, `evil: a\x1b[31mb (packs/evil)`},
		{"a parameter", []string{item("evil", "x/"), pack("evil", "x"), `packs/evil/pack.yaml+:parameters: [{name: "p\e[31m", description: "d\u2066", default: "\u202e"}]` + "\n"}, `\u202e`},
		{"an output", []string{item("evil", "x/"), pack("evil", "a\u202eb")}, `wrote x/a\u202eb`},
		{"a template", []string{"packs/notes/\x1b[1m.txt:"}, `packs/notes/\x1b[1m.txt: the file is not a template`},
		{"an include", []string{"packs/notes/notes.md.tmpl:{{ include \"x\\x1b[1m\" . }}\n"}, `x\x1b[1m`},
	}
}

// friendly is the repository that each hostile one adds to.
var friendly = []string{
	"firestone.yaml:contact: {name: Us}\nresources: resources\ngenerate:\n  - {pack: openapi, output: api/openapi.yaml}\n  - {pack: ./packs/notes, output: notes/}\n",
	"resources/book.yaml:kind: book\nmetadata: {license: {name: MIT}}\nschema: {key: {name: id}, items: {type: object}}\n",
	"packs/notes/pack.yaml:format: 1\ndescription: notes\noutputs: [{template: notes.md.tmpl}]\n", "packs/notes/notes.md.tmpl:# {{ .API.Title }}\n",
	"packs/notes/tests/book.txtar:-- book.yaml --\nkind: book\nschema: {key: {name: id}, items: {type: object}}\n-- want/notes.md --\n# Books API\n",
	"evil/config:[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tfsmonitor = \"touch OUTSIDE/ran; false\"\n", "evil/objects/x:", "evil/refs/x:",
}

// outside is the content that must not be touched.
var outside = []string{
	"OUTSIDE/.profile:mine\n", "OUTSIDE/.firestone-0123456789ab.tmp:mine\n", "OUTSIDE/folder/x:mine\n", "OUTSIDE/secret.yaml:x: {type: string, description: secret}\n",
	"OUTSIDE/pack/pack.yaml:format: 1\ndescription: secret\noutputs: [{template: x.txt.tmpl}]\n", "OUTSIDE/pack/x.txt.tmpl:secret\n", "OUTSIDE/team/openapi/_tag.txt.tmpl:secret\n",
}

func item(pack, output string) string {
	return fmt.Sprintf("firestone.yaml+:  - {pack: ./packs/%s, output: %s}\n", pack, output)
}

// pack is a pack with one output, as two things.
func pack(name, output string) string {
	folder := "packs/" + name + "/"
	return folder + "pack.yaml:format: 1\ndescription: a pack\nplain: ['*']\noutputs:\n  - {template: x.tmpl, path: '" + output + "'}\n" + and + folder + "x.tmpl:../evil\n"
}

// and parts two things.
const and = "\x00"

func ref(file string) string {
	return "resources/evil.yaml:kind: evil\nschema: {key: {name: id}, items: {type: object, properties: {a: {type: string}, b: {$ref: \"" + file + "#/x\"}}}}\n"
}

// recorded is a record of a file with the content "mine".
func recorded(path string) string {
	return "format: 1\nitems:\n  x: {program: '1', files: {" + path + ": 'fcbc800db3f1867000b852f1ce0044b8'}}\n"
}

// The limits of time and memory for the runs in a hostile repository.
const (
	hostileTime   = 5 * time.Second
	hostileMemory = 500 << 20
)

// TestHostileRepositories: whatever a repository contains, nothing outside it is changed, nothing in it is executed,
// nothing hangs, disk and memory are not exhausted, and no escape sequences reach the terminal. With -short, only each fifth
// is tried by itself.
func TestHostileRepositories(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("there is no git")
	}
	var all []string
	for i, h := range hostile() {
		all = append(all, h.things...)
		if testing.Short() && i%5 != 0 {
			continue
		}
		t.Run(h.name, func(t *testing.T) {
			t.Parallel()
			said := testHostile(t, h.things)
			if !strings.Contains(said, h.want) {
				t.Errorf("nobody says %s:\n%s", h.want, said)
			}
		})
	}
	t.Run("all together", func(t *testing.T) {
		t.Parallel()
		testHostile(t, all)
	})
}

// testHostile creates a repository, runs everything in it and returns the output of firestone.
func testHostile(t *testing.T, things []string) string {
	t.Helper()
	dir := t.TempDir()
	repository := filepath.Join(dir, "repository")
	for _, words := range slices.Concat(outside, friendly, things) {
		for thing := range strings.SplitSeq(words, and) {
			makeThing(t, dir, thing)
		}
	}
	run(t, repository, "git", "init", "--quiet")
	before := listing(t, filepath.Join(dir, "outside")) + listing(t, filepath.Join(repository, ".git"))
	var said strings.Builder
	for _, line := range []string{"firestone", "firestone --force", "firestone check", "firestone pack list", "firestone pack test", "git status"} {
		out := runHostile(t, repository, line)
		if at := bytes.IndexFunc(out, isCommand); at >= 0 {
			t.Errorf("%s: the terminal would obey %q", line, out[at:])
		}
		if strings.Contains(string(out), "panic:") {
			t.Errorf("%s: %s", line, out)
		}
		said.WriteString("$ " + line + "\n" + string(out))
	}
	if after := listing(t, filepath.Join(dir, "outside")) + listing(t, filepath.Join(repository, ".git")); after != before {
		t.Errorf("before:\n%s\nafter:\n%s\n%s", before, after, said.String())
	}
	return said.String()
}

// isCommand reports whether a terminal does anything with a character other than display it.
func isCommand(r rune) bool {
	return r != '\n' && r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r))
}

// makeThing creates the thing of one word of hostile, replacing an existing one.
func makeThing(t *testing.T, dir, thing string) {
	t.Helper()
	end := strings.IndexAny(thing, ":|#")
	name, target, isLink := strings.Cut(thing, "->")
	if isLink = isLink && (end < 0 || len(name) < end); !isLink {
		name = thing[:end]
	}
	name, isMore := strings.CutSuffix(name, "+")
	inOutside := filepath.Join(dir, "outside")
	path := filepath.Join(dir, "repository", name)
	if below, ok := strings.CutPrefix(name, "OUTSIDE"); ok {
		path = inOutside + below
	}
	_ = os.MkdirAll(filepath.Dir(path), 0o777) // another thing may stand in the way, where all are together
	if !isMore {
		_ = os.Remove(path)
	}
	switch {
	case isLink:
		_ = os.Symlink(strings.Replace(target, "OUTSIDE", inOutside, 1), path)
	case thing[end] == '|':
		_ = syscall.Mkfifo(path, 0o666)
	case thing[end] == '#':
		_ = os.WriteFile(path, nil, 0o666)
		_ = os.Truncate(path, 20<<30)
	default:
		if file, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE|syscall.O_NONBLOCK, 0o666); err == nil {
			_, _ = file.WriteString(strings.ReplaceAll(thing[end+1:], "OUTSIDE", inOutside))
			_ = file.Close()
		}
	}
	if _, err := os.Lstat(path); err != nil {
		t.Logf("%q: %v", thing, err)
	}
}

// runHostile runs a command line and returns its output. It may fail, but must not exceed the limits.
func runHostile(t *testing.T, dir, line string) []byte {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*hostileTime)
	defer cancel()
	words := strings.Fields(line)
	cmd := exec.CommandContext(ctx, words[0], words[1:]...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GIT_OPTIONAL_LOCKS=0", "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	stop := make(chan struct{})
	most := make(chan int64)
	go func() { most <- mostMemory(cmd.Process.Pid, stop) }()
	_ = cmd.Wait()
	close(stop)
	if memory := <-most; memory > hostileMemory {
		t.Errorf("%s: took %d MiB", line, memory>>20)
	}
	if took := time.Since(begin); took > hostileTime {
		t.Errorf("%s: took %v", line, took)
	}
	return out.Bytes()
}

// mostMemory returns the peak memory of a process in bytes, according to /proc, until it is told to stop.
func mostMemory(process int, stop chan struct{}) int64 {
	var most int64
	for {
		status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", process))
		if _, text, found := strings.Cut(string(status), "VmHWM:"); err == nil && found {
			var kibibytes int64
			if _, err := fmt.Sscan(text, &kibibytes); err == nil {
				most = max(most, kibibytes<<10)
			}
		}
		select {
		case <-stop:
			return most
		case <-time.After(10 * time.Millisecond):
		}
	}
}
