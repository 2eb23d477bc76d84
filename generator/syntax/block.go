package syntax

import (
	"slices"

	"github.com/firestoned/firestone/model/name"
)

// block is an if, with or range that has begun.
type block struct {
	*action
	word    string
	hasElse bool
}

// blocks reports blocks without an end, ends without a block, and branches that belong nowhere.
func (r *report) blocks(actions []*action) {
	var open []*block
	var last *block // that has ended last
	for _, a := range actions {
		if len(r.problems) >= maxProblems {
			return
		}
		var inner *block
		if len(open) > 0 {
			inner = open[len(open)-1]
		}
		switch {
		case a.is(0, "if", "with", "range", "define", "block"):
			open = append(open, &block{action: a, word: a.tokens[0].text})
		case a.is(0, "end") && inner == nil:
			hint := "remove it"
			if last != nil {
				hint += ", or begin a block before it: the {{ " + last.word + " }} of line " + r.line(last.at) + " has ended in line " + r.line(last.end)
			}
			r.add(a.at, hint, "{{ end }} ends nothing: no {{ if }}, {{ range }} or {{ with }} is open")
		case a.is(0, "end"):
			last, open = inner, open[:len(open)-1]
			last.end = a.at
		case a.is(0, "else") && inner == nil:
			r.add(a.at, "write it between {{ if }} and {{ end }}", "{{ else }} belongs to no {{ if }}, {{ range }} or {{ with }}")
		case a.is(0, "else") && len(a.tokens) > 1 && !a.is(1, inner.word):
			r.add(a.at, "write {{ else }} with a block in it: {{ else }}{{ "+a.tokens[1].text+" … }} … {{ end }}{{ end }}", "a {{ %s }} has no {{ else %s }}", inner.word, a.tokens[1].text)
		case a.is(0, "else") && inner.hasElse:
			r.add(a.at, "write {{ else if … }} before the last {{ else }}, and end the block with {{ end }}", "the {{ %s }} of line %s has had its {{ else }}", inner.word, r.line(inner.at))
		case a.is(0, "else"):
			inner.hasElse = len(a.tokens) == 1
		case a.is(0, "break", "continue") && len(a.tokens) == 1 && !slices.ContainsFunc(open, func(b *block) bool { return b.word == "range" }):
			r.add(a.at, "write it between {{ range }} and {{ end }}", "{{ %s }} is outside of a {{ range }}", a.tokens[0].text)
		}
	}
	for _, b := range open {
		r.add(b.at, "write {{ end }} where it ends", "the {{ %s }} has no {{ end }}", b.word)
	}
}

// variables reports variables that are read where they are not declared, if there are no other problems.
func (r *report) variables(actions []*action) {
	scopes := [][]string{nil}    // the variables of the blocks around, the innermost last
	visible := map[string]int{}  // how many of them have that name
	declared := map[string]int{} // where
	for _, a := range actions {
		switch {
		case a.is(0, "end") && len(scopes) > 1:
			for _, name := range scopes[len(scopes)-1] {
				visible[name]--
			}
			scopes = scopes[:len(scopes)-1]
		case a.is(0, "if", "with", "range"):
			scopes = append(scopes, nil)
		}
		sign := slices.IndexFunc(a.tokens, func(t token) bool { return t.kind == operator && t.text == ":=" })
		for i, t := range a.tokens {
			switch {
			case t.kind != variable || t.text == "$":
			case i < sign:
				scopes[len(scopes)-1] = append(scopes[len(scopes)-1], t.text)
				visible[t.text]++
				declared[t.text] = t.at
			case visible[t.text] == 0 && len(r.problems) < maxProblems:
				r.add(t.at, r.declare(t.text, declared), "the variable %s is not declared here", t.text)
			}
		}
	}
}

// declare returns a hint how to declare the variable for the place where it is read.
func (r *report) declare(variable string, declared map[string]int) string {
	if at, ok := declared[variable]; ok {
		return "it is declared in line " + r.line(at) + ", in a block that has ended; declare it before that block, as {{ " + variable + ` := "" }}, and assign there with =`
	}
	known := make([]string, 0, len(declared))
	for other := range declared {
		known = append(known, other)
	}
	slices.Sort(known)
	return name.Suggest(variable, known, "%s", "write {{ "+variable+" := … }} before it")
}
