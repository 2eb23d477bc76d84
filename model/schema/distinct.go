package schema

import "github.com/firestoned/firestone/model/value"

// repeat is a repeated value in a list.
type repeat struct{ first, again *value.Value }

// distinct returns the items without duplicates, and the duplicates.
func distinct(items []*value.Value) ([]*value.Value, []repeat) {
	seen := make(map[string]*value.Value, len(items))
	var once []*value.Value
	var repeated []repeat
	for _, item := range items {
		key := value.Identity(item)
		if first := seen[key]; first != nil {
			repeated = append(repeated, repeat{first, item})
			continue
		}
		seen[key] = item
		once = append(once, item)
	}
	return once, repeated
}
