package model

import (
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// labelNames are the properties that name a record for people, without what separates their words, the best first.
var labelNames = []string{"name", "title", "label", "displayname", "fullname", "username", "subject", "headline", "caption"}

// labelRank holds labelNames by their rank, the best highest.
var labelRank = func() map[string]int {
	ranks := map[string]int{}
	for i, called := range labelNames {
		ranks[called] = len(labelNames) - i
	}
	return ranks
}()

// labelOf returns the property that names a record for people: the one that x-label says, else one of a telling name,
// else the first required short text, else the key.
func labelOf(r *Resource) *Property {
	if given := r.property(extension(r, "x-label").StringOr("")); given != nil {
		return given
	}
	isText := func(p *Property) bool {
		return p.Shape.Kind == StringShape && !p.IsWriteOnly && p.Refers == nil && len(p.Shape.Enum) == 0
	}
	var best *Property
	rank := 0
	for _, p := range r.Properties {
		if own := labelRank[plainName(p.Name)]; own > rank && isText(p) {
			best, rank = p, own
		}
	}
	if best != nil {
		return best
	}
	for _, p := range r.Properties {
		if isText(p) && p.IsRequired && !p.IsKey && (p.Shape.Format == "" || p.Shape.Format == "email") && !isLong(p) {
			return p
		}
	}
	return r.property(r.Key.Name)
}

// maxColumns bounds what a table of several records shows without being told.
const maxColumns = 8

// columnsOf returns what a table of several records shows: the properties that x-columns lists, else the label and
// then what fits into a cell.
func columnsOf(r *Resource) []*Property {
	var columns []*Property
	for _, item := range value.Items(extension(r, "x-columns")) {
		if p := r.property(item.StringOr("")); p != nil && !slices.Contains(columns, p) {
			columns = append(columns, p)
		}
	}
	if len(columns) > 0 {
		return columns
	}
	if r.Label != nil {
		columns = append(columns, r.Label)
	}
	for _, p := range r.Properties {
		if len(columns) < maxColumns && p != r.Label && !p.IsWriteOnly && !p.IsDeprecated && !isLong(p) && fitsCell(p.Shape) {
			columns = append(columns, p)
		}
	}
	return columns
}

// fitsCell reports whether a value can be read in one cell of a table: a scalar, or a list of scalars.
func fitsCell(of *Shape) bool {
	if of.Kind == ArrayShape && of.Item != nil {
		of = of.Item
	}
	return isScalarShape(of.Kind) && of.Format != "binary" && of.Format != "byte"
}

// maxLineLength is how many characters a text may have that is read as one line.
const maxLineLength = 200

// longNames are names of properties with text of several lines although no schema says so, without word separators.
var longNames = []string{"description", "text", "body", "content", "notes", "comment", "comments", "summary", "abstract", "bio", "biography", "message", "html", "markdown"}

// isLong reports whether a property holds texts of several lines.
func isLong(p *Property) bool {
	if p.Shape.Kind != StringShape {
		return false
	}
	if most := p.Shape.MaxLength; most != nil {
		n, ok := most.Rat()
		return !ok || !n.Num().IsInt64() || n.Num().Int64() > maxLineLength
	}
	return slices.Contains(longNames, plainName(p.Name)) && len(p.Shape.Enum) == 0
}

var separators = strings.NewReplacer("_", "", "-", "", " ", "", ".", "")

// plainName returns a name in small letters, without what separates its words.
func plainName(text string) string {
	return strings.ToLower(separators.Replace(text))
}

// extension returns the value of one of the definition's own x-* keys, or nil.
func extension(r *Resource, called string) *Value {
	for _, m := range r.Extensions {
		if m.Name == called {
			return m.Value
		}
	}
	return nil
}
