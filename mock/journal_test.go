package mock

import (
	"encoding/json"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// TestAccessLog has a line for each request, and nothing in it that a terminal obeys.
func TestAccessLog(t *testing.T) {
	var log strings.Builder
	d := newDesk(t, load(t, rows), Options{Log: &log})
	d.ask("GET /rows/1?secret", "")
	d.ask("PUT /rows/%1B%5B31m\u202e|", "", isJSON)
	d.ask("GET /none", "")
	want := regexp.MustCompile(`^GET /rows/1 200 [0-9.]+[mµ]?s  "secret" is not a parameter of this operation\.\nPUT /rows/%1B%5B31m%E2%80%AE\| 400 [0-9.]+[mµ]?s\nGET /none 404 [0-9.]+[mµ]?s\n$`)
	if !want.MatchString(log.String()) {
		t.Errorf("the log is %q", log.String())
	}
}

// TestRequestsAreRecorded as they arrived, whatever was answered.
func TestRequestsAreRecorded(t *testing.T) {
	var records strings.Builder
	d := newDesk(t, load(t, shelf), Options{Requests: &records})
	d.ask("PUT /shelves/1?x=%20&y", `{"label": "<é>"}`, isJSON, "X-B: 1", "X-B: 2", "X-A: \xff")
	d.ask("DELETE /none", "\xff")
	d.ask("GET /shelves", "", "Host: example.org")
	d.ask("PUT /shelves/1", strings.Repeat(" ", maxContent+1), isJSON)
	want := `{"method":"PUT","path":"/shelves/1?x=%20&y","headers":{"Content-Type":["application/json"],"Host":["localhost:8080"],"X-A":["` + "\uFFFD" + `"],"X-B":["1","2"]},"body":"{\"label\": \"<é>\"}","status":200}
{"method":"DELETE","path":"/none","headers":{"Host":["localhost:8080"]},"body_base64":"/w==","status":404,"problem":{"type":"about:blank","title":"Not Found","status":404,"detail":"The API has no such path."}}
{"method":"GET","path":"/shelves","headers":{"Host":["example.org"]},"body":"","status":421,"problem":{"type":"about:blank","title":"Misdirected Request","status":421,"detail":"This server does not serve the host example.org; allow it with --host."}}
{"method":"PUT","path":"/shelves/1","headers":{"Content-Type":["application/json"],"Host":["localhost:8080"]},"body":null,"status":413,"problem":{"type":"about:blank","title":"Content Too Large","status":413,"detail":"The content is larger than 10 MiB."}}
`
	if records.String() != want {
		t.Errorf("the records are\n%s\nwant\n%s", records.String(), want)
	}
}

// TestOldRequestsAreForgotten and no others: the page promises the last 1,000.
func TestOldRequestsAreForgotten(t *testing.T) {
	d := newDesk(t, load(t, rows), Options{})
	for range 1002 {
		d.ask("GET /rows/1", "")
	}
	var shown []struct{ Number int }
	if err := json.Unmarshal([]byte(textOf(t, d.ask("GET /_mock/requests", ""))), &shown); err != nil {
		t.Fatal(err)
	}
	if len(shown) != 1000 || shown[0].Number != 3 {
		t.Errorf("%d requests are shown, from number %d on", len(shown), shown[0].Number)
	}
}

// TestLinesDoNotMix where several requests are answered at once.
func TestLinesDoNotMix(t *testing.T) {
	var log, records strings.Builder
	d := newDesk(t, load(t, rows), Options{Log: &log, Requests: &records})
	d.performs = func(*call) (*answer, *problem) { return &answer{status: 204}, nil }
	var asking sync.WaitGroup
	for range 50 {
		asking.Go(func() { d.ask("GET /rows/1", "") })
	}
	asking.Wait()
	for text, want := range map[string]string{log.String(): "GET /rows/1 204 ", records.String(): `{"method":"GET",`} {
		lines := strings.SplitAfter(text, "\n")
		for _, line := range lines[:len(lines)-1] {
			if !strings.HasPrefix(line, want) {
				t.Errorf("a line is %q", line)
			}
		}
		if len(lines) != 51 {
			t.Errorf("%d lines", len(lines)-1)
		}
	}
}
