package mock

import (
	"strings"
	"testing"
	"time"

	"github.com/firestoned/firestone/model"
)

const room = `
kind: room
methods: {resource: [get, post, delete], instance: [get, put, delete]}
schema:
  key: {name: room_id, schema: {type: integer, minimum: 1}}
  items:
    type: object
    properties:
      label: {type: string}
      seats: {type: integer}
asyncapi: {servers: {dev: {url: "ws://localhost:8080", protocol: ws}}}
`

// A server of other definitions has the state of the one before, as far as that fits; what does not is back with
// definitions that it fits.
func TestSucceed(t *testing.T) {
	for _, data := range []string{"", t.TempDir() + "/state"} {
		var log strings.Builder
		first, err := New(load(t, room), Options{Data: data, Log: &log, Now: time.Date(2026, 12, 24, 18, 0, 0, 0, time.UTC)})
		if err != nil {
			t.Fatal(err)
		}
		at := first
		d := &desk{Server: at}
		ask := func(line, body string) string {
			t.Helper()
			d.Server = at
			return textOf(t, d.ask(line, body, isJSON))
		}
		follow := func(definition string) {
			t.Helper()
			next, err := at.Succeed(load(t, definition), "", Documents{})
			if err != nil {
				t.Fatal(err)
			}
			at = next
		}
		is := func(want string) {
			t.Helper()
			if got := ask("GET /rooms", ""); got != want {
				t.Errorf("data %q: there is %s, want %s", data, got, want)
			}
		}
		ask("POST /rooms", `{"label":"a","seats":1}`)
		ask("POST /rooms", `{"label":"b"}`)
		ask("POST /rooms", `{"label":"c","seats":900}`)
		ask("DELETE /rooms/2", "")
		seq := first.store.Seq()

		follow(strings.Replace(room, "seats: {type: integer}", "seats: {type: integer, maximum: 10}", 1))
		is(`[{"room_id":1,"label":"a","seats":1}]`)
		if got := at.store.Seq(); got != seq {
			t.Errorf("data %q: %d changes, want %d", data, got, seq)
		}
		if want := `the room 3 is left out because it does not match the definition: /seats`; !strings.Contains(log.String(), want) {
			t.Errorf("data %q: the log is %q", data, log.String())
		}
		if got := ask("POST /rooms", `{"label":"d"}`); !strings.HasPrefix(got, `{"room_id":4,`) {
			t.Errorf("data %q: another room is %s", data, got)
		}
		d.Server = first
		if got := d.ask("POST /rooms", "{}", isJSON); got.StatusCode != 503 {
			t.Errorf("data %q: the one before answers %d", data, got.StatusCode)
		}

		follow(strings.Replace(room, "kind: room", "kind: hall", 1))
		if got := ask("GET /halls", ""); got != "[]" || !strings.Contains(log.String(), "the stored records of room are left out") {
			t.Errorf("data %q: there is %s, and the log is %q", data, got, log.String())
		}

		follow(room)
		is(`[{"room_id":1,"label":"a","seats":1},{"room_id":3,"label":"c","seats":900},{"room_id":4,"label":"d"}]`)
		if _, err := at.Succeed(&model.API{Name: "x", BaseURLs: []*model.BaseURL{{URL: "/%"}}}, "", Documents{}); err == nil {
			t.Error("a base path that is none is served")
		}
		if got := ask("POST /rooms", `{"label":"e"}`); !strings.HasPrefix(got, `{"room_id":5,`) {
			t.Errorf("data %q: another room is %s", data, got)
		}
		if err := at.Close(); err != nil {
			t.Error(err)
		}
	}
}
