// Package parameter reads what clients give beside the content of a request: parameters of the path, the query, headers and
// cookies, by the styles of OpenAPI 3.1, section 4.8.12.
//
// It says what a client gave and whether its schema accepts that, and no more: defaults are the business of those who use
// the values. It keeps no state and knows nothing of HTTP beside these texts.
package parameter

import (
	"fmt"
	"net/textproto"
	"slices"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/validate"
	"github.com/firestoned/firestone/model/value"
)

// Values are the parameters of one request that were given, decoded. The default of one that was not is not among them:
// package query applies those of a list, and nothing else depends on one.
type Values map[*model.Parameter]*model.Value

// Source is where a request holds its parameters, as they were sent.
type Source struct {
	Path    []string            // the segments that o.Level.Parameters stand for, in their order, percent-encoded
	Query   string              // what follows the question mark, percent-encoded
	Headers map[string][]string // the lines of each header, by its canonical name
	Cookies map[string][]string // the values of each cookie, by its name
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

// New returns a Decoder that checks values with the validator.
func New(v *validate.Validator) *Decoder { return &Decoder{v} }

// Decode returns the parameters of an operation that a request gives, and everything that is wrong with them, in the order
// of o.Parameters.
//
// A text is a number, true, false or null where it is written like one and the schema accepts that, else a string. In a
// query + is a space, as HTML forms and nearly all clients have it. Items that are separated by commas, spaces or bars may
// be so by encoded ones too, since most clients encode a whole value; a literal one makes the encoded ones part of the items.
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

// request is one request whose parameters are being decoded.
type request struct {
	decoder   *Decoder
	operation *model.Operation
	Source
	query  query
	faults []Fault
}

// fault notes what is wrong with a parameter, as the rest of a sentence that begins with its name.
func (r *request) fault(p *model.Parameter, wrong string) {
	r.faults = append(r.faults, Fault{p.Name, fmt.Sprintf("%q %s.", p.Name, wrong)})
}

// given is what a request holds for one parameter, encoded as it was sent.
type given struct {
	raws    []string // under its name; the lines of a header
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

// value returns what was given as the first value that the schema accepts, or notes what is wrong with it and returns nil.
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

// subject names the part of a parameter that a pointer names: the parameter, one of its items or of its properties.
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

// first returns the first of the candidates that the schema accepts; else nil, what is wrong with the one that the client
// most likely meant, and that one.
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
			break // at least it is of the right kind
		}
	}
	return nil, faults, of
}
