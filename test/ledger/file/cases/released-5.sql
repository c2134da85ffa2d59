-- A ledger as the released version with five migrations left it: the schema as SQLite tells it, and what a few harvests wrote.
-- zstd() packs a text as the ledger keeps it; the test defines it.
PRAGMA journal_mode = WAL;
CREATE TABLE revision (id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, run INTEGER) STRICT;
CREATE TABLE source (
    id TEXT PRIMARY KEY, watermark TEXT, last_full TEXT, catalogue BLOB
  , notes TEXT, rules TEXT, priority INTEGER NOT NULL DEFAULT 50) STRICT, WITHOUT ROWID;
CREATE TABLE run (
    id INTEGER PRIMARY KEY, source TEXT NOT NULL, mode TEXT NOT NULL, started TEXT NOT NULL, finished TEXT, state TEXT NOT NULL,
    seen INTEGER NOT NULL DEFAULT 0, added INTEGER NOT NULL DEFAULT 0, updated INTEGER NOT NULL DEFAULT 0, unchanged INTEGER NOT NULL DEFAULT 0,
    removed INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0, missing INTEGER NOT NULL DEFAULT 0, quarantined INTEGER NOT NULL DEFAULT 0, repairs INTEGER NOT NULL DEFAULT 0, revision INTEGER
  , fingerprint TEXT, broken INTEGER NOT NULL DEFAULT 0, continues INTEGER, record TEXT, program TEXT) STRICT;
CREATE INDEX run_source ON run (source, id);
CREATE TABLE problem (run INTEGER NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL, record TEXT, url TEXT, excerpt TEXT) STRICT;
CREATE INDEX problem_run ON problem (run);
CREATE TABLE record (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source TEXT NOT NULL, key TEXT NOT NULL, dataset TEXT NOT NULL,
    admission TEXT NOT NULL, payload_digest TEXT NOT NULL, graph_digest TEXT NOT NULL, shown INTEGER,
    issued TEXT NOT NULL, modified TEXT NOT NULL, issued_revision INTEGER NOT NULL, modified_revision INTEGER NOT NULL,
    seen_run INTEGER NOT NULL, seen_at TEXT NOT NULL, missing_since TEXT, portal_modified TEXT, title TEXT NOT NULL, description TEXT NOT NULL, score INTEGER NOT NULL, canonical INTEGER, linked_revision INTEGER NOT NULL DEFAULT 0,
    UNIQUE (source, key)
  ) STRICT;
CREATE INDEX record_dataset ON record (dataset);
CREATE INDEX record_seen ON record (source, seen_run);
CREATE INDEX record_modified ON record (modified_revision);
CREATE TABLE version (
    id INTEGER PRIMARY KEY, record INTEGER NOT NULL, run INTEGER NOT NULL, revision INTEGER NOT NULL, digest TEXT NOT NULL, graph BLOB NOT NULL,
    shown_from INTEGER, shown_until INTEGER, issued TEXT NOT NULL, modified TEXT NOT NULL,
    -- As they were then: a page at an old revision shows what was known at it.
    dataset TEXT NOT NULL, portal_modified TEXT
  , number INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX version_record ON version (record, id);
CREATE INDEX version_shown ON version (shown_until, shown_from, record);
CREATE TABLE payload (record INTEGER PRIMARY KEY, run INTEGER NOT NULL, media_type TEXT NOT NULL, body BLOB NOT NULL) STRICT;
CREATE TABLE finding (record INTEGER NOT NULL, profile TEXT NOT NULL, rule TEXT NOT NULL, severity TEXT NOT NULL, focus TEXT NOT NULL, path TEXT, value TEXT) STRICT;
CREATE INDEX finding_record ON finding (record);
CREATE INDEX finding_rule ON finding (rule);
CREATE TABLE repair (record INTEGER NOT NULL, rule TEXT NOT NULL, property TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL) STRICT;
CREATE INDEX repair_record ON repair (record);
CREATE TABLE measurement (record INTEGER NOT NULL, metric TEXT NOT NULL, value INTEGER, PRIMARY KEY (record, metric)) STRICT, WITHOUT ROWID;
CREATE TABLE change (revision INTEGER NOT NULL, record INTEGER NOT NULL, shown INTEGER, PRIMARY KEY (revision, record)) STRICT, WITHOUT ROWID;
CREATE TABLE facet (dimension TEXT NOT NULL, value TEXT NOT NULL, record INTEGER NOT NULL, PRIMARY KEY (dimension, value, record)) STRICT, WITHOUT ROWID;
CREATE INDEX facet_record ON facet (record);
CREATE VIRTUAL TABLE search USING fts5 (title, keywords, names, description, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0", prefix='2 3');
CREATE TABLE page (
    source TEXT NOT NULL, address TEXT NOT NULL, accept TEXT NOT NULL, run INTEGER NOT NULL, place INTEGER NOT NULL, at TEXT NOT NULL,
    etag TEXT, modified TEXT, url TEXT NOT NULL, media_type TEXT NOT NULL, body BLOB, PRIMARY KEY (source, address)
  ) STRICT, WITHOUT ROWID;
CREATE TABLE outcome (run INTEGER NOT NULL, record INTEGER NOT NULL, outcome TEXT NOT NULL, PRIMARY KEY (run, record)) STRICT, WITHOUT ROWID;
CREATE TABLE request (
    id INTEGER PRIMARY KEY, source TEXT NOT NULL, record TEXT, accept_removals INTEGER NOT NULL DEFAULT 0, origin TEXT NOT NULL, at TEXT NOT NULL, taken TEXT, finished TEXT, state TEXT
  , run INTEGER) STRICT;
CREATE INDEX request_open ON request (taken, source);
CREATE TABLE pruning (at TEXT NOT NULL, source TEXT NOT NULL, versions INTEGER NOT NULL, payloads INTEGER NOT NULL, runs INTEGER NOT NULL, whole_from INTEGER NOT NULL) STRICT;
CREATE TABLE notice (source TEXT NOT NULL, addressee TEXT NOT NULL, state TEXT NOT NULL, since TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (source, addressee)) STRICT, WITHOUT ROWID;
CREATE TABLE clue (hash INTEGER NOT NULL, record INTEGER NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (hash, record)) STRICT, WITHOUT ROWID;
CREATE INDEX clue_record ON clue (record);
CREATE TABLE alternate (record INTEGER NOT NULL, since INTEGER NOT NULL, until INTEGER, canonical INTEGER NOT NULL, PRIMARY KEY (record, since)) STRICT, WITHOUT ROWID;
CREATE INDEX alternate_canonical ON alternate (canonical, since);
CREATE INDEX record_canonical ON record (canonical) WHERE canonical IS NOT NULL;
PRAGMA user_version = 5;

INSERT INTO source (id, watermark, last_full, catalogue, notes, rules, priority) VALUES
  ('portal', '2025-04-28', '2025-05-01T03:00:00.000Z', NULL, '{"mode":"search"}', 'rules-1', 10),
  ('region', NULL, '2025-05-02T03:00:00.000Z', NULL, NULL, 'rules-1', 50);

INSERT INTO run (id, source, mode, started, finished, state, seen, added, updated, unchanged, removed, failed, missing, quarantined, repairs, revision, fingerprint, broken, continues, record, program) VALUES
  (1, 'portal', 'full', '2025-03-01T03:00:00.000Z', '2025-03-01T03:00:06.000Z', 'complete', 2, 2, 0, 0, 0, 0, 0, 0, 1, 1, 'print-1', 0, NULL, NULL, '0.1.0'),
  (2, 'portal', 'full', '2025-04-01T03:00:00.000Z', '2025-04-01T03:00:06.000Z', 'complete', 3, 1, 1, 1, 0, 1, 0, 1, 1, 2, 'print-1', 0, NULL, NULL, '0.1.0'),
  (3, 'portal', 'full', '2025-05-01T03:00:00.000Z', '2025-05-01T03:00:06.000Z', 'complete', 2, 0, 0, 2, 1, 0, 0, 0, 0, 3, 'print-1', 0, NULL, NULL, '0.1.0'),
  (4, 'region', 'full', '2025-05-02T03:00:00.000Z', '2025-05-02T03:00:06.000Z', 'complete', 1, 1, 0, 0, 0, 0, 0, 0, 0, 4, 'print-2', 0, NULL, NULL, '0.1.0');
INSERT INTO problem (run, code, message, record, url, excerpt) VALUES
  (2, 'bad-record', 'The record cassé cannot be read: it is cut off.', 'cassé', 'https://portal.example.ma/api/cassé', '{"title":');

INSERT INTO revision (id, at, run) VALUES
  (1, '2025-03-01T03:00:05.000Z', 1), (2, '2025-04-01T03:00:05.000Z', 2), (3, '2025-05-01T03:00:05.000Z', 3), (4, '2025-05-02T03:00:05.000Z', 4);

-- 1: two versions, and the record of another source that stands back for it (4). 2: removed. 3: in quarantine from the beginning.
INSERT INTO record (n, id, source, key, dataset, admission, payload_digest, graph_digest, shown, issued, modified, issued_revision, modified_revision, seen_run, seen_at, missing_since, portal_modified, title, description, score, canonical, linked_revision) VALUES
  (1, 'portal-eau', 'portal', 'eau', 'https://portal.example.ma/eau', 'published', 'payload-eau-2', 'graph-eau-2', 3, '2025-03-01T03:00:05.000Z', '2025-04-01T03:00:05.000Z', 1, 2, 3, '2025-05-01T03:00:05.000Z', NULL, '2025-03-28', '{"fr":"Qualité de l’eau","ar":"جودة الماء"}', '{"fr":"Analyses"}', 130, NULL, 4),
  (2, 'portal-ancien', 'portal', 'ancien', 'https://portal.example.ma/ancien', 'removed', '', '', NULL, '2025-03-01T03:00:05.000Z', '2025-05-01T03:00:05.000Z', 1, 3, 2, '2025-04-01T03:00:05.000Z', '2025-04-20T03:00:05.000Z', NULL, '{"fr":"Ancien jeu"}', '{}', 60, NULL, 0),
  (3, 'portal-sans-titre', 'portal', 'sans-titre', 'https://portal.example.ma/sans-titre', 'quarantined', 'payload-sans-titre', 'graph-sans-titre', NULL, '2025-04-01T03:00:05.000Z', '2025-04-01T03:00:05.000Z', 2, 2, 3, '2025-05-01T03:00:05.000Z', NULL, NULL, '{}', '{}', 10, NULL, 0),
  (4, 'region-eau', 'region', 'eau', 'https://region.example.ma/eau', 'published', 'payload-region', 'graph-region', 5, '2025-05-02T03:00:05.000Z', '2025-05-02T03:00:05.000Z', 4, 4, 4, '2025-05-02T03:00:05.000Z', NULL, NULL, '{"fr":"Eau"}', '{}', 90, 1, 4);
INSERT INTO version (id, record, number, run, revision, digest, graph, shown_from, shown_until, issued, modified, dataset, portal_modified) VALUES
  (1, 1, 1, 1, 1, 'graph-eau-1', zstd('<https://portal.example.ma/eau> <http://purl.org/dc/terms/title> "Eau"@fr .
<https://portal.example.ma/eau> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/dcat#Dataset> .
'), 1, 2, '2025-03-01T03:00:05.000Z', '2025-03-01T03:00:05.000Z', 'https://portal.example.ma/eau', NULL),
  (2, 2, 1, 1, 1, 'graph-ancien', zstd('<https://portal.example.ma/ancien> <http://purl.org/dc/terms/title> "Ancien jeu"@fr .
<https://portal.example.ma/ancien> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/dcat#Dataset> .
'), 1, 3, '2025-03-01T03:00:05.000Z', '2025-03-01T03:00:05.000Z', 'https://portal.example.ma/ancien', NULL),
  (3, 1, 2, 2, 2, 'graph-eau-2', zstd('<https://portal.example.ma/eau> <http://purl.org/dc/terms/title> "Qualité de l’eau"@fr .
<https://portal.example.ma/eau> <http://purl.org/dc/terms/title> "جودة الماء"@ar .
<https://portal.example.ma/eau> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/dcat#Dataset> .
<https://portal.example.ma/eau> <http://www.w3.org/ns/dcat#distribution> <https://portal.example.ma/eau#csv> .
<https://portal.example.ma/eau#csv> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/dcat#Distribution> .
<https://portal.example.ma/eau#csv> <http://www.w3.org/ns/dcat#downloadURL> <https://portal.example.ma/eau.csv> .
'), 2, NULL, '2025-03-01T03:00:05.000Z', '2025-04-01T03:00:05.000Z', 'https://portal.example.ma/eau', '2025-03-28'),
  (4, 3, 1, 2, 2, 'graph-sans-titre', zstd('<https://portal.example.ma/sans-titre> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/dcat#Dataset> .
'), NULL, NULL, '2025-04-01T03:00:05.000Z', '2025-04-01T03:00:05.000Z', 'https://portal.example.ma/sans-titre', NULL),
  (5, 4, 1, 4, 4, 'graph-region', zstd('<https://region.example.ma/eau> <http://purl.org/dc/terms/title> "Eau"@fr .
<https://region.example.ma/eau> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/dcat#Dataset> .
'), 4, NULL, '2025-05-02T03:00:05.000Z', '2025-05-02T03:00:05.000Z', 'https://region.example.ma/eau', NULL);
INSERT INTO payload (record, run, media_type, body) VALUES
  (1, 2, 'application/json', zstd('{"name":"eau","title":"Qualité de l’eau"}')),
  (2, 1, 'application/json', zstd('{"name":"ancien"}')),
  (3, 2, 'application/json', zstd('{"name":"sans-titre"}')),
  (4, 4, 'application/json', zstd('{"name":"eau"}'));
INSERT INTO change (revision, record, shown) VALUES (1, 1, 1), (1, 2, 2), (2, 1, 3), (3, 2, NULL), (4, 1, 3);
INSERT INTO alternate (record, since, until, canonical) VALUES (4, 4, NULL, 1);
INSERT INTO outcome (run, record, outcome) VALUES (1, 1, 'added'), (1, 2, 'added'), (2, 1, 'updated'), (2, 3, 'added'), (3, 2, 'removed'), (4, 4, 'added');

INSERT INTO finding (record, profile, rule, severity, focus, path, value) VALUES
  (1, 'dcat-ap', 'https://w3id.org/fihrist/shapes/dcat-ap#dataset-description', 'violation', 'https://portal.example.ma/eau', 'http://purl.org/dc/terms/description', NULL),
  (1, 'dcat-ap', 'https://w3id.org/fihrist/shapes/dcat-ap#distribution-format', 'warning', 'https://portal.example.ma/eau#csv', 'http://purl.org/dc/terms/format', 'CSV.'),
  (3, 'admission', 'https://w3id.org/fihrist/shapes/admission#dataset-title', 'violation', 'https://portal.example.ma/sans-titre', 'http://purl.org/dc/terms/title', NULL);
INSERT INTO repair (record, rule, property, before, after) VALUES (1, 'date-read', 'dct:modified', '28/03/2025', '2025-03-28');
INSERT INTO measurement (record, metric, value) VALUES
  (1, 'keywordAvailability', 1), (1, 'categoryAvailability', 0), (1, 'accessUrlStatusCode', NULL), (1, 'downloadUrlStatusCode', NULL), (1, 'downloadUrlAvailability', 1),
  (4, 'keywordAvailability', 0), (4, 'accessUrlStatusCode', NULL);
INSERT INTO clue (hash, record, kind, value) VALUES
  (270439642065917, 1, 'iri', 'portal.example.ma/eau'), (29236871627012, 1, 'file', 'portal.example.ma/eau.csv'),
  (153404893689251, 4, 'iri', 'region.example.ma/eau'), (29236871627012, 4, 'file', 'portal.example.ma/eau.csv');

INSERT INTO facet (dimension, value, record) VALUES
  ('source', 'portal', 1), ('quality', 'sufficient', 1), ('language', 'fra', 1), ('source', 'region', 4), ('quality', 'bad', 4);
INSERT INTO search (rowid, title, keywords, names, description) VALUES
  (1, 'qualite de l eau جوده ماء', 'eau', '', 'analyses'), (4, 'eau', '', '', '');

INSERT INTO page (source, address, accept, run, place, at, etag, modified, url, media_type, body) VALUES
  ('portal', 'https://portal.example.ma/api', 'application/json', 3, 0, '2025-05-01T03:00:01.000Z', '"7"', NULL, 'https://portal.example.ma/api', 'application/json', zstd('{"count":2}'));
INSERT INTO notice (source, addressee, state, since, at) VALUES ('portal', 'mailto:amina@portal.example.ma', 'well', '2025-03-01T03:00:00.000Z', '2025-03-02T03:00:00.000Z');
INSERT INTO pruning (at, source, versions, payloads, runs, whole_from) VALUES ('2025-03-10T00:00:00.000Z', 'portal', 0, 0, 2, 0);

-- Answered; waiting; taken up by a process that died.
INSERT INTO request (id, source, record, accept_removals, origin, at, taken, finished, state, run) VALUES
  (1, 'portal', NULL, 1, 'admin', '2025-05-01T02:59:00.000Z', '2025-05-01T02:59:30.000Z', '2025-05-01T03:00:06.000Z', 'complete', 3),
  (2, 'portal', 'eau', 0, 'portal', '2025-05-03T10:00:00.000Z', NULL, NULL, NULL, NULL),
  (3, 'region', NULL, 0, 'portal', '2025-05-03T11:00:00.000Z', '2025-05-03T11:00:10.000Z', NULL, NULL, NULL);
