"""What well-known calls return: from the name of a result (``f()``) to the name of the instance it is."""

from __future__ import annotations

from fastapi_lint.model.knowledge.sqlalchemy import RESULT_TYPES as SQLALCHEMY_RESULTS

RESULT_TYPES: dict[str, str] = {
    **SQLALCHEMY_RESULTS,
    "httpx.AsyncClient().__aenter__()": "httpx.AsyncClient()",
    "httpx.Client().__enter__()": "httpx.Client()",
    # https://requests.readthedocs.io/en/latest/api/#requests.session
    "requests.session()": "requests.Session()",
    "requests.sessions.Session()": "requests.Session()",
    # https://redis.readthedocs.io/en/stable/connections.html
    "redis.StrictRedis()": "redis.Redis()",
    "redis.client.Redis()": "redis.Redis()",
    "redis.from_url()": "redis.Redis()",
    "redis.Redis.from_url()": "redis.Redis()",
    "redis.StrictRedis.from_url()": "redis.Redis()",
    "redis.asyncio.StrictRedis()": "redis.asyncio.Redis()",
    "redis.asyncio.client.Redis()": "redis.asyncio.Redis()",
    "redis.asyncio.from_url()": "redis.asyncio.Redis()",
    "redis.asyncio.Redis.from_url()": "redis.asyncio.Redis()",
    "redis.RedisCluster()": "redis.cluster.RedisCluster()",
    # https://boto3.amazonaws.com/v1/documentation/api/latest/reference/core/session.html
    **{
        f"{session}.{kind}()": f"boto3.{kind}()"
        for session in ("boto3.Session()", "boto3.session.Session()")
        for kind in ("client", "resource")
    },
    # other public names of the same classes, from the packages' sources
    "emails.Message()": "emails.message.Message()",
    "emails.html()": "emails.message.Message()",
    "elasticsearch.client.Elasticsearch()": "elasticsearch.Elasticsearch()",
    "concurrent.futures.thread.ThreadPoolExecutor()": "concurrent.futures.ThreadPoolExecutor()",
    "confluent_kafka.SerializingProducer()": "confluent_kafka.Producer()",
    "docker.DockerClient()": "docker.from_env()",
    "docker.client.from_env()": "docker.from_env()",
}
