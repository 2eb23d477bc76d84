package definition

import (
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/value"
)

// Choice is the name of a resource that a run takes or leaves out: its kind, singular or plural, and where that is
// written.
type Choice struct {
	Name string
	Pos  Pos
}

// of returns the definitions that the selection includes: those that Include names, or all if it is empty, without
// those that Exclude names. An unknown name is an error, and so is a selection of none.
func (s Selection) of(definitions []*Definition, problems *Problems) []*Definition {
	if len(s.Include) == 0 && len(s.Exclude) == 0 {
		return definitions
	}
	var known []string
	for _, d := range definitions {
		known = append(known, d.names()...)
	}
	isUnknown := false
	for _, choice := range slices.Concat(s.Include, s.Exclude) {
		if slices.Contains(known, choice.Name) {
			continue
		}
		isUnknown = true
		hint := name.Suggest(choice.Name, known, "%s", "a resource is named by its kind, singular or plural")
		problems.Add(value.NoResource, choice.Pos, hint, "no resource is called %q", choice.Name)
	}
	var taken []*Definition
	for _, d := range definitions {
		if (len(s.Include) == 0 || d.isNamed(s.Include)) && !d.isNamed(s.Exclude) {
			taken = append(taken, d)
		}
	}
	if len(taken) == 0 && !isUnknown && !problems.HasErrors() {
		problems.Add(value.NoResource, s.Exclude[0].Pos, "exclude fewer resources", "no resource is left")
	}
	return taken
}

// names returns what a resource may be called by: its kind, singular and plural.
func (d *Definition) names() []string {
	text := func(key string) string { return d.Root.Get(key).StringOr("") }
	singular, plural := name.Forms(d.Kind, text("singular"), text("plural"))
	return []string{d.Kind, singular, plural}
}

// isCalled reports whether a word is one of the names, in capitals or not.
func (d *Definition) isCalled(word string) bool {
	return slices.ContainsFunc(d.names(), func(name string) bool { return strings.EqualFold(name, word) })
}

// isNamed reports whether one of the choices names the resource.
func (d *Definition) isNamed(choices []Choice) bool {
	names := d.names()
	return slices.ContainsFunc(choices, func(c Choice) bool { return slices.Contains(names, c.Name) })
}
