package main_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model"
	"github.com/hexops/autogold/v2"
)

// TestShapes records what the model derives from the hard cases, some other cases and the example: labels, columns,
// references, filters, and the shape of each field.
func TestShapes(t *testing.T) {
	for name, paths := range shapeCases(t) {
		t.Run(name, func(t *testing.T) {
			api, problems := model.Load(os.ReadFile, model.Options{}, paths...)
			if api == nil {
				t.Fatal(problems.Error())
			}
			var w shapeWriter
			for _, r := range api.Resources {
				w.resource(r)
			}
			autogold.ExpectFile(t, autogold.Raw(w.String()), autogold.Dir("testdata/shapes"), autogold.Name(name))
		})
	}
}

// shapeCases returns the definitions of each case by name.
func shapeCases(t *testing.T) map[string][]string {
	t.Helper()
	cases := map[string][]string{}
	for _, pattern := range []string{"testdata/hard/*.yaml", "testdata/cases/*/*.yaml", "examples/library/[a-z]*.yaml"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v, %v", pattern, files, err)
		}
		for _, file := range files {
			name := strings.TrimSuffix(filepath.Base(file), ".yaml")
			if !strings.HasPrefix(pattern, "testdata/hard") {
				name = filepath.Base(filepath.Dir(file))
			}
			if !strings.HasPrefix(filepath.Base(file), "_") {
				cases[name] = append(cases[name], filepath.ToSlash(file))
			}
		}
	}
	return cases
}

// shapeWriter writes the resources of the model, one line for each field.
type shapeWriter struct{ strings.Builder }

func (w *shapeWriter) resource(r *model.Resource) {
	fmt.Fprintf(w, "%s\n", r.Name)
	var columns, children []string
	for _, p := range r.Columns {
		columns = append(columns, p.Name)
	}
	for _, child := range r.Children {
		children = append(children, child.Name)
	}
	w.line(1, "label", r.Label.Name)
	w.line(1, "columns", strings.Join(columns, ", "))
	w.line(1, "children", strings.Join(children, ", "))
	for _, by := range r.ReferredBy {
		text := by.Resource.Name + "." + by.Property.Name
		if by.Parameter != nil {
			text += " by the parameter " + by.Parameter.Name
		}
		w.line(1, "referred by", text)
	}
	if r.Collection != nil {
		for _, o := range r.Collection.Operations {
			for _, p := range o.Parameters[len(r.Collection.Parameters):] {
				w.parameter(o, p)
			}
		}
	}
	w.line(1, "key", r.Key.Name+": "+shapeText(r.Key.Shape))
	w.line(1, "read", shapeText(r.Read.Shape))
	w.inside(2, r.Read.Shape)
	for _, form := range []*model.Component{r.Create, r.Replace, r.Update} {
		w.line(1, "to send", shapeText(form.Shape)+" "+fieldNames(form.Shape))
	}
}

func (w *shapeWriter) parameter(o *model.Operation, p *model.Parameter) {
	text := o.Method + " " + p.Name + ": " + shapeText(p.Shape)
	if p.Filter != nil {
		text += ", selects " + strings.TrimSpace(strings.Join(p.Filter.Path, "/")+" "+p.Filter.Match)
	}
	if p.Refers != nil {
		text += ", refers to " + p.Refers.Resource.Name
	}
	w.line(1, "parameter", text)
}

// fieldNames returns the names of the fields, followed by ! if required and by ? if nullable.
func fieldNames(s *model.Shape) string {
	var names []string
	for _, f := range s.Fields {
		name := f.Name
		if f.IsRequired {
			name += "!"
		}
		if f.Shape.IsNullable {
			name += "?"
		}
		names = append(names, name)
	}
	return "{" + cut(strings.Join(names, " ")) + "}"
}

func (w *shapeWriter) line(depth int, name, text string) {
	if text != "" {
		fmt.Fprintf(w, "%s%s: %s\n", strings.Repeat("  ", depth), name, text)
	}
}

// inside writes the parts of a shape.
func (w *shapeWriter) inside(depth int, s *model.Shape) {
	for _, f := range s.Fields {
		text := fmt.Sprintf("%s %q: %s", f.Identifier, f.Title, shapeText(f.Shape))
		if f.IsRequired {
			text = "required " + text
		}
		if f.Refers != nil {
			text += ", refers to " + referenceText(f.Refers)
		}
		if f.Embeds != nil {
			text += ", embeds " + f.Embeds.Name
		}
		w.line(depth, fmt.Sprintf("%q", f.Name), text)
		if f.Shape.Component == nil {
			w.inside(depth+1, f.Shape)
		}
	}
	for _, part := range []struct {
		name  string
		shape *model.Shape
	}{{"item", s.Item}, {"others", s.Extra}} {
		if part.shape != nil {
			w.line(depth, part.name, shapeText(part.shape))
			if part.shape.Component == nil {
				w.inside(depth+1, part.shape)
			}
		}
	}
	for i, item := range s.Items {
		w.line(depth, fmt.Sprintf("item %d", i), shapeText(item))
	}
	for _, o := range s.Options {
		text := shapeText(o.Shape)
		if o.Property != "" {
			text += ", where " + o.Property + " is " + o.Value
		}
		w.line(depth, "or "+o.Title, text)
		if o.Shape.Component == nil {
			w.inside(depth+1, o.Shape)
		}
	}
}

func referenceText(r *model.Reference) string {
	text := r.Resource.Name + "." + r.Property.Name
	if len(r.Path) > 0 {
		text = strings.Join(r.Path, ".") + " as " + text
	}
	text += " (" + r.OnMissing
	if r.IsGuessed {
		text += ", guessed"
	}
	if r.IsImmutable {
		text += ", immutable"
	}
	return text + ")"
}

// shapeText returns a shape on one line, without its parts.
func shapeText(s *model.Shape) string {
	words := []string{string(s.Kind)}
	add := func(format string, args ...any) { words = append(words, fmt.Sprintf(format, args...)) }
	if s.Component != nil {
		add("%s", s.Component.Name)
	}
	for _, flag := range []struct {
		is   bool
		word string
	}{
		{s.IsNullable, "nullable"}, {s.IsRecursive, "recursive"}, {s.IsReadOnly, "read-only"}, {s.IsWriteOnly, "write-only"},
		{s.IsDeprecated, "deprecated"}, {s.IsUnique, "unique"}, {s.IsClosed, "closed"}, {s.IsConst, "const"},
	} {
		if flag.is {
			add("%s", flag.word)
		}
	}
	if s.Format != "" {
		add("format %s", s.Format)
	}
	if s.Pattern != "" {
		add("pattern %q", s.Pattern)
	}
	for _, fact := range []struct {
		name  string
		value *model.Value
	}{
		{minimumWord(s.IsMinimumExclusive, "above", "from"), s.Minimum}, {minimumWord(s.IsMaximumExclusive, "below", "to"), s.Maximum},
		{"multiple of", s.MultipleOf}, {"length from", s.MinLength}, {"length to", s.MaxLength}, {"items from", s.MinItems}, {"items to", s.MaxItems},
		{"default", s.Default}, {"example", s.Example},
	} {
		if fact.value != nil {
			add("%s %s", fact.name, cut(string(fact.value.AppendJSON(nil, ""))))
		}
	}
	if len(s.Enum) > 0 {
		var values []string
		for _, v := range s.Enum {
			values = append(values, string(v.AppendJSON(nil, "")))
		}
		add("one of %s", cut(strings.Join(values, " ")))
	}
	return strings.Join(words, " ")
}

func minimumWord(isExclusive bool, exclusive, inclusive string) string {
	if isExclusive {
		return exclusive
	}
	return inclusive
}

// cut returns the beginning of a long text.
func cut(text string) string {
	if runes := []rune(text); len(runes) > 60 {
		return string(runes[:60]) + "..."
	}
	return text
}
