package name

import "strconv"

// Set makes names distinct in the order in which it is asked for them. The zero Set is empty.
type Set struct {
	Size  int // how many names it will have, where that is known
	taken map[string]bool
	next  map[string]int
}

// Has reports whether the name is taken.
func (s *Set) Has(name string) bool { return s.taken[name] }

// Unique takes the name, or the first of name2, name3, ... that is free, and returns it.
func (s *Set) Unique(name string) string {
	if s.taken == nil {
		s.taken = make(map[string]bool, s.Size)
	}
	unique := name
	for s.taken[unique] {
		if s.next == nil {
			s.next = map[string]int{}
		}
		s.next[name] = max(s.next[name], 1) + 1
		unique = name + strconv.Itoa(s.next[name])
	}
	s.taken[unique] = true
	return unique
}
