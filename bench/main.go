//go:build unix

// Command bench measures firestone against its limits and other generators. It runs whole processes, from start to exit as
// users experience them, on the same resources, and prints the medians.
//
//	go run ./bench [-quick] [-only TEXT] [-python PROGRAM] [-node FOLDER] [-write PAGE] FIRESTONE
//
// Finally, it puts the mock under load. With -only, it measures the rows whose names contain the text; with -quick, it
// runs everything once, for a first impression, and ignores the limits. With -write, it writes the tables into a page,
// between two markers.
//
// A time limit is for a machine of a certain speed: the column "machine" says how much slower this one is at the time
// of the row, and the limit is multiplied by that. Exit status 1 means that a limit is exceeded by more than noise.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
)

// options are the command line options.
type options struct {
	firestone string
	quick     bool
	only      string
	python    string
	node      string
	page      string
}

func main() {
	if isPart, err := runPart(os.Args[1:]); isPart {
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	o, err := readOptions(os.Args[1:])
	if err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, "bench:", err)
		}
		os.Exit(2)
	}
	broken, err := run(o)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	for _, limit := range broken {
		fmt.Println("broken:", limit)
	}
	if len(broken) > 0 {
		os.Exit(1)
	}
}

func readOptions(args []string) (options, error) {
	var o options
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.BoolVar(&o.quick, "quick", false, "run everything once, and ignore the limits")
	flags.StringVar(&o.only, "only", "", "measure only the rows with `TEXT` in their names")
	flags.StringVar(&o.python, "python", "", "the `PROGRAM` of the Python firestone, for comparison")
	flags.StringVar(&o.node, "node", "", "the `FOLDER` whose node_modules contain TypeSpec and Redocly, for comparison")
	flags.StringVar(&o.page, "write", "", "write the tables into the `PAGE`, between its markers")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if flags.NArg() != 1 {
		return o, errors.New("give one FIRESTONE, the program to measure")
	}
	o.firestone = flags.Arg(0)
	if o.page == "" {
		return o, nil
	}
	if o.only != "" || o.python == "" || o.node == "" {
		return o, errors.New("-write needs -python and -node, and all rows")
	}
	_, _, err := splitPage(o.page) // now rather than after all the work
	return o, err
}

// run makes the requested measurements and returns the limits that are exceeded.
func run(o options) (broken []string, err error) {
	folder, err := os.MkdirTemp("", "firestone-bench-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	b := bench{firestone: o.firestone, folder: folder, quick: o.quick, check: checkApart}
	if b.peers, err = o.peers(); err != nil {
		return nil, err
	}
	rows, withMock := rowsNamed(o.only), strings.Contains("mock", o.only)
	if len(rows) == 0 && !withMock {
		return nil, fmt.Errorf("no row has %q in its name", o.only)
	}
	out := terminal{os.Stdout}
	r := report{quick: o.quick, peers: b.peers}
	if r.results, err = b.measureRows(rows, out); err != nil {
		return nil, err
	}
	if withMock {
		if r.mock, err = b.measureMock(out); err != nil {
			return nil, err
		}
	}
	if o.page != "" {
		if err := writePage(o.page, r); err != nil {
			return nil, err
		}
	}
	if o.quick {
		return nil, nil
	}
	return append(brokenLimits(r.results), brokenMock(r.mock)...), nil
}

// peers returns the programs to compare firestone with.
func (o options) peers() ([]*peer, error) {
	var all []*peer
	if o.python != "" {
		p, err := python(o.python)
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	if o.node != "" {
		n, err := findNode(o.node)
		if err != nil {
			return nil, err
		}
		for _, known := range []func(node) (*peer, error){typeSpec, redocly} {
			p, err := known(n)
			if err != nil {
				return nil, err
			}
			all = append(all, p)
		}
	}
	return all, nil
}
