"""Judges pairs of files that one template made of two models, in what has readers in Python.

Each line of the standard input is a question (see generator/attack/judge_test.go). a is the file of a model whose texts are plain
words such as "qvabz"; each of b has a text, the file of another model, and values, which say what stands for which word there.
The structure of both has to be the same: whatever the author of the template wrote is the same in both, and a text of the
model is nothing but a text. Each line of the standard output says for one id which readers were asked, and what differs: b,
reader and why.
"""

import ast
import io
import json
import re
import sys
import tokenize
import tomllib
import warnings

try:
    import ruamel.yaml
    import yaml
except ImportError:  # the newest Python reads Python alone
    yaml = None

WORD = re.compile("qv[a-z]{2}z", re.IGNORECASE)


class Difference(Exception):
    """What differs, in words."""


class Comparison:
    """Compares the leaves of two structures."""

    def __init__(self, values, exact, loose):
        self.values, self.exact, self.loose = values, exact, loose

    def text(self, a, b, place, is_block=False):
        """Compares two texts: the author's words are the same, and those of the model have arrived.

        A block scalar of YAML may have as many line breaks at its end as its header says, whatever a text of the model ends in.
        """
        if a == b:
            return
        if not WORD.search(a):
            if not self.loose:
                raise Difference(f"{place}: the template's text {a!r} is {b!r}")
            return
        if self.exact and not self.loose:
            expected = WORD.sub(lambda word: self.values.get(word[0], word[0]), a)
            body = expected.rstrip("\n")
            chomped = body + a[len(a.rstrip("\n")) :] if body else ""
            if b != expected and not (is_block and b == chomped):
                raise Difference(f"{place}: {expected!r} arrives as {b!r}")

    def name(self, a, b, place):
        """Compares two names of a program."""
        if a != b and not WORD.search(a) and not self.loose:
            raise Difference(f"{place}: the name {a!r} is {b!r}")

    def aligned(self, a, b, name_of):
        """Returns the members of b in the order of those of a: a map of a template is sorted by its keys."""
        expected = [WORD.sub(lambda word: self.values.get(word[0], word[0]), name_of(member)) for member in a]
        found = {name_of(member): member for member in b}
        return [found[name] for name in expected] if len(found) == len(b) and set(expected) == set(found) else b

    def same(self, a, b, place):
        if a != b:
            raise Difference(f"{place}: {a!r} is {b!r}")


# YAML


def compose(text, loader_class):
    loader = loader_class(text)
    try:
        nodes = []
        while loader.check_node():
            nodes.append(loader.get_node())
        return nodes
    finally:
        loader.dispose()


def compose_ruamel(text):
    reader = ruamel.yaml.YAML(typ="safe", pure=True)
    reader.version = (1, 2)
    return list(reader.compose_all(text))


def read_yaml(text):
    return compose(text, yaml.CSafeLoader)


def compare_nodes(a, b, compare, place):
    if a is None or b is None:
        return compare.same(a is None, b is None, f"{place} is empty")
    compare.same(a.id, b.id, f"{place}: the kind")
    compare.same(a.tag, b.tag, f"{place}: the tag")
    compare.same(getattr(a, "anchor", None), getattr(b, "anchor", None), f"{place}: the anchor")
    if a.id == "scalar":
        compare.text(a.value, b.value, place, is_block=a.style in ("|", ">"))
        return None
    compare.same(len(a.value), len(b.value), f"{place}: the number of members")
    members = b.value
    if a.id == "mapping" and all(key.id == "scalar" for key, _ in a.value + b.value):
        members = compare.aligned(a.value, b.value, lambda member: member[0].value)
    for i, (one, other) in enumerate(zip(a.value, members)):
        if a.id == "mapping":
            compare_nodes(one[0], other[0], compare, f"{place}/{i}?")
            compare_nodes(one[1], other[1], compare, f"{place}/{i}")
        else:
            compare_nodes(one, other, compare, f"{place}/{i}")
    return None


def compare_documents(a, b, compare):
    compare.same(len(a), len(b), "the number of documents")
    for i, (one, other) in enumerate(zip(a, b)):
        compare_nodes(one, other, compare, f"document {i + 1}")


# JSON and TOML


class Members(list):
    """The members of an object of JSON, as they stand."""


def read_json(text):
    return json.loads(text, object_pairs_hook=Members, parse_int=Number, parse_float=Number, parse_constant=Number)


class Number(str):
    """A number as it is written."""


def compare_data(a, b, compare, place="the file"):
    compare.same(type(a), type(b), f"{place}: the type")
    if isinstance(a, (dict, Members)):
        one, other = (list(v.items()) if isinstance(v, dict) else v for v in (a, b))
        compare.same(len(one), len(other), f"{place}: the number of members")
        other = compare.aligned(one, other, lambda member: member[0])
        for (name, value), (other_name, other_value) in zip(one, other):
            compare.text(name, other_name, f"{place}: a key")
            compare_data(value, other_value, compare, f"{place}/{name}")
    elif isinstance(a, list):
        compare.same(len(a), len(b), f"{place}: the number of items")
        for i, (one, other) in enumerate(zip(a, b)):
            compare_data(one, other, compare, f"{place}/{i}")
    elif type(a) is str:
        compare.text(a, b, place)
    elif a != b and not (a != a and b != b):
        compare.same(a, b, place)


# Python


def read_python(text):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text.encode())


# Strings with expressions in them: of f, and of t from Python 3.14 on.
STRINGS = (ast.JoinedStr, getattr(ast, "TemplateStr", ast.JoinedStr))


def alternating(values):
    """Returns the parts of a string with a text, which may be empty, before and behind each expression."""
    parts = [ast.Constant("")]
    for value in values:
        if isinstance(value, ast.Constant):
            parts[-1] = ast.Constant(parts[-1].value + value.value)
        else:
            parts += [value, ast.Constant("")]
    return parts


def compare_trees(a, b, compare, place):
    compare.same(type(a), type(b), f"{place}: what stands there")
    if isinstance(a, ast.MatchAs) and isinstance(b, ast.MatchAs):
        a, b = (ast.MatchAs(v.pattern, v.name or "_") for v in (a, b))
    if isinstance(a, ast.AST):
        here = f"{place}/{type(a).__name__}"
        if isinstance(a, STRINGS):
            a, b = (type(v)(values=alternating(v.values)) for v in (a, b))
        for field in a._fields:
            if field not in ("kind", "type_comment"):
                compare_trees(getattr(a, field, None), getattr(b, field, None), compare, f"{here}.{field}")
    elif isinstance(a, list):
        compare.same(len(a), len(b), f"{place}: how many there are")
        for one, other in zip(a, b):
            compare_trees(one, other, compare, place)
    elif isinstance(a, str):
        (compare.text if place.endswith("Constant.value") else compare.name)(a, b, place)
    elif isinstance(a, bytes):
        compare.text(a.decode("latin-1"), b.decode("latin-1"), place)
    else:
        compare.same(a, b, place)


def read_tokens(text):
    """Reads what is no program, as far as it consists of tokens. The text of an f-string is left out: a {{ in it ends a token."""
    tokens, end = [], None
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # as the compiler does before it reads tokens
    for token in tokenize.tokenize(io.BytesIO(text.encode()).readline):
        if token.type in (tokenize.NL, tokenize.NEWLINE, tokenize.COMMENT, tokenize.ENCODING):
            continue
        kind = tokenize.tok_name[token.type]
        if kind.endswith("STRING_MIDDLE"):
            continue
        if kind == "ERRORTOKEN" and not token.string.isascii():
            kind = "NAME"  # Python 3.11 reads letters here that the pattern of words does not match
        if kind == "NAME" and tokens and tokens[-1][0] == "NAME" and token.start == end:
            tokens[-1] = ("NAME", tokens[-1][1] + token.string)
        else:
            tokens.append((kind, token.string))
        end = token.end
    return tokens


def compare_tokens(a, b, compare):
    compare.same([kind for kind, _ in a], [kind for kind, _ in b], "the tokens")
    for (kind, one), (_, other) in zip(a, b):
        if kind == "NAME":
            compare.name(one, other, "a token")
        elif kind != "STRING":
            compare.same(one, other, "a token")


# Markdown: what a site generator reads before the Markdown

FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
FRONT_TOML = re.compile(r"\A\+\+\+[ \t]*\r?\n(.*?)^\+\+\+[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)


def read_front(text):
    if found := FRONT.search(text):
        return "YAML", read_yaml(found[1])
    if found := FRONT_TOML.search(text):
        return "TOML", tomllib.loads(found[1])
    return "none", None


def compare_fronts(a, b, compare):
    compare.same(a[0], b[0], "the front matter")
    if a[0] == "YAML":
        compare_documents(a[1], b[1], compare)
    elif a[0] == "TOML":
        compare_data(a[1], b[1], compare)


READERS = {
    "YAML": [
        ("PyYAML", read_yaml, compare_documents),
        ("ruamel", compose_ruamel, compare_documents),
    ],
    "JSON": [("json", read_json, compare_data)],
    "TOML": [("tomllib", tomllib.loads, compare_data)],
    "Python": [
        ("ast", read_python, lambda a, b, compare: compare_trees(a, b, compare, "")),
        ("tokenize", read_tokens, compare_tokens),
    ],
    "Markdown": [("front matter", read_front, compare_fronts)],
}


def read(reader, text):
    """Returns what the reader makes of a text, or None and why it is none."""
    try:
        return reader(text), None
    except RecursionError:
        return None, "too deep"
    except Exception as error:  # each reader has exceptions of its own
        return None, f"{type(error).__name__}: {error}"


def judge(request):
    verdicts, readers = [], []
    for name, reader, compare in READERS[request["language"]]:
        readers.append(name)
        a, fault = read(reader, request["a"])
        for i, other in enumerate(request["b"]):
            b, own_fault = read(reader, other["text"])
            why = None
            if fault is None and own_fault is not None:
                why = f"it is none any more: {own_fault}"
            elif fault is not None and own_fault is None:
                why = f"it was none: {fault}"
            elif fault is None:
                try:
                    compare(a, b, Comparison(other["values"], request["exact"], other["loose"]))
                except Difference as difference:
                    why = str(difference)
            if why is not None:
                verdicts.append({"b": i, "reader": name, "why": why})
        if name == "ast" and fault is None:
            break  # a program consists of tokens
    return {"id": request["id"], "readers": readers, "verdicts": verdicts}


def main():
    sys.setrecursionlimit(5000)
    for line in sys.stdin.buffer:
        answer = judge(json.loads(line))
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
