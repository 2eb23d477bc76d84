package value

import "testing"

// Problems are told by file, line and column, each once.
func TestProblemsAreToldOnce(t *testing.T) {
	var problems Problems
	for _, pos := range []Pos{{"b.yaml", 1, 1}, {"a.yaml", 10, 1}, {"a.yaml", 2, 3}, {"a.yaml", 2, 1}, {"a.yaml", 10, 1}} {
		problems.Add(pos, "", "wrong")
	}
	problems.Warn(Pos{"a.yaml", 2, 1}, "mend it", "odd")
	want := `a.yaml:2:1: warning: odd
  hint: mend it
a.yaml:2:1: wrong
a.yaml:2:3: wrong
a.yaml:10:1: wrong
b.yaml:1:1: wrong`
	if got := problems.Error(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := (Problem{Pos: Pos{File: "a.yaml"}, Msg: "there is no such file"}).Error(); got != "a.yaml: there is no such file" {
		t.Errorf("a problem without a line is told as %q", got)
	}
	if len(problems) != 6 || problems[0].Pos.File != "b.yaml" {
		t.Error("telling the problems changed them")
	}
}
