package parameter

import (
	"fmt"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/name"
)

// maxUnknown is the maximum number of faults that Unknown returns.
const maxUnknown = 20

// Unknown returns a fault for each name in a query that the operation does not know, with the nearest known name: the
// first 20, each once. Names in others are known as well.
func Unknown(o *model.Operation, rawQuery string, others ...string) []Fault {
	known := knownNames(o, "query")
	known.names = append(known.names, others...)
	for _, p := range o.Parameters {
		if _, isOpen := propertiesOf(p.Shape); p.In == "query" && isOpen && p.EffectiveExplode && p.EffectiveStyle != deepObject {
			return nil // an object takes all remaining names
		}
	}
	var faults []Fault
	seen := map[string]bool{}
	for _, p := range parseQuery(rawQuery, func(string, string) {}).pairs {
		if seen[p.name] || known.has(p.name) {
			continue
		}
		if len(faults) == maxUnknown {
			break
		}
		seen[p.name] = true
		shown := strings.ToValidUTF8(p.name, "\uFFFD")
		detail := fmt.Sprintf("%q is not a parameter of this operation", shown)
		if hint := name.Suggest(shown, known.names, "%q", ""); hint != "" {
			detail += "; " + hint
		} else {
			detail += "."
		}
		faults = append(faults, Fault{shown, detail})
	}
	return faults
}

// knowledge holds the names that an operation knows in one part of a request.
type knowledge struct {
	names   []string // in full
	objects []string // of those in the style deepObject
}

func knownNames(o *model.Operation, in string) (k knowledge) {
	for _, p := range o.Parameters {
		if p.In != in {
			continue
		}
		isObject := kindsOf(p.Shape).object
		if isObject && p.EffectiveStyle == deepObject {
			k.objects = append(k.objects, p.Name)
			continue
		}
		if !isObject || !p.EffectiveExplode || kindsOf(p.Shape).scalar {
			k.names = append(k.names, p.Name)
		}
		if isObject && p.EffectiveExplode {
			properties, _ := propertiesOf(p.Shape)
			k.names = append(k.names, properties...)
		}
	}
	for _, requirement := range o.Security {
		for _, required := range requirement.Schemes {
			if s := required.Scheme; s.Type == "apiKey" && s.In == in {
				k.names = append(k.names, s.ParameterName)
			}
		}
	}
	return k
}

func (k knowledge) has(name string) bool {
	return slices.Contains(k.names, name) || slices.ContainsFunc(k.objects, func(object string) bool {
		_, ok := deepMember(object, name)
		return ok
	})
}
