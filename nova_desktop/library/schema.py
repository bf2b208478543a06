"""The catalog's tables, as numbered migrations: each released one is never edited again."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from nova_desktop.errors import NeedsUser
from nova_desktop.library.naming import prepare

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
    """
    CREATE TABLE rules (                     -- spending.Rule of a folder; the nearest one counts
        path BLOB PRIMARY KEY,
        rule TEXT NOT NULL,
        quoted_usd REAL,                     -- the estimate that was seen when it was allowed
        decided_s REAL NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE further (                   -- contents that a further space does not have, and why
        content TEXT NOT NULL,
        space TEXT NOT NULL,
        reason TEXT NOT NULL,
        failed INTEGER NOT NULL,             -- 0: put off, 1: refused, 2: out of reach
        attempts INTEGER NOT NULL,
        not_before_s REAL NOT NULL,
        PRIMARY KEY (content, space)
    ) WITHOUT ROWID;
    CREATE TABLE spent (                     -- a line for each call of a paid engine
        id INTEGER PRIMARY KEY,
        at_s REAL NOT NULL,
        answered INTEGER NOT NULL,           -- 0: what it may cost, until its answer is there
        run TEXT NOT NULL,                   -- one opening of the library
        engine TEXT NOT NULL, model TEXT NOT NULL, region TEXT NOT NULL, kind TEXT NOT NULL,
        tokens INTEGER, images INTEGER NOT NULL, seconds REAL NOT NULL, bytes INTEGER NOT NULL,
        usd REAL NOT NULL
    );
    CREATE INDEX spent_by_time ON spent (at_s);
    CREATE TABLE sent (                      -- what left this device
        content TEXT NOT NULL,
        place TEXT NOT NULL,
        path BLOB NOT NULL,                  -- as the file was called then
        at_s REAL NOT NULL,
        bytes INTEGER NOT NULL,
        deleted_s REAL,
        PRIMARY KEY (content, place)
    ) WITHOUT ROWID;
    CREATE INDEX sent_by_time ON sent (at_s);
    CREATE INDEX sent_by_place ON sent (place);
    CREATE TABLE sameness (                  -- chunks that tell nothing which those before do not
        content TEXT PRIMARY KEY REFERENCES contents ON DELETE CASCADE,
        segment_s REAL NOT NULL,
        same TEXT NOT NULL                   -- their numbers, as JSON
    ) WITHOUT ROWID;
    CREATE TABLE kept (                      -- answers whose content is not recorded yet
        content TEXT NOT NULL,
        space TEXT NOT NULL,
        chunk INTEGER NOT NULL,
        number INTEGER NOT NULL,             -- of the piece within its chunk
        digest BLOB NOT NULL,                -- of the piece
        vector BLOB NOT NULL,                -- float32
        PRIMARY KEY (content, space, chunk, number)
    ) WITHOUT ROWID;
    CREATE TABLE jobs (                      -- what goes on at a service without us
        content TEXT NOT NULL,
        space TEXT NOT NULL,
        part INTEGER NOT NULL,               -- of a file that is longer than one job may be
        state TEXT NOT NULL,                 -- JSON, the engine's own
        PRIMARY KEY (content, space, part)
    ) WITHOUT ROWID;
    """,
    """
    -- What browsing filters and sorts by; name_key and ending_of are functions of naming.py.
    ALTER TABLE files ADD COLUMN name TEXT NOT NULL DEFAULT '';     -- the file's, in one case
    ALTER TABLE files ADD COLUMN ending TEXT NOT NULL DEFAULT '';   -- of it, without the dot
    UPDATE files SET name = name_key(path), ending = ending_of(path);
    CREATE INDEX files_by_name ON files (name, content);

    -- A number that is none, which JSON has no word for, must not make a catalog unreadable.
    ALTER TABLE contents ADD COLUMN taken_s REAL AS (COALESCE(
        CASE WHEN json_valid(info) THEN json_extract(info, '$.taken_s') END, 0.0)) VIRTUAL;
    ALTER TABLE contents ADD COLUMN duration_s REAL AS (
        CASE WHEN json_valid(info) THEN json_extract(info, '$.duration_s') END) VIRTUAL;
    ALTER TABLE contents ADD COLUMN camera TEXT AS (
        CASE WHEN json_valid(info) THEN json_extract(info, '$.camera') END) VIRTUAL;
    ALTER TABLE contents ADD COLUMN rating INTEGER AS (
        CASE WHEN json_valid(info) THEN json_extract(info, '$.rating') END) VIRTUAL;
    ALTER TABLE contents ADD COLUMN latitude REAL AS (
        CASE WHEN json_valid(info) THEN json_extract(info, '$.latitude') END) VIRTUAL;
    ALTER TABLE contents ADD COLUMN longitude REAL AS (
        CASE WHEN json_valid(info) THEN json_extract(info, '$.longitude') END) VIRTUAL;
    -- How many files show it, subtitles not counted as they show their film, and the first of them.
    ALTER TABLE contents ADD COLUMN files INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE contents ADD COLUMN path BLOB;
    ALTER TABLE contents ADD COLUMN name TEXT;
    ALTER TABLE contents ADD COLUMN ending TEXT;
    UPDATE contents SET (files, path, name, ending) = (SELECT COUNT(*), MIN(f.path), f.name,
        f.ending FROM files f WHERE f.content = contents.content
        AND f.companion_kind <> 'subtitles');
    CREATE INDEX contents_by_time ON contents (taken_s, path, modality, duration_s, camera, rating,
        latitude, longitude, name, ending, files, content) WHERE files > 0;
    CREATE INDEX contents_by_name ON contents (name, path, taken_s, modality, duration_s, camera,
        rating, latitude, longitude, ending, files, content) WHERE files > 0;
    CREATE INDEX contents_by_camera ON contents (camera) WHERE files > 0;
    CREATE INDEX contents_unseen ON contents (content) WHERE files = 0;
    CREATE TRIGGER content_known AFTER INSERT ON contents BEGIN
        UPDATE contents SET (files, path, name, ending) = (SELECT COUNT(*), MIN(f.path), f.name,
            f.ending FROM files f WHERE f.content = NEW.content
            AND f.companion_kind <> 'subtitles') WHERE content = NEW.content;
        UPDATE contents SET known_s = (julianday('now') - 2440587.5) * 86400
            WHERE content = NEW.content;
    END;
    CREATE TRIGGER file_gone AFTER DELETE ON files WHEN OLD.content IS NOT NULL BEGIN
        UPDATE contents SET (files, path, name, ending) = (SELECT COUNT(*), MIN(f.path), f.name,
            f.ending FROM files f WHERE f.content = OLD.content
            AND f.companion_kind <> 'subtitles') WHERE content = OLD.content;
    END;
    CREATE TRIGGER file_changed AFTER UPDATE OF content, path, companion_kind ON files
    WHEN OLD.content IS NOT NULL OR NEW.content IS NOT NULL BEGIN
        UPDATE contents SET (files, path, name, ending) = (SELECT COUNT(*), MIN(f.path), f.name,
            f.ending FROM files f WHERE f.content = contents.content
            AND f.companion_kind <> 'subtitles') WHERE content IN (OLD.content, NEW.content);
    END;
    CREATE TABLE tags (                      -- keywords of contents
        tag TEXT NOT NULL,                   -- folded, as it is compared
        content TEXT NOT NULL REFERENCES contents ON DELETE CASCADE,
        written TEXT NOT NULL,
        PRIMARY KEY (tag, content)
    ) WITHOUT ROWID;
    CREATE INDEX tags_by_content ON tags (content);
    CREATE TABLE searches (                  -- questions that are kept by name
        name TEXT PRIMARY KEY,
        text TEXT NOT NULL,                  -- as it is typed
        parts TEXT NOT NULL,                 -- JSON: files and pasted pictures
        looked_s REAL NOT NULL DEFAULT 0     -- contents known until then were asked for matches
    ) WITHOUT ROWID;
    CREATE TABLE matches (                   -- new ones of kept questions, until these are opened
        search TEXT NOT NULL REFERENCES searches ON DELETE CASCADE ON UPDATE CASCADE,
        content TEXT NOT NULL,
        PRIMARY KEY (search, content)
    ) WITHOUT ROWID;
    ALTER TABLE contents ADD COLUMN known_s REAL NOT NULL DEFAULT 0;  -- since when it is indexed
    CREATE INDEX contents_by_known ON contents (known_s);

    -- Writing through one name of a file with several is not told of the others.
    CREATE INDEX files_by_id ON files (file_id);
    ALTER TABLE folders ADD COLUMN volume TEXT NOT NULL DEFAULT '';   -- volumes.Volume
    ALTER TABLE folders ADD COLUMN place BLOB NOT NULL DEFAULT '';    -- of the folder in it
    ALTER TABLE folders ADD COLUMN took_s REAL NOT NULL DEFAULT 0;    -- the last look through it
    ALTER TABLE folders ADD COLUMN looked_s REAL;                     -- when last looked through
    ALTER TABLE folders ADD COLUMN drive TEXT NOT NULL DEFAULT '';    -- that it is on, for people
    ALTER TABLE folders ADD COLUMN resting INTEGER NOT NULL DEFAULT 0;  -- not to be indexed now
    ALTER TABLE contents ADD COLUMN keep_until_s REAL NOT NULL DEFAULT 0;  -- left out by a rule ...
    ALTER TABLE contents ADD COLUMN keep_for INTEGER;                 -- ... of this folder
    CREATE TABLE folder_rules (              -- of watched folders
        path BLOB PRIMARY KEY,
        ignored TEXT NOT NULL DEFAULT '[]',  -- JSON: lines of a .gitignore
        schedule TEXT NOT NULL DEFAULT 'always',   -- 'always', 'asked', '22:00-06:30'
        paused INTEGER NOT NULL DEFAULT 0
    ) WITHOUT ROWID;
    CREATE TABLE left_out (                  -- files and folders, by hand
        path BLOB PRIMARY KEY,
        at_s REAL NOT NULL,
        is_folder INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE backgrounds (               -- what scores of a space are read against: evidence.py
        space TEXT PRIMARY KEY,
        learned_s REAL NOT NULL,
        rows INTEGER NOT NULL,               -- of the space at that time
        vectors BLOB NOT NULL,               -- float16, one after another
        seen BLOB NOT NULL,                  -- a byte each: 1 is what is seen or heard
        terms TEXT NOT NULL,                 -- JSON: in how many of them a term stands
        spread REAL,
        ends REAL NOT NULL
    ) WITHOUT ROWID;

    CREATE TABLE likenesses (                -- what tells near-duplicates: duplicates.Likeness
        content TEXT PRIMARY KEY REFERENCES contents ON DELETE CASCADE,
        way INTEGER NOT NULL,                -- how it was taken: another one is taken again
        looks BLOB NOT NULL,
        times TEXT NOT NULL,                 -- JSON: seconds
        sound BLOB NOT NULL,
        sharpness REAL NOT NULL
    );
    CREATE TABLE labels (                    -- the user's own words for what files show
        label TEXT PRIMARY KEY,              -- folded, as it is compared
        written TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE labelled (                  -- what the user said of them: labels.Said
        label TEXT NOT NULL REFERENCES labels ON DELETE CASCADE,
        content TEXT NOT NULL,
        said TEXT NOT NULL,
        PRIMARY KEY (label, content)
    ) WITHOUT ROWID;
    CREATE INDEX labelled_by_content ON labelled (content);
    CREATE TABLE apart (                     -- contents that the user says are no duplicates
        one TEXT NOT NULL,
        other TEXT NOT NULL,                 -- the greater of the two
        PRIMARY KEY (one, other)
    ) WITHOUT ROWID;
    CREATE TABLE efforts (                   -- what files of a kind took, against what was guessed
        way TEXT NOT NULL,                   -- the space they went into
        kind TEXT NOT NULL,
        worked_s REAL NOT NULL,
        guessed_s REAL NOT NULL,
        PRIMARY KEY (way, kind)
    ) WITHOUT ROWID;
    CREATE TABLE elsewhere (                 -- contents that another machine pushed
        content TEXT PRIMARY KEY REFERENCES contents ON DELETE CASCADE,
        machine TEXT NOT NULL,
        name TEXT NOT NULL,                  -- of its file there; '' where that stays private
        thumbnail BLOB NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE mirrored (                  -- what lies in the vector bucket, as its journal says
        content TEXT NOT NULL,
        space TEXT NOT NULL,
        stamp TEXT NOT NULL,                 -- of the rows there; '' when they were taken away
        rows INTEGER NOT NULL,
        clock INTEGER NOT NULL, machine TEXT NOT NULL,   -- of the entry; 0: it was never there
        base TEXT NOT NULL DEFAULT '',       -- the stamp that was last the same here and there
        changed INTEGER NOT NULL DEFAULT 0,  -- how often it was recorded here since
        PRIMARY KEY (content, space)
    ) WITHOUT ROWID;
    CREATE TRIGGER rows_recorded AFTER INSERT ON indexed BEGIN
        UPDATE mirrored SET changed = changed + 1
        WHERE content = NEW.content AND space = NEW.space;
    END;
    CREATE TABLE mirror_stale (              -- pushes that may lie there and do not count
        content TEXT NOT NULL,
        space TEXT NOT NULL,
        rows INTEGER NOT NULL,
        clock INTEGER NOT NULL, machine TEXT NOT NULL,
        PRIMARY KEY (content, space, clock, machine)
    ) WITHOUT ROWID;
    CREATE TABLE mirror_machines (           -- how far the journal of each was read
        machine TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        read INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE mirror_spaces (             -- spaces that lie there or here
        name TEXT PRIMARY KEY,
        engine TEXT NOT NULL, model TEXT NOT NULL, dim INTEGER NOT NULL,
        preparation INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE mirror_facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    """,
    """
    DELETE FROM backgrounds;  -- learned anew: scores are read in another way than before
    CREATE TABLE sketches (                  -- what tells texts that say nearly the same
        content TEXT PRIMARY KEY REFERENCES contents ON DELETE CASCADE,
        way INTEGER NOT NULL,                -- how it was made: another one is made again
        runs BLOB NOT NULL,                  -- texts.Sketch: 64 bits each, little endian
        figures BLOB NOT NULL
    );
    """,
    """
    DELETE FROM backgrounds;  -- learned anew: labels are read apart from passages
    """,
    """
    DELETE FROM backgrounds;  -- learned anew: where matches end lies lower, as halves count less
    """,
    """
    ALTER TABLE likenesses ADD COLUMN frames BLOB NOT NULL DEFAULT x'';  -- of films
    """,
    """
    DELETE FROM backgrounds;  -- learned anew: matches end lower where rows find each other little
    """,
)


def migrate(db: sqlite3.Connection, file: Path) -> None:
    """Brings an open database to the newest schema, each step whole or not at all.

    A catalog of an older schema is copied beside itself first. NeedsUser when it is of a newer one,
    or there is no room for the copy.
    """
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version > len(MIGRATIONS):
        raise NeedsUser(
            "This library was written by a newer Nova Desktop. Update the program to open it."
        )
    if 0 < version < len(MIGRATIONS):
        _back_up(db, file.with_name(f"{file.stem}-version-{version}.backup"))
    prepare(db)
    for number in range(version, len(MIGRATIONS)):
        # executescript would commit by itself; the transaction is part of the script instead.
        try:
            db.executescript(
                f"BEGIN IMMEDIATE;{MIGRATIONS[number]}PRAGMA user_version = {number + 1};COMMIT;"
            )
        except sqlite3.Error:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise


def _back_up(db: sqlite3.Connection, target: Path) -> None:
    """A copy of the open database that is whole or not there, for the user alone."""
    part = target.with_name(target.name + ".part")
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        copy = sqlite3.connect(part)
        try:
            db.backup(copy)
        finally:
            copy.close()
        part.replace(target)
    except (OSError, sqlite3.Error) as e:
        raise NeedsUser(
            f"The catalog is of an older version, and no backup of it could be made at {target} "
            f"({e}). Free some space there and start again."
        ) from e
