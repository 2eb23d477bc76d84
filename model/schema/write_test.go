package schema_test

import (
	"strings"
	"testing"

	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

const prefix = "#/components/schemas/"

func TestWrite(t *testing.T) {
	for _, test := range []struct{ name, in, draft7, open30, open31 string }{
		{"plain", `{type: object, properties: {a: {type: string, maxLength: 3}}, required: [a], x-y: {ref: "#/$defs/Data"}}`, `same`, `same`, `same`},
		{"booleans", `{properties: {a: true, b: false}, additionalProperties: false, items: true}`, `{properties: {a: {}, b: {not: {}}}, additionalProperties: false, items: {}}`,
			`draft 7`, `draft 7`},
		{"reference", `{items: {$ref: "#/$defs/A~1b"}}`, `{items: {$ref: "#/components/schemas/A~1b"}}`, `draft 7`, `draft 7`},
		{"reference and more", `{$ref: "#/$defs/A", description: d, allOf: [{title: t}]}`,
			`{allOf: [{$ref: "#/components/schemas/A"}, {title: t}], description: d}`, `draft 7`, `draft 7`},
		{"tuple", `{type: array, prefixItems: [{type: string}, true], items: {type: integer}, minItems: 1}`,
			`{type: array, items: [{type: string}, {}], additionalItems: {type: integer}, minItems: 1}`,
			`{type: array, x-prefixItems: [{type: string}, {}], items: {}, minItems: 1, x-items: {type: integer}}`, `{type: array, prefixItems: [{type: string}, {}], items: {type: integer}, minItems: 1}`},
		{"closed tuple", `{type: array, prefixItems: [{type: number}, {type: number}, {enum: [m, ft]}], items: false}`,
			`{type: array, items: [{type: number}, {type: number}, {enum: [m, ft]}], additionalItems: false}`,
			`{type: array, x-prefixItems: [{type: number}, {type: number}, {enum: [m, ft]}], items: {anyOf: [{type: number}, {enum: [m, ft]}]}, x-items: {not: {}}, maxItems: 3}`,
			`{type: array, prefixItems: [{type: number}, {type: number}, {enum: [m, ft]}], items: {not: {}}}`},
		{"open tuple", `{type: array, prefixItems: [{type: number}]}`, `{type: array, items: [{type: number}]}`, `{type: array, x-prefixItems: [{type: number}], items: {}}`,
			`{type: array, prefixItems: [{type: number}], items: {}}`},
		{"array of anything", `{type: array}`, `same`, `{type: array, items: {}}`, `3.0`},
		{"array of the unevaluated", `{type: array, allOf: [{prefixItems: [{type: number}]}], unevaluatedItems: false}`,
			`{type: array, allOf: [{items: [{type: number}]}], x-unevaluatedItems: false}`,
			`{type: array, allOf: [{x-prefixItems: [{type: number}], items: {}}], x-unevaluatedItems: false, items: {}}`, `same`},
		{"unsafe description", `{description: 'a <b> <IMG onerror="x()"> [y](javascript:z) <script>'}`, `same`,
			`{description: 'a <b> &lt;IMG onerror="x()"> [y](unsafe:javascript:z) &lt;script>', x-description: 'a <b> <IMG onerror="x()"> [y](javascript:z) <script>'}`, `3.0`},
		{"nullable", `{type: [string, "null"], enum: [a, null]}`, `same`, `{type: string, enum: [a, null], nullable: true}`, `same`},
		{"null", `{type: "null", description: d}`, `same`, `{type: string, description: d, enum: [null], nullable: true}`, `same`},
		{"reference or null", `{anyOf: [{$ref: "#/$defs/A"}, {type: "null"}]}`, `{anyOf: [{$ref: "#/components/schemas/A"}, {type: "null"}]}`,
			`{anyOf: [{$ref: "#/components/schemas/A"}, {type: string, enum: [null], nullable: true}]}`, `draft 7`},
		{"types", `{type: [string, integer, array, "null"], maxLength: 3, minimum: 0, exclusiveMaximum: 9, description: d, prefixItems: [true]}`,
			`{type: [string, integer, array, "null"], maxLength: 3, minimum: 0, exclusiveMaximum: 9, description: d, items: [{}]}`,
			`{anyOf: [{type: string, nullable: true, maxLength: 3}, {type: integer, nullable: true, minimum: 0, exclusiveMaximum: true, maximum: 9}, {type: array, nullable: true, x-prefixItems: [{}], items: {}}], description: d}`,
			`{type: [string, integer, array, "null"], maxLength: 3, minimum: 0, exclusiveMaximum: 9, description: d, prefixItems: [{}], items: {}}`},
		{"types beside anyOf", `{type: [string, integer], anyOf: [{minimum: 1}]}`, `{type: [string, integer], allOf: [{minimum: 1}]}`, `{allOf: [{anyOf: [{type: string}, {type: integer}]}, {minimum: 1}]}`, `draft 7`},
		{"const", `{const: a, enum: [a, b]}`, `same`, `{enum: [a]}`, `same`},
		{"exclusive bounds", `{exclusiveMinimum: 1, minimum: 1, maximum: 5, exclusiveMaximum: 6}`, `same`, `{exclusiveMinimum: true, minimum: 1, maximum: 5}`, `same`},
		{"one example", `{type: string, examples: [a]}`, `same`, `{type: string, example: a}`, `same`},
		{"examples", `{type: string, examples: [a, b]}`, `same`, `{type: string, x-examples: [a, b], example: a}`, `same`},
		{"dependencies", `{dependentRequired: {a: [b], c: [d]}, dependentSchemas: {a: {$ref: "#/$defs/A"}, e: false}}`,
			`{dependencies: {a: {allOf: [{required: [b]}, {$ref: "#/components/schemas/A"}]}, c: [d], e: {not: {}}}}`,
			`{properties: {b: {}, d: {}}, allOf: [{anyOf: [{not: {required: [a], properties: {a: {}}}}, {required: [b], properties: {b: {}}}]}, {anyOf: [{not: {required: [c], properties: {c: {}}}}, {required: [d], properties: {d: {}}}]}, {anyOf: [{not: {required: [a], properties: {a: {}}}}, {$ref: "#/components/schemas/A"}, {not: {type: object}}]}, {anyOf: [{not: {required: [e], properties: {e: {}}}}, {not: {}}, {not: {type: object}}]}]}`,
			`{dependentRequired: {a: [b], c: [d]}, properties: {b: {}, d: {}}, allOf: [{dependentSchemas: {a: {$ref: "#/components/schemas/A"}, e: {not: {}}}}]}`},
		{"condition", `{if: {required: [a]}, then: {$ref: "#/$defs/A"}, else: false, $comment: c}`,
			`{if: {required: [a]}, then: {$ref: "#/components/schemas/A"}, else: {not: {}}, $comment: c}`,
			`{x-comment: c, allOf: [{anyOf: [{not: {required: [a], properties: {a: {}}}}, {$ref: "#/components/schemas/A"}]}, {anyOf: [{required: [a], properties: {a: {}}}, {not: {}}]}]}`,
			`{if: {required: [a], properties: {a: {}}}, then: {$ref: "#/components/schemas/A"}, else: {not: {}}, $comment: c}`},
		{"contains", `{contains: {const: 7}, minContains: 1, maxContains: 2}`, `{contains: {const: 7}, x-minContains: 1, x-maxContains: 2}`, `{x-maxContains: 2, allOf: [{anyOf: [{not: {type: array, items: {}}}, {not: {items: {not: {enum: [7]}}}}]}]}`, `same`},
		{"contains or not", `{contains: {const: 7}, minContains: 0}`, `{x-contains: {const: 7}, x-minContains: 0}`, `{x-contains: {enum: [7]}, x-minContains: 0}`, `same`},
		{"patterns", `{patternProperties: {^a: {type: string}, ^b: {type: string}, ^c: {const: 1}}, additionalProperties: false}`, `same`,
			`{x-patternProperties: {^a: {type: string}, ^b: {type: string}, ^c: {enum: [1]}}, additionalProperties: {anyOf: [{type: string}, {enum: [1]}]}}`, `same`},
		{"patterns and anything", `{patternProperties: {^a: {type: string}}}`, `same`, `{x-patternProperties: {^a: {type: string}}, additionalProperties: true}`, `same`},
		{"one pattern", `{patternProperties: {^a: {type: string}}, additionalProperties: false}`, `same`, `{x-patternProperties: {^a: {type: string}}, additionalProperties: {type: string}}`, `same`},
		{"names", `{propertyNames: {pattern: a}}`, `same`, `{x-propertyNames: {pattern: a}}`, `same`},
		{"unevaluated alone", `{properties: {a: {}}, unevaluatedProperties: false, unevaluatedItems: {type: string}}`,
			`{properties: {a: {}}, additionalProperties: false, items: {type: string}}`, `draft 7`, `same`},
		{"unevaluated", `{allOf: [{properties: {a: {}}}], unevaluatedProperties: false}`, `{allOf: [{properties: {a: {}}}], additionalProperties: false, properties: {a: {}}}`,
			`draft 7`, `same`},
		{"content", `{type: string, contentEncoding: base64, contentMediaType: image/png, contentSchema: {const: 1}}`,
			`{type: string, contentEncoding: base64, contentMediaType: image/png, x-contentSchema: {const: 1}}`,
			`{type: string, x-contentEncoding: base64, x-contentMediaType: image/png, x-contentSchema: {enum: [1]}, format: byte}`, `same`},
		{"swagger", `{xml: {name: x}, externalDocs: {url: u}, deprecated: true, discriminator: {propertyName: k}}`,
			`{x-xml: {name: x}, externalDocs: {url: u}, deprecated: true, discriminator: k}`, `same`, `same`},
		{"mapping", `{discriminator: {propertyName: k, mapping: {a: "#/$defs/A", b: B}}}`,
			`{discriminator: k, x-discriminator: {propertyName: k, mapping: {a: {$ref: "#/components/schemas/A"}, b: B}}}`,
			`{discriminator: {propertyName: k, mapping: {a: "#/components/schemas/A", b: B}}}`, `3.0`},
		{"not what cannot be said", `{not: {minContains: 2, contains: {}}, oneOf: [{unevaluatedItems: false, allOf: [{}]}, {type: string}]}`,
			`{x-not: {x-minContains: 2, contains: {}}, anyOf: [{x-unevaluatedItems: false}, {type: string}]}`,
			`{x-not: {x-minContains: 2, x-contains: {}}, anyOf: [{x-unevaluatedItems: false}, {type: string}]}`, `{not: {minContains: 2, contains: {}}, oneOf: [{unevaluatedItems: false}, {type: string}]}`},
		{"if what cannot be said", `{if: {minContains: 2}, then: {title: t}, anyOf: [{}], oneOf: [{minContains: 2}]}`,
			`{x-if: {x-minContains: 2}, x-then: {title: t}, x-oneOf: [{x-minContains: 2}]}`, `{allOf: [{x-if: {x-minContains: 2}, x-then: {title: t}}, {x-minContains: 2}]}`, `{allOf: [{if: {minContains: 2}, then: {title: t}}, {minContains: 2}]}`},
		{"not what is only told", `{not: {type: string, $comment: c}}`, `same`, `{not: {type: string, x-comment: c}}`, `same`},
		{"avoided names", `{properties: {$ref: {type: string}, a: {}, __proto__: true}, required: [$ref, a], additionalProperties: false, patternProperties: {^__proto__$: {title: t}}}`,
			`{properties: {a: {}}, required: [a], additionalProperties: false, patternProperties: {^__proto__$: {title: t}, ^\$ref$: {type: string}}}`,
			`{properties: {a: {}}, required: [a], additionalProperties: {anyOf: [{title: t}, {type: string}]}, x-patternProperties: {^__proto__$: {title: t}, ^\$ref$: {type: string}}}`, `draft 7`},
		{"names of identities", `{properties: {$id: {type: string}, b: {}}, required: [$id], examples: [{$id: a}, {b: 1}], enum: [{$id: a, $anchor: b}, {b: 1}]}`,
			`{properties: {b: {}}, examples: [{b: 1}], enum: [{$id: a, $anchor: b}, {b: 1}], patternProperties: {^\$id$: {type: string}}}`,
			`{properties: {b: {}}, example: {b: 1}, enum: [{$id: a, $anchor: b}, {b: 1}], x-patternProperties: {^\$id$: {type: string}}}`, `draft 7`},
		{"avoided data", `{default: {a: [{$ref: 1}]}, examples: [{__proto__: 1}, 2], enum: [{$ref: x}], x-a: {$ref: 1}, dependentRequired: {$ref: [a], a: [__proto__, b]}, required: [$ref]}`,
			`{examples: [2], dependencies: {a: [b]}}`, `{example: 2, properties: {b: {}}, allOf: [{anyOf: [{not: {required: [a], properties: {a: {}}}}, {required: [b], properties: {b: {}}}]}]}`, `{examples: [2], dependentRequired: {a: [b]}, properties: {b: {}}}`},
		{"avoided extension", `{type: string, x-a: [{$ref: 1}], x-b: [$ref]}`, `{type: string, x-b: [$ref]}`, `draft 7`, `draft 7`},
		{"pattern of the flag u", `{pattern: "^[\U0001F600-\U0001F60E]$", not: {pattern: "[\\u{1F600}-\\u{1F60E}]"}, items: {pattern: "^\U0001F600\\p{L}$"}}`,
			`{x-pattern: "^[\U0001F600-\U0001F60E]$", x-not: {x-pattern: "[\\u{1F600}-\\u{1F60E}]"}, items: {pattern: "^\U0001F600\\p{L}$"}}`, `draft 7`, `draft 7`},
		{"limits beyond floats", `{minimum: -1e400, maxLength: 1e3, multipleOf: 1e-400, exclusiveMaximum: 1e400, maxItems: 1e309}`,
			`{x-minimum: -1e400, maxLength: 1e3, x-multipleOf: 1e-400, x-exclusiveMaximum: 1e400, x-maxItems: 1e309}`,
			`draft 7`, `draft 7`},
		{"values that are one as floats", `{enum: [9007199254740993, a, 9007199254740992, {a: [1e400]}, {a: [2e400]}, 1, 1.0000000000000001]}`,
			`{anyOf: [{enum: [9007199254740993, a, {a: [1e400]}, 1]}, {enum: [9007199254740992, {a: [2e400]}, 1.0000000000000001]}]}`,
			`{anyOf: [{enum: [9007199254740993, a, {a: [1e400]}, 1]}, {enum: [9007199254740992, {a: [2e400]}, 1.0000000000000001], title: Equal as floats 1}]}`, `3.0`},
		{"values that are one as floats beside anyOf", `{anyOf: [true], enum: [1e400, 2e400], allOf: [{title: t}]}`,
			`{allOf: [{anyOf: [{enum: [1e400]}, {enum: [2e400]}]}, {title: t}]}`, `{allOf: [{anyOf: [{enum: [1e400]}, {enum: [2e400], title: Equal as floats 1}]}, {title: t}]}`,
			`3.0`},
		{"values that differ as floats", `{enum: ["1e400", 1e400, [1e400], [1e400, 1], {a: 1e400, c: 1}, {a: 1e400}, {b: 1e400}, {a: 1e400, d: 1}, 100000000000000, true, false]}`, `same`, `same`, `same`},
		{"lists that are one as floats", `{enum: [[1e400, {a: x}], [2e400, {a: x}], [2e400, {a: y}]]}`,
			`{anyOf: [{enum: [[1e400, {a: x}], [2e400, {a: y}]]}, {enum: [[2e400, {a: x}]]}]}`,
			`{anyOf: [{enum: [[1e400, {a: x}], [2e400, {a: y}]]}, {enum: [[2e400, {a: x}]], title: Equal as floats 1}]}`, `3.0`},
		{"objects that are one as floats", `{enum: [{a: 1e400}, {a: 2e400}]}`, `{anyOf: [{enum: [{a: 1e400}]}, {enum: [{a: 2e400}]}]}`,
			`{anyOf: [{enum: [{a: 1e400}]}, {enum: [{a: 2e400}], title: Equal as floats 1}]}`, `3.0`},
		{"digits that are one as floats", `{enum: [9007199254740993, 9007199254740992]}`, `{anyOf: [{enum: [9007199254740993]}, {enum: [9007199254740992]}]}`,
			`{anyOf: [{enum: [9007199254740993]}, {enum: [9007199254740992], title: Equal as floats 1}]}`, `3.0`},
		{"object of anything", `{type: object, description: d, minProperties: 1}`, `same`, `{type: object, description: d, minProperties: 1, additionalProperties: true}`, `3.0`},
		{"object of anything or null", `{properties: {a: {type: [object, "null"]}, b: {oneOf: [{type: object}, {type: string}]}}}`, `same`, `{properties: {a: {type: object, additionalProperties: true, nullable: true}, b: {oneOf: [{type: object, additionalProperties: true}, {type: string}]}}}`, `{properties: {a: {type: [object, "null"], additionalProperties: true}, b: {oneOf: [{type: object, additionalProperties: true}, {type: string}]}}}`},
		{"objects of which more is said", `{allOf: [{type: object}], anyOf: [{type: object, required: [a]}, {type: object, enum: [{}]}, {type: object, not: {type: object}}], oneOf: [{type: object}], unevaluatedProperties: false}`, `{anyOf: [{type: object, required: [a]}, {type: object, enum: [{}]}, {type: object, not: {type: object}}], allOf: [{type: object}], x-unevaluatedProperties: false}`, `{allOf: [{type: object}, {anyOf: [{type: object, required: [a], properties: {a: {}}}, {type: object, enum: [{}]}, {type: object, not: {type: object}}]}], x-unevaluatedProperties: false}`, `{allOf: [{type: object}, {anyOf: [{type: object, required: [a]}, {type: object, enum: [{}]}, {type: object, not: {type: object}}]}], unevaluatedProperties: false}`},
		{"array of something", `{type: array, items: {type: string}}`, `same`, `same`, `same`},
		{"no examples", `{examples: [], default: [], x-a: []}`, `same`, `{default: [], x-a: []}`, `same`},
		{"limits that are 0 as floats", `{maximum: 1e-400, minimum: 0e1}`, `same`, `same`, `same`},
		{"not beside what cannot be said", `{minContains: 2, contains: {}, not: {type: string}, oneOf: [{type: string}]}`,
			`{x-minContains: 2, contains: {}, not: {type: string}, allOf: [{type: string}]}`, `{x-minContains: 2, x-contains: {}, not: {type: string}, allOf: [{type: string}]}`, `{minContains: 2, contains: {}, not: {type: string}, allOf: [{type: string}]}`},
		{"else what cannot be said", `{if: {minContains: 2}, else: {title: t}}`, `{x-if: {x-minContains: 2}, x-else: {title: t}}`, `draft 7`, `same`},
		{"an extension of that name", `{minContains: 2, x-minContains: 5}`, `{x-minContains: 2}`, `draft 7`, `same`},
		{"contains alone", `{contains: {const: 7}}`, `same`, `{anyOf: [{not: {type: array, items: {}}}, {not: {items: {not: {enum: [7]}}}}]}`, `same`},
		{"not contains or not", `{not: {contains: {$ref: "#/$defs/A"}, minContains: 0, maxContains: 1}}`,
			`{x-not: {x-contains: {$ref: "#/components/schemas/A"}, x-minContains: 0, x-maxContains: 1}}`, `draft 7`,
			`{not: {contains: {$ref: "#/components/schemas/A"}, minContains: 0, maxContains: 1}}`},
		{"unevaluated beside contains", `{contains: {type: string}, unevaluatedItems: false}`, `{contains: {type: string}, x-unevaluatedItems: false}`,
			`{x-unevaluatedItems: false, allOf: [{anyOf: [{not: {type: array, items: {}}}, {not: {items: {not: {type: string}}}}]}]}`, `same`},
		{"unevaluated beside additional", `{additionalProperties: {type: string}, unevaluatedProperties: false}`, `{additionalProperties: {type: string}}`, `draft 7`, `same`},
		{"dependent schemas alone", `{dependentSchemas: {a: {title: t}}}`, `{dependencies: {a: {title: t}}}`, `{anyOf: [{not: {required: [a], properties: {a: {}}}}, {title: t}, {not: {type: object}}]}`, `same`},
		{"mapping beside an extension", `{discriminator: {propertyName: k, mapping: {b: B}}, x-discriminator: mine}`, `{discriminator: k, x-discriminator: mine}`, `same`, `same`},
		{"names of JavaScript and YAML 1.1", `{properties: {hasOwnProperty: {type: string}, "<<": {type: integer}}}`,
			`{properties: {}, patternProperties: {^hasOwnProperty$: {type: string}, ^<<$: {type: integer}}}`,
			`{properties: {}, x-patternProperties: {^hasOwnProperty$: {type: string}, ^<<$: {type: integer}}}`, `draft 7`},
		{"avoided dependents", `{dependentSchemas: {$ref: {title: t}, a: {title: u}}}`, `{dependencies: {a: {title: u}}}`, `{anyOf: [{not: {required: [a], properties: {a: {}}}}, {title: u}, {not: {type: object}}]}`, `{dependentSchemas: {a: {title: u}}}`},
		{"not what is avoided", `{not: {required: [$ref]}, allOf: [{not: {const: {$ref: 1}}}, {not: {enum: [{$ref: 1}]}}, {not: {default: {$ref: 1}, title: t}}]}`,
			`{x-not: {}, allOf: [{x-not: {}}, {not: {title: t}}]}`, `draft 7`,
			`draft 7`},
		{"no example that is not avoided", `{examples: [{$ref: 1}], title: t}`, `{title: t}`, `draft 7`, `draft 7`},
		{"several types without an array", `{type: [string, "null"], minimum: 1}`, `same`, `{type: string, minimum: 1, nullable: true}`, `same`},
		{"bounds beyond floats", `{minimum: 2, exclusiveMinimum: 1, exclusiveMaximum: 1e99999, maximum: 3}`, `{minimum: 2, exclusiveMinimum: 1, x-exclusiveMaximum: 1e99999, maximum: 3}`,
			`{minimum: 2, x-exclusiveMaximum: 1e99999, maximum: 3}`, `draft 7`},
		{"binary content", `{type: string, contentMediaType: application/octet-stream}`, `same`, `{type: string, x-contentMediaType: application/octet-stream, format: binary}`, `same`},
		{"content of another format", `{type: string, format: uuid, contentEncoding: base64}`, `same`, `{type: string, format: uuid, x-contentEncoding: base64}`, `same`},
		{"content that is none", `{type: integer, contentEncoding: base64}`, `same`, `{type: integer, x-contentEncoding: base64}`, `same`},
		{"encoded binary content", `{type: string, contentMediaType: application/octet-stream, contentEncoding: base32}`, `same`,
			`{type: string, x-contentMediaType: application/octet-stream, x-contentEncoding: base32}`, `same`},
		{"patterns and all others", `{patternProperties: {^a: {type: string}}, additionalProperties: true}`, `same`, `{x-patternProperties: {^a: {type: string}}, additionalProperties: true}`, `same`},
		{"closed tuple of bounded length", `{type: array, prefixItems: [{type: number}, {type: number}], items: false, maxItems: 1}`,
			`{type: array, items: [{type: number}, {type: number}], additionalItems: false, maxItems: 1}`,
			`{type: array, x-prefixItems: [{type: number}, {type: number}], items: {type: number}, maxItems: 1, x-items: {not: {}}}`,
			`{type: array, prefixItems: [{type: number}, {type: number}], items: {not: {}}, maxItems: 1}`},
		{"closed tuple of larger length", `{type: array, prefixItems: [{type: number}], items: false, maxItems: 5}`,
			`{type: array, items: [{type: number}], additionalItems: false, maxItems: 5}`,
			`{type: array, x-prefixItems: [{type: number}], items: {type: number}, maxItems: 1, x-items: {not: {}}}`,
			`{type: array, prefixItems: [{type: number}], items: {not: {}}, maxItems: 5}`},
		{"closed tuple of nothing", `{prefixItems: [false], items: false}`, `{items: [{not: {}}], additionalItems: false}`, `{x-prefixItems: [{not: {}}], items: {not: {}}, x-items: {not: {}}, maxItems: 1}`,
			`{prefixItems: [{not: {}}], items: {not: {}}}`},
		{"conditions that require", `{if: {required: [a]}, then: {required: [b, c], properties: {b: {type: string}, z: {}}}, else: {required: [d]}, not: {required: [e], additionalProperties: {}}}`,
			`same`, `{not: {required: [e], additionalProperties: {}, properties: {e: {}}}, allOf: [{anyOf: [{not: {required: [a], properties: {a: {}}}}, {required: [b, c], properties: {b: {type: string}, z: {}, c: {}}}]}, {anyOf: [{required: [a], properties: {a: {}}}, {required: [d], properties: {d: {}}}]}]}`,
			`{if: {required: [a], properties: {a: {}}}, then: {required: [b, c], properties: {b: {type: string}, z: {}, c: {}}}, else: {required: [d], properties: {d: {}}}, not: {required: [e], additionalProperties: {}, properties: {e: {}}}}`},
		{"conditions that say what others are", `{not: {required: [a], additionalProperties: {type: string}}, if: {required: [b]}, unevaluatedProperties: false}`,
			`{not: {required: [a], additionalProperties: {type: string}}, if: {required: [b]}, x-unevaluatedProperties: false}`,
			`{not: {required: [a], additionalProperties: {type: string}, properties: {a: {type: string}}}, x-if: {required: [b], properties: {b: {}}}, x-unevaluatedProperties: false}`, `{not: {required: [a], additionalProperties: {type: string}, properties: {a: {type: string}}}, if: {required: [b]}, unevaluatedProperties: false}`},
		{"a condition that says what others are", `{not: {required: [a], additionalProperties: {type: string}}}`, `same`, `{not: {required: [a], additionalProperties: {type: string}, properties: {a: {type: string}}}}`, `3.0`},
		{"digits", `{maximum: 123456789012345678901234567890, default: 1.0}`, `same`, `same`, `same`},
	} {
		t.Run(test.name, func(t *testing.T) {
			in := read(t, test.in)
			seven, zero := pick(test.draft7, test.in, "", ""), pick(test.open30, test.in, test.draft7, "")
			one := pick(test.open31, test.in, test.draft7, test.open30)
			same(t, schema.Write(in, schema.Draft7, prefix, nil), seven)
			same(t, schema.Write(in, schema.OpenAPI30, prefix, nil), pick(zero, test.in, seven, ""))
			same(t, schema.Write(in, schema.OpenAPI31, prefix, nil), pick(one, test.in, seven, zero))
			same(t, in, test.in)
		})
	}
}

// pick returns what a cell of the table stands for.
func pick(cell, source, seven, zero string) string {
	switch cell {
	case "same":
		return source
	case "draft 7":
		return pick(seven, source, "", "")
	case "3.0":
		return zero
	}
	return cell
}

// What else looks at the data may have evaluated it, so that unevaluatedProperties says less than additionalProperties.
func TestWriteUnevaluatedBesideOthers(t *testing.T) {
	for _, beside := range []string{
		`$ref: "#/$defs/A"`, `allOf: [{anyOf: [{}]}]`, `anyOf: [{}]`, `oneOf: [{}]`, `if: {}`, `dependentSchemas: {a: {}}`,
	} {
		written := schema.Write(read(t, `{`+beside+`, unevaluatedProperties: false}`), schema.Draft7, prefix, nil)
		if written.Has("additionalProperties") || !written.Get("x-unevaluatedProperties").IsFalse() {
			t.Errorf("beside %s: %s", beside, json(written))
		}
	}
}

// A document may call a component otherwise; every reference to it follows.
func TestWriteRenamesComponents(t *testing.T) {
	in := read(t, `{$ref: "#/$defs/A", discriminator: {propertyName: k, mapping: {a: "#/$defs/A", b: "#/$defs/B"}}}`)
	same(t, schema.Write(in, schema.OpenAPI31, prefix, map[string]string{"A": "Other"}),
		`{allOf: [{$ref: "#/components/schemas/Other"}], discriminator: {propertyName: k, mapping: {a: "#/components/schemas/Other", b: "#/components/schemas/B"}}}`)
}

// Tuples inside tuples are written twice in OpenAPI 3.0, and their text must not double with each level.
func TestWriteNestedTuples(t *testing.T) {
	deep := read(t, `{type: string}`)
	for range 20 {
		deep = value.Object(value.NewMember("prefixItems", value.Array(value.Bool(true), deep)), value.NewMember("items", value.Bool(false)))
		deep = value.Object(value.NewMember("patternProperties", value.Object(value.NewMember("a", deep))), value.NewMember("additionalProperties", value.Bool(false)))
		deep = value.Object(value.NewMember("prefixItems", value.Array(value.Bool(true))), value.NewMember("items", deep))
	}
	if in, out := len(json(deep)), len(json(schema.Write(deep, schema.OpenAPI30, prefix, nil))); out > 500*in {
		t.Errorf("%d bytes of %d", out, in)
	}
}

// known are the keywords of each dialect, by its specification.
var known = map[schema.Dialect]string{
	schema.Draft7: ` $ref $comment title description default examples readOnly writeOnly deprecated multipleOf maximum exclusiveMaximum minimum
 exclusiveMinimum maxLength minLength pattern additionalItems items maxItems minItems uniqueItems contains maxProperties minProperties required
 additionalProperties properties patternProperties dependencies propertyNames const enum type format contentMediaType contentEncoding
 if then else allOf anyOf oneOf not discriminator externalDocs `,
	schema.OpenAPI30: ` $ref title multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern maxItems minItems uniqueItems
 maxProperties minProperties required enum type allOf oneOf anyOf not items properties additionalProperties description format default nullable
 discriminator readOnly writeOnly xml externalDocs example deprecated `,
	schema.OpenAPI31: ` $ref $comment title description default examples readOnly writeOnly deprecated multipleOf maximum exclusiveMaximum minimum
 exclusiveMinimum maxLength minLength pattern prefixItems items maxItems minItems uniqueItems contains minContains maxContains maxProperties
 minProperties required additionalProperties properties patternProperties dependentRequired dependentSchemas propertyNames const enum type format
 contentMediaType contentEncoding contentSchema if then else allOf anyOf oneOf not unevaluatedItems unevaluatedProperties discriminator externalDocs xml `,
}

// What is written holds no keyword that the dialect does not know, and no reference that leads elsewhere.
func FuzzWrite(f *testing.F) {
	for _, test := range normal {
		f.Add([]byte(test.in))
	}
	f.Add([]byte(`{properties: {$ref: {type: [string, integer, "null"], const: 1}}, unevaluatedItems: {if: {type: "null"}}, dependentSchemas: {__proto__: {}}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var problems value.Problems
		for _, in := range value.Parse("fuzz.yaml", data, &problems) {
			if schema.Check(in, schema.Resource, &problems); problems.HasErrors() {
				return
			}
			normal := schema.Normalise(in, schema.Resource, resolve)
			for dialect, words := range known {
				written := schema.Write(normal, dialect, prefix, nil)
				schema.Walk(written, func(sub *value.Value) {
					for _, m := range sub.Members {
						if !schema.IsExtension(m.Name) && !strings.Contains(strings.ReplaceAll(words, "\n", ""), " "+m.Name+" ") {
							t.Errorf("%s\n dialect %d has %s in %s", data, dialect, m.Name, json(written))
						}
					}
				})
				if len(schema.Refs(written)) > 0 {
					t.Errorf("%s\n dialect %d refers to %q in %s", data, dialect, schema.Refs(written), json(written))
				}
			}
		}
	})
}

// OpenAPI documents hold no example that their linters take for a schema; AsyncAPI documents do.
func TestWriteExamplesThatLookLikeSchemas(t *testing.T) {
	v := read(t, `{examples: [{type: a, default: b}, {type: a}]}`)
	for dialect, want := range map[schema.Dialect]string{
		schema.Draft7: `{"examples":[{"type":"a","default":"b"},{"type":"a"}]}`, schema.OpenAPI31: `{"examples":[{"type":"a"}]}`, schema.OpenAPI30: `{"example":{"type":"a"}}`,
	} {
		if got := json(schema.Write(v, dialect, "#/", nil)); got != want {
			t.Errorf("%v: %s, want %s", dialect, got, want)
		}
	}
}
