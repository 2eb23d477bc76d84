package lint

// usages show how functions are called that take their arguments in an order which other languages do not have.
var usages = map[string]string{
	"append": "append LIST ITEM", "concat": "concat LIST LIST }}, or texts as {{ print TEXT TEXT", "initial": "initial LIST", "keys": "keys DICT", "omit": "omit DICT KEY", "pick": "pick DICT KEY",
	"prepend": "prepend LIST ITEM", "regexMatch": "regexMatch PATTERN TEXT", "regexReplaceAll": "regexReplaceAll PATTERN TEXT NEW", "rest": "rest LIST", "reverse": "reverse LIST", "slice": "slice LIST START END",
	"sortAlpha": "sortAlpha LIST", "uniq": "uniq LIST", "values": "values DICT", "without": "without LIST ITEM",
	"add": "add A B", "add1": "add1 N", "camelcase": "camelcase TEXT", "contains": "contains PART TEXT", "default": "default FALLBACK VALUE", "dict": `dict "key" VALUE`, "div": "div A B",
	"eq": "eq A B", "first": "first LIST", "ge": "ge A B", "get": "get DICT KEY", "gt": "gt A B", "has": "has ITEM LIST", "hasKey": "hasKey DICT KEY", "hasPrefix": "hasPrefix START TEXT",
	"hasSuffix": "hasSuffix END TEXT", "include": `include "NAME" .`, "indent": "indent N TEXT", "index": "index LIST N", "isLast": "isLast I LIST", "join": "join SEPARATOR LIST", "kebab": "kebab TEXT",
	"last": "last LIST", "le": "le A B", "len": "len LIST", "lower": "lower TEXT", "lt": "lt A B", "mod": "mod A B", "mul": "mul A B", "ne": "ne A B", "nindent": "nindent N TEXT", "not": "not CONDITION",
	"plural": "plural ONE MANY N", "printf": "printf FORMAT VALUE", "repeat": "repeat N TEXT", "replace": "replace OLD NEW TEXT", "snake": "snake TEXT", "splitList": "splitList SEPARATOR TEXT",
	"sub": "sub A B", "substr": "substr START END TEXT", "ternary": "ternary TRUE FALSE CONDITION", "title": "title TEXT", "toJson": "toJson VALUE", "toYaml": "toYaml VALUE", "trim": "trim TEXT",
	"trimAll": "trimAll CHARACTERS TEXT", "trimPrefix": "trimPrefix START TEXT", "trimSuffix": "trimSuffix END TEXT", "trunc": "trunc N TEXT", "upper": "upper TEXT", "wrap": "wrap WIDTH TEXT",
}

// Usage returns a hint that shows how a function is called, or "".
func Usage(function string) string {
	if usages[function] == "" {
		return ""
	}
	return "write it as {{ " + usages[function] + " }}"
}
