package definition

import (
	"slices"
	"strconv"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// The keys of asyncapi.channels by the level that they switch on, and the levels without it.
var (
	ChannelKeys     = map[string]string{CollectionLevel: "resources", InstanceLevel: "instances", AttributeLevel: "instance_attrs"}
	DefaultChannels = map[string]bool{CollectionLevel: true, InstanceLevel: true}
)

// What wraps the payload of messages.
const (
	NoEnvelope  = "none"
	CloudEvents = "cloudevents"
)

// events reports problems with an asyncapi block that are apparent from the block alone.
func (c *checker) events(block *Value, schemes []string) {
	if !c.kind(block, "asyncapi", value.KindObject, value.KindNull) || block.Kind == value.KindNull {
		return
	}
	names := []string{"servers", "channels", "envelope", "bindings"}
	if url := block.Member("url"); url != nil && !block.Has("servers") {
		server := value.Object(slices.DeleteFunc(slices.Clone(block.Members), func(m value.Member) bool { return slices.Contains(names, m.Name) })...)
		meant := value.FlowMember(value.NewMember("servers", value.Object(value.NewMember("dev", server))))
		c.problems.Add(value.UnknownKey, url.Pos, "write \""+meant+"\"", "unknown key \"url\" in asyncapi")
	} else {
		c.checkPlaces(block, "asyncapi", "asyncapi.", names)
	}
	if servers := block.Get("servers"); !c.areURLs(servers) && c.kind(servers, "servers", value.KindObject) && !c.isServer(servers) {
		for _, m := range servers.Members {
			c.server(m, schemes)
		}
	}
	if channels := block.Get("channels"); c.kind(channels, "channels", value.KindObject) {
		c.levelsBy(channels, "channels", func(level string) string { return ChannelKeys[level] })
		for _, level := range LevelNames {
			c.kind(channels.Get(ChannelKeys[level]), "channels."+ChannelKeys[level], value.KindBool)
		}
	}
	if envelope := block.Get("envelope"); envelope.IsTrue() {
		c.problems.Add(value.WrongType, envelope.Pos, "write \"envelope: "+CloudEvents+"\"", "envelope must be a string, not %s", value.Describe(envelope))
	} else if c.kind(envelope, "envelope", value.KindString) {
		c.oneOf(envelope, "envelope", NoEnvelope, CloudEvents)
	}
	if bindings := block.Get("bindings"); c.kind(bindings, "bindings", value.KindObject) {
		for _, m := range bindings.Members {
			if !slices.Contains(BindingProtocols, BindingName(m.Name)) || slices.Contains(BindingPlaces, m.Name) {
				continue
			}
			hint := m.Name + " belongs below " + strings.Join(BindingPlaces[:len(BindingPlaces)-1], ", ") + " or " + BindingPlaces[len(BindingPlaces)-1]
			if meant, isShort := shortMember("channel", value.Object(m)); isShort {
				hint += ", as in \"" + meant + "\""
			}
			c.problems.Add(value.UnknownKey, m.Pos, hint, "unknown key %q in bindings", m.Name)
		}
		isProtocol := func(m value.Member) bool { return slices.Contains(BindingProtocols, BindingName(m.Name)) }
		c.known(value.Object(slices.DeleteFunc(slices.Clone(bindings.Members), isProtocol)...), "bindings", BindingPlaces...)
		for _, place := range BindingPlaces {
			c.bindings(bindings.Get(place), place)
		}
	}
}

// isServer reports a single server in place of the object of servers.
func (c *checker) isServer(servers *Value) bool {
	url := servers.Member("url")
	if url == nil || !url.Value.Is(value.KindString) {
		return false
	}
	meant := value.FlowMember(value.NewMember("servers", value.Object(value.NewMember("dev", servers))))
	c.problems.Add(value.WrongType, url.Pos, "write \""+meant+"\"", "servers are objects by their names, and this is one without a name")
	return true
}

// areURLs reports the URL of a server, or a list of URLs, in place of the object of servers.
func (c *checker) areURLs(servers *Value) bool {
	urls := value.Items(servers)
	if servers.Is(value.KindString) {
		urls = []*Value{servers}
	}
	named := value.Object()
	for i, url := range urls {
		if !strings.Contains(url.StringOr(""), "://") {
			return false
		}
		name := "dev"
		if i > 0 {
			name += strconv.Itoa(i + 1)
		}
		named.Set(name, value.Object(value.NewMember("url", url), value.NewMember("protocol", value.String(strings.ToLower(ParseServerURL(url.Text).Scheme)))))
	}
	if len(urls) > 0 {
		c.problems.Add(value.WrongType, servers.Pos, "write \""+value.FlowMember(value.NewMember("servers", named))+"\"", "servers must be an object, not %s", value.Describe(servers))
	}
	return len(urls) > 0
}

// oneOf reports a text that is none of the words.
func (c *checker) oneOf(v *Value, what string, words ...string) {
	if !slices.Contains(words, v.Text) {
		c.problems.Add(value.UnknownValue, v.Pos, value.Suggestion(v.Text, words), "%s cannot be %q", what, v.Text)
	}
}

// server reports problems with an event server.
func (c *checker) server(m value.Member, schemes []string) {
	what := "server \"" + m.Name + "\""
	if !c.kind(m.Value, what, value.KindObject) {
		return
	}
	v := m.Value
	if host := v.Member("host"); host != nil {
		url := DefaultServerURL + "/path"
		if protocol, port := v.Get("protocol").StringOr(""), v.Get("port").Written(); protocol != "" && host.Value.StringOr("") != "" {
			url = protocol + "://" + strings.TrimSuffix(host.Value.Text+":"+port, ":")
		}
		c.problems.Add(value.UnknownKey, host.Pos, "write url: \""+url+"\" instead", "unknown key \"host\" in %s", what)
		return
	}
	texts := []string{"url", "protocol", "protocolVersion", "title", "summary", "description"}
	names := append(slices.Clone(texts), "variables", "security", "tags", "bindings")
	isURL := func(m value.Member) string {
		if !strings.Contains(m.Value.StringOr(""), "://") {
			return ""
		}
		return "write \"" + value.FlowMember(value.NewMember("url", m.Value)) + "\""
	}
	if c.otherWord(v, what, "url", names, isURL) {
		return
	}
	c.checkPlaces(v, what, "server.", names)
	for _, key := range texts {
		if key == "protocolVersion" {
			c.kind(v.Get(key), key+" of "+what, value.KindString, value.KindNumber)
		} else {
			c.kind(v.Get(key), key+" of "+what, value.KindString)
		}
	}
	switch url := v.Get("url"); {
	case url == nil && misspells(v, "url", names...):
	case url == nil:
		c.problems.Add(value.MissingKey, m.Pos, "add url: \""+DefaultServerURL+"\"", "%s has no url", what)
	case url.Is(value.KindString):
		c.serverURL(v, url, what, names)
	}
	c.serverVariables(v.Get("variables"), what)
	if tags := v.Get("tags"); c.kind(tags, "tags of "+what, value.KindArray) {
		for _, tag := range tags.Items {
			c.kind(tag, "a tag of "+what, value.KindString)
		}
	}
	if security := v.Get("security"); c.kind(security, "security of "+what, value.KindArray) {
		for _, item := range security.Items {
			c.serverRequirement(item, what, schemes)
		}
	}
	c.bindings(v.Get("bindings"), "server")
}

func (c *checker) serverVariables(variables *Value, what string) {
	if !c.kind(variables, "variables of "+what, value.KindObject) {
		return
	}
	for _, m := range variables.Members {
		c.readable(m, "a variable of a server")
		variable := "variable \"" + m.Name + "\" of " + what
		if !c.kind(m.Value, variable, value.KindObject) {
			continue
		}
		c.known(m.Value, variable, "default", "description", "enum", "examples")
		c.kind(m.Value.Get("description"), "description of "+variable, value.KindString)
		c.kind(m.Value.Get("default"), "default of "+variable, value.KindString, value.KindNumber, value.KindBool)
		for _, key := range []string{"enum", "examples"} {
			if list := m.Value.Get(key); c.kind(list, key+" of "+variable, value.KindArray) {
				for _, item := range list.Items {
					c.kind(item, "a value in "+key+" of "+variable, value.KindString, value.KindNumber, value.KindBool)
				}
			}
		}
		allowed := value.WrittenItems(m.Value.Get("enum"))
		if chosen := m.Value.Get("default"); chosen != nil && len(allowed) > 0 && !slices.Contains(allowed, chosen.Written()) {
			c.problems.Add(value.ServerVariable, chosen.Pos, value.Suggestion(chosen.Written(), allowed), "default of %s is not one of its enum values", variable)
		}
	}
}

// serverRequirement reports a requirement that is neither a scheme's name nor schemes with their scopes, and schemes
// that the definition does not have.
func (c *checker) serverRequirement(v *Value, what string, schemes []string) {
	if !c.kind(v, "a requirement in security of "+what, value.KindString, value.KindObject) {
		return
	}
	named := v.Members
	if v.Is(value.KindString) {
		named = []value.Member{{Name: v.Text, Pos: v.Pos}}
	}
	for _, m := range named {
		if !slices.Contains(schemes, m.Name) {
			hint := "define it under security.scheme"
			if len(schemes) > 0 {
				hint = value.Suggestion(m.Name, schemes)
			}
			c.problems.Add(value.UnknownScheme, m.Pos, hint, "unknown security scheme %q", m.Name)
		}
		if c.kind(m.Value, "scopes of "+m.Name, value.KindArray) {
			for _, scope := range m.Value.Items {
				c.kind(scope, "a scope of "+m.Name, value.KindString)
			}
		}
	}
}
