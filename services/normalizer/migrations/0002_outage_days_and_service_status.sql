-- migrate:up
-- What the quality flags and the rules of merging need to know of an incident (common/domain/incident.h).
ALTER TABLE incidents.incident
  ADD COLUMN end_inferred_at timestamptz,                   -- its page listed it no longer: the end we conclude from that
  ADD COLUMN url_guessed     boolean NOT NULL DEFAULT false, -- put together by us, not stated
  ADD COLUMN broad           boolean NOT NULL DEFAULT false, -- names about everything the provider has
  ADD COLUMN imported        boolean NOT NULL DEFAULT false; -- no page has told of it yet, only imports

-- A reopened incident has no end while it is going on; its stage `resolved` keeps its time.
WITH next AS (
  UPDATE incidents.data_version SET version = version + 1
  WHERE EXISTS (SELECT FROM incidents.incident WHERE ongoing AND closed_at IS NOT NULL) RETURNING version
)
UPDATE incidents.incident SET closed_at = NULL, version = next.version FROM next WHERE ongoing AND closed_at IS NOT NULL;
ALTER TABLE incidents.incident ADD CONSTRAINT incident_ongoing_has_no_end CHECK (NOT ongoing OR closed_at IS NULL);

-- When which service was affected by an incident, as its page states it beside the incident's own times.
CREATE TABLE incidents.impact_interval (
  incident_id text NOT NULL REFERENCES incidents.incident (id) ON DELETE CASCADE,
  position    integer NOT NULL CHECK (position >= 0), -- by service, then time
  service     text NOT NULL CHECK (service <> ''),
  started_at  timestamptz NOT NULL,
  ended_at    timestamptz, -- absent: still affected
  level       text NOT NULL CHECK (level IN ('unknown', 'operational', 'maintenance', 'degraded', 'partial_outage',
                                             'major_outage')),
  CHECK (ended_at >= started_at),
  PRIMARY KEY (incident_id, position)
);

-- What a provider's own uptime calendar says of a service and a date: a label in the page's own zone, never shifted.
CREATE TABLE incidents.outage_day (
  service         text NOT NULL CHECK (service LIKE provider || '/_%'),
  date            date NOT NULL,
  partial_seconds integer NOT NULL CHECK (partial_seconds >= 0),
  major_seconds   integer NOT NULL CHECK (major_seconds >= 0),
  provider        text NOT NULL CHECK (provider <> ''),
  page            text NOT NULL CHECK (page <> ''), -- 'import': no page has said so, only an import
  source_at       timestamptz NOT NULL, -- of the newest document that said so: an older one changes nothing
  version         bigint NOT NULL CHECK (version >= 1), -- the data version of its last change
  PRIMARY KEY (service, date)
);
-- Analytics snapshot: what changed since a version
CREATE INDEX outage_day_version ON incidents.outage_day (version);

-- How a service does now, as its page says.
CREATE TABLE incidents.service_status (
  service     text PRIMARY KEY CHECK (service LIKE provider || '/_%'),
  provider    text NOT NULL CHECK (provider <> ''),
  status      text NOT NULL CHECK (status IN ('unknown', 'operational', 'maintenance', 'degraded', 'partial_outage',
                                              'major_outage')),
  previous    text NOT NULL CHECK (previous IN ('unknown', 'operational', 'maintenance', 'degraded', 'partial_outage',
                                                'major_outage')),
  since       timestamptz NOT NULL, -- fetch of the first document that said so
  page        text NOT NULL CHECK (page <> ''),
  reported_at timestamptz NOT NULL, -- fetch of the last document that said so
  source_at   timestamptz NOT NULL, -- of the newest document that could have said so: an older one changes nothing
  revision    bigint NOT NULL CHECK (revision >= 1), -- 1 at first sight, one more with each change
  version     bigint NOT NULL CHECK (version >= 1),  -- the data version of its last change
  CHECK (reported_at >= since OR status = 'unknown'),
  CHECK (source_at >= reported_at)
);

CREATE TABLE incidents.service_status_change (
  service  text NOT NULL REFERENCES incidents.service_status (service) ON DELETE CASCADE,
  revision bigint NOT NULL CHECK (revision >= 1),
  status   text NOT NULL CHECK (status IN ('unknown', 'operational', 'maintenance', 'degraded', 'partial_outage',
                                           'major_outage')),
  previous text NOT NULL CHECK (previous IN ('unknown', 'operational', 'maintenance', 'degraded', 'partial_outage',
                                             'major_outage')),
  at       timestamptz NOT NULL, -- fetch of the document that said so
  page     text NOT NULL CHECK (page <> ''),
  CHECK (status <> previous),
  PRIMARY KEY (service, revision)
);
-- CatalogService: the newest changes of all services, or of one
CREATE INDEX service_status_change_at ON incidents.service_status_change (at DESC, service);

-- The data version grows with each committed change of incidents, outage days and service states (not when a document
-- merely confirms what is known: `reported_at` moves without it).
CREATE OR REPLACE VIEW incidents.v1_incident AS
  SELECT id, provider, native_id, page, title, url, impact, status, services, flags, investigating_at, identified_at,
         monitoring_at, resolved_stage_at, postmortem_at, started_at, closed_at, impact_started_at, impact_ended_at,
         scheduled_for, scheduled_until, withdrawn_at, sort_at, ongoing, backfilled, unknown_component, revision, version,
         first_seen_at, updated_at, search, CASE WHEN NOT ongoing THEN resolved_stage_at END AS resolved_at
  FROM incidents.incident;
CREATE VIEW incidents.v1_impact_interval AS
  SELECT incident_id, position, service, started_at, ended_at, level FROM incidents.impact_interval;
CREATE VIEW incidents.v1_outage_day AS
  SELECT service, provider, page, date, partial_seconds, major_seconds, version FROM incidents.outage_day;
CREATE VIEW incidents.v1_service_status AS
  SELECT service, provider, status, previous, since, page, reported_at, version FROM incidents.service_status;
CREATE VIEW incidents.v1_service_status_change AS
  SELECT service, status, previous, at, page FROM incidents.service_status_change;

GRANT SELECT, INSERT, UPDATE, DELETE ON incidents.impact_interval, incidents.outage_day, incidents.service_status,
                                        incidents.service_status_change TO fails_normalizer;
GRANT SELECT ON incidents.v1_impact_interval, incidents.v1_outage_day, incidents.v1_service_status,
                incidents.v1_service_status_change TO fails_reader;

-- migrate:down
DROP VIEW incidents.v1_service_status_change, incidents.v1_service_status, incidents.v1_outage_day,
          incidents.v1_impact_interval;
DROP VIEW incidents.v1_incident;
CREATE VIEW incidents.v1_incident AS
  SELECT id, provider, native_id, page, title, url, impact, status, services, flags, investigating_at, identified_at,
         monitoring_at, resolved_stage_at, postmortem_at, started_at, closed_at, impact_started_at, impact_ended_at,
         scheduled_for, scheduled_until, withdrawn_at, sort_at, ongoing, backfilled, unknown_component, revision, version,
         first_seen_at, updated_at, search
  FROM incidents.incident;
GRANT SELECT ON incidents.v1_incident TO fails_reader;
DROP TABLE incidents.service_status_change, incidents.service_status, incidents.outage_day, incidents.impact_interval;
ALTER TABLE incidents.incident DROP CONSTRAINT incident_ongoing_has_no_end;
ALTER TABLE incidents.incident DROP COLUMN end_inferred_at, DROP COLUMN url_guessed, DROP COLUMN broad, DROP COLUMN imported;
