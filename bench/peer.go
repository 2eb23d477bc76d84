//go:build unix

package main

import (
	"errors"
	"fmt"
	"time"
)

// A peer is another program that generates an OpenAPI document for the same resources.
type peer struct {
	name    string
	version string
	start   command // does nothing else: the bare process
	// prepare writes the inputs for the given number of resources into a folder and returns the command that generates
	// a document.
	prepare func(folder string, resources int) (c command, document string, err error)
	tooSlow bool // for the last number of resources, and so for any larger one
}

// The peers, in display order.
const (
	pythonFirestone = "Python firestone"
	typeSpecName    = "TypeSpec"
	redoclyName     = "Redocly"
)

var peerNames = []string{pythonFirestone, typeSpecName, redoclyName}

// A peerResult is the measurement of a peer, or tooLong if a single run exceeded the time limit.
type peerResult struct {
	name    string
	sample  sample
	tooLong bool
}

// ratio returns how much longer the peer took than firestone.
func (r peerResult) ratio(ours sample) string {
	times := float64(r.sample.wall.median) / float64(ours.wall.median)
	if times < 10 {
		return fmt.Sprintf("%.1fx", times)
	}
	return fmt.Sprintf("%.0fx", times)
}

// Limits on the time spent on a peer, which may be a hundred times slower than firestone.
const (
	peerRuns     = 5
	maxPeerRun   = time.Minute      // for one run; a longer one is stopped
	maxPeerTotal = 20 * time.Second // for all runs of one size
)

// measurePeers measures each peer that can do what the task does.
func (b bench) measurePeers(t task) ([]peerResult, error) {
	if !t.hasPeers() {
		return nil, nil
	}
	var all []peerResult
	for _, p := range b.peers {
		r, err := b.measurePeer(p, t)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.name, err)
		}
		all = append(all, r)
	}
	return all, nil
}

func (b bench) measurePeer(p *peer, t task) (peerResult, error) {
	r := peerResult{name: p.name, tooLong: p.tooSlow}
	if t.output == bare {
		var err error
		r.sample, err = p.start.measure(b.runs(peerRuns))
		return r, err
	}
	if p.tooSlow {
		return r, nil
	}
	c, document, err := p.prepare(b.inputs(p.name, t.resources), t.resources)
	if err != nil {
		return r, err
	}
	first, err := c.run(maxPeerRun)
	if errors.Is(err, errTooLong) {
		p.tooSlow, r.tooLong = true, true
		return r, nil
	}
	if err != nil {
		return r, err
	}
	if err := b.check(document, t.resources); err != nil {
		return r, err
	}
	runs := min(b.runs(peerRuns), int(maxPeerTotal/first.wall))
	if runs <= 1 { // warming the disk caches is a small part of it
		r.sample = sampleOf([]figures{first})
		return r, nil
	}
	r.sample, err = c.measure(runs)
	return r, err
}
