-- What a bulk load of assessments costs: COPY into the staging table, check_load,
-- apply_load, and, beside it, the same rows read from the same text and written
-- to a table of the same columns, keys and foreign keys without triggers. In an
-- empty database, 100 rows an agency:
--
--   psql -v agencies=10000 -f bench/model_load.sql
\set ON_ERROR_STOP on
\if :{?agencies}
\else
	\set agencies 10000
\endif
\set QUIET on
\pset tuples_only on
\pset format unaligned

CREATE EXTENSION IF NOT EXISTS parindex;
CALL parindex.create_schema('load');
SET search_path = load, public;

INSERT INTO agency_group (code, name_vi, name_en) VALUES ('all', 'Tất cả', 'All');
INSERT INTO agency (group_id, code, name_vi, name_en)
SELECT 1, 'A' || i, 'Cơ quan ' || i, 'Agency ' || i FROM generate_series(1, :agencies) AS i;
INSERT INTO index_programme (code, name_vi, name_en) VALUES ('par', 'Cải cách hành chính', 'Administrative reform');
INSERT INTO criteria_set (programme_id, code, name_vi, name_en) VALUES (1, 'set', 'Bộ tiêu chí', 'Criteria');
INSERT INTO criterion (set_id, code, name_vi, name_en, sort_order, max_points, rule, source, stable_key)
SELECT 1, 'c' || i, 'Tiêu chí', 'Criterion', i, 1, CASE i % 2 WHEN 0 THEN 'points, max 1' ELSE '>0.5: 1, else 0' END, 'record', 'c' || i
FROM generate_series(1, 100) AS i;
INSERT INTO assessment_round (programme_id, code, name_vi, name_en, year, year_label)
VALUES (1, 'r', 'Năm 2024', 'Year 2024', 2024, '2024');
INSERT INTO round_track (round_id, programme_id, group_id, set_id) VALUES (1, 1, 1, 1);
INSERT INTO participation (track_id, agency_id, round_id) SELECT 1, agency_id, 1 FROM agency;
SELECT advance_round(1) AS stage
\gset
VACUUM ANALYZE;

CREATE TEMP VIEW file AS
SELECT 'r' AS round_code, 'A' || a AS agency_code, 'c' || c AS criterion_code,
	((a * 7919 + c * 104729) % 1000 / 1000.0)::numeric(4,3) AS measured
FROM generate_series(1, :agencies) AS a
CROSS JOIN generate_series(1, 100) AS c;
\copy (SELECT * FROM file) TO 'model_load.csv' (FORMAT csv)

\echo COPY into assessment_load
\timing on
\copy assessment_load (round_code, agency_code, criterion_code, measured) FROM 'model_load.csv' (FORMAT csv)
\timing off
\! rm model_load.csv

CREATE TABLE plain (LIKE assessment INCLUDING ALL,
	FOREIGN KEY (track_id, agency_id) REFERENCES participation (track_id, agency_id),
	FOREIGN KEY (track_id, set_id) REFERENCES round_track (track_id, set_id),
	FOREIGN KEY (set_id, criterion_id) REFERENCES criterion (set_id, criterion_id));
\echo the same rows without triggers
\timing on
INSERT INTO plain (track_id, agency_id, criterion_id, set_id, measured)
SELECT p.track_id, a.agency_id, c.criterion_id, c.set_id, l.measured::numeric
FROM assessment_load AS l
JOIN assessment_round AS r ON r.code = l.round_code
JOIN agency AS a ON a.code = l.agency_code
JOIN participation AS p ON p.round_id = r.round_id AND p.agency_id = a.agency_id
JOIN round_track AS t ON t.track_id = p.track_id
JOIN criterion AS c ON c.set_id = t.set_id AND c.code = l.criterion_code;
\timing off
\echo check_load: errors
\timing on
SELECT count(*) FROM check_load();
\timing off
\echo apply_load: rows
\timing on
SELECT apply_load();
\timing off
SELECT 'assessments: ' || count(*) FROM assessment;
