"""Where what a client sends does harm, what passes it on, and what makes it harmless.

Sources: the documentation of the functions named; https://owasp.org/www-community/attacks/ for each kind of harm.
"""

from __future__ import annotations

import re

_VERBS = ("get", "post", "put", "patch", "delete", "head", "options")
_CLIENTS = (
    "requests",
    "requests.Session()",
    "httpx",
    "httpx.Client()",
    "httpx.AsyncClient()",
    "aiohttp.ClientSession()",
)

_UNPICKLERS = ("pickle", "cloudpickle", "dill", "marshal")

SINKS: dict[str, tuple[str, str, int]] = {
    **{f"{owner}.text": ("sql", "text", 0) for owner in ("sqlalchemy", "sqlalchemy.sql", "sqlalchemy.sql.expression")},
    **{f"{owner}.literal_column": ("sql", "text", 0) for owner in ("sqlalchemy", "sqlalchemy.sql.expression")},
    **{name: ("path", "file", 0) for name in ("open", "io.open", "aiofiles.open")},
    **{
        f"os.{name}": ("path", "path", 0)
        for name in ("remove", "unlink", "rmdir", "listdir", "scandir", "makedirs", "mkdir", "removedirs")
    },
    "shutil.rmtree": ("path", "path", 0),
    "starlette.responses.FileResponse": ("path", "path", 0),
    "starlette.responses.RedirectResponse": ("redirect", "url", 0),
    **{f"{client}.{verb}": ("url", "url", 0) for client in _CLIENTS for verb in _VERBS},
    **{f"{client}.{verb}": ("url", "url", 1) for client in _CLIENTS for verb in ("request", "stream")},
    "urllib.request.urlopen": ("url", "url", 0),
    **{name: ("command", "command", 0) for name in ("os.system", "os.popen")},
    **{f"subprocess.{name}": ("command", "cmd", 0) for name in ("getoutput", "getstatusoutput")},
    "asyncio.create_subprocess_shell": ("command", "cmd", 0),
    "eval": ("command", "source", 0),
    "exec": ("command", "source", 0),
    **{f"{package}.loads": ("command", "data", 0) for package in _UNPICKLERS},
    **{f"{package}.load": ("command", "file", 0) for package in _UNPICKLERS},
    "joblib.load": ("command", "filename", 0),
    "pandas.read_pickle": ("command", "filepath_or_buffer", 0),
    "yaml.unsafe_load": ("command", "stream", 0),
}
"""Functions and constructors: the kind of harm, and the keyword and position of the argument that does it."""

SHELL_CALLS = frozenset(f"subprocess.{name}" for name in ("run", "call", "check_call", "check_output", "Popen"))
"""What runs its first argument in a shell, where it is told to (``shell=True``)."""

YAML_LOADER = "yaml.load"
UNSAFE_YAML = frozenset(f"yaml.{loader}" for loader in ("Loader", "UnsafeLoader", "CLoader"))
"""Loaders that make any object (https://pyyaml.org/wiki/PyYAMLDocumentation#loading-yaml)."""

SQL_PACKAGES = frozenset(
    "sqlalchemy sqlmodel sqlite3 aiosqlite asyncpg psycopg psycopg2 pymysql aiomysql MySQLdb databases duckdb".split()
)
SQL_METHODS = frozenset(
    "execute executemany executescript exec_driver_sql fetch fetchrow fetchval fetch_all fetch_one fetch_val".split()
)
"""Methods of connections, cursors and sessions of these packages that run a text as SQL."""

SQL_ARGUMENTS = ("statement", "query", "sql", "operation")
"""How the first parameter of these methods is named."""

PATH_METHODS = frozenset("open read_text read_bytes write_text write_bytes unlink rmdir iterdir mkdir touch".split())
"""Methods of paths that touch what is there."""

PASSING_CALLS = frozenset(
    """
    str repr bytes list tuple set dict sorted reversed os.path.join os.path.abspath os.path.normpath os.path.realpath
    os.path.expanduser os.fspath pathlib.Path pathlib.PurePath json.loads urllib.parse.urljoin urllib.parse.unquote
    copy.copy copy.deepcopy textwrap.dedent io.BytesIO io.StringIO io.TextIOWrapper
    base64.b64decode base64.urlsafe_b64decode
    """.split()
)
"""What gives something that holds what it is given."""

PASSING_METHODS = frozenset(
    """
    strip lstrip rstrip lower upper title capitalize removeprefix removesuffix encode decode split rsplit splitlines
    format join get pop items values copy joinpath resolve absolute expanduser model_dump dict read
    unicode_string
    """.split()
)
"""Methods that give something that holds what they are called on, or given."""

TEXT_TYPES = frozenset({"str", "bytes", "typing.Any", "list", "typing.List", "dict", "typing.Dict", "set", "tuple"})
"""Types of parameters and fields that hold any text."""

URL_TYPES = frozenset({"pydantic.AnyUrl", "pydantic.AnyHttpUrl", "pydantic.HttpUrl"})
"""Types that hold the URL of any host (https://docs.pydantic.dev/latest/api/networks/)."""

CHECKING_WORDS = re.compile(
    r"valid|check|verif|sanit|secure|safe|allow|permit|ensure|assert|require|escape|quote|clean|guard|restrict|protect|"
    r"authori[sz]e|within|is_relative_to|relative_to|startswith|match|parse",
    re.IGNORECASE,
)
"""Names of functions after which what they were given is no longer anything that a client may send."""

OPEN_HOST = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?//[^/?#]*$", re.IGNORECASE)
"""The beginning of a URL whose host does not end yet."""
