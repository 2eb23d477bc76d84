package value_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model/value"
)

// Values share an identity exactly where they are equal.
func TestIdentity(t *testing.T) {
	texts := strings.Split(`null|true|false|""|"a"|"null"|"1"|"s1:a"|0|-0|0.0|0e5|1|1.0|10e-1|0.1e1|1E0|1e+0|-1|10|1e1|100|0.01|1e-2|12.30|123e-1|`+
		`1e10000|1e10001|10e10000|1e99999999999999999999|123456789012345678901234567890|123456789012345678901234567891|`+
		`[]|[1]|[1.0]|[[1]]|[1,1]|["a","b"]|["ab"]|["a",["b"]]|{}|{"a":1}|{"a":1.0}|{"a":"1"}|{"a":1,"b":2}|{"b":2,"a":1}|{"a":{"b":1}}|{"a":[]}|{"as":1}`, "|")
	var values []*value.Value
	for _, text := range texts {
		var problems value.Problems
		parsed := value.Parse("x.json", []byte(text), &problems)
		if len(problems) > 0 {
			t.Fatal(text, problems)
		}
		values = append(values, parsed[0])
	}
	float := func(v *value.Value) string {
		f, _ := strconv.ParseFloat(v.Text, 64)
		return strconv.FormatFloat(f+0, 'g', -1, 64)
	}
	for i, v := range values {
		for j, w := range values {
			if same := value.Identity(v) == value.Identity(w); same != v.Equal(w) {
				t.Errorf("%s and %s share an identity: %t", texts[i], texts[j], same)
			}
		}
	}
	if long, longer := values[30], values[31]; value.IdentityBy(long, float) != value.IdentityBy(longer, float) {
		t.Errorf("%s and %s differ as floats", long.Text, longer.Text)
	}
}
