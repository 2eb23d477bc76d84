package escape

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/template"

	"github.com/Masterminds/sprig/v3"

	"github.com/firestoned/firestone/model/value"
)

// hintRow is a template that is refused, or that fails, the hint, and what the template makes once the hint is followed.
// Where a hint says what to write, followed is "": the test writes it there. Else it is the template as it is then.
type hintRow struct {
	file, template, hint, followed, want string
}

// hintTables are the rows by the prefix of the source files that the hints are in; "" is for all other files.
var hintTables = map[string][]hintRow{
	"yaml": yamlHints, "json": jsonHints, "toml": tomlHints, "python": pythonHints, "js_": scriptHints, "markdown": markdownHints, "html": htmlHints, "": otherHints,
}

// hintPartials are those of the rows.
var hintPartials = map[string]string{
	"NAME.txt": "b no\n# c\nd a: 1\n", "map.yaml": "b: 1\nc:\n  - d\n", "one.yaml": "'x'\n", "flow.yaml": "[a, 'b, c']", "pair.yaml": "a: b, c", "empty.yaml": "\n", "word.txt": "it: is\n", "list.yaml": "- a\n- b\n",
	"part.toml": "p = 1\nq = 2\n", "nothing.toml": "\n", "key.json": "1\n", "code.py": "x = 1\ny = 2\n", "nothing.py": "\n", "type.py": "list[str] | None\n", "name.py": "client\n",
	"word.md": "**it** is\n", "back.md": "it\\\n", "bracket.md": "it]\n", "link.md": "[it]\n", "paragraphs.md": "it\n\nis\n", "code.md": "`it` is `so`\n", "front.md": "---\na: b\n---\n", "div.md": "<div>\nit\n</div>\n", "fence.md": "```\nit\n```\n",
	"word.html": "<b>it: is</b>\n", "svg.html": "<svg><path/></svg>\n",
}

// hintFinder finds the hints in the source of this package.
type hintFinder struct {
	files     *token.FileSet
	functions []*ast.FuncDecl
	values    map[string]ast.Expr    // of the constants and variables of the package
	calls     map[string][]foundCall // by the name of the function
}

// foundCall is a call that a function makes.
type foundCall struct {
	in *ast.FuncDecl
	*ast.CallExpr
}

// patterns returns regular expressions for the texts that an expression of a function may have.
func (f *hintFinder) patterns(in *ast.FuncDecl, e ast.Expr, depth int) []string {
	const any = `(?s:.*)`
	if depth > 8 {
		return []string{any}
	}
	switch e := e.(type) {
	case *ast.BasicLit:
		text, _ := strconv.Unquote(e.Value)
		return []string{regexp.QuoteMeta(text)}
	case *ast.BinaryExpr:
		var all []string
		for _, x := range f.patterns(in, e.X, depth+1) {
			for _, y := range f.patterns(in, e.Y, depth+1) {
				all = append(all, x+y)
			}
		}
		return all
	case *ast.ParenExpr:
		return f.patterns(in, e.X, depth+1)
	case *ast.Ident:
		return f.assigned(in, e.Name, depth)
	case *ast.SelectorExpr:
		if depth == 0 {
			return f.fields(e.Sel.Name)
		}
	case *ast.CallExpr:
		name := calledName(e)
		if name == "Sprintf" {
			format, _ := strconv.Unquote(e.Args[0].(*ast.BasicLit).Value)
			return []string{verb.ReplaceAllString(regexp.QuoteMeta(format), any)}
		}
		var all []string
		for _, function := range f.functions {
			if function.Name.Name != name {
				continue
			}
			ast.Inspect(function.Body, func(n ast.Node) bool {
				if returned, ok := n.(*ast.ReturnStmt); ok && len(returned.Results) > 0 {
					all = append(all, f.patterns(function, returned.Results[0], depth+1)...)
				}
				return true
			})
		}
		all = slices.DeleteFunc(all, func(pattern string) bool { return pattern == "" })
		if len(all) > 0 {
			return all
		}
	}
	return []string{any}
}

var verb = regexp.MustCompile(`%[-+#0-9]*(?:\\\[\d+\\\])?[a-zA-Z]`)

// assigned returns the patterns of what a variable of the function is given.
func (f *hintFinder) assigned(in *ast.FuncDecl, name string, depth int) []string {
	var all []string
	ast.Inspect(in.Body, func(n ast.Node) bool {
		assign, ok := n.(*ast.AssignStmt)
		if !ok {
			return true
		}
		for i, left := range assign.Lhs {
			if ident, ok := left.(*ast.Ident); ok && ident.Name == name && len(assign.Rhs) == len(assign.Lhs) {
				all = append(all, f.patterns(in, assign.Rhs[i], depth+1)...)
			}
		}
		return true
	})
	if declared := f.values[name]; declared != nil && len(all) == 0 && !slices.Contains(parametersOf(in), name) {
		return f.patterns(in, declared, depth+1)
	}
	for i, parameter := range parametersOf(in) {
		if parameter != name {
			continue
		}
		for _, c := range f.calls[in.Name.Name] {
			if len(c.Args) > i {
				all = append(all, f.patterns(c.in, c.Args[i], depth+1)...)
			}
		}
	}
	return all
}

// fields returns the patterns of what a field of that name is given in literals.
func (f *hintFinder) fields(name string) []string {
	var all []string
	for _, function := range f.functions {
		ast.Inspect(function.Body, func(n ast.Node) bool {
			if pair, ok := n.(*ast.KeyValueExpr); ok {
				if key, ok := pair.Key.(*ast.Ident); ok && key.Name == name {
					all = append(all, f.patterns(function, pair.Value, 1)...)
				}
			}
			return true
		})
	}
	if len(all) == 0 {
		return []string{`(?s:.*)`}
	}
	return all
}

func parametersOf(f *ast.FuncDecl) []string {
	var names []string
	for _, field := range f.Type.Params.List {
		for _, name := range field.Names {
			names = append(names, name.Name)
		}
	}
	return names
}

func calledName(call *ast.CallExpr) string {
	switch called := call.Fun.(type) {
	case *ast.Ident:
		return called.Name
	case *ast.SelectorExpr:
		return called.Sel.Name
	}
	return ""
}

// hints returns the patterns of all hints of this package by their place.
func hints(t *testing.T) map[string][]string {
	t.Helper()
	f := &hintFinder{files: token.NewFileSet(), values: map[string]ast.Expr{}, calls: map[string][]foundCall{}}
	paths, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range paths {
		if !strings.HasSuffix(entry.Name(), ".go") || strings.HasSuffix(entry.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(f.files, entry.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, declared := range file.Decls {
			switch declared := declared.(type) {
			case *ast.FuncDecl:
				f.functions = append(f.functions, declared)
			case *ast.GenDecl:
				for _, spec := range declared.Specs {
					if spec, ok := spec.(*ast.ValueSpec); ok && len(spec.Values) == len(spec.Names) {
						for i, name := range spec.Names {
							f.values[name.Name] = spec.Values[i]
						}
					}
				}
			}
		}
	}
	for _, function := range f.functions {
		ast.Inspect(function.Body, func(n ast.Node) bool {
			if made, ok := n.(*ast.CallExpr); ok {
				f.calls[calledName(made)] = append(f.calls[calledName(made)], foundCall{function, made})
			}
			return true
		})
	}
	found := map[string][]string{}
	note := func(in *ast.FuncDecl, hint ast.Expr) {
		for _, pattern := range f.patterns(in, hint, 0) {
			if at := f.files.Position(hint.Pos()).String(); pattern != "" && !slices.Contains(found[at], pattern) {
				found[at] = append(found[at], pattern)
			}
		}
	}
	find := func(function *ast.FuncDecl, in ast.Node) {
		ast.Inspect(in, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if name := calledName(n); (name == "refuse" || name == "add" || name == "Add") && len(n.Args) > 2 {
					hint := 1
					if name != "refuse" {
						hint = 2 // after the code
					}
					note(function, n.Args[hint])
				}
			case *ast.KeyValueExpr:
				if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Hint" {
					note(function, n.Value)
				}
			case *ast.AssignStmt:
				for i, left := range n.Lhs {
					if field, ok := left.(*ast.SelectorExpr); ok && field.Sel.Name == "Hint" && len(n.Rhs) == len(n.Lhs) {
						note(function, n.Rhs[i])
					}
				}
			}
			return true
		})
	}
	for _, function := range f.functions {
		if name := function.Name.Name; name != "refuse" && name != "add" { // which hand on what they are given
			find(function, function)
		}
	}
	for _, declared := range f.values {
		find(nowhere, declared)
	}
	return found
}

// nowhere is the function of what stands in none.
var nowhere = &ast.FuncDecl{Name: ast.NewIdent(""), Type: &ast.FuncType{Params: &ast.FieldList{}}, Body: &ast.BlockStmt{}}

// TestEveryHintHasARow checks that there is a row for each hint in the source.
func TestEveryHintHasARow(t *testing.T) {
	for at, patterns := range hints(t) {
		for _, pattern := range patterns {
			rows := hintTables[""]
			for prefix, table := range hintTables {
				if prefix != "" && strings.HasPrefix(at, prefix) {
					rows = table
				}
			}
			whole := regexp.MustCompile("^(?:" + pattern + ")$")
			if strings.Trim(pattern, "(?s:.*)") == "" || !slices.ContainsFunc(rows, func(row hintRow) bool { return whole.MatchString(row.hint) }) {
				t.Errorf("%s: no row tries the hint %s", at, pattern)
			}
		}
	}
}

// hintOf returns the first problem of a template, of its text or of executing it.
func hintOf(file, text string) (value.Problem, bool) {
	parsed, err := Parse(file, text, hintFuncs())
	if err == nil {
		err = parsed.Execute(&strings.Builder{}, hintData)
	}
	var problems value.Problems
	var problem value.Problem
	switch {
	case errors.As(err, &problems):
		return problems[0], true
	case errors.As(err, &problem):
		if at := executing.FindStringSubmatch(err.Error()); at != nil {
			problem.Pos.Line, _ = strconv.Atoi(at[1])
			col, _ := strconv.Atoi(at[2])
			line := strings.Split(text, "\n")[problem.Pos.Line-1]
			problem.Pos.Col = 1 + max(0, strings.LastIndex(line[:min(col, len(line))], "{{"))
		}
		return problem, true
	}
	return problem, false
}

var executing = regexp.MustCompile(`^template: [^:]*:(\d+):(\d+): executing`)

// hintFuncs are the functions of the rows. A partial is called by its name with or without its suffix.
func hintFuncs() template.FuncMap {
	funcs := template.FuncMap{"include": func(name string, _ any) any {
		if !strings.Contains(name, ".") {
			name += ".txt"
		}
		if text, ok := hintPartials[name]; ok {
			return Rendered(name, text)
		}
		return Rendered(name, scriptPartials[name])
	}, "int": sprig.GenericFuncMap()["int"], "list": func(items ...any) []any { return items }, "omit": func(m map[string]any, name string) map[string]any {
		m = maps.Clone(m)
		delete(m, name)
		return m
	}, "kebab": nameFunc(Kebab)}
	for name, f := range arithmetic {
		funcs[name] = f
	}
	return funcs
}

// TestHints follows each hint to the letter: the template opens, and makes what its author meant.
func TestHints(t *testing.T) {
	for prefix, rows := range hintTables {
		for _, row := range rows {
			problem, ok := hintOf(row.file, row.template)
			if !ok || problem.Hint != row.hint {
				t.Errorf("%s: %q gave %v\nwant the hint %s", prefix, row.template, problem, row.hint)
				continue
			}
			followed := row.followed
			if followed == "" {
				if followed = followHint(row.template, problem); followed == "" {
					t.Errorf("%s: %q: nobody knows how to follow %s", prefix, row.template, row.hint)
					continue
				}
			}
			var b strings.Builder
			parsed, err := Parse(row.file, followed, hintFuncs())
			if err == nil {
				err = parsed.Execute(&b, hintData)
			}
			if got := finished(t, row.file, b.String()); err != nil || got != row.want {
				t.Errorf("%s: %q, whose hint is\n%s\nfollowed as %q gave %v\n%q\nwant\n%q", prefix, row.template, row.hint, followed, err, got, row.want)
			}
		}
	}
}

// hintData is what the templates of the rows read.
var hintData = func() map[string]any {
	data := htmlSample()
	data["Q"], data["None"], data["Big"], data["Huge"], data["NaN"], data["Bad"] = `"q"`, nil, json.Number("9223372036854775808"), make([]int, maxValues+1), nan(), json.Number("x")
	data["Fence"], data["Percent"], data["Script"], data["Proto"] = "a\n```\nb", "%zz", "javascript:alert(1)", "__proto__"
	data["X"], data["Y"] = "x *y*", true
	loop := []any{nil}
	loop[0] = loop
	data["Loop"], data["Struct"], data["Ints"], data["Map"] = loop, struct{ A string }{"a"}, map[int]string{1: "a"}, map[string]any{"a": 1, "b": nil}
	long := strings.Repeat("x", maxBytes/4)
	data["Long"] = []string{long, long, long, long, long}
	return data
}()

var (
	spaced   = regexp.MustCompile(`\{\{(-?) *(.*?) *(-?)\}\}`)
	nindents = regexp.MustCompile(`n?indent \d+`)
)

// followHint returns a template as it is when one does to the letter what the hint says at the place of the problem, or
// "" where the hint doesn't say what to write.
func followHint(text string, problem value.Problem) string {
	lines := strings.SplitAfter(text, "\n")
	line := lines[problem.Pos.Line-1]
	at := len(string([]rune(line)[:problem.Pos.Col-1]))
	action := line[at : at+strings.Index(line[at:], "}}")+2]
	hint, place := problem.Hint, ""
	if before, _, ok := strings.Cut(hint, " in place of the block"); ok {
		hint, place = strings.TrimSuffix(before, " after the key,"), "block"
	}
	form, isForm := strings.CutPrefix(hint, "write ")
	switch {
	case place == "block" && isForm:
		key := problem.Pos.Line - 2
		for !strings.ContainsAny(lines[key], "|") {
			key--
		}
		head, _, _ := strings.Cut(lines[key], "|")
		end := key + 1
		column := len(head) - len(strings.TrimLeft(head, " -"))
		for end < len(lines) && (strings.TrimSpace(lines[end]) == "" || indentOf(lines[end]) > column) {
			end++
		}
		return strings.Join(lines[:key], "") + head + form + "\n" + strings.Join(lines[end:], "")
	case isForm && strings.HasPrefix(form, `"`):
		tight := spaced.ReplaceAllString(text, "{{$1$2$3}}")
		word := strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(strings.Trim(form, `"`))
		return strings.Replace(tight, word, form, 1)
	case isForm && strings.HasPrefix(form, "nindent "):
		lines[problem.Pos.Line-1] = nindents.ReplaceAllString(line, form)
		return strings.Join(lines, "")
	case isForm && strings.HasPrefix(form, "{{"):
		lines[problem.Pos.Line-1] = strings.Replace(line, action, form, 1)
		return strings.Join(lines, "")
	}
	if form, ok := strings.CutPrefix(hint, "put a space before it: "); ok {
		lines[problem.Pos.Line-1] = strings.Replace(line, action, " "+form, 1)
		return strings.Join(lines, "")
	}
	if form, ok := strings.CutPrefix(hint, "write it inside the quotes before it: "); ok {
		quote := strings.LastIndexAny(line[:at], `"'`)
		lines[problem.Pos.Line-1] = line[:quote] + line[quote+1:at] + form + line[at+len(action):]
		return strings.Join(lines, "")
	}
	return ""
}
