package mock

import (
	"errors"
	"fmt"
	"io"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"testing/iotest"
)

func TestQuality(t *testing.T) {
	for accept, want := range map[string]float64{
		"": 1, "*/*": 1, "application/*": 1, "application/json": 1, "APPLICATION/JSON": 1, "application/json; charset=utf-8": 1, "application/json;q=0.5": 0.5,
		"text/html": 0, "text/html, */*;q=0.1": 0.1, "application/json;q=0, */*": 0, "*/*;q=0": 0, "application/*;q=0, application/json": 1,
		"text/*, application/problem+json": 0, "nonsense": 1, ", ,": 1, "application/json;q=2": 0, "application/json;q=x, text/html": 0, "application/jsonx": 0,
		`text/html;a="b,c"`: 0, "application/json;q=0.2, application/json;q=0.4": 0.4,
	} {
		if got := quality([]string{accept}, "application/json"); got != want {
			t.Errorf("%q: quality %v, want %v", accept, got, want)
		}
	}
	if got := quality(nil, "application/json"); got != 1 {
		t.Errorf("without the header: quality %v", got)
	}
}

func TestContentTypes(t *testing.T) {
	d := newDesk(t, load(t, shelf), Options{})
	const merge = "application/merge-patch+json"
	for _, c := range []struct {
		line, body, contentType, coding string
		status                          int
		patch                           string
	}{
		{"PUT /shelves/1", "{}", "application/json", "", 200, ""},
		{"PUT /shelves/1", "{}", "Application/JSON; charset=UTF-8", "identity", 200, ""},
		{"PUT /shelves/1", "{}", "application/json; charset", "", 200, ""},
		{"PUT /shelves/1", "{}", "application/problem+json", "", 415, ""},
		{"PUT /shelves/1", "{}", "text/plain", "", 415, ""},
		{"PUT /shelves/1", "{}", "", "", 415, ""},
		{"PUT /shelves/1", "{}", "/", "", 415, ""},
		{"PUT /shelves/1", "{}", "application/json", "gzip", 415, ""},
		{"PUT /shelves/1", "", "", "", 400, ""},
		{"PUT /shelves/1", "", "application/json", "", 400, ""},
		{"PATCH /shelves/1", "{}", merge, "", 200, ""},
		{"PATCH /shelves/1", "{}", "application/json", "", 415, merge},
		{"PATCH /shelves", "[]", "application/json", "", 200, ""},
		{"PATCH /shelves", "[]", merge, "", 415, "application/json"},
		{"DELETE /shelves/1", "anything", "text/plain", "gzip", 200, ""},
		{"GET /shelves/1", "anything", "text/plain", "", 200, ""},
	} {
		got := d.ask(c.line, c.body, "Content-Type: "+c.contentType, "Content-Encoding: "+c.coding)
		if got.StatusCode != c.status || got.Header.Get("Accept-Patch") != c.patch {
			t.Errorf("%s of %q: status %d, Accept-Patch %q, want %d, %q: %s", c.line, c.contentType, got.StatusCode, got.Header.Get("Accept-Patch"), c.status, c.patch, textOf(t, got))
		}
	}
	if d.calls[0].body == nil || d.calls[len(d.calls)-1].body != nil {
		t.Error("the content of a request is read where there is none, or not where there is")
	}
}

func TestJSON(t *testing.T) {
	for text, want := range map[string]string{
		`{"b": 1.50, "a": [null, 1e400, -0, 12345678901234567890], "": {}}`: `{"b":1.50,"a":[null,1e400,-0,12345678901234567890],"":{}}`,
		`"\ud83d\ude00\u0000"`:              `"😀\u0000"`,
		" \t\r\n-1.0E+2\t":                  `-1.0E+2`,
		"null":                              `null`,
		"true\n":                            `true`,
		`"no"`:                              `"no"`,
		"":                                  "has no content",
		" \n":                               "has no content",
		"no":                                "invalid character 'o' in literal null (expecting 'u') (line 1, column 2)",
		"a: 1":                              "invalid character 'a' looking for beginning of value (line 1, column 1)",
		"{\"é\": 1,\n \"é\": }":             "invalid character '}' looking for beginning of value (line 2, column 7)",
		"[1, 2":                             "unexpected end of JSON input (line 1, column 6)",
		"1 2":                               "invalid character '2' after top-level value (line 1, column 3)",
		`{"a": 1, "a": 2}`:                  `"a" (line 1, column 10)`,
		`["\ud83d"]`:                        `half of a surrogate pair, not a character (line 1, column 3)`,
		"[\"\xff\"]":                        "byte 0xFF is not valid UTF-8 (line 1, column 3)",
		"\uFEFF{}":                          "invalid character 'ï' looking for beginning of value (line 1, column 1)",
		`{"a": NaN}`:                        "invalid character 'N'",
		`{"a": 1,}`:                         "invalid character '}'",
		strings.Repeat("[", 600):            "unexpected end",
		nested(600):                         "nested deeper than 500 levels",
		nested(20_000):                      "exceeded max depth",
		"[" + strings.Repeat("0,", 600_000): "unexpected end",
		"[" + strings.Repeat("0,", 600_000) + "0]":          "more than 500000 values",
		`{"a": "` + strings.Repeat("[,{", 600_000) + `\""}`: `{"a":"` + strings.Repeat("[,{", 600_000) + `\""}`,
	} {
		v, failure := limits{maxContent, maxValues}.parse([]byte(text))
		got := ""
		if failure == nil {
			got = string(v.AppendJSON(nil, ""))
		} else {
			got = failure.detail
		}
		if failure == nil && got != want || failure != nil && !strings.Contains(got, want) {
			t.Errorf("%.80s: got %.200s, want %.200s", text, got, want)
		}
	}
}

func nested(depth int) string { return strings.Repeat("[", depth) + strings.Repeat("]", depth) }

// TestLargeContent is refused, and no more than the limit is kept of it, whether its length is known or not.
func TestLargeContent(t *testing.T) {
	d := newDesk(t, load(t, shelf), Options{})
	for _, c := range []struct {
		length int
		known  bool
		expect string
		status int
		left   int // that is not read
	}{
		{maxContent, true, "", 200, 0}, {maxContent, false, "", 200, 0}, {maxContent + 1, true, "", 413, 0}, {maxContent + 1, false, "", 413, 0},
		{100 << 20, true, "", 413, 0}, {100 << 20, false, "100-continue", 413, 0}, {100 << 20, true, "100-continue", 413, 100 << 20},
	} {
		body := &counted{left: c.length}
		r := httptest.NewRequest("PUT", "/shelves/1", body)
		r.Host = "localhost"
		r.ContentLength = -1
		if c.known {
			r.ContentLength = int64(c.length)
		}
		r.Header.Set("Content-Type", "application/json")
		if c.expect != "" {
			r.Header.Set("Expect", c.expect)
		}
		w := httptest.NewRecorder()
		d.ServeHTTP(w, r)
		if w.Code != c.status || body.left != c.left {
			t.Errorf("%+v: status %d, %d bytes are left", c, w.Code, body.left)
		}
	}
}

// counted is spaces before a number.
type counted struct{ left int }

func (c *counted) Read(to []byte) (int, error) {
	n := min(len(to), c.left)
	for i := range n {
		to[i] = ' '
		if at := c.left - i; at == 1 {
			to[i] = '1'
		}
	}
	c.left -= n
	if c.left == 0 {
		return n, io.EOF
	}
	return n, nil
}

func TestContentThatDoesNotArrive(t *testing.T) {
	d := newDesk(t, load(t, shelf), Options{})
	for status, err := range map[int]error{400: errors.New("unexpected EOF"), 408: fmt.Errorf("read: %w", os.ErrDeadlineExceeded)} {
		r := httptest.NewRequest("PUT", "http://localhost/shelves/1", iotest.ErrReader(err))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		d.ServeHTTP(w, r)
		if w.Code != status {
			t.Errorf("%v: status %d, want %d", err, w.Code, status)
		}
	}
}
