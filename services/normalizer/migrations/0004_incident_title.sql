-- migrate:up
-- IncidentService.GetIncident, the namesakes among which its group of flaps is found. A hash, since a title may be
-- longer than what a tree's row may hold.
CREATE INDEX incident_title ON incidents.incident USING hash (title);

-- migrate:down
DROP INDEX incidents.incident_title;
