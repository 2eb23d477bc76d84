package mock

import (
	"context"
	"sync"
	"time"

	"github.com/firestoned/firestone/mock/query"
	"github.com/firestoned/firestone/mock/state"
	"github.com/firestoned/firestone/model"
)

// What may wait for a subscriber that reads slowly, and how often a state is sent.
const (
	maxWaiting      = 1024
	maxWaitingBytes = 4 << 20
	snapshotPause   = 100 * time.Millisecond
)

// Close codes of WebSocket (RFC 6455, section 7.4).
const (
	closeStopping = 1001
	closeBinary   = 1003
	closeFailed   = 1011
	closeRestart  = 1012
	closeSlow     = 1013
	closeGone     = 4404
)

// ending is why a subscription ends.
type ending struct {
	code   int
	reason string
}

var (
	gone    = &ending{closeGone, "the resource was deleted"}
	tooSlow = &ending{closeSlow, "messages are read too slowly"}
)

// message is what goes to a subscriber.
type message struct {
	text []byte
	id   uint64 // of the last change that it shows; 0 for a problem
}

// subscriber is one connection to a channel.
type subscriber struct {
	server    *Server
	channel   *model.Channel
	target    string // that was connected to
	since     time.Time
	topic     topic
	keys      []*model.Value   // of the path
	path      []string         // their identities
	snapshots *call            // reads the state that is sent after a change; nil where each change is
	selection *query.Selection // of a collection whose changes are sent
	snapshot  *snapshot
	publisher *publisher // nil where the channel takes no messages

	after uint64 // the change behind which it hears; only for the hub

	mutex   sync.Mutex
	waiting []*message
	bytes   int
	isStale bool // the state has changed since it was sent
	ended   *ending
	wake    chan struct{}
}

// hear tells a subscriber of a change of what its level is about.
func (s *subscriber) hear(n *news) {
	switch l := s.channel.Level; {
	case l.IsCollection():
		s.hearOfItem(n)
	case l.IsInstance():
		s.hearOfInstance(n)
	default:
		s.hearOfAttribute(n)
	}
}

// pathOf returns the keys of the path at the subscriber's level that leads to a record, or to its collection; nil where it
// is of another resource.
func (s *subscriber) pathOf(r *state.Record) []string {
	switch {
	case r.Resource != s.channel.Resource:
		return nil
	case s.channel.Level.IsCollection():
		return r.Keys[:len(r.Keys)-1]
	}
	return r.Keys
}

// hearOfItem tells of a change of a record in the collection. Whoever selects records hears of those that were or are among
// them.
func (s *subscriber) hearOfItem(n *news) {
	switch {
	case n.Seq <= s.after || s.channel.Subscribe == nil:
	case s.snapshots != nil:
		s.touch()
	case n.Before != nil && s.selection.Matches(n.Before.View()), n.After != nil && s.selection.Matches(n.After.View()):
		s.push(s.toldOf(n))
	}
}

// toldOf returns the message that tells of a change: an event, or in a topic without an envelope the record.
func (s *subscriber) toldOf(n *news) *message {
	if s.channel.IsKeyed && s.channel.Resource.Envelope != cloudEvents {
		return n.record()
	}
	return n.message(s.channel.Level)
}

// hearOfInstance tells of a change of the record. Nothing comes after its deletion.
func (s *subscriber) hearOfInstance(n *news) {
	if n.Seq <= s.after {
		return
	}
	if s.snapshots != nil && n.Event != state.Deleted {
		s.touch()
	}
	if s.channel.Subscribe != nil && s.snapshots == nil && n.Event != state.Created {
		s.push(s.toldOf(n))
	}
	if n.Event == state.Deleted {
		s.end(gone)
	}
}

// hearOfAttribute tells of a change of one property of the record.
func (s *subscriber) hearOfAttribute(n *news) {
	if n.Seq <= s.after {
		return
	}
	before, now := n.attributes(s.channel.Level.Property)
	switch {
	case n.Event == state.Deleted, now == nil && before != nil:
		s.end(gone)
	case now == nil || s.channel.Subscribe == nil || before != nil && isWrittenAlike(before, now):
	case s.snapshots != nil:
		s.touch()
	default:
		s.push(n.message(s.channel.Level))
	}
}

// push lets a message wait for the subscriber. One that has too many waiting is given up.
func (s *subscriber) push(m *message) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.ended != nil {
		return
	}
	if len(s.waiting) == maxWaiting || s.bytes+len(m.text) > maxWaitingBytes && len(s.waiting) > 0 {
		s.waiting, s.bytes, s.ended = nil, 0, tooSlow
	} else {
		s.waiting = append(s.waiting, m)
		s.bytes += len(m.text)
	}
	s.signal()
}

// touch notes that the state has changed.
func (s *subscriber) touch() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.isStale = true
	s.signal()
}

// end ends the subscription behind what is waiting.
func (s *subscriber) end(why *ending) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.ended == nil {
		s.ended = why
	}
	s.signal()
}

func (s *subscriber) hasEnded() bool {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.ended != nil
}

func (s *subscriber) signal() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// take returns what is waiting, whether the state has to be sent again, and why it all ends behind that.
func (s *subscriber) take() (waiting []*message, isStale bool, why *ending) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	waiting, isStale = s.waiting, s.isStale
	s.waiting, s.bytes, s.isStale = nil, 0, false
	return waiting, isStale, s.ended
}

// run sends all that the subscriber is to hear until that ends, and returns why: nil where it cannot be sent any more. A
// state is sent at most every snapshotPause, the last one always.
func (s *subscriber) run(ctx context.Context, send func(*message) error) *ending {
	var sent time.Time
	var shown *message // the last state
	for {
		waiting, isStale, why := s.take()
		for _, m := range waiting {
			if send(m) != nil {
				return nil
			}
		}
		var pause <-chan time.Time
		if isStale && why == nil {
			if rest := snapshotPause - time.Since(sent); rest > 0 {
				s.mutex.Lock()
				s.isStale = true
				s.mutex.Unlock()
				pause = time.After(rest)
			} else {
				sent = time.Now()
				m := s.snapshot.read(s.snapshots)
				switch {
				case m == nil:
					why = gone
				case m == shown: // the change that it was touched for was in it already
				case send(m) != nil:
					return nil
				}
				shown = m
			}
		}
		if why != nil {
			return why
		}
		select {
		case <-ctx.Done():
			return nil
		case <-pause:
		case <-s.wake:
			if pause != nil { // more has changed: that goes with what waits
				select {
				case <-ctx.Done():
					return nil
				case <-pause:
				}
			}
		}
	}
}
