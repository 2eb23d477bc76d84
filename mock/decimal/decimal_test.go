package decimal

import (
	"encoding/json"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/firestoned/firestone/model/value"
)

func mustParse(t *testing.T, text string) Decimal {
	t.Helper()
	d, ok := Parse(text)
	if !ok {
		t.Fatalf("%s is not read", text)
	}
	return d
}

func TestNumbersAreThoseOfJSON(t *testing.T) {
	for _, text := range []string{"", "-", "+1", "01", "-01", "1.", ".5", "1e", "1e+", "1E-", "e5", "1.5.5", "1e5.5", " 1", "1 ", "0x1F", "1_000", "１", "NaN", "Infinity", "--1", "1e--1", "00", "1\x00"} {
		if _, ok := Parse(text); ok {
			t.Errorf("%q is read as a number", text)
		}
	}
}

// TestOrder: each number is below all that follow it.
func TestOrder(t *testing.T) {
	ascending := [][]string{
		{"-1e99999999999999999999"}, {"-1e400"}, {"-12", "-12.0", "-1.2e1", "-0.12E+2", "-1200e-2"}, {"-11.999999999999999999999999"}, {"-2"}, {"-1.5"},
		{"-1e-400"}, {"0", "-0", "0.000", "0e99999999999999999999", "-0.0e-5"}, {"1e-99999999999999999999"}, {"1e-400"}, {"0.001", "1e-3"}, {"0.0099"}, {"0.01"}, {"1.5"},
		{"2", "2.0", "2e0", "2e000", "0.2e1"}, {"9"}, {"10", "1e1", "1E+01"}, {"99"}, {"100"}, {"12345678901234567890123456789"}, {"12345678901234567890123456790"},
		{"1e400"}, {"2e400"}, {"1e99999999999999999999"},
	}
	for i, lesser := range ascending {
		for _, a := range lesser {
			if text := mustParse(t, a).String(); text != mustParse(t, lesser[0]).String() || mustParse(t, text) != mustParse(t, a) || !json.Valid([]byte(text)) {
				t.Errorf("%s is written %s", a, text)
			}
			for j, greater := range ascending {
				for _, b := range greater {
					want := min(max(i-j, -1), 1)
					if got := mustParse(t, a).Compare(mustParse(t, b)); got != want {
						t.Errorf("%s and %s compare as %d, want %d", a, b, got, want)
					}
				}
			}
		}
	}
}

func TestString(t *testing.T) {
	for text, want := range map[string]string{
		"-0": "0", "1.50": "1.5", "1e3": "1000", "-0.000012": "-0.000012", "1e30": "1" + strings.Repeat("0", 30), "1e31": "1e31", "-1.25e-40": "-1.25e-40", "12e-1": "1.2",
		"759442650925199925956313088": "759442650925199925956313088",
	} {
		if got := mustParse(t, text).String(); got != want {
			t.Errorf("%s is written %s, want %s", text, got, want)
		}
	}
}

func TestInt(t *testing.T) {
	for text, want := range map[string]int{
		"0": 1, "-5": 1, "-1e400": 1, "1": 1, "2.99": 2, "0.5": 1, "1e1": 10, "12.5e1": 125, "99": 99, "1000": 1000, "1001": 1000, "759442650925199925956313088": 1000, "1e99999999999999999999": 1000,
		"1e-99999999999999999999": 1, "999999999999999999": 1000,
	} {
		if got := mustParse(t, text).Int(1, 1000); got != want {
			t.Errorf("%s is %d, want %d", text, got, want)
		}
	}
	if got := mustParse(t, "-2.99").Int(-10, 10); got != -2 {
		t.Errorf("-2.99 is %d", got)
	}
}

func TestLongNumbersTakeNoTime(t *testing.T) {
	long := strings.Repeat("7", 10_000_000)
	start := time.Now()
	for _, text := range []string{long, "0." + long, "1e" + long, "1e-" + long, "-" + long + "." + long} {
		d := mustParse(t, text)
		if d.Compare(d) != 0 || d.Compare(mustParse(t, "0")) == 0 || d.Int(-5, 5) > 5 {
			t.Errorf("%.20s... is not itself", text)
		}
	}
	if spent := time.Since(start); spent > 5*time.Second {
		t.Errorf("%v for five numbers", spent)
	}
}

// FuzzOrder holds the order against exact fractions, and the grammar against encoding/json.
func FuzzOrder(f *testing.F) {
	for _, pair := range [][2]string{{"1", "1.0"}, {"-1e3", "-999.9"}, {"0.1", "1e-1"}, {"-0", "0"}, {"01", "1."}, {"12e-5", "0.00012"}} {
		f.Add(pair[0], pair[1])
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		x, xok := Parse(a)
		y, yok := Parse(b)
		for text, ok := range map[string]bool{a: xok, b: yok} {
			var n json.Number
			isJSON := strings.Trim(text, " \t\r\n") == text && json.Unmarshal([]byte(text), &n) == nil && n != "" && text[0] != '"'
			if ok != isJSON {
				t.Fatalf("%q: read %v, JSON %v", text, ok, isJSON)
			}
		}
		if !xok || !yok {
			return
		}
		p, pok := rat(a)
		q, qok := rat(b)
		if pok && qok && x.Compare(y) != p.Cmp(q) {
			t.Errorf("%s and %s compare as %d, want %d", a, b, x.Compare(y), p.Cmp(q))
		}
		if again, ok := Parse(x.String()); !ok || again != x || slices.Contains([]string{"", "-0"}, x.String()) {
			t.Errorf("%s is written %s", a, x)
		}
	})
}

func rat(text string) (*big.Rat, bool) {
	return (&value.Value{Kind: value.KindNumber, Text: text}).Rat()
}
