"""Every error of the index room.

IndexRoomError
├── NoIndex           nothing was indexed yet
├── IndexMismatch     another schema, analyzer, model or codec version wrote the index: reindex --full
├── IndexDamaged      a file's checksum is wrong, or a file is missing
├── IndexUnreachable  the cluster that holds the index does not answer, or not with all it holds
├── IndexLocked       another command is writing to the index
├── ModelError        pyvi's model file is missing or not the one that this evaluator knows
├── RegistryError     the officials' registry or officials.toml cannot be read or written
└── TaxonomyError     topics.toml cannot be read
"""


class IndexRoomError(Exception):
    """Base of this room's errors; the message tells the user what was wrong and what to do next."""


class NoIndex(IndexRoomError):
    """Nothing was indexed yet."""


class IndexMismatch(IndexRoomError):
    """Another schema, analyzer, model or codec version wrote the index."""


class IndexDamaged(IndexRoomError):
    """A file of the index is missing or its checksum is wrong."""


class IndexUnreachable(IndexRoomError):
    """The cluster that holds the index does not answer, or not with all it holds."""


class IndexLocked(IndexRoomError):
    """Another command is writing to the index."""


class ModelError(IndexRoomError):
    """pyvi's model file is missing or is not the one that the evaluator knows."""


class RegistryError(IndexRoomError):
    """The officials' registry or `officials.toml` cannot be read or written."""


class TaxonomyError(IndexRoomError):
    """The taxonomy file cannot be read."""
