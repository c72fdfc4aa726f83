-- migrate:up
-- What a page has told of its components. The documents that tell of its incidents may name them by id alone, and never
-- name the group of components that a service may be known by.
CREATE TABLE incidents.component (
  page       text NOT NULL CHECK (page <> ''),
  id         text NOT NULL CHECK (id <> ''), -- the page's own
  name       text NOT NULL,
  group_id   text NOT NULL, -- '': in no group
  group_name text NOT NULL,
  source_at  timestamptz NOT NULL, -- of the document that said so: an older one changes nothing
  PRIMARY KEY (page, id)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON incidents.component TO fails_normalizer;

-- migrate:down
DROP TABLE incidents.component;
