package definition

import (
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// envelope maps top-level keys to their places in definitions in the form of a Kubernetes resource (apiVersion, kind,
// metadata, spec).
var envelope = []struct{ there, here string }{
	{"spec.names.kind", "kind"},
	{"spec.names.singular", "singular"},
	{"spec.names.plural", "plural"},
	{"spec.versions[0].name", "apiVersion"},
	{"spec.versions[0].inPath", "versionInPath"},
	{"metadata.descriptions", "descriptions"},
	{"spec.descriptions", "descriptions"},
	{"spec.queryParams.default", "default_query_params"},
	{"spec.default_query_params", "default_query_params"},
	{"spec.methods", "methods"},
	{"spec.methods.instanceAttrs", "methods.instance_attrs"},
	{"spec.security", "security"},
	{"spec.security.schemes", "security.scheme"},
	{"spec.asyncapi", "asyncapi"},
	{"spec.schema", "schema"},
	{"spec.versions[0].schema.key", "schema.key"},
	{"spec.versions[0].schema.queryParams", "schema.query_params"},
	{"spec.versions[0].schema.openAPIV3Schema", "schema.items"},
}

// isEnveloped reports whether the root is a definition whose content is under spec.
func isEnveloped(root *Value) bool {
	return root.Get("spec").Is(value.KindObject) && !root.Has("schema") && root.Get("kind").StringOr("") != "CustomResourceDefinition" &&
		len(movesOutOf(root)) > 0
}

// enveloped reports a definition whose content is under spec.
func (c *checker) enveloped(root *Value) {
	spec := root.Member("spec")
	hint := "write at the top level: " + strings.Join(movesOutOf(root), ", ")
	if rest := withoutCounterpart(spec.Value); len(rest) > 0 {
		hint += "; no key corresponds to " + strings.Join(rest, ", ")
	}
	c.problems.Add(value.WrappedDefinition, spec.Pos, hint, `the definition is under "spec"`)
}

// movesOutOf lists the keys of a definition whose values are under spec, each with its place there if that has another
// name.
func movesOutOf(root *Value) []string {
	var moves []string
	if root.Get("kind").StringOr("") == "Resource" && below(root, "spec.names.kind") == nil && below(root, "metadata.name") != nil {
		moves = append(moves, "kind (metadata.name)")
	}
	isUnderSpec := false
	for _, e := range envelope {
		if below(root, e.there) == nil {
			continue
		}
		isUnderSpec = isUnderSpec || strings.HasPrefix(e.there, "spec.")
		if e.there == "spec."+e.here {
			moves = append(moves, e.here)
		} else {
			moves = append(moves, e.here+" ("+e.there+")")
		}
	}
	if !isUnderSpec {
		return nil
	}
	return moves
}

// withoutCounterpart returns the keys under spec that have no place in a definition.
func withoutCounterpart(spec *Value) []string {
	var rest []string
	for _, m := range spec.Members {
		known := slices.ContainsFunc(envelope, func(e struct{ there, here string }) bool {
			first, _, _ := strings.Cut(strings.TrimPrefix(e.there, "spec."), ".")
			return strings.TrimSuffix(first, "[0]") == m.Name
		})
		if !known {
			rest = append(rest, "spec."+m.Name)
		}
	}
	return rest
}

// below returns the value at a path of names separated by dots, with [0] after a name for the first item of its list,
// or nil.
func below(v *Value, path string) *Value {
	for step := range strings.SplitSeq(path, ".") {
		name, isFirst := strings.CutSuffix(step, "[0]")
		if v = v.Get(name); isFirst {
			items := value.Items(v)
			if len(items) == 0 {
				return nil
			}
			v = items[0]
		}
	}
	return v
}
