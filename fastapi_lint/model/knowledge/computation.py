"""Calls that keep the processor busy for so long that an event loop must not run them: tens of milliseconds and more.

Not here, on purpose: work whose cost depends on its data alone and is mostly small (JSON, compression, data frames made
of lists, tokenisers), and the digests of ``hashlib``, which are made to be fast.
"""

from __future__ import annotations

from fastapi_lint.model.knowledge.blocking import BlockingCall

_THREAD = "run_in_threadpool or asyncio.to_thread"
_PASSWORD = BlockingCall("the hashing of a password", _THREAD)
_KEY = BlockingCall("the making of a key", _THREAD)
_IMAGE = BlockingCall("the work on an image", _THREAD)
_TABLE = BlockingCall("the parsing of a whole table", _THREAD)
_SHEET = BlockingCall("the writing of a whole table", _THREAD)
_DOCUMENT = BlockingCall("the work on a document", _THREAD)
_MODEL = BlockingCall("a model", f"{_THREAD}, or a worker process")


def _each(row: BlockingCall, owners: str, names: str) -> dict[str, BlockingCall]:
    """The row for ``owner.name`` of every owner and name."""
    return {f"{owner}.{name}": row for owner in owners.split() for name in names.split()}


COMPUTATIONS: dict[str, BlockingCall] = {
    # Password hashes are made to be slow: https://github.com/pyca/bcrypt/, https://passlib.readthedocs.io/,
    # https://argon2-cffi.readthedocs.io/, https://frankie567.github.io/pwdlib/, https://werkzeug.palletsprojects.com/,
    # https://docs.python.org/3/library/hashlib.html#key-derivation, https://pynacl.readthedocs.io/
    **_each(_PASSWORD, "bcrypt", "hashpw checkpw kdf"),
    **_each(_PASSWORD, "passlib.context.CryptContext()", "hash encrypt verify verify_and_update"),
    **_each(
        _PASSWORD,
        "passlib.hash.bcrypt passlib.hash.bcrypt_sha256 passlib.hash.argon2 passlib.hash.scrypt "
        "passlib.hash.pbkdf2_sha256 passlib.hash.pbkdf2_sha512 passlib.hash.sha512_crypt passlib.hash.sha256_crypt",
        "hash encrypt verify",
    ),
    **_each(_PASSWORD, "argon2.PasswordHasher()", "hash verify"),
    **_each(_PASSWORD, "pwdlib.PasswordHash() pwdlib.PasswordHash.recommended()", "hash verify verify_and_update"),
    **_each(_PASSWORD, "fastapi_users.password.PasswordHelper()", "hash verify_and_update"),
    **_each(_PASSWORD, "werkzeug.security", "generate_password_hash check_password_hash"),
    **_each(_PASSWORD, "hashlib", "pbkdf2_hmac scrypt"),
    **_each(_PASSWORD, "nacl.pwhash", "str verify"),
    # https://cryptography.io/en/latest/hazmat/primitives/asymmetric/rsa/, .../key-derivation-functions/
    **_each(_KEY, "cryptography.hazmat.primitives.asymmetric.rsa", "generate_private_key"),
    **_each(_KEY, "cryptography.hazmat.primitives.asymmetric.dh", "generate_parameters"),
    **_each(_KEY, "cryptography.hazmat.primitives.kdf.scrypt.Scrypt()", "derive verify"),
    **_each(_KEY, "Crypto.PublicKey.RSA", "generate"),
    # https://pillow.readthedocs.io/en/stable/reference/Image.html, https://docs.opencv.org/
    **_each(
        _IMAGE,
        "PIL.Image.open() PIL.Image.open().convert() PIL.Image.open().__enter__()",
        "resize thumbnail convert rotate filter transpose quantize save",
    ),
    **_each(_IMAGE, "PIL.ImageOps", "fit exif_transpose autocontrast"),
    **_each(_IMAGE, "cv2", "imdecode imencode imread imwrite resize cvtColor GaussianBlur"),
    # https://pandas.pydata.org/docs/reference/io.html, https://docs.pola.rs/, https://openpyxl.readthedocs.io/
    **_each(_TABLE, "pandas", "read_csv read_excel read_parquet read_json read_feather read_html"),
    **_each(_TABLE, "polars", "read_csv read_excel read_parquet read_json"),
    **_each(_TABLE, "openpyxl", "load_workbook"),
    **_each(_SHEET, "pandas.DataFrame()", "to_excel to_csv to_parquet"),
    **_each(_SHEET, "openpyxl.Workbook()", "save"),
    # https://pypdf.readthedocs.io/, https://doc.courtbouillon.org/weasyprint/, https://python-docx.readthedocs.io/
    **_each(_DOCUMENT, "pypdf PyPDF2", "PdfReader"),
    **_each(_DOCUMENT, "pdfplumber fitz pymupdf", "open"),
    **_each(_DOCUMENT, "docx", "Document"),
    **_each(_DOCUMENT, "weasyprint.HTML()", "write_pdf"),
    # https://huggingface.co/docs/transformers/, https://sbert.net/
    **_each(_MODEL, "transformers", "pipeline"),
    "transformers.pipeline()": _MODEL,
    **_each(_MODEL, "sentence_transformers", "SentenceTransformer CrossEncoder"),
    **_each(_MODEL, "sentence_transformers.SentenceTransformer()", "encode"),
    **_each(_MODEL, "sentence_transformers.CrossEncoder()", "predict"),
    **_each(_MODEL, "whisper", "load_model"),
}
"""Calls that compute for long, by canonical name (see :mod:`fastapi_lint.model.knowledge.results`)."""

ITERATIONS: dict[str, tuple[str, int]] = {"hashlib.pbkdf2_hmac": ("iterations", 3)}
"""Calls that take as long as an argument says: its name and position."""

LEAST_ITERATIONS = 50_000
"""Fewer iterations take some milliseconds and less."""
