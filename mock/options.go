package mock

import (
	"fmt"
	"io"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/firestoned/firestone/model"
)

// Options configure how an API is served. The zero Options serves it from memory, to every client with any credentials,
// below the base path of its first server.
type Options struct {
	Tokens   []Token   // the only valid credentials; none: any that are not empty
	Strict   bool      // refuse what is otherwise ignored: unknown query parameters, and members that only the server writes
	Prefix   string    // of every path, after the base path of the first server: /api, or empty
	Hosts    []string  // names of the server, besides loopback names and the address it listens on
	Origins  []string  // of pages that may use the server, besides loopback ones: https://app.example.com, or * for all
	Log      io.Writer // gets a line for each request; may be nil
	Requests io.Writer // gets a line of JSON for each exchange; may be nil
	Faults   *Faults   // faults to inject; nil: none, even if clients request them

	Documents Documents // of the API, which are served as well
	IsWatched bool      // pages reload when another server replaces this one

	Data   string       // the file that keeps the state; empty: memory
	Load   *model.Value // the initial state if there is none yet: resource names to lists of records; or nil
	Seed   int          // how many records of each resource are created at the start
	Random uint64       // seed for generated keys: the same seed and the same requests give the same keys
	Now    time.Time    // a fixed time instead of the clock; zero: the clock of the machine
}

// Token is a client credential: a bearer token, an API key, or the password of basic authentication.
type Token struct {
	Text      string
	Scopes    []string // that it was granted
	HasScopes bool     // it was granted only Scopes; otherwise all scopes
}

// check returns what is wrong with the options.
func (o *Options) check() error {
	pathPrefix := regexp.MustCompile(`^(/[^/{}?#\s]+)*$`) // compiled here, so that programs which serve nothing do not pay for it
	originForm := regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*://[^/?#\s@]+$`)
	if !pathPrefix.MatchString(o.Prefix) {
		return fmt.Errorf("the prefix %q is not a path such as /api", o.Prefix)
	}
	if _, err := url.PathUnescape(o.Prefix); err != nil {
		return fmt.Errorf("the prefix %q is not a path: %w", o.Prefix, err)
	}
	for _, token := range o.Tokens {
		if strings.TrimSpace(token.Text) == "" {
			return fmt.Errorf("a token is empty")
		}
	}
	for _, origin := range o.Origins {
		if origin != "*" && origin != "null" && !originForm.MatchString(origin) {
			return fmt.Errorf("%q is not an origin such as https://app.example.com", origin)
		}
	}
	return o.Faults.check()
}
