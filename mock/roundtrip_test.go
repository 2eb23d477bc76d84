package mock

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coder/websocket"
)

const anything = `
kind: thing
methods: {resource: [get, post], instance: [get, put]}
schema:
  type: array
  key: {name: thing_id, schema: {type: integer}}
  items: {type: object, properties: {a: {}, b: {type: [number, "null"]}}}
asyncapi: {servers: {dev: {url: "ws://localhost:8080", protocol: ws}}}
`

// oddities are values that many programs write in another way than they have read them.
var oddities = []string{
	"null", "true", "false", `""`, "[]", "{}", "0", "-0", "1.0", "1.50", "1e3", "1E+3", "0.10e-2", "12345678901234567890123456789",
	"0.1000000000000000055511151231257827", "1e400", `"1"`, `"null"`, `"a\tb"`, `"é\u0000"`, `"😀"`, `"</script>"`, `" "`, `"no"`, "[null]", `[[],{}]`, `{"":null}`,
	`{"b":1,"a":{"z":[1.0,1],"y":null}}`, `{"__proto__":1,"$ref":"x","constructor":2}`,
}

// oddity returns a value of the given depth.
func oddity(random *rand.Rand, depth int) string {
	if depth == 0 || random.IntN(3) > 0 {
		return oddities[random.IntN(len(oddities))]
	}
	var parts []string
	isList := random.IntN(2) == 0
	for i := range random.IntN(4) {
		part := oddity(random, depth-1)
		if !isList {
			part = fmt.Sprintf("%q:%s", fmt.Sprintf("%c%d", 'z'-rune(i), random.IntN(100)), part)
		}
		parts = append(parts, part)
	}
	if isList {
		return "[" + strings.Join(parts, ",") + "]"
	}
	return "{" + strings.Join(parts, ",") + "}"
}

// What was sent by POST, PUT or a message comes back byte for byte: in the answer, in a list, in events, and after a restart.
func TestWhatWasSentComesBack(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	options := Options{Data: filepath.Join(t.TempDir(), "things")}
	api := load(t, anything)
	want := map[string]string{}
	for range 3 {
		s, err := New(api, options)
		if err != nil {
			t.Fatal(err)
		}
		listening := httptest.NewServer(s)
		for path, text := range want {
			if got := get(t, listening.URL+path); got != text {
				t.Errorf("after a restart %s is\n%s, was\n%s", path, got, text)
			}
		}
		conn, _, err := websocket.Dial(context.Background(), listening.URL+"/things", nil)
		if err != nil {
			t.Fatal(err)
		}
		conn.SetReadLimit(64 << 20)
		heard := func() string {
			_, text, err := conn.Read(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			return string(text)
		}
		heard()
		for i := range 12 {
			members := fmt.Sprintf(`"x":%s,"a":%s,"b":%s`, oddity(random, 3), oddity(random, 3), []string{"null", "1.0", "1e2", "-0.0"}[random.IntN(4)])
			key := 1 + len(want)
			if i%3 == 2 {
				key = 1 + random.IntN(len(want))
			}
			path, text := fmt.Sprintf("/things/%d", key), fmt.Sprintf(`{"thing_id":%d,%s}`, key, members)
			switch i % 3 {
			case 0:
				send(http.MethodPost, listening.URL, "/things", "{"+members+"}")
			case 1:
				if err := conn.Write(context.Background(), websocket.MessageText, []byte("{"+members+"}")); err != nil {
					t.Fatal(err)
				}
			case 2:
				if _, got, _ := send(http.MethodPut, listening.URL, path, "{"+members+"}"); got != text {
					t.Errorf("PUT gave\n%s, want\n%s", got, text)
				}
			}
			want[path] = text
			if list := heard(); !strings.Contains(list, text) {
				t.Errorf("the list that was heard has not\n%s", text)
			}
			if got := get(t, listening.URL+path); got != text {
				t.Errorf("%s is\n%s, want\n%s", path, got, text)
			}
		}
		_ = conn.CloseNow()
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		listening.Close()
	}
}

func get(t *testing.T, url string) string {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
