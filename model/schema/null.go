package schema

import (
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// IsNullable reports whether a normalised schema accepts null. component returns the schema of a component, or nil; it
// may be nil if there are no references.
func IsNullable(v *value.Value, component func(name string) *value.Value) bool {
	return nullability{component, map[string]bool{}}.accepts(v)
}

type nullability struct {
	component func(name string) *value.Value
	known     map[string]bool // results for components; false while one is being determined
}

func (n nullability) accepts(v *value.Value) bool {
	if !v.Is(value.KindObject) {
		return !v.IsFalse()
	}
	if v.Has("type") && !HasType(v, "null") {
		return false
	}
	if enum := v.Get("enum"); enum.Is(value.KindArray) && !hasNull(enum) {
		return false
	}
	if fixed := v.Get("const"); fixed != nil && fixed.Kind != value.KindNull {
		return false
	}
	if name, ok := RefName(v); ok && !n.lookup(name) {
		return false
	}
	return n.composition(v)
}

func (n nullability) lookup(name string) bool {
	if accepts, ok := n.known[name]; ok || n.component == nil {
		return accepts
	}
	n.known[name] = false
	if target := n.component(name); target != nil {
		n.known[name] = n.accepts(target)
	}
	return n.known[name]
}

func (n nullability) composition(v *value.Value) bool {
	count := func(name string) (accepting, all int) {
		list := v.Get(name)
		if !list.Is(value.KindArray) {
			return 1, 1
		}
		for _, item := range list.Items {
			if n.accepts(item) {
				accepting++
			}
		}
		return accepting, len(list.Items)
	}
	if accepting, all := count("allOf"); accepting < all {
		return false
	}
	if accepting, _ := count("anyOf"); accepting == 0 {
		return false
	}
	if accepting, _ := count("oneOf"); accepting != 1 {
		return false
	}
	if not := v.Get("not"); not != nil && n.accepts(not) {
		return false
	}
	if condition := v.Get("if"); condition != nil {
		branch := v.Get("else")
		if n.accepts(condition) {
			branch = v.Get("then")
		}
		return branch == nil || n.accepts(branch)
	}
	return true
}

func hasNull(list *value.Value) bool {
	return slices.ContainsFunc(list.Items, func(item *value.Value) bool { return item.Is(value.KindNull) })
}

// OrNull returns the normalised schema extended to accept null: by its type and enum if that is sufficient, else by an
// anyOf, with the annotations outside.
func OrNull(v *value.Value) *value.Value {
	null := value.Object(value.NewMember("type", value.String("null")))
	null.Pos = v.Pos
	switch {
	case v.IsTrue():
		return v
	case v.IsFalse():
		return null
	}
	for _, name := range []string{"$ref", "allOf", "anyOf", "oneOf", "not", "if", "const"} {
		if v.Has(name) {
			return anyOfNull(v, null)
		}
	}
	return edit(v, func(m value.Member) (value.Member, bool) {
		switch {
		case m.Name == "type" && !HasType(v, "null"):
			m.Value = &value.Value{Kind: value.KindArray, Pos: m.Value.Pos, Items: append(typeItems(m.Value), null.Get("type"))}
		case m.Name == "enum" && m.Value.Is(value.KindArray) && !hasNull(m.Value):
			nothing := &value.Value{Pos: m.Value.Pos}
			m.Value = &value.Value{Kind: value.KindArray, Pos: m.Value.Pos, Items: append(slices.Clone(m.Value.Items), nothing)}
		}
		return m, true
	})
}

func typeItems(v *value.Value) []*value.Value {
	if v.Is(value.KindArray) {
		return slices.Clone(v.Items)
	}
	return []*value.Value{v}
}

// anyOfNull moves the assertions of a schema into an anyOf with null, and leaves its annotations outside.
func anyOfNull(v, null *value.Value) *value.Value {
	demands := &value.Value{Kind: value.KindObject, Pos: v.Pos}
	told := &value.Value{Kind: value.KindObject, Pos: v.Pos}
	for _, m := range v.Members {
		if IsExtension(m.Name) || keywords[m.Name].note {
			told.Members = append(told.Members, m)
		} else {
			demands.Members = append(demands.Members, m)
		}
	}
	branches := []*value.Value{demands}
	if len(demands.Members) == 1 {
		switch list := listOf(demands.Members[0].Value); {
		case demands.Has("anyOf"):
			branches = slices.Clone(list)
		case demands.Has("allOf") && len(list) == 1:
			branches = []*value.Value{list[0]}
		}
	}
	if !slices.ContainsFunc(branches, null.Equal) {
		branches = append(branches, null)
	}
	told.Members = append([]value.Member{{Name: "anyOf", Pos: v.Pos, Value: &value.Value{Kind: value.KindArray, Items: branches, Pos: v.Pos}}}, told.Members...)
	return told
}
