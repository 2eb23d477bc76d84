package mock

import (
	"slices"
	"strings"

	"github.com/firestoned/firestone/model"
)

// challenges returns the distinct ways in which a client can authenticate (RFC 9110, section 11.6.1).
func (s *Server) challenges(security []*model.Requirement, best access) []string {
	var all []string
	for _, requirement := range security {
		for _, required := range requirement.Schemes {
			if challenge := s.challenge(required, best); !slices.Contains(all, challenge) {
				all = append(all, challenge)
			}
		}
	}
	return all
}

// challenge returns the challenge of a scheme, with what was wrong with the client's token (RFC 6750, section 3).
func (s *Server) challenge(required model.RequiredScheme, best access) string {
	called := authScheme(required.Scheme)
	parameters := []string{"realm=" + quoted(s.api.Name)}
	switch called {
	case "ApiKey":
		parameters = append(parameters, "in="+quoted(required.Scheme.In), "name="+quoted(required.Scheme.ParameterName))
	case "Basic":
		parameters = append(parameters, `charset="UTF-8"`)
	case "Bearer":
		if best == unknown {
			parameters = append(parameters, `error="invalid_token"`)
		}
		if best == narrow {
			parameters = append(parameters, `error="insufficient_scope"`, "scope="+quoted(strings.Join(required.Scopes, " ")))
		}
	}
	return called + " " + strings.Join(parameters, ", ")
}

// quoted returns a text as a quoted string of a header (RFC 9110, section 5.6.4), with ? for characters that it cannot
// contain.
func quoted(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteString(`\` + string(r))
		case r < ' ' || r > '~':
			b.WriteByte('?')
		default:
			b.WriteRune(r)
		}
	}
	return `"` + b.String() + `"`
}

// expected describes the expected credentials for people: a bearer token, or the header X-Key.
func expected(security []*model.Requirement) string {
	var ways []string
	for _, requirement := range security {
		var together []string
		for _, required := range requirement.Schemes {
			together = append(together, expectedBy(required.Scheme))
		}
		if way := strings.Join(together, " and "); !slices.Contains(ways, way) {
			ways = append(ways, way)
		}
	}
	return strings.Join(ways, ", or ")
}

func expectedBy(scheme *model.SecurityScheme) string {
	switch {
	case scheme.Type == "apiKey" && scheme.In == "query":
		return "the query parameter " + scheme.ParameterName
	case scheme.Type == "apiKey":
		return "the " + scheme.In + " " + scheme.ParameterName
	case scheme.Type == "mutualTLS":
		return "a client certificate"
	case scheme.Type == "http" && strings.EqualFold(scheme.Scheme, "basic"):
		return "a user name and a password (Authorization: Basic ...)"
	}
	return "a token (Authorization: " + authScheme(scheme) + " ...)"
}
