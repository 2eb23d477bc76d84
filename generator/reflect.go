package generator

import (
	"maps"
	"reflect"
	"slices"
	"sync"

	"github.com/firestoned/firestone/model/value"
)

// placeOf returns the place and name of the definition that the data belongs to, "book.yaml:1:1 (book)", or "".
func placeOf(data any) string {
	pos, name := definitionOf(reflect.ValueOf(data), 0)
	if pos.File == "" {
		return ""
	}
	if name != "" {
		return pos.String() + " (" + name + ")"
	}
	return pos.String()
}

// definitionOf looks for a Pos: the value's own, that of its resource, or in a map that of a member.
func definitionOf(v reflect.Value, depth int) (value.Pos, string) {
	const maxDepth = 4
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if depth > maxDepth {
		return value.Pos{}, ""
	}
	switch v.Kind() {
	case reflect.Struct:
		if pos, ok := fieldOf(v, "Pos").(value.Pos); ok && pos.File != "" {
			name, _ := fieldOf(v, "Name").(string)
			return pos, name
		}
		for _, owner := range []string{"Resource", "Level", "Channel", "Component"} {
			if f := v.FieldByName(owner); f.IsValid() {
				if pos, name := definitionOf(f, depth+1); pos.File != "" {
					return pos, name
				}
			}
		}
	case reflect.Map:
		if members, ok := v.Interface().(map[string]any); ok {
			for _, key := range slices.Sorted(maps.Keys(members)) {
				if pos, name := definitionOf(reflect.ValueOf(members[key]), depth+1); pos.File != "" {
					return pos, name
				}
			}
		}
	}
	return value.Pos{}, ""
}

func fieldOf(v reflect.Value, name string) any {
	if f := v.FieldByName(name); f.IsValid() && f.CanInterface() {
		return f.Interface()
	}
	return nil
}

// viewTypes returns the named types that a template can get to from its View, by fields and methods.
var viewTypes = sync.OnceValue(func() []reflect.Type {
	var found []reflect.Type
	var add func(t reflect.Type)
	add = func(t reflect.Type) {
		for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
			t = t.Elem()
		}
		if t.Name() == "" || t.PkgPath() == "" || slices.Contains(found, t) {
			return
		}
		found = append(found, t)
		if t.Kind() == reflect.Struct {
			for _, f := range reflect.VisibleFields(t) {
				if f.IsExported() {
					add(f.Type)
				}
			}
		}
		for i := range reflect.PointerTo(t).NumMethod() {
			if method := reflect.PointerTo(t).Method(i).Type; method.NumOut() > 0 {
				add(method.Out(0))
			}
		}
	}
	add(reflect.TypeFor[View]())
	return found
})
