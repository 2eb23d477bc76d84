package mock

import (
	"crypto/subtle"
	"net/http"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model"
)

// access is how far a request gets with its credentials.
type access int

const (
	absent  access = iota // there are none
	unknown               // they are not valid
	narrow                // they lack a scope
	granted
)

// authorize returns what is wrong with a request's credentials if it must satisfy one of the requirements, or nil.
func (s *Server) authorize(security []*model.Requirement, r *http.Request) *problem {
	if len(security) == 0 {
		return nil
	}
	best := absent
	for _, requirement := range security {
		best = max(best, s.satisfies(requirement, r))
	}
	failure := &problem{header: http.Header{}}
	for _, challenge := range s.challenges(security, best) {
		failure.header.Add("WWW-Authenticate", challenge)
	}
	switch best {
	case granted:
		return nil
	case narrow:
		failure.status, failure.detail = 403, "The credentials lack a scope that this operation requires."
	case unknown:
		failure.status, failure.detail = 401, "The credentials are not accepted."
	default:
		failure.status, failure.detail = 401, "The credentials are missing: expected "+expected(security)+"."
	}
	return failure
}

// satisfies returns how far a request gets with the requirement: no further than with any of its schemes.
func (s *Server) satisfies(requirement *model.Requirement, r *http.Request) access {
	least := granted
	for _, required := range requirement.Schemes {
		least = min(least, s.accessOf(required, r))
	}
	return least
}

// accessOf returns how far a request gets with a scheme. Client certificates are left to TLS: without it, the API is
// served behind a proxy that checks them, or is tried out without any.
func (s *Server) accessOf(required model.RequiredScheme, r *http.Request) access {
	if required.Scheme.Type == "mutualTLS" {
		if r.TLS != nil && len(r.TLS.PeerCertificates) == 0 {
			return absent
		}
		return granted
	}
	texts := credentialsOf(required.Scheme, r)
	if len(texts) == 0 {
		return absent
	}
	if len(s.options.Tokens) == 0 {
		return granted
	}
	best := unknown
	for _, token := range s.options.Tokens {
		if !slices.ContainsFunc(texts, func(text string) bool { return isSameSecret(text, token.Text) }) {
			continue
		}
		if best = max(best, narrow); token.permits(required.Scopes) {
			best = granted
		}
	}
	return best
}

func isSameSecret(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// permits reports whether the token was granted all of the scopes.
func (t *Token) permits(scopes []string) bool {
	return !t.HasScopes || !slices.ContainsFunc(scopes, func(scope string) bool { return !slices.Contains(t.Scopes, scope) })
}

// credentialsOf returns the non-empty texts of a request that may be the secret of a scheme.
func credentialsOf(scheme *model.SecurityScheme, r *http.Request) []string {
	var found []string
	switch {
	case scheme.Type == "apiKey":
		found = []string{apiKeyOf(scheme, r)}
	case scheme.Type == "http" && strings.EqualFold(scheme.Scheme, "basic"):
		user, password, _ := r.BasicAuth()
		if user != "" || password != "" {
			found = []string{password, user + ":" + password}
		}
	default:
		found = []string{authorizationOf(authScheme(scheme), r)}
	}
	return slices.DeleteFunc(found, func(text string) bool { return text == "" })
}

// apiKeyOf returns the key in the place that the scheme specifies, or an empty text.
func apiKeyOf(scheme *model.SecurityScheme, r *http.Request) string {
	switch scheme.In {
	case "query":
		return r.URL.Query().Get(scheme.ParameterName)
	case "cookie":
		cookie, err := r.Cookie(scheme.ParameterName)
		if err != nil {
			return ""
		}
		return cookie.Value
	}
	return strings.TrimSpace(r.Header.Get(scheme.ParameterName))
}

// authorizationOf returns what follows the scheme's name in the Authorization header (RFC 9110, section 11.6.2).
func authorizationOf(scheme string, r *http.Request) string {
	called, credentials, _ := strings.Cut(strings.TrimSpace(r.Header.Get("Authorization")), " ")
	if !strings.EqualFold(called, scheme) {
		return ""
	}
	return strings.TrimSpace(credentials)
}

// authScheme returns the name of a scheme in the headers Authorization and WWW-Authenticate. OAuth 2 and OpenID Connect
// issue bearer tokens (RFC 6750).
func authScheme(scheme *model.SecurityScheme) string {
	switch {
	case scheme.Type == "apiKey":
		return "ApiKey"
	case scheme.Type == "mutualTLS":
		return "Certificate"
	case scheme.Type != "http" || strings.EqualFold(scheme.Scheme, "bearer"):
		return "Bearer"
	case strings.EqualFold(scheme.Scheme, "basic"):
		return "Basic"
	}
	return scheme.Scheme
}
