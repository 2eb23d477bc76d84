package generator

import (
	"bytes"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"text/template"

	"github.com/firestoned/firestone/generator/escape"
	"github.com/firestoned/firestone/generator/execute"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// File is one output, rendered and verified.
type File struct {
	Path     string // in the output folder, with slashes
	Content  []byte
	Write    string // WriteAlways or WriteOnce
	Template string // the path in the pack of the template that made it, or of the file that it is a copy of
	Source   string // the same with the layer before it: embedded/openapi/openapi.yaml.tmpl
}

// View is what a template reads: its dot, and that of a path in pack.yaml.
type View struct {
	API      *model.API      // everything that the definitions say
	Resource *model.Resource // of an output with `each: resource`, else nil
	Params   Params          // the pack's parameters: .Params.version
	Output   Output          // the file that is being made
}

// Render generates every file of the pack for a model, verified and sorted by path. It reads and writes nothing else.
// The error is value.Problems: at most one for each template, with its position and that of the definition being
// rendered, or the problems of an output.
//
// A template is executed as by text/template (see package execute), with one exception: an action that only writes
// lines of source, such as `{{- include "x" . | nindent 2 }}`, writes them directly to their destination (see
// lineFunctions). One that fails is executed again, by text/template itself, to explain the error (see explain).
func (p *Pack) Render(api *model.API, params Params) ([]File, error) {
	return p.RenderShared(api, params, nil)
}

// RenderShared is Render alongside other packs of the same run: a file that one of them generates from the same
// templates, the same model and the same parameters is reused.
func (p *Pack) RenderShared(api *model.API, params Params, shared *Shared) ([]File, error) {
	left := newBudget(api, p.Effort)
	params, problems := p.completed(api, params, left)
	if problems.HasErrors() {
		return nil, problems.Sorted()
	}
	tasks, problems := p.tasks(api, params, left)
	if problems.HasErrors() {
		return nil, problems.Sorted()
	}
	files, wrong := p.files(tasks, left, shared.of(p, tasks, params))
	problems = append(firstOfEach(files, wrong), wrongPaths(files, tasks)...)
	if problems.HasErrors() {
		return nil, problems.Sorted()
	}
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return files, nil
}

// files generates the file of each task, several at once, and returns the problems of each.
func (p *Pack) files(tasks []task, left *budget, taken func(i int, make func() (File, value.Problems)) (File, value.Problems)) ([]File, []value.Problems) {
	files, wrong := make([]File, len(tasks)), make([]value.Problems, len(tasks))
	var next atomic.Int64
	var workers sync.WaitGroup
	working := min(runtime.GOMAXPROCS(0), len(tasks))
	helpers := newWorkers(working)
	order := largestFirst(tasks)
	for range working {
		workers.Go(func() {
			r := p.renderer(left)
			r.workers = helpers
			for i := int(next.Add(1)) - 1; i < len(tasks) && !left.isSpent.Load(); i = int(next.Add(1)) - 1 {
				at := order[i]
				files[at], wrong[at] = taken(at, func() (File, value.Problems) { return r.file(tasks[at]) })
			}
			r.workers = nil
			helpers <- r // for the renderer of the longest file
		})
	}
	workers.Wait()
	return files, wrong
}

// largestFirst returns the numbers of the tasks, those of the whole API first: if a long one started last, all other
// processors would wait for it.
func largestFirst(tasks []task) []int {
	var whole, parts []int
	for i, of := range tasks {
		if of.view.Resource == nil && of.copied == nil {
			whole = append(whole, i)
		} else {
			parts = append(parts, i)
		}
	}
	return append(whole, parts...)
}

// firstOfEach returns the problems of the first output of each template that has some: a slip in a template is one
// slip, however many resources it is rendered for.
func firstOfEach(files []File, wrong []value.Problems) value.Problems {
	var problems value.Problems
	seen := map[string]bool{}
	for i, own := range wrong {
		if template := files[i].Template; len(own) > 0 && !seen[template] {
			seen[template] = true
			problems = append(problems, own...)
		}
	}
	return problems
}

// renderer executes templates for one file after the other. It is not for several goroutines.
type renderer struct {
	pack    *Pack
	budget  allowance
	bound   map[*source]executor // with include of this renderer
	stack   []*frame             // the templates being executed, the output's first
	words   map[partialKey]any
	root    View // the dot of the output
	writers template.FuncMap
	given   *given          // in the output that is being made
	workers workers         // what it may get help from; nil for a helper
	buffers []*bytes.Buffer // for what they write, by how deep they are
	output  bytes.Buffer    // for the file
	block   []byte          // for a value in block style
	trace   bool
	marked  *marks // or nil
}

// frame is one template being executed.
type frame struct {
	source *source
	data   any
	text   *bytes.Buffer // its output
	page   boundedBuffer // which writes it
	dots   map[int]any   // when tracing: the latest dot of each range and with
}

// maxIncludeDepth is how many templates may include each other. A partial that includes itself without an end has to
// be stopped before the stack is.
const maxIncludeDepth = 200

func (p *Pack) renderer(left *budget) *renderer {
	r := &renderer{pack: p, budget: allowance{from: left}, bound: map[*source]executor{}, words: map[partialKey]any{}, given: newGiven()}
	r.writers = r.countedWriters()
	return r
}

// file renders and verifies one output, or copies a file.
func (r *renderer) file(of task) (File, value.Problems) {
	view := of.view
	file := File{Path: view.Output.Path, Write: view.Output.Write, Template: view.Output.Template}
	if of.copied != nil {
		file.Template, file.Source, file.Content = of.copied.path, of.copied.file, of.copied.content
		return file, nil
	}
	r.root = view
	s := r.pack.templates[file.Template]
	file.Source = s.file
	clear(r.words) // a partial may read the root
	r.given = newGiven()
	t, err := r.bind(s)
	text := &r.output
	text.Reset()
	if err == nil {
		err = r.run(s, t, view, text)
	}
	if err != nil {
		return file, value.Problems{r.pack.explain(s, view, err)}
	}
	by := origin{output: view.Output.Template, pack: r.pack.Name, allowed: view.Output.yaml, own: r.pack.marks}
	content := text.Bytes()
	if s.language == escape.Python {
		content, by.spans = escape.Finished(content)
	}
	file.Content = bytes.Clone(ended(file.Path, content))
	if faults := verify(file, by); len(faults) > 0 {
		return file, r.pack.faulty(faults, s, view, file)
	}
	return file, nil
}

// execute renders one template with that dot.
func (r *renderer) execute(s *source, data any) (string, error) {
	t, err := r.bind(s)
	if err != nil {
		return "", err
	}
	text := r.buffer(len(r.stack))
	if err := r.run(s, t, data, text); err != nil {
		return "", err
	}
	return text.String(), nil
}

// run executes a template of the file with that dot. On an error part of it is written.
func (r *renderer) run(s *source, t executor, data any, text *bytes.Buffer) error {
	top := &frame{source: s, data: data, text: text, page: boundedBuffer{text, &r.budget}}
	r.stack = append(r.stack, top)
	defer func() { r.stack = r.stack[:len(r.stack)-1] }()
	if err := r.budget.spend(1, 0); err != nil {
		return r.locate(err)
	}
	err := t.execute(&top.page, data)
	if err == nil {
		err = r.budget.spend(0, 0) // of what was written last
	}
	if err != nil {
		return r.locate(err)
	}
	return nil
}

// top is the template that is being executed.
func (r *renderer) top() *frame { return r.stack[len(r.stack)-1] }

// buffer returns the empty buffer of templates that are included so deep: one is done before the next one begins.
func (r *renderer) buffer(depth int) *bytes.Buffer {
	for len(r.buffers) <= depth {
		r.buffers = append(r.buffers, &bytes.Buffer{})
	}
	r.buffers[depth].Reset()
	return r.buffers[depth]
}

// executor is a template with the functions of a renderer: a program, or the template where there is none.
type executor struct {
	program  *execute.Program
	template *template.Template
}

func (e executor) execute(to *boundedBuffer, data any) error {
	if e.program != nil {
		return e.program.Execute(to, data)
	}
	return e.template.Execute(to, data)
}

// bind returns the template with this renderer's functions.
func (r *renderer) bind(s *source) (executor, error) {
	if t, ok := r.bound[s]; ok {
		return t, nil
	}
	functions := maps.Clone(s.called)
	maps.Copy(functions, r.charged(s.called))
	maps.Copy(functions, r.writers)
	maps.Copy(functions, template.FuncMap{
		"include": r.included, "includeEach": r.eachIncluded, "replaced": func(data any) (any, error) { return r.replaced(s, data) },
		"root": func() View { return r.root }, "schema": r.schema, iterationFunction: r.iterate,
	})
	if s.tree != nil && !r.trace {
		maps.Copy(functions, r.lineFunctions())
		program, ok := execute.Compile(s.tree, func(name string) any { return functions[name] })
		if ok {
			r.bound[s] = executor{program: program}
			return r.bound[s], nil
		}
	}
	t, err := s.parsed.Clone()
	if err != nil {
		return executor{}, err
	}
	t.Funcs(functions)
	switch {
	case r.trace:
		if r.marked != nil {
			t.Funcs(r.markedWriters())
		}
		t = r.traced(s, t)
	case s.tree != nil:
		if t, err = t.AddParseTree(s.file, s.tree); err != nil {
			return executor{}, err
		}
	}
	r.bound[s] = executor{template: t}
	return r.bound[s], nil
}
