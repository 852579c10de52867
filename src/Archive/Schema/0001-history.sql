-- {key}: text compared byte by byte. {json}: JSON text.
-- Times are milliseconds since 1970-01-01 UTC (the JSON holds them exactly); enums are their numbers; flags are 0 or 1.
-- Ids are UUIDs of version 7, so the order of ids is the order in which things came: lists over all conversations are
-- in that order and need no index on a time. Every other index is there for the query named above it: each costs the
-- writer a page, and pages are what writing costs.

-- Rows are counted as they arrive, and so many in a row are a segment. An index by conversation has the segment in
-- front, which keeps what is written in one place: without it each message dirties a page of its own somewhere in an
-- index as large as the history, and that alone was a third of the cost of writing. A reader looks into each segment,
-- in order, until its page is full.
{arrivals}
CREATE TABLE segments (
    n BIGINT NOT NULL PRIMARY KEY
);

-- A row without a body is a stub: something was said of a message that the archive does not have yet.
CREATE TABLE messages (
    id {key} NOT NULL PRIMARY KEY,
    instance {key} NOT NULL,
    conversation_id {key} NOT NULL,
    sequence BIGINT NOT NULL,
    direction BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    status BIGINT NOT NULL,
    doubtful BIGINT NOT NULL,
    batch_id {key},
    provider_message_id TEXT,
    text TEXT,
    errors {json},
    history {json},
    body {json},
    segment {segment} NOT NULL
);
-- A conversation's messages.
CREATE INDEX messages_by_conversation ON messages (segment, conversation_id, sequence);
-- All of an instance.
CREATE INDEX messages_by_instance ON messages (instance, id);
-- Few at any time: what waits to be sent and what failed.
CREATE INDEX messages_unsettled ON messages (status, id) WHERE status IN (1, 5);

CREATE TABLE conversations (
    id {key} NOT NULL PRIMARY KEY,
    instance {key} NOT NULL,
    last_activity_at BIGINT NOT NULL,
    contact_name TEXT,
    contact_phone {key},
    unread BIGINT NOT NULL,
    paused BIGINT NOT NULL,
    hidden BIGINT NOT NULL,
    version BIGINT NOT NULL,
    record {json} NOT NULL
);
-- The list, of all and of an instance.
CREATE INDEX conversations_by_activity ON conversations (last_activity_at);
CREATE INDEX conversations_by_instance ON conversations (instance, last_activity_at);
-- By phone number.
CREATE INDEX conversations_by_phone ON conversations (contact_phone) WHERE contact_phone IS NOT NULL;
-- Few: those a person took over.
CREATE INDEX conversations_paused ON conversations (last_activity_at) WHERE paused = 1;

CREATE TABLE batches (
    id {key} NOT NULL PRIMARY KEY,
    instance {key} NOT NULL,
    conversation_id {key} NOT NULL,
    opened_at BIGINT NOT NULL,
    -- The due time, or that of the next attempt.
    wakes_at BIGINT NOT NULL,
    status BIGINT NOT NULL,
    -- An attempt is under way.
    running BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    version BIGINT NOT NULL,
    record {json} NOT NULL,
    segment {segment} NOT NULL
);
-- A conversation's batches, oldest first.
CREATE INDEX batches_by_conversation ON batches (segment, conversation_id, opened_at);
-- What is overdue, and the figures of the queue, which need nothing beside it: as long as the queue is, however long
-- the history.
CREATE INDEX batches_active ON batches (wakes_at, instance, running, opened_at, status) WHERE status < 2;
-- The dead letters and their count.
CREATE INDEX batches_dead ON batches (id, instance, status) WHERE status = 3;

-- What would otherwise be counted over the whole history: written in the same transaction as the batches.
CREATE TABLE queue_counters (
    instance {key} NOT NULL PRIMARY KEY,
    processed BIGINT NOT NULL,
    retried BIGINT NOT NULL
);

CREATE TABLE deliveries (
    id {key} NOT NULL PRIMARY KEY,
    instance {key} NOT NULL,
    outcome BIGINT NOT NULL,
    record {json} NOT NULL
);
-- All of an instance.
CREATE INDEX deliveries_by_instance ON deliveries (instance, id);
-- Few: those that were not simply stored.
CREATE INDEX deliveries_unusual ON deliveries (outcome, id) WHERE outcome <> 0;

CREATE TABLE audit (
    event_id {key} NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    instance TEXT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    target TEXT,
    ip TEXT
);

-- One row that the health check writes and reads.
CREATE TABLE archive_probe (
    id BIGINT NOT NULL PRIMARY KEY,
    mark TEXT NOT NULL
);
