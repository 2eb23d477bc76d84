package main_test

import (
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// TestFieldsAreFilled guards what templates read: a field that no case and no example fills is one that nothing fills, or that
// no output is tried with.
func TestFieldsAreFilled(t *testing.T) {
	f := &filled{seen: map[reflect.Value]bool{}, fields: map[string]bool{}}
	for _, name := range casesIn(t) {
		folder := filepath.Join(casesFolder, name)
		f.walk(reflect.ValueOf(load(t, readIn(folder), definitionsIn(t, folder)...)))
	}
	f.walk(reflect.ValueOf(load(t, readIn(library), definitionsIn(t, library)...)))
	hard := definitionsIn(t, "testdata/hard")
	f.walk(reflect.ValueOf(load(t, readWithEvents("testdata/hard"), hard...)))

	never := map[string]string{"facts.BaseURL.IsGiven": "a firestone.yaml gives the servers, and here is none"}
	for _, name := range fieldsBelow(reflect.TypeFor[model.API](), map[reflect.Type]bool{}) {
		why, isKnown := never[name]
		switch {
		case !f.fields[name] && !isKnown:
			t.Errorf("nothing fills %s", name)
		case f.fields[name] && isKnown:
			t.Errorf("%s is filled, and yet an exception: %s", name, why)
		}
		delete(never, name)
	}
	for name := range never {
		t.Errorf("there is no field %s", name)
	}
}

// filled notes the fields that hold something.
type filled struct {
	seen   map[reflect.Value]bool // the targets of pointers
	fields map[string]bool        // by their types and names
}

func (f *filled) walk(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() || v.Type() == reflect.TypeFor[*value.Value]() || f.seen[v] {
			return
		}
		f.seen[v] = true
		f.walk(v.Elem())
	case reflect.Slice:
		for i := range v.Len() {
			f.walk(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if field := v.Type().Field(i); field.IsExported() {
				f.fields[nameOf(v.Type(), field)] = f.fields[nameOf(v.Type(), field)] || isFilled(v.Field(i))
				f.walk(v.Field(i))
			}
		}
	}
}

// isFilled reports whether a field holds something: a slice holds items.
func isFilled(v reflect.Value) bool {
	if v.Kind() == reflect.Slice {
		return v.Len() > 0
	}
	return !v.IsZero()
}

func nameOf(of reflect.Type, field reflect.StructField) string {
	return strings.TrimPrefix(of.String(), "model.") + "." + field.Name
}

// fieldsBelow returns the exported fields of a type and of those that its fields lead to, sorted.
func fieldsBelow(of reflect.Type, seen map[reflect.Type]bool) []string {
	for of.Kind() == reflect.Pointer || of.Kind() == reflect.Slice {
		of = of.Elem()
	}
	if of.Kind() != reflect.Struct || of == reflect.TypeFor[value.Value]() || seen[of] {
		return nil
	}
	seen[of] = true
	var names []string
	for i := range of.NumField() {
		if field := of.Field(i); field.IsExported() {
			names = append(append(names, nameOf(of, field)), fieldsBelow(field.Type, seen)...)
		}
	}
	slices.Sort(names)
	return names
}
