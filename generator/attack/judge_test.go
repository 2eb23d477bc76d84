package attack_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// question is a line for a judge, see testdata/templates/judge.py.
type question struct {
	ID       uint64  `json:"id"`
	Language string  `json:"language"`
	A        string  `json:"a"`
	B        []other `json:"b"`
	Exact    bool    `json:"exact"`   // every text arrives as it is
	Lines    bool    `json:"lines"`   // a text may have several lines or paragraphs
	Written  bool    `json:"written"` // what stands around a text may depend on it: quotes
	Spans    bool    `json:"spans"`   // it has code spans that a function makes
}

type other struct {
	Text   string            `json:"text"`
	Values map[string]string `json:"values"`
	Loose  bool              `json:"loose"` // a text of the plain model may be no word
}

// verdict is what a judge finds that differs.
type verdict struct {
	B      int    `json:"b"`
	Reader string `json:"reader"`
	Why    string `json:"why"`
}

// judge is a process that answers questions.
type judge struct {
	name    string
	in      io.WriteCloser
	writing sync.Mutex
	waiting sync.Map // of a channel by ID
	next    atomic.Uint64
	readers sync.Map // whether they are some of its, by name
}

// startJudge starts a command that reads questions and writes verdicts; it ends with the test.
func startJudge(t *testing.T, name string, command ...string) *judge {
	t.Helper()
	process := exec.Command(command[0], command[1:]...)
	process.Dir = "../../testdata/templates"
	var complaints strings.Builder
	process.Stderr = &complaints
	in, err := process.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := process.Start(); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	j := &judge{name: name, in: in}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		j.hear(out)
	}()
	t.Cleanup(func() {
		in.Close()
		<-ended
		if err := process.Wait(); err != nil {
			t.Errorf("%s: %v\n%s", name, err, complaints.String())
		}
	})
	return j
}

// hear hands each answer to who asked. When the judge ends, all who still wait get none.
func (j *judge) hear(out io.Reader) {
	lines := bufio.NewReaderSize(out, 1<<16)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			break
		}
		var answer struct {
			ID       uint64    `json:"id"`
			Readers  []string  `json:"readers"` // that were asked
			Verdicts []verdict `json:"verdicts"`
		}
		if json.Unmarshal(line, &answer) != nil {
			break
		}
		for _, reader := range answer.Readers {
			j.readers.Store(j.name+", "+reader, true)
		}
		if to, ok := j.waiting.LoadAndDelete(answer.ID); ok {
			to.(chan []verdict) <- answer.Verdicts
		}
	}
	j.waiting.Range(func(id, to any) bool {
		j.waiting.Delete(id)
		close(to.(chan []verdict))
		return true
	})
}

// ask returns what the judge says of the question.
func (j *judge) ask(q question) ([]verdict, error) {
	q.ID = j.next.Add(1)
	to := make(chan []verdict, 1)
	j.waiting.Store(q.ID, to)
	line, err := json.Marshal(q)
	if err != nil {
		return nil, err
	}
	j.writing.Lock()
	_, err = j.in.Write(append(line, '\n'))
	j.writing.Unlock()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", j.name, err)
	}
	verdicts, ok := <-to
	if !ok {
		return nil, fmt.Errorf("%s ended at: %s", j.name, line)
	}
	for i := range verdicts {
		verdicts[i].Reader = j.name + ", " + verdicts[i].Reader
	}
	return verdicts, nil
}

// bench is the judges of one language: of each kind as many as there are processors.
type bench struct {
	kinds [][]*judge
	turn  atomic.Uint64
	found sync.Map // whether they have found something, by the names of readers
}

// judgesOf starts those of a language.
func judgesOf(t *testing.T, language string) *bench {
	python := []string{*pythonPath}
	if language == "Python" && *newestPath != "" {
		python = append(python, *newestPath)
	}
	b := &bench{}
	add := func(name string, command ...string) {
		var same []*judge
		for range runtime.GOMAXPROCS(0) {
			same = append(same, startJudge(t, name, command...))
		}
		b.kinds = append(b.kinds, same)
	}
	if language != "HTML" && language != "TypeScript" {
		for _, path := range python {
			add(path, path, "judge.py")
		}
	}
	if language == "Markdown" || language == "HTML" || language == "TypeScript" {
		add("node", "node", "judge.mjs")
	}
	return b
}

func (b *bench) ask(q question) ([]verdict, error) {
	var all []verdict
	turn := b.turn.Add(1)
	for _, same := range b.kinds {
		verdicts, err := same[turn%uint64(len(same))].ask(q)
		if err != nil {
			return nil, err
		}
		for _, v := range verdicts {
			b.found.Store(v.Reader, true)
		}
		all = append(all, verdicts...)
	}
	return all, nil
}

// blind returns the readers that were asked and have found nothing.
func (b *bench) blind() []string {
	names := map[string]bool{}
	for _, same := range b.kinds {
		for _, j := range same {
			j.readers.Range(func(name, _ any) bool {
				if _, hasFound := b.found.Load(name); !hasFound {
					names[name.(string)] = true
				}
				return true
			})
		}
	}
	return slices.Sorted(maps.Keys(names))
}
