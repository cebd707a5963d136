"""Generated routers: what makes the usual routes for any model."""

from __future__ import annotations

from generated.annotations import model
from generated.arguments import call
from generated.choices import Choices
from generated.dependencies import dependency
from generated.endpoints import endpoint_parameters
from generated.functions import write_function
from generated.parameters import Parameter
from generated.routers import construction, router_form
from generated.source import Scope
from generated.texts import prefix


def _of_model(choices: Choices, scope: Scope, text: str) -> str:
    given = [model(choices.within("model"), scope)]
    if choices.chance("prefix", 60):
        given.append(f"prefix={prefix(choices.within('prefix'), scope)}")
    if choices.chance("guard", 50):
        given.append(f"guard={dependency(choices.within('guard'), scope)}")
    return call(text, *given)


@router_form(_of_model)
def crud_class(choices: Choices, top: Scope) -> str:
    """A subclass of ``APIRouter`` with a method for each route."""
    name = top.fresh("CrudRouter")
    depends = top.get("fastapi.Depends")
    with top.block(f"class {name}({top.get('fastapi.APIRouter')}):", is_class=True) as body:
        body.write("def __init__(self, schema, prefix=None, *, guard=None, **kwargs):")
        body.write(f"    dependencies = [{depends}(guard)] if guard else []")
        body.write('    prefix = str(prefix if prefix else "/" + schema.__name__).lower()')
        body.write("    super().__init__(prefix=prefix, tags=[schema.__name__], **kwargs)", "    self.schema = schema")
        body.write('    self._add("GET", "/", self._lister(), response_model=list[schema])')
        body.write('    self._add("POST", "/", self._maker(), status_code=201, dependencies=dependencies)')
        if choices.chance("loop", 50):
            body.write('    for method in ("PUT", "DELETE"):')
            body.write('        self._add(method, "/{item_id}", self._lister(), dependencies=dependencies)')
        body.write("def _add(self, method, path, endpoint, **options):")
        body.write('    name = f"{method.lower()}_{self.schema.__name__}"')
        body.write("    super().add_api_route(path, endpoint, methods=[method], operation_id=name, **options)")
        with body.block("def _lister(self):", is_function=True) as lister:
            _write_endpoint(choices.within("lister"), lister, [])
        with body.block("def _maker(self):", is_function=True) as maker:
            maker.write("schema = self.schema")
            item = [] if top.module.lazy else [Parameter("item", "schema")]
            _write_endpoint(choices.within("maker"), maker, item)
    return name


def _write_endpoint(choices: Choices, scope: Scope, given: list[Parameter]) -> None:
    parameters = [own for own in endpoint_parameters(choices, scope, {}) if own.name != "item"]
    write_function(choices, scope, "route", [*given, *parameters])
    scope.write("return route")


@router_form(_of_model)
def crud_function(choices: Choices, top: Scope) -> str:
    """A function that fills a router with closures over a model."""
    name, local = top.fresh("crud"), top.fresh("made")
    depends = top.get("fastapi.Depends")
    with top.block(f"def {name}(schema, *, prefix='/crud', guard=None):", is_function=True) as body:
        body.know("model class", "schema")
        body.write("if guard is None:", "    guard = lambda: None")
        body.know("dependency", "guard")
        body.write(f"{local} = {construction(choices.within('made'), body)}")
        body.write("def endpoint_for(path, guarded=False, **options):", "    def decorate(function):")
        body.write(f"        options['dependencies'] = [{depends}(guard)] if guarded else []")
        body.write(f"        {local}.add_api_route(prefix + path, function, **options)", "        return function")
        body.write("    return decorate")
        for index, node in enumerate(choices.several("route", 1, 3)):
            guarded = node.pick("guarded", [", guarded=True", "", f", methods=['{'PUT' if index else 'POST'}']"])
            parameters = endpoint_parameters(node, body, {})
            returns = node.pick("returns", ["", "", "list[schema]"]) if not top.module.lazy else ""
            decorator = f'endpoint_for("/{index}"{guarded})'
            write_function(node, body, f"route_{index}", parameters, (decorator,), returns)
        body.write(f"return {local}")
    return name
