//go:build unix

package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// A bench measures one firestone binary, with its inputs and outputs in a folder.
type bench struct {
	firestone string
	folder    string
	quick     bool
	peers     []*peer
	check     func(document string, resources int) error // checkApart
}

// runs is how often a task is measured that needs that many runs for a reliable figure.
func (b bench) runs(good int) int {
	if b.quick {
		return 1
	}
	return good
}

// A result is the measurement of a row.
type result struct {
	row
	ours   sample
	peers  []peerResult // in the order of the peers; empty if they have nothing comparable
	slower float64      // how much slower than nominal the machine was
}

// A report holds all measurements.
type report struct {
	quick   bool
	peers   []*peer
	results []result
	mock    mockResult
}

// measureRows measures the rows and prints each result.
func (b bench) measureRows(rows []row, out terminal) ([]result, error) {
	if len(rows) > 0 {
		out.head()
	}
	var all []result
	for _, r := range rows {
		var measured result
		slower, err := slowerDuring(func() (err error) {
			measured, err = b.measureRow(r)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", r.name(), err)
		}
		measured.slower = slower
		out.result(measured)
		all = append(all, measured)
	}
	return all, nil
}

func (b bench) measureRow(r row) (result, error) {
	c, err := b.command(r.task)
	if err != nil {
		return result{}, err
	}
	measured := result{row: r}
	if measured.ours, err = c.measure(b.runs(r.runs)); err != nil {
		return result{}, err
	}
	if err := b.checkOurs(r.task); err != nil {
		return result{}, err
	}
	measured.peers, err = b.measurePeers(r.task)
	return measured, err
}

// checkOurs applies to firestone the same check as to its peers.
func (b bench) checkOurs(t task) error {
	if t.output != openapi {
		return nil
	}
	document := b.inputs(openapi, t.resources) + ".yaml"
	c := command{program: b.firestone, arguments: []string{"-t", openapi, "-o", document, b.inputs("definitions", t.resources)}}
	if _, err := c.run(0); err != nil {
		return err
	}
	return b.check(document, t.resources)
}

// command returns the command of a task, on definitions that it writes.
func (b bench) command(t task) (command, error) {
	run := func(before func() error, arguments ...string) command {
		return command{program: b.firestone, arguments: arguments, before: before}
	}
	switch t.output {
	case bare:
		return run(nil, "version"), nil
	case allFour:
		p, err := newProject(b.inputs("project", t.resources), t.resources)
		return run(p.prepare(t.before), "--config", p.config()), err
	}
	resources := b.inputs("definitions", t.resources)
	if _, err := definitions(resources, t.resources); err != nil {
		return command{}, err
	}
	if t.output == cli || t.output == web { // which have enough files that writing them takes time
		written := b.inputs(t.output, t.resources)
		return run(func() error { return os.RemoveAll(written) }, "-t", t.output, "-o", written+"/", resources), nil
	}
	return run(nil, "-t", t.output, resources), nil
}

// inputs returns the path of a folder for inputs with the given number of resources.
func (b bench) inputs(name string, resources int) string {
	return filepath.Join(b.folder, fmt.Sprintf("%s-%d", name, resources))
}

// prepare returns what to do before each run; nil for nothing.
func (p project) prepare(before string) func() error {
	switch before {
	case absent:
		return p.clean
	case changed:
		return func() error { return comment(p.files[0]) }
	}
	return nil
}
