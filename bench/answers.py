"""What a reader's message costs: python bench/answers.py [--messages 4000] [--parallel 200]

CPU of each answer (signature, decryption, decision, encryption) and of the whole request over ASGI, `parallel` of them at
once, over a table of 64 issues. A quarter each asks for a number, a topic, a search, and something that is not there.
"""

from __future__ import annotations

import asyncio
import time

import httpx
from harness import parser

from curate.answers.endpoint import Endpoint, Response
from curate.answers.keyword_rules import BackOfficeReplies
from curate.answers.server import answers_app
from curate.answers.table import make_table
from tests.site_samples import CONFIG, issue
from tests.test_answers import TOKEN, cipher, message, sealed

SAID = ("31401", "城市与生活", "地铁", "一句找不到的话，说的是别的事")


def main() -> None:
    """Print the figures."""
    args = parser(__doc__)
    args.add_argument("--messages", type=int, default=4_000)
    args.add_argument("--parallel", type=int, default=200)
    told = args.parse_args()
    table = make_table(CONFIG, [issue(number) for number in range(314, 250, -1)], [], BackOfficeReplies())
    costs: list[float] = []

    class Timed(Endpoint):
        def receive(self, *args: object) -> Response:
            began = time.thread_time()
            answer = Endpoint.receive(self, *args)  # type: ignore[arg-type]
            costs.append(time.thread_time() - began)
            return answer

    endpoint = Timed(TOKEN, (cipher(),), lambda: table, lambda asked: None)
    app = answers_app(endpoint, lambda: 1_790_000_000.0)

    async def ask() -> None:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://t") as client:
            for start in range(0, told.messages, told.parallel):
                calls = []
                for n in range(start, min(start + told.parallel, told.messages)):
                    query, body = sealed(message(SAID[n % 4], MsgId=str(n)), nonce=str(n))
                    calls.append(client.post("/", params=query, content=body))
                answers = await asyncio.gather(*calls)
                assert all(one.status_code == 200 and "<Encrypt>" in one.text for one in answers)

    began = time.process_time()
    asyncio.run(ask())
    whole = (time.process_time() - began) / told.messages
    ranked = sorted(costs)
    p50, p99 = (ranked[int(share * (len(ranked) - 1))] * 1000 for share in (0.5, 0.99))
    print(f"{len(costs)} messages, {told.parallel} at once, {len(table.rows)} items that can be found")
    print(f"CPU of an answer: median {p50:.2f} ms, p99 {p99:.2f} ms, most {ranked[-1] * 1000:.2f} ms")
    print(f"CPU of a request with its client: {whole * 1000:.2f} ms on average")


if __name__ == "__main__":
    main()
