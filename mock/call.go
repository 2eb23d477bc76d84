package mock

import (
	"net/http"
	"net/url"

	"github.com/firestoned/firestone/mock/parameter"
	"github.com/firestoned/firestone/model"
)

// call is one operation that a client requests, after all checks that need no state.
type call struct {
	operation   *model.Operation
	keys        []*model.Value   // of the path's parameters, in order
	parameters  parameter.Values // all parameters given
	body        *model.Value     // nil if the operation takes none
	ifMatch     string           // the header of that name, its lines joined with commas
	ifNoneMatch string           // the same
	url         *url.URL         // as requested, for links to other pages
}

// answer is the result of a successful call.
type answer struct {
	status int
	header http.Header // Location, ETag, Link, X-Total-Count, Last-Event-ID
	body   []byte      // JSON; nil if there is none
}

// problem is a failure as clients see it (RFC 9457).
type problem struct {
	status int
	detail string      // a sentence
	faults []fault     // the individual faults; may be empty
	header http.Header // required by the status: Allow, Accept-Patch, WWW-Authenticate; may be nil
}

// fault is one thing that is wrong with a request. It has a pointer (RFC 6901) into the content, or the name of a
// parameter.
type fault struct {
	pointer, parameter *string
	detail             string // a sentence
}
