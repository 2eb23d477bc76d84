package generator

import (
	"slices"
	"strings"
	"testing"

	"github.com/Masterminds/sprig/v3"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// TestFunctionNames pins what templates may call beside the functions of package escape and of text/template. A name
// that comes with a new release of sprig has to be judged before it gets in: no clock, no randomness, no environment.
func TestFunctionNames(t *testing.T) {
	want := strings.Fields(`
		abbrev abbrevboth add add1 add1f addf adler32sum all any append atoi b32dec b32enc b64dec b64enc base biggest
		camelcase cat ceil chunk clean compact concat contains deepCopy deepEqual dict dig dir div divf duration empty
		eq ext fail first float64 floor fromJson get has hasKey hasPrefix hasSuffix html include includeEach initial initials int int64
		isAbs join js keys kindIs kindOf last list lower max maxf min minf mod mul mulf mustAppend mustChunk
		mustCompact mustDeepCopy mustFirst mustFromJson mustHas mustInitial mustLast mustMerge mustMergeOverwrite
		mustPrepend mustPush mustRegexFind mustRegexFindAll mustRegexMatch mustRegexReplaceAll
		mustRegexReplaceAllLiteral mustRegexSplit mustRest mustReverse mustSlice mustUniq mustWithout ne nospace omit
		pick pluck plural prepend print printf println push regexFind regexFindAll regexMatch regexQuoteMeta
		regexReplaceAll regexReplaceAllLiteral regexSplit repeat replace replaced rest reverse root round schema semver
		semverCompare seq set sha1sum sha256sum sha512sum slice sortAlpha split splitList splitn sub subf
		substr swapcase title toDecimal toString toStrings trimAll trimPrefix trimSuffix trimall trunc tuple typeIs
		typeIsLike typeOf uniq unset until untilStep untitle upper urlJoin urlParse urlquery values without wrap wrapWith`)
	if got := functionNames(); !slices.Equal(got, want) {
		t.Errorf("got\n%s", strings.Join(got, " "))
	}
}

func TestDroppedAreSprigs(t *testing.T) {
	for why, names := range unfit {
		for _, name := range names {
			if sprig.TxtFuncMap()[name] == nil || functions()[name] != nil || dropped(name) != why {
				t.Errorf("%s: no function of sprig's, or not dropped", name)
			}
		}
	}
	for _, name := range []string{"now", "env", "uuidv4", "randAlpha", "getHostByName", "date"} {
		if dropped(name) == "" {
			t.Errorf("%s: no reason", name)
		}
	}
}

// TestFunctions runs an example of each function of ours, and of those of sprig's on which packs lean.
func TestFunctions(t *testing.T) {
	tests := []struct{ text, want string }{
		{`{{ keys (dict "b" 1 "a" 2) (dict "c" 3) | join "," }}`, "a,b,c"},
		{`{{ values (dict "b" 1 "a" 2) | join "," }}`, "2,1"},
		{`{{ include "label" . }}!`, "Label of Library!"},
		{`{{ include "text" . | upper }}`, "TWO\nLINES"},
		{`{{ toJson (schema "draft-07" "#/components/schemas/" (index .API.Components 0).Schema) }}`, `{"$ref": "#/components/schemas/Book"}`},
		{`{{ toJson (schema "openapi-3.0" "#/x/" (index .API.Components 1).Schema) }}`, `{"type": "string", "nullable": true}`},
		{`{{ toJson (schema "openapi-3.1" "#/x/" (index .API.Components 1).Schema) }}`, `{"type": ["string", "null"]}`},
		{`{{ if schema "draft-07" "" nil }}y{{ end }}`, ""},
		{`{{ default "d" "" }}{{ trim " x " }}{{ ternary "a" "b" true }}{{ coalesce "" "c" }}`, "dxac"},
		{`{{ range $i, $x := list "b" "a" | sortAlpha }}{{ $i }}{{ $x }}{{ end }}`, "0a1b"},
		{`{{ with index .API.Components 1 }}{{ sortAlpha .Uses | join "" }}{{ join "" .Uses }}{{ end }}`, "abba"},
		{`{{ html (index .API.Components 1).Schema "&" }}{{ js "'" }}{{ urlquery (index .API.Components 0).Example "/" }}`, `{&#34;type&#34;:[&#34;string&#34;,&#34;null&#34;]}&amp;\'1e1000%2F`},
		{`{{ dict (index .API.Components 0).Example 2 (index .API.Components 1).Schema 3 | keys | join " " }}`, `1e1000 {"type":["string","null"]}`},
		{`{{ printf "%s-%v-%03d" "a" (index .API.Components 1).Schema 7 }}`, `a-{"type":["string","null"]}-007`},
		{`{{ print (list 1 (index .API.Components 0).Example "x") (dict "b" 1 "a" nil) }}`, `[1 1e1000 x] map[a: b:1]`},
		{`{{ toString (index .API.Components 0).Example }}{{ join "," (list 1 "a") }}{{ cat "a" 1 }}{{ toStrings (list 1) | join "" }}`, `1e10001,aa 11`},
		{`{{ printf "%%p%d%%p" 1 }}`, `%p1%p`},
		{`{{ with (index .API.Components 2).Schema }}{{ with dict "n" (.Get "default") }}{{ print .n }}{{ printf "%v,%s" .n nil }}{{ toString .n }}{{ toString nil }}{{ html .n }}{{ print (list .n 1) }}{{ end }}{{ end }}`, ",[ 1]"},
		{`{{ with (index .API.Components 1).Schema.Get "type" }}{{ eq . "string" }}{{ ne . "string" }}{{ eq . .  }}{{ end }}`, "falsetruetrue"},
		{`{{ with (index .API.Components 2).Schema }}{{ eq (.Get "type") "number" "string" }}{{ ne (.Get "type") "number" }}{{ eq "string" (.Get "type") }}{{ end }}`, "truetruetrue"},
		{`{{ with (index .API.Components 2).Schema }}{{ eq (.Get "minimum") 1 }}{{ eq (.Get "minimum") 1.0 }}{{ eq (.Get "minimum") "1" }}{{ eq (.Get "x") true }}{{ ne (.Get "x") false }}{{ end }}`, "truetruefalsetruetrue"},
		{`{{ with (index .API.Components 2).Schema }}{{ eq (.Get "default") nil }}{{ eq (.Get "absent") nil }}{{ eq (.Get "default") "" }}{{ end }}`, "truetruefalse"},
		{`{{ eq 1 1 }}{{ eq "a" "b" "a" }}{{ ne true false }}{{ eq .API .API }}{{ 1 | eq 2 }}`, "truetruetruetruefalse"},
		{`{{ eq (index (distinct "ident" (list) (list "a b")) 0) "a_b" }}`, "true"},
		{`{{ $d := dict "l" (list 1 (dict "a" 2)) }}{{ $c := deepCopy $d }}{{ $_ := set (index $c.l 1) "a" 3 }}{{ print $d $c }}`, `map[l:[1 map[a:2]]] map[l:[1 map[a:3]]]`},
		{`{{ $c := mustDeepCopy .Params }}{{ $_ := set $c "n" 1 }}{{ len .Params }}{{ len $c }}`, `01`},
		{`{{ with deepCopy .API }}{{ .Title }}{{ end }}`, `Library`},
		{`{{ mustMerge (dict "a" 1) (dict "a" 2 "b" 3) }}`, `{"a": 1, "b": 3}`},
	}
	api := &model.API{Title: "Library", Components: []*model.Component{
		{Schema: value.Object(value.NewMember("$ref", value.String("#/$defs/Book"))), Example: &value.Value{Kind: value.KindNumber, Text: "1e1000"}},
		{Schema: value.Object(value.NewMember("type", value.Strings("string", "null"))), Uses: []string{"b", "a"}},
		{Schema: value.Object(value.NewMember("type", value.String("string")), value.NewMember("minimum", &value.Value{Kind: value.KindNumber, Text: "1.00"}),
			value.NewMember("x", value.Bool(true)), value.NewMember("default", &value.Value{}))},
	}}
	for _, test := range tests {
		pack, err := open(files{
			"pack.yaml": "format: 1\ndescription: d\noutputs:\n  - template: a.txt.tmpl\n", "a.txt.tmpl": test.text + "\n",
			"_label.txt.tmpl": "Label of {{ .API.Title }}\n", "_text.txt.tmpl": "two\nlines\n\n",
		})
		if err != nil {
			t.Errorf("%s: %v", test.text, err)
			continue
		}
		got, err := pack.Render(api, Params{})
		if err != nil {
			t.Errorf("%s: %v", test.text, err)
		} else if text := strings.TrimSuffix(string(got[0].Content), "\n"); text != test.want {
			t.Errorf("%s: got %q, want %q", test.text, text, test.want)
		}
	}
}

func TestFunctionsRefuse(t *testing.T) {
	tests := []struct{ text, want string }{
		{`{{ schema "draft-7" "" nil }}`, "1:4: unknown schema dialect \"draft-7\" [FS4201]\n  hint: did you mean \"draft-07\"?"},
		{`{{ schema "draft-07" "" .API }}`, "1:4: a value of type *model.API is not a schema [FS4201]\n  hint: pass the Schema of a component, parameter, key or body"},
		{`{{ print .API }}`, "1:4: a value of type model.API cannot be printed [FS4201]\n  hint: print one of its fields"},
		{`{{ printf "%s" (list (dict "a" .API)) }}`, "1:4: a value of type model.API cannot be printed [FS4201]\n  hint: print one of its fields"},
		{`{{ join "," (list .API) }}`, "1:4: a value of type model.API cannot be printed [FS4201]\n  hint: print one of its fields"},
		{`{{ sortAlpha (list .API) }}`, "1:4: a value of type model.API cannot be printed [FS4201]\n  hint: print one of its fields"},
		{`{{ dict .API 1 }}`, "1:4: a value of type model.API cannot be printed [FS4201]\n  hint: print one of its fields"},
		{`{{ printf "%s %-5p" "a" (list 1) }}`, "1:4: the format \"%s %-5p\" prints an address, which is different in every run [FS4201]\n  hint: use %v, which fits any value"},
		{`{{ html .API }}`, "1:4: a value of type model.API cannot be printed [FS4201]\n  hint: print one of its fields"},
		{`{{ js .API }}`, "1:4: a value of type model.API cannot be printed [FS4201]\n  hint: print one of its fields"},
		{`{{ urlquery .API }}`, "1:4: a value of type model.API cannot be printed [FS4201]\n  hint: print one of its fields"},
		{`{{ printf "%d %s" "a" }}`, "1:4: the values do not match the format \"%d %s\": %!d(string=a) %!s(MISSING) [FS4201]\n  hint: use %v, which fits any value"},
		{`{{ eq "1" 1 }}`, "1:4: a value of type string cannot be compared with one of type int [FS4201]\n  hint: compare strings, numbers, booleans, or values of a schema"},
		{`{{ fail "no" }}`, "1:4: no [FS4203]"},
	}
	for _, test := range tests {
		pack, err := open(files{"pack.yaml": "format: 1\ndescription: d\noutputs:\n  - template: a.txt.tmpl\n", "a.txt.tmpl": test.text})
		if err != nil {
			t.Errorf("%s: %v", test.text, err)
			continue
		}
		if _, err := pack.Render(library, Params{}); errorText(err) != "embedded/list/a.txt.tmpl:"+test.want {
			t.Errorf("%s: got %v", test.text, err)
		}
	}
}
