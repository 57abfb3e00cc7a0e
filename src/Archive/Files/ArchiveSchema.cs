using IoTGateway.Storage.Sqlite;

namespace IoTGateway.Archive.Files;

/// <summary>What stands in the archive's file.</summary>
/// <remarks>
/// <code>
/// archive.sqlite, schema version 1 (PRAGMA user_version); docs/archive.md tells the same. Times are Unix milliseconds, event times unless said otherwise.
///   logs: a row for each log that was archived; usually one
///     log           INTEGER  1, 2, ... in the order in which they were met
///     identity      TEXT     the log's identity, 32 hexadecimal digits
///   cursor: one row; absent in a new archive
///     id            INTEGER  always 1
///     log, position INTEGER  every record of this log before this address is archived
///   gaps: parts of logs that were never seen
///     log           INTEGER  in which log
///     beginning, ending INTEGER  from which address to which
///     noted         INTEGER  when that was found
///   episodes: a row for each episode of an alert, also of those that were only pending or only tried (raised IS NULL)
///     number        INTEGER  its number in the ledger's log + (log - 1) * 2^40; key
///     episode       TEXT     its id
///     alert, slug, patient TEXT
///     ward, bed     TEXT     where it is, or was at its end
///     kind          INTEGER  0 physiological, 1 technical
///     highest       INTEGER  the highest priority it had: 1 low, 2 medium, 3 high
///     state         TEXT     pending, active, clearing, latched or ended
///     began         INTEGER  time of its first event
///     raised        INTEGER  when people first saw it; NULL: never
///     called        INTEGER  when it first called for somebody: raised, and nothing held it back; NULL: never
///     called_ward, called_bed TEXT  where that was; NULL: never
///     acknowledged  INTEGER  when somebody first acknowledged it; NULL: nobody
///     answered      INTEGER  when somebody first acknowledged it after it had called; NULL: nobody
///     over          INTEGER  when its condition was over; NULL while it holds
///     ended         INTEGER  when it ended; NULL while it stands
///     last          INTEGER  its newest event (events.id)
///   events: a row for each event of an alert
///     id            INTEGER  key
///     episode       INTEGER  episodes.number
///     position      INTEGER  log address of the record
///     time          INTEGER
///     change        TEXT     entered, updated, acknowledged, moved, announced, ...
///     by            TEXT     who; empty for the rules and the gateway
///     body          TEXT     the record as it stands in the log (JSON, docs/formats/log.md)
///   entries: the timeline, a row for each thing that happened
///     id            INTEGER  key
///     log, position, part INTEGER  the record it comes from, and which of its entries it is, from 0
///     time, kind    INTEGER  kind is a TimelineKind
///     ward, bed, patient, by, words TEXT  as in TimelineEntry
///     from_ward     TEXT     where it concerns two wards, the other one; else empty
///     priority      INTEGER  1 low, 2 medium, 3 high; 0: it is about no alert
///     episode       TEXT     the episode's id; empty: it is about no alert
///   records: every other record as it stands in the log, and those that could not be read
///     id            INTEGER  key
///     log, position INTEGER  where it stands
///     kind          INTEGER  a RecordKind
///     topic         TEXT     empty for none
///     recorded      INTEGER  when it was appended
///     fault         TEXT     why it could not be read; NULL where it was
///     body          BLOB
///   stays: who lay in which bed, from the censuses
///     ward, bed, patient TEXT
///     since, until  INTEGER  until IS NULL: still
///   pages: a row for each page
///     key           TEXT     its idempotency key
///     queued        INTEGER  when it was put into the queue of its channel
///     type          TEXT     raise, stage, nobody reached or over
///     stage         INTEGER  0 the raise, 1 the first stage of the escalation, ...
///     role, name, channel TEXT  who was to be told, and how; role may be empty
///     ward, bed, patient TEXT
///     alerts, episode, priority  its alerts' names; of the most urgent one the episode's id, and its priority: 1 low, 2 medium, 3 high
///     state         TEXT     what became of it last: queued, sending, sent, delivered, failed, dropped or given up
///     changed       INTEGER  since when
///     reason        TEXT     why it failed or was not sent; else empty
///     failures      INTEGER  how many tries failed
/// </code>
/// A record has one key in its log, its address, so that one that comes twice leaves one row.
/// </remarks>
internal static class ArchiveSchema
{
    /// <summary>The name of the file in the archive's directory.</summary>
    public const string FileName = "archive.sqlite";

    /// <summary>The version that is written, and the only one so far. A change of the tables makes a new one, with the statements that lead to it.</summary>
    public const int Version = 1;

    /// <summary>Numbers of episodes of one log; those of the next begin behind it.</summary>
    public const long EpisodesOfLog = 1L << 40;

    /// <summary>4 MiB: the archive grows by a few rows a second at most.</summary>
    private const int CachePages = 1_024;

    /// <summary>What the file is.</summary>
    public static SqliteForm Form { get; } = new("archive", Version, Tables + Indexes, CachePages);

    private const string Tables = """
        CREATE TABLE logs(log INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE);
        CREATE TABLE cursor(id INTEGER PRIMARY KEY CHECK (id = 1), log INTEGER NOT NULL, position INTEGER NOT NULL);
        CREATE TABLE gaps(log INTEGER NOT NULL, beginning INTEGER NOT NULL, ending INTEGER NOT NULL, noted INTEGER NOT NULL, PRIMARY KEY (log, ending)) WITHOUT ROWID;
        CREATE TABLE episodes(
          number INTEGER PRIMARY KEY,
          episode TEXT NOT NULL,
          alert TEXT NOT NULL,
          slug TEXT NOT NULL,
          patient TEXT NOT NULL,
          ward TEXT NOT NULL,
          bed TEXT NOT NULL,
          kind INTEGER NOT NULL,
          highest INTEGER NOT NULL,
          state TEXT NOT NULL,
          began INTEGER NOT NULL,
          raised INTEGER,
          called INTEGER,
          called_ward TEXT,
          called_bed TEXT,
          acknowledged INTEGER,
          answered INTEGER,
          over INTEGER,
          ended INTEGER,
          last INTEGER NOT NULL);
        CREATE TABLE events(
          id INTEGER PRIMARY KEY,
          episode INTEGER NOT NULL,
          position INTEGER NOT NULL,
          time INTEGER NOT NULL,
          change TEXT NOT NULL,
          by TEXT NOT NULL,
          body TEXT NOT NULL,
          UNIQUE (episode, position));
        CREATE TABLE entries(
          id INTEGER PRIMARY KEY,
          log INTEGER NOT NULL,
          position INTEGER NOT NULL,
          part INTEGER NOT NULL,
          time INTEGER NOT NULL,
          kind INTEGER NOT NULL,
          ward TEXT NOT NULL,
          from_ward TEXT NOT NULL,
          bed TEXT NOT NULL,
          patient TEXT NOT NULL,
          by TEXT NOT NULL,
          words TEXT NOT NULL,
          priority INTEGER NOT NULL,
          episode TEXT NOT NULL,
          UNIQUE (log, position, part));
        CREATE TABLE records(
          id INTEGER PRIMARY KEY,
          log INTEGER NOT NULL,
          position INTEGER NOT NULL,
          kind INTEGER NOT NULL,
          topic TEXT NOT NULL,
          recorded INTEGER NOT NULL,
          fault TEXT,
          body BLOB NOT NULL,
          UNIQUE (log, position));
        CREATE TABLE stays(
          ward TEXT NOT NULL,
          bed TEXT NOT NULL,
          since INTEGER NOT NULL,
          patient TEXT NOT NULL,
          until INTEGER,
          PRIMARY KEY (ward, bed, since)) WITHOUT ROWID;
        CREATE TABLE pages(
          key TEXT PRIMARY KEY,
          queued INTEGER NOT NULL,
          type TEXT NOT NULL,
          stage INTEGER NOT NULL,
          role TEXT NOT NULL,
          name TEXT NOT NULL,
          channel TEXT NOT NULL,
          ward TEXT NOT NULL,
          bed TEXT NOT NULL,
          patient TEXT NOT NULL,
          alerts TEXT NOT NULL,
          episode TEXT NOT NULL,
          priority INTEGER NOT NULL,
          state TEXT NOT NULL,
          changed INTEGER NOT NULL,
          reason TEXT NOT NULL,
          failures INTEGER NOT NULL);
        """;

    // Behind each of their columns SQLite puts the key, so (raised) is (raised, number): the order of the pages of a list.
    private const string Indexes = """
        CREATE INDEX episodes_by_id ON episodes(episode);
        CREATE INDEX episodes_by_raised ON episodes(raised);
        CREATE INDEX episodes_by_patient ON episodes(patient, raised);
        CREATE INDEX episodes_by_alert ON episodes(alert, raised);
        CREATE INDEX episodes_by_ended ON episodes(ended, raised);
        CREATE INDEX episodes_by_called ON episodes(called);
        CREATE INDEX entries_by_patient ON entries(patient, time);
        CREATE INDEX entries_by_ward ON entries(ward, time);
        CREATE INDEX entries_by_from_ward ON entries(from_ward, time) WHERE from_ward <> '';
        CREATE INDEX entries_by_time ON entries(time);
        CREATE INDEX records_by_kind ON records(kind, log, position);
        CREATE INDEX records_by_time ON records(recorded);
        CREATE INDEX stays_by_end ON stays(until);
        CREATE INDEX pages_by_change ON pages(changed);
        """;
}
