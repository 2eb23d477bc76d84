package mock

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/name"
)

// basePath returns the steps before the paths of levels: those of the first server that HTTP leads to, and the prefix.
func basePath(api *model.API, prefix string) ([]string, error) {
	var steps []string
	for _, path := range []string{firstPath(api), prefix} {
		more, err := stepsOf(path)
		if err != nil {
			return nil, err
		}
		steps = append(steps, more...)
	}
	return steps, nil
}

// channelBases returns the steps before the addresses of channels, for each server of events that a web client can reach.
// AsyncAPI puts the path of the server there, which can differ from where REST is.
func channelBases(api *model.API) ([][]string, error) {
	var bases [][]string
	for _, server := range api.Servers {
		if !isWeb(server.Protocol) {
			continue
		}
		base, err := stepsOf(withDefaults(server.Pathname, server.Variables))
		if err != nil {
			return nil, err
		}
		bases = append(bases, base)
	}
	return bases, nil
}

func isWeb(protocol string) bool {
	return slices.Contains([]string{"ws", "wss", "http", "https"}, protocol)
}

// stepsOf returns the texts between the slashes of a path, as they are meant.
func stepsOf(path string) ([]string, error) {
	var steps []string
	for text := range strings.SplitSeq(path, "/") {
		if text == "" {
			continue
		}
		meant, err := url.PathUnescape(text)
		if err != nil {
			return nil, fmt.Errorf("the base path %s: %w", path, err)
		}
		steps = append(steps, meant)
	}
	return steps, nil
}

// firstPath returns the path of the first server with http or https, or without any scheme; empty where there is none.
func firstPath(api *model.API) string {
	for _, base := range api.BaseURLs {
		at := withDefaults(base.URL, base.Variables)
		scheme, rest, isAbsolute := strings.Cut(at, "://")
		if !isAbsolute {
			return at
		}
		if scheme = strings.ToLower(scheme); scheme == "http" || scheme == "https" {
			_, path, _ := strings.Cut(rest, "/")
			return path
		}
	}
	return ""
}

// withDefaults returns a template of a URL, or a part of one, with each variable replaced by its default.
func withDefaults(template string, variables []*model.ServerVariable) string {
	for _, v := range variables {
		template = strings.ReplaceAll(template, "{"+v.Name+"}", v.Default)
	}
	return template
}

// BasePath returns what stands before the paths of the API, percent-encoded: /api, or empty.
func (s *Server) BasePath() string { return pathOf(s.base) }

// ServerPath returns the path of the server's URL: BasePath without the prefix; / where that is nothing.
func (s *Server) ServerPath() string {
	prefix, _ := stepsOf(s.options.Prefix) // New has checked it
	return cmp.Or(pathOf(s.base[:len(s.base)-len(prefix)]), "/")
}

// ChannelBasePath returns what stands before the paths of channels: the path of the first server of events that has one,
// else BasePath, below which they are always served too.
func (s *Server) ChannelBasePath() string {
	for _, base := range s.channelBases {
		if len(base) > 0 {
			return pathOf(base)
		}
	}
	return s.BasePath()
}

// pathOf returns the path with these steps, percent-encoded.
func pathOf(steps []string) string {
	var b strings.Builder
	for _, text := range steps {
		b.WriteString("/" + name.Segment(text))
	}
	return b.String()
}
