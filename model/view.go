package model

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// View returns everything that a template can read of api as one value, under the names that a template writes.
//
// A pointer with the tag view:"name" (or another field's name in lower case) shows only that field of its target,
// because the target is shown in full elsewhere; so does a pointer back to something that is being shown. Predicates
// (IsCollection) are shown after the fields, a position as file:line:col. Empty fields of a Shape are not shown.
func View(api *API) *Value {
	v := viewer{showing: map[uintptr]bool{}}
	return v.show(reflect.ValueOf(api), "")
}

// viewer shows values by reflection.
type viewer struct {
	showing map[uintptr]bool // the pointers around the value that is being shown
}

// show returns one value; a tag names the field that represents a target.
func (v *viewer) show(of reflect.Value, tag string) *Value {
	switch shown := of.Interface().(type) {
	case *Value:
		return orNull(shown)
	case Pos:
		return value.String(shown.String())
	}
	switch of.Kind() {
	case reflect.Pointer:
		return v.showPointer(of, tag)
	case reflect.Struct:
		object := value.Object()
		v.addFields(object, of)
		return object
	case reflect.Slice:
		list := value.Array()
		for i := range of.Len() {
			list.Items = append(list.Items, v.show(of.Index(i), tag))
		}
		return list
	case reflect.Bool:
		return value.Bool(of.Bool())
	case reflect.String:
		return value.String(of.String())
	case reflect.Int:
		return &Value{Kind: value.KindNumber, Text: strconv.FormatInt(of.Int(), 10)}
	}
	return value.String(of.Type().String()) // the test of all fields refuses a kind that is not above
}

// showPointer returns the target of a pointer, or the field that represents it.
func (v *viewer) showPointer(of reflect.Value, tag string) *Value {
	if of.IsNil() {
		return &Value{}
	}
	address := of.Pointer()
	if tag != "" || v.showing[address] {
		return v.standIn(of.Elem(), tag)
	}
	if shape, ok := of.Interface().(*Shape); ok {
		return v.showShape(shape, of.Elem())
	}
	v.showing[address] = true
	defer delete(v.showing, address)
	object := value.Object()
	v.addFields(object, of.Elem())
	v.addAnswers(object, of)
	return object
}

// showShape returns a shape without its empty fields, and without its content if it is the shape of a component, which
// is shown elsewhere.
func (v *viewer) showShape(shape *Shape, of reflect.Value) *Value {
	v.showing[of.Addr().Pointer()] = true
	defer delete(v.showing, of.Addr().Pointer())
	object := value.Object()
	for _, field := range reflect.VisibleFields(of.Type()) {
		part := of.FieldByIndex(field.Index)
		isInside := shape.Component != nil && shape != shape.Component.Shape && slices.Contains([]string{"Fields", "Item", "Items", "Options"}, field.Name)
		if !part.IsZero() && !isInside {
			object.Members = append(object.Members, value.NewMember(field.Name, v.show(part, field.Tag.Get("view"))))
		}
	}
	return object
}

// standIn returns the field that represents a target: the one that a tag names, else its name, key or path.
func (v *viewer) standIn(target reflect.Value, tag string) *Value {
	for _, name := range []string{tag, "Name", "Key", "Path"} {
		field := target.FieldByNameFunc(func(of string) bool { return strings.EqualFold(of, name) })
		if field.IsValid() && field.Kind() == reflect.String {
			return value.String(field.String())
		}
	}
	return value.String(target.Type().Name())
}

// addFields adds the exported fields of a structure in their order.
func (v *viewer) addFields(object *Value, of reflect.Value) {
	for _, field := range reflect.VisibleFields(of.Type()) {
		if field.IsExported() && !field.Anonymous {
			object.Members = append(object.Members, value.NewMember(field.Name, v.show(of.FieldByIndex(field.Index), field.Tag.Get("view"))))
		}
	}
}

// addAnswers adds what the methods without parameters that return a truth answer, sorted by name.
func (v *viewer) addAnswers(object *Value, of reflect.Value) {
	for i := range of.NumMethod() {
		kind := of.Method(i).Type()
		if kind.NumIn() == 0 && kind.NumOut() == 1 && kind.Out(0).Kind() == reflect.Bool {
			object.Members = append(object.Members, value.NewMember(of.Type().Method(i).Name, value.Bool(of.Method(i).Call(nil)[0].Bool())))
		}
	}
}

// orNull returns the value, or null for none.
func orNull(v *Value) *Value {
	if v == nil {
		return &Value{}
	}
	return v
}
