package escape

import "github.com/firestoned/firestone/model/value"

// textReader writes every action unchanged: plain text has no syntax to break.
type textReader struct{}

// textState is a position in plain text: all are alike.
type textState struct{}

func (textReader) start() textState                             { return textState{} }
func (textReader) text(s textState, _ string) textState         { return s }
func (textReader) open(textState) string                        { return "" }
func (textReader) placeAction(s textState, a *action) textState { a.write(textWriter, 0); return s }

// writeText returns a string, number or boolean unchanged, "" for null, and a list or map as JSON.
func writeText(_ int, v any) (string, error) {
	if s, ok := v.(string); ok {
		return s, nil
	}
	return anyText(v)
}

// anyText is plainText of any value.
func anyText(v any) (string, error) {
	lowered, err := lower(v)
	if err != nil {
		return "", err
	}
	return plainText(lowered)
}

// plainText returns the text of a scalar, "" for null, and a list or map as JSON.
func plainText(v *value.Value) (string, error) {
	if text, ok := scalarText(v); ok || v.Kind == value.KindNull {
		return text, nil
	}
	b, err := jsonNotation.append(nil, v)
	return string(b), err
}
