package generator

import (
	"strings"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// IsDerived reports whether the default is a template, which the API fills in.
func (p Parameter) IsDerived() bool {
	return p.Default.Is(value.KindString) && strings.Contains(p.Default.Text, "{{")
}

// parseDefaults parses the defaults that the API fills in.
func (p *Pack) parseDefaults(problems *value.Problems) {
	for _, parameter := range p.Parameters {
		if !parameter.IsDerived() {
			continue
		}
		p.defaults[parameter.Name] = parsedKey(parameter.Default.Pos, "default of "+parameter.Name,
			"the default of parameter "+parameter.Name, parameter.Default.Text, problems)
	}
}

// completed returns the parameters with the defaults that the API fills in for those that are not given, each of which
// may read the parameters before it.
func (p *Pack) completed(api *model.API, params Params, left *budget) (Params, value.Problems) {
	if len(p.defaults) == 0 {
		return params, nil
	}
	var problems value.Problems
	params = params.copied()
	r := p.renderer(left)
	for _, parameter := range p.Parameters {
		s := p.defaults[parameter.Name]
		if _, isGiven := params[parameter.Name]; isGiven || s == nil {
			continue
		}
		view := View{API: api, Params: params.copied()}
		text, err := r.execute(s, view)
		if err != nil {
			problem := p.explain(s, view, err)
			problem.Pos = parameter.Default.Pos
			problems = append(problems, problem)
			if left.isSpent.Load() {
				return nil, problems
			}
			params[parameter.Name] = nil
			continue
		}
		v, err := parameter.read(text)
		switch {
		case err != nil:
			problems.Add(value.ParameterValue, parameter.Default.Pos, "set it with --set "+parameter.Name+"=VALUE", "the default of parameter %q: %v", parameter.Name, err)
		case !parameter.accepts(v):
			problems.Add(value.ParameterValue, parameter.Default.Pos, "set it with --set "+parameter.Name+"=VALUE: "+parameter.remedy(v), "the default of parameter %q cannot be %s", parameter.Name, v.AppendJSON(nil, ""))
		default:
			params[parameter.Name] = native(v)
		}
	}
	return params, problems
}
