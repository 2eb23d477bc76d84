package command

import (
	"slices"
	"strconv"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/value"
)

// maxSpelled bounds how many unknown names of a run are compared with known ones.
const maxSpelled = 10_000

// speller finds names that are probably not what they should be.
type speller struct{ left int }

// slip is a member unknown to the schema, with the absent property that was most likely meant.
type slip struct {
	of      string // the pointer to the object
	written string
	meant   string
	pos     model.Pos // of the name
}

// slips returns those in a value of that shape. An object that is meant to have members of any name has none.
func (s *speller) slips(v *model.Value, shape *model.Shape) []slip {
	var found []slip
	s.find(v, shape, "", &found)
	return found
}

func (s *speller) find(v *model.Value, shape *model.Shape, at string, found *[]slip) {
	if shape != nil && shape.IsRecursive && shape.Component != nil {
		shape = shape.Component.Shape
	}
	if shape == nil {
		return
	}
	for i, item := range value.Items(v) {
		of := shape.Item
		if i < len(shape.Items) {
			of = shape.Items[i]
		}
		s.find(item, of, at+"/"+strconv.Itoa(i), found)
	}
	fields := map[string]*model.Shape{}
	isOpen := collectFields(shape, fields)
	var absent []string
	for known := range fields {
		if !v.Has(known) {
			absent = append(absent, known)
		}
	}
	slices.Sort(absent)
	for _, m := range value.Members(v) {
		of, isKnown := fields[m.Name]
		switch {
		case isKnown:
			s.find(m.Value, of, value.PointerTo(at, m.Name), found)
		case !isOpen && s.left > 0 && len(m.Name) > 1:
			s.left--
			if meant, ok := name.Nearest(m.Name, absent); ok {
				*found = append(*found, slip{at, m.Name, meant, m.Pos})
			}
		}
	}
}

// collectFields adds the fields of an object, or those of the alternatives of a union, and reports whether other fields
// are intended. A field that the alternatives describe differently has no shape.
func collectFields(shape *model.Shape, fields map[string]*model.Shape) (isOpen bool) {
	for _, f := range shape.Fields {
		if known, isThere := fields[f.Name]; isThere && known != f.Shape {
			fields[f.Name] = nil
		} else {
			fields[f.Name] = f.Shape
		}
	}
	isOpen = shape.Extra != nil || shape.Kind == model.MapShape || shape.Kind == model.AnyShape
	for _, o := range shape.Options {
		isOpen = collectFields(o.Shape, fields) || isOpen
	}
	return isOpen
}
