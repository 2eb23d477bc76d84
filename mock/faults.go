package mock

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Faults are injected in addition to those that clients request with the header Prefer. The zero Faults injects only
// the requested ones.
type Faults struct {
	MinLatency, MaxLatency time.Duration // each response is delayed by a duration between them
	Fail                   float64       // the share of requests that are refused with 503, from 0 to 1
}

// check returns what is wrong with the faults.
func (f *Faults) check() error {
	switch {
	case f == nil:
		return nil
	case f.MinLatency < 0 || f.MaxLatency < f.MinLatency || f.MaxLatency > MaxDelay:
		return fmt.Errorf("the latency of %v to %v is not between 0 and %v", f.MinLatency, f.MaxLatency, MaxDelay)
	case !(f.Fail >= 0 && f.Fail <= 1):
		return fmt.Errorf("the share of %v is not between 0 and 1", f.Fail)
	}
	return nil
}

// MaxDelay is the maximum delay of a response.
const MaxDelay = 10 * time.Minute

// dice decide which faults to inject: the same for the same sequence of requests.
type dice struct {
	Faults
	mutex sync.Mutex
	from  *rand.Rand
}

func newDice(options *Options) *dice {
	if options.Faults == nil {
		return nil
	}
	return &dice{Faults: *options.Faults, from: rand.New(rand.NewPCG(options.Random, 0))}
}

// throw returns the delay of the next response, and whether it fails.
func (d *dice) throw() (late time.Duration, fails bool) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	late = d.MinLatency
	if wide := d.MaxLatency - d.MinLatency; wide > 0 {
		late += time.Duration(d.from.Int64N(int64(wide) + 1))
	}
	return late, d.Fail > 0 && d.from.Float64() < d.Fail
}

// spoil injects faults into an exchange. If it returns a problem, that is the response, and the request has no effect.
func (x *exchange) spoil() *problem {
	preferences := preferencesOf(x.request)
	d := x.server.dice
	if d == nil {
		isOurs := func(p preference) bool {
			ours, _ := new(requestedFaults).read(p)
			return ours
		}
		if slices.ContainsFunc(preferences, isOurs) {
			x.notes = append(x.notes, "Prefer is ignored without --faults")
		}
		return nil
	}
	late, fails := d.throw()
	w := &requestedFaults{delay: late}
	if fails {
		w.status, w.reason = http.StatusServiceUnavailable, "This request was picked to fail (--fail)."
	}
	var applied []string
	for _, p := range preferences {
		isOurs, expected := w.read(p)
		if !isOurs {
			continue
		}
		if expected != "" {
			return &problem{status: http.StatusBadRequest, detail: fmt.Sprintf("The preference %s must be %s, not %q.", p.name, expected, p.text)}
		}
		applied = append(applied, p.name+"="+p.text)
	}
	if len(applied) > 0 {
		x.writer.Header().Set("Preference-Applied", strings.Join(applied, ", "))
	}
	x.delay, x.isBroken = w.delay, w.isBroken
	if w.status == 0 {
		return nil
	}
	failure := &problem{status: w.status, detail: w.reason, header: http.Header{}}
	if w.status == http.StatusTooManyRequests || w.status == http.StatusServiceUnavailable || w.retryAfter != "" {
		failure.header.Set("Retry-After", cmp.Or(w.retryAfter, "1"))
	}
	return failure
}

// requestedFaults holds the faults that a client requests.
type requestedFaults struct {
	status     int    // 0 for the regular one
	reason     string // for the status
	delay      time.Duration
	isBroken   bool
	retryAfter string // seconds
}

// read parses a preference. It reports whether the preference is one of ours, and returns the expected format if its
// value is not valid.
func (w *requestedFaults) read(p preference) (isOurs bool, expected string) {
	switch p.name {
	case "code":
		status, err := strconv.Atoi(p.text)
		if err != nil || status < 400 || status > 599 {
			return true, "a status from 400 to 599"
		}
		w.status, w.reason = status, "This failure was requested (Prefer: code="+p.text+")."
	case "delay":
		seconds, err := strconv.ParseFloat(p.text, 64)
		if err != nil || !(seconds >= 0 && seconds <= MaxDelay.Seconds()) {
			return true, fmt.Sprintf("a number of seconds from 0 to %v", MaxDelay.Seconds())
		}
		w.delay = time.Duration(seconds * float64(time.Second))
	case "body":
		if p.text != "broken" {
			return true, "broken"
		}
		w.isBroken = true
	case "retry-after":
		if _, err := strconv.ParseUint(p.text, 10, 31); err != nil {
			return true, "a number of seconds"
		}
		w.retryAfter = p.text
	default:
		return false, ""
	}
	return true, ""
}

// preference is an item of the header Prefer (RFC 7240, section 2).
type preference struct{ name, text string }

// preferencesOf returns the preferences of a request. The first one of each name wins.
func preferencesOf(r *http.Request) []preference {
	var all []preference
	for part := range strings.SplitSeq(strings.Join(r.Header.Values("Prefer"), ","), ",") {
		part, _, _ = strings.Cut(part, ";")
		name, text, _ := strings.Cut(part, "=")
		p := preference{strings.ToLower(strings.TrimSpace(name)), strings.Trim(strings.TrimSpace(text), `"`)}
		if p.name != "" && !slices.ContainsFunc(all, func(other preference) bool { return other.name == p.name }) {
			all = append(all, p)
		}
	}
	return all
}

// await returns after the delay of the response, or when the client or the server is gone.
func (x *exchange) await() {
	if x.delay == 0 {
		return
	}
	select {
	case <-time.After(x.delay):
	case <-x.request.Context().Done():
	case <-x.server.hub.stop:
	}
}
