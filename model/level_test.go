package model

import (
	"strings"
	"testing"
)

func TestKeysOfLevels(t *testing.T) {
	api := mustLoad(t, `
kind: person
methods: {resource: [get], instance: [get], instance_attrs: [get]}
schema:
  type: array
  key: {name: id}
  items:
    type: object
    properties:
      name: {type: string}
      cars:
        methods: {resource: [get], instance: [get]}
        schema:
          type: array
          key: {name: id}
          items: {type: object, properties: {wheels: {schema: {type: array, key: {name: id}, items: {type: object}}}}}
`)
	var got []string
	for _, r := range api.Resources {
		for _, l := range r.Levels {
			if len(l.Keys) != len(l.Parameters) {
				t.Fatalf("%s has %d keys for %d parameters", l.Path, len(l.Keys), len(l.Parameters))
			}
			line := l.Path + ":"
			for i, key := range l.Keys {
				line += " " + l.Parameters[i].Name + "=" + key.Name
			}
			got = append(got, strings.TrimSuffix(line, ":"))
		}
	}
	same(t, got, []string{
		"/people",
		"/people/{id}: id=person",
		"/people/{id}/name: id=person",
		"/people/{id}/cars: id=person",
		"/people/{id}/cars/{cars_id}: id=person cars_id=person_car",
		"/people/{id}/cars/{cars_id}/wheels: id=person cars_id=person_car",
		"/people/{id}/cars/{cars_id}/wheels/{wheels_id}: id=person cars_id=person_car wheels_id=person_car_wheel",
	})
}
