// Package parameter decodes the parameters of a request: of the path, the query, headers and cookies, in the styles of
// OpenAPI 3.1, section 4.8.12.
//
// It returns what a client gave and whether the schema accepts it, no more: applying defaults is up to the caller. It
// keeps no state and knows nothing of HTTP beyond these texts.
package parameter

import (
	"fmt"
	"net/textproto"
	"slices"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/validate"
	"github.com/firestoned/firestone/model/value"
)

// Values are the decoded parameters that a request gave. Defaults are not included: package query applies those of a
// list, and nothing else depends on one.
type Values map[*model.Parameter]*model.Value

// Source holds the encoded parameters of a request.
type Source struct {
	Path    []string            // the segments for o.Level.Parameters, in their order, percent-encoded
	Query   string              // what follows the question mark, percent-encoded
	Headers map[string][]string // the lines of each header, by canonical name
	Cookies map[string][]string // the values of each cookie, by name
}

// Fault is one thing that is wrong with a parameter.
type Fault struct {
	Name   string // of the parameter
	Detail string // a sentence
}

// Decoder decodes parameters. It is safe for concurrent use.
type Decoder struct {
	validator *validate.Validator
}

// New returns a Decoder that validates values with the validator.
func New(v *validate.Validator) *Decoder { return &Decoder{v} }

// Decode returns the parameters that a request gives for an operation, and all faults, in the order of o.Parameters.
//
// A text becomes a number, true, false or null if it looks like one and the schema accepts that, else a string. In a
// query, + is a space, as in HTML forms and nearly all clients. Items may also be separated by encoded commas, spaces
// or bars, since most clients encode a whole value; if there is a literal separator, the encoded ones are part of the
// items.
func (d *Decoder) Decode(o *model.Operation, from Source) (Values, []Fault) {
	r := request{decoder: d, operation: o, Source: from}
	r.query = parseQuery(from.Query, func(name, wrong string) {
		r.faults = append(r.faults, Fault{name, fmt.Sprintf("%q in the query %s.", name, wrong)})
	})
	values := Values{}
	for i, p := range o.Parameters {
		g := r.given(p, i)
		if len(g.raws)+len(g.members) == 0 {
			if p.IsRequired {
				r.fault(p, "is required")
			}
			continue
		}
		if v := r.value(p, g); v != nil {
			values[p] = v
		}
	}
	return values, r.faults
}

// request is a request whose parameters are being decoded.
type request struct {
	decoder   *Decoder
	operation *model.Operation
	Source
	query  query
	faults []Fault
}

// fault records what is wrong with a parameter, as the rest of a sentence that begins with its name.
func (r *request) fault(p *model.Parameter, wrong string) {
	r.faults = append(r.faults, Fault{p.Name, fmt.Sprintf("%q %s.", p.Name, wrong)})
}

// given is what a request holds for one parameter, still encoded.
type given struct {
	raws    []string // under its name; for a header, its lines
	members []pair   // of an object whose properties are sent one by one
}

// given returns what the request holds for the parameter at index i of the operation.
func (r *request) given(p *model.Parameter, i int) (g given) {
	switch p.In {
	case "path":
		if i < len(r.Path) {
			g.raws = r.Path[i : i+1]
		}
	case "query":
		g.raws = r.query.values[p.Name]
		if isObject := kindsOf(p.Shape).object; isObject && p.EffectiveStyle == deepObject {
			g.members = r.query.deepMembers(p.Name)
		} else if isObject && p.EffectiveExplode {
			isMember := memberNames(r.operation, p)
			g.members = r.query.members(isMember)
		}
	case "header":
		g.raws = r.Headers[textproto.CanonicalMIMEHeaderKey(p.Name)]
	case "cookie":
		g.raws = r.Cookies[p.Name]
		if kindsOf(p.Shape).object && p.EffectiveExplode {
			g.members = cookieMembers(r.Cookies, memberNames(r.operation, p))
		}
	}
	return g
}

// value returns the first reading of a parameter that the schema accepts, or records what is wrong and returns nil.
func (r *request) value(p *model.Parameter, g given) *value.Value {
	candidates, wrong := r.decoder.candidates(p, g)
	if len(candidates) == 0 {
		r.fault(p, wrong)
		return nil
	}
	v, faults, of := r.decoder.first(p.Schema, candidates)
	for _, f := range faults {
		r.faults = append(r.faults, Fault{p.Name, subject(p.Name, of, f.Pointer) + " " + f.Detail + "."})
	}
	return v
}

// subject names the part of a parameter at a pointer: the parameter, one of its items or of its properties.
func subject(name string, of *value.Value, pointer string) string {
	if pointer == "" {
		return fmt.Sprintf("%q", name)
	}
	step := value.PointerStep(pointer[1:])
	if of.Is(value.KindArray) {
		return fmt.Sprintf("Item %s of %q", step, name)
	}
	return fmt.Sprintf("%q of %q", step, name)
}

// first returns the first candidate that the schema accepts; else nil, what is wrong with the candidate that the client
// most likely meant, and that candidate.
func (d *Decoder) first(schema *value.Value, candidates []*value.Value) (v *value.Value, faults []validate.Fault, of *value.Value) {
	for _, candidate := range candidates {
		// The faults of the only one have to be found anyway, if it has any.
		if len(candidates) > 1 && d.validator.IsValid(schema, candidate) {
			return candidate, nil, nil
		}
	}
	for _, candidate := range candidates {
		if faults, of = d.validator.Check(schema, candidate), candidate; len(faults) == 0 {
			return candidate, nil, nil
		}
		if faults[0].Pointer != "" || !slices.Contains([]string{"type", "anyOf", "oneOf"}, faults[0].Keyword) {
			break // at least it has the right type
		}
	}
	return nil, faults, of
}
