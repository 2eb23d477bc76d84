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

// Options are how an API is served. The zero Options serve it from memory, to every client that has any credentials, below
// the base path of its first server.
type Options struct {
	Tokens   []Token   // the only credentials that are accepted; none: any that are not empty
	Strict   bool      // refuse what is ignored otherwise: unknown query parameters, and members that only the server writes
	Prefix   string    // put before every path, behind the base path of the first server: /api, or empty
	Hosts    []string  // names by which the server may be addressed, besides loopback names and the address it listens on
	Origins  []string  // of pages that may use the server, besides loopback ones: https://app.example.com, or * for all
	Log      io.Writer // gets a line for each request; nil: nobody does
	Requests io.Writer // gets a line of JSON for each exchange; nil: nobody does
	Faults   *Faults   // what goes wrong; nil: nothing, whatever clients ask for

	Documents Documents // of the API, which are served too
	IsWatched bool      // pages load again when another server takes the place of this one

	Data   string       // the file that keeps the state; empty: memory
	Load   *model.Value // what there is at the start, if there is no state yet: the name of a resource to its list; or nil
	Seed   int          // how many records of each resource are made at the start
	Random uint64       // from which keys are made: the same number and the same requests give the same keys
	Now    time.Time    // the only time that the clock shows; zero: the clock of the machine
}

// Token is something that a client proves itself with: a bearer token, an API key, or the password of basic authentication.
type Token struct {
	Text      string
	Scopes    []string // that it was granted
	HasScopes bool     // it was granted no others than Scopes; otherwise all
}

// check returns what is wrong with the options.
func (o *Options) check() error {
	pathPrefix := regexp.MustCompile(`^(/[^/{}?#\s]+)*$`) // here, so that programs which serve nothing do not pay for it
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
