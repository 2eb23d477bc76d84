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

// basePath returns the path segments before the paths of levels: those of the first HTTP server, followed by the
// prefix.
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

// channelBases returns the path segments before the addresses of channels, for each event server that a web client can
// reach. AsyncAPI puts the server's path there, which can differ from the path of the REST server.
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

// stepsOf returns the segments of a path, percent-decoded.
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

// firstPath returns the path of the first server whose scheme is http or https, or that has none; empty if there is no
// such server.
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

// withDefaults returns a URL template, or a part of one, with each variable replaced by its default.
func withDefaults(template string, variables []*model.ServerVariable) string {
	for _, v := range variables {
		template = strings.ReplaceAll(template, "{"+v.Name+"}", v.Default)
	}
	return template
}

// BasePath returns the prefix of all paths of the API, percent-encoded: /api, or empty.
func (s *Server) BasePath() string { return pathOf(s.base) }

// ServerPath returns the path of the server's URL, which is BasePath without the prefix, or / if it is empty.
func (s *Server) ServerPath() string {
	prefix, _ := stepsOf(s.options.Prefix) // validated by New
	return cmp.Or(pathOf(s.base[:len(s.base)-len(prefix)]), "/")
}

// ChannelBasePath returns the prefix of the paths of channels: the path of the first event server that has one, else
// BasePath, below which channels are always served as well.
func (s *Server) ChannelBasePath() string {
	for _, base := range s.channelBases {
		if len(base) > 0 {
			return pathOf(base)
		}
	}
	return s.BasePath()
}

// pathOf returns the path with the given segments, percent-encoded.
func pathOf(steps []string) string {
	var b strings.Builder
	for _, text := range steps {
		b.WriteString("/" + name.Segment(text))
	}
	return b.String()
}
