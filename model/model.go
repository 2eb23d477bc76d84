// Package model turns resource definitions into one typed view, or into every problem that they have.
//
// It answers one question: what do these definitions say? What several outputs need is
// derived here, once: paths, operations, parameters, names, shared schemas by form,
// security, channels, servers, messages, examples. It reads files only through the function that it
// is given, and it knows no output format: the words here are those of resources and of JSON Schema.
//
// The types in this file are what a template reads, so they are an API for pack authors: fields
// are added, never renamed. Optional texts are empty where absent; where empty and absent differ, a
// field HasX says which. Lists keep the order of the definitions.
package model

import (
	"github.com/firestoned/firestone/model/definition"
	"github.com/firestoned/firestone/model/facts"
	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// The types of package value that callers of this package meet.
type (
	Value    = value.Value
	Pos      = value.Pos
	Code     = value.Code
	Problem  = value.Problem
	Problems = value.Problems
)

// API is everything that the definitions of one run say.
type API struct {
	Title        string        // of the documents: the one given, else "Books API" after the first resource
	Name         string        // one word of lower-case letters and digits, a letter first, for packages and commands: x-name, else from a given title, else the first resource
	Description  string        // of the API: the one given, else that of the only definition, else a sentence: Manages books.
	Version      string        // of the API, not of a file format: the one given, else 1.0.0
	ID           string        // a URN that names the API
	Contact      *Contact      // whom to ask, or nil
	License      *License      // under which terms it is offered, or nil
	Terms        string        // the URL of the terms of service, or empty
	ExternalDocs *ExternalDocs // where more is written about it, or nil
	BaseURLs     []*BaseURL    // where the REST API runs, at least one: those given, else on the hosts of the event servers, else /

	Resources         []*Resource         // in definition order, each nested one after its parent
	Components        []*Component        // the shared schemas, each form on its own
	EventComponents   []*Component        `view:"name"` // those of Components that messages need, and Problem if a client can publish
	Problem           *Component          // what every failure returns (RFC 9457), not one of Components; nil without operations
	Parts             []*Shape            `view:"identifier"` // those of operations: of their parameters, and of bodies that are not components, see Component
	Parameters        []*Parameter        // of operations and paths: one of each Key
	Responses         []*Response         // of operations: one of each Name
	MoreFailures      []*Response         // of operations: those that no definition implies and some servers have, such as 429, by status
	Headers           []*Header           // of the responses of operations, without those of MoreFailures
	IfMatch           *Parameter          // what operations with IsConditional can take; nil where none has it
	SecuritySchemes   []*SecurityScheme   // of all definitions, by distinct names
	Servers           []*Server           // of events, by distinct names
	Channels          []*Channel          // of the levels with events, in the order of the resources
	ChannelParameters []*ChannelParameter // of the channels' addresses, by distinct keys
	Extensions        []Member            // x-* keys of the definitions' top level; the first of a name wins

	document func() *schema.Document // see Document
}

// What was said of the API beyond its resources.
type (
	Facts          = facts.Facts
	Contact        = facts.Contact
	License        = facts.License
	ExternalDocs   = facts.ExternalDocs
	BaseURL        = facts.BaseURL
	ServerVariable = facts.ServerVariable
)

// Member is a member of an object whose names firestone does not know: a name and any value.
type Member struct {
	Name  string // as written
	Value *Value // anything
}

// Resource is a resource with its paths, operations and schemas. A resource nested under an instance of another one is
// a separate Resource, with Parent.
type Resource struct {
	Pos         Pos      // of the definition
	Name        string   // distinct in the API, letters, digits, _ and - only: book, book_v2, member_loan
	PluralName  string   // of its collection, distinct in the API too: books, books_v2, member_loans; the same as Name where singular and plural are one word
	Kind        string   // as defined
	Singular    string   // the name of one: book
	Plural      string   // the name of several, and the segment of the path: books
	Type        string   // the name of one in Pascal case: Book; PersonEmployer where nested
	PluralType  string   // the name of several: Books; the same as Type where singular and plural are one word
	ListType    string   // the name of the list: Books, or SheepList where PluralType is taken by Type
	APIVersion  string   // apiVersion with a leading v: v1
	Title       string   // a heading: Books, Member loans; distinct in the API
	Noun        string   // what one is called in a sentence: book, member loan, data record
	PluralNoun  string   // what several are called in a sentence: books, member loans, data records
	Description string   // metadata.description, empty where there is none
	Labels      []Member // metadata.labels
	Metadata    []Member // the keys of metadata without a field
	Extensions  []Member // x-* keys of the definition

	Key        *Key        // what identifies one instance
	Properties []*Property // that every record may have by the resource's schema, in source order, the key first if it is not among them
	Levels     []*Level    // the collection, the instance, each attribute: those with an operation or a channel
	Collection *Level      `view:"path"` // one of Levels, or nil
	Instance   *Level      `view:"path"` // one of Levels, or nil
	Attributes []*Level    `view:"path"` // those of Levels that are attributes

	Label      *Property   `view:"name"` // names a record for people: what x-label says, else a name or title, else the key
	Columns    []*Property `view:"name"` // what a table of several records shows, the label first
	ReferredBy []*Referrer // the properties of other resources that refer to this one
	Children   []*Resource `view:"name"` // those that are nested under its instance

	Parent         *Resource `view:"name"` // whose instance this resource is nested under, or nil
	ParentProperty string    // the property of Parent that nests it

	Read    *Component `view:"name"` // what the server sends
	Create  *Component `view:"name"` // what a client sends to create one
	Replace *Component `view:"name"` // what a client sends to replace one; Create where that is equal
	Update  *Component `view:"name"` // what a client sends to change one: a JSON merge patch (RFC 7396)
	List    *Component `view:"name"` // what the server sends for the collection

	HasEvents bool   // the definition has an asyncapi block
	Envelope  string // what wraps the payload of messages: none or cloudevents

	one, many, bare string // Noun and PluralNoun without the parent's, and one without its unit
}

// Key identifies one instance of a resource.
type Key struct {
	Pos         Pos    // of schema.key
	Name        string // its name in bodies
	Parameter   string // in paths: an ASCII identifier, distinct in the path
	Description string // as given, else empty
	Schema      *Value // normalised, see Component
	Shape       *Shape // what Schema says
	IsProperty  bool   // the resource's schema lists it among its properties
	IsReadOnly  bool   // the server assigns it
	Example     *Value // nil if none is known
}

// Property is one direct property of a resource.
type Property struct {
	Pos          Pos        // of the property, or of schema.key
	Name         string     // on the wire
	Identifier   string     // in Pascal case, ASCII, distinct among the properties: Title
	Title        string     // a heading: the title of Schema, else from Name: Author ID
	Noun         string     // what it is called in a sentence, after "the": author ID; “published” property if its name is not a noun
	Description  string     // as given, else empty
	Schema       *Value     // normalised, see Component
	IsKey        bool       // it identifies the instance
	IsRequired   bool       // every instance has it
	IsReadOnly   bool       // only the server writes it
	IsWriteOnly  bool       // the server never sends it
	IsDeprecated bool       // the definition advises against it
	IsExposed    bool       // it may have its own path, channel and commands
	Shape        *Shape     // what Schema says
	Refers       *Reference // which record of another resource it names, or nil
	Embeds       *Resource  `view:"name"` // the resource whose record it holds, or whose records, or nil

	isNoun bool // Noun is a noun by itself
}

// Level is one path of a resource: the collection, the instance, or an attribute of the instance.
type Level struct {
	Name       string       // resource, instance or instance_attrs: its key in a definition
	Resource   *Resource    `view:"name"` // whose path it is
	Property   *Property    `view:"name"` // of an attribute, else nil
	Path       string       // /books/{book_id}, percent-encoded, {} around parameters
	IRI        string       // Path with the letters of all scripts unencoded (RFC 3987)
	Segments   []Segment    // the steps of Path
	Parameters []*Parameter // of the path, in its order
	Keys       []*Resource  `view:"name"` // for each of Parameters, the resource whose instance it identifies
	Operations []*Operation // in the order get head post put patch delete
	Channels   []*Channel   `view:"name"` // one for each protocol; none where another level has the one of all, see Channel
}

// IsCollection reports whether the level is the resource's collection.
func (l *Level) IsCollection() bool { return l.Name == definition.CollectionLevel }

// IsInstance reports whether the level is one instance.
func (l *Level) IsInstance() bool { return l.Name == definition.InstanceLevel }

// IsAttribute reports whether the level is one attribute of an instance.
func (l *Level) IsAttribute() bool { return l.Name == definition.AttributeLevel }

// Operation returns the operation of that HTTP method (lower case), or nil.
func (l *Level) Operation(method string) *Operation {
	for _, o := range l.Operations {
		if o.Method == method {
			return o
		}
	}
	return nil
}

// Segment is one step of a path: fixed text, or a parameter.
type Segment struct {
	Text      string     // not encoded; empty for a parameter
	Parameter *Parameter `view:"name"` // nil for fixed text
}

// Parameter is something that a client sends in addition to the body.
type Parameter struct {
	Pos              Pos        // of the parameter, or of schema.key
	Name             string     // on the wire; of a path parameter the name between { and }
	Identifier       string     // ASCII, distinct in the operation
	Key              string     // distinct in the API, letters, digits, _ and - only; empty where no other path or operation has the same one
	In               string     // path, query, header or cookie
	Description      string     // as given, else empty
	Schema           *Value     // normalised, see Component
	Shape            *Shape     // what Schema says
	Filter           *Filter    // which records it selects, of a list; nil for any other
	Refers           *Reference // which record its value names, or nil
	Default          *Value     // nil if there is none
	Example          *Value     // nil if none is known
	Examples         []Member   // named examples
	Style            string     // OpenAPI 3.1, section 4.8.12.2; empty for the default of In
	EffectiveStyle   string     // Style, else the default of In: form in a query or cookie, simple in a path or header
	IsExampleGiven   bool       // the definition gives Example
	HasExplode       bool       // the definition says explode
	IsExploded       bool       // what it says there
	EffectiveExplode bool       // whether arrays and objects are sent item by item: IsExploded if HasExplode, else true only for the style form
	IsRequired       bool       // a request without it is refused
	IsDeprecated     bool       // the definition advises against it
	Extensions       []Member   // x-* keys of the parameter
}

// Operation is one HTTP method at one level.
type Operation struct {
	Name          string         // distinct in the API: listBooks
	Method        string         // one of get, head, post, put, patch, delete
	Verb          string         // one of list, get, create, update, replace, delete, head
	Resource      *Resource      `view:"name"` // what it works on
	Level         *Level         `view:"path"` // its path
	Description   string         // as given in descriptions, else empty
	Summary       string         // a few words: List books
	Purpose       string         // Description unless it only repeats Summary, else a sentence that says what the operation does
	Parameters    []*Parameter   // of the path first, then the others in definition order
	Request       *Body          // nil where nothing is sent
	Response      *Body          // nil where nothing is returned
	Responses     []*Response    // success first, then the failures by status
	MoreFailures  []*Response    `view:"status"` // those of API.MoreFailures that it can have as well
	Pagination    *Pagination    // how a list is divided into pages, or nil
	Sort          *Sorting       // of a list whose order a client can choose, else nil
	IsConditional bool           // a client can make it depend on the state that it knows (RFC 9110, section 13.1.1)
	Security      []*Requirement // any one of them is enough
	HasSecurity   bool           // Security is not empty
}

// Response is one of the responses of operations.
type Response struct {
	Name          string    // distinct in the API, no component's name; empty where no other operation has the same one
	Status        string    // 200, or default for any other
	Title         string    // what the status means; empty for a success
	Description   string    // a sentence that says what happened
	Headers       []*Header // those that it can have
	Body          *Body     // nil where nothing is returned
	IsProblem     bool      // it is a failure, and its body is API.Problem
	IsConditional bool      // it only occurs where requests can be conditional, see Operation
}

// Header is a header of responses.
type Header struct {
	Name          string // its name: Location
	Description   string // a sentence about its purpose
	Schema        *Value // normalised, see Component
	IsRequired    bool   // every such response has it
	IsConditional bool   // it only occurs where requests can be conditional, see Operation
}

// Pagination says how a list is divided into pages. Responses link to other pages in the header Link (RFC 8288) and,
// cursors apart, give the total in X-Total-Count.
type Pagination struct {
	Style    string     // offset, page or cursor
	Position *Parameter `view:"name"` // where a page begins
	Size     *Parameter `view:"name"` // how many instances a page holds; nil if a client cannot choose
}

// Sorting says how a client chooses the order of a list.
type Sorting struct {
	Parameter  *Parameter   `view:"name"` // says what to sort by
	IsList     bool         // it takes several values, the first with the highest priority
	Orders     []*SortOrder // what each value means that it lists (enum); empty where it lists none
	Direction  *Parameter   `view:"name"` // says ascending or descending; nil where the values of Parameter do, or nothing does
	Ascending  string       // the value of Direction for it: asc; empty if there is none
	Descending string       // the value of Direction for it: desc; empty if there is none

	resource *Resource // that is listed
}

// SortOrder is one value of a parameter that sorts.
type SortOrder struct {
	Value        string    // as it is sent: title, -published, title:desc
	Property     *Property `view:"name"` // that it sorts by; nil if it names none: relevance
	Path         []string  // from the resource to what it sorts by: author, name; empty if it names no property
	IsDescending bool      // the largest comes first
}

// Body is the content of a request, a response or a message.
type Body struct {
	Description string     // of a request, else empty
	ContentType string     // application/json, application/merge-patch+json, ...
	Form        Form       // which side of the resource it shows
	Schema      *Value     // a reference to Component, or an inline schema
	Shape       *Shape     `view:"kind"` // what Schema says
	Component   *Component `view:"name"` // nil if Schema is not a reference
	Example     *Value     // that Schema accepts; nil if none is known
}

// Form is which side of a resource a schema shows.
type Form = schema.Form

// The forms.
const (
	Read    = schema.Read
	Create  = schema.Create
	Replace = schema.Replace
	Update  = schema.Update
)

// Component is a schema with a name that others refer to.
//
// Every Schema in this model is JSON Schema 2020-12, normalised: one spelling for each thing, and a
// reference to a component is {"$ref": "#/$defs/NAME"}. The template function schema writes it in the
// dialect of a document.
type Component struct {
	Pos          Pos      // of the schema
	Name         string   // distinct, letters, digits, _ and - only: Book, CreateBook
	Identifier   string   // in Pascal case, ASCII, distinct among the components: CreateBook
	Base         string   // the name of its read form: Book
	Title        string   // for people: the title of Schema, else from Base, without the name of a resource whose key it has
	Form         Form     // which side of a resource it shows
	Schema       *Value   // normalised
	Shape        *Shape   // what Schema says
	Parts        []*Shape `view:"identifier"` // the objects, enumerations, unions and tuples in it that are not components
	Whole        *Value   // the schema that all forms derive from, with every annotation and default; a reference names a component's Base and means its Whole
	Example      *Value   // that the schema accepts; nil if none is known
	Uses         []string // names of the components that Schema refers to
	InEvents     bool     // a message needs it
	InOperations bool     // an operation needs it
}

// SecurityScheme says how a client authenticates; the fields are those of OpenAPI 3.1, section 4.8.27.
type SecurityScheme struct {
	Pos              Pos      // of the scheme
	Key              string   // distinct in the API, letters, digits, _ and - only
	Name             string   // as defined
	Type             string   // apiKey, http, mutualTLS, oauth2, openIdConnect
	Description      string   // as given, else empty
	In               string   // of apiKey: query, header, cookie
	ParameterName    string   // of apiKey: name of the query parameter, header or cookie
	Scheme           string   // of http: basic, bearer, ...
	BearerFormat     string   // of http: the format of a bearer token, for people: JWT
	Flows            []*Flow  // of oauth2
	OpenIDConnectURL string   // of openIdConnect
	Extensions       []Member // x-* keys of the scheme
	InEvents         bool     // a server, channel or message needs it
	InOperations     bool     // an operation needs it
}

// Flow is one OAuth 2 flow.
type Flow struct {
	Name             string  // implicit, password, clientCredentials, authorizationCode
	AuthorizationURL string  // where a user grants access; empty for a flow without one
	TokenURL         string  // where a client gets a token; empty for implicit
	RefreshURL       string  // where a client renews a token, else empty
	Scopes           []Scope // those that a client can request
}

// Scope is one OAuth 2 scope.
type Scope struct {
	Name        string // as a client writes it
	Description string // what it permits
}

// Requirement is a set of schemes that a client must satisfy together.
type Requirement struct {
	Schemes []RequiredScheme // empty: no authentication is needed
}

// RequiredScheme is one scheme of a requirement with the scopes that it needs there.
type RequiredScheme struct {
	Scheme *SecurityScheme `view:"key"` // which one
	Scopes []string        // that the client must have been granted
}
