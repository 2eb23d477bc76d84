package generator

import (
	"fmt"
	"hash/maphash"
	"sync"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// Shared keeps the files that several packs make alike of one model, so that each is made once: two packs that extend a
// third one have its templates in common. The zero value is ready; several goroutines may use it.
type Shared struct {
	lock  sync.Mutex
	files map[likeness]*sharedFile
}

// likeness is what a file depends on. Two outputs with the same one are the same file, byte for byte.
type likeness struct {
	api         *model.API
	resource    *model.Resource
	params      string
	path, write string
	output      value.Pos
	template    string
	texts       uint64
}

type sharedFile struct {
	once  sync.Once
	file  File
	wrong value.Problems
}

var textSeed = maphash.MakeSeed()

// of returns what makes the file of a task, or takes it from another pack. Nil shares nothing.
func (s *Shared) of(p *Pack, tasks []task, params Params) func(i int, make func() (File, value.Problems)) (File, value.Problems) {
	if s == nil {
		return func(_ int, make func() (File, value.Problems)) (File, value.Problems) { return make() }
	}
	likes := p.likenesses(tasks, params)
	return func(i int, make func() (File, value.Problems)) (File, value.Problems) {
		if likes[i] == nil {
			return make()
		}
		of := s.at(*likes[i])
		of.once.Do(func() { of.file, of.wrong = make() })
		return of.file, of.wrong
	}
}

// at returns the file of a likeness, which may still have to be made.
func (s *Shared) at(like likeness) *sharedFile {
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.files == nil {
		s.files = map[likeness]*sharedFile{}
	}
	if s.files[like] == nil {
		s.files[like] = &sharedFile{}
	}
	return s.files[like]
}

// likenesses returns what the file of each task depends on, and nil for one of which that is not known: a partial is
// chosen while the template is executed, or the text may be what only this pack allows.
func (p *Pack) likenesses(tasks []task, params Params) []*likeness {
	found := make([]*likeness, len(tasks))
	said, texts := fmt.Sprint(map[string]any(params)), map[string]uint64{}
	for i, of := range tasks {
		o := of.view.Output
		if of.copied != nil || len(p.marks) > 0 || o.yaml != 0 {
			continue
		}
		known, isKnown := texts[o.Template]
		if !isKnown {
			known = p.textsOf(o.Template)
			texts[o.Template] = known
		}
		if known != 0 {
			found[i] = &likeness{
				api: of.view.API, resource: of.view.Resource, params: said,
				path: o.Path, write: o.Write, output: o.pos, template: o.Template, texts: known,
			}
		}
	}
	return found
}

// textsOf returns a number for a template with all the partials that it includes, at any depth, by their files and
// texts; 0 if one of them is not known before execution.
func (p *Pack) textsOf(template string) uint64 {
	var hash maphash.Hash
	hash.SetSeed(textSeed)
	seen := map[*source]bool{}
	var add func(s *source) bool
	add = func(s *source) bool {
		if s == nil || seen[s] {
			return s != nil
		}
		seen[s] = true
		hash.WriteString(s.file + "\x00" + s.text + "\x00")
		for _, i := range s.includes {
			if i.partial == "" || !add(p.partials[i.partial]) {
				return false
			}
		}
		return s.called["replaced"] == nil || add(s.replaced)
	}
	if !add(p.templates[template]) {
		return 0
	}
	return hash.Sum64()
}
