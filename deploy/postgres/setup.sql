-- SPDX-License-Identifier: Apache-2.0
-- The database and the passwords of its roles: for psql, as superuser, after roles.sql. Idempotent.
-- A password that its environment variable does not give is left as it is.
\getenv owner_password FAILS_OWNER_PASSWORD
\getenv normalizer_password FAILS_NORMALIZER_PASSWORD
\getenv reader_password FAILS_READER_PASSWORD

SELECT 'CREATE DATABASE fails OWNER fails_owner ENCODING ''UTF8'' LC_COLLATE ''C.UTF-8'' LC_CTYPE ''C.UTF-8'' TEMPLATE template0'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'fails') \gexec

\if :{?owner_password}
ALTER ROLE fails_owner PASSWORD :'owner_password';
\endif
\if :{?normalizer_password}
ALTER ROLE fails_normalizer PASSWORD :'normalizer_password';
\endif
\if :{?reader_password}
ALTER ROLE fails_reader PASSWORD :'reader_password';
\endif
