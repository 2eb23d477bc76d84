package mock

import (
	"net/http"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model"
)

// serve answers a request, or refuses it for the first reason in the order seen here, in which clients without
// credentials learn nothing about the state. The checks that follow are those of call.
func (s *Server) serve(x *exchange) {
	r := x.request
	if isControl(r) && s.servesHost(r) {
		s.control(x)
		return
	}
	s.sharing.HandlerFunc(x.writer, r)
	if !s.servesHost(r) {
		x.refuse(misdirected(r))
		return
	}
	if (mayChange(r.Method) || isUpgrade(r)) && !s.originAllowed(r) {
		x.refuse(&problem{status: http.StatusForbidden, detail: "Pages from " + r.Header.Get("Origin") + " may not use this server; allow them with --allow-origin."})
		return
	}
	found := s.routeOf(r)
	switch {
	case isPreflight(r) && s.originAllowed(r):
		x.send(http.StatusNoContent, nil, "", nil)
	case found == nil && escapedPath(r.URL) == "/":
		s.index(x)
	case found == nil && s.site.documentAt(escapedPath(r.URL)) != nil:
		s.document(x)
	case found == nil:
		x.refuse(s.nothing(r.URL))
	case r.Method == http.MethodOptions:
		x.send(http.StatusNoContent, methodsAt(found.level), "", nil)
	default:
		if failure := x.spoil(); failure != nil {
			x.refuse(failure)
		} else if channel := channelOf(found.level, r); channel != nil {
			s.connect(x, found, channel)
		} else {
			s.operate(x, found)
		}
	}
}

// misdirected returns the problem for a request to another host (RFC 9110, section 15.5.20).
func misdirected(r *http.Request) *problem {
	return &problem{status: http.StatusMisdirectedRequest, detail: "This server does not serve the host " + r.Host + "; allow it with --host."}
}

// operate executes a request at a level.
func (s *Server) operate(x *exchange, found *route) {
	o := operationAt(found.level, x.request.Method)
	if o == nil {
		x.refuse(&problem{status: http.StatusMethodNotAllowed, detail: "The path does not support this method.", header: methodsAt(found.level)})
		return
	}
	c, failure := s.call(x, o, found)
	if failure == nil {
		var done *answer
		if done, failure = s.performs(c); failure == nil {
			x.send(done.status, done.header, contentTypeOf(o), done.body)
			return
		}
	}
	x.refuse(failure)
}

// call returns the call that a request makes to an operation, or what is wrong with it before any state is read.
func (s *Server) call(x *exchange, o *model.Operation, found *route) (*call, *problem) {
	r := x.request
	if failure := s.authorize(o.Security, r); failure != nil {
		return nil, failure
	}
	if of := readingOf(o); of.Response != nil && quality(r.Header.Values("Accept"), of.Response.ContentType) == 0 {
		return nil, &problem{status: http.StatusNotAcceptable, detail: "Only " + of.Response.ContentType + " is available."}
	}
	c, failure := s.parameters(x, o, found)
	if failure != nil || o.Request == nil {
		return c, failure
	}
	c.body, failure = s.content(x, o)
	return c, failure
}

// operationAt returns the operation for a method, or nil. Wherever there is GET, there is HEAD (RFC 9110, section 9.1).
func operationAt(l *model.Level, method string) *model.Operation {
	for _, o := range l.Operations {
		if strings.ToUpper(o.Method) == method {
			return o
		}
	}
	if method == http.MethodHead {
		return l.Operation("get")
	}
	return nil
}

// readingOf returns the operation that defines the response's content: for HEAD the GET operation, if there is one.
func readingOf(o *model.Operation) *model.Operation {
	if get := o.Level.Operation("get"); o.Method == "head" && get != nil {
		return get
	}
	return o
}

// contentTypeOf returns the media type of an operation's response.
func contentTypeOf(o *model.Operation) string {
	if of := readingOf(o); of.Response != nil {
		return of.Response.ContentType
	}
	return "application/json"
}

// methodsAt returns the headers that list what the path of a level supports.
func methodsAt(l *model.Level) http.Header {
	var methods []string
	header := http.Header{}
	for _, o := range l.Operations {
		methods = append(methods, strings.ToUpper(o.Method))
		if o.Method == "patch" {
			header.Set("Accept-Patch", o.Request.ContentType)
		}
	}
	if i := slices.Index(methods, http.MethodGet); i >= 0 && !slices.Contains(methods, http.MethodHead) {
		methods = slices.Insert(methods, i+1, http.MethodHead)
	}
	header.Set("Allow", strings.Join(append(methods, http.MethodOptions), ", "))
	return header
}
