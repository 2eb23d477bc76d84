package escape

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
	lowered, err := lower(v)
	if err != nil {
		return "", err
	}
	return plainText(lowered)
}
