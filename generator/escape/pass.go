package escape

import (
	"strings"
	"text/template/parse"
)

// Passes reports whether the call that ends an action passes YAML source on unchanged, whatever its lines are: source
// that nindent has put into that column, or, if the column is negative, source on lines of its own. A renderer may then
// write the source itself.
func Passes(call *parse.CommandNode, column int) bool {
	writer, ok := call.Args[0].(*parse.IdentifierNode)
	if !ok || writer.Ident != yamlWriter {
		return false
	}
	var args [3]int // in the order of writeYAMLPlace
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

// AppendBlock appends any value in block style, its first line after the existing text and its other lines in that
// column, as `toYaml | nindent` writes it there. It errs if JSON cannot represent the value.
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
