package definition

import (
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// unusedSchemes warns of security schemes that no level and no server requires: they are in no document, and protect nothing.
// Without a level, or where one has a list of methods, each scheme is an alternative. A slip in what requires schemes, which is
// reported, may be the reason.
func (c *checker) unusedSchemes(d *Definition) {
	security := d.Root.Get("security")
	used, isLevelled := map[string]bool{}, false
	for _, m := range security.Members {
		switch {
		case m.Name == "scheme" || strings.HasPrefix(m.Name, "x-"):
			continue
		case !slices.Contains(LevelNames, m.Name), !m.Value.Is(value.KindObject) && !m.Value.Is(value.KindArray), len(m.Value.Items) > 0:
			return
		}
		isLevelled = true
		for _, method := range m.Value.Members {
			if !method.Value.Is(value.KindArray) {
				return
			}
			noteRequired(used, method.Value)
		}
	}
	if !isLevelled {
		return
	}
	for _, server := range value.Members(d.Root.Get("asyncapi").Get("servers")) {
		noteRequired(used, server.Value.Get("security"))
	}
	names := d.schemeNames()
	for name := range used {
		if !slices.Contains(names, name) {
			return
		}
	}
	for _, m := range value.Members(security.Get("scheme")) {
		if !used[m.Name] {
			c.problems.Warn(value.SecurityWithoutEffect, m.Pos, requireHint(d, m.Name)+", or remove it", "no operation and no server requires the security scheme %q", m.Name)
		}
	}
}

// noteRequired notes the names of the schemes in a list of requirements.
func noteRequired(used map[string]bool, list *Value) {
	for _, item := range value.Items(list) {
		if item.Is(value.KindString) {
			used[item.Text] = true
		}
		for _, m := range value.Members(item) {
			used[m.Name] = true
		}
	}
}

// requireHint shows how the first operation of the definition requires a scheme.
func requireHint(d *Definition, scheme string) string {
	requirement := value.Object(value.NewMember(scheme, value.Array()))
	for _, level := range LevelNames {
		for _, method := range d.Methods(level) {
			if d.Root.Get("security").Get(level).Get(method).Is(value.KindArray) {
				return "add " + value.Flow(requirement) + " to security." + level + "." + method
			}
		}
	}
	for _, level := range LevelNames {
		if methods := d.Methods(level); len(methods) > 0 {
			return "write \"" + value.FlowMember(value.NewMember(level, value.Object(value.NewMember(methods[0], value.Array(requirement))))) + "\" under security"
		}
	}
	return "add it to the security of a server"
}
