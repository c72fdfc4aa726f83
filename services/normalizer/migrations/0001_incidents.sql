-- migrate:up
-- Schema `incidents`: written by the normalizer alone, read by others through the views v1_* with role fails_reader.
CREATE SCHEMA incidents;

-- One row: grows by one with each committed change. Its row lock orders the commits, so whoever has read version N has
-- seen every change up to N.
CREATE TABLE incidents.data_version (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  version  bigint NOT NULL DEFAULT 0 CHECK (version >= 0)
);
INSERT INTO incidents.data_version DEFAULT VALUES;

CREATE TABLE incidents.incident (
  id                text PRIMARY KEY,
  provider          text NOT NULL CHECK (provider <> ''),
  native_id         text NOT NULL CHECK (native_id <> ''),
  page              text NOT NULL CHECK (page <> ''),
  title             text NOT NULL,
  url               text NOT NULL,
  impact            text NOT NULL CHECK (impact IN ('unknown', 'none', 'minor', 'major', 'critical', 'maintenance')),
  status            text NOT NULL CHECK (status IN ('unknown', 'investigating', 'identified', 'monitoring', 'resolved',
                                                    'postmortem', 'scheduled', 'in_progress', 'completed')),
  services          text[] NOT NULL,
  flags             text[] NOT NULL,
  investigating_at  timestamptz,
  identified_at     timestamptz,
  monitoring_at     timestamptz,
  resolved_stage_at timestamptz,
  postmortem_at     timestamptz,
  started_at        timestamptz,
  closed_at         timestamptz,
  impact_started_at timestamptz,
  impact_ended_at   timestamptz,
  scheduled_for     timestamptz,
  scheduled_until   timestamptz,
  withdrawn_at      timestamptz,
  sort_at           timestamptz NOT NULL,
  ongoing           boolean NOT NULL,
  backfilled        boolean NOT NULL,
  unknown_component boolean NOT NULL,
  revision          bigint NOT NULL CHECK (revision >= 1),
  version           bigint NOT NULL CHECK (version >= 1),
  first_seen_at     timestamptz NOT NULL,
  updated_at        timestamptz NOT NULL,
  source_at         timestamptz NOT NULL,
  search            tsvector NOT NULL,
  CHECK (id = provider || '/' || native_id),
  CHECK (closed_at IS NULL OR resolved_stage_at IS NOT NULL),
  CHECK (updated_at >= first_seen_at)
);
-- IncidentService.ListIncidents, sort by started_at (keyset: sort_at, id)
CREATE INDEX incident_sort_at ON incidents.incident (sort_at DESC, id DESC);
-- IncidentService.ListIncidents, sort by updated_at (keyset: updated_at, id)
CREATE INDEX incident_updated_at ON incidents.incident (updated_at DESC, id DESC);
-- IncidentService.ListIncidents, filter by provider
CREATE INDEX incident_provider ON incidents.incident (provider, sort_at DESC);
-- IncidentService.ListIncidents, filter by services
CREATE INDEX incident_services ON incidents.incident USING gin (services);
-- IncidentService.ListIncidents, text search
CREATE INDEX incident_search ON incidents.incident USING gin (search);
-- Analytics snapshot: what changed since a version
CREATE INDEX incident_version ON incidents.incident (version);
-- Normalizer: what a complete listing of a page no longer holds
CREATE INDEX incident_page ON incidents.incident (page, sort_at);

CREATE TABLE incidents.incident_update (
  incident_id text NOT NULL REFERENCES incidents.incident (id) ON DELETE CASCADE,
  position    integer NOT NULL CHECK (position >= 0), -- 0 is the newest
  native_id   text NOT NULL,
  status      text NOT NULL CHECK (status IN ('unknown', 'investigating', 'identified', 'monitoring', 'resolved',
                                              'postmortem', 'scheduled', 'in_progress', 'completed')),
  at          timestamptz NOT NULL,
  body        text NOT NULL,
  PRIMARY KEY (incident_id, position)
);

-- Messages that were handled; the unique key decides what a repeat is.
CREATE TABLE incidents.inbox (
  consumer   text NOT NULL,
  message_id text NOT NULL,
  handled_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (consumer, message_id)
);
-- Clean-up of old rows
CREATE INDEX inbox_handled_at ON incidents.inbox (handled_at);

-- Messages to publish, written in the transaction that changes the incident.
CREATE TABLE incidents.outbox (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  subject      text NOT NULL,
  payload      text NOT NULL,
  traceparent  text NOT NULL DEFAULT '',
  created_at   timestamptz NOT NULL DEFAULT now(),
  published_at timestamptz
);
-- Relay: what is to be published, in order
CREATE INDEX outbox_unpublished ON incidents.outbox (id) WHERE published_at IS NULL;
-- Relay: clean-up of published rows
CREATE INDEX outbox_published_at ON incidents.outbox (published_at) WHERE published_at IS NOT NULL;

-- The versioned views: the contract with every reader. `search` is for text queries.
CREATE VIEW incidents.v1_incident AS
  SELECT id, provider, native_id, page, title, url, impact, status, services, flags, investigating_at, identified_at,
         monitoring_at, resolved_stage_at, postmortem_at, started_at, closed_at, impact_started_at, impact_ended_at,
         scheduled_for, scheduled_until, withdrawn_at, sort_at, ongoing, backfilled, unknown_component, revision, version,
         first_seen_at, updated_at, search
  FROM incidents.incident;
CREATE VIEW incidents.v1_incident_update AS
  SELECT incident_id, position, status, at, body FROM incidents.incident_update;
CREATE VIEW incidents.v1_data_version AS SELECT version FROM incidents.data_version;

GRANT USAGE ON SCHEMA incidents TO fails_normalizer, fails_reader;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA incidents TO fails_normalizer;
REVOKE ALL ON incidents.v1_incident, incidents.v1_incident_update, incidents.v1_data_version FROM fails_normalizer;
GRANT SELECT ON incidents.v1_incident, incidents.v1_incident_update, incidents.v1_data_version TO fails_reader;

-- migrate:down
DROP SCHEMA incidents CASCADE;
