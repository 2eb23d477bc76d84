package serve

import (
	"container/list"
	"net"
	"net/http"
	"sync"
)

// newcomers are the connections on which no request has arrived yet. Clients send one at once, so if there are too many
// connections, the oldest is the least likely to do so.
type newcomers struct {
	limit int

	mutex sync.Mutex
	order *list.List // of net.Conn, the oldest first
	known map[net.Conn]*list.Element
}

func newNewcomers(limit int) *newcomers {
	return &newcomers{limit: limit, order: list.New(), known: map[net.Conn]*list.Element{}}
}

// follow is the ConnState hook of a server.
func (n *newcomers) follow(conn net.Conn, state http.ConnState) {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	if state != http.StateNew {
		n.forget(conn)
		return
	}
	n.known[conn] = n.order.PushBack(conn)
	if n.order.Len() > n.limit {
		n.drop()
	}
}

func (n *newcomers) forget(conn net.Conn) {
	if at := n.known[conn]; at != nil {
		n.order.Remove(at)
		delete(n.known, conn)
	}
}

// drop closes the oldest one.
func (n *newcomers) drop() {
	if conn, ok := n.order.Front().Value.(net.Conn); ok {
		n.forget(conn)
		_ = conn.Close()
	}
}

// close closes all of them: a server that is stopping would wait for their requests.
func (n *newcomers) close() {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	for n.order.Len() > 0 {
		n.drop()
	}
}
