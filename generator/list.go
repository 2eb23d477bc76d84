package generator

import (
	"slices"
	"text/template"
)

// lists are functions of sprig that templates call in every iteration, without the reflection that sprig uses even for
// a []any. For other lists they call sprig's.
func lists(of template.FuncMap) template.FuncMap {
	push := of["append"].(func(any, any) []any)
	has := of["has"].(func(any, any) bool)
	add := of["add"].(func(...any) int64)
	appended := func(list, v any) []any {
		if list, ok := list.([]any); ok {
			longer := make([]any, len(list)+1)
			longer[copy(longer, list)] = v
			return longer
		}
		return push(list, v)
	}
	return template.FuncMap{
		"append": appended,
		"push":   appended,
		"has": func(v, list any) bool {
			text, isText := v.(string)
			items, isList := list.([]any)
			if !isText || !isList {
				return has(v, list)
			}
			return slices.ContainsFunc(items, func(item any) bool {
				other, ok := item.(string)
				return ok && other == text
			})
		},
		"add": func(numbers ...any) int64 {
			sum := int64(0)
			for _, n := range numbers {
				switch n := n.(type) {
				case int:
					sum += int64(n)
				case int64:
					sum += n
				default:
					sum += add(n)
				}
			}
			return sum
		},
	}
}
