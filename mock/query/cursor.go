package query

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// cursor is the position after one record of a list, defined by its sort values and its creation: it stays valid when
// that record changes or is deleted.
type cursor struct {
	list    string // which list, and how it is sorted
	created uint64
	keys    []key
}

// maxKeyBytes is how many bytes of a value a cursor holds, since it must fit into a header. That only makes a difference
// if the record is gone and others begin with the same bytes.
const maxKeyBytes = 200

func newCursor(o *model.Operation, orders []order, keys []key, created uint64) *cursor {
	return &cursor{listOf(o, orders), created, shortened(keys)}
}

// listOf identifies a list and its order.
func listOf(o *model.Operation, orders []order) string {
	name := []string{o.Resource.Name}
	for _, order := range orders {
		sign := "+"
		if order.isDescending {
			sign = "-"
		}
		name = append(name, sign+strings.Join(order.path, "/"))
	}
	return strings.Join(name, ",")
}

func shortened(keys []key) []key {
	short := slices.Clone(keys)
	for i := range short {
		k := &short[i]
		switch {
		case k.kind == value.KindString && len(k.text) > maxKeyBytes:
			end := maxKeyBytes
			for !utf8.RuneStart(k.text[end]) {
				end--
			}
			k.text = k.text[:end]
		case k.kind == value.KindNumber && len(k.text) > maxKeyBytes:
			*k = key{}
		case k.kind == value.KindArray || k.kind == value.KindObject:
			k.text = ""
		}
	}
	return short
}

// String returns the cursor in its external form.
func (c *cursor) String() string {
	items := value.Strings(c.list, strconv.FormatUint(c.created, 10))
	for _, k := range c.keys {
		items.Items = append(items.Items, &value.Value{Kind: k.kind, Text: k.text})
	}
	return base64.RawURLEncoding.EncodeToString(items.AppendJSON(nil, ""))
}

// parseCursor returns the cursor that a text represents, and whether it belongs to that list in that order.
func parseCursor(text string, o *model.Operation, orders []order) (*cursor, bool) {
	data, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || !json.Valid(data) {
		return nil, false
	}
	var problems value.Problems
	documents := value.ParseInput("", data, &problems)
	if len(problems) > 0 || len(documents) != 1 {
		return nil, false
	}
	items := value.Items(documents[0])
	if len(items) != len(orders)+2 || items[0].StringOr("") != listOf(o, orders) {
		return nil, false
	}
	created, err := strconv.ParseUint(items[1].StringOr(""), 10, 64)
	if err != nil {
		return nil, false
	}
	c := &cursor{list: items[0].Text, created: created}
	for _, item := range items[2:] {
		k := keyOf(item)
		if len(k.text) > maxKeyBytes {
			return nil, false
		}
		c.keys = append(c.keys, k)
	}
	return c, true
}

// startAfter returns the index of the first record after the cursor: the one after the cursor's record if that is
// unchanged, else the first that sorts after it.
func startAfter[R Record](c *cursor, rows []row[R], orders []order) int {
	start := len(rows)
	for i, r := range rows {
		switch order := cmp.Or(compareKeys(shortened(r.keys), c.keys, orders), cmp.Compare(r.record.Created(), c.created)); {
		case order == 0:
			return i + 1
		case order > 0:
			start = min(start, i)
		}
	}
	return start
}
