package definition

import (
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// withKey returns the schema of a resource with its key among the properties: where it is not, it comes first,
// as something that the server gives. A listed key is read-only where its own schema says so, and has its examples.
func withKey(v *Value, keyName string, key *Value, isListed bool) *Value {
	copied := *v
	copied.Members = slices.Clone(v.Members)
	given := &copied
	properties := value.Object()
	if written := v.Get("properties"); written != nil {
		*properties = *written
		properties.Members = slices.Clone(written.Members)
	}
	if isListed {
		listed := properties.Get(keyName)
		if !listed.Is(value.KindObject) {
			return v
		}
		for _, keyword := range []string{"readOnly", "examples"} {
			if said := key.Get(keyword); said != nil && !listed.Has(keyword) {
				listed = value.With(listed, keyword, said)
			}
		}
		properties.Set(keyName, listed)
		given.Set("properties", properties)
		return given
	}
	key = value.With(key, "readOnly", value.Bool(true))
	properties.Members = slices.Insert(properties.Members, 0, value.Member{Name: keyName, Pos: key.Pos, Value: key})
	required := value.Strings(keyName)
	if written := v.Get("required"); written != nil {
		for _, item := range written.Items {
			if item.Text != keyName {
				required.Items = append(required.Items, item)
			}
		}
		required.Pos = written.Pos
	}
	given.Set("properties", properties)
	given.Set("required", required)
	return given
}
