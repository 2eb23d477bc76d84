package name

import "strconv"

// Set makes names distinct, in the order of the calls. The zero Set is empty.
type Set struct {
	Size  int // the expected number of names, if known
	taken map[string]bool
	next  map[string]int
}

// Has reports whether the name is taken.
func (s *Set) Has(name string) bool { return s.taken[name] }

// Unique returns the name, or the first of name2, name3, ... that is free, and marks it as taken.
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
