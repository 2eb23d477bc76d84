"""What the models that datamodel-code-generator makes of the definitions in ../types take and refuse.

    typed.py MODULE    the file of the models
"""
import importlib.util
import sys

from pydantic import ValidationError

spec = importlib.util.spec_from_file_location("models", sys.argv[1])
models = importlib.util.module_from_spec(spec)
sys.modules["models"] = models
spec.loader.exec_module(models)

BASE = {"record_id": "1", "closed": {"name": "x"}}
TAKEN = [
    {}, {"sealed": {"at": 1, "code": "x"}}, {"free": {"anything": [1]}}, {"anything": 1}, {"failure": None}, {"failure": {"code": "x"}}, {"cause": None},
    {"contact": {"mail": "x"}}, {"asset": {"label": "x", "map": True}}, {"asset": {"label": "x", "theme": "y"}},
    {"payment": {"method": "card", "number": "1"}}, {"payment": {"method": "iban", "iban": "1"}},
]
REFUSED = [
    {"closed": {"name": "x", "other": 1}}, {"closed": {}}, {"sealed": {"other": 1}}, {"free": 1}, {"failure": 1}, {"cause": "x"}, {"contact": {"mail": 1}},
    {"asset": {"map": True}}, {"asset": {"label": "x"}}, {"payment": {"method": "iban", "number": "1"}}, {"payment": {"method": "cash"}},
]

for data in TAKEN:
    try:
        models.Record.model_validate(BASE | data)
    except ValidationError as error:
        print(f"{data} is refused: {error}")
for data in REFUSED:
    try:
        models.Record.model_validate(BASE | data)
        print(f"{data} is taken")
    except ValidationError:
        pass
# What was given is what is told apart later: a null, a member of a free object, a kind of a union.
record = models.Record.model_validate(BASE | {"free": {"a": 1}, "asset": {"label": "x", "map": True}})
if record.model_dump(exclude_unset=True).get("free") != {"a": 1}:
    print(f"a free object loses its members: {record.free}")
if set(models.Widget.model_fields) != {"widget_id", "sides"}:
    print(f"a widget has {set(models.Widget.model_fields)}")
