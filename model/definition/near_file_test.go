package definition

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model/value"
)

// A reference to a file that does not exist is answered with the one that is most likely meant, if it may be referred to.
func TestNearFile(t *testing.T) {
	files := map[string]string{
		"defs/author.yaml": "name: {type: string}", "defs/types.yml": "id: {type: string}", "shared/money.json": `{"amount": {"type": "number"}}`,
		"shared/notes.txt": "", "defs/secret.yaml": "a: {}", "defs/parts/price.yaml": "a: {}", "defs/parts/amount.yaml": "a: {}",
	}
	access := Access{
		Read: func(p string) ([]byte, error) {
			if text, ok := files[p]; ok {
				return []byte(text), nil
			}
			for file := range files {
				if path.Dir(file) == p {
					return nil, value.Problem{Msg: "the file is a folder", Hint: "remove it"}
				}
			}
			return nil, fs.ErrNotExist
		},
		List: func(folder string) []string {
			var names []string
			for file := range files {
				if below, ok := strings.CutPrefix(file, strings.TrimPrefix(folder+"/", "./")); ok {
					first, _, _ := strings.Cut(below, "/")
					names = append(names, first)
				}
			}
			slices.Sort(names)
			return slices.Compact(names)
		},
		MayRefer: func(_, to string) error {
			if path.Base(to) == "secret.yaml" {
				return errors.New("no")
			}
			return nil
		},
	}
	for ref, want := range map[string]string{
		"autor.yaml#/name":             `did you mean "author.yaml#/name"?`,
		"./autor.yaml#/name":           `did you mean "./author.yaml#/name"?`,
		"types.yaml#/id":               `did you mean "types.yml#/id"?`,
		"types#/id":                    `did you mean "types.yml#/id"?`,
		"../shard/money.json#/amount":  `did you mean "../shared/money.json#/amount"?`,
		"../shared/mony.json#/amount":  `did you mean "../shared/money.json#/amount"?`,
		"../shard/mony.json#/amount":   `did you mean "../shared/money.json#/amount"?`,
		"../shared/note.txt#/a":        "paths are relative to the folder of defs/book.yaml",
		"secrets.yaml#/a":              "paths are relative to the folder of defs/book.yaml",
		"nothing/like/this.yaml#/a":    "paths are relative to the folder of defs/book.yaml",
		`..\shared\money.json#/amount`: `write "../shared/money.json#/amount"`,
		"parts#/amount":                `name a file in it: "parts/amount.yaml#/amount"`,
		"parts/#/other":                `name a file in it: "parts/amount.yaml#/other"`,
		"../defs#/author":              `name a file in it: "../defs/author.yaml#/author"`,
	} {
		files["defs/book.yaml"] = fmt.Sprintf("kind: book\nschema: {key: {name: id}, items: {type: object, properties: {a: {$ref: '%s'}}}}", ref)
		_, problems := Load(access, Selection{}, "defs/book.yaml")
		if len(problems) != 1 || problems[0].Hint != want {
			t.Errorf("%s: %v\nwant %s", ref, problems, want)
		}
	}
}

func TestOffShelf(t *testing.T) {
	files := map[string]string{
		"defs/book.yaml":   "kind: book\nschema: {key: {name: id}, items: {type: object, properties: {a: {$ref: '#/components/schemas/REF'}}}}",
		"other/people.yml": "kind: people\nschema: {key: {name: id}, items: {type: object, properties: {name: {type: string}}}}",
	}
	for name, want := range map[string]string{
		"Person": `did you mean "../other/people.yml#/schema/items"?`,
		"book":   `did you mean "#/schema/items"?`,
		"Shop": `definitions do not contain shared schemas: refer to another resource, "shop.yaml#/schema/items", ` +
			`or to a schema in another file, "types.yaml#/Shop"`,
	} {
		_, problems := Load(Access{Read: func(p string) ([]byte, error) {
			return []byte(strings.ReplaceAll(files[p], "REF", name)), nil
		}}, Selection{}, "defs/book.yaml", "other/people.yml")
		if len(problems) != 1 || problems[0].Hint != want {
			t.Errorf("%s: %v\nwant %s", name, problems, want)
		}
	}
}
