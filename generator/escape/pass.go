package escape

import (
	"strings"
	"text/template/parse"
)

// Passes reports whether the call that ends an action hands on source of YAML unchanged, whatever the lines are that it
// consists of: source that nindent has put into that column, or, with a column below 0, source that stands on lines of
// its own as it is. A renderer may then write the source itself.
func Passes(call *parse.CommandNode, column int) bool {
	writer, ok := call.Args[0].(*parse.IdentifierNode)
	if !ok || writer.Ident != yamlWriter {
		return false
	}
	var args [3]int // as writeYAMLPlace has them
	for i := range args {
		number, ok := call.Args[1+i].(*parse.NumberNode)
		if !ok {
			return false
		}
		args[i] = int(number.Int64)
	}
	f, parent := flags(args[0]), args[1]
	switch {
	case f&(inFlowFlag|keyFlag|followedFlag|besideFlag) != 0:
		return false
	case column < 0:
		return f&lineStartFlag != 0 && f&linesFlag == 0
	}
	return f&linesFlag != 0 && (f&afterFlag == 0 || column <= parent)
}

// AppendBlock appends any value in block style, its first line behind what is there and its other lines in that column,
// as `toYaml | nindent` writes it there. It errs for what JSON cannot hold.
func AppendBlock(b []byte, v any, column int) ([]byte, error) {
	lowered, err := lower(v)
	if err != nil {
		return b, err
	}
	if len(lowered.Items) > 0 || len(lowered.Members) > 0 {
		return appendBlock(b, lowered, column)
	}
	text, err := appendBlock(nil, lowered, 0)
	return append(b, indentLines("", string(text), strings.Repeat(" ", column))...), err
}
