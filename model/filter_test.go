package model

import "testing"

// TestFilterOfPlainText: a parameter of plain text looks for texts that hold it, but a key is meant as a whole, be it that of
// the record or of another one.
func TestFilterOfPlainText(t *testing.T) {
	api := mustLoad(t, `
kind: rental
schema:
  type: array
  key: {name: rental_id}
  query_params:
    - {name: note}
    - {name: customer_id}
    - {name: rental_id}
    - {name: customer_like, filter: {property: customer_id, match: contains}}
    - {name: of_customer, filter: customer_id}
  items:
    type: object
    properties:
      note: {type: string}
      customer_id: {type: string, references: {kind: rental}}
`)
	want := map[string]string{"note": ContainsMatch, "customer_id": EqualMatch, "rental_id": EqualMatch, "customer_like": ContainsMatch, "of_customer": EqualMatch}
	for _, p := range api.Resources[0].Collection.Operation("get").Parameters {
		if p.Filter == nil || p.Filter.Match != want[p.Name] {
			t.Errorf("%s filters by %+v, want %s", p.Name, p.Filter, want[p.Name])
		}
		delete(want, p.Name)
	}
	if len(want) > 0 {
		t.Errorf("there is no %v", want)
	}
}
