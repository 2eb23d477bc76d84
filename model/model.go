// Package model turns resource definitions into one typed view, or into every problem that they have.
//
// It answers one question: what do these definitions say? Whatever an output needs and two outputs
// would derive is derived here, once: paths, operations, parameters, names, shared schemas by form,
// security, channels, servers, messages, examples. It reads files only through the function that it
// is given, and it knows no output format: the words here are those of resources and of JSON Schema.
//
// The types in this file are what a template reads, so they are the interface of pack authors: fields
// are added, never renamed. Optional texts are empty where absent; where empty and absent differ, a
// field HasX tells. Lists keep the order of the definitions.
package model

import "github.com/firestoned/firestone/model/value"

// The types of package value that callers of this package meet.
type (
	Value    = value.Value
	Pos      = value.Pos
	Problem  = value.Problem
	Problems = value.Problems
)

// API is everything that the definitions of one run say.
type API struct {
	Title       string // of the documents: the one given, else "Books API" after the first resource
	Description string
	Version     string // of the API, not of a file format: the one given, else 1.0.0
	ID          string // a URN that names the API
	Contact     Contact
	License     License

	Resources         []*Resource       // in definition order, each nested one behind its parent
	Components        []*Component      // the shared schemas, each form on its own
	EventComponents   []*Component      `view:"name"` // those of Components that messages need
	Problem           *Component        // what every failure returns (RFC 9457), not one of Components; nil without operations
	Parameters        []*Parameter      // of operations and paths: one of each Key
	Responses         []*Response       // of operations: one of each Name
	Headers           []*Header         // of responses
	IfMatch           *Parameter        // what operations with IsConditional can take; nil where none has it
	SecuritySchemes   []*SecurityScheme // of all definitions, by distinct names
	Servers           []*Server         // of events, by distinct names
	Channels          []*Channel
	ChannelParameters []*ChannelParameter // of the channels' addresses, by distinct keys
	Extensions        []Member            // x-* keys of the definitions' top level; the first of a name wins
}

// Contact says whom to ask about the API.
type Contact struct{ Name, URL, Email string }

// License says under which terms the API is offered.
type License struct{ Name, URL string }

// Member is a name and any value, of an object whose names are not firestone's to know.
type Member struct {
	Name  string
	Value *Value
}

// Resource is one kind of thing with its paths, operations and schemas. A resource that is nested under
// another one's instance is a Resource of its own, with Parent.
type Resource struct {
	Pos         Pos
	Name        string // distinct in the API, letters, digits, _ and - only: book, book_v2, member_loan
	PluralName  string // of its collection: books, books_v2, member_loans; Name where singular and plural are one word
	Kind        string // as defined
	Singular    string // book
	Plural      string // books
	Type        string // Book; PersonEmployer where nested
	PluralType  string // Books; the same as Type where singular and plural are one word
	ListType    string // Books, or SheepList where PluralType is taken by Type
	APIVersion  string // v1
	Title       string // a heading for people: Books
	Description string
	Labels      []Member // metadata.labels
	Metadata    []Member // the other keys of metadata, those that have a field of their own left out
	Extensions  []Member // x-* keys of the definition

	Key        *Key
	Properties []*Property // of the resource's schema, in source order, the key first if it is not among them
	Levels     []*Level    // the collection, the instance, each attribute: those with an operation or a channel
	Collection *Level      `view:"path"` // one of Levels, or nil
	Instance   *Level      `view:"path"` // one of Levels, or nil
	Attributes []*Level    `view:"path"` // those of Levels that are attributes

	Parent         *Resource `view:"name"` // whose instance this resource is nested under, or nil
	ParentProperty string    // the property of Parent that nests it

	Read    *Component `view:"name"` // what the server sends
	Create  *Component `view:"name"` // what a client sends to create one
	Replace *Component `view:"name"` // what a client sends to replace one; Create where that is equal
	Update  *Component `view:"name"` // what a client sends to change one: a JSON merge patch (RFC 7396)
	List    *Component `view:"name"` // what the server sends for the collection

	HasEvents bool   // the definition has an asyncapi block
	Envelope  string // what wraps the payload of messages: none or cloudevents
}

// Key identifies one instance of a resource.
type Key struct {
	Pos         Pos
	Name        string // in bodies
	Parameter   string // in paths: an ASCII identifier, distinct in the path
	Description string
	Schema      *Value
	IsProperty  bool   // the resource's schema lists it among its properties
	IsReadOnly  bool   // the server assigns it
	Example     *Value // nil if none is known
}

// Property is one direct property of a resource.
type Property struct {
	Pos          Pos
	Name         string // on the wire
	Identifier   string // Title; in Pascal case, ASCII, distinct among the properties
	Title        string // for people
	Description  string
	Schema       *Value // normalised, see Component
	IsKey        bool
	IsRequired   bool
	IsReadOnly   bool
	IsWriteOnly  bool
	IsDeprecated bool
	IsExposed    bool // it may have a path, a channel and commands of its own
}

// The names of the levels.
const (
	CollectionLevel = "resource"
	InstanceLevel   = "instance"
	AttributeLevel  = "instance_attrs"
)

// Level is one path of a resource: the collection, the instance, or an attribute of the instance.
type Level struct {
	Name       string    // resource, instance or instance_attrs: its key in a definition
	Resource   *Resource `view:"name"`
	Property   *Property `view:"name"` // of an attribute, else nil
	Path       string    // /books/{book_id}, percent-encoded, {} around parameters
	IRI        string    // Path as people read it, letters of all scripts as they are (RFC 3987)
	Segments   []Segment
	Parameters []*Parameter // of the path, in its order
	Operations []*Operation // in the order get head post put patch delete
	Channels   []*Channel   `view:"name"` // one for each way that a protocol writes the address
	Example    *Value       // of what is read there, nil if none is known
}

// IsCollection tells whether the level is the resource's collection.
func (l *Level) IsCollection() bool { return l.Name == CollectionLevel }

// IsInstance tells whether the level is one instance.
func (l *Level) IsInstance() bool { return l.Name == InstanceLevel }

// IsAttribute tells whether the level is one attribute of an instance.
func (l *Level) IsAttribute() bool { return l.Name == AttributeLevel }

// Operation returns the operation of that HTTP method (lower case), or nil.
func (l *Level) Operation(method string) *Operation {
	for _, o := range l.Operations {
		if o.Method == method {
			return o
		}
	}
	return nil
}

// Segment is one step of a path: a text, or a parameter.
type Segment struct {
	Text      string     // not encoded; empty for a parameter
	Parameter *Parameter `view:"name"` // nil for a text
}

// Parameter is something that a client gives beside the body.
type Parameter struct {
	Pos            Pos
	Name           string // on the wire; of a path parameter the name between { and }
	Identifier     string // ASCII, distinct in the operation
	Key            string // distinct in the API, letters, digits, _ and - only; empty where no other path or operation has the same one
	In             string // path, query, header or cookie
	Description    string
	Schema         *Value   // normalised, see Component
	Default        *Value   // nil if there is none
	Example        *Value   // nil if none is known
	Examples       []Member // named examples
	Style          string   // OpenAPI 3.1, section 4.8.12.2; empty for the default of In
	IsExampleGiven bool     // the definition gives Example
	HasExplode     bool
	IsExploded     bool
	IsRequired     bool
	IsDeprecated   bool
	Extensions     []Member
}

// Operation is one HTTP method at one level.
type Operation struct {
	Name          string         // distinct in the API: listBooks
	Method        string         // get head post put patch delete
	Verb          string         // list get create update replace delete head
	Resource      *Resource      `view:"name"`
	Level         *Level         `view:"path"`
	Description   string         // as given in descriptions, else empty
	Summary       string         // List books
	Purpose       string         // Description, else a sentence that says what the operation does
	Parameters    []*Parameter   // of the path first, then the others in definition order
	Request       *Body          // nil where nothing is sent
	Response      *Body          // nil where nothing is returned
	Responses     []*Response    // what it answers: the success first, then its failures by status
	Pagination    *Pagination    // of a list that comes in pages, else nil
	IsConditional bool           // a client may ask that it is done only on the state that the client knows (RFC 9110, section 13.1.1)
	Security      []*Requirement // any one of them is enough
	HasSecurity   bool
}

// Response is one way in which operations answer.
type Response struct {
	Name          string // distinct in the API, no component's name; empty where no other operation has the same one
	Status        string // 200, or default for any other
	Title         string // what the status means; empty for a success
	Description   string
	Headers       []*Header
	Body          *Body // nil where nothing is returned
	IsProblem     bool
	IsConditional bool // it can only be where requests are conditional, see Operation
}

// Header is a header of responses.
type Header struct {
	Name          string
	Description   string
	Schema        *Value
	IsRequired    bool
	IsConditional bool // it can only be where requests are conditional, see Operation
}

// Pagination says how a list comes in pages. There is a header Link with the other pages (RFC 8288), and, but for
// cursors, X-Total-Count.
type Pagination struct {
	Style    string     // offset, page or cursor
	Position *Parameter `view:"name"` // where the page begins
	Size     *Parameter `view:"name"` // how many instances it holds; nil if a client cannot say
}

// Body is the content of a request, a response or a message.
type Body struct {
	Description string // of a request, else empty
	ContentType string
	Form        Form
	Schema      *Value     // a reference to Component, or a schema of its own
	Component   *Component `view:"name"` // nil where Schema is no reference
	Example     *Value     // that Schema accepts; nil if none is known
}

// Form is which side of a resource a schema shows.
type Form string

// The forms.
const (
	Read    Form = "read"    // what the server sends: everything but writeOnly
	Create  Form = "create"  // what a client sends to create: without readOnly
	Replace Form = "replace" // what a client sends to replace: as create, without the key
	Update  Form = "update"  // what a client sends to change: a JSON merge patch (RFC 7396)
)

// Component is a schema with a name that others refer to.
//
// Every Schema in this model is JSON Schema 2020-12, normalised: one spelling for each thing, and a
// reference to a component is {"$ref": "#/$defs/NAME"}. The template function schema writes it in the
// dialect of a document.
type Component struct {
	Pos          Pos
	Name         string // distinct, letters, digits, _ and - only: Book, CreateBook
	Base         string // the name of its read form: Book
	Form         Form
	Schema       *Value
	Example      *Value   // that the schema accepts; nil if none is known
	Uses         []string // names of the components that Schema refers to
	InEvents     bool     // a message needs it
	InOperations bool     // an operation needs it
}

// SecurityScheme says how a client proves who it is; the fields are those of OpenAPI 3.1, section 4.8.27.
type SecurityScheme struct {
	Pos              Pos
	Key              string // distinct in the API, letters, digits, _ and - only
	Name             string // as defined
	Type             string // apiKey, http, mutualTLS, oauth2, openIdConnect
	Description      string
	In               string // of apiKey: query, header, cookie
	ParameterName    string // of apiKey: name of the query parameter, header or cookie
	Scheme           string // of http: basic, bearer, ...
	BearerFormat     string
	Flows            []*Flow
	OpenIDConnectURL string
	Extensions       []Member
	InEvents         bool // a server, channel or message needs it
	InOperations     bool // an operation needs it
}

// Flow is one OAuth 2 flow.
type Flow struct {
	Name             string // implicit, password, clientCredentials, authorizationCode
	AuthorizationURL string
	TokenURL         string
	RefreshURL       string
	Scopes           []Scope
}

// Scope is one OAuth 2 scope.
type Scope struct{ Name, Description string }

// Requirement is a set of schemes that a client must satisfy together.
type Requirement struct {
	Schemes []RequiredScheme // empty: no proof is needed
}

// RequiredScheme is one scheme of a requirement with the scopes that it needs there.
type RequiredScheme struct {
	Scheme *SecurityScheme `view:"key"`
	Scopes []string
}
