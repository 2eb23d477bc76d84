package escape

// yamlMode is the kind of position in a YAML text.
type yamlMode uint8

const (
	yamlLineStart  yamlMode = iota // after nothing but spaces
	yamlValue                      // a node may begin here
	yamlIndicator                  // after a possible indicator ":", "-" or "?"
	yamlPlain                      // in a plain scalar
	yamlPlainSpace                 // in a plain scalar, after a space
	yamlDone                       // after a whole scalar or a closed bracket
	yamlDoneSpace                  // the same, after a space
	yamlSingle                     // in '…'
	yamlDouble                     // in "…"
	yamlEscaped                    // in "…", after a backslash
	yamlComment
	yamlHeader     // after "|" or ">", on its line
	yamlBlockStart // at the start of a line in a block scalar, after nothing but spaces
	yamlBlockLead  // in a line of a block scalar that is one action so far
	yamlBlock      // in a block scalar
	yamlName       // in the name of an anchor, alias or tag
	yamlDirective
)

// yamlState is a position in a YAML text.
type yamlState struct {
	mode     yamlMode
	kind     byte    // of an indicator: 'p', 'q' or 'a' for a colon after a plain, quoted or written scalar, else the indicator; of a name, and after it on its line: its sigil; of a closed scalar: its quote; of a block scalar: its indicator
	flow     string  // the open brackets
	col      int     // of the next character, on a line that has only spaces and indicators so far
	start    int     // the column where the node of this line begins
	parent   int     // the column of the innermost key or dash
	finished bool    // the innermost key or dash has its scalar, which a deeper line would continue
	folded   bool    // the quoted scalar has crossed a line break
	source   *action // that wrote the last lines of source, whose end is unknown
	outer    int     // the column of the key or dash above the source
	last     *action // that wrote the scalar, is inside the quotes, or is the last line of a block scalar so far
	joint    joint   // the plain scalar being read, or the action that wrote a whole one
	lead     byte    // the indicator before the node on its line, or 0
	block    int     // the column of the block scalar's lines, or 0 while it is unknown
	settled  bool    // the template determines that column, whatever the values are
	keeps    bool    // the block scalar keeps the line breaks at its end
}

// yamlReader reads YAML (YAML 1.2.2, chapters 6 to 9) as far as needed to place actions.
type yamlReader struct{ *report }

func (yamlReader) start() yamlState { return yamlState{parent: -1} }

func (yamlReader) open(s yamlState) string {
	open := s.flow
	switch s.mode {
	case yamlSingle:
		open += "'…'"
	case yamlDouble, yamlEscaped:
		open += `"…"`
	}
	return open
}
