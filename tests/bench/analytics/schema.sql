CREATE TABLE incident (
  incident bigint NOT NULL, provider varchar NOT NULL, impact varchar NOT NULL,
  recovery_started timestamp, started timestamp, resolved timestamp, closed timestamp
);
CREATE TABLE incident_service (incident bigint NOT NULL, service varchar NOT NULL);
