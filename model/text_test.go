package model

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hexops/autogold/v2"
)

// kindsInTexts are definitions of many kinds of words: the start of each, whose schema follows where it has none.
var kindsInTexts = strings.Split(`book
books
author
box
category
city
hero
hour
user
university
person
people
child
mouse
leaf
analysis
criterion
index
quiz
bus
status
sheep
series
species
aircraft
data
metadata
news
media
software
information
feedback
staff
equipment
sms
traffic
advice
sensor_data
api_key
iot_device
url
isbn
http_server
MLModel
XRay
camelCaseHTTPServerID
vm
faq
OAuthClient
postal_code
unit_of_measure
european_country
one_time_code
umbrella
blog-post
x-ray
purchaseOrder
straßen
道路
école
a
x
v2_item
addressbook, plural: addressbook
doc, items: {title: Library Book}
device, items: {title: IoT Device}
thing, items: {title: This is what the library keeps}`, "\n")

const fewMethods = "methods: {resource: [get, post], instance: [get, patch, delete]}\nasyncapi: {}\n"

const allMethods = "methods: {resource: [get, head, post, patch, delete], instance: [get, head, put, patch, delete], instance_attrs: [get, head, put, delete]}\n" +
	"asyncapi: {channels: {resources: true, instances: true, instance_attrs: true}}\n"

// TestTextsOfKinds holds what firestone says of resources in a file that a person can read aloud.
func TestTextsOfKinds(t *testing.T) {
	var b strings.Builder
	for _, kind := range kindsInTexts {
		head, items, _ := strings.Cut(kind, ", items: {")
		text := "kind: " + strings.ReplaceAll(head, ", ", "\n") + "\n" + fewMethods + "schema: {key: {name: key}, items: {properties: {note: {expose: false}}, " + items
		if items == "" {
			text += "}"
		}
		fmt.Fprintf(&b, "== %s ==\n", kind)
		writeTexts(&b, mustLoad(t, text+"}"))
	}
	autogold.ExpectFile(t, autogold.Raw(b.String()), autogold.Dir("testdata"), autogold.Name("texts_of_kinds"))
}

// TestTextsOfRelated holds what it says of nested resources, pages, selections, events and versions.
func TestTextsOfRelated(t *testing.T) {
	var b strings.Builder
	for _, text := range []string{
		"kind: member\nschema: {key: {name: id}, items: {properties: {loans: {schema: {key: {name: no}, items: {properties: {pages: {schema: {key: {name: n}, items: {}}}}}}}}}}\n",
		"kind: hour\nschema: {key: {name: id}, items: {properties: {data: {schema: {key: {name: no}, items: {}}}, home-addresses: {title: Home Addresses, schema: {key: {name: no}, items: {}}}}}}\n",
		"kind: data\nschema: {key: {name: id}, items: {properties: {employer: {schema: {key: {name: no}, items: {}}}}}}\n",
		"kind: book\nschema: {key: {name: id}, items: {properties: {title: {}, published: {}}}}\n",
		"kind: book\nschema: {key: {name: id}, query_params: [{name: limit}, {name: offset}], items: {properties: {title: {}}}}\n",
		"kind: book\nschema: {key: {name: id}, query_params: [{name: title, methods: [get, delete]}], items: {}}\n",
		"kind: book\nschema: {key: {name: id}, items: {properties: {title: {}, published: {}}}}\nENVELOPE",
		"kind: book\nmetadata: {description: Events about books.}\ndescriptions: {resource: {post: Create a book.}, instance: {put: Puts a book back.}}\nschema: {key: {name: id}, items: {}}\n",
	} {
		b.WriteString("== " + text + "\n")
		methods := allMethods
		if strings.HasSuffix(text, "ENVELOPE") {
			text, methods = strings.TrimSuffix(text, "ENVELOPE"), strings.Replace(methods, "asyncapi: {", "asyncapi: {envelope: cloudevents, ", 1)
		}
		writeTexts(&b, mustLoad(t, text+methods))
	}
	autogold.ExpectFile(t, autogold.Raw(b.String()), autogold.Dir("testdata"), autogold.Name("texts_of_related"))
}

// propertiesInTexts are properties whose names are nouns, and others.
const propertiesInTexts = `{title: {}, name: {}, description: {}, author: {}, weight: {type: number}, price: {}, availability: {}, age: {}, address: {},
	phone_number: {}, date_of_birth: {}, number_of_pages: {}, publication_year: {}, unit_price: {}, start_time: {}, lastName: {}, user: {}, hour: {},
	published: {}, active: {}, due: {}, optional: {}, visible: {}, available: {}, public: {}, new: {}, unicode: {},
	created: {}, born: {}, hidden: {}, closed: {}, updated_at: {}, created_by_user: {}, also_known_as: {},
	is_active: {type: boolean}, has_children: {type: boolean}, can_edit: {}, enabled: {type: boolean}, archive: {type: boolean}, is_a_student: {},
	isbn: {}, url: {}, id: {}, ip_address: {}, imageURL: {}, api_keys: {}, sku: {},
	content-type: {}, lastSeenAt: {}, X-Trace: {}, e-mail: {},
	date_published: {}, expires_on: {}, valid_until: {}, birthday: {},
	tags: {}, shelves: {}, children: {}, email_addresses: {}, news: {}, data: {},
	größe: {}, 名前: {}, prénom: {}, foo.bar: {}, "filter[name]": {}, "@id": {}, 2fa: {}, "404": {}, "two words": {}, "-": {}, "🚀": {}, field_000: {},
	pub: {title: Publication Year}, act: {title: "Still active?"}}`

// TestTextsOfProperties holds what it says of the attributes of an instance.
func TestTextsOfProperties(t *testing.T) {
	var b strings.Builder
	writeTexts(&b, mustLoad(t, "kind: book\n"+allMethods+"schema: {key: {name: key}, items: {properties: "+propertiesInTexts+"}}"))
	autogold.ExpectFile(t, autogold.Raw(b.String()), autogold.Dir("testdata"), autogold.Name("texts_of_properties"))
}

// A title of blanks shows nothing, and so is none.
func TestTitlesOfBlanks(t *testing.T) {
	api := mustLoad(t, `{kind: book, schema: {key: {name: id}, items: {title: "  ", properties: {name: {title: " "}, " ": {}, "\u3000": {title: "\t"}}}}}`)
	r := api.Resources[0]
	got := []string{r.Title}
	for _, p := range r.Properties {
		got = append(got, p.Title)
	}
	same(t, got, []string{"Books", "ID", "Name", " ", "\u3000"})
}

// Headings name tags, which have to differ.
func TestHeadingsAreDistinct(t *testing.T) {
	const schema = "\nschema: {key: {name: id}, items: {properties: {part: {schema: {key: {name: no}, items: {}}}}}}\n"
	api, problems := load(t, map[string]string{
		"a.yaml": "kind: foo-bar" + schema, "b.yaml": "kind: foo_bar" + schema, "c.yaml": "kind: fooBar\napiVersion: v2\nversionInPath: true" + schema,
	}, "a.yaml", "b.yaml", "c.yaml")
	if api == nil {
		t.Fatal(problems)
	}
	var got []string
	for _, r := range api.Resources {
		got = append(got, r.Title)
	}
	same(t, got, []string{"Foo bars", "Foo bar parts", "Foo bars 2", "Foo bar parts 2", "Foo bars v2", "Foo bar parts 3"})
}

// writeTexts writes the texts of all operations, channels and messages, one of them a line.
func writeTexts(b *strings.Builder, api *API) {
	for _, r := range api.Resources {
		fmt.Fprintf(b, "\n# %s: %s, %s\n", r.Title, r.Noun, r.PluralNoun)
		for _, l := range r.Levels {
			for _, o := range l.Operations {
				fmt.Fprintf(b, "%s: %s | %s", o.Name, o.Summary, o.Purpose)
				if o.Request != nil {
					b.WriteString(" < " + o.Request.Description)
				}
				b.WriteString(" > " + o.Responses[0].Description + "\n")
			}
			for _, c := range l.Channels {
				fmt.Fprintf(b, "%s: %s | %s\n", c.Name, c.Title, c.Description)
				for _, o := range c.Operations() {
					fmt.Fprintf(b, "  %s: %s | %s | %s\n", o.Name, o.Title, o.Summary, o.Description)
					for _, m := range o.Messages {
						fmt.Fprintf(b, "  - %s: %s | %s\n", m.Name, m.Title, m.Summary)
					}
				}
			}
		}
	}
	b.WriteString("\n")
}
