package model

// Server is where events are sent and received.
type Server struct {
	Pos             Pos
	Name            string // distinct in the API, letters, digits, _ and - only
	URL             string // as defined
	Host            string // of the URL, with its port
	Pathname        string // of the URL, empty or with a leading slash
	Protocol        string // lower case: ws, wss, kafka, mqtt, ...
	ProtocolVersion string
	Title           string
	Summary         string
	Description     string
	Variables       []*ServerVariable
	Security        []*Requirement
	Tags            []string
	Bindings        *Value // by protocol; nil if there are none
	Extensions      []Member
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
	Address     string    // as its protocols write it: /books/{book_id}, books.{book_id}, books/{book_id}
	Resource    *Resource `view:"name"`
	Level       *Level    `view:"path"`
	Servers     []*Server `view:"name"`
	Protocols   []string  // of the servers, each once, wss as ws, https as http, ...
	Parameters  []*Parameter
	Subscribe   *EventOperation // what a client may listen to, or nil
	Publish     *EventOperation // what a client may send, or nil
	Bindings    *Value          // by protocol; nil if there are none
}

// EventOperation is one direction of a channel.
type EventOperation struct {
	Name        string   // distinct in the API: subscribeBooks, publishBook
	Verb        string   // subscribe or publish
	Channel     *Channel `view:"name"`
	Title       string
	Summary     string
	Description string
	Message     *Message
	Security    []*Requirement // any one of them is enough
	HasSecurity bool
	Bindings    *Value // by protocol; nil if there are none
}

// Message is what goes over a channel in one direction.
type Message struct {
	Name        string // distinct in the API: Books, CreateBook
	Title       string
	Summary     string
	Description string
	Payload     *Body
	ExampleName string
	Bindings    *Value // by protocol; nil if there are none
}
