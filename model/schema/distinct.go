package schema

import "github.com/firestoned/firestone/model/value"

// repeat is a value that a list holds again.
type repeat struct{ first, again *value.Value }

// distinct returns the items without those that are equal to an earlier one, and these.
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
