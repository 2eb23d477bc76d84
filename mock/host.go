package mock

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
)

// servesHost reports whether a request is addressed to this server. A page of another origin can make its own name
// resolve to this machine (DNS rebinding), which makes it same-origin, but its requests still carry its own host name.
func (s *Server) servesHost(r *http.Request) bool {
	host := hostname(r.Host)
	if isLoopback(host) || slices.ContainsFunc(s.options.Hosts, func(other string) bool { return hostname(other) == host }) {
		return true
	}
	local, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if !ok {
		return false
	}
	listened, err := netip.ParseAddr(hostname(local.String()))
	addressed, err2 := netip.ParseAddr(host)
	return err == nil && err2 == nil && listened.Unmap() == addressed.Unmap()
}

// hostname returns the name or address of a host in lower case, without the port and a trailing dot.
func hostname(host string) string {
	if addr, err := netip.ParseAddr(host); err == nil {
		return addr.String() // of version 6, without brackets
	}
	return strings.TrimSuffix(strings.ToLower((&url.URL{Host: host}).Hostname()), ".")
}

// isLoopback reports whether a host always is the machine itself (RFC 6761, section 6.3).
func isLoopback(host string) bool {
	if addr, err := netip.ParseAddr(host); err == nil {
		return addr.Unmap().IsLoopback()
	}
	return host == "localhost" || strings.HasSuffix(host, ".localhost")
}
