package model

import (
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/definition"
	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/value"
)

// sharedParameters groups parameters that say the same.
type sharedParameters struct {
	groups []*parameterGroup // in the order of their first use
	byName map[[2]string][]*parameterGroup
}

// parameterGroup is parameters that say the same, one for each use.
type parameterGroup struct {
	resource *Resource // of the first use
	uses     []*Parameter
}

// shareParameters gives a key to what several paths or operations have.
func (a *answerer) shareParameters() {
	shared := &sharedParameters{byName: map[[2]string][]*parameterGroup{}}
	canBeConditional := false
	for _, r := range a.api.Resources {
		for _, l := range r.Levels {
			for i, p := range l.Parameters {
				if p.Description == "" {
					p.Description = "Identifies the " + l.Keys[i].one + "."
				}
				p.Schema = sendable(p.Schema)
				if !l.isEncoded() {
					shared.use(l.Keys[i], p)
				}
			}
			for _, o := range l.Operations {
				canBeConditional = canBeConditional || o.IsConditional
				for _, p := range o.Parameters[len(l.Parameters):] {
					if !l.isEncoded() {
						shared.use(r, p)
					}
				}
			}
		}
	}
	var keys name.Set
	for _, g := range shared.groups {
		if len(g.uses) > 1 {
			g.share(a, &keys)
		}
	}
	if canBeConditional {
		ifMatch := &Parameter{
			Name: "If-Match", Identifier: "if_match", Key: uniqueKey(&keys, "If-Match"), In: "header", Schema: anyText,
			Description: "Carries out the request only if this is still the current ETag (RFC 9110, section 13.1.1).",
		}
		a.api.IfMatch = ifMatch.withSerialization()
	}
}

// use adds one use of a parameter.
func (s *sharedParameters) use(r *Resource, p *Parameter) {
	key := definition.ParameterIdentity(p.In, p.Name)
	for _, g := range s.byName[key] {
		if g.uses[0].says(p) {
			g.uses = append(g.uses, p)
			return
		}
	}
	g := &parameterGroup{resource: r, uses: []*Parameter{p}}
	s.byName[key] = append(s.byName[key], g)
	s.groups = append(s.groups, g)
}

// says reports whether two parameters of one name and place are equal in everything that a client is told.
func (p *Parameter) says(q *Parameter) bool {
	sameMember := func(a, b Member) bool { return a.Name == b.Name && a.Value.Equal(b.Value) }
	return p == q || p.Description == q.Description && equalOrNone(p.Schema, q.Schema) && equalOrNone(p.Example, q.Example) &&
		p.Style == q.Style && p.HasExplode == q.HasExplode && p.IsExploded == q.IsExploded && p.IsRequired == q.IsRequired &&
		p.IsDeprecated == q.IsDeprecated && p.IsExampleGiven == q.IsExampleGiven &&
		slices.EqualFunc(p.Examples, q.Examples, sameMember) && slices.EqualFunc(p.Extensions, q.Extensions, sameMember)
}

func equalOrNone(a, b *value.Value) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Equal(b)
}

// share gives the group a key: its name, after the resource where that is taken. A type of a client that is called
// after the key must not be called as a schema is.
func (g *parameterGroup) share(a *answerer, keys *name.Set) {
	first := g.uses[0]
	key := name.Key(first.Name)
	if a.schemas.Has(name.Pascal(key)) {
		key += "_parameter"
	}
	if keys.Has(strings.ToLower(key)) {
		key = g.resource.Name + "_" + key
	}
	key = uniqueKey(keys, key)
	for _, p := range g.uses {
		p.Key = key
	}
	a.api.Parameters = append(a.api.Parameters, first)
}

// uniqueKey takes a key that no other equals in other capitals: clients make one name of two such keys.
func uniqueKey(keys *name.Set, key string) string {
	folded := strings.ToLower(key)
	return key + strings.TrimPrefix(keys.Unique(folded), folded)
}

// sendable returns the schema of a key as a client sends it to name an instance: it does not matter there that the
// server assigns it.
func sendable(key *Value) *Value {
	if !key.Has("readOnly") {
		return key
	}
	sent := *key
	sent.Members = slices.DeleteFunc(slices.Clone(key.Members), func(m value.Member) bool { return m.Name == "readOnly" })
	return &sent
}
