package model

import (
	"slices"

	"github.com/firestoned/firestone/model/name"
)

// Choice is the name of a resource that a run takes or leaves out: its kind, singular or plural, and where that is
// written.
type Choice struct {
	Name string
	Pos  Pos
}

// selected returns the definitions that the options take: those that Include names, or all where it is empty,
// without those that Exclude names. A name that is none of a definition's, and a choice that leaves none, are errors.
func selected(definitions []*definition, options Options, problems *Problems) []*definition {
	if len(options.Include) == 0 && len(options.Exclude) == 0 {
		return definitions
	}
	var known []string
	for _, d := range definitions {
		known = append(known, d.names()...)
	}
	isUnknown := false
	for _, choice := range slices.Concat(options.Include, options.Exclude) {
		if slices.Contains(known, choice.Name) {
			continue
		}
		isUnknown = true
		hint := "a resource is named by its kind, singular or plural"
		if near, ok := name.Nearest(choice.Name, known); ok {
			hint = "did you mean " + near + "?"
		}
		problems.Add(choice.Pos, hint, "no resource is called %q", choice.Name)
	}
	var taken []*definition
	for _, d := range definitions {
		if (len(options.Include) == 0 || d.isNamed(options.Include)) && !d.isNamed(options.Exclude) {
			taken = append(taken, d)
		}
	}
	if len(taken) == 0 && !isUnknown && !problems.HasErrors() {
		problems.Add(options.Exclude[0].Pos, "leave out fewer", "no resource is left")
	}
	return taken
}

// names returns what a resource may be called by: its kind, singular and plural.
func (d *definition) names() []string {
	text := func(key string) string { return d.root.Get(key).StringOr("") }
	singular, plural := name.Forms(d.kind, text("singular"), text("plural"))
	return []string{d.kind, singular, plural}
}

// isNamed reports whether one of the choices names the resource.
func (d *definition) isNamed(choices []Choice) bool {
	names := d.names()
	return slices.ContainsFunc(choices, func(c Choice) bool { return slices.Contains(names, c.Name) })
}
