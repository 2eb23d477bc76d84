package mock

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/firestoned/firestone/mock/parameter"
	"github.com/firestoned/firestone/mock/query"
	"github.com/firestoned/firestone/mock/state"
	"github.com/firestoned/firestone/model"
)

// lastEventID is the response header, and the query parameter of a connection, that let a client read the state and
// then connect without missing a change.
const lastEventID = "Last-Event-ID"

// cloudEvents is the envelope whose messages describe individual changes.
const cloudEvents = "cloudevents"

// channelOf returns the channel of a level that a request wants to connect to, or nil. A WebSocket can connect to any
// channel, preferably one of protocol ws; an event stream only to one whose server speaks HTTP.
func channelOf(level *model.Level, r *http.Request) *model.Channel {
	speaks := func(protocol string) func(*model.Channel) bool {
		return func(c *model.Channel) bool { return c.Protocol == protocol }
	}
	find := func(protocol string) *model.Channel {
		if i := slices.IndexFunc(level.Channels, speaks(protocol)); i >= 0 {
			return level.Channels[i]
		}
		return nil
	}
	switch {
	case isUpgrade(r):
		if c := find("ws"); c != nil || len(level.Channels) == 0 {
			return c
		}
		return level.Channels[0]
	case r.Method == http.MethodGet && acceptsStream(r):
		return find("http")
	}
	return nil
}

// isUpgrade reports whether a request asks to become a WebSocket (RFC 6455, section 4.1).
func isUpgrade(r *http.Request) bool {
	return r.Method == http.MethodGet && slices.ContainsFunc(r.Header.Values("Upgrade"), func(v string) bool { return strings.EqualFold(v, "websocket") })
}

// acceptsStream reports whether a request accepts event streams by name.
func acceptsStream(r *http.Request) bool {
	for part := range strings.SplitSeq(strings.Join(r.Header.Values("Accept"), ","), ",") {
		mediaType, _, _ := strings.Cut(part, ";")
		if strings.EqualFold(strings.TrimSpace(mediaType), streamType) {
			return true
		}
	}
	return false
}

// connect connects a request to the channel it asks for, or refuses it, with the same order of checks as for other
// requests.
func (s *Server) connect(x *exchange, found *route, channel *model.Channel) {
	subscriber, failure := s.subscribe(x, found, channel)
	if failure != nil {
		x.refuse(failure)
		return
	}
	defer s.hub.remove(subscriber)
	x.await()
	if isUpgrade(x.request) {
		s.serveSocket(x, subscriber)
	} else {
		s.serveStream(x, subscriber)
	}
}

// subscribe returns the subscriber for a request, already registered with the hub.
func (s *Server) subscribe(x *exchange, found *route, channel *model.Channel) (*subscriber, *problem) {
	x.request = withQueryCredentials(x.request, s.api)
	if o := channel.Subscribe; o != nil {
		if failure := s.authorize(o.Security, x.request); failure != nil {
			return nil, failure
		}
	}
	c, failure := s.parameters(x, operationOf(channel), found, connectionNames(s.api)...)
	if failure != nil {
		return nil, failure
	}
	after, failure := afterOf(x.request)
	if failure != nil {
		return nil, failure
	}
	made, failure := s.newSubscriber(channel, c)
	if failure != nil {
		return nil, failure
	}
	made.target, made.since = targetOf(x.request), s.now()
	if o := channel.Publish; o != nil {
		made.publisher = &publisher{subscriber: made, operation: o, refusal: s.authorize(o.Security, x.request)}
	}
	if failure := s.hub.add(made, after); failure != nil {
		return nil, failure
	}
	if !s.exists(channel, made.path) { // deleted before the hub registered the subscriber
		made.end(gone)
	}
	return made, nil
}

// connectionNames returns the query parameters that every connection understands.
func connectionNames(api *model.API) []string {
	names := []string{"lastEventId", "access_token"}
	for _, scheme := range api.SecuritySchemes {
		if scheme.Type == "apiKey" && scheme.In == "header" {
			names = append(names, scheme.ParameterName)
		}
	}
	return names
}

// operationOf returns the REST operation whose parameters a connection takes.
func operationOf(channel *model.Channel) *model.Operation {
	if channel.Subscribe != nil {
		return channel.Subscribe.Operation
	}
	return channel.Publish.Operation
}

// newSubscriber returns a subscriber. One that is sent states is sent the current one first.
func (s *Server) newSubscriber(channel *model.Channel, c *call) (*subscriber, *problem) {
	made := &subscriber{server: s, channel: channel, keys: c.keys, wake: make(chan struct{}, 1)}
	for i, key := range c.keys {
		made.path = append(made.path, s.store.Identity(channel.Level.Keys[i], key))
	}
	made.topic = topicOf(channel.Level, made.path)
	if !s.exists(channel, made.path) {
		return nil, notFound()
	}
	if channel.Subscribe == nil {
		return made, nil
	}
	var faults []parameter.Fault
	if made.selection, faults = query.Compile(c.operation, c.parameters); len(faults) > 0 && s.options.Strict {
		return nil, invalid(faults)
	}
	if channel.Resource.Envelope != cloudEvents && !channel.IsKeyed {
		made.snapshots = c
		made.touch()
	}
	return made, nil
}

// exists reports whether the target of a channel's path exists. A write-only property never appears in responses, so it
// need not exist to be written.
func (s *Server) exists(channel *model.Channel, path []string) bool {
	exists := false
	level := channel.Level
	s.store.Read(func(v state.View) {
		if level.IsCollection() {
			exists = v.HasCollection(level.Resource, path)
			return
		}
		r := v.Record(level.Resource, path)
		exists = r != nil && (!level.IsAttribute() || channel.Subscribe == nil || r.View().Has(level.Property.Name))
	})
	return exists
}

// afterOf returns the number of the change after which a connection wants to be notified, or nil: from the header that
// an EventSource sends when it reconnects, else from the query parameter.
func afterOf(r *http.Request) (*uint64, *problem) {
	text := r.Header.Get(lastEventID)
	if text == "" {
		text = r.URL.Query().Get("lastEventId")
	}
	if text == "" {
		return nil, nil
	}
	after, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		called := "lastEventId"
		return nil, &problem{
			status: http.StatusBadRequest, detail: "A parameter is not valid.",
			faults: []fault{{parameter: &called, detail: "It must be the value that a response had in " + lastEventID + "."}},
		}
	}
	return &after, nil
}

// forgotten returns the problem for a connection that would miss changes.
func forgotten() *problem {
	return &problem{status: http.StatusGone, detail: "The changes since then are no longer available: fetch the list again, and connect with its " + lastEventID + "."}
}

// tooMany returns the problem for a connection beyond the limit.
func tooMany() *problem {
	return &problem{
		status: http.StatusServiceUnavailable, detail: "Too many connections are open.", header: http.Header{"Retry-After": {"1"}},
	}
}

// withQueryCredentials returns the request of a connection with the credentials from its query, since browsers cannot
// set headers there: header credentials under the name of the header, a bearer token as access_token (RFC 6750, section
// 2.3).
func withQueryCredentials(r *http.Request, api *model.API) *http.Request {
	query := r.URL.Query()
	with := r.WithContext(r.Context())
	with.Header = r.Header.Clone()
	if token := query.Get("access_token"); token != "" && with.Header.Get("Authorization") == "" {
		with.Header.Set("Authorization", "Bearer "+token)
	}
	for _, scheme := range api.SecuritySchemes {
		isHeader := scheme.Type == "apiKey" && scheme.In == "header"
		if text := query.Get(scheme.ParameterName); isHeader && text != "" && with.Header.Get(scheme.ParameterName) == "" {
			with.Header.Set(scheme.ParameterName, text)
		}
	}
	return with
}
