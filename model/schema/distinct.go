package schema

import (
	"strconv"

	"github.com/firestoned/firestone/model/value"
)

// repeat is a value that a list holds again.
type repeat struct{ first, again *value.Value }

// distinct returns the items without those that are equal to an earlier one, and these.
func distinct(items []*value.Value) ([]*value.Value, []repeat) {
	seen := map[string][]*value.Value{}
	var once []*value.Value
	var repeated []repeat
	for _, item := range items {
		key := bucket(item)
		first := find(seen[key], item)
		if first != nil {
			repeated = append(repeated, repeat{first, item})
			continue
		}
		seen[key] = append(seen[key], item)
		once = append(once, item)
	}
	return once, repeated
}

// bucket returns a text that equal values share, so that long lists are not compared pair by pair.
func bucket(v *value.Value) string {
	key := v.Kind.String() + ":"
	switch v.Kind {
	case value.KindString, value.KindBool:
		return key + v.Text
	case value.KindNumber:
		if n, ok := v.Rat(); ok {
			return key + n.RatString()
		}
		return key + v.Text
	}
	return key + strconv.Itoa(len(v.Items)) + ":" + strconv.Itoa(len(v.Members))
}

func find(items []*value.Value, v *value.Value) *value.Value {
	for _, item := range items {
		if item.Equal(v) {
			return item
		}
	}
	return nil
}
