"""The catalog's tables, as numbered migrations: each released one is never edited again."""

from __future__ import annotations

import sqlite3

from nova_desktop.errors import NeedsUser

MIGRATIONS = (
    """
    CREATE TABLE folders (
        id INTEGER PRIMARY KEY,
        path BLOB NOT NULL UNIQUE,           -- os.fsencode: a path need not be text
        offline INTEGER NOT NULL DEFAULT 0,
        mounts TEXT NOT NULL DEFAULT '[]'    -- JSON: folders where another file system begins
    );
    CREATE TABLE files (
        id INTEGER PRIMARY KEY,
        folder INTEGER NOT NULL REFERENCES folders ON DELETE CASCADE,
        path BLOB NOT NULL UNIQUE,
        size INTEGER, mtime_ns INTEGER, file_id INTEGER,   -- the stamp; NULL: never read by rule
        state TEXT NOT NULL,
        reason TEXT NOT NULL DEFAULT '',
        content TEXT,                        -- set with state 'indexed', kept while it waits again
        companion_of BLOB,                   -- subtitles, RAW, moving half: found as that file
        companion_kind TEXT NOT NULL DEFAULT '',
        attempts INTEGER NOT NULL DEFAULT 0,
        not_before_s REAL NOT NULL DEFAULT 0
    );
    CREATE INDEX files_by_folder ON files (folder, state);
    CREATE INDEX files_by_state ON files (state, not_before_s);
    CREATE INDEX files_by_content ON files (content);
    CREATE TABLE contents (
        content TEXT PRIMARY KEY,            -- hash of the bytes
        modality TEXT NOT NULL,
        info TEXT NOT NULL,                  -- model.Info as JSON
        notes TEXT NOT NULL DEFAULT '',      -- what a describer could not do
        orphaned_s REAL                      -- since when no file holds it
    );
    CREATE TABLE indexed (
        content TEXT NOT NULL REFERENCES contents ON DELETE CASCADE,
        space TEXT NOT NULL,
        rows INTEGER NOT NULL,
        PRIMARY KEY (content, space)
    ) WITHOUT ROWID;
    CREATE VIRTUAL TABLE names USING fts5 (name, tokenize = 'unicode61 remove_diacritics 2');
    """,
    """
    DROP INDEX files_by_folder;
    DROP INDEX files_by_state;
    CREATE INDEX files_by_state ON files (folder, state, not_before_s);
    CREATE INDEX files_paired ON files (path) WHERE companion_of IS NOT NULL;
    CREATE INDEX files_aside ON files (path) WHERE size IS NULL;
    """,
)


def migrate(db: sqlite3.Connection) -> None:
    """Brings an open database to the newest schema, each step whole or not at all."""
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version > len(MIGRATIONS):
        raise NeedsUser(
            "This library was written by a newer Nova Desktop. Update the program to open it."
        )
    for number in range(version, len(MIGRATIONS)):
        # executescript would commit by itself; the transaction is part of the script instead.
        db.executescript(
            f"BEGIN IMMEDIATE;{MIGRATIONS[number]}PRAGMA user_version = {number + 1};COMMIT;"
        )
