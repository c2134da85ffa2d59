/**
 * The schema of the ledger, one migration per version: never change one that was released, add the next.
 * `PRAGMA user_version` holds the number of those applied. A migration may be several texts; one that speaks of `$from` and `$to` is one statement, done for so
 * many records (n) at a time: what a function of ours has used within a statement is freed at its end.
 */
export const migrations: (string | string[])[] = [
  `
  -- A commit: everything written together. Its number is the revision.
  CREATE TABLE revision (id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, run INTEGER) STRICT;

  -- What is remembered of a source between runs; its settings stay in its YAML file.
  CREATE TABLE source (
    id TEXT PRIMARY KEY, watermark TEXT, last_full TEXT, catalogue BLOB
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE run (
    id INTEGER PRIMARY KEY, source TEXT NOT NULL, mode TEXT NOT NULL, started TEXT NOT NULL, finished TEXT, state TEXT NOT NULL,
    seen INTEGER NOT NULL DEFAULT 0, added INTEGER NOT NULL DEFAULT 0, updated INTEGER NOT NULL DEFAULT 0, unchanged INTEGER NOT NULL DEFAULT 0,
    removed INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0, missing INTEGER NOT NULL DEFAULT 0, quarantined INTEGER NOT NULL DEFAULT 0, repairs INTEGER NOT NULL DEFAULT 0, revision INTEGER
  ) STRICT;
  CREATE INDEX run_source ON run (source, id);

  CREATE TABLE problem (run INTEGER NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL, record TEXT, url TEXT, excerpt TEXT) STRICT;
  CREATE INDEX problem_run ON problem (run);

  -- One dataset of one source. "shown" is the version the public sees: the last good one.
  CREATE TABLE record (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source TEXT NOT NULL, key TEXT NOT NULL, dataset TEXT NOT NULL,
    admission TEXT NOT NULL, payload_digest TEXT NOT NULL, graph_digest TEXT NOT NULL, shown INTEGER,
    issued TEXT NOT NULL, modified TEXT NOT NULL, issued_revision INTEGER NOT NULL, modified_revision INTEGER NOT NULL,
    seen_run INTEGER NOT NULL, seen_at TEXT NOT NULL, missing_since TEXT, portal_modified TEXT, title TEXT NOT NULL, description TEXT NOT NULL, score INTEGER NOT NULL,
    UNIQUE (source, key)
  ) STRICT;
  CREATE INDEX record_dataset ON record (dataset);
  CREATE INDEX record_seen ON record (source, seen_run);
  CREATE INDEX record_modified ON record (modified_revision);

  -- One content of a record, shown from a revision up to (not including) another; never shown where "from" is null.
  CREATE TABLE version (
    id INTEGER PRIMARY KEY, record INTEGER NOT NULL, run INTEGER NOT NULL, revision INTEGER NOT NULL, digest TEXT NOT NULL, graph BLOB NOT NULL,
    shown_from INTEGER, shown_until INTEGER, issued TEXT NOT NULL, modified TEXT NOT NULL,
    -- As they were then: a page at an old revision shows what was known at it.
    dataset TEXT NOT NULL, portal_modified TEXT
  ) STRICT;
  CREATE INDEX version_record ON version (record, id);
  CREATE INDEX version_shown ON version (shown_until, shown_from, record);

  -- What the portal sent last, as it sent it.
  CREATE TABLE payload (record INTEGER PRIMARY KEY, run INTEGER NOT NULL, media_type TEXT NOT NULL, body BLOB NOT NULL) STRICT;

  CREATE TABLE finding (record INTEGER NOT NULL, profile TEXT NOT NULL, rule TEXT NOT NULL, severity TEXT NOT NULL, focus TEXT NOT NULL, path TEXT, value TEXT) STRICT;
  CREATE INDEX finding_record ON finding (record);
  CREATE INDEX finding_rule ON finding (rule);
  CREATE TABLE repair (record INTEGER NOT NULL, rule TEXT NOT NULL, property TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL) STRICT;
  CREATE INDEX repair_record ON repair (record);
  CREATE TABLE measurement (record INTEGER NOT NULL, metric TEXT NOT NULL, value INTEGER, PRIMARY KEY (record, metric)) STRICT, WITHOUT ROWID;

  -- The log the followers read: what became visible or stopped being so, in the order it happened.
  CREATE TABLE change (revision INTEGER NOT NULL, record INTEGER NOT NULL, shown INTEGER, PRIMARY KEY (revision, record)) STRICT, WITHOUT ROWID;

  CREATE TABLE facet (dimension TEXT NOT NULL, value TEXT NOT NULL, record INTEGER NOT NULL, PRIMARY KEY (dimension, value, record)) STRICT, WITHOUT ROWID;
  CREATE INDEX facet_record ON facet (record);
  CREATE VIRTUAL TABLE search USING fts5 (title, keywords, names, description, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0", prefix='2 3');
  `,
  `
  -- Whatever decides, beside the payloads, what the records of a run become; whether it ended before its source did, and the run of that
  -- kind it goes on from; the one record it asked for.
  ALTER TABLE run ADD COLUMN fingerprint TEXT;
  ALTER TABLE run ADD COLUMN broken INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE run ADD COLUMN continues INTEGER;
  ALTER TABLE run ADD COLUMN record TEXT;
  -- What a protocol wants to know at its next run, as JSON.
  ALTER TABLE source ADD COLUMN notes TEXT;

  -- The answers a run has read: those of an interrupted run need not be asked for again, those of a complete one only whether they have changed.
  CREATE TABLE page (
    source TEXT NOT NULL, address TEXT NOT NULL, accept TEXT NOT NULL, run INTEGER NOT NULL, place INTEGER NOT NULL, at TEXT NOT NULL,
    etag TEXT, modified TEXT, url TEXT NOT NULL, media_type TEXT NOT NULL, body BLOB, PRIMARY KEY (source, address)
  ) STRICT, WITHOUT ROWID;

  -- What a run did to each record that it did not find unchanged.
  CREATE TABLE outcome (run INTEGER NOT NULL, record INTEGER NOT NULL, outcome TEXT NOT NULL, PRIMARY KEY (run, record)) STRICT, WITHOUT ROWID;

  -- Runs that somebody asked for: taken up by the schedule of serve.
  CREATE TABLE request (
    id INTEGER PRIMARY KEY, source TEXT NOT NULL, record TEXT, accept_removals INTEGER NOT NULL DEFAULT 0, origin TEXT NOT NULL, at TEXT NOT NULL, taken TEXT, finished TEXT, state TEXT
  ) STRICT;
  CREATE INDEX request_open ON request (taken, source);
  `,
  `
  -- A version keeps its number when those before it are pruned.
  ALTER TABLE version ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
  UPDATE version SET number = (SELECT count(*) FROM version AS earlier WHERE earlier.record = version.record AND earlier.id <= version.id);
  -- Which version of the program harvested.
  ALTER TABLE run ADD COLUMN program TEXT;
  -- The rules by which all records of the source were judged.
  ALTER TABLE source ADD COLUMN rules TEXT;

  -- What was let go to save space, and the oldest revision at which the catalogue is whole since then.
  CREATE TABLE pruning (at TEXT NOT NULL, source TEXT NOT NULL, versions INTEGER NOT NULL, payloads INTEGER NOT NULL, runs INTEGER NOT NULL, whole_from INTEGER NOT NULL) STRICT;
  `,
  `
  -- The run that answered a request.
  ALTER TABLE request ADD COLUMN run INTEGER;

  -- What each addressee of notices was told last of a source, so that each is told once that it broke, and once that it works again.
  CREATE TABLE notice (source TEXT NOT NULL, addressee TEXT NOT NULL, state TEXT NOT NULL, since TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (source, addressee)) STRICT, WITHOUT ROWID;
  `,
  `
  -- What tells a dataset in whatever source it stands: its IRI, identifiers, pages and files, folded. "hash" is of kind and value.
  CREATE TABLE clue (hash INTEGER NOT NULL, record INTEGER NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (hash, record)) STRICT, WITHOUT ROWID;
  CREATE INDEX clue_record ON clue (record);

  -- The revisions, from one up to (not including) another, in which a record stood back for the canonical one of the same dataset.
  CREATE TABLE alternate (record INTEGER NOT NULL, since INTEGER NOT NULL, until INTEGER, canonical INTEGER NOT NULL, PRIMARY KEY (record, since)) STRICT, WITHOUT ROWID;
  CREATE INDEX alternate_canonical ON alternate (canonical, since);

  -- The record it stands back for now; null for a canonical one. The last revision in which it was linked otherwise to others.
  ALTER TABLE record ADD COLUMN canonical INTEGER;
  ALTER TABLE record ADD COLUMN linked_revision INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX record_canonical ON record (canonical) WHERE canonical IS NOT NULL;
  -- As the source's YAML last gave it: the lowest is canonical.
  ALTER TABLE source ADD COLUMN priority INTEGER NOT NULL DEFAULT 50;
  `,
  `
  -- Runs that somebody asked for; people will ask for datasets too.
  ALTER TABLE request RENAME TO run_request;
  DROP INDEX request_open;
  CREATE INDEX run_request_open ON run_request (taken, source);

  -- What was measured of a record without judging it, as whether its addresses answer: it outlives the next judgement.
  CREATE TABLE later_measurement (
    record INTEGER NOT NULL, metric TEXT NOT NULL, value INTEGER, at TEXT NOT NULL, PRIMARY KEY (record, metric)
  ) STRICT, WITHOUT ROWID;

  -- Followers want the last change of each record; lists show what changed last first.
  CREATE INDEX change_record ON change (record, revision);
  CREATE INDEX record_newest ON record (modified DESC, n) WHERE shown IS NOT NULL AND canonical IS NULL;

  -- Where one finding stands for several of its rule: how many.
  ALTER TABLE finding ADD COLUMN count INTEGER;

  -- The language of the sentence: English, but of an inventory that of who keeps it.
  ALTER TABLE problem ADD COLUMN language TEXT NOT NULL DEFAULT 'en';
  UPDATE problem SET language = 'fr' WHERE message GLOB '*, ligne [0-9]*';
  UPDATE problem SET language = 'ar' WHERE message GLOB '*، السطر [0-9]*';
  `,
  [
    `
  -- Bytes that many texts of a source share, to pack them with. A packed text names the dictionary it was packed
  -- with: one of payloads goes when no payload may be kept any more, the others never.
  CREATE TABLE dictionary (id INTEGER PRIMARY KEY, source TEXT NOT NULL, kind TEXT NOT NULL, body BLOB NOT NULL) STRICT;
  CREATE INDEX dictionary_source ON dictionary (source, kind);

  -- What is said of the newest version of a record: findings, repairs and measurements are only read together with it. JSON, packed where its source is large.
  CREATE TABLE judgement (record INTEGER PRIMARY KEY, body ANY NOT NULL) STRICT;
  `,
    `
  INSERT INTO judgement SELECT n, zstd(json_object(
    'findings', (SELECT json_group_array(json_array(profile, rule, severity, focus, path, value, count) ORDER BY rowid) FROM finding WHERE record = n),
    'repairs', (SELECT json_group_array(json_array(rule, property, before, after) ORDER BY rowid) FROM repair WHERE record = n),
    'measurements', (SELECT json_group_object(metric, value ORDER BY metric) FROM measurement WHERE record = n)))
  FROM record WHERE n BETWEEN $from AND $to AND (EXISTS (SELECT 1 FROM finding WHERE record = n) OR EXISTS (SELECT 1 FROM repair WHERE record = n)
    OR EXISTS (SELECT 1 FROM measurement WHERE record = n));
  `,
    `
  -- How many lines of it each rule has, for reports over many records, and how many places they stand for. "said" is finding or repair.
  CREATE TABLE rule (id INTEGER PRIMARY KEY, said TEXT NOT NULL, name TEXT NOT NULL, severity TEXT NOT NULL, UNIQUE (said, name, severity)) STRICT;
  INSERT INTO rule (said, name, severity) SELECT DISTINCT 'finding', rule, severity FROM finding UNION ALL SELECT DISTINCT 'repair', rule, '' FROM repair;
  CREATE TABLE tally (
    record INTEGER NOT NULL, rule INTEGER NOT NULL, lines INTEGER NOT NULL, places INTEGER NOT NULL, PRIMARY KEY (record, rule)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO tally SELECT record, rule.id, count(*), sum(ifnull(count, 1)) FROM finding
    JOIN rule ON said = 'finding' AND name = finding.rule AND rule.severity = finding.severity GROUP BY record, rule.id;
  INSERT INTO tally SELECT record, rule.id, count(*), count(*) FROM repair JOIN rule ON said = 'repair' AND name = repair.rule GROUP BY record, rule.id;
  CREATE INDEX tally_rule ON tally (rule);
  DROP TABLE finding;
  DROP TABLE repair;
  DROP TABLE measurement;

  -- For people who look into a ledger: what is said of the records of small sources, a line each. SQLite cannot unpack that of large ones.
  CREATE VIEW finding AS SELECT record, said.value ->> 0 AS profile, said.value ->> 1 AS rule, said.value ->> 2 AS severity, said.value ->> 3 AS focus,
    said.value ->> 4 AS path, said.value ->> 5 AS value, said.value ->> 6 AS count FROM judgement, json_each(iif(typeof(body) = 'text', body, '{}'), '$.findings') AS said;
  CREATE VIEW repair AS SELECT record, said.value ->> 0 AS rule, said.value ->> 1 AS property, said.value ->> 2 AS before, said.value ->> 3 AS after
    FROM judgement, json_each(iif(typeof(body) = 'text', body, '{}'), '$.repairs') AS said;

  -- When a record passed by last: apart from it, so that a run that finds everything unchanged writes a few bytes of each.
  CREATE TABLE sighting (record INTEGER PRIMARY KEY, run INTEGER NOT NULL, at TEXT NOT NULL) STRICT;
  INSERT INTO sighting SELECT n, seen_run, seen_at FROM record;
  DROP INDEX record_seen;
  ALTER TABLE record DROP COLUMN seen_run;
  ALTER TABLE record DROP COLUMN seen_at;
  CREATE INDEX record_missing ON record (n) WHERE missing_since IS NOT NULL;

  -- In the order of the records, which is that of writing; only the index is in that of the hashes, which is none.
  ALTER TABLE clue RENAME TO former_clue;
  CREATE TABLE clue (record INTEGER NOT NULL, hash INTEGER NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (record, hash)) STRICT, WITHOUT ROWID;
  INSERT INTO clue SELECT record, hash, kind, value FROM former_clue ORDER BY record, hash;
  DROP TABLE former_clue;
  CREATE INDEX clue_hash ON clue (hash);
  `,
  ],
  `
  -- What many records have alike, as JSON: the values by which they are found; how often which rules are broken in them. Written once for all of them.
  CREATE TABLE trait (id INTEGER PRIMARY KEY, said TEXT NOT NULL UNIQUE) STRICT;
  -- The traits of each record that is held. The last written has the highest mark: who holds them in memory reads those above the last it knows.
  CREATE TABLE listing (mark INTEGER PRIMARY KEY AUTOINCREMENT, record INTEGER NOT NULL UNIQUE, facets INTEGER, judged INTEGER) STRICT;

  CREATE TEMP TABLE faceted AS
    SELECT record, json_group_object(dimension, json(said)) AS facets FROM
      (SELECT record, dimension, json_group_array(value) AS said FROM (SELECT * FROM facet ORDER BY record, dimension, value) GROUP BY record, dimension)
    GROUP BY record;
  CREATE UNIQUE INDEX faceted_record ON faceted (record);
  CREATE TEMP TABLE traits AS
    SELECT n, (SELECT facets FROM faceted WHERE record = n) AS facets,
      json_array(source,
        json((SELECT json_group_array(json_array(name, severity, lines, places) ORDER BY name, severity) FROM tally JOIN rule ON rule.id = tally.rule
          WHERE record = n AND said = 'finding')),
        json((SELECT json_group_array(json_array(name, NULL, lines, places) ORDER BY name) FROM tally JOIN rule ON rule.id = tally.rule
          WHERE record = n AND said = 'repair'))) AS judged
    FROM record WHERE admission NOT IN ('removed', 'withheld');
  INSERT INTO trait (said) SELECT facets FROM traits WHERE facets IS NOT NULL UNION SELECT judged FROM traits;
  INSERT INTO listing (record, facets, judged)
    SELECT n, (SELECT id FROM trait WHERE said = facets), (SELECT id FROM trait WHERE said = judged) FROM traits ORDER BY n;
  DROP TABLE traits;
  DROP TABLE faceted;
  DROP TABLE facet;
  DROP TABLE tally;
  DROP TABLE rule;

  -- Lists by title; how many records a source has of each kind; what was seen of a record at a revision, and the run that brought its newest version.
  CREATE INDEX record_title ON record (title, n) WHERE shown IS NOT NULL AND canonical IS NULL;
  CREATE INDEX record_admission ON record (source, admission);
  CREATE INDEX record_withheld ON record (n) WHERE admission = 'withheld';
  DROP INDEX version_record;
  CREATE INDEX version_record ON version (record, id, run, shown_from, shown_until);
  `,
  `
  -- What is measured of a record, a sign for each metric, and the last day (since 1970-01-01) on which it is on time; when it was judged.
  ALTER TABLE listing ADD COLUMN measured INTEGER;
  ALTER TABLE listing ADD COLUMN last_day INTEGER;
  ALTER TABLE judgement ADD COLUMN at TEXT;
  -- The figures of a scorecard on the days on which they became others.
  CREATE TABLE scorecard (kind TEXT NOT NULL, scope TEXT NOT NULL, day INTEGER NOT NULL, figures TEXT NOT NULL, PRIMARY KEY (kind, scope, day)) STRICT, WITHOUT ROWID;
  `,
  `
  -- The names of the profiles that nothing in a version violates, a blank between them.
  ALTER TABLE version ADD COLUMN conforms TEXT;
  `,
  `
  -- Addresses of files, and what was seen of them when they were asked; which files of which records name them.
  CREATE TABLE link (
    url TEXT PRIMARY KEY, host TEXT NOT NULL, state TEXT NOT NULL, checked TEXT NOT NULL, answered TEXT, failing_since TEXT, failed_days INTEGER NOT NULL,
    status INTEGER, problem TEXT, media_type TEXT, redirect TEXT, bytes INTEGER, etag TEXT, modified TEXT, changed TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE link_use (
    record INTEGER NOT NULL, file TEXT NOT NULL, role TEXT NOT NULL, url TEXT NOT NULL, host TEXT NOT NULL, PRIMARY KEY (record, file, role, url)
  ) STRICT, WITHOUT ROWID;
  -- The version of a record whose addresses are written down.
  CREATE TABLE link_noted (record INTEGER PRIMARY KEY, version INTEGER NOT NULL) STRICT;
  CREATE INDEX link_use_url ON link_use (url);
  CREATE INDEX link_use_host ON link_use (host, url);
  `,
  `
  -- What people bring to the catalogue (programme/kinds.ts): requests for datasets, reuses, reports of problems. Nothing here says who brought it.
  CREATE TABLE contribution (
    id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, state TEXT NOT NULL, language TEXT NOT NULL, said TEXT NOT NULL, body TEXT, due TEXT,
    at TEXT NOT NULL, modified TEXT NOT NULL
  ) STRICT;
  CREATE INDEX contribution_state ON contribution (kind, state, id);
  -- What became of it, and what was said then.
  CREATE TABLE step (id INTEGER PRIMARY KEY AUTOINCREMENT, contribution INTEGER NOT NULL, state TEXT NOT NULL, at TEXT NOT NULL, said TEXT NOT NULL) STRICT;
  CREATE INDEX step_contribution ON step (contribution, id);
  -- The records that it is about, by their ids.
  CREATE TABLE contribution_dataset (
    contribution INTEGER NOT NULL, dataset TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (contribution, dataset)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX contribution_dataset_named ON contribution_dataset (dataset);
  CREATE TABLE support (contribution INTEGER NOT NULL, browser TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (contribution, browser)) STRICT, WITHOUT ROWID;
  CREATE TABLE picture (contribution INTEGER PRIMARY KEY, media_type TEXT NOT NULL, digest TEXT NOT NULL, body BLOB NOT NULL) STRICT;

  -- Who asked for an answer, and the answers that are to be sent: apart from all that is published, and gone when all has been answered.
  CREATE TABLE asker (contribution INTEGER PRIMARY KEY, email TEXT NOT NULL, language TEXT NOT NULL, word TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE letter (
    id INTEGER PRIMARY KEY, contribution INTEGER NOT NULL, step INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0, next TEXT NOT NULL
  ) STRICT;

  -- Who may sign in. Passphrases, invitations and sessions are kept as digests.
  CREATE TABLE person (
    id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT NOT NULL, role TEXT NOT NULL, body TEXT, language TEXT NOT NULL, passphrase TEXT, since TEXT NOT NULL
  ) STRICT;
  CREATE TABLE invitation (digest TEXT PRIMARY KEY, person INTEGER NOT NULL, until TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE session (digest TEXT PRIMARY KEY, person INTEGER NOT NULL, until TEXT NOT NULL) STRICT, WITHOUT ROWID;
  -- What they did.
  CREATE TABLE deed (id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, name TEXT NOT NULL, act TEXT NOT NULL, subject TEXT, said TEXT NOT NULL) STRICT;
  `,
  `
  -- Words, their stems and the subjects that they name: made anew from the graphs as soon as a process with the lists opens the ledger.
  DROP TABLE search;
  CREATE VIRTUAL TABLE search USING fts5 (title, keywords, names, description, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0");
  CREATE VIRTUAL TABLE indexed_word USING fts5vocab (search, row);
  -- What the index was made by, and the record (n) up to which it is; null where it is whole.
  CREATE TABLE index_state (made_by TEXT NOT NULL, up_to INTEGER) STRICT;
  INSERT INTO index_state SELECT '', 0 WHERE EXISTS (SELECT 1 FROM record);

  -- The date that the publisher gives the dataset, else its newest file; when it is to be opened, where it has no data yet.
  ALTER TABLE record ADD COLUMN dated TEXT;
  ALTER TABLE record ADD COLUMN opening TEXT;
  -- What titles sort by, in each language of the pages.
  CREATE TABLE title_key (language TEXT NOT NULL, key TEXT NOT NULL, record INTEGER NOT NULL, PRIMARY KEY (language, key, record)) STRICT, WITHOUT ROWID;
  CREATE INDEX title_key_record ON title_key (record);
  DROP INDEX record_title;
  CREATE INDEX record_dated ON record (dated DESC, n) WHERE shown IS NOT NULL AND canonical IS NULL;
  CREATE INDEX record_added ON record (issued DESC, n) WHERE shown IS NOT NULL AND canonical IS NULL;
  DROP INDEX record_newest;
  `,
  `
  -- What a steward decided of a record, against what the rules say of it.
  CREATE TABLE decision (record INTEGER PRIMARY KEY, what TEXT NOT NULL, reason TEXT NOT NULL, name TEXT NOT NULL, at TEXT NOT NULL) STRICT;
  `,
  `
  -- What stewards say of a dataset in the place of its portal: a step of normalising, and part of the digest of what the record is made of.
  CREATE TABLE correction (
    record INTEGER NOT NULL, property TEXT NOT NULL, language TEXT NOT NULL, value TEXT NOT NULL, name TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (record, property, language, value)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Which record said an identifier, as a hash, since which revision, and from which revision on it yields it to another that said it before.
  CREATE TABLE identifier (hash INTEGER NOT NULL, record INTEGER NOT NULL, since INTEGER NOT NULL, yielded INTEGER, PRIMARY KEY (hash, record)) STRICT, WITHOUT ROWID;
  CREATE INDEX identifier_record ON identifier (record);
  `,
  `
  -- Records that others of the same dataset fill, or filled: their search and facets are to be made anew.
  CREATE TABLE unindexed (record INTEGER PRIMARY KEY) STRICT;
  `,
  `
  -- The inventory that stewards keep here, a row each: what stands in its columns, and the request that it was written down for. It is harvested as one that lies at a portal.
  CREATE TABLE inventory_entry (
    key TEXT PRIMARY KEY, body TEXT, said TEXT NOT NULL, request INTEGER UNIQUE, edition INTEGER NOT NULL, name TEXT NOT NULL, at TEXT NOT NULL
  ) STRICT;

  -- What a run would bring is told before it is made: a run that was asked for may be dry, and what came of the last of each source is kept.
  ALTER TABLE run_request ADD COLUMN dry INTEGER NOT NULL DEFAULT 0;
  CREATE TABLE foreseen (source TEXT PRIMARY KEY, at TEXT NOT NULL, report TEXT NOT NULL) STRICT, WITHOUT ROWID;

  -- Who is known to the administration's sign-in, by issuer and subject; how often somebody is written to of what there is to do (daily, weekly, never), when he
  -- was last, when he is tried again where that failed, and the word by which he says that he wishes for no more.
  ALTER TABLE person ADD COLUMN subject TEXT;
  CREATE UNIQUE INDEX person_subject ON person (subject) WHERE subject IS NOT NULL;
  ALTER TABLE person ADD COLUMN digests TEXT;
  ALTER TABLE person ADD COLUMN told TEXT;
  ALTER TABLE person ADD COLUMN tells INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE person ADD COLUMN word TEXT;

  -- The organisation for which a correction was made, which is public; who made it is not.
  ALTER TABLE correction ADD COLUMN office TEXT;
  `,
  `
  -- Whether somebody may sign in by what the administration's sign-in says of him alone: who was not invited, and is let in no longer than that says so.
  ALTER TABLE person ADD COLUMN by_claim INTEGER NOT NULL DEFAULT 0;
  `,
  `
  -- When somebody is written to next of what there is to do; the number of tries that stood here is not needed for it.
  ALTER TABLE person DROP COLUMN tells;
  ALTER TABLE person ADD COLUMN next TEXT;
  `,
  `
  -- What each source brought last, without reading what all of them ever brought.
  CREATE INDEX revision_run ON revision (run, id);
  `,
]
