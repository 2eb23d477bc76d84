"""Import every module of a generated client, with warnings as errors.

Usage: imports.py FOLDER, the folder that holds the package api. Prints how many models and interfaces
there are; none of either is an error.
"""

import importlib
import pkgutil
import sys
import warnings

# The dependencies come first: their warnings are not the client's.
import dateutil.parser
import pydantic
import urllib3

warnings.simplefilter("error")
sys.path.insert(0, sys.argv[1])
package = importlib.import_module("api")
for module in pkgutil.walk_packages(package.__path__, "api."):
    importlib.import_module(module.name)

models = list(pkgutil.iter_modules(importlib.import_module("api.models").__path__))
interfaces = [name for name in dir(package) if name.endswith("Api")]
if not models or not interfaces:
    sys.exit(f"{len(models)} models and {len(interfaces)} interfaces")
print(f"{len(models)} models and {len(interfaces)} interfaces")
