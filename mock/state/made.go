package state

import (
	"slices"
	"strings"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// made returns the server's value for a read-only member: the time, else the schema's default, constant or example.
func (tx *Tx) made(name string, s *model.Value) *model.Value {
	if v := tx.clock(s); v != nil {
		return v
	}
	if v := s.Get("default"); v != nil && tx.wholes.IsValid(s, v) {
		return v
	}
	v, _ := tx.maker.ExampleOf(name, s)
	return v
}

// clock returns the current time in the format of a schema, or nil if the format is not for times.
func (tx *Tx) clock(s *model.Value) *model.Value {
	of := s
	for range 8 { // chains of references
		name, isReference := schema.RefName(of)
		if !isReference {
			break
		}
		of = tx.wholes.Component(name)
	}
	var v *model.Value
	switch of.Get("format").StringOr("") {
	case "date-time":
		v = value.String(tx.now.UTC().Format("2006-01-02T15:04:05.000Z07:00"))
	case "date":
		v = value.String(tx.now.UTC().Format("2006-01-02"))
	}
	if v == nil || !tx.wholes.IsValid(s, v) {
		return nil
	}
	return v
}

// stampNames are the beginnings of the names of members that hold the time of the last change.
var stampNames = []string{"update", "modif", "change", "lastupdate", "lastmodif", "lastchange"}

// stamped returns a record's own part with the current time in the members for the last change.
func (tx *Tx) stamped(k *kind, own *model.Value) *model.Value {
	for _, p := range k.Properties {
		name := strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(p.Name))
		isStamp := slices.ContainsFunc(stampNames, func(begin string) bool { return strings.HasPrefix(name, begin) })
		if !isStamp || !p.IsReadOnly || p.IsKey || !own.Has(p.Name) {
			continue
		}
		if v := tx.clock(p.Schema); v != nil {
			own = with(own, p.Name, v)
		}
	}
	return own
}
