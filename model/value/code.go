package value

// Code identifies a kind of problem, such as FS2001, which firestone explain explains. A code keeps its meaning; that
// of a removed kind is not reused. A kind is a cause from the user's point of view, not one message: look for the cause
// that the fix belongs to, and add a kind, with its section in docs/problems.md, only if none fits.
type Code string

// FS1xxx: files, whatever is in them.
const (
	NotUTF8          Code = "FS1001" // bytes that are not UTF-8
	ControlCharacter Code = "FS1002" // a control character
	InvalidYAML      Code = "FS1003" // YAML that cannot be read
	InvalidJSON      Code = "FS1004" // JSON that cannot be read
	TooLarge         Code = "FS1005" // more than firestone reads
	TooDeep          Code = "FS1006" // values that are nested too deeply
	MergeConflict    Code = "FS1007" // merge conflict markers
	DuplicateKey     Code = "FS1008" // a key that occurs twice
	NoJSONValue      Code = "FS1009" // YAML without a counterpart in JSON
	AliasCircle      Code = "FS1010" // an alias inside its own anchor
	EmptyFile        Code = "FS1011" // an empty file
	SeveralDocuments Code = "FS1012" // several documents where one belongs
	OtherFile        Code = "FS1013" // a file that is something else
	UnreadableFile   Code = "FS1014" // a file that cannot be read
	OutOfBounds      Code = "FS1015" // a path that leads out of the repository
)

// FS2xxx: definitions. The first ones are of keys and values, which other files have too.
const (
	UnknownKey         Code = "FS2001" // a key that is not known
	WrongType          Code = "FS2002" // a value of the wrong type
	MissingKey         Code = "FS2003" // a key that is missing
	UnknownValue       Code = "FS2004" // a value that is not one of those allowed
	Malformed          Code = "FS2005" // a text that is not what belongs there
	InvalidName        Code = "FS2006" // a name that cannot be used
	KeyWithoutEffect   Code = "FS2007" // a key that has no effect
	WrappedDefinition  Code = "FS2008" // a definition in a wrapping
	NoResource         Code = "FS2009" // a choice of resources that fits none
	TooManyResources   Code = "FS2010" // too many nested resources
	MissingDescription Code = "FS2011" // an API that is not described
)

// FS21xx: schemas.
const (
	UnknownKeyword         Code = "FS2101" // a keyword that is not known
	KeywordType            Code = "FS2102" // a keyword with a value of the wrong type
	UnknownType            Code = "FS2103" // a type that is not known
	MisplacedKeyword       Code = "FS2104" // a keyword in another place
	Contradiction          Code = "FS2105" // limits that contradict each other
	DoubtfulFormat         Code = "FS2106" // a format that is not known or does not fit
	Bytes                  Code = "FS2107" // bytes that JSON cannot carry
	InvalidPattern         Code = "FS2108" // a pattern that is not a regular expression
	ViolatedSchema         Code = "FS2109" // a value that violates its own schema
	RepeatedValue          Code = "FS2110" // a list that names something twice or nothing
	UnknownRequired        Code = "FS2111" // required names no property
	LostKeyword            Code = "FS2112" // a keyword that the document cannot have
	NoValidValue           Code = "FS2113" // a schema that accepts no value
	AmbiguousDiscriminator Code = "FS2114" // a discriminator that does not decide
	KeywordWithoutEffect   Code = "FS2115" // a keyword that has no effect
	NotACollection         Code = "FS2116" // a schema that is not a collection of objects
	InvalidKey             Code = "FS2117" // a key that cannot identify a resource
)

// FS22xx: references.
const (
	UnknownReference Code = "FS2201" // a reference that leads nowhere
	ReferenceCircle  Code = "FS2202" // references that form a circle
	NoSchema         Code = "FS2203" // a reference to something that is not a schema
	RemoteReference  Code = "FS2204" // a reference to the network
	DynamicReference Code = "FS2205" // a dynamic reference that is simplified
	SchemaInItself   Code = "FS2206" // a schema that contains itself
)

// FS23xx: resources, their relations and methods.
const (
	SamePath        Code = "FS2301" // two resources with one path
	UnknownKind     Code = "FS2302" // a kind that no definition has
	UnknownProperty Code = "FS2303" // a property that the resource does not have
	UnfitRelation   Code = "FS2304" // a relation that cannot hold
	UnknownMethod   Code = "FS2305" // a method that is not known
)

// FS24xx: parameters.
const (
	SameParameter          Code = "FS2401" // a parameter that occurs twice
	ReservedHeader         Code = "FS2402" // a header that cannot be a parameter
	IncompleteFilter       Code = "FS2403" // a filter without a property
	ParameterWithoutEffect Code = "FS2404" // a parameter that selects nothing
)

// FS25xx: security.
const (
	UnknownScheme         Code = "FS2501" // a security scheme that does not exist
	SecurityWithoutEffect Code = "FS2502" // security that protects nothing
	DifferentSchemes      Code = "FS2503" // security schemes with one name that differ
)

// FS26xx: servers, channels and bindings.
const (
	NoServer         Code = "FS2601" // channels without a server
	NoChannel        Code = "FS2602" // channels of nothing
	ServerURL        Code = "FS2603" // a URL that no server can have
	ServerProtocol   Code = "FS2604" // a protocol that does not fit
	ServerVariable   Code = "FS2605" // a variable that does not fit the URL
	DifferentServers Code = "FS2606" // servers with one name that differ
	UnknownBinding   Code = "FS2607" // a binding of an unknown protocol
	UnusedBinding    Code = "FS2608" // a binding that nothing uses
	UnfitBinding     Code = "FS2609" // a binding that contradicts itself
)

// FS3xxx: firestone.yaml.
const (
	EmptySetting      Code = "FS3001" // a setting that is empty
	RequiredVersion   Code = "FS3002" // a version that is not the required one
	OutputPath        Code = "FS3003" // an output path that cannot be written
	SameOutput        Code = "FS3004" // two items with one output
	OutputAmongInputs Code = "FS3005" // an output among the files it is made from
	RepeatedEntry     Code = "FS3006" // an entry that occurs twice
	RESTServer        Code = "FS3007" // a server that is not one of a REST API
	InputPath         Code = "FS3008" // an input path that cannot be read
	MissingFolder     Code = "FS3009" // a folder that does not exist
)

// FS4xxx: packs.
const (
	UnknownPack        Code = "FS4001" // a pack that does not exist
	PackCircle         Code = "FS4002" // packs that extend each other
	InvalidManifest    Code = "FS4003" // a pack.yaml that cannot be used
	InvalidOutputEntry Code = "FS4004" // an output that a pack cannot have
	UnusedFile         Code = "FS4005" // a file of a pack that nothing uses
	UnsafeLanguage     Code = "FS4006" // a language in which values are not escaped
	NotUnique          Code = "FS4007" // a name that is not unique
	InvalidCase        Code = "FS4008" // a test case of a pack that cannot be run
	UnknownParameter   Code = "FS4009" // a parameter that the pack does not have
	ParameterValue     Code = "FS4010" // a value that a parameter cannot have
	FailedCase         Code = "FS4011" // a test case of a pack that fails
)

// FS41xx: what templates say, before anything is rendered.
const (
	TemplateSyntax  Code = "FS4101" // a template that cannot be parsed
	UnknownFunction Code = "FS4102" // a function that does not exist
	UnknownPartial  Code = "FS4103" // a partial that does not exist
	UnknownField    Code = "FS4104" // a field that does not exist
	NilField        Code = "FS4105" // a field of what may not be there
	WrongArguments  Code = "FS4106" // arguments that do not fit
	IncludeCircle   Code = "FS4107" // includes that never end
	UnsafePlace     Code = "FS4108" // an action where a value is not allowed
	BrokenSource    Code = "FS4109" // a template that breaks its language
)

// FS42xx: rendering.
const (
	FailedAction      Code = "FS4201" // an action that fails
	UnwritableValue   Code = "FS4202" // a value that cannot be written in its place
	RefusedByTemplate Code = "FS4203" // a template that refuses the API
	EndlessTemplate   Code = "FS4204" // a template that may never end
)

// FS5xxx: outputs.
const (
	FileDiffers   Code = "FS5001" // a file differs from what would be generated
	InvalidOutput Code = "FS5002" // a generated file that is not valid
	EditedFile    Code = "FS5003" // a file that would be overwritten
	InvalidRecord Code = "FS5004" // a record that cannot be read
	OutputClash   Code = "FS5005" // outputs that conflict with each other
)

// FS6xxx: payloads and the mock server.
const (
	InvalidPayload  Code = "FS6001" // a payload that the schema refuses
	DoubtfulPayload Code = "FS6002" // a payload that is probably not meant so
	NoSuchOperation Code = "FS6003" // a form that no operation takes
	InvalidStore    Code = "FS6004" // a file of records that cannot be used
	InvalidRecords  Code = "FS6005" // records that do not fit
	OpenServer      Code = "FS6006" // a server that others can reach
)

// FS9xxx: problems outside of files. Their messages show no code, but reports need one.
const (
	Outside Code = "FS9001" // a command line that cannot be done, or a file that the system refuses
)
