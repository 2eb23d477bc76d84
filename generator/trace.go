package generator

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"text/template"
	"text/template/parse"

	"github.com/firestoned/firestone/generator/escape"
	"github.com/firestoned/firestone/generator/tree"
	"github.com/firestoned/firestone/model/value"
)

// failure is why a template could not be executed: the place in the innermost template, and the definition that was
// being rendered there. It passes through the templates that include it.
type failure struct {
	problem value.Problem
	at      string // the definition: "book.yaml:1:1 (book)", or empty while unknown
}

func (f *failure) Error() string { return f.problem.Error() }

// explain returns what went wrong in executing a template. It executes it once more and takes notes, which costs
// nothing while all is well.
func (p *Pack) explain(s *source, view View, err error) value.Problem {
	r := p.renderer(newBudget(view.API, p.Effort))
	r.trace, r.root = true, view
	if _, again := r.execute(s, view); again != nil {
		err = again
	}
	var placed *placedFailure
	if errors.As(err, &placed) {
		return placed.problem
	}
	var f *failure
	if !errors.As(err, &f) {
		return value.Problem{Code: value.FailedAction, Pos: value.Pos{File: s.file}, Msg: err.Error()}
	}
	if f.at != "" {
		f.problem.AddHint("while rendering " + f.at)
	}
	return f.problem
}

// locate returns the failure of the template on top of the stack: the one that an included template has had, or a new
// one. Only template.ExecError says where; its text is all that says it.
func (r *renderer) locate(err error) error {
	var placed *placedFailure
	if errors.As(err, &placed) {
		return placed
	}
	top := r.stack[len(r.stack)-1]
	var exec template.ExecError
	if !errors.As(err, &exec) {
		problem := problemsOf(err)[0]
		problem.Code, problem.Pos = cmp.Or(problem.Code, value.FailedAction), value.Pos{File: top.source.file}
		return &failure{problem: problem}
	}
	offset, cause := top.source.place(exec)
	var f *failure
	if !errors.As(err, &f) {
		f = &failure{problem: r.described(exec, cause, offset)}
	}
	if f.at == "" {
		f.at = r.definition(top, offset)
	}
	return f
}

// place reads the byte offset and the cause from the text of an error, which is
// "template: NAME:LINE:BYTE: executing "NAME" at <PART>: CAUSE".
func (s *source) place(exec template.ExecError) (int, string) {
	rest, ok := strings.CutPrefix(exec.Error(), "template: "+s.file+":")
	if !ok {
		return 0, exec.Error()
	}
	where, cause, _ := strings.Cut(rest, ": executing ")
	lineText, byteText, _ := strings.Cut(where, ":")
	line, lineErr := strconv.Atoi(lineText)
	column, columnErr := strconv.Atoi(byteText)
	if lineErr != nil || columnErr != nil {
		return 0, exec.Error()
	}
	offset := 0
	for range line - 1 {
		offset += strings.IndexByte(s.text[offset:], '\n') + 1
	}
	// An error that a function returned is wrapped in the text; of the others the text is all there is.
	if returned := errors.Unwrap(exec.Err); returned != nil {
		cause = strings.TrimSpace(returned.Error())
	} else if end := strings.LastIndex(cause, ">: "); end >= 0 {
		cause = cause[end+len(">: "):]
	}
	return min(offset+column, len(s.text)), cause
}

// scope is the part of a template in which a range or with sets the dot.
type scope struct{ from, to int }

// scopes returns the bodies of the template's ranges and withs by their number.
func scopes(root parse.Node) ([]scope, []*parse.ListNode) {
	var found []scope
	var bodies []*parse.ListNode
	tree.Inspect(root, func(node parse.Node) bool {
		branch := tree.Branch(node)
		if branch == nil || branch.NodeType == parse.NodeIf {
			return true
		}
		within := scope{from: int(branch.List.Position()), to: int(branch.List.Position())}
		tree.Inspect(branch.List, func(below parse.Node) bool {
			within.to = max(within.to, int(below.Position()))
			return true
		})
		found, bodies = append(found, within), append(bodies, branch.List)
		return true
	})
	return found, bodies
}

const traceFunction = "_dot"

// traced returns the template with a call that notes the dot at the start of every range and with.
func (r *renderer) traced(s *source, t *template.Template) *template.Template {
	t.Funcs(template.FuncMap{traceFunction: func(number int, dot any) string {
		top := r.stack[len(r.stack)-1]
		if top.dots == nil {
			top.dots = map[int]any{}
		}
		top.dots[number] = dot
		return ""
	}})
	t.Funcs(template.FuncMap{lineFunction: func(offset int) string { return r.mark(offset, true) }, actionFunction: r.markAction})
	noting := t.Tree.Copy()
	countIterations(noting.Root)
	if r.marked != nil && s.language != escape.Text {
		s.markPieces(noting.Root)
	}
	_, bodies := scopes(noting.Root)
	for i, body := range bodies {
		call := "{{ " + traceFunction + " " + strconv.Itoa(i) + " . }}"
		note, err := parse.Parse(s.file, call, "", "", map[string]any{traceFunction: true})
		if err != nil {
			return t
		}
		body.Nodes = slices.Insert(body.Nodes, 0, note[s.file].Root.Nodes[0])
	}
	if with, err := t.AddParseTree(s.file, noting); err == nil {
		return with
	}
	return t
}

// start returns where the action begins that the offset is in.
func (s *source) start(offset int) int {
	if open := strings.LastIndex(s.text[:min(offset, len(s.text))], "{{"); open >= 0 {
		return open
	}
	return offset
}

// definition returns the place and name of the definition that the template was rendering at the offset: of the
// innermost dot around it that has one.
func (r *renderer) definition(f *frame, offset int) string {
	for _, dot := range f.dotsAt(offset) {
		if at := placeOf(dot); at != "" {
			return at
		}
	}
	return ""
}

// dotsAt returns the dots at the offset, the innermost first, as far as they were noted.
func (f *frame) dotsAt(offset int) []any {
	found, _ := scopes(f.source.parsed.Root)
	numbers := slices.Collect(maps.Keys(f.dots))
	slices.SortFunc(numbers, func(a, b int) int { return cmp.Compare(found[b].from, found[a].from) })
	var dots []any
	for _, n := range numbers {
		if within := found[n]; within.from <= offset && offset <= within.to {
			dots = append(dots, f.dots[n])
		}
	}
	return append(dots, f.data)
}
