package example

import (
	"slices"

	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// Fault is a value in a schema that the schema itself rejects.
type Fault struct {
	Keyword string       // default, examples, const or enum
	Value   *value.Value // the value, with its position
	Rule    value.Member // the keyword that rejects it, with its position; without a name if everything is rejected
}

// Faults returns the defaults, examples, constants and enumerated values in the schema and everything below it that are
// not valid against their own schema, in source order. A constant that is none of the enumerated values is one fault. References
// are not followed.
func (m *Maker) Faults(root *value.Value, report func(Fault)) {
	schema.Walk(root, func(s *value.Value) {
		for _, member := range s.Members {
			values := value.Items(member.Value)
			switch member.Name {
			case "default", "const":
				values = []*value.Value{member.Value}
			case "examples", "enum":
			default:
				continue
			}
			for _, v := range values {
				rule, rejected := m.validator.RejectedBy(s, v)
				isOfConst := member.Name == "enum" && rule.Name == "const" && !slices.ContainsFunc(values, s.Get("const").Equal)
				if rejected && !isOfConst {
					report(Fault{Keyword: member.Name, Value: v, Rule: rule})
				}
			}
		}
	})
}

// Mend returns the schema in a form that documents can contain: an invalid default becomes x-default, invalid examples
// are removed, here and everywhere below. Numbers also have to be valid for readers that use floats, as the validators
// of documents do; a default with a member that looks like a reference is removed. Parts without a fault are shared
// with the given schema, which is not modified.
func (m *Maker) Mend(root *value.Value) *value.Value {
	mended := schema.Rewrite(root, m.Mend)
	if !mended.Is(value.KindObject) || !mended.Has("default") && !mended.Has("examples") {
		return mended
	}
	var members []value.Member
	for _, member := range mended.Members {
		switch {
		case member.Name == "default" && schema.Avoided(member.Value):
			continue
		case member.Name == "default" && !m.isPortable(root, member.Value):
			if member.Name = "x-default"; mended.Has("x-default") {
				continue
			}
		case member.Name == "examples" && member.Value.Is(value.KindArray):
			kept := slices.DeleteFunc(slices.Clone(member.Value.Items), func(v *value.Value) bool { return !m.isPortable(root, v) })
			if len(kept) == 0 {
				continue
			}
			list := *member.Value
			list.Items = kept
			member.Value = &list
		}
		members = append(members, member)
	}
	copied := *mended
	copied.Members = members
	return &copied
}

func (m *Maker) isPortable(schema, v *value.Value) bool {
	ok, _ := m.validator.IsPortable(schema, v)
	return ok
}
