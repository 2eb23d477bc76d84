package value

import "testing"

// Problems are told by file, line and column, each once.
func TestProblemsAreToldOnce(t *testing.T) {
	var problems Problems
	for _, pos := range []Pos{{"b.yaml", 1, 1}, {"a.yaml", 10, 1}, {"a.yaml", 2, 3}, {"a.yaml", 2, 1}, {"a.yaml", 10, 1}} {
		problems.Add(UnknownKey, pos, "", "wrong")
	}
	problems.Warn(UnknownValue, Pos{"a.yaml", 2, 1}, "mend it", "odd")
	want := `a.yaml:2:1: warning: odd [FS2004]
  hint: mend it
a.yaml:2:1: wrong [FS2001]
a.yaml:2:3: wrong [FS2001]
a.yaml:10:1: wrong [FS2001]
b.yaml:1:1: wrong [FS2001]`
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

// What is merely missing can wait until there are no errors.
func TestMissingDescriptionsAreNotToldBesideErrors(t *testing.T) {
	var problems Problems
	problems.Warn(MissingDescription, Pos{"a.yaml", 1, 1}, "", "no contact")
	problems.Warn(UnknownValue, Pos{"a.yaml", 2, 1}, "", "odd")
	if got := len(problems.Sorted()); got != 2 {
		t.Errorf("%d of two warnings are told", got)
	}
	problems.Add(UnknownKey, Pos{"a.yaml", 3, 1}, "", "wrong")
	if got := problems.Sorted(); len(got) != 2 || got[0].Code != UnknownValue {
		t.Errorf("beside an error, this is told:\n%v", got)
	}
	problems = Problems{{Code: MissingDescription, Msg: "no contact"}} // of --strict
	if got := len(problems.Sorted()); got != 1 {
		t.Errorf("an error is not told")
	}
}

// Of the warnings about one topic in one file there is one, at the first place.
func TestProblemsAreGathered(t *testing.T) {
	var problems Problems
	add := func(file string, line int, topic, msg string) {
		problems = append(problems, Problem{Pos: Pos{file, line, 1}, Warning: true, Msg: msg, Topic: topic})
	}
	add("b.json", 3, "default", "third")
	add("b.json", 1, "default", "first")
	add("b.json", 2, "default", "second")
	add("b.json", 2, "default", "second")
	add("b.json", 2, "pattern", "alone")
	add("a.json", 5, "default", "other file")
	add("a.json", 6, "", "no topic")
	add("a.json", 7, "", "no topic")
	want := `a.json:5:1: warning: other file
a.json:6:1: warning: no topic
a.json:7:1: warning: no topic
b.json:1:1: warning: first (and 2 more of "default" in this file)
b.json:2:1: warning: alone`
	if got := problems.Gathered().Error(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// What is added to a hint stands before the lines of a file that are below it.
func TestAddHint(t *testing.T) {
	for hint, want := range map[string]string{"": "more", "mend it": "mend it; more", "mend it\n  a.yaml:\n    1 | x": "mend it; more\n  a.yaml:\n    1 | x"} {
		p := Problem{Hint: hint}
		if p.AddHint("more"); p.Hint != want {
			t.Errorf("%q: got %q", hint, p.Hint)
		}
	}
}
