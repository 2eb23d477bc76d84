// Package serve runs an HTTP handler as a server.
//
// It answers one question: how does a server stay up, whoever connects, and how does it stop? Requests are up to the
// handler.
package serve

import (
	"crypto/tls"
	"fmt"
	"net"
	"net/netip"
	"os"
	"strconv"
)

// Options configure a listener.
type Options struct {
	Address             string           // host:port; port 0 chooses a free one
	Certificate         *tls.Certificate // for TLS; nil: no TLS
	AsksForCertificates bool             // with TLS: clients may send a certificate, which is not verified
}

// LoadCertificate reads a certificate and its private key, both in PEM.
func LoadCertificate(certFile, keyFile string) (*tls.Certificate, error) {
	pair, err := tls.LoadX509KeyPair(certFile, keyFile)
	if err != nil {
		return nil, fmt.Errorf("read the certificate: %w", err)
	}
	return &pair, nil
}

// Listener accepts connections of clients.
type Listener struct {
	listener net.Listener
	host     string      // as requested
	tls      *tls.Config // nil: no TLS
}

// Listen starts to listen. The caller closes the listener, or serves.
func Listen(o Options) (*Listener, error) {
	host, _, err := net.SplitHostPort(o.Address)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", o.Address, err)
	}
	l := &Listener{host: host}
	if o.Certificate != nil {
		l.tls = &tls.Config{Certificates: []tls.Certificate{*o.Certificate}, MinVersion: tls.VersionTLS12}
		if o.AsksForCertificates {
			l.tls.ClientAuth = tls.RequestClientCert
		}
	}
	if l.listener, err = net.Listen("tcp", o.Address); err != nil {
		return nil, err
	}
	return l, nil
}

// Close stops listening.
func (l *Listener) Close() error { return l.listener.Close() }

// Address returns the host:port at which a client on this machine reaches the server: with the requested host if it is
// a name.
func (l *Listener) Address() string {
	host, port, err := net.SplitHostPort(l.listener.Addr().String())
	if err != nil {
		return l.listener.Addr().String()
	}
	asked, err := netip.ParseAddr(l.host)
	switch {
	case l.host == "" || err == nil && asked.IsUnspecified() && asked.Is4():
		host = "127.0.0.1"
	case err == nil && asked.IsUnspecified():
		host = "::1"
	case err != nil:
		host = l.host
	}
	return net.JoinHostPort(host, port)
}

// IsSecure reports whether the server uses TLS.
func (l *Listener) IsSecure() bool { return l.tls != nil }

// IsLoopback reports whether only clients on this machine can reach the server.
func (l *Listener) IsLoopback() bool {
	at, ok := l.listener.Addr().(*net.TCPAddr)
	return ok && at.IP.IsLoopback()
}

// WriteReady writes the URL of a listening server to a file, atomically: a file that exists is complete.
func WriteReady(file, url string) error {
	part := file + ".part"
	err := os.WriteFile(part, []byte(url+"\n"), 0o644)
	if err == nil {
		err = os.Rename(part, file)
	}
	if err != nil {
		_ = os.Remove(part)
		return fmt.Errorf("write %s: %w", file, err)
	}
	return nil
}

// FreePort returns the port if it is free on the loopback interface, else 0, which chooses any free one.
func FreePort(port int) int {
	listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return 0
	}
	_ = listener.Close()
	return port
}
