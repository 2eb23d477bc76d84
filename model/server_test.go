package model

import (
	"fmt"
	"strings"
	"testing"
)

func (l *library) serverLines() []string {
	var lines []string
	for _, s := range l.api.Servers {
		line := fmt.Sprintf("%s %s %s %s%s", s.Name, s.Protocol, s.URL, s.Host, s.Pathname)
		for _, v := range s.Variables {
			line += fmt.Sprintf(" {%s %s %v}", v.Name, v.Default, v.Enum)
		}
		lines = append(lines, line)
	}
	return lines
}

func TestServers(t *testing.T) {
	for servers, want := range map[string]struct{ server, problem string }{
		"{url: 'ws://localhost:8080', protocol: ws}":  {"dev ws ws://localhost:8080 localhost:8080", ""},
		"{url: 'ws://localhost:8080/', protocol: WS}": {"dev ws ws://localhost:8080 localhost:8080", ""},
		"{url: 'ws://h/ws//', protocol: ws}":          {"dev ws ws://h/ws h/ws", ""},
		"{url: 'localhost:8080/a', protocol: wss}":    {"dev wss wss://localhost:8080/a localhost:8080/a", ""},
		"{url: 'kafka://a:1,b:2'}":                    {"dev kafka kafka://a:1,b:2 a:1,b:2", ""},
		"{url: 'tcp://h:1883', protocol: mqtt}":       {"dev mqtt tcp://h:1883 h:1883", ""},
		"{url: 'ws://h/a?token=1#b', protocol: ws}":   {"dev ws ws://h/a h/a", `x.yaml:1:22: warning: the url of a server cannot have a query or fragment: "?token=1#b" is left out [FS2603]`},
		"{url: 'ws://{r}.h:{p}/{r}', variables: {p: {default: 0443, enum: [0443, 80]}, q: {}, r: {}}}": {
			"dev ws ws://{r}.h:{p}/{r} {r}.h:{p}/{r} {r  []} {p 0443 [0443 80]}",
			`x.yaml:1:94: warning: the variable "q" is not in the url of server "dev", so it is left out [FS2605]`},
		"{url: 'ws://{r}'}":                            {"dev ws ws://{r} {r} {r  []}", `x.yaml:1:22: warning: the variable {r} in the url of server "dev" is not declared [FS2605]`},
		"{url: 'ws://h', security: [{oauth: [a]}, k]}": {"dev ws ws://h h", ""},
	} {
		t.Run(servers, func(t *testing.T) {
			l := newLibrary(t)
			l.api.SecuritySchemes = []*SecurityScheme{{Name: "bearer", Key: "bearer"}, {Name: "oauth", Key: "oauth"}, {Name: "k", Key: "k"}}
			problems := l.events("servers: {dev: "+servers+"}", l.resource("book", "books", "get"))
			same(t, l.serverLines(), []string{want.server})
			same(t, firstLines(problems), strings.FieldsFunc(want.problem, func(r rune) bool { return r == '\n' }))
			if s := l.api.Servers[0]; strings.Contains(servers, "oauth") && (len(s.Schemes) != 2 || s.HasSimpleSecurity || s.Security[0].Schemes[0].Scopes[0] != "a") {
				t.Errorf("security is %v", s.Security)
			}
		})
	}
}

func TestServersOfSeveralDefinitions(t *testing.T) {
	l := newLibrary(t)
	blocks := []string{
		"servers: {dev: {url: 'ws://a', protocol: ws}, a b: {url: 'ws://c', protocol: ws}}",
		"servers: {dev: {protocol: ws, url: 'ws://a'}}",
		"servers: {dev: {url: 'ws://b', protocol: ws}}",
		"servers: {dev: {url: 'ws://b', protocol: ws}, a_b: {url: 'ws://d', protocol: ws}}",
		"{}",
	}
	var sources []eventSource
	for i, block := range blocks {
		kind := []string{"book", "author", "shop", "order", "user"}[i]
		sources = append(sources, eventSource{Block: parsed(t, block), Resources: []*Resource{l.resource(kind, kind+"s", "get")}})
	}
	var problems Problems
	buildEvents(l.api, sources, &problems)
	same(t, l.lines(), []string{
		"books /books @dev @a_b | subscribeBooks Books=Books",
		"authors /authors @dev | subscribeAuthors Authors=Authors",
		"shops /shops @dev-shops | subscribeShops Shops=Shops",
		"orders /orders @dev-shops @a_b2 | subscribeOrders Orders=Orders",
		"users /users @dev @a_b @dev-shops @a_b2 | subscribeUsers Users=Users",
	})
	same(t, firstLines(problems), []string{`x.yaml:1:11: warning: the server "dev" differs from the one at x.yaml:1:11, so it is called dev-shops [FS2606]`})
}

// Two servers that only their names tell apart say so, since no reader of a channel sees the names.
func TestServersThatOnlyNamesTellApart(t *testing.T) {
	l := newLibrary(t)
	l.events("servers: {a: {url: 'ws://h'}, b: {url: 'ws://h'}, c: {url: 'ws://h', description: Another}, d: {url: 'ws://h', protocol: mqtt}, e: {url: 'ws://i'}}",
		l.resource("book", "books", "get"))
	var got []string
	for _, s := range l.api.Servers {
		got = append(got, s.Name+"="+s.Description)
	}
	same(t, got, []string{"a=", "b=(b)", "c=Another", "d=", "e="})
}

// Servers that are written alike are two where the schemes that they name are.
func TestServersOfDifferentSchemes(t *testing.T) {
	definition := func(kind, scheme string) string {
		return "kind: " + kind + "\nsecurity: {scheme: {token: {type: http, scheme: " + scheme + "}}}\nschema: {key: {name: id}, items: {properties: {a: {}}}}\n" +
			"asyncapi: {servers: {dev: {url: 'ws://h', security: [token]}}}\n"
	}
	for scheme, want := range map[string]string{"bearer": "dev", "basic": "dev dev-films"} {
		api := mustLoad(t, definition("book", "bearer")+"---\n"+definition("film", scheme))
		var names []string
		for _, s := range api.Servers {
			names = append(names, s.Name)
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%s: servers are %s, want %s", scheme, got, want)
		}
	}
}
