package schema

import (
	"regexp"
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// avoided are property names that documents cannot contain: resolvers treat $ref as a reference and $id as an
// identifier anywhere, JavaScript treats __proto__ as the object's prototype, JavaScript readers call hasOwnProperty on
// each object, and YAML 1.1 readers merge the value of <<, quoted or not.
var avoided = map[string]bool{
	"$ref": true, "$dynamicRef": true, "__proto__": true, "hasOwnProperty": true, "<<": true,
	"$id": true, "$anchor": true, "$dynamicAnchor": true,
}

// identities are those of them that only break a document if they occur twice with the same value.
var identities = map[string]bool{"$id": true, "$anchor": true, "$dynamicAnchor": true}

// IsAvoided reports whether a property name breaks readers of documents, such as $ref and __proto__.
func IsAvoided(name string) bool { return avoided[name] }

// Avoided reports whether data contains a property name that breaks readers of documents: see IsAvoided.
func Avoided(data *value.Value) bool { return holds(data, avoided, nil) }

// isAvoidedValue is like Avoided for the value of an assertion, which would accept anything without it.
func isAvoidedValue(data *value.Value) bool { return holds(data, avoided, identities) }

// holds reports whether data contains one of the names except those in except.
func holds(data *value.Value, names, except map[string]bool) bool {
	if data == nil {
		return false
	}
	return slices.ContainsFunc(data.Items, func(item *value.Value) bool { return holds(item, names, except) }) ||
		slices.ContainsFunc(data.Members, func(m value.Member) bool {
			return names[m.Name] && !except[m.Name] || holds(m.Value, names, except)
		})
}

// avoidNames removes such names from one schema's own keywords.
func (w *writer) avoidNames(v *value.Value) {
	w.avoidData(v)
	avoidProperties(v)
	for i, m := range v.Members {
		switch m.Name {
		case "required":
			v.Members[i].Value = without(m.Value, isIn(avoided))
		case "dependentRequired":
			v.Members[i].Value = withoutDependents(m.Value, isIn(avoided))
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

// avoidData removes data that contains such a name.
func (w *writer) avoidData(v *value.Value) {
	v.Members = slices.DeleteFunc(v.Members, func(m value.Member) bool {
		if m.Name == "const" || m.Name == "enum" {
			isGone := isAvoidedValue(m.Value)
			w.weaker = w.weaker || isGone
			return isGone
		}
		return (m.Name == "default" || IsExtension(m.Name)) && Avoided(m.Value)
	})
	if examples := v.Member("examples"); examples != nil {
		examples.Value = keep(examples.Value, func(item *value.Value) bool { return !w.isAvoidedExample(item) })
		if examples.Value.Is(value.KindArray) && len(examples.Value.Items) == 0 {
			v.Delete("examples")
		}
	}
}

// isAvoidedExample reports whether data breaks readers of documents as an example: OpenAPI linters check everything
// that looks like a schema there.
func (w *writer) isAvoidedExample(data *value.Value) bool {
	return Avoided(data) || w.dialect != Draft7 && data.LooksLikeSchema()
}

// avoidProperties writes properties with such names as patterns that match only them.
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
