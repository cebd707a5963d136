"""Calls that block the thread they run on: on the network, the disk, another process or the clock.

Each row names what the call waits for and what to use on an event loop instead. Names are canonical (see
:mod:`fastapi_lint.model.knowledge.results`); a row stands for its exact names, or for methods of what a name gives.

Not here, on purpose:

- **Micro-calls**: ``os.path.exists``, ``os.stat``, ``os.makedirs``, ``os.remove``, ``os.listdir``, ``Path.mkdir`` and
  the like. They are one system call on metadata, cost microseconds on a local disk, and moving them to a thread costs
  more.
- **What follows a reported call**: reading and writing a file object (its ``open`` is listed), fetching the rows of a
  cursor whose ``execute`` is listed, closing a client. One fault is one finding.
- **SQLAlchemy and SQLModel**: sessions, connections and engines. They are in
  :data:`fastapi_lint.model.knowledge.sqlalchemy.BLOCKING_CALLS` and have a rule of their own.
- **Computation**: hashing, image and data-frame work. It occupies the loop, but it waits for nothing. It is in
  :data:`fastapi_lint.model.knowledge.computation.COMPUTATIONS`.
"""

from __future__ import annotations

from typing import NamedTuple


class BlockingCall(NamedTuple):
    """What a call waits for, or is busy with, and the way to do the same without blocking an event loop. Both complete
    a sentence: "waits for …" or "is busy with …", "use …"."""

    waits_for: str
    instead: str


THREAD_ALONE = "asyncio.to_thread"
"""The way where there is no counterpart for event loops."""

_HTTP = BlockingCall("an HTTP response", "httpx.AsyncClient")
_KEYS = BlockingCall("an HTTP response", THREAD_ALONE)
_SLEEP = BlockingCall("the clock", "await asyncio.sleep(...)")
_FILE = BlockingCall("the disk", "anyio.open_file, aiofiles or asyncio.to_thread")
_TREE = BlockingCall("the disk", THREAD_ALONE)
_PATH = BlockingCall("the disk", "anyio.Path or asyncio.to_thread")
_UPLOAD = BlockingCall("the disk", "the coroutine methods of UploadFile itself, such as await file.read()")
_PROCESS = BlockingCall("another process", "asyncio.create_subprocess_exec or anyio.run_process")
_DNS = BlockingCall("a name lookup", "loop.getaddrinfo")
_SOCKET = BlockingCall("a network peer", "asyncio.open_connection")
_POSTGRES = BlockingCall("the database", "asyncpg or psycopg.AsyncConnection")
_MYSQL = BlockingCall("the database", "aiomysql or asyncmy")
_SQLITE = BlockingCall("the database", "aiosqlite")
_DATABASE = BlockingCall("the database", "an async driver or asyncio.to_thread")
_REDIS = BlockingCall("the Redis server", "redis.asyncio")
_MONGO = BlockingCall("the MongoDB server", "pymongo.AsyncMongoClient or motor")
_SEARCH = BlockingCall("the search cluster", "the package's async client")
_AWS = BlockingCall("an AWS service", "aioboto3 or asyncio.to_thread")
_CLOUD = BlockingCall("a Google Cloud service", THREAD_ALONE)
_MODEL = BlockingCall("a language model's answer", "the package's async client")
_SERVICE = BlockingCall("a remote service", "the package's async client or asyncio.to_thread")
_MAIL = BlockingCall("the mail server", "aiosmtplib or a background task")
_SSH = BlockingCall("the SSH server", "asyncssh or asyncio.to_thread")
_BROKER = BlockingCall("the message broker", "aio-pika or asyncio.to_thread")
_KAFKA = BlockingCall("the Kafka broker", "aiokafka or asyncio.to_thread")
_TASK = BlockingCall("the result of a Celery task", "asyncio.to_thread, or return the task's id")
_THREAD = BlockingCall("another thread", "an asyncio primitive or asyncio.to_thread")
_TERMINAL = BlockingCall("the terminal", THREAD_ALONE)


def _each(row: BlockingCall, prefix: str, names: str) -> dict[str, BlockingCall]:
    """The row for ``prefix.name`` of every name."""
    return {f"{prefix}.{name}": row for name in names.split()}


_VERBS = "get post put patch delete head options request"
_SEARCHES = "search index get mget bulk delete update count exists msearch info"
_REDIS_LOCAL = "close pipeline pubsub register_script lock get_connection_kwargs set_response_callback __init__"

CALLS: dict[str, BlockingCall] = {
    # https://requests.readthedocs.io/en/latest/api/, https://www.python-httpx.org/api/, https://urllib3.readthedocs.io/
    **_each(_HTTP, "requests", _VERBS),
    **_each(_HTTP, "requests.api", _VERBS),
    **_each(_HTTP, "requests.Session()", _VERBS + " send"),
    **_each(_HTTP, "httpx", _VERBS + " stream"),
    **_each(_HTTP, "httpx.Client()", _VERBS + " stream send"),
    **_each(_HTTP, "urllib.request", "urlopen urlretrieve"),
    **_each(_HTTP, "urllib.request.build_opener()", "open"),
    **_each(_HTTP, "urllib3", "request"),
    **_each(_HTTP, "urllib3.PoolManager()", "request urlopen request_encode_url request_encode_body"),
    **_each(_HTTP, "urllib3.HTTPConnectionPool()", "request urlopen"),
    **_each(_HTTP, "urllib3.HTTPSConnectionPool()", "request urlopen"),
    **_each(_HTTP, "http.client.HTTPConnection()", "request"),
    **_each(_HTTP, "http.client.HTTPSConnection()", "request"),
    # PyJWT fetches the key set, google-auth the certificates: https://pyjwt.readthedocs.io/en/stable/api.html,
    # https://googleapis.dev/python/google-auth/latest/reference/google.oauth2.id_token.html
    **_each(_KEYS, "jwt.PyJWKClient()", "get_signing_key_from_jwt get_signing_keys get_jwk_set fetch_data"),
    **_each(_KEYS, "google.oauth2.id_token", "verify_token verify_oauth2_token verify_firebase_token"),
    # https://docs.python.org/3/library/: time, functions, io, shutil, os, subprocess, socket, zipfile, tarfile
    "time.sleep": _SLEEP,
    "open": _FILE,
    "input": _TERMINAL,
    **_each(_FILE, "io", "open"),
    **_each(_FILE, "os", "fdopen"),
    **_each(_FILE, "codecs", "open"),
    **_each(_FILE, "gzip", "open"),
    **_each(_FILE, "bz2", "open"),
    **_each(_FILE, "lzma", "open"),
    **_each(_TREE, "tarfile", "open"),
    **_each(_TREE, "zipfile.ZipFile()", "extract extractall write testzip"),
    **_each(_TREE, "shutil", "copy copy2 copyfile copyfileobj copytree move rmtree make_archive unpack_archive"),
    **_each(_PROCESS, "subprocess", "run call check_call check_output getoutput getstatusoutput"),
    **_each(_PROCESS, "subprocess.Popen()", "wait communicate"),
    **_each(_PROCESS, "os", "system popen waitpid wait spawnl spawnlp spawnv spawnvp"),
    **_each(_DNS, "socket", "getaddrinfo gethostbyname gethostbyname_ex gethostbyaddr getnameinfo getfqdn"),
    **_each(_DNS, "dns.resolver", "resolve query"),
    **_each(_DNS, "dns.resolver.Resolver()", "resolve query"),
    **_each(_SOCKET, "socket", "create_connection"),
    **_each(_SOCKET, "socket.socket()", "connect accept recv recvfrom sendall"),
    **_each(_SOCKET, "socket.create_connection()", "recv recvfrom sendall"),
    **_each(_SOCKET, "ssl", "get_server_certificate"),
    **_each(_THREAD, "threading.Thread()", "join"),
    **_each(_THREAD, "threading.Event()", "wait"),
    **_each(_THREAD, "threading.Condition()", "wait wait_for"),
    **_each(_THREAD, "queue.Queue()", "get join"),
    **_each(_THREAD, "multiprocessing.Process()", "join"),
    **_each(_THREAD, "concurrent.futures", "wait"),
    **_each(_THREAD, "concurrent.futures.ThreadPoolExecutor().submit()", "result"),
    **_each(_THREAD, "concurrent.futures.ProcessPoolExecutor().submit()", "result"),
    **_each(_THREAD, "asyncio.run_coroutine_threadsafe()", "result"),
    # https://peps.python.org/pep-0249/ and the drivers' own pages
    **{
        name: row
        for row, driver in (
            (_POSTGRES, "psycopg2"),
            (_POSTGRES, "psycopg"),
            (_MYSQL, "pymysql"),
            (_MYSQL, "MySQLdb"),
            (_MYSQL, "mysql.connector"),
            (_SQLITE, "sqlite3"),
            (_DATABASE, "pyodbc"),
            (_DATABASE, "oracledb"),
            (_DATABASE, "cx_Oracle"),
            (_DATABASE, "snowflake.connector"),
            (_DATABASE, "duckdb"),
        )
        for name in (
            f"{driver}.connect",
            *(f"{driver}.connect().{method}" for method in ("execute", "executemany", "executescript", "commit")),
            *(f"{driver}.connect().cursor().{method}" for method in ("execute", "executemany", "executescript")),
        )
    },
    # https://redis.readthedocs.io/en/stable/advanced_features.html
    **_each(_REDIS, "redis.Redis().pipeline()", "execute"),
    **_each(_REDIS, "redis.Redis().pubsub()", "subscribe psubscribe get_message listen"),
    # https://www.elastic.co/docs/reference/elasticsearch/clients/python, https://opensearch.org/docs/latest/clients/
    **_each(_SEARCH, "elasticsearch.Elasticsearch()", _SEARCHES),
    **_each(_SEARCH, "opensearchpy.OpenSearch()", _SEARCHES),
    # https://docs.python.org/3/library/smtplib.html, .../ftplib.html, .../imaplib.html;
    # https://python-emails.readthedocs.io/en/latest/
    **_each(_MAIL, "emails.message.Message()", "send"),
    **_each(_MAIL, "smtplib", "SMTP SMTP_SSL LMTP"),
    **_each(_MAIL, "smtplib.SMTP()", "connect send_message sendmail"),
    **_each(_MAIL, "smtplib.SMTP_SSL()", "connect send_message sendmail"),
    **_each(_MAIL, "imaplib", "IMAP4 IMAP4_SSL"),
    **_each(_SERVICE, "ftplib", "FTP FTP_TLS"),
    # https://docs.paramiko.org/en/stable/, https://pika.readthedocs.io/
    **_each(_SSH, "paramiko.SSHClient()", "connect exec_command"),
    **_each(_SSH, "paramiko.SSHClient().open_sftp()", "get put listdir open"),
    **_each(_BROKER, "pika", "BlockingConnection"),
    **_each(_BROKER, "pika.BlockingConnection().channel()", "basic_publish basic_get queue_declare exchange_declare"),
    # https://kafka-python.readthedocs.io/, https://docs.confluent.io/platform/current/clients/confluent-kafka-python/
    **_each(_KAFKA, "kafka", "KafkaProducer KafkaConsumer KafkaAdminClient"),
    **_each(_KAFKA, "kafka.KafkaProducer()", "flush"),
    **_each(_KAFKA, "kafka.KafkaProducer().send()", "get"),
    **_each(_KAFKA, "kafka.KafkaConsumer()", "poll"),
    **_each(_KAFKA, "confluent_kafka.Producer()", "flush"),
    **_each(_KAFKA, "confluent_kafka.Consumer()", "poll consume commit"),
    # https://docs.celeryq.dev/en/stable/reference/celery.result.html
    **_each(_TASK, "celery.result.AsyncResult()", "get wait"),
}
"""Calls that block, by canonical name."""

METHODS: dict[str, tuple[frozenset[str], BlockingCall]] = {
    # https://docs.python.org/3/library/pathlib.html
    "pathlib.Path": (frozenset(["open", "read_text", "read_bytes", "write_text", "write_bytes"]), _PATH),
    # https://fastapi.tiangolo.com/reference/uploadfile/: file.file is the blocking file underneath
    "fastapi.UploadFile().file": (frozenset(["read", "readline", "readlines", "write"]), _UPLOAD),
    # https://pymongo.readthedocs.io/en/stable/api/pymongo/collection.html
    "pymongo.MongoClient()": (
        frozenset(
            [
                "find_one",
                "insert_one",
                "insert_many",
                "update_one",
                "update_many",
                "replace_one",
                "delete_one",
                "delete_many",
                "bulk_write",
                "count_documents",
                "estimated_document_count",
                "distinct",
                "find_one_and_update",
                "find_one_and_delete",
                "find_one_and_replace",
                "create_index",
                "drop",
                "command",
                "list_collection_names",
                "server_info",
            ]
        ),
        _MONGO,
    ),
    # https://boto3.amazonaws.com/v1/documentation/api/latest/reference/services/
    "boto3.resource()": (
        frozenset(
            [
                "put",
                "get",
                "delete",
                "load",
                "upload_file",
                "upload_fileobj",
                "download_file",
                "download_fileobj",
                "put_object",
                "put_item",
                "get_item",
                "delete_item",
                "update_item",
                "query",
                "scan",
                "batch_get_item",
                "send_message",
                "receive_messages",
                "publish",
            ]
        ),
        _AWS,
    ),
    # https://docs.cloud.google.com/python/docs/reference
    "google.cloud.storage.Client()": (
        frozenset(
            [
                "get_bucket",
                "list_blobs",
                "upload_from_file",
                "upload_from_filename",
                "upload_from_string",
                "download_as_bytes",
                "download_as_string",
                "download_as_text",
                "download_to_file",
                "download_to_filename",
                "exists",
                "delete",
                "reload",
            ]
        ),
        _CLOUD,
    ),
    "google.cloud.bigquery.Client()": (
        frozenset(["result", "get_table", "insert_rows_json", "query_and_wait"]),
        _CLOUD,
    ),
    "google.cloud.firestore.Client()": (frozenset(["get", "set", "update", "add", "delete"]), _CLOUD),
    # https://github.com/openai/openai-python, https://github.com/anthropics/anthropic-sdk-python
    "openai.OpenAI()": (frozenset(["create", "generate", "parse", "list", "retrieve", "edit", "stream"]), _MODEL),
    "openai.AzureOpenAI()": (frozenset(["create", "generate", "parse", "list", "retrieve", "edit", "stream"]), _MODEL),
    "anthropic.Anthropic()": (frozenset(["create", "stream", "count_tokens"]), _MODEL),
    # https://docs.stripe.com/api?lang=python, https://www.twilio.com/docs/libraries/python
    "stripe": (frozenset(["create", "retrieve", "modify", "list", "cancel", "confirm", "capture"]), _SERVICE),
    "twilio.rest.Client()": (frozenset(["create", "fetch", "list", "update"]), _SERVICE),
    "sendgrid.SendGridAPIClient()": (frozenset({"send"}), _SERVICE),
    # https://ldap3.readthedocs.io/, https://docker-py.readthedocs.io/
    "ldap3.Connection()": (frozenset(["bind", "search", "add", "modify", "delete", "rebind"]), _SERVICE),
    "docker.from_env()": (
        frozenset(["run", "build", "pull", "push", "list", "exec_run", "create", "start", "stop"]),
        _SERVICE,
    ),
}
"""Methods that block, at any depth below a name (``pymongo.MongoClient().db.users.find_one``)."""

CLIENTS: dict[str, tuple[frozenset[str], BlockingCall]] = {
    # https://redis.readthedocs.io/en/stable/commands.html: every command is a round trip
    "redis.Redis()": (frozenset(_REDIS_LOCAL.split()), _REDIS),
    "redis.cluster.RedisCluster()": (frozenset(_REDIS_LOCAL.split()), _REDIS),
    # https://boto3.amazonaws.com/v1/documentation/api/latest/guide/clients.html: every operation is a request
    "boto3.client()": (
        frozenset(
            [
                "generate_presigned_url",
                "generate_presigned_post",
                "get_paginator",
                "get_waiter",
                "can_paginate",
                "close",
                "_make_api_call",
            ]
        ),
        _AWS,
    ),
}
"""Objects all of whose own methods block but those named."""

REMOVALS = frozenset(
    ["os.remove", "os.unlink", "pathlib.Path().unlink", "os.rename", "os.replace", "pathlib.Path().rename"]
)
"""Calls too short to count as blocking that change which files there are."""

CACHING_DECORATORS = frozenset(
    [
        "functools.lru_cache",
        "functools.lru_cache()",
        "functools.cache",
        "functools.cached_property",
        "cachetools.cached()",
        "cachetools.func.ttl_cache()",
        "cachetools.func.lru_cache()",
    ]
)
"""Decorators under which a function's body runs once and not per request."""

INLINE_DECORATORS = frozenset(
    [
        "staticmethod",
        "classmethod",
        "property",
        "abc.abstractmethod",
        "contextlib.contextmanager",
        "functools.wraps()",
        "typing.overload",
        "typing.override",
        "typing.no_type_check",
        "tenacity.retry",
        "tenacity.retry()",
        "backoff.on_exception()",
        "backoff.on_predicate()",
        "retry.retry()",
        "retrying.retry()",
        "typing.final",
        "warnings.deprecated()",
        "pydantic.validate_call",
    ]
)
"""Decorators outside the project under which a call still runs the function's body on the caller's thread."""
