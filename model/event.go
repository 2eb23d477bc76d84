package model

// Server is where events are sent and received.
type Server struct {
	Pos               Pos
	Name              string // distinct in the API, letters, digits, _ and - only
	URL               string // as defined, with a scheme, without a query and without a slash at its end
	Host              string // of the URL, with its port
	Pathname          string // of the URL, empty or with a leading slash
	Protocol          string // lower case: ws, wss, kafka, mqtt, ...
	ProtocolVersion   string
	Title             string
	Summary           string
	Description       string
	Variables         []*ServerVariable // those of the URL, in its order
	Security          []*Requirement
	Schemes           []*SecurityScheme `view:"key"` // those that Security names, each once
	HasSimpleSecurity bool              // Security says no more than "any one of Schemes"
	Tags              []string
	Bindings          []*Binding
	Extensions        []Member
}

// ServerVariable is a part of a server's URL that a client chooses.
type ServerVariable struct {
	Name        string
	Default     string
	HasDefault  bool
	Description string
	Enum        []string
	Examples    []string
}

// Channel is an address at which events of one level are sent and received.
type Channel struct {
	Name        string // distinct in the API, letters, digits, _ and - only: books, book, book_title, sheepKafka
	Title       string
	Description string
	Address     string           // as its protocols write it: /books/{book_id}, books.{book_id}, books/{book_id}
	Template    string           // the address without percent-encoding (RFC 6570, RFC 3987): /straßen, /doors/{door_id}/{lock_state}
	Fixed       []FixedParameter // of the template: the steps that only percent-encoding could write
	Resource    *Resource        `view:"name"`
	Level       *Level           `view:"path"`
	Servers     []*Server        `view:"name"`
	Protocols   []string         // of the servers, each once, by the names of bindings: wss is ws, https is http, ...
	Parameters  []*ChannelParameter
	Subscribe   *EventOperation // what a client may listen to, or nil
	Publish     *EventOperation // what a client may send, or nil
	Bindings    []*Binding
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

// HasChannels tells whether one of the resource's levels has a channel.
func (r *Resource) HasChannels() bool {
	for _, level := range r.Levels {
		if len(level.Channels) > 0 {
			return true
		}
	}
	return false
}

// FixedParameter is a part of an address template that has one value.
type FixedParameter struct{ Name, Value string }

// ChannelParameter is a part of an address that a client chooses. Channels whose parameters are equal share one.
type ChannelParameter struct {
	Key         string // distinct in the API, letters, digits, _ and - only: book_id, author_id
	Name        string // between { and } in the address
	Description string
	Schema      *Value   // normalised, see Component
	IsText      bool     // Schema says no more than that it is a string, and which
	Enum        []string // all that it may be, empty if that is not listed
	Default     string
	HasDefault  bool
	Examples    []string
	Extensions  []Member
}

// EventOperation is one direction of a channel.
type EventOperation struct {
	Name              string   // distinct in the API: subscribeBooks, publishBooks
	Verb              string   // subscribe or publish
	Channel           *Channel `view:"name"`
	Title             string
	Summary           string
	Description       string
	Messages          []*Message        // at least one; no other operation has them
	Security          []*Requirement    // any one of them is enough
	Schemes           []*SecurityScheme `view:"key"` // those that Security names, each once
	HasSecurity       bool
	HasSimpleSecurity bool // Security says no more than "any one of Schemes"
	Bindings          []*Binding
}

// IsSubscribe tells whether clients listen: the application sends.
func (o *EventOperation) IsSubscribe() bool { return o.Verb == subscribeVerb }

// The verbs of event operations.
const (
	subscribeVerb = "subscribe"
	publishVerb   = "publish"
)

// Message is what goes over a channel in one direction.
type Message struct {
	Name        string // distinct in the API: Books, CreateBook
	Title       string
	Summary     string
	Description string
	Resource    *Resource `view:"name"`
	Payload     *Body
	ExampleName string
	Bindings    []*Binding
}

// Binding is what one protocol adds to a server, a channel, an operation or a message.
type Binding struct {
	Protocol string // ws, http, kafka, mqtt, amqp, nats, ...
	Fields   []BindingField
}

// BindingField is one fact of a binding.
type BindingField struct {
	Name     string
	Value    *Value
	IsSchema bool // Value is a schema, normalised, see Component
}
