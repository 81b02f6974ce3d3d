-- The type survey_design: made by rows in any order, by workers; its forms,
-- its order, and what is refused.
SET client_min_messages = warning;
CREATE SCHEMA test_survey_design;
SET search_path = test_survey_design, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set helpers :abs_srcdir '/helpers.sql'
\i :helpers

CREATE TABLE psu AS
SELECT h AS stratum, 3 + h % 5 AS psus_sampled, CASE WHEN h % 3 <> 0 THEN 20 + h END AS psus_population,
	100 * h + i AS psu, 2 + i AS ssus_sampled, CASE WHEN i <> 2 THEN 30 + i END AS ssus_population
FROM generate_series(1, 40) AS h, generate_series(1, 3 + h % 5) AS i;

SELECT survey_design_agg(stratum, psus_sampled, psus_population) AS one_stage,
	survey_design_agg('H ' || stratum, psus_sampled, psus_population) AS by_text
FROM psu WHERE stratum <= 3;
SELECT survey_design_agg(stratum, psus_sampled, psus_population, psu, ssus_sampled, ssus_population) AS two_stages,
	survey_design_agg('H' || stratum, psus_sampled, psus_population, 'P "' || psu || '"', ssus_sampled, ssus_population) AS by_text
FROM psu WHERE stratum IN (1, 5);

-- Rows in any order, repeated, by workers: the same bytes, in any form
CREATE TABLE design AS
SELECT survey_design_agg(stratum, psus_sampled, psus_population) AS one, survey_design_agg(stratum::text, psus_sampled, psus_population) AS one_text,
	survey_design_agg(stratum, psus_sampled, psus_population, psu, ssus_sampled, ssus_population) AS two,
	survey_design_agg(stratum::text, psus_sampled, psus_population, psu::text, ssus_sampled, ssus_population) AS two_text
FROM psu;
CREATE TABLE copies AS SELECT * FROM design;
DO $$
BEGIN
	FOR seed IN 1..10 LOOP
		PERFORM setseed(seed / 10.0);
		INSERT INTO copies
		SELECT survey_design_agg(stratum, psus_sampled, psus_population), survey_design_agg(stratum::text, psus_sampled, psus_population),
			survey_design_agg(stratum, psus_sampled, psus_population, psu, ssus_sampled, ssus_population),
			survey_design_agg(stratum::text, psus_sampled, psus_population, psu::text, ssus_sampled, ssus_population)
		FROM (SELECT psu.* FROM psu CROSS JOIN generate_series(1, 2) AS twice WHERE twice = 1 OR random() < 0.5 ORDER BY random()) AS p;
	END LOOP;
END $$;
ALTER TABLE psu SET (parallel_workers = 2);
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
EXPLAIN (COSTS OFF) SELECT survey_design_agg(stratum, psus_sampled, psus_population) FROM psu;
CREATE TABLE by_workers AS
SELECT survey_design_agg(stratum, psus_sampled, psus_population) AS one, survey_design_agg(stratum::text, psus_sampled, psus_population) AS one_text,
	survey_design_agg(stratum, psus_sampled, psus_population, psu, ssus_sampled, ssus_population) AS two,
	survey_design_agg(stratum::text, psus_sampled, psus_population, psu::text, ssus_sampled, ssus_population) AS two_text
FROM psu;
INSERT INTO copies SELECT * FROM by_workers;
INSERT INTO copies SELECT one::text::survey_design, one_text::text::survey_design, two::text::survey_design, two_text::text::survey_design FROM design;
SELECT current_setting('data_directory') || '/test_survey_design.bin' AS file \gset
COPY design TO :'file' (FORMAT binary);
COPY copies FROM :'file' (FORMAT binary);
SELECT count(*), count(DISTINCT one) AS one, count(DISTINCT survey_design_send(one_text)) AS one_text,
	count(DISTINCT two) AS two, count(DISTINCT two_text::text) AS two_text, count(DISTINCT pg_column_size(two_text)) AS sizes
FROM copies;
SELECT survey_design_agg(stratum, psus_sampled, psus_population) AS of_no_rows FROM psu WHERE false;

-- Degrees of freedom
SELECT svy_df(one) = df AND svy_df(one_text) = df AND svy_df(two) = df AND svy_df(two_text) = df AS df
FROM design, (SELECT count(*) - count(DISTINCT stratum) AS df FROM psu) AS p;

-- Equality and order
SELECT bool_and((a.d = b.d) = (survey_design_cmp(a.d, b.d) = 0)) AS eq,
	bool_and((a.d <> b.d) = (survey_design_cmp(a.d, b.d) <> 0)) AS ne,
	bool_and((a.d < b.d) = (survey_design_cmp(a.d, b.d) < 0)) AS lt,
	bool_and((a.d <= b.d) = (survey_design_cmp(a.d, b.d) <= 0)) AS le,
	bool_and((a.d > b.d) = (survey_design_cmp(a.d, b.d) > 0)) AS gt,
	bool_and((a.d >= b.d) = (survey_design_cmp(a.d, b.d) >= 0)) AS ge,
	bool_and(survey_design_hash(a.d) = survey_design_hash(b.d)) FILTER (WHERE a.d = b.d) AS hash,
	bool_and(survey_design_hash_extended(a.d, 7) = survey_design_hash_extended(b.d, 7)) FILTER (WHERE a.d = b.d) AS hash_extended,
	count(*) FILTER (WHERE a.d = b.d) AS equal_pairs
FROM (SELECT unnest(ARRAY[one, two, one_text]) AS d FROM design) AS a, (SELECT unnest(ARRAY[one, two, two_text]) AS d FROM by_workers) AS b;
SELECT count(*) AS hash_groups FROM (SELECT two FROM copies GROUP BY two) AS g;
CREATE INDEX ON copies USING hash (one);

-- What is refused
\pset format unaligned
SELECT call, error_of('SELECT ' || call) AS error
FROM (VALUES
	('survey_design_agg(NULL::bigint, 1, 1)'), ('survey_design_agg(NULL::text, 1, 1)'), ('survey_design_agg(7, NULL, 1)'), ('survey_design_agg(7, 0, 1)'),
	('survey_design_agg(7, 2, 1)'), ('survey_design_agg(7, 2, 0)'), ('survey_design_agg(''A'', -1, NULL)'),
	('survey_design_agg(7, 5, n) FROM (VALUES (40), (41)) AS v (n)'), ('survey_design_agg(''A'', 5, n) FROM (VALUES (40), (NULL)) AS v (n)'),
	('survey_design_agg(7, 5, 40, NULL, 1, 1)'), ('survey_design_agg(7, 5, 40, 701, NULL, 1)'), ('survey_design_agg(7, 5, 40, 701, 3, 2)'),
	('survey_design_agg(7, 5, n, n, 3, 9) FROM (VALUES (40), (41)) AS v (n)'), ('survey_design_agg(7, 5, 40, 701, n, 9) FROM (VALUES (4), (5)) AS v (n)'),
	('survey_design_agg(7, 1, 40, n, 3, 9) FROM (VALUES (40), (41)) AS v (n)'),
	('survey_design_add(NULL, 1, 1, 1)'), ('survey_design_merge(one, two) FROM design')
) AS v (call);
SELECT input, error_of(format('SELECT %L::survey_design', input)) AS error
FROM (VALUES
	(''), ('v2 {1: 5}'), ('v1 {}'), ('v1 {1: 5'), ('v1 {1: 5} x'), ('v1 {1: 0}'), ('v1 {1: 5 of 4}'), ('v1 {1: 5; 1: 6}'), ('v1 {1: 5; "a": 6}'),
	('v1 {1/2/3: 5}'), ('v1 {1/2: 5}'), ('v1 {1/2: 5, 3; 1/3: 6, 3}'), ('v1 {2: 5 of 7; 1: 4; 2: 5 of 7}'), ('v1 {"a/b"/"c": 5 of 6, 3 of 4}')
) AS v (input);
\pset format aligned

-- Degrees of freedom beyond bigint.
SELECT svy_df(survey_design_agg(i::bigint, 9223372036854775807, NULL)) FROM generate_series(1, 1) AS i;
SELECT svy_df(survey_design_agg(i::bigint, 9223372036854775807, NULL)) FROM generate_series(1, 4) AS i;
