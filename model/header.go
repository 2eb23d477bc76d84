package model

import "github.com/firestoned/firestone/model/value"

var (
	anyText  = value.Object(value.NewMember("type", value.String("string")))
	quantity = value.Object(value.NewMember("type", value.String("integer")), value.NewMember("minimum", value.Int(0)))
	linkText = value.Object(value.NewMember("type", value.String("string")), value.NewMember("format", value.String("uri-reference")))
)

// responseHeaders are the headers that responses can have.
var responseHeaders = map[string]Header{
	"Location":         {Description: "The URL of the new resource.", Schema: linkText, IsRequired: true},
	"Link":             {Description: "Links to the first, previous, next and last page, where they exist (RFC 8288).", Schema: anyText},
	"X-Total-Count":    {Description: "The total number of items on all pages.", Schema: quantity},
	"ETag":             {Description: "Identifies the current state, for use in If-Match (RFC 9110, section 8.8.3).", Schema: anyText, IsConditional: true},
	"Accept-Patch":     {Description: "The supported patch media types (RFC 5789, section 3.1).", Schema: anyText},
	"Retry-After":      {Description: "How many seconds to wait before the next request.", Schema: quantity},
	"WWW-Authenticate": {Description: "How to authenticate (RFC 9110, section 11.6.1).", Schema: anyText},
}

// header returns a header of the API, made when it is first asked for.
func (a *answerer) header(called string) *Header {
	if made := a.headers[called]; made != nil {
		return made
	}
	made := responseHeaders[called]
	made.Name = called
	a.headers[called] = &made
	a.api.Headers = append(a.api.Headers, &made)
	return &made
}
