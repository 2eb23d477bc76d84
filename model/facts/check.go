package facts

import (
	"github.com/firestoned/firestone/model/validate"
	"github.com/firestoned/firestone/model/value"
)

// CheckURL reports a text that is not an absolute URI (RFC 3986); what names it in the message.
func CheckURL(v *value.Value, what string, problems *value.Problems) {
	CheckFormat(v, what, "uri", "a URI", `a URL with its scheme, for example "https://example.com"`, problems)
}

// CheckEmail reports a text that is not an email address; what names it in the message.
func CheckEmail(v *value.Value, what string, problems *value.Problems) {
	CheckFormat(v, what, "email", "an email address", `an address, for example "api@example.com"`, problems)
}

// CheckFormat reports a text that is not in a format of JSON Schema: it is not a noun; expected describes valid texts.
// Values that are not texts are left to the checks of types.
func CheckFormat(v *value.Value, what, format, noun, expected string, problems *value.Problems) {
	if !v.Is(value.KindString) {
		return
	}
	schema := value.Object(value.NewMember("format", value.String(format)))
	if _, rejected := validate.New(func(string) *value.Value { return nil }).RejectedBy(schema, v); rejected {
		problems.Add(value.Malformed, v.Pos, "expected "+expected, "%s: %q is not %s", what, v.Text, noun)
	}
}
