package validate

import (
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// choice checks anyOf and oneOf. All branches are evaluated if their annotations may matter.
func (va *validation) choice(m *value.Member, data *value.Value, from *refChain, out *evaluated) bool {
	found := 0
	var failed [][]finding
	seen := out.branch()
	for _, part := range m.Value.Items {
		branch := out.branch()
		ok, faults := va.try(part, data, from, branch)
		if !ok {
			failed = append(failed, faults)
			if va.findings != nil {
				seen.add(branch)
			}
			continue
		}
		out.add(branch)
		found++
		if m.Name == "anyOf" && out == nil {
			break
		}
	}
	switch {
	case found == 1 || found > 1 && m.Name == "anyOf":
		return true
	case found > 1 || va.findings == nil:
		va.rule = m
		return va.fail(finding{keyword: m.Name, rule: m, data: data, i: found})
	}
	out.add(seen)
	return va.noneOf(m, data, failed)
}

// try validates data against one alternative, and returns its faults separately.
func (va *validation) try(schema, data *value.Value, from *refChain, out *evaluated) (bool, []finding) {
	if va.findings == nil {
		return va.validate(schema, data, from, out), nil
	}
	outer := va.findings
	va.findings = &findings{}
	ok := va.validate(schema, data, from, out)
	faults := va.findings.list
	va.findings = outer
	return ok, faults
}

// noneOf records the faults of data that no alternative accepts: those for the alternative that it most likely stands
// for. Alternatives that differ only in type or value give a single fault that lists them.
func (va *validation) noneOf(m *value.Member, data *value.Value, failed [][]finding) bool {
	va.rule = m
	if slices.ContainsFunc(failed, func(faults []finding) bool { return len(faults) == 0 }) {
		return false // a match was given up, which is a fault already
	}
	depth := len(va.trace.path)
	for _, keyword := range []string{"type", "enum"} {
		if wanted := united(keyword, failed, depth); wanted != nil {
			return va.fail(finding{keyword: m.Name, rule: &value.Member{Name: keyword, Value: wanted}, data: data})
		}
	}
	if f, ok := untold(failed, depth); ok {
		va.add(f)
		return false
	}
	best := likeliest(failed, depth)
	if best == nil {
		return va.fail(finding{keyword: m.Name, rule: m, data: data})
	}
	for _, f := range best {
		va.add(f)
	}
	return false
}

// united returns the types or values that alternatives require, or nil if one of them requires something else as well.
func united(keyword string, failed [][]finding, depth int) *value.Value {
	all := value.Array()
	for _, faults := range failed {
		if len(faults) != 1 || len(faults[0].path) != depth || faults[0].rule == nil {
			return nil
		}
		rule := faults[0].rule
		switch {
		case rule.Name == keyword && rule.Value.Is(value.KindArray):
			all.Items = append(all.Items, rule.Value.Items...)
		case rule.Name == keyword, rule.Name == "const" && keyword == "enum":
			all.Items = append(all.Items, rule.Value)
		default:
			return nil
		}
	}
	if len(failed) < 2 {
		return nil
	}
	return all
}

// untold returns the single fault of an object whose discriminating member has none of the allowed constants: the list
// of them. Every alternative must require a different constant for the same member.
func untold(failed [][]finding, depth int) (finding, bool) {
	for _, candidate := range failed[0] {
		if !isConstant(candidate, depth) {
			continue
		}
		wanted, isTold, seen := value.Array(), true, map[string]bool{}
		for _, faults := range failed {
			i := slices.IndexFunc(faults, func(f finding) bool { return isConstant(f, depth) && f.path[depth] == candidate.path[depth] })
			if isTold = i >= 0; !isTold {
				break
			}
			values := []*value.Value{faults[i].rule.Value}
			if faults[i].rule.Name == "enum" {
				values = faults[i].rule.Value.Items
			}
			for _, v := range values {
				if identity := value.Identity(v); !seen[identity] {
					seen[identity] = true
					wanted.Items = append(wanted.Items, v)
				}
			}
		}
		if isTold && len(failed) > 1 {
			candidate.keyword, candidate.rule = "enum", &value.Member{Name: "enum", Value: wanted}
			return candidate, true
		}
	}
	return finding{}, false
}

// isConstant reports whether a member of the object at that depth is required to be one of the listed values.
func isConstant(f finding, depth int) bool {
	return len(f.path) == depth+1 && f.rule != nil && (f.rule.Name == "const" || f.rule.Name == "enum" && f.rule.Value.Is(value.KindArray))
}

// likeliest returns the faults of the alternative that came closest to accepting a value, or nil if there is no single
// one. The criteria are, in order: the right type; the right constants, since they distinguish alternatives; the right
// property names; the fewest faults.
func likeliest(failed [][]finding, depth int) []finding {
	var best []finding
	var least [4]int
	isAlone := false
	for _, faults := range failed {
		distance := distanceOf(faults, depth)
		switch order := slices.Compare(distance[:], least[:]); {
		case best == nil || order < 0:
			best, least, isAlone = faults, distance, true
		case order == 0:
			isAlone = false
		}
	}
	if !isAlone {
		return nil
	}
	return best
}

func distanceOf(faults []finding, depth int) (distance [4]int) {
	distance[3] = len(faults)
	for _, f := range faults {
		name := f.keyword
		if f.rule != nil {
			name = f.rule.Name
		}
		switch name {
		case "type":
			if len(f.path) == depth {
				distance[0] = 1
			}
		case "const", "enum":
			if len(f.path) <= depth+1 {
				distance[1]++
			}
		case "required", "additionalProperties", "unevaluatedProperties":
			if len(f.path) == depth+1 {
				distance[2]++
			}
		}
	}
	return distance
}
