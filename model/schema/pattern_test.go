package schema_test

import (
	"testing"

	"github.com/firestoned/firestone/model/schema"
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
	for text, want := range map[string]string{
		`^\w+\-\w+\@x$`: `^\w+-\w+@x$`, `{{x}}`: `\{\{x\}\}`, `a{,3}]`: `a\{,3\}\]`, `[\@\-\_]`: `[@\-_]`, `\ä\"`: `ä"`, `[[:alpha:]]`: `[[:alpha:]\]`,
	} {
		if got, err := schema.Pattern(text); err != nil || got != want {
			t.Errorf("%s: %s, %v", text, got, err)
		}
	}
	for _, text := range []string{
		`[`, `(`, `)`, `*a`, `a++`, `\p{Foo}`, `\Aabc\Z`, `(?i)a`, `(?P<x>a)`, `(?>a)`, `(?#c)`, `(?'n'x)`, `a{2,1}`, `\`, `\h`, `[z-a]`,
		`\a`, `\z`, `\A`, `\Z`, `\k<x>`, `\1`, `\8`, `\01`, `\c1`, `[\d-z]`, `(?=a)*`, `\u12`, `(?(1)a|b)`, `(?<1a>x)`, `{2}`,
	} {
		if got, err := schema.Pattern(text); err == nil {
			t.Errorf("%s is taken as %s", text, got)
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
	for _, seed := range []string{`^\w+\-\w+$`, `{{x}}`, `[\@]]`, `(?<n>a)\k<n>`, "\xff\\", `[[:alpha:]]`} {
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
