// Package pages renders the pages of an API for people: an overview, its OpenAPI document in Swagger UI, and a console
// for its channels. It renders them from the model; it neither listens nor knows any state.
package pages

import (
	"bytes"
	"embed"
	"encoding/json"
	"html/template"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/swaggest/swgui/v5/static"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// Site is what pages show.
type Site struct {
	API       *model.API
	Base      string     // prefix of the paths of levels, percent-encoded: /api, or empty
	Events    string     // prefix of the paths of channels
	Documents []Document // the available ones
	IsWatched bool       // pages reload when the definitions change
}

// Document is a served document of the API.
type Document struct {
	Name string // OpenAPI or AsyncAPI
	Path string // without the ending: /openapi
}

// HasREST reports whether there is a document for Swagger UI.
func (s *Site) HasREST() bool {
	return slices.ContainsFunc(s.Documents, func(d Document) bool { return d.Name == "OpenAPI" })
}

//go:embed *.html *.css *.js
var files embed.FS

var templates = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("").Funcs(template.FuncMap{
		"upper": strings.ToUpper,
		"steps": func(path string) []string { return strings.SplitAfter(path, "/") }, // a line may break between them
	}).ParseFS(files, "*.html"))
})

func (s *Site) page(name string, data any) ([]byte, error) {
	var page bytes.Buffer
	err := templates().ExecuteTemplate(&page, name, data)
	return page.Bytes(), err
}

// Overview returns the start page, with the number of records of each resource, and links to the operations in Swagger
// UI.
func (s *Site) Overview(count map[*model.Resource]int, links map[*model.Operation]string) ([]byte, error) {
	return s.page("overview.html", struct {
		*Site
		Count map[*model.Resource]int
		Links map[*model.Operation]string
	}{s, count, links})
}

// SwaggerPath is the path of the Swagger UI page.
const SwaggerPath = "/_mock/swagger/"

// SwaggerLink returns the link to an operation of a tag in Swagger UI.
func SwaggerLink(tag, id string) string {
	return SwaggerPath + "#/" + url.PathEscape(strings.ReplaceAll(tag, " ", "_")) + "/" + url.PathEscape(id)
}

// Swagger returns the page of Swagger UI.
func (s *Site) Swagger() ([]byte, error) { return s.page("swagger.html", struct{ *Site }{s}) }

// Console returns the page of a channel. keys are the initial values of its inputs, one for each parameter of its path.
func (s *Site) Console(channel *model.Channel, keys []string) ([]byte, error) {
	c := &console{Site: s, Channel: channel}
	for i, p := range channel.Level.Parameters {
		c.Keys = append(c.Keys, input{Name: p.Name, Label: channel.Level.Keys[i].Noun, Value: keys[i], Description: p.Description})
	}
	if o := channel.Subscribe; o != nil {
		for _, p := range o.Operation.Parameters {
			if p.In == "query" {
				c.Query = append(c.Query, input{Name: p.Name, Label: p.Name, Description: p.Description})
			}
		}
	}
	c.Credentials = credentials(channel)
	if o := channel.Publish; o != nil && channel.Protocol != "http" {
		for _, m := range o.Messages {
			c.Messages = append(c.Messages, message{Title: m.Title, Text: indented(m.Payload.Example)})
		}
	}
	segments := []segment{}
	for _, step := range channel.Level.Segments {
		if step.Parameter != nil {
			segments = append(segments, segment{Key: step.Parameter.Name})
		} else {
			segments = append(segments, segment{Text: step.Text})
		}
	}
	text, err := json.Marshal(segments)
	if err != nil {
		return nil, err
	}
	c.Segments = string(text)
	return s.page("console.html", c)
}

// console is the data of a channel's page.
type console struct {
	*Site
	Channel     *model.Channel
	Segments    string  // of the path, as JSON
	Keys        []input // of the path
	Query       []input
	Credentials []input   // that a browser can send in a query
	Messages    []message // that can be sent
}

// input is a field for a person to fill in.
type input struct{ Name, Label, Value, Description string }

// message is a message that can be sent, filled in with an example.
type message struct{ Title, Text string }

// segment is a segment of a path: a text, or the value of a key's input.
type segment struct {
	Text string `json:"text,omitempty"`
	Key  string `json:"key,omitempty"`
}

// Subscribes reports whether the channel sends messages.
func (c *console) Subscribes() bool { return c.Channel.Subscribe != nil }

// IsStream reports whether the channel is an event stream rather than a WebSocket.
func (c *console) IsStream() bool { return c.Channel.Protocol == "http" }

// credentials returns an input for each query parameter in which the channel takes a credential. Its label has the names of the
// schemes that it is for, and what they take.
func credentials(channel *model.Channel) []input {
	var inputs []input
	names := map[string][]string{} // of schemes, by the parameter
	for _, o := range channel.Operations() {
		for _, scheme := range o.Schemes {
			parameter := credentialName(scheme)
			if parameter == "" || slices.Contains(names[parameter], scheme.Name) {
				continue
			}
			if names[parameter] = append(names[parameter], scheme.Name); len(names[parameter]) == 1 {
				inputs = append(inputs, input{Name: parameter, Description: scheme.Description})
			}
		}
	}
	for i, in := range inputs {
		takes := "token"
		if in.Name != accessToken {
			takes = in.Name
		}
		inputs[i].Label = strings.Join(names[in.Name], " or ") + ": " + takes
	}
	return inputs
}

// accessToken is the query parameter of a bearer token (RFC 6750, section 2.3).
const accessToken = "access_token"

// credentialName returns the query parameter in which a connection takes the credential of a scheme, or an empty text.
func credentialName(scheme *model.SecurityScheme) string {
	switch {
	case scheme.Type == "apiKey" && scheme.In != "cookie":
		return scheme.ParameterName
	case scheme.Type == "apiKey", scheme.Type == "mutualTLS", scheme.Type == "http" && !strings.EqualFold(scheme.Scheme, "bearer"):
		return ""
	}
	return accessToken
}

// indented returns a value as indented JSON, or an empty object if there is none.
func indented(v *model.Value) string {
	if v == nil {
		v = value.Object()
	}
	return string(v.AppendJSON(nil, "  "))
}

// Asset is a static file of the pages.
type Asset struct {
	Content  []byte
	Type     string // its media type
	IsGzip   bool   // Content is compressed
	IsForAll bool   // it never changes
}

// AssetOf returns the file of that name: one of ours, or one of Swagger UI's below swagger/.
func AssetOf(name string) (Asset, bool) {
	kind := map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".png": "image/png"}[path.Ext(name)]
	if kind == "" || strings.Contains(name, "..") {
		return Asset{}, false
	}
	of, isTheirs := strings.CutPrefix(name, "swagger/")
	if !isTheirs {
		content, err := files.ReadFile(name)
		return Asset{Content: content, Type: kind}, err == nil
	}
	if content, err := static.FS.ReadFile(of + ".gz"); err == nil {
		return Asset{content, kind, true, true}, true
	}
	content, err := static.FS.ReadFile(of)
	return Asset{content, kind, false, true}, err == nil
}
