package mock

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/firestoned/firestone/mock/state"
	"github.com/firestoned/firestone/model"
)

// hub notifies subscribers of changes of the state, each in the order of the changes. Writers never wait for it.
type hub struct {
	server *Server
	stop   chan struct{}
	done   sync.WaitGroup  // the hub itself, and its subscribers
	ctx    context.Context // done when connections are no longer waited for
	cut    context.CancelFunc

	mutex     sync.Mutex
	topics    map[topic]map[*subscriber]bool
	snapshots map[snapshotKey]*snapshot
	count     int    // of subscribers
	seq       uint64 // of the last change delivered
	ending    *ending
}

// topic is what a subscription is about: a level with the keys of its path.
type topic struct {
	level *model.Level
	path  string
}

func topicOf(level *model.Level, path []string) topic {
	var b strings.Builder
	for _, key := range path {
		b.WriteString(strings.ReplaceAll(key, "\x00", "\x00\x01"))
		b.WriteString("\x00\x00")
	}
	return topic{level, b.String()}
}

const (
	maxSubscribers = 1000            // connections at once
	closeTimeout   = 3 * time.Second // for clients to acknowledge the close of their connections
)

func newHub(s *Server) *hub {
	h := &hub{server: s, stop: make(chan struct{}), topics: map[topic]map[*subscriber]bool{}, snapshots: map[snapshotKey]*snapshot{}}
	h.ctx, h.cut = context.WithCancel(context.Background())
	h.seq = s.store.Seq()
	h.done.Add(1)
	go h.run()
	return h
}

// run delivers changes until the hub is closed. It delivers only durable changes.
func (h *hub) run() {
	defer h.done.Done()
	for {
		h.mutex.Lock()
		told := h.seq
		h.mutex.Unlock()
		changes, more, ok := h.server.store.Since(told)
		if !ok {
			h.overtaken()
			continue
		}
		if len(changes) == 0 {
			select {
			case <-more:
				continue
			case <-h.stop:
				return
			}
		}
		if err := h.server.store.Wait(changes[len(changes)-1].Seq); err != nil {
			h.endAll(&ending{code: closeFailed, reason: "the data file cannot be written"})
		}
		h.tell(changes)
	}
}

// overtaken ends all subscriptions after more changes than are kept: they would miss some.
func (h *hub) overtaken() {
	h.mutex.Lock()
	h.seq = h.server.store.Seq()
	h.mutex.Unlock()
	h.endAll(&ending{code: closeSlow, reason: "changes arrived faster than they could be sent"})
}

func (h *hub) tell(changes []*state.Change) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	for _, c := range changes {
		h.seq = c.Seq
		if h.count > 0 {
			h.tellOne(&news{Change: c, server: h.server})
		}
	}
}

// tellOne delivers one change to its subscribers.
func (h *hub) tellOne(n *news) {
	if refused, ok := n.Note.(*refusedPublication); ok {
		refused.by.push(refused.message(n.Change))
		return
	}
	r := n.Record()
	resource := r.Resource
	if l := resource.Collection; l != nil {
		h.each(l, r.Keys[:len(r.Keys)-1], func(s *subscriber) { s.hearOfItem(n) })
	}
	if l := resource.Instance; l != nil {
		h.each(l, r.Keys, func(s *subscriber) { s.hearOfInstance(n) })
	}
	for _, l := range resource.Attributes {
		h.each(l, r.Keys, func(s *subscriber) { s.hearOfAttribute(n) })
	}
	for _, child := range resource.Children {
		if n.Event == state.Deleted && child.Collection != nil {
			h.each(child.Collection, r.Keys, func(s *subscriber) { s.end(gone) })
		}
	}
}

func (h *hub) each(l *model.Level, path []string, tell func(*subscriber)) {
	if len(l.Channels) == 0 {
		return
	}
	for s := range h.topics[topicOf(l, path)] {
		tell(s)
	}
}

// add registers a subscriber for changes from now on, or after the given change. It refuses subscribers beyond the
// limit, and those that would miss changes that are no longer kept.
func (h *hub) add(s *subscriber, after *uint64) *problem {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	if h.ending != nil || h.count >= maxSubscribers {
		return tooMany()
	}
	if after == nil {
		s.after = h.server.store.Seq()
	} else {
		missed, failed := h.missed(*after)
		if failed != nil {
			return failed
		}
		s.after = *after
		for _, c := range missed {
			if c.Record() != nil && topicOf(s.channel.Level, s.pathOf(c.Record())) == s.topic {
				s.hear(&news{Change: c, server: h.server})
			}
		}
	}
	if h.topics[s.topic] == nil {
		h.topics[s.topic] = map[*subscriber]bool{}
	}
	h.topics[s.topic][s] = true
	h.count++
	h.done.Add(1)
	if s.snapshots != nil {
		s.snapshot = h.snapshotOf(s)
	}
	return nil
}

// missed returns the already delivered changes after the given one; later ones will be delivered.
func (h *hub) missed(after uint64) ([]*state.Change, *problem) {
	changes, _, ok := h.server.store.Since(after)
	if !ok {
		return nil, forgotten()
	}
	told := 0
	for told < len(changes) && changes[told].Seq <= h.seq {
		told++
	}
	return changes[:told], nil
}

// remove removes a subscriber.
func (h *hub) remove(s *subscriber) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	delete(h.topics[s.topic], s)
	if len(h.topics[s.topic]) == 0 {
		delete(h.topics, s.topic)
	}
	h.count--
	if s.snapshot != nil {
		if s.snapshot.users--; s.snapshot.users == 0 {
			delete(h.snapshots, s.snapshot.key)
		}
	}
	h.done.Done()
}

// subscribers returns the active subscribers, oldest first.
func (h *hub) subscribers() []*subscriber {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	var all []*subscriber
	for _, subscribers := range h.topics {
		for s := range subscribers {
			if !s.hasEnded() {
				all = append(all, s)
			}
		}
	}
	slices.SortFunc(all, func(a, b *subscriber) int {
		return cmp.Or(a.since.Compare(b.since), strings.Compare(a.target, b.target))
	})
	return all
}

// endAll ends all subscriptions.
func (h *hub) endAll(why *ending) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	for _, subscribers := range h.topics {
		for s := range subscribers {
			s.end(why)
		}
	}
}

// close ends all subscriptions for a reason, accepts no more, and returns once the last one has ended. Clients that do
// not read are cut off after closeTimeout.
func (h *hub) close(why *ending) {
	h.mutex.Lock()
	isFirst := h.ending == nil
	h.ending = why
	h.mutex.Unlock()
	h.endAll(why)
	if isFirst {
		close(h.stop)
	}
	late := time.AfterFunc(closeTimeout, h.cut)
	h.done.Wait()
	late.Stop()
	h.cut()
}
