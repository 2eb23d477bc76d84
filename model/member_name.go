package model

import "github.com/firestoned/firestone/model/name"

// memberName is what is made of the name of a member, or of its title.
type memberName struct {
	identifier, title, noun string
	isNoun                  bool
}

// memberNames makes what is made of each name once: most resources have an id, a name and a description.
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
