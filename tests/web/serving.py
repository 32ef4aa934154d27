"""A server over the web tests' newsroom, in a process of its own: serving.py STORE PORT."""

from __future__ import annotations

import sys
from pathlib import Path

from flask import Flask

sys.path.insert(0, str(Path(__file__).parent))

from newsroom import PlainSearcher

from crawler.store.reading import StoreReader
from web.app import create_app
from web.parts import WebSettings
from web.server import Server


def make_app() -> Flask:
    return create_app(PlainSearcher(), StoreReader(Path(sys.argv[1])), WebSettings(), lambda article, version: None)


Server(make_app, {"bind": f"127.0.0.1:{sys.argv[2]}", "workers": 2}).run()
