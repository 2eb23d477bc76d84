package model

// Server is where events are sent and received.
type Server struct {
	Pos               Pos               // of the server
	Name              string            // distinct in the API, letters, digits, _ and - only
	URL               string            // as defined, with a scheme, without a query and without a slash at its end
	Host              string            // of the URL, with its port
	Pathname          string            // of the URL, empty or with a leading slash
	Protocol          string            // lower case: ws, wss, kafka, mqtt, ...
	ProtocolVersion   string            // as given, else empty
	Title             string            // as given, else empty
	Summary           string            // as given, else empty
	Description       string            // as given, followed by the name if only that distinguishes two servers
	Variables         []*ServerVariable // those of the URL, in its order
	Security          []*Requirement    // any one of them is enough
	Schemes           []*SecurityScheme `view:"key"` // those that Security names, each once
	HasSimpleSecurity bool              // Security only says "any one of Schemes"
	Tags              []string          // as given
	Bindings          []*Binding        // of the server
	Extensions        []Member          // x-* keys of the server
}

// Channel is an address at which events of one level are sent and received, by one protocol.
type Channel struct {
	Name        string              // distinct in the API, letters, digits, _ and - only: books, book, book_title, sheep_list, sheepMqtt
	Title       string              // a heading for people
	Description string              // a sentence that says what goes over it
	Address     string              // as its protocol writes it: /books/{book_id}, books.{book_id}, books/{book_id}
	Template    string              // distinct in the API: the address without percent-encoding (RFC 6570, RFC 3987): /straßen, /doors/{door_id}/{lock_state}
	Fixed       []FixedParameter    // of the template: the steps that would need percent-encoding, or that distinguish it from another protocol's
	Resource    *Resource           `view:"name"` // whose events they are
	Level       *Level              `view:"path"` // whose events they are; where IsKeyed, the first level of those whose events they are
	Servers     []*Server           `view:"name"` // those that use this address
	Protocol    string              // of the servers, by the name of its binding: wss is ws, https is http, ...
	IsKeyed     bool                // all instances share the channel, and the protocol gives each message the key of its instance: a topic of kafka
	Parameters  []*ChannelParameter // of the address, in its order
	Subscribe   *EventOperation     // what a client can subscribe to, or nil
	Publish     *EventOperation     // what a client can send, or nil
	Replies     *EventOperation     // a subscription to only the replies of Publish, for formats without replies; nil where there is Subscribe or no Publish
	Bindings    []*Binding          // of the channel
}

// Operations returns those of Subscribe and Publish that the channel has, in this order.
func (c *Channel) Operations() []*EventOperation {
	var operations []*EventOperation
	for _, o := range []*EventOperation{c.Subscribe, c.Publish} {
		if o != nil {
			operations = append(operations, o)
		}
	}
	return operations
}

// Messages returns all that goes over the channel: the messages of Subscribe, those of Publish and its replies.
func (c *Channel) Messages() []*Message {
	var messages []*Message
	for _, o := range c.Operations() {
		messages = append(append(messages, o.Messages...), o.Reply...)
	}
	return messages
}

// HasChannels reports whether one of the resource's levels has a channel.
func (r *Resource) HasChannels() bool {
	for _, level := range r.Levels {
		if len(level.Channels) > 0 {
			return true
		}
	}
	return false
}

// FixedParameter is a parameter of an address template that has a single value.
type FixedParameter struct {
	Name  string // between { and } in the template
	Value string // its only value
}

// ChannelParameter is a part of an address that a client chooses. Channels whose parameters are equal share one.
type ChannelParameter struct {
	Key         string   // distinct in the API, letters, digits, _ and - only: book_id, author_id
	Name        string   // between { and } in the address
	Description string   // as given, else a sentence
	Schema      *Value   // normalised, see Component
	IsText      bool     // Schema only says that it is a string, or one of several strings
	Enum        []string // its possible values, empty if they are not listed
	Default     string   // its text; empty may be meant, see HasDefault
	HasDefault  bool     // the definition gives a default
	Examples    []string // at most one
	Extensions  []Member // x-* keys of the parameter
}

// EventOperation is one direction of a channel.
type EventOperation struct {
	Name              string            // distinct in the API: subscribeBooks, publishBooks
	Verb              string            // subscribe or publish
	Channel           *Channel          `view:"name"` // that it uses
	Operation         *Operation        `view:"name"` // the REST operation that does the same: get for a subscription; post, put or patch for a publication; the first of several
	Title             string            // a heading for people
	Summary           string            // a few words
	Description       string            // a sentence or more
	Messages          []*Message        // at least one; no other operation has them, but for Replies of the channel
	Reply             []*Message        // of a publication: what the server sends back where it refuses one of the messages, a problem; no other operation has them
	Security          []*Requirement    // any one of them is enough
	Schemes           []*SecurityScheme `view:"key"` // those that Security names, each once
	HasSecurity       bool              // Security is not empty
	HasSimpleSecurity bool              // Security only says "any one of Schemes"
	Bindings          []*Binding        // of the operation
}

// IsSubscribe reports whether clients subscribe, so that the server sends.
func (o *EventOperation) IsSubscribe() bool { return o.Verb == subscribeVerb }

// The verbs of event operations.
const (
	subscribeVerb = "subscribe"
	publishVerb   = "publish"
)

// Message is what goes over a channel in one direction.
type Message struct {
	Name        string     // distinct in the API: Books, CreateBook
	Title       string     // a heading for people
	Summary     string     // a sentence
	Description string     // what the summary does not say, mostly empty
	Resource    *Resource  `view:"name"` // its subject
	Event       string     // what happened: created, updated, deleted or refused; empty for a state, and for what a client publishes
	Payload     *Body      // what it holds
	ExampleName string     // a name for the payload's example: books
	Bindings    []*Binding // of the message
}

// Binding is what one protocol adds to a server, a channel, an operation or a message.
type Binding struct {
	Protocol string         // ws, http, kafka, mqtt, amqp, nats, ...
	Fields   []BindingField // by the protocol's binding specification, bindingVersion last
}

// BindingField is one field of a binding.
type BindingField struct {
	Name     string // as in the binding's specification
	Value    *Value // its value
	IsSchema bool   // Value is a schema, normalised, see Component
}
