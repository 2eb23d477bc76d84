package parameter

import (
	"fmt"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/name"
)

// maxUnknown is how many faults Unknown returns at most.
const maxUnknown = 20

// Unknown returns a fault for each name in a query that means nothing to the operation, with the nearest one that does:
// the first 20, each once. The names in others mean something too.
func Unknown(o *model.Operation, rawQuery string, others ...string) []Fault {
	known := knownNames(o, "query")
	known.names = append(known.names, others...)
	for _, p := range o.Parameters {
		if _, isOpen := propertiesOf(p.Shape); p.In == "query" && isOpen && p.EffectiveExplode && p.EffectiveStyle != deepObject {
			return nil // an object takes whatever nothing else does
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

// knowledge is which names in one part of a request mean something to an operation.
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
