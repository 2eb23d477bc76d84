package command

import (
	"slices"

	"github.com/firestoned/firestone/model"
)

// loaded is what definitions say of the resources that an output takes.
type loaded struct {
	include, exclude []model.Choice
	api              *model.API
	warnings         model.Problems
	err              error
}

// loads returns what is to be loaded for the requests: one of each choice of resources.
func loads(requests []request) []*loaded {
	var all []*loaded
	for _, r := range requests {
		if !slices.ContainsFunc(all, func(l *loaded) bool { return l.isOf(r) }) {
			all = append(all, &loaded{include: r.include, exclude: r.exclude})
		}
	}
	return all
}

// isOf reports whether this is what the request takes.
func (l *loaded) isOf(r request) bool {
	same := func(a, b model.Choice) bool { return a.Name == b.Name }
	return slices.EqualFunc(l.include, r.include, same) && slices.EqualFunc(l.exclude, r.exclude, same)
}

// failures returns what is wrong with the definitions.
func failures(sources []*loaded) []error {
	var all []error
	for _, l := range sources {
		all = append(all, l.err)
	}
	return all
}
