package escape

import (
	"fmt"
	"strings"
)

// prefixForm is like partForm for an action after letters that may be meant as the prefix of a string.
func prefixForm(letters string, a *action) string {
	if stringKindOf(letters) == 0 && !strings.EqualFold(letters, "u") {
		return partForm(a)
	}
	return fmt.Sprintf("write {{ quote %s }} for a string, without the %s, and .encode() behind it for bytes; for a name, %s", operand(a.node.Pipe), letters, partForm(a))
}

// fieldForm returns how to use a value in a field of an f-string.
func fieldForm(a *action) string {
	return fmt.Sprintf("write value = {{ %s }} on a line before, and {value} in the string", a.node.Pipe)
}

// splitForm returns how to write a value between two strings with that prefix.
func splitForm(prefix, format string, s pythonText, a *action) string {
	between := fmt.Sprintf(format, operand(a.node.Pipe))
	return fmt.Sprintf("end the string before the action, and begin another one after it: %s%s…%[2]s%s%[1]s%[2]s…%[2]s", prefix, s.quotes, between)
}
