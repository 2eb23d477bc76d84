package name

import (
	"fmt"
	"strings"
)

// Distance returns how many characters have to be inserted, deleted, replaced or swapped with their neighbour to turn
// one word into the other (optimal string alignment).
func Distance(a, b string) int {
	from, to := []rune(a), []rune(b)
	before, last, row := make([]int, len(to)+1), make([]int, len(to)+1), make([]int, len(to)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(from); i++ {
		row[0] = i
		for j := 1; j <= len(to); j++ {
			change := 1
			if from[i-1] == to[j-1] {
				change = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+change)
			if i > 1 && j > 1 && from[i-1] == to[j-2] && from[i-2] == to[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(to)]
}

// Nearest returns the known word that a mistyped one most likely means: the first of those with the fewest differences,
// if they are not more than a third of its characters. Case is ignored.
func Nearest(word string, known []string) (string, bool) {
	const maxLength = 100 // a longer word is not a typo, and would take long to compare
	limit := max(1, min(len([]rune(word)), maxLength)/3)
	nearest, found := "", false
	for _, candidate := range known {
		if len(candidate) > maxLength || len(word) > maxLength {
			continue
		}
		if d := Distance(strings.ToLower(word), strings.ToLower(candidate)); d <= limit {
			nearest, found = candidate, true
			limit = d - 1
		}
	}
	return nearest, found
}

// Suggest returns the hint "did you mean X?", where X is the known word that an unknown one most likely means,
// formatted with format: "%q", ".%s", "--%s". If none is near, it returns the other hint. For a single character it
// never guesses, since every other character would be near.
func Suggest(word string, known []string, format, other string) string {
	near, ok := Nearest(word, known)
	if !ok || len(word) <= 1 && !strings.EqualFold(word, near) {
		return other
	}
	return "did you mean " + fmt.Sprintf(format, near) + "?"
}
