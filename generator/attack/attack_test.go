// Package attack tries whether a value can break out of its place in a template. It makes random templates of each language, right ones and wrong ones, and
// renders each that opens with a model of plain words and with models whose texts mean something to some language. Readers
// that are not firestone's compare the two: a text of a model changes nothing of a file but itself.
package attack_test

import (
	"flag"
	"strings"
	"testing"

	"github.com/firestoned/firestone/generator/escape"
)

var (
	attacks    = flag.Uint64("attacks", 0, "how many random templates of each language are tried; 0 for few, without the readers")
	firstSeed  = flag.Uint64("seed", 1, "the seed of the first template")
	only       = flag.String("language", "", "the only language to try")
	refusals   = flag.Bool("refusals", false, "print what is refused though the file would be well-formed with plain words, the most frequent first, each with a short template")
	mostFaults = flag.Int("faults", 3, "how many templates are shown that a text breaks out of")
	pythonPath = flag.String("python", "python3", "the Python that runs judge.py, with the packages of its requirements.txt")
	newestPath = flag.String("newest-python", "", "another Python, which reads Python too; none where empty")
)

// TestAttacks tries -attacks templates of each language.
func TestAttacks(t *testing.T) {
	if *attacks == 0 {
		t.Skip("make attacks runs it, with the readers")
	}
	for _, of := range known(t) {
		t.Run(of.language, func(t *testing.T) {
			c := &campaign{dialect: of, corpus: corpusOf(t, of.suffix), bench: judgesOf(t, of.language), render: rendered}
			c.run(*firstSeed, *attacks)
			c.report(t)
		})
	}
}

// TestPlantedBreakouts guards that the readers see: where values are written as they are, each of them finds that soon.
func TestPlantedBreakouts(t *testing.T) {
	if *attacks == 0 {
		t.Skip("make attacks runs it, with the readers")
	}
	for _, of := range known(t) {
		t.Run(of.language, func(t *testing.T) {
			c := &campaign{dialect: of, corpus: corpusOf(t, of.suffix), bench: judgesOf(t, of.language), render: unescaped}
			const step, most = 100, 1000
			for first := uint64(1); first < most && (first == 1 || len(c.bench.blind()) > 0); first += step {
				c.run(first, step)
			}
			if c.failure.Load() != nil {
				t.Fatal(*c.failure.Load())
			}
			for _, reader := range c.bench.blind() {
				t.Errorf("values are written as they are, and %s does not find that in %d templates", reader, most)
			}
			if len(c.faults) == 0 {
				t.Error("values are written as they are, and nobody finds that")
			}
		})
	}
}

// TestTemplatesOpen tries a few templates without the readers: enough of them open for attacks to say something, and none
// makes anything fail in another way than by problems.
func TestTemplatesOpen(t *testing.T) {
	const made = 300
	for _, of := range known(t) {
		c := &campaign{dialect: of, corpus: corpusOf(t, of.suffix), render: rendered}
		c.run(1, made)
		if c.failure.Load() != nil {
			t.Fatal(*c.failure.Load())
		}
		for _, f := range c.faults {
			t.Errorf("%s: %s\n%s", of.language, f.why, f.of)
		}
		if c.compared*8 < made {
			t.Errorf("%s: of %d templates %d open, and %d of them are rendered", of.language, made, c.opened, c.compared)
		}
	}
}

// known returns the dialects that package escape knows.
func known(t *testing.T) []dialect {
	var found []dialect
	for _, of := range dialects {
		if escape.LanguageOf("x."+of.suffix) == escape.Language(of.language) && (*only == "" || strings.EqualFold(*only, of.language)) {
			found = append(found, of)
		}
	}
	if len(found) == 0 {
		t.Fatalf("no language %q", *only)
	}
	return found
}
