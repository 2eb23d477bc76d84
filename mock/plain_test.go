package mock

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
)

// plain is what a server of shelves and their books has to do, written down as plainly as possible: the state in two
// slices, and what subscribers have to hear.
type plain struct {
	shelves []*plainShelf
	last    int // the key of the last shelf
	events  []plainEvent
}

type plainShelf struct {
	id      int
	members map[string]any // label, note
	books   []plainBook
	isGiven bool // books, as an empty list
}

type plainBook map[string]any // isbn, title, pages

// plainEvent is something that happened to what stands at a path.
type plainEvent struct{ kind, path, data string }

func asJSON(v any) string {
	out, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(out)
}

// shown returns a shelf as it is read.
func (s *plainShelf) shown() map[string]any {
	shown := maps.Clone(s.members)
	shown["shelf_id"] = s.id
	if len(s.books) > 0 || s.isGiven {
		shown["books"] = append([]plainBook{}, s.books...)
	}
	return shown
}

func (p *plain) shown() []any {
	shown := []any{}
	for _, s := range p.shelves {
		shown = append(shown, s.shown())
	}
	return shown
}

func (p *plain) shelf(id int) *plainShelf {
	for _, s := range p.shelves {
		if s.id == id {
			return s
		}
	}
	return nil
}

func (s *plainShelf) book(isbn string) int {
	return slices.IndexFunc(s.books, func(b plainBook) bool { return b["isbn"] == isbn })
}

func (p *plain) tell(kind string, s *plainShelf) {
	p.events = append(p.events, plainEvent{"shelf." + kind, "/shelves/" + strconv.Itoa(s.id), asJSON(s.shown())})
}

func (p *plain) tellBook(kind string, s *plainShelf, b plainBook) {
	p.events = append(p.events, plainEvent{"shelf_book." + kind, fmt.Sprintf("/shelves/%d/books/%s", s.id, b["isbn"]), asJSON(b)})
}

// setBooks makes a list the books of a shelf: one with a known key stays, the others are new. It returns 409 where a key
// is there twice.
func (p *plain) setBooks(s *plainShelf, list []any) int {
	var books, gone []plainBook
	told := len(p.events)
	for _, item := range list {
		b := plainBook(item.(map[string]any))
		if slices.ContainsFunc(books, func(other plainBook) bool { return other["isbn"] == b["isbn"] }) {
			p.events = p.events[:told]
			return 409
		}
		if i := s.book(b["isbn"].(string)); i < 0 {
			p.tellBook("created", s, b)
		} else if asJSON(s.books[i]) != asJSON(b) {
			p.tellBook("updated", s, b)
		}
		books = append(books, b)
	}
	for _, b := range s.books {
		if !slices.ContainsFunc(books, func(other plainBook) bool { return other["isbn"] == b["isbn"] }) {
			gone = append(gone, b)
		}
	}
	for _, b := range gone {
		p.tellBook("deleted", s, b)
	}
	s.books = books
	return 200
}

// post, put and patch take what fits its schema, or a shelf without a label, which does not.
func (p *plain) post(body map[string]any) int {
	s := &plainShelf{id: p.last + 1, members: map[string]any{}}
	status := p.put(s, body)
	if status != 200 {
		return status
	}
	p.last++
	p.shelves = append(p.shelves, s)
	p.events[len(p.events)-1].kind = "shelf.created"
	return 201
}

func (p *plain) put(s *plainShelf, body map[string]any) int {
	if body["label"] == nil {
		return 422
	}
	list, isGiven := body["books"].([]any)
	if status := p.setBooks(s, list); status != 200 {
		return status
	}
	s.members, s.isGiven = maps.Clone(body), isGiven
	delete(s.members, "books")
	p.tell("updated", s)
	return 200
}

func (p *plain) patch(s *plainShelf, patch map[string]any) int {
	whole := s.shown()
	delete(whole, "shelf_id")
	if s.books != nil || s.isGiven {
		whole["books"] = anys(s.books)
		if len(s.books) == 0 && !s.isGiven {
			delete(whole, "books")
		}
	}
	for name, v := range patch {
		if whole[name] = v; v == nil {
			delete(whole, name)
		}
	}
	wasGiven := s.isGiven
	status := p.put(s, whole)
	if _, isPatched := patch["books"]; status == 200 && !isPatched {
		s.isGiven = wasGiven
	}
	return status
}

func anys(books []plainBook) []any {
	list := []any{}
	for _, b := range books {
		list = append(list, map[string]any(b))
	}
	return list
}

func (p *plain) delete(s *plainShelf) {
	for _, b := range s.books {
		p.tellBook("deleted", s, b)
	}
	p.tell("deleted", s)
	p.shelves = slices.DeleteFunc(p.shelves, func(other *plainShelf) bool { return other == s })
}

// clone returns the shelves as they are now.
func (p *plain) clone() plain {
	cloned := plain{}
	for _, s := range p.shelves {
		cloned.shelves = append(cloned.shelves, &plainShelf{s.id, maps.Clone(s.members), slices.Clone(s.books), s.isGiven})
	}
	return cloned
}

// setBook makes a book one of the shelf, in the place of the one with its key; deleteBook takes it away.
func (p *plain) setBook(s *plainShelf, b plainBook) {
	if i := s.book(b["isbn"].(string)); i >= 0 {
		s.books = slices.Clone(s.books)
		s.books[i] = b
		p.tellBook("updated", s, b)
	} else {
		s.books = append(slices.Clone(s.books), b)
		p.tellBook("created", s, b)
	}
	p.tell("updated", s)
}

func (p *plain) deleteBook(s *plainShelf, i int) {
	p.tellBook("deleted", s, s.books[i])
	s.books = slices.Delete(slices.Clone(s.books), i, i+1)
	p.tell("updated", s)
}
