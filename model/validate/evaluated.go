package validate

// evaluated records which members and items of one value the adjacent subschemas have evaluated (JSON Schema 2020-12,
// core, section 11).
type evaluated struct {
	allMembers, allItems bool
	members              map[string]bool
	items                map[int]bool
}

func (e *evaluated) member(name string) {
	if e == nil {
		return
	}
	if e.members == nil {
		e.members = map[string]bool{}
	}
	e.members[name] = true
}

func (e *evaluated) item(i int) {
	if e == nil {
		return
	}
	if e.items == nil {
		e.items = map[int]bool{}
	}
	e.items[i] = true
}

func (e *evaluated) add(other *evaluated) {
	if e == nil || other == nil || e == other {
		return
	}
	e.allMembers = e.allMembers || other.allMembers
	e.allItems = e.allItems || other.allItems
	for name := range other.members {
		e.member(name)
	}
	for i := range other.items {
		e.item(i)
	}
}

// branch returns a separate record for a subschema that may turn out not to apply.
func (e *evaluated) branch() *evaluated {
	if e == nil {
		return nil
	}
	return &evaluated{}
}
