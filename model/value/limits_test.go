package value

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestInputThatIsDense is refused before the YAML reader fills the memory with it; a document that firestone has made, and
// JSON, which is read without that reader, are not.
func TestInputThatIsDense(t *testing.T) {
	dense := "x: [" + strings.Repeat("a,", 1_000_000) + "a]\n"
	for name, test := range map[string]struct {
		parse     func(file string, data []byte, problems *Problems) []*Value
		text      string
		isRefused bool
	}{
		"input": {ParseInput, dense, true}, "document": {Parse, dense, false}, "JSON": {ParseInput, "[" + strings.Repeat("1,", 1_000_000) + "1]", false},
		"within": {ParseInput, "x: [" + strings.Repeat("a,", 900_000) + "a]\n", false},
	} {
		var problems Problems
		test.parse("f", []byte(test.text), &problems)
		want := ""
		if test.isRefused {
			want = "f:1:1: the file has more than 1000000 lines, commas, colons and the like [FS1005]\n  hint: split it into several files"
		}
		if got := problems.Error(); got != want {
			t.Errorf("%s: got %s", name, got)
		}
	}
}

// laughs is the text whose last value is 10 to the power of levels strings.
func laughs(levels int, merge string) string {
	var b strings.Builder
	b.WriteString("a0: &a0 [x]\n")
	for i := 1; i <= levels; i++ {
		fmt.Fprintf(&b, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 10), ", "))
	}
	return b.String() + merge
}

func TestHostileTextsAreRefusedSoon(t *testing.T) {
	deep := strings.Repeat("&a0 [", 1)
	for i := 1; i < 300; i++ {
		deep += fmt.Sprintf("&a%d [", i)
	}
	deep = "x: " + deep + strings.Repeat("]", 300) + "\ny: " + strings.Repeat("[", 300) + "*a0" + strings.Repeat("]", 300)
	wideMerges := "x0: &x0 {k0: 1}\n"
	for i := 1; i < 3000; i++ {
		wideMerges += fmt.Sprintf("x%d: &x%d {<<: *x%d, k%d: 1}\n", i, i, i-1, i)
	}
	tests := []struct{ name, text, want string }{
		{"billion laughs", laughs(9, ""), "aliases expand to more than 500000 values"},
		{"billion laughs at the root", laughs(30, ""), "aliases expand to more than 500000 values"},
		{"merges of merges", wideMerges, "aliases expand to more than 500000 values"},
		{"deep list", strings.Repeat("[", 100_000), "values are nested deeper than 500 levels"},
		{"deep mapping", strings.Repeat("{a: ", 100_000), "values are nested deeper than 500 levels"},
		{"deep mapping of JSON", strings.Repeat(`{"a":`, 100_000), "values are nested deeper than 500 levels"},
		{"deep keys", strings.Repeat("? ", 100_000), "values are nested deeper than 500 levels"},
		{"deep block list", strings.Repeat("- ", 100_000) + "a", "values are nested deeper than 500 levels"},
		{"closed deep list", strings.Repeat("[", 501) + strings.Repeat("]", 501), "values are nested deeper than 500 levels"},
		{"closed deep YAML", strings.Repeat("[", 501) + "a" + strings.Repeat("]", 501), "values are nested deeper than 500 levels"},
		{"deep by an alias", deep, "values are nested deeper than 500 levels"},
		{"too many values", "[" + strings.Repeat("1,", 2_000_000) + "1]", "the file contains more than 2000000 values"},
		{"too large", strings.Repeat("#", 64<<20+1), "the file is larger than 64 MiB"},
		{"unclosed quote before many lines", "a: 'x\n" + strings.Repeat("b: 1\n", 100_000), "the quote that opens here is not closed"},
		{"unclosed list before many lines", "a: [x,\n" + strings.Repeat("b,\n", 100_000), `the "[" that opens here is not closed`},
		{"error behind many lines", strings.Repeat("- {a: 'x'}\n", 50_000) + "b: 1\n", "this does not belong here"},
		{"error in a long line", "a: [" + strings.Repeat("{b: x}, ", 20_000) + "}", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			start := time.Now()
			var problems Problems
			Parse("f.yaml", []byte(test.text), &problems)
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("took %s", took)
			}
			if len(problems) != 1 || test.want != "" && problems[0].Msg != test.want {
				t.Errorf("problems are %.200v, want %s", problems, test.want)
			}
		})
	}
}

func TestDepthOfTheLimitIsRead(t *testing.T) {
	for _, leaf := range []string{"", "1", "a"} {
		nested := strings.Repeat("[", 499) + "[" + leaf + "]" + strings.Repeat("]", 499)
		if leaf != "" {
			nested = nested[1 : len(nested)-1]
		}
		parse(t, nested)
	}
}
