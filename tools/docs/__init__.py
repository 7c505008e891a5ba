"""The documentation site: what MkDocs (``mkdocs.yml``) is given beside the Markdown in ``docs/``.

``commands``, ``routes``, ``saved_queries`` and ``terms`` write the reference from the code; each names what the code
leaves without a word, and the site is then not built. ``hook`` is what MkDocs calls.
"""
