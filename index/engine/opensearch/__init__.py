"""The engine over an OpenSearch cluster: our tokens, our ranking, its postings. See docs/scaling.md."""
