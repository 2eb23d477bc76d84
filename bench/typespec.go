//go:build unix

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// typeSpecProperties are the shapes of properties as TypeSpec spells them, in the same order.
var typeSpecProperties = []string{
	`@doc("Text number %[1]d") @maxLength(200) property_%02[1]d%[2]s: string;`,
	`@doc("Count number %[1]d") @minValue(0) property_%02[1]d%[2]s: integer;`,
	`@doc("Switch number %[1]d") property_%02[1]d%[2]s: boolean;`,
	`@doc("Amount number %[1]d") property_%02[1]d%[2]s: numeric;`,
	`@doc("Choice number %[1]d") property_%02[1]d%[2]s: "red" | "green" | "blue";`,
	`@doc("Day number %[1]d") property_%02[1]d%[2]s: plainDate;`,
	`@doc("Moment number %[1]d") property_%02[1]d%[2]s: utcDateTime;`,
	`@doc("List number %[1]d") property_%02[1]d%[2]s: string[];`,
	`@doc("Place number %[1]d") property_%02[1]d%[2]s: {street?: string; city?: string};`,
	`@doc("Address number %[1]d") @format("email") property_%02[1]d%[2]s: string;`,
}

// typeSpec is the compiler of TypeSpec with its emitter of OpenAPI 3.
func typeSpec(n node) (*peer, error) {
	const script = "@typespec/compiler/cmd/tsp.js"
	version, err := n.versionOf(script)
	if err != nil {
		return nil, err
	}
	return &peer{
		name:    typeSpecName,
		version: version,
		start:   n.command("", script, "--version"),
		prepare: func(folder string, resources int) (command, string, error) {
			written := filepath.Join(folder, "out")
			c := n.command(folder, script, "compile", "main.tsp", "--emit", "@typespec/openapi3", "--output-dir", written)
			return c, filepath.Join(written, "@typespec", "openapi3", "openapi.yaml"), writeTypeSpec(folder, n.modules, resources)
		},
	}, nil
}

// writeTypeSpec writes one file for each resource, and one that imports them all, next to the packages that they
// import.
func writeTypeSpec(folder, modules string, resources int) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	if err := os.Symlink(modules, filepath.Join(folder, "node_modules")); err != nil {
		return err
	}
	var imports strings.Builder
	for i := range resources {
		name := fmt.Sprintf("item_%03d.tsp", i)
		fmt.Fprintf(&imports, "import \"./%s\";\n", name)
		if err := os.WriteFile(filepath.Join(folder, name), []byte(typeSpecResource(fmt.Sprintf("item_%03ds", i))), 0o644); err != nil {
			return err
		}
	}
	main := "import \"@typespec/http\";\n" + imports.String() + "using Http;\n@service(#{title: \"Bench\"})\nnamespace Bench;\n"
	return os.WriteFile(filepath.Join(folder, "main.tsp"), []byte(main), 0o644)
}

func typeSpecResource(kind string) string {
	var properties strings.Builder
	for i := range propertiesEach {
		optional := "?"
		if i < 2 {
			optional = ""
		}
		fmt.Fprintf(&properties, "  "+typeSpecProperties[i%len(typeSpecProperties)]+"\n", i, optional)
	}
	return fmt.Sprintf(`import "@typespec/http";
using Http;
namespace Bench;
@doc("Things of the kind %[1]s")
model %[1]s {
  @doc("Identifies one") %[1]s_key: string;
%[2]s}
@tag("%[1]s")
@route("/%[1]s")
interface %[1]s_operations {
  @doc("List them") @get list_%[1]s(
    @doc("How many to return") @query limit?: integer, @doc("What to look for") @query search?: string
  ): %[1]s[];
  @doc("Create one") @post create_%[1]s(@body body: %[1]s): {@statusCode status: 201; @body body: %[1]s};
  @doc("Show one") @route("/{%[1]s_key}") @get read_%[1]s(@path %[1]s_key: string): %[1]s;
  @route("/{%[1]s_key}") @put update_%[1]s(@path %[1]s_key: string, @body body: %[1]s): %[1]s;
  @route("/{%[1]s_key}") @delete delete_%[1]s(@path %[1]s_key: string): void;
}
`, kind, properties.String())
}
