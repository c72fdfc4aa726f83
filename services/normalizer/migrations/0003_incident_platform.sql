-- migrate:up
-- The platform that an incident's page was on when it told of it last: a page that moves to another one, with new ids,
-- takes nothing back. Empty: only imports have told of it, or not since this migration.
ALTER TABLE incidents.incident ADD COLUMN platform text NOT NULL DEFAULT '';

-- migrate:down
ALTER TABLE incidents.incident DROP COLUMN platform;
