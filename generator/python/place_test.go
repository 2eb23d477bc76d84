package python

import (
	"fmt"
	"strings"
	"testing"
)

// spansOf returns the text without its marks, which are ‹PLACE…›, and the spans that they are around.
func spansOf(marked string) (string, []Span) {
	var b strings.Builder
	var spans []Span
	for {
		before, rest, found := strings.Cut(marked, "‹")
		b.WriteString(before)
		if !found {
			return b.String(), spans
		}
		within, after, _ := strings.Cut(rest, "›")
		span := Span{Place: Place(within[0]), From: b.Len()}
		b.WriteString(within[1:])
		span.To = b.Len()
		spans, marked = append(spans, span), after
	}
}

func TestCheckSpans(t *testing.T) {
	for _, marked := range []string{
		"x = ‹v1›\n", "x = [‹v\"a\"›, ‹v[1, {\"a\": None}]›]\n", "x = ‹v-1› - ‹v(-1.5)›\n", "x = ‹v\"a\"› ‹v'b'›\n", "x = ‹v[\n    1,\n]›\n", "x‹n_1›.y‹nz› = ‹na›()\n", "def ‹nf›(): pass\n",
		"# ‹#a› ‹#b›\nx = 1  # ‹#c›", "# ‹#›\n#‹#›‹#›", "# ‹#›a‹#›\r# ‹#›\n", "x = \"‹\"a›‹\"b›\" \"‹\"›\" u'‹'a›'\n", "x = \"\"\"‹da\n›\"\"\" '''‹s›'''\n", "x = f'‹fa{{›{y}‹f›' + F\"‹Fa›{y:{z}}{{\" t'''‹t\n›{{''' f\"\"\"{y}‹Ta›\"\"\"\n", "x = {‹v\"a\"›: ‹vTrue›}\n",
	} {
		text, spans := spansOf(marked)
		if at, err := CheckSpans(text, spans); at >= 0 || err != nil {
			t.Errorf("%q: %d, %v", marked, at, err)
		}
	}
	for _, c := range []struct {
		marked    string
		misplaced int
	}{
		{"x = ‹v1›.5\n", 0}, {"x = ‹v\"a\"›\n# ‹v1›\n", 1}, {"x = b‹v\"a\"›\n", 0}, {"x = \"\"\"‹\"a›\"\"\"\n", 0}, {"x = \"‹da›\"\n", 0}, {"x = '‹\"a›'\n", 0}, {"x = b\"‹\"a›\"\n", 0}, {"x = r\"‹\"a›\"\n", 0}, {"x = f\"‹\"a›\"\n", 0}, {"x = \"‹Fa›\"\n", 0},
		{"x = rf\"‹Fa›\"\n", 0}, {"x = f\"{‹Fa›}\"\n", 0}, {"x = f\"{y:‹F1›}\"\n", 0}, {"x = f\"{y}a{z‹F›}\"\n", 0}, {"x = ‹\"a›\n", 0}, {"x = \"a\"‹\"›\n", 0}, {"‹nif› x: pass\n", 0}, {"i‹nf› x: pass\n", 0}, {"x = ‹n1›\n", 0}, {"x = 0‹nx1›\n", 0}, {"x = ‹nr›\"\"\n", 0},
		{"x ‹#y›\n", 0}, {"x ‹#›\n", 0}, {"# x\n‹#›y\n", 0}, {"‹#a› # a\n", 0}, {"# a\n‹# ›\n", 0}, {"x = ‹v[1›]\n", 0}, {"x = ‹v\"a›\"\n", 0}, {"x = \"‹\"a\" + \"›\"\n", 0}, {"x = ‹v\"a\"› \"‹vb›\"\n", 1}, {"x = ‹v[1, # a\n2]›\n", 0}, {"x = ‹v›1\n", 0}, {"x = 1‹v›\n", 0}, {"x = 1\n‹v›", 0},
	} {
		text, spans := spansOf(c.marked)
		if at, err := CheckSpans(text, spans); at != c.misplaced || err != nil {
			t.Errorf("%q: %d, %v", c.marked, at, err)
		}
	}
}

func TestNeutral(t *testing.T) {
	for marked, want := range map[string]string{
		"# ‹#Video encoding›: ‹#Everything›\n":             "# Video encoding : Everything\n",
		"#\n# ‹#coding: utf-7 coding=x›\n":                 "#\n# coding : utf-7 coding =x\n",
		"# coding: ‹#utf-7›\nx = 1\n":                      "# coding : utf-7\nx = 1\n",
		"# -*- coding: utf-8 -*- ‹#coding: x›\n":           "# -*- coding: utf-8 -*- coding : x\n",
		"# coding: utf-8‹#x›\n":                            "# coding : utf-8x\n",
		"# co‹#ding›: utf-8\n":                             "# coding : utf-8\n",
		"\n\n# ‹#coding: x›\n":                             "\n\n# coding: x\n",
		"x = 1  # ‹#coding: x›\n":                          "x = 1  # coding: x\n",
		"x = '‹'coding: x›'\n":                             "x = 'coding: x'\n",
		"#\r \t\f# ‹#coding: x›\rx\n# ‹#coding: y›":        "#\r \t\f# coding : x\rx\n# coding : y",
		"#‹#!/bin/x›\n# ‹#coding:x›\n":                     "# !/bin/x\n# coding :x\n",
		"\ufeff# ‹#coding: x›\n":                           "\ufeff# coding : x\n",
		"# coding‹#›: utf-8\n# cod‹#›ing:‹#› ‹#›utf‹#›8\n": "# coding : utf-8\n# coding : utf8\n",
		"# ‹#›coding: utf-8 ‹#›\n":                         "# coding: utf-8 \n",
		"# coding: utf‹#<b>›\n":                            "# coding : utf<b>\n",
		"# coding: utf-8‹#›\n":                             "# coding : utf-8\n",
		"# ‹#coding› ‹#a›\n":                               "# coding a\n",
	} {
		text, spans := spansOf(marked)
		parts := make([]string, len(spans))
		for i, span := range spans {
			parts[i] = text[span.From:span.To]
		}
		got := string(Neutral([]byte(text), spans))
		if got != want {
			t.Errorf("%q: %q, want %q", marked, got, want)
		}
		if err := check(got); err != nil && strings.Contains(err.Msg, "encoding") {
			t.Errorf("%q: %v", got, err)
		}
		for i, span := range spans {
			if moved := strings.NewReplacer("coding :", "coding:", "coding =", "coding=").Replace(got[span.From:span.To]); moved != parts[i] {
				t.Errorf("%q: the part %d is %q", got, i, moved)
			}
		}
	}
}

func TestPlaces(t *testing.T) {
	for _, quotes := range []string{"'", `"`, "'''", `"""`} {
		for _, isFormatted := range []bool{false, true} {
			p := Quoted(quotes, isFormatted)
			if p.Quotes() != quotes || p.IsFormatted() != isFormatted || p.IsTriple() != (len(quotes) > 1) || !strings.Contains(fmt.Sprint(p), quotes) {
				t.Errorf("%s %v: %v", quotes, isFormatted, p)
			}
		}
	}
}
