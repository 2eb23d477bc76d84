package definition

import (
	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// branches makes components of what the discriminators of all components choose from, those of the new ones among them.
func (s *Set) branches() {
	maker := schema.Branches{
		Component: func(name string) *Value {
			if e := s.Component(name); e != nil {
				return e.Schema
			}
			return nil
		},
		Refuse: func(property *Value, reason string) {
			s.problems.Warn(value.AmbiguousDiscriminator, property.Pos, "make it required, with a distinct value, in each of them; until then, documents write the discriminator as x-discriminator",
				"the discriminator %q %s", property.Text, reason)
		},
	}
	for i := 0; i < len(s.Components); i++ {
		e := s.Components[i]
		maker.Add = func(owner, label string, branch *Value) string {
			one, _ := name.Forms(owner, "", "")
			called := name.Type(one + "_" + label)
			if s.Names.Has(called) && owner != e.Name {
				called = e.Name + called
			}
			added := &Component{Name: s.Names.Unique(called), Pos: branch.Pos, Schema: branch, Title: name.Heading(label)}
			s.add(added)
			return added.Name
		}
		e.Schema = maker.Name(e.Schema, e.Name)
	}
}
