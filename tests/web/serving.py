"""A server over the web tests' newsroom, in a process of its own: serving.py STORE PORT."""

from __future__ import annotations

import sys
from pathlib import Path

from flask import Flask

sys.path.insert(0, str(Path(__file__).parent))

from newsroom import PlainSearcher

from crawler.store.reading import StoreReader
from index.officials.directory.directory import Directory
from web.app import create_app
from web.backend import WebSettings
from web.server import Server


def make_app() -> Flask:
    store = Path(sys.argv[1])
    directory = Directory(store.with_name("officials.sqlite"))
    return create_app(PlainSearcher(directory), StoreReader(store), WebSettings(), lambda article, version: None)


Server(make_app, {"bind": f"127.0.0.1:{sys.argv[2]}", "workers": 2}, "127.0.0.1").run()
