package mock

import "sync"

// snapshotKey is what a state sent to subscribers depends on, apart from the state itself.
type snapshotKey struct {
	topic topic
	query string
}

// snapshot is a state that many subscribers receive. Its text is rendered once for each change.
type snapshot struct {
	server *Server
	key    snapshotKey
	users  int // of the hub

	mutex   sync.Mutex
	version uint64 // of what text represents
	last    *message
}

// snapshotOf returns the snapshot that the subscriber shares with all others whose key is equal.
func (h *hub) snapshotOf(s *subscriber) *snapshot {
	key := snapshotKey{s.topic, s.snapshots.url.RawQuery}
	if h.snapshots[key] == nil {
		h.snapshots[key] = &snapshot{server: h.server, key: key}
	}
	h.snapshots[key].users++
	return h.snapshots[key]
}

// read returns the current state, or nil if it was deleted.
func (s *snapshot) read(c *call) *message {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	version := s.server.store.Seq()
	if s.last != nil && s.version == version {
		return s.last
	}
	done, failed := s.server.perform(c)
	if failed != nil {
		return nil
	}
	s.version, s.last = version, &message{text: done.body, id: version}
	return s.last
}
