package mock

import (
	"net/http"
	"net/url"

	"github.com/firestoned/firestone/mock/parameter"
	"github.com/firestoned/firestone/model"
)

// call is one operation that a client asks for, once all is checked that needs no state.
type call struct {
	operation   *model.Operation
	keys        []*model.Value   // of the path's parameters, in their order
	parameters  parameter.Values // all that were given
	body        *model.Value     // what was sent; nil where the operation takes nothing
	ifMatch     string           // the header of that name, its lines joined with commas
	ifNoneMatch string           // the same
	url         *url.URL         // as it was asked for, to link to other pages
}

// answer is what a call comes to where nothing is wrong with it.
type answer struct {
	status int
	header http.Header // Location, ETag, Link, X-Total-Count, Last-Event-ID
	body   []byte      // JSON; nil where there is none
}

// problem is a failure as clients hear of it (RFC 9457).
type problem struct {
	status int
	detail string      // a sentence
	faults []fault     // what is wrong one by one, may be empty
	header http.Header // that the status demands: Allow, Accept-Patch, WWW-Authenticate; may be nil
}

// fault is one thing that is wrong with a request. It has a pointer (RFC 6901) into the content, or the name of a parameter.
type fault struct {
	pointer, parameter *string
	detail             string // a sentence
}
