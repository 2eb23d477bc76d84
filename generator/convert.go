package generator

import (
	"fmt"

	"github.com/firestoned/firestone/model/value"
)

// As returns the file as it is written to a path: a YAML file becomes JSON for a path that ends in .json, in the same
// order and with the same digits. It returns an error if the content is not YAML.
func (f File) As(path string) (File, error) {
	if !isJSON(path) || !isYAML(f.Path) {
		return f, nil
	}
	var problems value.Problems
	documents := value.Parse(f.Path, f.Content, &problems)
	if problems.HasErrors() {
		return f, problems.Sorted()
	}
	if len(documents) != 1 {
		return f, fmt.Errorf("%s contains %d documents, but JSON allows only one", f.Path, len(documents))
	}
	f.Content = append(documents[0].AppendJSON(nil, "  "), '\n')
	return f, nil
}
