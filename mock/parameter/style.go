package parameter

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// The styles (OpenAPI 3.1, section 4.8.12.3). All others, form and simple, separate by commas.
const (
	deepObject     = "deepObject"
	spaceDelimited = "spaceDelimited"
	pipeDelimited  = "pipeDelimited"
)

// separator separates the items of a value.
type separator struct {
	word             string // for people
	literal, encoded string // encoded is empty if there is none, or if it makes no difference
}

func separatorOf(p *model.Parameter) separator {
	switch {
	case p.In == "header":
		return separator{"commas", ",", ""}
	case p.EffectiveStyle == spaceDelimited:
		return separator{"spaces", " ", ""}
	case p.EffectiveStyle == pipeDelimited:
		return separator{"bars", "|", "%7C"}
	}
	return separator{"commas", ",", "%2C"}
}

var spaces = strings.NewReplacer("+", " ", "%20", " ")

// split returns the ways to split a value into items, the likeliest first. If it contains only encoded separators, it
// most likely comes from a client that encodes whole values.
func (s separator) split(raw string) [][]string {
	if s.literal == " " {
		raw = spaces.Replace(raw)
	}
	if raw == "" {
		return [][]string{{""}, {}}
	}
	if s.encoded == "" || strings.Contains(raw, s.literal) {
		return [][]string{strings.Split(raw, s.literal)}
	}
	apart := strings.Split(strings.ReplaceAll(raw, strings.ToLower(s.encoded), s.encoded), s.encoded)
	if len(apart) == 1 {
		return [][]string{{raw}}
	}
	return [][]string{apart, {raw}}
}

// candidates returns all possible readings of what was given; if there are none, what is wrong with it.
func (d *Decoder) candidates(p *model.Parameter, g given) (found []*value.Value, wrong string) {
	w := writing{d, p, separatorOf(p)}
	k := kindsOf(p.Shape)
	scalars, wrongScalar := w.scalars(g.raws, k)
	arrays, wrongArray := w.arrays(g.raws, k)
	objects, wrongObject := w.objects(g, k)
	return slices.Concat(scalars, arrays, objects), cmp.Or(wrongScalar, wrongArray, wrongObject)
}

// writing is how a parameter is serialized.
type writing struct {
	*Decoder
	*model.Parameter
	separator separator
}

// scalars returns the possible readings of a parameter that is neither an array nor an object.
func (w writing) scalars(raws []string, k kinds) (found []*value.Value, wrong string) {
	if !k.scalar || len(raws) == 0 {
		return nil, ""
	}
	if len(raws) > 1 {
		return nil, fmt.Sprintf("is given %d times, but can be given only once", len(raws))
	}
	text, wrong := unescape(w.In, raws[0])
	if wrong != "" {
		return nil, wrong
	}
	return readings(text), ""
}

// isApart reports whether the items or properties of the parameter are sent one by one, like separate parameters.
func (w writing) isApart() bool {
	return (w.In == "query" || w.In == "cookie") && (w.EffectiveExplode || w.EffectiveStyle == deepObject)
}

// joined returns what was given as a single text.
func (w writing) joined(raws []string) (raw, wrong string) {
	switch {
	case w.In == "header":
		return strings.Join(raws, ", "), ""
	case len(raws) > 1:
		return "", fmt.Sprintf("is given %d times, but takes all its values at once, separated by %s", len(raws), w.separator.word)
	}
	return raws[0], ""
}

// arrays returns the possible readings of a parameter as an array.
func (w writing) arrays(raws []string, k kinds) (found []*value.Value, wrong string) {
	if !k.array || len(raws) == 0 {
		return nil, ""
	}
	ways := [][]string{raws}
	if w.isApart() {
		if len(raws) == 1 && raws[0] == "" {
			ways = append(ways, nil)
		}
	} else {
		raw, wrong := w.joined(raws)
		if wrong != "" {
			return nil, wrong
		}
		ways = w.separator.split(raw)
	}
	for _, way := range ways {
		texts, wrong := w.unescapeAll(way)
		if wrong != "" {
			return nil, wrong
		}
		found = append(found, w.arraysOf(w.Schema, texts)...)
	}
	return found, ""
}

func (w writing) unescapeAll(raws []string) ([]string, string) {
	texts := make([]string, len(raws))
	for i, raw := range raws {
		text, wrong := unescape(w.In, raw)
		if wrong != "" {
			return nil, wrong
		}
		texts[i] = text
	}
	return texts, ""
}

// objects returns the possible readings of a parameter as an object.
func (w writing) objects(g given, k kinds) (found []*value.Value, wrong string) {
	switch {
	case !k.object:
		return nil, ""
	case w.isApart():
		if len(g.members) == 0 {
			if len(g.raws) == 0 {
				return nil, ""
			}
			if w.EffectiveStyle == deepObject {
				return nil, fmt.Sprintf("must be given property by property, as in %s[name]=value", w.Name)
			}
			return nil, "must be given property by property, as in name=value"
		}
		return w.objectOf(g.members)
	case len(g.raws) == 0:
		return nil, ""
	}
	raw, wrong := w.joined(g.raws)
	if wrong != "" {
		return nil, wrong
	}
	for _, way := range w.separator.split(raw) {
		members, wrongPairs := w.pairs(way)
		if wrongPairs != "" {
			wrong = wrongPairs
			continue
		}
		objects, wrongMember := w.objectOf(members)
		found, wrong = append(found, objects...), wrongMember
	}
	return found, wrong
}

// pairs returns the names and values in the parts of an object: name=value each if exploded, else alternating.
func (w writing) pairs(parts []string) (members []pair, wrong string) {
	if w.EffectiveExplode {
		for _, part := range parts {
			name, raw, found := strings.Cut(part, "=")
			if !found {
				return nil, "must list its properties as name=value, separated by " + w.separator.word
			}
			members = append(members, pair{name, raw})
		}
	} else {
		if len(parts)%2 != 0 {
			return nil, "must alternate names and values, separated by " + w.separator.word
		}
		for i := 0; i < len(parts); i += 2 {
			members = append(members, pair{parts[i], parts[i+1]})
		}
	}
	for i := range members {
		if members[i].name, wrong = unescape(w.In, members[i].name); wrong != "" {
			return nil, wrong
		}
	}
	return members, ""
}

// objectOf returns the possible objects with these members, whose values are still encoded. Only a property that is a
// list may occur several times.
func (w writing) objectOf(members []pair) ([]*value.Value, string) {
	var names []string
	texts := map[string][]string{}
	for _, m := range members {
		text, wrong := unescape(w.In, m.raw)
		if wrong != "" {
			return nil, wrong
		}
		if _, isKnown := texts[m.name]; !isKnown {
			names = append(names, m.name)
		}
		texts[m.name] = append(texts[m.name], text)
	}
	for _, name := range names {
		if n := len(texts[name]); n > 1 && !hasItems(w.Shape, name) {
			return nil, fmt.Sprintf("has the property %q %d times", name, n)
		}
	}
	return w.objectsOf(w.Schema, names, texts, func(name string) bool { return hasItems(w.Shape, name) }), ""
}
