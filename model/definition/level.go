package definition

import "slices"

// The names of the levels: their keys in a definition.
const (
	CollectionLevel = "resource"
	InstanceLevel   = "instance"
	AttributeLevel  = "instance_attrs"
)

// methodsOf are the HTTP methods that a level can have, in the order in which documents list them.
var methodsOf = map[string][]string{
	CollectionLevel: {"get", "head", "post", "patch", "delete"},
	InstanceLevel:   {"get", "head", "put", "patch", "delete"},
	AttributeLevel:  {"get", "head", "put", "delete"},
}

// defaultMethods are those of a level that the definition does not name.
var defaultMethods = map[string][]string{
	CollectionLevel: {"get", "post"},
	InstanceLevel:   {"get", "put", "delete"},
}

// LevelNames are the levels in the order of their paths.
var LevelNames = []string{CollectionLevel, InstanceLevel, AttributeLevel}

// Methods returns the methods of a level in the order of methodsOf, each once.
func (d *Definition) Methods(level string) []string {
	list := d.Root.Get("methods").Get(level)
	if list == nil {
		return defaultMethods[level]
	}
	var methods []string
	for _, method := range methodsOf[level] {
		if slices.ContainsFunc(list.Items, func(v *Value) bool { return v.Text == method }) {
			methods = append(methods, method)
		}
	}
	return methods
}
