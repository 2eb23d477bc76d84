package mock

import "sync"

// snapshotKey is what a state that is sent depends on beside the state itself.
type snapshotKey struct {
	topic topic
	query string
}

// snapshot is a state that many subscribers are sent. Its text is made once for each change.
type snapshot struct {
	server *Server
	key    snapshotKey
	users  int // of the hub

	mutex   sync.Mutex
	version uint64 // of what text shows
	last    *message
}

// snapshotOf returns the snapshot that the subscriber shares with all who ask for the same.
func (h *hub) snapshotOf(s *subscriber) *snapshot {
	key := snapshotKey{s.topic, s.snapshots.url.RawQuery}
	if h.snapshots[key] == nil {
		h.snapshots[key] = &snapshot{server: h.server, key: key}
	}
	h.snapshots[key].users++
	return h.snapshots[key]
}

// read returns the state as it is now, or nil where it is gone.
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
