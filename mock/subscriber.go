package mock

import (
	"context"
	"sync"
	"time"

	"github.com/firestoned/firestone/mock/query"
	"github.com/firestoned/firestone/mock/state"
	"github.com/firestoned/firestone/model"
)

// Limits on what is queued for a slow subscriber, and on how often a state is sent.
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

// ending is the reason why a subscription ends.
type ending struct {
	code   int
	reason string
}

var (
	gone    = &ending{closeGone, "the resource was deleted"}
	tooSlow = &ending{closeSlow, "messages are read too slowly"}
)

// message is a message to a subscriber.
type message struct {
	text []byte
	id   uint64 // of the last change that it reflects; 0 for a problem
}

// subscriber is a connection to a channel.
type subscriber struct {
	server    *Server
	channel   *model.Channel
	target    string // as requested
	since     time.Time
	topic     topic
	keys      []*model.Value   // of the path
	path      []string         // their identities
	snapshots *call            // reads the state to send after a change; nil if individual changes are sent
	selection *query.Selection // of a collection whose changes are sent
	snapshot  *snapshot
	publisher *publisher // nil if the channel accepts no messages

	after uint64 // the change after which it is notified; only for the hub

	mutex   sync.Mutex
	waiting []*message
	bytes   int
	isStale bool // the state has changed since it was last sent
	ended   *ending
	wake    chan struct{}
}

// hear notifies a subscriber of a change at its level.
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

// pathOf returns the keys of the path at the subscriber's level that leads to a record, or to its collection; nil if
// the record is of another resource.
func (s *subscriber) pathOf(r *state.Record) []string {
	switch {
	case r.Resource != s.channel.Resource:
		return nil
	case s.channel.Level.IsCollection():
		return r.Keys[:len(r.Keys)-1]
	}
	return r.Keys
}

// hearOfItem handles a change of a record in the collection. A subscriber with filters is notified of records that
// match them, before or after the change.
func (s *subscriber) hearOfItem(n *news) {
	switch {
	case n.Seq <= s.after || s.channel.Subscribe == nil:
	case s.snapshots != nil:
		s.touch()
	case n.Before != nil && s.selection.Matches(n.Before.View()), n.After != nil && s.selection.Matches(n.After.View()):
		s.push(s.toldOf(n))
	}
}

// toldOf returns the message about a change: an event, or, in a topic without an envelope, the record.
func (s *subscriber) toldOf(n *news) *message {
	if s.channel.IsKeyed && s.channel.Resource.Envelope != cloudEvents {
		return n.record()
	}
	return n.message(s.channel.Level)
}

// hearOfInstance handles a change of the record. Nothing is sent after its deletion.
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

// hearOfAttribute handles a change of one property of the record.
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

// push queues a message for the subscriber. If its queue is full, the subscription ends.
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

// touch marks the state as changed.
func (s *subscriber) touch() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.isStale = true
	s.signal()
}

// end ends the subscription after the queued messages.
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

// take returns the queued messages, whether the state must be sent again, and why the subscription ends after that, if
// it does.
func (s *subscriber) take() (waiting []*message, isStale bool, why *ending) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	waiting, isStale = s.waiting, s.isStale
	s.waiting, s.bytes, s.isStale = nil, 0, false
	return waiting, isStale, s.ended
}

// run sends the subscriber's messages until the subscription ends, and returns why: nil if nothing more can be sent. A
// state is sent at most every snapshotPause, the latest one always.
func (s *subscriber) run(ctx context.Context, send func(*message) error) *ending {
	var sent time.Time
	var shown *message // the latest state sent
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
				case m == shown: // the change that marked it was already in it
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
			if pause != nil { // more has changed: send that with what is queued
				select {
				case <-ctx.Done():
					return nil
				case <-pause:
				}
			}
		}
	}
}
