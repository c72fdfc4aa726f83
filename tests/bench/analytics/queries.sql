-- The eight questions that PostgreSQL and DuckDB are asked, word for word the same. {days} stands for what makes rows
-- of a range of days in each of them. The name is followed by the analysis that answers more than that.
-- name: weekday weekday-distribution
SELECT service, extract(isodow FROM started) AS bin, count(*)
FROM incident JOIN incident_service USING (incident) GROUP BY service, bin ORDER BY service, bin;
-- name: hourly hourly-distribution
SELECT service, extract(hour FROM started) AS bin, count(*)
FROM incident JOIN incident_service USING (incident) GROUP BY service, bin ORDER BY service, bin;
-- name: ttr_quantiles ttr-distribution
SELECT service, count(*), avg(ttr), percentile_cont(0.5) WITHIN GROUP (ORDER BY ttr),
       percentile_cont(0.9) WITHIN GROUP (ORDER BY ttr), percentile_cont(0.95) WITHIN GROUP (ORDER BY ttr),
       percentile_cont(0.99) WITHIN GROUP (ORDER BY ttr)
FROM (SELECT service, extract(epoch FROM resolved - recovery_started) AS ttr
      FROM incident JOIN incident_service USING (incident) WHERE resolved IS NOT NULL AND recovery_started IS NOT NULL) AS t
GROUP BY service ORDER BY service;
-- name: ttr_ecdf ttr-distribution
SELECT service, ttr, 100.0 * sum(n) OVER (PARTITION BY service ORDER BY ttr) / sum(n) OVER (PARTITION BY service) AS share
FROM (SELECT service, extract(epoch FROM resolved - recovery_started) AS ttr, count(*) AS n
      FROM incident JOIN incident_service USING (incident) WHERE resolved IS NOT NULL AND recovery_started IS NOT NULL
      GROUP BY 1, 2) AS t
ORDER BY service, ttr;
-- name: tbf_quantiles tbf-distribution
SELECT service, count(tbf), avg(tbf), percentile_cont(0.5) WITHIN GROUP (ORDER BY tbf),
       percentile_cont(0.9) WITHIN GROUP (ORDER BY tbf)
FROM (SELECT service, extract(epoch FROM started - lag(started) OVER (PARTITION BY service ORDER BY started, incident)) AS tbf
      FROM incident JOIN incident_service USING (incident)) AS t
GROUP BY service ORDER BY service;
-- name: monthly incident-outage-timeline
SELECT service, date_trunc('month', started) AS month, count(*)
FROM incident JOIN incident_service USING (incident) GROUP BY service, month ORDER BY service, month;
-- name: impact impact-distribution
SELECT provider, impact, count(*), 100.0 * count(*) / sum(count(*)) OVER (PARTITION BY provider)
FROM incident GROUP BY provider, impact ORDER BY provider, impact;
-- name: availability daily-availability
WITH spans AS (
  SELECT service, started, coalesce(closed, timestamp '2025-01-01') AS closed
  FROM incident JOIN incident_service USING (incident) WHERE started IS NOT NULL),
marked AS (
  SELECT *, max(closed) OVER (PARTITION BY service ORDER BY started, closed
                              ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reach FROM spans),
numbered AS (
  SELECT *, sum(CASE WHEN reach IS NULL OR started > reach THEN 1 ELSE 0 END)
            OVER (PARTITION BY service ORDER BY started, closed ROWS UNBOUNDED PRECEDING) AS island FROM marked),
islands AS (SELECT service, min(started) AS a, max(closed) AS b FROM numbered GROUP BY service, island),
days AS (SELECT service, a, b, {days} AS day FROM islands)
SELECT service, day,
       100 * (1 - sum(extract(epoch FROM least(b, day + interval '1 day') - greatest(a, day))) / 86400) AS availability
FROM days GROUP BY service, day ORDER BY service, day;
