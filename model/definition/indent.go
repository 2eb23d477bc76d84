package definition

import (
	"path"
	"slices"

	"github.com/firestoned/firestone/model/form"
	"github.com/firestoned/firestone/model/value"
)

// indent reports the keys of a definition whose values are not indented below them, and moves the values to where they
// belong, so that they cause no further problems.
func (doc *document) indent(problems *Problems) {
	if path.Ext(doc.file) == ".json" {
		return
	}
	var file *form.File
	belong := func(object *Value, i int) int {
		if file == nil {
			file = forms().File(doc.Root)
		}
		return file.Below(object, i)
	}
	indent(doc.Root, belong, problems)
}

// indent does so for a value and everything in it; belong returns how many members after one belong below it.
func indent(v *Value, belong func(object *Value, i int) int, problems *Problems) {
	for _, item := range v.Items {
		indent(item, belong, problems)
	}
	for i := 0; i < len(v.Members); i++ {
		if n := 0; isBare(v.Members, i) {
			if n = belong(v, i); n > 0 {
				moved := slices.Clone(v.Members[i+1 : i+1+n])
				tellIndent(v.Members[i], moved, problems)
				v.Members[i].Value = &Value{Kind: value.KindObject, Pos: moved[0].Pos, Members: moved}
				v.Members = slices.Delete(v.Members, i+1, i+1+n)
			}
		}
		indent(v.Members[i].Value, belong, problems)
	}
}

// isBare reports whether a key has no value on its line, and another key is directly below it.
func isBare(members []value.Member, i int) bool {
	v := members[i].Value
	if v.Kind != value.KindNull || v.Source != "" || i+1 == len(members) {
		return false
	}
	at, next := members[i].Pos, members[i+1].Pos
	return next.Line > at.Line && next.Col == at.Col
}

func tellIndent(m value.Member, moved []value.Member, problems *Problems) {
	problems.Add(value.WrongType, m.Pos, "indent "+value.NamesOf(value.Object(moved...))+" below it, by two spaces", "%q has no value: what belongs to it is not indented", m.Name)
}
