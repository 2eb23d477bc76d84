package mock

import (
	"net/http"
	"strings"

	"github.com/firestoned/firestone/mock/parameter"
	"github.com/firestoned/firestone/model"
)

// parameters returns the call that a request makes to an operation, without a body, or what is wrong with its
// parameters. Names in others are also allowed in its query.
func (s *Server) parameters(x *exchange, o *model.Operation, found *route, others ...string) (*call, *problem) {
	r := x.request
	values, faults := s.decoder.Decode(o, sourceOf(r, found))
	unknown := parameter.Unknown(o, r.URL.RawQuery, others...)
	for _, f := range unknown {
		x.notes = append(x.notes, f.Detail)
	}
	if s.options.Strict {
		faults = append(faults, unknown...)
	}
	if len(faults) > 0 {
		return nil, invalid(faults)
	}
	c := &call{
		operation: o, parameters: values, url: r.URL,
		ifMatch: strings.Join(r.Header.Values("If-Match"), ", "), ifNoneMatch: strings.Join(r.Header.Values("If-None-Match"), ", "),
	}
	for _, p := range o.Parameters {
		if p.In == "path" {
			c.keys = append(c.keys, values[p])
		}
	}
	return c, nil
}

// sourceOf returns the encoded parameters of a request.
func sourceOf(r *http.Request, found *route) parameter.Source {
	cookies := map[string][]string{}
	for _, cookie := range r.Cookies() {
		cookies[cookie.Name] = append(cookies[cookie.Name], cookie.Value)
	}
	return parameter.Source{Path: found.keys, Query: r.URL.RawQuery, Headers: r.Header, Cookies: cookies}
}

// invalid returns the problem for invalid parameters.
func invalid(faults []parameter.Fault) *problem {
	failure := &problem{status: http.StatusBadRequest, detail: "The parameters are not valid."}
	if len(faults) == 1 {
		failure.detail = faults[0].Detail
	}
	for _, f := range faults {
		failure.faults = append(failure.faults, fault{parameter: &f.Name, detail: f.Detail})
	}
	return failure
}
