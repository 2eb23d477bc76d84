package schema_test

import (
	"testing"
	"time"

	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/validate"
)

func TestPattern(t *testing.T) {
	for _, text := range []string{
		``, `^\d{5}$`, `(?<!x)y$`, `^(?<area>\d{3})-\k<area>$`, `^\p{L}+$`, `[\-\]]`, `\p{Script=Greek}`, `[^]`, `[]`,
		`^(?=.*\d)(?=.*[a-z]).{8,}$`, `^\{\{[a-z]+\}\}$`, `\u{1F600}`, `^[^\\/]*$`, `^[äöü]+$`, `(a|b)\1`, `a{2,}?`, `[{}]`,
	} {
		if got, err := schema.Pattern(text); err != nil || got != text {
			t.Errorf("%s: %s, %v", text, got, err)
		}
	}
	for _, text := range []string{
		`[`, `(`, `)`, `*a`, `a++`, `\p{Foo}`, `\Aabc\Z`, `(?i)a`, `(?P<x>a)`, `(?>a)`, `(?#c)`, `(?'n'x)`, `a{2,1}`, `\`, `\h`, `[z-a]`,
		`\a`, `\z`, `\A`, `\Z`, `[\A]`, `\pL`, `\x{41}`, `(?<n>a)\k`, `(?<n>a)[\k]`, `(?(1)a|b)`, `(?<1a>x)`, `{2}`, `(?<=a)*`,
		`(?i:a)`, `[a--]`, `[\w-z-a`, `(?=a`,
	} {
		if got, err := schema.Pattern(text); err == nil {
			t.Errorf("%s is taken as %s", text, got)
		}
	}
}

// What only engines without the flag u read means the same to one with it; the texts are those that match, and those that
// do not. The expectations are what V8 answers.
func TestPatternPutRight(t *testing.T) {
	for _, c := range []struct {
		written, strict string
		matches, others []string
	}{
		// Hyphens beside a set.
		{`^[\w-\.]+$`, `^[\w\-\.]+$`, []string{"a-b.c", "_"}, []string{"a+b", "a,b"}},
		{`^[\w-.]+@[\w-]+$`, `^[\w\-.]+@[\w-]+$`, []string{"a-b.c@x-y"}, []string{"a@b.c"}},
		{`^[a-\d]$`, `^[a\-\d]$`, []string{"a", "-", "5"}, []string{"b"}},
		{`^[\d-x]$`, `^[\d\-x]$`, []string{"5", "-", "x"}, []string{"w"}},
		{`^[\w-\s]$`, `^[\w\-\s]$`, []string{"a", "-", " "}, []string{"."}},
		{`^[\w-a-z]$`, `^[\w\-a\-z]$`, []string{"b", "-"}, []string{"."}},
		{`^[-\d-+--]$`, `^[\-\d\-+\-\-]$`, []string{"-", "7", "+"}, []string{",", "."}},
		{`^[+--\d-\p{L}]$`, `^[+-\-\d\-\p{L}]$`, []string{"é", ",", "-", "4"}, []string{"."}},
		{`^[^\w-.]$`, `^[^\w\-.]$`, []string{"+"}, []string{"a", "-", "."}},
		// Characters that need no backslash, and brackets that need one.
		{`^\w+\-\w+\@x$`, `^\w+-\w+@x$`, []string{"a-b@x"}, []string{"ab@x"}},
		{`^[\@\-\_]$`, `^[@\-_]$`, []string{"@", "-", "_"}, []string{"A"}},
		{`^\"\/\_\ä\ \&$`, `^"\/_ä &$`, []string{`"/_ä &`}, []string{`\"/_ä &`}},
		{`{{x}}`, `\{\{x\}\}`, []string{"{{x}}"}, []string{"{x}"}},
		{`^a{,3}]$`, `^a\{,3\}\]$`, []string{"a{,3}]"}, []string{"aa]"}},
		{`^[[:alpha:]]$`, `^[[:alpha:]\]$`, []string{"a]"}, []string{"a"}},
		{`^\F\j[\B]$`, `^Fj[B]$`, []string{"FjB"}, []string{"Fjb"}},
		// Codes of characters that are none, and control characters.
		{`^\x4\u12$`, `^x4u12$`, []string{"x4u12"}, []string{"\x04\x12"}},
		{`^\c1\c$`, `^\\c1\\c$`, []string{`\c1\c`}, []string{"\x111"}},
		{`^[\c1\c_]$`, `^[\x11\x1F]$`, []string{"\x11", "\x1f"}, []string{"c", `\`}},
		{`^[\c.]$`, `^[\\c.]$`, []string{"c", `\`, "."}, []string{"\x0e"}},
		// References to groups that there are not.
		{`^(a)\1\8$`, `^(a)\1\x38$`, []string{"aa8"}, []string{"a8"}},
		{`^(a)\10$`, `^(a)\x08$`, []string{"a\b"}, []string{"aa0"}},
		{`^\2(a)(b)$`, `^\2(a)(b)$`, []string{"ab"}, nil},
		{`^[(]\1$`, `^[(]\x01$`, []string{"(\x01"}, []string{"(("}},
		{`^\0\01\08\101\400$`, `^\0\x01\x008\x41\x200$`, []string{"\x00\x01\x008A 0"}, nil},
		{`^\k<n>$`, `^k<n>$`, []string{"k<n>"}, nil},
		{`^(?<n>a)\k<n>\-$`, `^(?<n>a)\k<n>-$`, []string{"aa-"}, []string{"ak<n>-"}},
		// Lookaheads that are repeated.
		{`^(?=a)*(?!b(?=c)+)?.$`, `^(?:(?=a))*(?:(?!b(?:(?=c))+))?.$`, []string{"x"}, []string{""}},
	} {
		strict, err := schema.Pattern(c.written)
		if err != nil || strict != c.strict {
			t.Errorf("%s becomes %s, want %s; %v", c.written, strict, c.strict, err)
			continue
		}
		matcher := validate.NewPatterns(time.Second)
		for i, texts := range [][]string{c.matches, c.others} {
			for _, text := range texts {
				if matched, err := matcher.Match(strict, text); err != nil || matched != (i == 0) {
					t.Errorf("%s matches %q: %t, %v", strict, text, matched, err)
				}
			}
		}
	}
}

func TestNeedsUnicode(t *testing.T) {
	for text, want := range map[string]bool{`^\p{L}$`: true, `\P{L}`: true, `\u{1F600}`: true, `[😀]`: true, `^[a-zäö]\u00e9$`: false} {
		if got := schema.NeedsUnicode(text); got != want {
			t.Errorf("%s needs the flag u: %t, want %t", text, got, want)
		}
	}
}

func FuzzPattern(f *testing.F) {
	for _, seed := range []string{`^\w+\-\w+$`, `{{x}}`, `[\@]]`, `(?<n>a)\k<n>`, "\xff\\", `[[:alpha:]]`, `[\w-a-\d--]`, `(?=a)*\8\c`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		once, err := schema.Pattern(text)
		if err != nil {
			return
		}
		if twice, err := schema.Pattern(once); err != nil || twice != once {
			t.Errorf("%q gives %q, which gives %q, %v", text, once, twice, err)
		}
	})
}
