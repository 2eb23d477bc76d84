package generator

import (
	"fmt"
	"testing"

	"github.com/firestoned/firestone/model/value"
)

func parameterPack() *Pack {
	object := func(text string) *value.Value {
		var problems value.Problems
		documents := value.Parse("s", []byte(text), &problems)
		if problems.HasErrors() {
			panic(problems)
		}
		return documents[0]
	}
	return &Pack{Name: "p", Parameters: []Parameter{
		{Name: "version", Schema: object("enum: ['3.0', '3.1']"), Default: value.String("3.0")},
		{Name: "text", Schema: object("type: string"), Default: value.String("")},
		{Name: "size", Schema: object("{type: integer, minimum: 1}"), Default: value.Int(20)},
		{Name: "flag", Schema: object("type: boolean"), Default: value.Bool(false)},
		{Name: "any", Schema: value.Bool(true), Default: &value.Value{}},
	}}
}

func TestParams(t *testing.T) {
	tests := []struct {
		set  []string
		want string
	}{
		{nil, `{any:<nil> flag:false size:20 text: version:3.0}`},
		{[]string{"version=3.1", "text=no", "size=3", "flag=true", "any=[1, a, {b: 1.50, c: 123456789012345678901234567890}]"},
			`{any:[1 a map[b:1.50 c:123456789012345678901234567890]] flag:true size:3 text:no version:3.1}`},
		{[]string{"text=a=b: [", "any="}, `{any:<nil> flag:false size:20 text:a=b: [ version:3.0}`},
		{[]string{"text=", "size=1", "size=2", "any=1.5"}, `{any:1.5 flag:false size:2 text: version:3.0}`},
		{[]string{"size=0", "verson=1", "text", "flag=maybe", "any=[", "version=2"},
			"--set any=[: parameter \"any\": \"[\" is not valid YAML: the \"[\" that opens here is not closed [FS4010]\n  hint: expected a YAML value\n" +
				"--set flag=maybe: parameter \"flag\" cannot be \"maybe\" [FS4010]\n  hint: expected a value that matches the schema {\"type\":\"boolean\"}\n" +
				"--set size=0: parameter \"size\" cannot be 0 [FS4010]\n  hint: expected a value that matches the schema {\"type\":\"integer\",\"minimum\":1}\n" +
				"--set text: no value [FS4010]\n  hint: write --set text=VALUE\n" +
				"--set version=2: parameter \"version\" cannot be \"2\" [FS4010]\n  hint: expected one of 3.0, 3.1\n" +
				"--set verson=1: the pack p has no parameter \"verson\" [FS4009]\n  hint: did you mean \"version\"?"},
	}
	for _, test := range tests {
		params, err := parameterPack().Params(test.set)
		got := errorText(err)
		if err == nil {
			text, err := printable(map[string]any(params))
			if err != nil {
				t.Fatal(err)
			}
			got = fmt.Sprintf("{%s}", fmt.Sprint(text)[len("map["):len(fmt.Sprint(text))-1])
		}
		if got != test.want {
			t.Errorf("%q: got\n%s\nwant\n%s", test.set, got, test.want)
		}
	}
}

func TestParamsFrom(t *testing.T) {
	var problems value.Problems
	given := value.Parse("firestone.yaml", []byte("version: 3.1\nsize: 4\ntext: 007\nany: no\n"), &problems)[0]
	params, err := parameterPack().ParamsFrom(given, []string{"size=5"})
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(params); got != "map[any:no flag:false size:5 text:007 version:3.1]" {
		t.Errorf("got %s", got)
	}
	given = value.Parse("firestone.yaml", []byte("version: 3\nsiz: 4\nflag: off\nsize:\n  - 7\n"), &problems)[0]
	_, err = parameterPack().ParamsFrom(given, nil)
	want := "firestone.yaml:1:10: parameter \"version\" cannot be \"3\" [FS4010]\n  hint: expected one of 3.0, 3.1\n" +
		"firestone.yaml:2:1: the pack p has no parameter \"siz\" [FS4009]\n  hint: did you mean \"size\"?\n" +
		"firestone.yaml:3:7: parameter \"flag\" cannot be \"off\" [FS4010]\n  hint: write false\n" +
		"firestone.yaml:5:3: parameter \"size\" cannot be [7] [FS4010]\n  hint: expected a value that matches the schema {\"type\":\"integer\",\"minimum\":1}"
	if errorText(err) != want {
		t.Errorf("got\n%v", err)
	}
}

func TestDefaultsFitTheirSchemas(t *testing.T) {
	own := "format: 1\ndescription: d\nparameters:\n  - {name: flag, description: d, schema: {type: boolean}, default: no}\n" +
		"  - name: size\n    description: d\n    schema: {type: integer}\n    default: 1.5\n  - {name: text, description: d, schema: {type: string}}\noutputs:\n  - template: a.txt.tmpl\n"
	_, err := open(files{"pack.yaml": own, "a.txt.tmpl": "x"})
	want := "embedded/list/pack.yaml:4:68: the default of parameter \"flag\" does not match its schema [FS4010]\n  hint: write false\n" +
		"embedded/list/pack.yaml:8:14: the default of parameter \"size\" does not match its schema [FS4010]\n  hint: expected a value that matches the schema {\"type\":\"integer\"}"
	if errorText(err) != want {
		t.Errorf("got %v", err)
	}
	_, err = open(listPack, files{"pack.yaml": "extends: list\nparameters:\n  - {name: size, schema: {type: string}}\n"})
	want = "org/pack.yaml:3:5: the default of parameter \"size\" does not match its schema [FS4010]\n  hint: expected a value that matches the schema {\"type\":\"string\"}"
	if errorText(err) != want {
		t.Errorf("got %v", err)
	}
}
