package output

import (
	"slices"
	"strings"

	udiff "github.com/aymanbagabas/go-udiff"
)

// contextLines is how many lines are shown around a difference, as by diff -u.
const contextLines = 3

// Unified returns the unified diff of two texts under the names from and to, and nothing for texts that are the same.
//
// Generated documents repeat most of their lines, so the lines that occur once in both texts are matched first, and
// differences are only searched between them: readers match texts the same way, and it stays fast for long texts.
func Unified(from, to, old, now string) string {
	var edits []udiff.Edit
	before, after := 0, 0
	compare := func(oldEnd, nowEnd int) {
		for _, e := range udiff.Lines(old[before:oldEnd], now[after:nowEnd]) {
			edits = append(edits, udiff.Edit{Start: before + e.Start, End: before + e.End, New: e.New})
		}
	}
	for _, a := range anchors(old, now) {
		compare(a.old, a.now)
		before, after = a.old+a.length, a.now+a.length
	}
	compare(len(old), len(now))
	unified, err := udiff.ToUnified(from, to, old, edits, contextLines)
	if err != nil {
		return "" // only for edits that overlap or lie outside the text
	}
	return unified
}

// anchor is a line that occurs once in both texts, by its byte offsets there.
type anchor struct{ old, now, length int }

// anchors returns the longest list of such lines that has the same order in both texts.
func anchors(old, now string) []anchor {
	type place struct{ inOld, inNow, times, otherTimes int }
	places := map[string]*place{}
	offset := 0
	for line := range strings.Lines(old) {
		if p := places[line]; p != nil {
			p.times++
		} else {
			places[line] = &place{inOld: offset, times: 1}
		}
		offset += len(line)
	}
	offset = 0
	for line := range strings.Lines(now) {
		if p := places[line]; p != nil {
			p.inNow = offset
			p.otherTimes++
		}
		offset += len(line)
	}
	var shared []anchor
	for line := range strings.Lines(old) {
		if p := places[line]; p.times == 1 && p.otherTimes == 1 {
			shared = append(shared, anchor{p.inOld, p.inNow, len(line)})
		}
	}
	return longestRising(shared)
}

// longestRising returns the longest part of a list, sorted by place in the old text, that is sorted by place in the
// new one, too: of each length it keeps the list whose end comes first (patience sorting).
func longestRising(list []anchor) []anchor {
	var ends []int // by length, the index of the last anchor
	before := make([]int, len(list))
	for i, a := range list {
		n, _ := slices.BinarySearchFunc(ends, a.now, func(end, now int) int { return list[end].now - now })
		before[i] = -1
		if n > 0 {
			before[i] = ends[n-1]
		}
		if n == len(ends) {
			ends = append(ends, i)
		} else {
			ends[n] = i
		}
	}
	if len(ends) == 0 {
		return nil
	}
	rising := make([]anchor, len(ends))
	for i, at := len(ends)-1, ends[len(ends)-1]; i >= 0; i, at = i-1, before[at] {
		rising[i] = list[at]
	}
	return rising
}
