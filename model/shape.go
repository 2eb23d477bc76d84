package model

import "slices"

// ShapeKind is what kind of value a schema accepts, null apart.
type ShapeKind string

// The kinds of shapes.
const (
	StringShape  ShapeKind = "string"  // a string
	IntegerShape ShapeKind = "integer" // a number without a fraction
	NumberShape  ShapeKind = "number"  // any number
	BooleanShape ShapeKind = "boolean" // true or false
	ObjectShape  ShapeKind = "object"  // an object with known members: Fields
	MapShape     ShapeKind = "map"     // an object with members of any name: Extra
	ArrayShape   ShapeKind = "array"   // a list of like items: Item
	TupleShape   ShapeKind = "tuple"   // a list whose first items differ: Items
	UnionShape   ShapeKind = "union"   // one of several: Options
	AnyShape     ShapeKind = "any"     // any value
	NeverShape   ShapeKind = "never"   // no value, save null where IsNullable
)

// Shape is what a schema says about a value: references are followed, allOf is merged, and keywords next to a reference
// apply. A union of null and one other alternative is that alternative.
//
// A schema without a type has the kind that its keywords are about: what has properties is an object, what has a
// pattern is a string.
type Shape struct {
	Kind               ShapeKind  // what kind of value it is
	IsNullable         bool       // null is accepted too
	Title              string     // as given, else empty
	Description        string     // as given, else empty
	Format             string     // of a string or number, else empty: date-time
	Pattern            string     // of a string, else empty: an ECMA-262 expression
	Enum               []*Value   // all that it may be, without null; empty if that is not listed
	IsConst            bool       // Enum is the one value of const
	Minimum            *Value     // the smallest number; nil without a bound
	Maximum            *Value     // the largest number; nil without a bound
	IsMinimumExclusive bool       // the number must be above Minimum
	IsMaximumExclusive bool       // the number must be below Maximum
	MultipleOf         *Value     // what the number is a multiple of, or nil
	MinLength          *Value     // of a string, in characters; nil without a bound
	MaxLength          *Value     // of a string, in characters; nil without a bound
	MinItems           *Value     // of an array or tuple; nil without a bound
	MaxItems           *Value     // of an array or tuple; nil without a bound
	IsUnique           bool       // no item of an array occurs twice
	Default            *Value     // as given; nil if there is none
	Example            *Value     // the first that is given; nil if there is none
	IsReadOnly         bool       // only the server writes it
	IsWriteOnly        bool       // the server never sends it
	IsDeprecated       bool       // the definition advises against it
	IsClosed           bool       // an object has no members other than Fields
	Item               *Shape     // of the items of an array, or of the items of a tuple after Items; or nil
	Items              []*Shape   // of the first items of a tuple, one for each
	Fields             []*Field   // the members of an object, in source order; for a union of objects those that each of them may have
	Extra              *Shape     // of the other members of a map, or of an object that describes them; else nil
	Options            []*Option  // the alternatives of a union, or of one kind that is described in several ways
	Identifier         string     // of a part, see Component: in Pascal case, ASCII, distinct among these and the components; else empty
	Component          *Component `view:"name"` // what the schema refers to, or nil
	IsRecursive        bool       // Component contains this value: Fields, Item and Options are left out here, see Component.Shape
	Extensions         []Member   // x-* keys of the schema
}

// Field is a member of an object.
type Field struct {
	Name       string     // on the wire
	Identifier string     // in Pascal case, ASCII, distinct in the object: Title
	Title      string     // for people
	IsRequired bool       // the object always has it
	Shape      *Shape     // what its schema says
	Refers     *Reference // which record of another resource it names, or nil
	Embeds     *Resource  `view:"name"` // the resource whose record it holds, or whose records, or nil
}

// Option is an alternative of a union.
type Option struct {
	Title    string // for people: its own title, that of its component, or its kind
	Property string // the member that says which alternative an object is (discriminator), or empty
	Value    string // what Property holds then
	Shape    *Shape // of the alternative, with what applies to all alternatives
}

// Leaf is a value inside an object that is not unfolded further: it has no fields, is recursive, or is too deep.
type Leaf struct {
	Path       []string // the names of the fields that lead to it: author, name
	Identifier string   // of Path in Pascal case, ASCII, distinct among the leaves: AuthorName
	Title      string   // of Path, for people: Author name
	IsRequired bool     // every field of Path is required
	Field      *Field   // the last field of Path
}

// Leaves returns the fields of the object and of the objects in it as if they were fields of one object, down to depth
// levels inside.
func (s *Shape) Leaves(depth int) []*Leaf { return leavesOf(s, depth) }

// HasField reports whether the object has a field of that name.
func (s *Shape) HasField(name string) bool { return s.Field(name) != nil }

// Field returns the field of that name, or nil.
func (s *Shape) Field(name string) *Field {
	if i := slices.IndexFunc(s.Fields, func(f *Field) bool { return f.Name == name }); i >= 0 {
		return s.Fields[i]
	}
	return nil
}
