package command

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/firestoned/firestone/mock"
	"github.com/firestoned/firestone/mock/serve"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
	"github.com/firestoned/firestone/reach"
)

// mockRun is what the verb that serves an API is told.
type mockRun struct {
	flags
	listen    serve.Options
	options   mock.Options
	tokens    []string
	now       string
	load      string
	certFile  string
	keyFile   string
	readyFile string
	requests  string // the file that exchanges are appended to
	faults    bool
	latency   string
	fail      string

	takesAnyPort bool                                                 // where the address is in use
	served       func(ctx context.Context, s *servedAPI, base string) // is told of each API that is served, if it is not nil
}

// newMock returns the verb that serves the API.
func newMock(c *console) *cobra.Command {
	m := &mockRun{}
	cmd := &cobra.Command{
		Use:   "mock [RESOURCE...]",
		Short: "Serve the defined API, REST and events over one state",
		Long: `Serve the API of the definitions until Ctrl-C: REST as the OpenAPI document says, events as the
AsyncAPI document says, over one state. Without a RESOURCE, serve what firestone.yaml lists.`,
		Example:     "  firestone mock book.yaml\n  firestone mock --seed 20 --token secret=read,write resources/",
		Args:        cobra.ArbitraryArgs,
		Annotations: printsNoData,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := m.check(cmd, args); err != nil {
				return err
			}
			return m.run(c)
		},
	}
	cmd.Flags().SortFlags = false
	m.bind(cmd.Flags())
	cmd.Flags().BoolP("help", "h", false, "print this help")
	completeValues(cmd)
	return cmd
}

// bind defines the flags.
func (m *mockRun) bind(flags *pflag.FlagSet) {
	flags.StringVar(&m.listen.Address, "listen", "127.0.0.1:8080", "listen on `HOST:PORT`; port 0 is any free one")
	flags.StringVar(&m.readyFile, "ready-file", "", "write the base URL to `FILE` once the server listens")
	flags.StringVar(&m.certFile, "tls-cert", "", "use TLS with the certificate in `FILE` (PEM)")
	flags.StringVar(&m.keyFile, "tls-key", "", "use TLS with the private key in `FILE` (PEM)")
	flags.StringArrayVar(&m.tokens, "token", nil, "accept only `TOKEN[=SCOPE,...]` as credentials; repeatable")
	flags.StringArrayVar(&m.options.Origins, "allow-origin", nil, "also let pages of `ORIGIN` use the server; repeatable")
	flags.StringArrayVar(&m.options.Hosts, "host", nil, "answer requests for the host `NAME` too; repeatable")
	flags.StringVar(&m.options.Prefix, "prefix", "", "serve all paths below `PATH`, such as /api")
	flags.BoolVar(&m.options.Strict, "strict-requests", false, "refuse unknown query parameters and read-only properties")
	flags.StringVar(&m.requests, "requests", "", "append each request and its status to `FILE`, as a line of JSON")
	flags.StringVar(&m.options.Data, "data", "", "keep the state in `FILE`")
	flags.StringVar(&m.load, "load", "", "begin with the records in `FILE` (JSON or YAML: resource to list)")
	flags.IntVar(&m.options.Seed, "seed", 0, "begin with `N` examples of each resource")
	flags.Uint64Var(&m.options.Random, "random", 0, "make keys from `N`: the same requests give the same keys")
	flags.StringVar(&m.now, "now", "", "stop the clock at `TIME`, such as 2026-11-01T12:00:00Z")
	flags.BoolVar(&m.faults, "faults", false, "let clients request faults: Prefer: code=503, body=broken")
	flags.StringVar(&m.latency, "latency", "", "with --faults, answer late by `TIME`: 200ms, or 50ms..200ms")
	flags.StringVar(&m.fail, "fail", "", "with --faults, refuse a `SHARE` of requests with 503, such as 5%")
	flags.BoolVar(&m.watch, "watch", false, "serve the definitions as they change, over the same state")
	m.bindDefinitions(flags)
}

// completeValues offers nothing where no file is meant.
func completeValues(cmd *cobra.Command) {
	for _, flag := range []string{"listen", "token", "allow-origin", "host", "prefix", "seed", "random", "now", "latency", "fail"} {
		completeFlag(cmd, flag, cobra.NoFileCompletions)
	}
}

// check rejects errors in the command line itself.
func (m *mockRun) check(cmd *cobra.Command, arguments []string) error {
	if err := m.accept(cmd, arguments); err != nil {
		return err
	}
	for _, flag := range []string{"listen", "ready-file", "tls-cert", "tls-key", "requests", "data", "load", "now", "latency", "fail"} {
		if cmd.Flags().Changed(flag) && strings.TrimSpace(cmd.Flag(flag).Value.String()) == "" {
			return usageErrorf("omit the flag to use the default", "--%s is empty", flag)
		}
	}
	for _, flag := range []string{"tls-cert", "tls-key", "requests", "data", "load"} {
		if cmd.Flags().Changed(flag) && isFolder(cmd.Flag(flag).Value.String()) {
			return usageErrorf("name a file", "--%s %s is a folder", flag, cmd.Flag(flag).Value)
		}
	}
	if (m.certFile == "") != (m.keyFile == "") {
		return usageErrorf("write both --tls-cert FILE and --tls-key FILE", "TLS needs a certificate and its key")
	}
	if m.options.Seed < 0 {
		return usageErrorf("write a number from 0, such as --seed 20", "--seed %d is not a number of examples", m.options.Seed)
	}
	for _, text := range m.tokens {
		token := tokenOf(text)
		if token.Text == "" {
			return usageErrorf("write --token TOKEN, or --token TOKEN=SCOPE,SCOPE", "--token %q has no token", text)
		}
		m.options.Tokens = append(m.options.Tokens, token)
	}
	if err := m.readFaults(); err != nil {
		return err
	}
	if m.now == "" {
		return nil
	}
	now, err := time.Parse(time.RFC3339, m.now)
	if err != nil {
		return usageErrorf("write it as in --now 2026-11-01T12:00:00Z", "--now %q is not a date and time", m.now)
	}
	m.options.Now = now
	return nil
}

// readFaults reads the faults to simulate.
func (m *mockRun) readFaults() error {
	if !m.faults {
		for _, flag := range []string{"latency", "fail"} {
			if m.cmd.Flags().Changed(flag) {
				return usageErrorf("write --faults too", "--%s needs --faults, so that nothing goes wrong by mistake", flag)
			}
		}
		return nil
	}
	f := &mock.Faults{}
	m.options.Faults = f
	if m.latency != "" {
		from, to, isRange := strings.Cut(m.latency, "..")
		var err, err2 error
		f.MinLatency, err = time.ParseDuration(from)
		f.MaxLatency = f.MinLatency
		if isRange {
			f.MaxLatency, err2 = time.ParseDuration(to)
		}
		if err != nil || err2 != nil || f.MinLatency < 0 || f.MaxLatency < f.MinLatency || f.MaxLatency > mock.MaxDelay {
			return usageErrorf(fmt.Sprintf("write a time, or two of them with the shorter one first, up to %v: --latency 200ms, --latency 50ms..200ms", mock.MaxDelay), "--latency %q is not a time", m.latency)
		}
	}
	if m.fail != "" {
		percent, err := strconv.ParseFloat(strings.TrimSuffix(m.fail, "%"), 64)
		if err != nil || !strings.HasSuffix(m.fail, "%") || !(percent >= 0 && percent <= 100) {
			return usageErrorf("write a number of percent, such as --fail 5%", "--fail %q is not a share", m.fail)
		}
		f.Fail = percent / 100
	}
	return nil
}

// tokenOf reads TOKEN[=SCOPE,...]. A token may end in = (RFC 6750, section 2.1).
func tokenOf(text string) mock.Token {
	at := strings.LastIndexByte(text, '=')
	if at < 0 || at == len(text)-1 {
		return mock.Token{Text: text}
	}
	return mock.Token{Text: text[:at], Scopes: strings.Split(text[at+1:], ","), HasScopes: true}
}

// readRecords reads the records to begin with.
func (m *mockRun) readRecords() error {
	if m.load == "" {
		return nil
	}
	data, err := reach.ReadNamed(m.load, reach.MaxInput)
	if errors.Is(err, fs.ErrNotExist) {
		return usageErrorf("name a file of JSON or YAML", "no such file: %s", m.load)
	}
	if err != nil {
		return readError(err, model.Pos{File: m.load})
	}
	var problems model.Problems
	documents := value.ParseInput(m.load, data, &problems)
	if len(documents) != 1 && !problems.HasErrors() {
		problems.Add(value.SeveralDocuments, model.Pos{File: m.load, Line: 1, Col: 1}, "write one object: the name of a resource, and the list of its records", "the file has %d documents", len(documents))
	}
	if problems.HasErrors() {
		return problems
	}
	m.options.Load = documents[0]
	return nil
}

// openRequests opens the file that exchanges are appended to. It returns nil where none is wanted.
func (m *mockRun) openRequests() (*os.File, error) {
	if m.requests == "" {
		return nil, nil
	}
	file, err := os.OpenFile(m.requests, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	return file, ioError(err)
}
