package serve

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// served starts to serve and returns where, and what stops the server and returns its error.
func served(t *testing.T, o Options, handler http.HandlerFunc) (*Listener, func() error) {
	t.Helper()
	if o.Address == "" {
		o.Address = "127.0.0.1:0"
	}
	l, err := Listen(o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- l.Serve(ctx, handler, io.Discard) }()
	stop := func() error {
		cancel()
		err := <-ended
		ended <- err
		return err
	}
	t.Cleanup(func() { _ = stop() })
	return l, stop
}

func hello(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "hello") }

func get(t *testing.T, client *http.Client, url string) *http.Response {
	t.Helper()
	response, err := client.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = response.Body.Close() })
	return response
}

func TestAddresses(t *testing.T) {
	for asked, want := range map[string]string{"127.0.0.1:0": "127.0.0.1:", "localhost:0": "localhost:", "0.0.0.0:0": "127.0.0.1:", ":0": "127.0.0.1:", "[::1]:0": "[::1]:", "[::]:0": "[::1]:"} {
		l, err := Listen(Options{Address: asked})
		if err != nil {
			if strings.Contains(asked, "::") {
				continue // a machine without version 6
			}
			t.Fatal(err)
		}
		if got := l.Address(); !strings.HasPrefix(got, want) || strings.HasSuffix(got, ":0") {
			t.Errorf("%s: the address is %s", asked, got)
		}
		if isLoopback := !strings.HasPrefix(asked, "0.0.0.0") && asked != ":0" && asked != "[::]:0"; l.IsLoopback() != isLoopback || l.IsSecure() {
			t.Errorf("%s: loopback %v, secure %v", asked, l.IsLoopback(), l.IsSecure())
		}
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestAddressesThatAreRefused(t *testing.T) {
	l, _ := served(t, Options{}, hello)
	if _, err := Listen(Options{Address: l.Address()}); !errors.Is(err, syscall.EADDRINUSE) {
		t.Errorf("a port in use: %v", err)
	}
	for _, o := range []Options{{Address: "8080"}, {Address: "127.0.0.1:http:"}} {
		if l, err := Listen(o); err == nil {
			t.Errorf("%+v: listens on %s", o, l.Address())
		}
	}
}

// TestStopping ends requests whose answers would never end, does not wait for who never sends one, and lets others finish.
func TestStopping(t *testing.T) {
	t.Parallel()
	arrived := make(chan bool)
	l, stop := served(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		arrived <- true
		<-r.Context().Done()
		if r.URL.Path == "/slow" {
			time.Sleep(200 * time.Millisecond)
		}
		_, _ = io.WriteString(w, "done")
	})
	silent, err := net.Dial("tcp", l.Address())
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	answers := make(chan string, 2)
	for _, path := range []string{"/endless", "/slow"} {
		go func() {
			response, err := http.Get("http://" + l.Address() + path)
			if err != nil {
				answers <- err.Error()
				return
			}
			defer response.Body.Close()
			text, _ := io.ReadAll(response.Body)
			answers <- string(text)
		}()
		<-arrived
	}
	began := time.Now()
	if err := stop(); err != nil {
		t.Error(err)
	}
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("stopping took %v", took)
	}
	for range 2 {
		if got := <-answers; got != "done" {
			t.Errorf("an answer is %q", got)
		}
	}
	if _, err := net.Dial("tcp", l.Address()); err == nil {
		t.Error("it still listens")
	}
}

// TestStoppingDoesNotWait for a handler that does not care.
func TestStoppingDoesNotWait(t *testing.T) {
	t.Parallel()
	arrived, release := make(chan bool), make(chan bool)
	l, stop := served(t, Options{}, func(http.ResponseWriter, *http.Request) {
		arrived <- true
		<-release
	})
	go func() { _, _ = http.Get("http://" + l.Address()) }()
	<-arrived
	defer close(release)
	began := time.Now()
	if err := stop(); err != nil {
		t.Error(err)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("stopping took %v", took)
	}
}

// TestHalfOpenSockets are closed, the oldest first, when there are many; others are served.
func TestHalfOpenSockets(t *testing.T) {
	t.Parallel()
	l, _ := served(t, Options{}, hello)
	open := make([]net.Conn, 10*maxNewcomers)
	for i := range open {
		conn, err := net.Dial("tcp", l.Address())
		if errors.Is(err, syscall.EMFILE) && i > 2*maxNewcomers {
			for _, conn := range open[i-100 : i] { // more files may not be open
				_ = conn.Close()
			}
			open = open[:(i-100)&^1]
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if i%2 == 0 {
			_, _ = io.WriteString(conn, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
		}
		open[i] = conn
	}
	client := &http.Client{Transport: &http.Transport{}, Timeout: 5 * time.Second}
	if response := get(t, client, "http://"+l.Address()); response.StatusCode != 200 {
		t.Errorf("status %d", response.StatusCode)
	}
	_ = open[0].SetReadDeadline(time.Now().Add(5 * time.Second))
	if _, err := open[0].Read(make([]byte, 1)); err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("the oldest connection is still open: %v", err)
	}
	newest := open[len(open)-2]
	_, _ = io.WriteString(newest, "x\r\n\r\n")
	if response, err := http.ReadResponse(bufio.NewReader(newest), nil); err != nil || response.StatusCode != 200 {
		t.Errorf("the newest connection: %v", err)
	}
}

func TestLargeHeaders(t *testing.T) {
	l, _ := served(t, Options{}, hello)
	request, err := http.NewRequest(http.MethodGet, "http://"+l.Address(), nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("X-Large", strings.Repeat("x", 2*maxHeader))
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("status %d", response.StatusCode)
	}
}

// TestTLS serves HTTP/2 too, and asks for the certificates of clients where that is wanted.
func TestTLS(t *testing.T) {
	pair := certificate(t)
	pool := x509.NewCertPool()
	pool.AddCert(pair.Leaf)
	for asks, want := range map[bool]string{false: "HTTP/2.0 0", true: "HTTP/2.0 1"} {
		l, _ := served(t, Options{Address: "localhost:0", Certificate: pair, AsksForCertificates: asks}, func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, r.Proto+" "+string(rune('0'+len(r.TLS.PeerCertificates))))
		})
		client := &http.Client{Transport: &http.Transport{ForceAttemptHTTP2: true, TLSClientConfig: &tls.Config{RootCAs: pool, Certificates: []tls.Certificate{*pair}}}}
		text, err := io.ReadAll(get(t, client, "https://"+l.Address()).Body)
		if err != nil || string(text) != want || !l.IsSecure() {
			t.Errorf("got %q, %v, want %q", text, err, want)
		}
	}
}

// certificate returns a certificate for localhost that signs itself.
func certificate(t *testing.T) *tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), DNSNames: []string{"localhost"}, IsCA: true, BasicConstraintsValid: true}
	cert, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	certFile, keyFile := filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem")
	for file, block := range map[string]*pem.Block{certFile: {Type: "CERTIFICATE", Bytes: cert}, keyFile: {Type: "PRIVATE KEY", Bytes: der}} {
		if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := LoadCertificate(keyFile, certFile); err == nil {
		t.Error("a key is read as a certificate")
	}
	pair, err := LoadCertificate(certFile, keyFile)
	if err != nil {
		t.Fatal(err)
	}
	return pair
}

func TestWriteReady(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "ready")
	for _, url := range []string{"http://127.0.0.1:8080", "http://127.0.0.1:8081/api"} {
		if err := WriteReady(file, url); err != nil {
			t.Fatal(err)
		}
		if text, err := os.ReadFile(file); err != nil || string(text) != url+"\n" {
			t.Errorf("the file holds %q, %v", text, err)
		}
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) != 1 {
		t.Errorf("the folder holds %v, %v", entries, err)
	}
	for _, file := range []string{folder, filepath.Join(folder, "none", "ready")} {
		if err := WriteReady(file, "x"); err == nil || !strings.Contains(err.Error(), file) {
			t.Errorf("%s: %v", file, err)
		}
	}
}
