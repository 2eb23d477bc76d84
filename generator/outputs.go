package generator

import (
	"path"
	"slices"
	"strings"

	"github.com/firestoned/firestone/generator/escape"
	"github.com/firestoned/firestone/model/value"
)

// name returns the source of the output, which identifies it in its pack.
func (o Output) name() string {
	if o.Copy != "" {
		return o.Copy
	}
	return o.Template
}

// copies reports whether the output copies the file of that path in the pack.
func (o Output) copies(at string) bool {
	return o.Copy != "" && (at == o.Copy || strings.HasSuffix(o.Copy, "/") && strings.HasPrefix(at, o.Copy))
}

// copiedTo returns where a file of the pack is copied to by an output whose path is already known.
func (o Output) copiedTo(at string) string {
	if !strings.HasSuffix(o.Copy, "/") {
		return o.Path
	}
	return path.Join(o.Path, strings.TrimPrefix(at, o.Copy))
}

// outputs returns the outputs in source order, with the defaults of what they leave open.
func (m *manifest) outputs() []Output {
	var found []Output
	for i, o := range m.Outputs {
		output := Output{Template: o.Template, Copy: o.Copy, Path: o.Path, Each: o.Each, When: o.When, Write: o.Write, yaml: featuresOf(o.YAML), pos: m.tree.Get("outputs").Items[i].Pos}
		if output.Path == "" {
			output.Path = strings.TrimSuffix(output.name(), templateSuffix)
		}
		if output.Write == "" {
			output.Write = WriteAlways
		}
		found = append(found, output)
	}
	return found
}

// checkOutputs reports outputs without a template or without files to copy, and paths in another language than their
// template's.
func (p *Pack) checkOutputs(problems *value.Problems) {
	var templates, copied []string
	for at, s := range p.templates {
		if _, isPartial := s.partial(); !isPartial {
			templates = append(templates, at)
		}
	}
	for at := range p.statics {
		copied = append(copied, at)
	}
	slices.Sort(templates)
	slices.Sort(copied)
	for i := range p.Outputs {
		o := &p.Outputs[i]
		switch s := p.templates[o.Template]; {
		case o.Copy != "":
			if !slices.ContainsFunc(copied, o.copies) {
				problems.Add(value.InvalidOutputEntry, o.pos, value.Suggestion(o.Copy, copied), "no file %q to copy", o.Copy)
			}
		case s == nil:
			problems.Add(value.InvalidOutputEntry, o.pos, value.Suggestion(o.Template, templates), "no template %q", o.Template)
			continue
		case !slices.Contains(templates, o.Template):
			problems.Add(value.InvalidOutputEntry, o.pos, "rename it, and set its path: names that start with _ are those of partials; for example template: init.py.tmpl, path: __init__.py", "the template %q is a partial, which generates no output", o.Template)
			continue
		case escape.IsJavaScript(o.Path) != escape.IsJavaScript(o.Template) && s.language == escape.TypeScript && escape.LanguageOf(o.Path) == s.language:
			problems.Add(value.InvalidOutputEntry, o.pos, "name the template after its output, with .tmpl at the end",
				"of the template %s and its output %s, one is JavaScript and the other TypeScript", o.Template, o.Path)
		case escape.LanguageOf(o.Path) != s.language:
			problems.Add(value.InvalidOutputEntry, o.pos, "name the template after its output, with .tmpl at the end",
				"the template %s writes %s, but %s is a %s file", o.Template, s.language, o.Path, escape.LanguageOf(o.Path))
		}
		o.parsePath(problems)
		o.parseWhen(problems)
	}
}

// parsePath parses a path that holds actions.
func (o *Output) parsePath(problems *value.Problems) {
	if !strings.Contains(o.Path, "{{") {
		if cause := o.pathFault(); cause != "" {
			problems.Add(value.OutputPath, o.pos, "name a file inside the output folder", "the path %q of an output %s", o.Path, cause)
		}
		return
	}
	o.path = o.parsed("path", o.Path, o.Path, problems)
}

// pathFault says why the path is none that every system can make inside an output folder, or returns "". A folder may be
// copied to the output folder itself.
func (o Output) pathFault() string {
	at := o.Path
	if strings.HasSuffix(o.Copy, "/") {
		if at = strings.TrimSuffix(at, "/"); at == "." || at == "" {
			return ""
		}
	}
	return pathFault(at)
}

// parseWhen parses the condition, which is one action: it is met where the action has a value, as in an if.
func (o *Output) parseWhen(problems *value.Problems) {
	if o.When == "" {
		return
	}
	pipeline, isAction := strings.CutPrefix(strings.TrimSpace(o.When), "{{")
	pipeline, isClosed := strings.CutSuffix(pipeline, "}}")
	pipeline = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(pipeline, "- "), " -"))
	if !isAction || !isClosed || strings.Contains(pipeline, "}}") || pipeline == "" {
		problems.Add(value.InvalidOutputEntry, o.pos, "write one action, such as when: \"{{ .API.Channels }}\"", "%q is not a condition", o.When)
		return
	}
	o.when = o.parsed("when", o.When, "{{ if "+pipeline+" }}yes{{ end }}", problems)
}

// parsed parses the template that is the text of a key of the output.
func (o *Output) parsed(key, text, template string, problems *value.Problems) *source {
	return parsedKey(o.pos, key+" of "+o.name(), key+" "+text, template, problems)
}

// parsedKey parses a template at a position in pack.yaml under a name; messages begin with called.
func parsedKey(at value.Pos, name, called, template string, problems *value.Problems) *source {
	s := &source{file: at.File + " (" + name + ")", text: template, language: escape.Text}
	var own value.Problems
	s.parse(&own)
	for _, problem := range own {
		problem.Pos, problem.Msg = at, called+": "+problem.Msg
		*problems = append(*problems, problem)
	}
	return s
}
