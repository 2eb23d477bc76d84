package mock

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/name"
)

// basePath returns the steps before the paths of levels: those of the first server that HTTP leads to, and the prefix.
func basePath(api *model.API, prefix string) ([]string, error) {
	var steps []string
	for _, path := range []string{firstPath(api), prefix} {
		for text := range strings.SplitSeq(strings.Trim(path, "/"), "/") {
			if text == "" {
				continue
			}
			meant, err := url.PathUnescape(text)
			if err != nil {
				return nil, fmt.Errorf("the base path %s: %w", path, err)
			}
			steps = append(steps, meant)
		}
	}
	return steps, nil
}

// firstPath returns the path of the first server with http or https, or without any scheme; empty where there is none.
func firstPath(api *model.API) string {
	for _, base := range api.BaseURLs {
		at := base.URL
		for _, v := range base.Variables {
			at = strings.ReplaceAll(at, "{"+v.Name+"}", v.Default)
		}
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

// BasePath returns what stands before the paths of the API, percent-encoded: /api, or empty.
func (s *Server) BasePath() string {
	var b strings.Builder
	for _, text := range s.base {
		b.WriteString("/" + name.Segment(text))
	}
	return b.String()
}
