package schema

import (
	"regexp"
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// avoided are property names that documents cannot hold: a resolver takes $ref for a reference, JavaScript takes
// __proto__ for the object's prototype, readers in JavaScript ask each object for its hasOwnProperty, and YAML 1.1 readers merge what stands under <<, quoted or not.
var avoided = map[string]bool{"$ref": true, "__proto__": true, "hasOwnProperty": true, "<<": true}

// IsAvoided reports whether a property name breaks the readers of documents: $ref, __proto__, hasOwnProperty and <<.
func IsAvoided(name string) bool { return avoided[name] }

// Avoided reports whether data holds a property name that breaks the readers of documents: see IsAvoided.
func Avoided(data *value.Value) bool {
	if data == nil {
		return false
	}
	return slices.ContainsFunc(data.Items, Avoided) || slices.ContainsFunc(data.Members, func(m value.Member) bool {
		return avoided[m.Name] || Avoided(m.Value)
	})
}

// avoidNames takes such names out of one schema's own keywords.
func (w *writer) avoidNames(v *value.Value) {
	w.avoidData(v)
	avoidProperties(v)
	for i, m := range v.Members {
		switch m.Name {
		case "required":
			v.Members[i].Value = without(m.Value, avoided)
		case "dependentRequired":
			v.Members[i].Value = withoutDependents(m.Value, avoided)
		case "dependentSchemas":
			v.Members[i].Value = edit(m.Value, func(named value.Member) (value.Member, bool) { return named, !avoided[named.Name] })
		default:
			continue
		}
		w.weaker = w.weaker || v.Members[i].Value != m.Value
	}
	v.Members = slices.DeleteFunc(v.Members, func(m value.Member) bool {
		return m.Name == "required" && m.Value.Is(value.KindArray) && len(m.Value.Items) == 0
	})
}

// avoidData leaves data out that holds such a name.
func (w *writer) avoidData(v *value.Value) {
	v.Members = slices.DeleteFunc(v.Members, func(m value.Member) bool {
		isData := m.Name == "default" || m.Name == "const" || m.Name == "enum" || IsExtension(m.Name)
		if !isData || !Avoided(m.Value) {
			return false
		}
		w.weaker = w.weaker || m.Name == "const" || m.Name == "enum"
		return true
	})
	if examples := v.Member("examples"); examples != nil {
		examples.Value = keep(examples.Value, func(item *value.Value) bool {
			return !Avoided(item) && (w.dialect == Draft7 || !item.LooksLikeSchema())
		})
		if examples.Value.Is(value.KindArray) && len(examples.Value.Items) == 0 {
			v.Delete("examples")
		}
	}
}

// avoidProperties writes properties of such names as patterns that only they match.
func avoidProperties(v *value.Value) {
	var moved []value.Member
	if m := v.Member("properties"); m != nil {
		m.Value = edit(m.Value, func(p value.Member) (value.Member, bool) {
			if avoided[p.Name] {
				moved = append(moved, p)
			}
			return p, !avoided[p.Name]
		})
	}
	if len(moved) == 0 {
		return
	}
	patterns := &value.Value{Kind: value.KindObject, Pos: moved[0].Pos}
	if old := v.Get("patternProperties"); old.Is(value.KindObject) {
		patterns = copyOf(old)
	}
	for _, p := range moved {
		name := "^" + regexp.QuoteMeta(p.Name) + "$"
		if there := patterns.Get(name); there != nil {
			p.Value = &value.Value{Kind: value.KindObject, Pos: p.Value.Pos, Members: []value.Member{
				{Name: "allOf", Pos: p.Pos, Value: value.Array(there, p.Value)},
			}}
		}
		patterns.Set(name, p.Value)
	}
	v.Set("patternProperties", patterns)
}
