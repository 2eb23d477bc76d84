package command

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/firestoned/firestone/generator/escape"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/value"
)

// identities are the keys by which an item of a list is named in a path, the strongest first.
var identities = []string{
	"Name", "Kind", "Plural", "Path", "Method", "Status", "Key", "Protocol", "Property", "Resource", "Scheme", "URL", "Text", "$ref",
}

// part is what a path leads to in the printed model, and the path as templates and the model spell it.
type part struct {
	of       *model.Value
	spelled  []string
	isFolded bool // a step has other capitals
}

// noteSpelling says how a template spells the path where the user wrote other capitals.
func (p *part) noteSpelling(errw io.Writer) {
	if p.isFolded {
		fmt.Fprintf(errw, "hint: names in templates are case-sensitive: %s\n", strings.Join(p.spelled, "."))
	}
}

// completeParts offers the first steps of a path.
func completeParts(cmd *cobra.Command) {
	complete := func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		var steps []string
		for _, m := range model.View(&model.API{}).Members {
			steps = append(steps, m.Name)
		}
		return steps, cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveNoFileComp
	}
	completeFlag(cmd, "get", complete)
}

// partOf follows a path of steps separated by dots; a step that contains a dot is in double quotes.
func partOf(view *model.Value, path string) (*part, error) {
	steps, err := stepsOf(path)
	if err != nil {
		return nil, err
	}
	p := &part{of: view}
	for _, step := range steps {
		if err := p.enter(step); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// stepsOf parts a path; the beginning .API of a template's own path is left out.
func stepsOf(path string) ([]string, error) {
	path = strings.TrimPrefix(path, ".")
	if rest, ok := strings.CutPrefix(path, "API."); ok {
		path = rest
	}
	var steps []string
	for rest, more := path, true; more; {
		step, isQuoted := "", strings.HasPrefix(rest, `"`)
		if isQuoted {
			quoted, err := strconv.QuotedPrefix(rest)
			if err != nil {
				return nil, usageErrorf("end the quoted step with \"", "--get %s: a quote is not closed", path)
			}
			step, _ = strconv.Unquote(quoted)
			rest, more = strings.CutPrefix(rest[len(quoted):], ".")
			if !more && rest != "" {
				return nil, usageErrorf("write a dot between two steps", "--get %s: %q follows a quoted step", path, rest)
			}
		} else {
			step, rest, more = strings.Cut(rest, ".")
		}
		if step == "" && !isQuoted {
			return nil, usageErrorf("write a path such as Resources.book.Properties", "--get %s: a step is empty", strconv.Quote(path))
		}
		steps = append(steps, step)
	}
	return steps, nil
}

// enter takes one step.
func (p *part) enter(step string) error {
	at := strings.Join(p.spelled, ".")
	switch {
	case p.of.Is(value.KindObject):
		return p.enterObject(step, at)
	case p.of.Is(value.KindArray):
		return p.enterList(step, at)
	}
	what := "a " + p.of.Kind.String()
	if p.of.Is(value.KindNull) {
		what = "null"
	}
	return usageErrorf("end the path there", "--get: %s is %s and has no part %q", at, what, step)
}

// take goes on to what a step leads to.
func (p *part) take(to *model.Value, step, spelled string) {
	p.of, p.spelled, p.isFolded = to, append(p.spelled, spell(spelled)), p.isFolded || step != spelled
}

func (p *part) enterObject(step, at string) error {
	var names []string
	for _, m := range p.of.Members {
		names = append(names, m.Name)
	}
	i := slices.Index(names, step)
	if i < 0 {
		i = slices.IndexFunc(names, func(name string) bool { return strings.EqualFold(name, step) })
	}
	if i < 0 {
		return p.unknown(step, at, names)
	}
	p.take(p.of.Members[i].Value, step, names[i])
	return nil
}

func (p *part) enterList(step, at string) error {
	if n, err := strconv.Atoi(step); err == nil && n >= 0 && n < len(p.of.Items) {
		p.take(p.of.Items[n], step, step)
		return nil
	}
	same := func(a, b string) bool { return a == b }
	for _, equal := range []func(a, b string) bool{same, strings.EqualFold} {
		for _, key := range identities {
			var found []int
			for i, item := range p.of.Items {
				if id := item.Get(key); id.Is(value.KindString) && equal(id.Text, step) {
					found = append(found, i)
				}
			}
			if len(found) == 1 {
				item := p.of.Items[found[0]]
				p.take(item, step, item.Get(key).Text)
				return nil
			}
			if len(found) > 1 {
				return usageErrorf("write the number of one of them: "+at+"."+strconv.Itoa(found[0]), "--get: %d items of %s have the %s %q", len(found), at, key, step)
			}
		}
	}
	return p.unknown(step, at, p.itemNames())
}

// itemNames returns what names the items of a list in a path.
func (p *part) itemNames() []string {
	var names []string
	for i, item := range p.of.Items {
		known := strconv.Itoa(i)
		for _, key := range slices.Backward(identities) {
			if id := item.Get(key); id.Is(value.KindString) && id.Text != "" {
				known = spell(id.Text)
			}
		}
		if !slices.Contains(names, known) {
			names = append(names, known)
		}
	}
	return names
}

func (p *part) unknown(step, at string, names []string) error {
	if at == "" {
		at = "the model"
	}
	if len(names) == 0 {
		return usageErrorf("", "--get: %s is empty and has no part %q", at, step)
	}
	if strings.Contains(step, "/") {
		return usageErrorf("write dots between the steps: "+strings.ReplaceAll(strings.Trim(step, "/"), "/", "."), "--get: %s has no part %q", at, step)
	}
	hint := name.Suggest(step, names, "%s", "")
	return usageErrorf(strings.TrimSpace(hint+" it has "+strings.Join(names, ", ")), "--get: %s has no part %q", at, step)
}

// spell returns a step as a path has it.
func spell(step string) string {
	if step == "" || strings.ContainsAny(step, `."`) {
		return strconv.Quote(step)
	}
	return step
}

// text returns the printed form of the part: a string unchanged, anything else as YAML.
func (p *part) text() (string, error) {
	if p.of.Is(value.KindString) {
		return p.of.Text, nil
	}
	return escape.WriteYAMLBlock(p.of)
}
