-- SPDX-License-Identifier: Apache-2.0
-- The roles of FAILS. Cluster-wide, idempotent, plain SQL (any client can send it), run as superuser: by ./run, by the
-- postgres container at its first start (before setup.sql), and by the tests for their private clusters.
--   fails_owner       owns the schemas; used by migrations alone
--   fails_normalizer  reads and writes schema `incidents` as far as the migrations grant it
--   fails_reader      reads the views that the migrations grant it; a write fails even where a grant slipped in
-- A role without a password can log in only where pg_hba.conf trusts it (a private socket directory).
DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['fails_owner', 'fails_normalizer', 'fails_reader'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
      EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE', wanted);
    END IF;
  END LOOP;
END
$$;

ALTER ROLE fails_reader SET default_transaction_read_only = on;
