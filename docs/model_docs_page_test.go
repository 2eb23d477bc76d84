package docs_test

import (
	"cmp"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"os"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// goComments are the doc comments of the packages whose types a template can reach.
type goComments struct {
	t      *testing.T
	types  map[string]*doc.Type // by PACKAGE.NAME
	order  []string             // PACKAGE.NAME in reading order
	params map[string][]string  // of PACKAGE.NAME.METHOD, the names of its parameters
}

// readGoComments reads the packages in the order of their types on the page: a listed file comes before the others of its
// package.
func readGoComments(t *testing.T) *goComments {
	t.Helper()
	c := &goComments{t: t, types: map[string]*doc.Type{}, params: map[string][]string{}}
	for _, first := range [][]string{
		{"generator/render.go", "generator/params.go", "generator/pack.go"}, {"model/model.go", "model/event.go"}, {"model/facts/facts.go"}, {"model/schema/forms.go"}, {"model/value/value.go", "model/value/problem.go"},
	} {
		c.read(path.Dir(first[0]), first)
	}
	return c
}

func (c *goComments) read(folder string, first []string) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		c.t.Fatal(err)
	}
	names := slices.Clone(first)
	for _, entry := range entries {
		name := path.Join(folder, entry.Name())
		if path.Ext(name) == ".go" && !strings.HasSuffix(name, "_test.go") && !slices.Contains(first, name) {
			names = append(names, name)
		}
	}
	files := token.NewFileSet()
	var parsed []*ast.File
	for _, name := range names {
		file, err := parser.ParseFile(files, name, nil, parser.ParseComments)
		if err != nil {
			c.t.Fatal(err)
		}
		parsed = append(parsed, file)
	}
	documented, err := doc.NewFromFiles(files, parsed, module+"/"+folder)
	if err != nil {
		c.t.Fatal(err)
	}
	slices.SortFunc(documented.Types, func(a, b *doc.Type) int { return cmp.Compare(a.Decl.Pos(), b.Decl.Pos()) })
	for _, of := range documented.Types {
		name := documented.Name + "." + of.Name
		c.types[name] = of
		c.order = append(c.order, name)
		for _, method := range of.Methods {
			for _, list := range method.Decl.Type.Params.List {
				for _, param := range list.Names {
					c.params[name+"."+method.Name] = append(c.params[name+"."+method.Name], param.Name)
				}
			}
		}
	}
}

// place returns the position of a type in reading order.
func (c *goComments) place(of reflect.Type) int { return slices.Index(c.order, of.String()) }

// of returns the comment of a type.
func (c *goComments) of(of reflect.Type) string {
	documented := c.types[of.String()]
	if documented == nil || documented.Doc == "" {
		c.t.Errorf("%s has no doc comment", of)
		return ""
	}
	return documented.Doc
}

// field returns the comment of a field, on one line.
func (c *goComments) field(of reflect.Type, name string) string {
	for _, spec := range c.types[of.String()].Decl.Specs {
		fields := spec.(*ast.TypeSpec).Type.(*ast.StructType).Fields
		for _, field := range fields.List {
			if !slices.ContainsFunc(field.Names, func(n *ast.Ident) bool { return n.Name == name }) {
				continue
			}
			if text := strings.Join(strings.Fields(field.Doc.Text()+field.Comment.Text()), " "); text != "" {
				return text
			}
		}
	}
	c.t.Errorf("%s.%s has no comment", of, name)
	return ""
}

// method returns the comment of a method without its name: "reports whether ...".
func (c *goComments) method(of reflect.Type, name string) string {
	for _, method := range c.types[of.String()].Methods {
		if text := strings.Join(strings.Fields(method.Doc), " "); method.Name == name && text != "" {
			text = receiver.ReplaceAllString(strings.TrimPrefix(text, name+" "), "it")
			if strings.Count(text, ". ") == 0 {
				text = strings.TrimSuffix(text, ".")
			}
			return text
		}
	}
	c.t.Errorf("%s.%s has no comment", of, name)
	return ""
}

// receiver is the name of the value in the comments of methods of Value.
var receiver = regexp.MustCompile(`\bv\b`)

// markdown returns the page.
func (p *modelPage) markdown() string {
	b := &strings.Builder{}
	b.WriteString(modelPageHead)
	for i, of := range p.types {
		if i > 0 {
			b.WriteString("\n")
		}
		b.WriteString("## " + titleOfType(of) + "\n\n")
		b.WriteString(escapeMarkdown(strings.TrimSpace(p.comments.of(of))) + "\n")
		if of == reflect.TypeFor[model.Value]() {
			b.WriteString("\n" + modelPageValue)
		}
		p.constants(b, of)
		p.table(b, of)
	}
	return b.String()
}

// constants writes the constants of a type.
func (p *modelPage) constants(b *strings.Builder, of reflect.Type) {
	if of.Kind() != reflect.String {
		return
	}
	b.WriteString("\n| Value | Meaning |\n|---|---|\n")
	for _, group := range p.comments.types[of.String()].Consts {
		for _, spec := range group.Decl.Specs {
			constant := spec.(*ast.ValueSpec)
			text := strings.TrimSpace(constant.Doc.Text() + constant.Comment.Text())
			if text == "" {
				p.t.Errorf("%s has no comment", constant.Names[0].Name)
			}
			word := constant.Values[0].(*ast.BasicLit).Value
			b.WriteString("| " + codeInCell(word) + " | " + escapeCell(text) + " |\n")
		}
	}
}

// table writes the fields of a type, then the methods that a template can call.
func (p *modelPage) table(b *strings.Builder, of reflect.Type) {
	var rows [][4]string
	if of.Kind() == reflect.Struct {
		for _, field := range reflect.VisibleFields(of) {
			if field.IsExported() {
				given := p.typeText(field.Type, p.canBeNone(of, field))
				rows = append(rows, [4]string{field.Name, given, p.comments.field(of, field.Name), p.examples.of(of, field.Name)})
			}
		}
	}
	for _, method := range callable(of) {
		text := p.comments.method(of, method.Name)
		words := strings.Join(append([]string{method.Name}, p.comments.params[of.String()+"."+method.Name]...), " ")
		given := p.typeText(method.Type.Out(0), strings.Contains(text, "nil"))
		rows = append(rows, [4]string{words, given, text, p.examples.of(of, method.Name)})
	}
	if len(rows) == 0 {
		return
	}
	b.WriteString("\n| Field | Type | Meaning | Example |\n|---|---|---|---|\n")
	for _, row := range rows {
		example := "-"
		if row[3] != "" {
			example = codeInCell(row[3])
		}
		b.WriteString("| " + codeInCell(row[0]) + " | " + row[1] + " | " + escapeCell(row[2]) + " | " + example + " |\n")
	}
}

// typeText returns a type in words, with a link to its section.
func (p *modelPage) typeText(of reflect.Type, canBeNone bool) string {
	switch {
	case of.Kind() == reflect.Slice:
		return "list of " + p.typeText(of.Elem(), false)
	case of.Kind() == reflect.Pointer && canBeNone:
		return p.typeText(of.Elem(), false) + " or none"
	case of.Kind() == reflect.Pointer:
		return p.typeText(of.Elem(), false)
	case slices.Contains(p.types, of):
		title := titleOfType(of)
		return "[" + title + "](#" + strings.ToLower(strings.ReplaceAll(title, " ", "-")) + ")"
	}
	words := map[reflect.Kind]string{reflect.String: "text", reflect.Bool: "true or false", reflect.Int: "number"}
	if words[of.Kind()] == "" {
		p.t.Errorf("the page has no word for %s", of)
	}
	return words[of.Kind()]
}

// titleOfType returns the heading of a type. Two of them are called Member.
func titleOfType(of reflect.Type) string {
	if of == reflect.TypeFor[value.Member]() {
		return "Member of a Value"
	}
	return of.Name()
}

// escapeMarkdown escapes the special characters of a text, except between backticks, which stay code. An underscore within
// a word is not special.
func escapeMarkdown(text string) string {
	var b strings.Builder
	for i, part := range strings.Split(text, "`") {
		if i%2 == 1 {
			b.WriteString("`" + part + "`")
			continue
		}
		before := ' '
		runes := []rune(part)
		for i, r := range runes {
			isWithin := i+1 < len(runes) && isWordRune(before) && isWordRune(runes[i+1])
			if strings.ContainsRune(`\*<>[]`, r) || r == '_' && !isWithin {
				b.WriteByte('\\')
			}
			b.WriteRune(r)
			before = r
		}
	}
	return b.String()
}

func isWordRune(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

// escapeCell is escapeMarkdown for a table cell.
func escapeCell(text string) string {
	return strings.ReplaceAll(escapeMarkdown(strings.Join(strings.Fields(text), " ")), "|", `\|`)
}

// codeInCell returns a text as code for a table cell.
func codeInCell(text string) string {
	fence := "`"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	if len(fence) > 1 {
		text = " " + text + " "
	}
	return fence + strings.ReplaceAll(text, "|", `\|`) + fence
}
