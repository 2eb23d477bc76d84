package command

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/firestoned/firestone/generator"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/reach"
)

// webInterface is the web interface of a mock.
type webInterface struct {
	folder string // for what is generated
	python string // that has all it needs; empty until there is one
	base   string // URL of the API
	port   int    // 0 until it is known
	opens  bool   // a browser, the first time
	*console
	running *uiProcess // that is running, or nil
	revived int        // how often it was started again since the definitions changed
}

// maxRestarts is how often a web interface that ends by itself is started again before it is left for a change to mend.
const maxRestarts = 3

// run shows each API that is wanted, until ctx is done, and starts a web interface again that ends by itself.
func (w *webInterface) run(ctx context.Context, wanted <-chan *servedAPI) {
	defer func() { w.stop() }()
	var latest *servedAPI
	for {
		select {
		case <-ctx.Done():
			return
		case latest = <-wanted:
			w.revived = 0
		case err := <-w.ended():
			if !w.mayRestart(ctx, err) {
				continue
			}
		}
		if err := w.show(ctx, latest); err != nil && ctx.Err() == nil {
			w.note("firestone: the web interface does not run")
			w.report(err)
		}
	}
}

// ended returns a channel that receives the error of a web interface that ends by itself; it is nil if none is running.
func (w *webInterface) ended() <-chan error {
	if w.running == nil {
		return nil
	}
	return w.running.ended
}

// mayRestart prints why a web interface ended, and reports whether it should be restarted. It prints nothing during
// shutdown: Ctrl-C reaches the web interface, too, and may do so first.
func (w *webInterface) mayRestart(ctx context.Context, ended error) bool {
	last := w.running.last
	w.running = nil
	select {
	case <-ctx.Done():
		return false
	case <-time.After(300 * time.Millisecond):
	}
	w.revived++
	then := "starting it again"
	if w.revived > maxRestarts {
		then = "it starts again when a definition is saved"
	}
	if ended == nil {
		ended = errors.New("exit status 0")
	}
	w.report(usageErrorf("", "the web interface ended (%v); %s\n%s", ended, then, strings.Join(last, "\n")))
	return w.revived <= maxRestarts
}

// show runs the web interface of an API in the place of the one that is running.
func (w *webInterface) show(ctx context.Context, s *servedAPI) error {
	o := s.run.documentOf("streamlit")
	o.to = destination{kind: toProject, path: "python/"}
	if err := s.run.openPack(o); err != nil {
		return err
	}
	files, err := o.pack.RenderShared(s.API, o.params, new(generator.Shared))
	if err != nil {
		return err
	}
	w.stop()
	source := filepath.Join(w.folder, "python")
	if err := os.RemoveAll(source); err != nil {
		return ioError(err)
	}
	if err := writeAll(source, files, s.run.project.within(), o.own); err != nil {
		return writeFailed(err)
	}
	if w.python == "" {
		if w.python, err = w.environment(ctx, filepath.Join(source, "pyproject.toml")); err != nil {
			return err
		}
	}
	name := packageOf(files)
	process, err := startUI(ctx, w.python, filepath.Join(source, "src"), name, credentials(name, s.API), w.arguments()...)
	if err != nil {
		return err
	}
	if w.running, w.opens = process, false; w.port == 0 {
		w.port = process.port
	}
	w.note("web interface at %s", process.url)
	return nil
}

func (w *webInterface) arguments() []string {
	arguments := []string{"--base-url", w.base, "--port", strconv.Itoa(w.port)}
	if !w.opens {
		arguments = append(arguments, "--no-open")
	}
	return arguments
}

func (w *webInterface) stop() {
	if w.running != nil {
		w.running.stop()
		w.running = nil
	}
}

// credentials returns the environment variables with which a web interface signs everybody in, unless they are set: the
// mock accepts any credentials.
func credentials(name string, api *model.API) []string {
	var set []string
	for _, of := range append([]string{"token"}, schemeNames(api)...) {
		variable := strings.Map(func(r rune) rune {
			if r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
				return unicode.ToUpper(r)
			}
			return '_'
		}, name+"_"+of)
		if os.Getenv(variable) == "" {
			set = append(set, variable+"=mock:mock") // USER:PASSWORD, where a scheme has those
		}
	}
	return set
}

func schemeNames(api *model.API) []string {
	var names []string
	for _, s := range api.SecuritySchemes {
		names = append(names, s.Key)
	}
	return names
}

// packageOf returns what the Python package is called that is in src.
func packageOf(files []generator.File) string {
	for _, f := range files {
		if name, ok := strings.CutSuffix(f.Path, "/ui/__main__.py"); ok {
			return strings.TrimPrefix(name, "src/")
		}
	}
	return ""
}

// writeAll writes files below a folder. Files with write: once, which the user may have edited, come from own, the
// folder of the project's output, if they exist there; own is empty without one.
func writeAll(folder string, files []generator.File, bounds *reach.Bounds, own string) error {
	for _, f := range files {
		at := filepath.Join(folder, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(at), 0o777); err != nil {
			return err
		}
		content := f.Content
		if f.Write == generator.WriteOnce && own != "" {
			theirs, err := readWithin(bounds, filepath.Join(own, filepath.FromSlash(f.Path)))
			if err == nil {
				content = theirs
			} else if !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
		if err := os.WriteFile(at, content, 0o666); err != nil {
			return err
		}
	}
	return nil
}

// readWithin reads a file to which no link leads out of the project.
func readWithin(bounds *reach.Bounds, at string) ([]byte, error) {
	if err := bounds.Check(at); err != nil {
		return nil, readError(err, model.Pos{File: filepath.ToSlash(at)})
	}
	return reach.Read(at, reach.MaxInput)
}

// environment returns the Python of an environment that has what the project needs. It is made once for all projects that
// need the same.
func (w *webInterface) environment(ctx context.Context, project string) (string, error) {
	python, err := findPython(ctx)
	if err != nil {
		return "", err
	}
	needed, err := printedBy(ctx, python, "-c", readNeeds, project)
	if err != nil {
		return "", err
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", ioError(err)
	}
	version, err := printedBy(ctx, python, "--version")
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(python + version + needed))
	folder := filepath.Join(cache, "firestone", "python-"+hex.EncodeToString(sum[:6]))
	made, done := filepath.Join(folder, "bin", "python"), filepath.Join(folder, "complete")
	if runtime.GOOS == "windows" {
		made = filepath.Join(folder, "Scripts", "python.exe")
	}
	if _, err := os.Stat(done); err == nil {
		return made, nil
	}
	packages := strings.Fields(needed)
	w.note("making a Python environment in %s, this once: %s", folder, strings.Join(packages, " "))
	began := time.Now()
	if err := os.RemoveAll(folder); err != nil { // what a run that was stopped has left
		return "", ioError(err)
	}
	for _, words := range [][]string{
		{python, "-m", "venv", folder},
		append([]string{made, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--progress-bar", "off"}, packages...),
	} {
		step := exec.CommandContext(ctx, words[0], words[1:]...)
		progress := &installing{to: w.errw}
		step.Stdout, step.Stderr = progress, progress
		if err := step.Run(); err != nil {
			return "", usageErrorf("name a Python that has the packages, --python PYTHON, or leave the web interface out: --no-ui",
				"%s: %v\n%s", shellLine(words[:min(4, len(words))]), err, strings.TrimSpace(progress.said.String()))
		}
	}
	if err := os.WriteFile(done, nil, 0o666); err != nil {
		return "", ioError(err)
	}
	w.note("the environment is ready (%v)", time.Since(began).Round(time.Second))
	return made, nil
}

// readNeeds prints what a Python project depends on, its web interface included.
const readNeeds = `import sys, tomllib
with open(sys.argv[1], "rb") as file:
    project = tomllib.load(file)["project"]
print("\n".join([*project["dependencies"], *project["optional-dependencies"]["ui"]]))`

// findPython returns a Python that is new enough.
func findPython(ctx context.Context) (string, error) {
	var found []string
	for _, name := range []string{"python3", "python", "python3.14", "python3.13", "python3.12", "python3.11"} {
		at, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		version, err := printedBy(ctx, at, "-c", "import sys; print('%d.%d' % sys.version_info[:2], sys.version_info >= (3, 11))")
		if err != nil {
			continue
		}
		if strings.HasSuffix(version, "True") {
			return at, nil
		}
		found = append(found, strings.Fields(version)[0])
	}
	const hint = "install Python 3.11 or later, name one with --python PYTHON, or leave the web interface out: --no-ui"
	if len(found) > 0 {
		return "", usageErrorf(hint, "the web interface needs Python 3.11, and there is only %s", strings.Join(found, ", "))
	}
	return "", usageErrorf(hint, "the web interface needs Python 3.11, and there is no python3")
}

// printedBy returns what a program prints.
func printedBy(ctx context.Context, words ...string) (string, error) {
	out, err := exec.CommandContext(ctx, words[0], words[1:]...).Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			err = errors.New(strings.TrimSpace(string(exit.Stderr)))
		}
		return "", usageErrorf("", "%s: %v", words[0], err)
	}
	return strings.TrimSpace(string(out)), nil
}

// uiProcess is a web interface that serves.
type uiProcess struct {
	command *exec.Cmd
	url     string
	port    int
	ended   chan error
	last    []string // the lines that it said last; to be read once it has ended
}

const uiTimeout = time.Minute

// startUI starts a web interface and returns when it serves, which it says in a line that begins with URL.
func startUI(ctx context.Context, python, source, name string, environment []string, arguments ...string) (*uiProcess, error) {
	command := exec.CommandContext(ctx, python, append([]string{"-m", name + ".ui"}, arguments...)...)
	command.Env = append(os.Environ(), "PYTHONPATH="+source, "PYTHONUNBUFFERED=1", "PYTHONDONTWRITEBYTECODE=1")
	command.Env = append(command.Env, environment...)
	command.Cancel = func() error { return interrupt(command.Process) }
	command.WaitDelay = 5 * time.Second
	said, err := command.StdoutPipe()
	if err != nil {
		return nil, ioError(err)
	}
	command.Stderr = command.Stdout
	if err := command.Start(); err != nil {
		return nil, usageErrorf("name another Python: --python PYTHON", "%v", err)
	}
	p := &uiProcess{command: command, ended: make(chan error, 1)}
	serves := make(chan string, 1)
	go func() {
		lines := bufio.NewScanner(said)
		for lines.Scan() {
			text := strings.TrimSpace(lines.Text())
			if url, ok := strings.CutPrefix(text, "URL: "); ok {
				select {
				case serves <- url:
				default:
				}
			}
			if p.last = append(p.last, lines.Text()); len(p.last) > 20 {
				p.last = p.last[1:]
			}
		}
		p.ended <- command.Wait()
	}()
	select {
	case p.url = <-serves:
		p.port, _ = strconv.Atoi(p.url[strings.LastIndexByte(p.url, ':')+1:])
		return p, nil
	case <-ctx.Done():
		p.stop()
		return nil, ctx.Err()
	case <-time.After(uiTimeout):
		p.stop()
		return nil, usageErrorf("", "the web interface does not serve after %v:\n%s", uiTimeout, strings.Join(p.last, "\n"))
	case err := <-p.ended:
		p.ended <- err
		return nil, usageErrorf("name a Python that has the packages: --python PYTHON", "the web interface ended: %v\n%s", err, strings.Join(p.last, "\n"))
	}
}

// stop ends the process and returns when it has ended.
func (p *uiProcess) stop() {
	_ = interrupt(p.command.Process) // it may have ended
	select {
	case err := <-p.ended:
		p.ended <- err
	case <-time.After(p.command.WaitDelay):
		_ = p.command.Process.Kill()
		<-p.ended
	}
}

// interrupt asks a process to end, where the system has a way to ask.
func interrupt(process *os.Process) error {
	if runtime.GOOS == "windows" {
		return process.Kill()
	}
	return process.Signal(os.Interrupt)
}

// installing shows the output of an installer: a line for each package, and everything if it fails.
type installing struct {
	to   io.Writer
	part []byte
	said bytes.Buffer
}

// Write implements io.Writer.
func (w *installing) Write(text []byte) (int, error) {
	w.said.Write(text)
	w.part = append(w.part, text...)
	for {
		line, rest, isWhole := bytes.Cut(w.part, []byte("\n"))
		if !isWhole {
			return len(text), nil
		}
		if name, ok := bytes.CutPrefix(bytes.TrimSpace(line), []byte("Collecting ")); ok {
			name, _, _ = bytes.Cut(name, []byte(" (from"))
			fmt.Fprintf(w.to, "  %s\n", name)
		}
		w.part = rest
	}
}
