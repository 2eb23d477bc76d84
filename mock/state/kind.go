package state

import (
	"slices"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/schema"
)

// kind is what the store knows about a resource.
type kind struct {
	*model.Resource
	parent *kind
	nested []*nesting
	own    *model.Value // the schema of a record without the properties that nest other resources
	keys   *keys        // generates the keys that clients do not give
}

// nesting is a property that holds the records of another resource.
type nesting struct {
	*kind
	property *model.Property
}

// kindsOf returns the kinds of all resources, parents before children, and the schemas that the projector needs: all
// those that forms derive from, and those of the kinds' own parts, under names that no component has.
func kindsOf(api *model.API) (map[*model.Resource]*kind, []schema.Component) {
	kinds := map[*model.Resource]*kind{}
	components := model.Wholes(api)
	for _, r := range api.Resources {
		k := &kind{Resource: r, parent: kinds[r.Parent], own: r.Read.Whole}
		kinds[r] = k
		for _, child := range r.Children {
			k.own = schema.Without(k.own, child.ParentProperty)
		}
		components = append(components, schema.Component{Name: ownMark + r.Name, Schema: k.own})
		if k.parent != nil {
			k.parent.nested = append(k.parent.nested, nestingOf(k))
		}
	}
	return kinds, components
}

// ownMark is the prefix of the schema names of own parts; no component's name contains it.
const ownMark = "/"

// nestingOf returns the nesting of a kind in its parent.
func nestingOf(k *kind) *nesting {
	i := slices.IndexFunc(k.Parent.Properties, func(p *model.Property) bool { return p.Name == k.ParentProperty })
	return &nesting{kind: k, property: k.Parent.Properties[i]}
}

// depth returns how many keys identify a record of the kind.
func (k *kind) depth() int {
	if k.parent == nil {
		return 1
	}
	return k.parent.depth() + 1
}
