package model

import (
	"reflect"
	"slices"
	"strings"
)

// optional are the fields that may be nil, and the methods that may return nil, by the name of their type. All other
// pointers of the model lead to something.
var optional = map[string]string{
	"API":        "Contact License ExternalDocs Problem IfMatch",
	"Resource":   "Collection Instance Parent Operation Subscription Publication",
	"Key":        "Example",
	"Property":   "Refers Embeds",
	"Level":      "Property Example Operation",
	"Segment":    "Parameter",
	"Parameter":  "Filter Refers Default Example",
	"Operation":  "Request Response Pagination Sort SizeParameter",
	"Response":   "Body",
	"Pagination": "Size",
	"Sorting":    "Direction",
	"SortOrder":  "Property",
	"Body":       "Component Example",
	"Component":  "Example",
	"Channel":    "Subscribe Publish Replies",
	"Referrer":   "Parameter",
	"Shape":      "Minimum Maximum MultipleOf MinLength MaxLength MinItems MaxItems Default Example Item Extra Component Field",
	"Field":      "Refers Embeds",
	"Value":      "Get Member",
}

// IsOptional reports whether the field of that name of a type of the model may be nil, or what its method returns.
func IsOptional(of reflect.Type, member string) bool {
	return strings.HasPrefix(of.PkgPath(), reflect.TypeFor[API]().PkgPath()) && slices.Contains(strings.Fields(optional[of.Name()]), member)
}
