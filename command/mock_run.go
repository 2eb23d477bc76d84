package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"sync"
	"syscall"

	"github.com/firestoned/firestone/mock"
	"github.com/firestoned/firestone/mock/serve"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// run serves the API until the process is told to stop.
func (m *mockRun) run(c *console) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the process at once
	api, err := m.loadServed(c)
	if err != nil {
		return err
	}
	if err := m.readRecords(); err != nil {
		return err
	}
	requests, err := m.openRequests()
	if err != nil {
		return err
	}
	m.options.Log, m.options.IsWatched = c.errw, m.watch
	if requests != nil {
		defer requests.Close()
		m.options.Requests = requests
	}
	l, err := m.begin(api.API, c.errw)
	if err != nil {
		return err
	}
	defer l.Close()
	m.options.Hosts = append(m.options.Hosts, l.Address())
	m.options.Prefix, m.options.Documents = api.prefix, api.documents()
	server, err := mock.New(api.API, m.options)
	if errors.As(err, new(model.Problems)) {
		return err
	} else if err != nil {
		return usageErrorf("see "+m.cmd.CommandPath()+" --help", "%v", err)
	}
	c.tell(api.warnings)
	c.flush()
	leaveHeap()
	api.announce(server, l)
	s := mock.NewServing(server)
	context.AfterFunc(ctx, s.CloseChannels) // http.Server does not track hijacked connections such as sockets
	m.tell(ctx, api, l)
	var following sync.WaitGroup
	if m.watch {
		follow, err := m.follow(c, api, l, s)
		if err != nil {
			return err
		}
		following.Go(func() { follow(ctx) })
	}
	err = m.serve(ctx, l, s, c)
	stop()
	following.Wait()
	return errors.Join(err, ioError(s.Server().Close()))
}

// tell announces an API that is being served.
func (m *mockRun) tell(ctx context.Context, s *servedAPI, l *serve.Listener) {
	if m.served != nil {
		m.served(ctx, s, "http://"+l.Address()+s.server.BasePath())
	}
}

// begin begins to listen, and removes the file which says that another server is ready.
func (m *mockRun) begin(api *model.API, log io.Writer) (*serve.Listener, error) {
	if err := m.removeReadyFile(); err != nil {
		return nil, err
	}
	if m.certFile != "" {
		var err error
		if m.listen.Certificate, err = serve.LoadCertificate(m.certFile, m.keyFile); err != nil {
			return nil, ioError(err)
		}
	}
	m.listen.AsksForCertificates = slices.ContainsFunc(api.SecuritySchemes, func(s *model.SecurityScheme) bool { return s.Type == "mutualTLS" })
	l, err := serve.Listen(m.listen)
	if errors.Is(err, syscall.EADDRINUSE) && m.takesAnyPort {
		busy := m.listen.Address
		m.listen.Address = "127.0.0.1:0"
		if l, err = serve.Listen(m.listen); err == nil {
			fmt.Fprintf(log, "%s is in use, so this is %s\n", busy, l.Address())
		}
	}
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, usageErrorf("stop the program that uses it, or let the system choose a port: --listen 127.0.0.1:0", "%s is in use", m.listen.Address)
	}
	if err != nil {
		return nil, usageErrorf("choose another address, such as --listen 127.0.0.1:8080", "%v", err)
	}
	return l, nil
}

func (m *mockRun) removeReadyFile() error {
	if m.readyFile == "" {
		return nil
	}
	info, err := os.Lstat(m.readyFile)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return ioError(err)
	case !info.Mode().IsRegular():
		return usageErrorf("name a file that can be replaced", "--ready-file %s is not a regular file", m.readyFile)
	}
	return ioError(os.Remove(m.readyFile))
}

// serve answers requests until ctx is done.
func (m *mockRun) serve(ctx context.Context, l *serve.Listener, s *mock.Serving, c *console) error {
	server := s.Server()
	scheme, events := "http", "ws"
	if l.IsSecure() {
		scheme, events = "https", "wss"
	}
	base := l.Address() + server.BasePath()
	warnOfOpenServer(l, c)
	c.note("pages about the API at %s://%s/", scheme, base)
	at, hasEvents := firstPath(server.API())
	listening := "listening on " + scheme + "://" + base + at
	if hasEvents {
		listening += " and " + events + "://" + l.Address() + server.ChannelBasePath() + at
	}
	c.note("%s; press Ctrl-C to stop", listening)
	if m.readyFile != "" {
		if err := serve.WriteReady(m.readyFile, scheme+"://"+base); err != nil {
			return ioError(err)
		}
		defer os.Remove(m.readyFile)
	}
	debug.FreeOSMemory() // of what loading took
	return ioError(l.Serve(ctx, s, c.errw))
}

// warnOfOpenServer warns of a server that other machines can reach.
func warnOfOpenServer(l *serve.Listener, c *console) {
	if l.IsLoopback() {
		return
	}
	var open model.Problems
	open.Warn(value.OpenServer, model.Pos{}, "listen on 127.0.0.1 unless that is what you want", "other machines can reach this server and everything that it holds")
	c.tell(open)
	c.flush()
}

// firstPath returns the path of the first resource, and whether it has events.
func firstPath(api *model.API) (at string, hasEvents bool) {
	for _, r := range api.Resources {
		if len(r.Levels) > 0 {
			return r.Levels[0].Path, len(r.Levels[0].Channels) > 0
		}
	}
	return "", false
}
