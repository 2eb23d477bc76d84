package schema

import (
	"mime"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// content warns about strings that are meant to hold raw bytes: bodies are JSON, which is text, as are URLs and
// headers. JSON Schema encodes bytes with contentEncoding (2020-12, validation, section 8.3).
func (c checker) content(v *value.Value) {
	if types := Types(v); len(types) > 0 && !slices.Contains(types, "string") {
		return
	}
	const warning = "%q is of bytes, and JSON carries only text"
	const instead = "write \"contentEncoding: base64\", which OpenAPI 3.0 has as \"format: byte\""
	format, encoding, media := v.Get("format"), v.Get("contentEncoding"), v.Get("contentMediaType")
	isRaw := encoding == nil || slices.Contains([]string{"binary", "8bit"}, strings.ToLower(encoding.StringOr("")))
	switch isBinary := format.StringOr("") == "binary"; {
	case isBinary && isRaw:
		c.warn(value.Bytes, "format", format.Pos, instead, warning, "format: binary")
	case isBinary:
		c.warn(value.Bytes, "format", format.Pos, "remove it: contentEncoding says how the bytes become text", warning, "format: binary")
	case isRaw && encoding != nil:
		c.warn(value.Bytes, "contentEncoding", encoding.Pos, instead, warning, "contentEncoding: "+encoding.Text)
	case isRaw && isOfBytes(media.StringOr("")):
		c.warn(value.Bytes, "contentMediaType", media.Pos, "add \"contentEncoding: base64\"", warning, "contentMediaType: "+value.Shorten(media.Text))
	}
}

// byteTypes are the binary media types outside application that occur in properties.
var byteTypes = []string{
	"octet-stream", "pdf", "zip", "gzip", "x-gzip", "zstd", "x-tar", "x-7z-compressed", "x-bzip2", "java-archive", "wasm", "cbor", "msgpack",
	"x-protobuf", "protobuf", "vnd.apache.parquet", "vnd.apache.avro", "msword", "vnd.ms-excel", "vnd.ms-powerpoint", "pkcs12", "x-pkcs12",
}

// isOfBytes reports whether the content of a media type is certainly binary.
func isOfBytes(media string) bool {
	media, _, err := mime.ParseMediaType(media)
	if err != nil {
		return false
	}
	class, kind, _ := strings.Cut(media, "/")
	if strings.HasSuffix(kind, "+xml") || strings.HasSuffix(kind, "+json") {
		return false
	}
	switch class {
	case "image", "audio", "video", "font":
		return true
	case "application":
		return slices.Contains(byteTypes, kind) || strings.HasSuffix(kind, "+zip") || strings.HasPrefix(kind, "vnd.openxmlformats-officedocument.")
	}
	return false
}
