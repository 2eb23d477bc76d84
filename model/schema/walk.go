package schema

import (
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// Walk calls visit for the schema and every schema inside it, outer ones first, in source order. Data (default,
// examples, enum, const, x-) is not entered, and references are not followed.
func Walk(v *value.Value, visit func(*value.Value)) {
	if !isSchema(v) {
		return
	}
	visit(v)
	Below(v, func(sub *value.Value) { Walk(sub, visit) })
}

// Below calls visit for each schema directly inside a schema, in source order.
func Below(v *value.Value, visit func(*value.Value)) {
	each := func(sub *value.Value) *value.Value {
		visit(sub)
		return sub
	}
	for _, m := range value.Members(v) {
		rewriteShape(keywords[m.Name].shape, m.Value, each)
	}
}

// Rewrite returns the schema with each schema directly below it replaced by the result of change. It returns v itself
// if change returns its argument everywhere.
func Rewrite(v *value.Value, change func(*value.Value) *value.Value) *value.Value {
	return edit(v, func(m value.Member) (value.Member, bool) {
		if known, ok := keywords[m.Name]; ok {
			m.Value = rewriteShape(known.shape, m.Value, change)
		}
		return m, true
	})
}

// rewriteShape replaces the schemas in the value of one keyword.
func rewriteShape(s shape, v *value.Value, change func(*value.Value) *value.Value) *value.Value {
	ofSchema := func(sub *value.Value) *value.Value {
		if !isSchema(sub) {
			return sub
		}
		return change(sub)
	}
	switch s {
	case oneSchema:
		return ofSchema(v)
	case schemaList:
		return eachItem(v, ofSchema)
	case itemSchemas:
		if v.Is(value.KindArray) {
			return eachItem(v, ofSchema)
		}
		return ofSchema(v)
	case schemaMap, patternMap, dependencies:
		return eachMember(v, ofSchema)
	}
	return v
}

// edit passes each member of an object through change, which may replace or remove it. It returns v itself if nothing
// changed.
func edit(v *value.Value, change func(value.Member) (value.Member, bool)) *value.Value {
	if !v.Is(value.KindObject) {
		return v
	}
	var members []value.Member
	changed := false
	for i, old := range v.Members {
		m, keep := change(old)
		if !changed && (!keep || m.Value != old.Value || m.Name != old.Name) {
			changed = true
			members = append(make([]value.Member, 0, len(v.Members)), v.Members[:i]...)
		}
		if changed && keep {
			members = append(members, m)
		}
	}
	if !changed {
		return v
	}
	return &value.Value{Kind: value.KindObject, Members: members, Pos: v.Pos}
}

func eachMember(v *value.Value, change func(*value.Value) *value.Value) *value.Value {
	return edit(v, func(m value.Member) (value.Member, bool) {
		m.Value = change(m.Value)
		return m, true
	})
}

func eachItem(v *value.Value, change func(*value.Value) *value.Value) *value.Value {
	if !v.Is(value.KindArray) {
		return v
	}
	items := make([]*value.Value, len(v.Items))
	for i, item := range v.Items {
		items[i] = change(item)
	}
	if slices.Equal(items, v.Items) {
		return v
	}
	return &value.Value{Kind: value.KindArray, Items: items, Pos: v.Pos}
}

// keep returns the list without the items that fail the test, or v itself if all pass.
func keep(v *value.Value, test func(*value.Value) bool) *value.Value {
	if !v.Is(value.KindArray) || !slices.ContainsFunc(v.Items, func(item *value.Value) bool { return !test(item) }) {
		return v
	}
	kept := &value.Value{Kind: value.KindArray, Pos: v.Pos}
	for _, item := range v.Items {
		if test(item) {
			kept.Items = append(kept.Items, item)
		}
	}
	return kept
}

// without returns a list of names without the given ones.
func without(list *value.Value, isOne func(name string) bool) *value.Value {
	return keep(list, func(item *value.Value) bool { return !item.Is(value.KindString) || !isOne(item.Text) })
}

// withoutDependents returns a dependentRequired without the given names, on either side.
func withoutDependents(v *value.Value, isOne func(name string) bool) *value.Value {
	return edit(v, func(m value.Member) (value.Member, bool) {
		m.Value = without(m.Value, isOne)
		return m, !isOne(m.Name)
	})
}

// copyOf returns a copy of an object that can be modified.
func copyOf(v *value.Value) *value.Value {
	made := *v
	made.Members = slices.Clone(v.Members)
	return &made
}
