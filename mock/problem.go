package mock

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

const problemType = "application/problem+json"

// shown returns the problem in the form that the API describes (RFC 9457).
func (s *Server) shown(p *problem) *model.Value {
	members := []value.Member{
		value.NewMember("type", value.String("about:blank")), value.NewMember("title", value.String(s.title(p.status))),
		value.NewMember("status", value.Int(p.status)), value.NewMember("detail", text(p.detail)),
	}
	if len(p.faults) > 0 {
		var faults []*model.Value
		for _, f := range p.faults {
			faults = append(faults, f.shown())
		}
		members = append(members, value.NewMember("errors", value.Array(faults...)))
	}
	return value.Object(members...)
}

func (f *fault) shown() *model.Value {
	var members []value.Member
	if f.pointer != nil {
		members = append(members, value.NewMember("pointer", text(*f.pointer)))
	}
	if f.parameter != nil {
		members = append(members, value.NewMember("parameter", text(*f.parameter)))
	}
	return value.Object(append(members, value.NewMember("detail", text(f.detail)))...)
}

// text returns a string that may contain what a client sent, which need not be valid UTF-8.
func text(s string) *model.Value { return value.String(strings.ToValidUTF8(s, "\uFFFD")) }

// titlesOf returns the titles that the documents of the API give to failures.
func titlesOf(api *model.API) map[int]string {
	titles := map[int]string{}
	for _, r := range api.Resources {
		for _, l := range r.Levels {
			for _, o := range l.Operations {
				for _, response := range append(o.MoreFailures, o.Responses...) {
					if status, err := strconv.Atoi(response.Status); err == nil && response.Title != "" {
						titles[status] = response.Title
					}
				}
			}
		}
	}
	return titles
}

// title returns the title of a status: the API's, else that of RFC 9110, section 15, which has renamed two statuses.
func (s *Server) title(status int) string {
	switch title := s.titles[status]; {
	case title != "":
		return title
	case status == http.StatusRequestEntityTooLarge:
		return "Content Too Large"
	case status == http.StatusUnprocessableEntity:
		return "Unprocessable Content"
	}
	return http.StatusText(status)
}
