package model

import "github.com/firestoned/firestone/model/name"

// memberName is what is derived from the name of a member, or from its title.
type memberName struct {
	identifier, title, noun string
	isNoun                  bool
}

// memberNames caches what is derived from names: most resources have an id, a name and a description.
type memberNames map[string]memberName

func (n memberNames) of(called string) memberName {
	known, ok := n[called]
	if !ok {
		known = memberName{identifier: name.Pascal(called), title: name.Heading(called)}
		known.noun, known.isNoun = propertyNoun(called)
		n[called] = known
	}
	return known
}
