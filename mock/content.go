package mock

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// limits bound the size of a request's content.
type limits struct{ bytes, values int }

// content returns the content of a request for an operation, or what is wrong with it.
func (s *Server) content(x *exchange, o *model.Operation) (*model.Value, *problem) {
	if failure := checkContentType(x.request, o); failure != nil {
		return nil, failure
	}
	body, err := x.read()
	if err != nil {
		return nil, x.unreadable(err)
	}
	return x.limits.parse(body)
}

// checkContentType refuses content of a type that the operation does not list. Empty content has no type; it is not
// JSON.
func checkContentType(r *http.Request, o *model.Operation) *problem {
	header := http.Header{}
	if o.Method == "patch" {
		header.Set("Accept-Patch", o.Request.ContentType)
	}
	given := r.Header.Get("Content-Type")
	if given == "" && r.ContentLength == 0 {
		return nil
	}
	sent, _, err := mime.ParseMediaType(given)
	if err != nil && !errors.Is(err, mime.ErrInvalidMediaParameter) || sent != o.Request.ContentType {
		detail := "The content has no Content-Type: send " + o.Request.ContentType + "."
		if given != "" {
			detail = fmt.Sprintf("The content type %q is not supported: send %s.", given, o.Request.ContentType)
		}
		return &problem{status: http.StatusUnsupportedMediaType, detail: detail, header: header}
	}
	if coding := r.Header.Get("Content-Encoding"); coding != "" && !strings.EqualFold(coding, "identity") {
		header.Set("Accept-Encoding", "identity") // RFC 9110, section 12.5.3
		detail := fmt.Sprintf("The content coding %q is not supported: send the content unencoded.", coding)
		return &problem{status: http.StatusUnsupportedMediaType, detail: detail, header: header}
	}
	return nil
}

// unreadable returns the problem for content that did not arrive.
func (x *exchange) unreadable(err error) *problem {
	switch {
	case errors.Is(err, errTooLarge):
		return &problem{status: http.StatusRequestEntityTooLarge, detail: fmt.Sprintf("The content is larger than %d MiB.", x.limits.bytes>>20)}
	case errors.Is(err, os.ErrDeadlineExceeded):
		return &problem{status: http.StatusRequestTimeout, detail: fmt.Sprintf("The content did not arrive within %v.", contentTimeout)}
	}
	return &problem{status: http.StatusBadRequest, detail: "The content arrived incomplete."}
}

// parse reads JSON, and refuses what parsers disagree about: duplicate names, lone surrogates, and bytes that are not
// UTF-8 (RFC 8259, sections 4 and 8).
func (l limits) parse(body []byte) (*model.Value, *problem) {
	if len(bytes.TrimSpace(body)) == 0 {
		return nil, &problem{status: http.StatusBadRequest, detail: "The request has no content: send JSON."}
	}
	if err := json.Unmarshal(body, new(json.RawMessage)); err != nil {
		return nil, invalidJSON(body, err)
	}
	if countValues(body) > l.values {
		return nil, &problem{status: http.StatusRequestEntityTooLarge, detail: fmt.Sprintf("The content holds more than %d values.", l.values)}
	}
	if c := bytes.TrimSpace(body)[0]; c != '{' && c != '[' && c != '"' {
		body = bytes.TrimSpace(body) // white space that JSON allows around a number is not allowed in YAML
	}
	var problems value.Problems
	values := value.Parse("", body, &problems)
	if problems.HasErrors() {
		first := problems.Sorted()[0]
		return nil, &problem{status: http.StatusBadRequest, detail: fmt.Sprintf("The content cannot be read: %s (line %d, column %d).", first.Msg, first.Pos.Line, first.Pos.Col)}
	}
	return values[0], nil
}

// invalidJSON returns the problem for a text that is not JSON, with the position of the first wrong character.
func invalidJSON(body []byte, err error) *problem {
	at := len(body)
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) && int(syntax.Offset) <= len(body) && !strings.HasPrefix(syntax.Error(), "unexpected end") {
		at = max(int(syntax.Offset)-1, 0)
	}
	before := body[:at]
	line := 1 + bytes.Count(before, []byte("\n"))
	column := 1 + utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])
	return &problem{status: http.StatusBadRequest, detail: fmt.Sprintf("The content is not valid JSON: %v (line %d, column %d).", err, line, column)}
}

// countValues returns how many values a JSON text holds, or a few more.
func countValues(text []byte) int {
	count, isString := 1, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case isString && c == '\\':
			i++
		case c == '"':
			isString = !isString
		case !isString && (c == ',' || c == '[' || c == '{'):
			count++
		}
	}
	return count
}
