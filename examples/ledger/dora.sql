-- The four questions of DORA, and D4.10, asked of the exported ledger with DuckDB:
--   launchpolicy ledger export dataset && cd dataset && duckdb < ../dora.sql
-- One row a month; `launched` are announced launches, `unannounced` were carried out without an
-- announcement and count as not launched.
SELECT
    strftime(launched_at AT TIME ZONE 'UTC', '%Y-%m')                       AS month,
    count(*) FILTER (standing = 'launched')                                 AS launched,
    count(*) FILTER (standing = 'unannounced')                              AS unannounced,
    round(avg(failed::INT), 3)                                              AS change_failure_rate,
    round(avg(rolled_back::INT), 3)                                         AS rollback_rate,
    median(lead_time_seconds) / 3600                                        AS lead_time_hours,
    median(time_to_restore_seconds) / 60                                    AS time_to_restore_minutes
FROM 'launches.parquet'
WHERE carried_out AND launched_at IS NOT NULL
GROUP BY month
ORDER BY month;

-- Which policies hold launches up most, waived ones too.
SELECT unnest(hurdles) AS policy, count(*) AS launches
FROM 'launches.parquet'
GROUP BY policy
ORDER BY launches DESC, policy;
