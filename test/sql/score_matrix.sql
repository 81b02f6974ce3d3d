-- The type score_matrix: forms, equality, and the aggregates that make it.
CREATE SCHEMA test_score_matrix;
SET search_path = test_score_matrix, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set helpers :abs_srcdir '/helpers.sql'
\i :helpers

-- Text: names that CSV must quote, no group beside an empty one, all statuses.
CREATE TEMP TABLE odd AS
SELECT score_matrix_agg(unit, code, value, unit_group, period, status) AS m
FROM (VALUES
	('A,1', 'D10', 0.1::float8, 'x"y', 2023, NULL),
	('A,1', 'D9', -0.0, 'x"y', 2023, 'observed'),
	('A,1', 'D9', NULL, '', 2024, 'not_applicable'),
	(' b', 'D9', 1e-300, NULL, 2024, NULL),
	('', E'two\nlines', 5e-324, NULL, -7, NULL),
	('Sở Y tế', 'D9', NULL, 'n/a', 2024, 'missing')
) AS cell(unit, code, value, unit_group, period, status);

SELECT m FROM odd;

SELECT
	m::text::score_matrix = m AS text_round_trip,
	score_matrix_send(m::text::score_matrix) = score_matrix_send(m) AS equal_bytes,
	replace(m::text, E'\n', E'\r\n')::score_matrix <> m AS other_line_ends_differ_in_a_name
FROM odd;

SELECT unit, code, period, value, status, unit_group FROM odd, matrix_cells(m) WHERE status <> 'missing';
SELECT unit, unit_group, period FROM odd, matrix_units(m);
SELECT matrix_codes(m) FROM odd;

-- Reading accepts any order of rows and columns; matrices may be empty.
SELECT E'v1 rows=2 columns=2\nunit,D2,D1\nb,4,3\na,2,1'::score_matrix
	= E'v1 rows=2 columns=2\nunit,D1,D2\na,1,2\nb,3,4\n'::score_matrix AS any_order;
SELECT E'v1 rows=0 columns=0\nunit'::score_matrix;
SELECT E'v1 rows=1 columns=0 groups\nunit,group\na,'::score_matrix;
SELECT count(*) FROM matrix_cells(E'v1 rows=0 columns=1\nunit,D1');
SELECT matrix_codes(E'v1 rows=0 columns=0\nunit');

-- Malformed text.
\set VERBOSITY terse
SELECT ''::score_matrix;
SELECT 'v2 rows=0 columns=0'::score_matrix;
SELECT 'v1 rows=-1 columns=0'::score_matrix;
SELECT 'v1 rows=99999999999 columns=0'::score_matrix;
\set VERBOSITY default
SELECT E'v1 rows=1 columns=1\nunit,D1'::score_matrix;
SELECT E'v1 rows=1 columns=1\nunit,D1\na,1,2'::score_matrix;
SELECT E'v1 rows=1 columns=1\nunit,D1\na'::score_matrix;
SELECT E'v1 rows=1 columns=1\nunit,D1\na,1\nb,1'::score_matrix;
SELECT E'v1 rows=1 columns=1\nunit,D1\na,1x'::score_matrix;
SELECT E'v1 rows=1 columns=1\nunit,D1\na,Infinity'::score_matrix;
SELECT E'v1 rows=1 columns=1\nunit,D1\n"a,1'::score_matrix;
SELECT E'v1 rows=1 columns=1\nunit,D1\n"a"b,1'::score_matrix;
SELECT E'v1 rows=1 columns=1\ngroup,D1\na,1'::score_matrix;
SELECT E'v1 rows=1 columns=2\nunit,D1,D1\na,1,2'::score_matrix;
SELECT E'v1 rows=2 columns=1\nunit,D1\na,1\na,2'::score_matrix;
SELECT E'v1 rows=1 columns=1 periods\nunit,period,D1\na,20x,1'::score_matrix;

-- Binary: COPY reads back what it wrote, and refuses whatever is spoilt. Each
-- case sends the bytes as the only field of a COPY stream; what is accepted
-- must be a matrix that reads back the same.
CREATE FUNCTION received(field bytea) RETURNS text LANGUAGE sql
	RETURN outcome(format('SELECT ''accepted'' FROM receive(''score_matrix'', %L)', field));
SELECT received(score_matrix_send(m)) FROM odd;
SELECT received('\x') AS nothing, received('\x02000000000000000000') AS version,
	received('\x01040000000000000000') AS flags,
	received('\x0100ffffffff00000000') AS negative_rows,
	received('\x01007fffffff7fffffff') AS huge,
	received('\x01000000000000000001ffffffff') AS null_code,
	received('\x01000000000000000001000000') AS cut,
	received('\x010000000001000000010000000144000000014103') AS status,
	received('\x010000000001000000010000000144000000014100fff8000000000000') AS nan,
	received('\x0100000000000000000200000001440000000144') AS code_twice,
	received('\x01000000000000000000') AS empty,
	received('\x0100000000000000000000') AS too_long,
	received('\x010000000000000000010000000180') AS bad_encoding \gx

-- Names travel in the client's encoding.
SET client_encoding = 'LATIN1';
SELECT length(score_matrix_send(m)) FROM (SELECT score_matrix_agg(chr(233), 'D1', 1)) AS latin(m);
RESET client_encoding;
SELECT length(score_matrix_send(m)) FROM (SELECT score_matrix_agg(chr(233), 'D1', 1)) AS utf8(m);

\set seed 0.25
SELECT setseed(:seed);
CREATE TEMP TABLE outcome AS
SELECT received(CASE WHEN i % 3 = 0 THEN substr(sent, 1, (random() * length(sent))::int)
	ELSE set_byte(sent, (random() * (length(sent) - 1))::int, (random() * 255)::int) END) AS outcome
FROM (SELECT i, score_matrix_send(m) AS sent FROM odd, generate_series(1, 300) AS i OFFSET 0) AS message;
SELECT outcome = 'accepted' AS accepted, count(*) > 50 AS often FROM outcome
WHERE outcome IN ('accepted', '08P01', '22P03', '22021', '22023') GROUP BY 1 ORDER BY 1;
SELECT outcome FROM outcome WHERE outcome NOT IN ('accepted', '08P01', '22P03', '22021', '22023');

-- The same cells in any order, by any number of workers, give the same bytes.
CREATE TABLE score_matrix_cell AS
SELECT 'unit ' || u AS unit, 'D' || c AS code, 'group ' || u % 5 AS unit_group, p AS period,
	CASE WHEN (u * c + p) % 11 <> 0 THEN sin(u * c + p) END AS value,
	CASE WHEN (u * c + p) % 77 = 0 THEN 'not_applicable' END AS status
FROM generate_series(1, 300) AS u, generate_series(1, 12) AS c, generate_series(2022, 2024) AS p;
ANALYZE score_matrix_cell;
CREATE TEMP TABLE straight AS
SELECT score_matrix_agg(unit, code, value, unit_group, period, status) AS m FROM score_matrix_cell AS cell;

SELECT bool_and(score_matrix_send(shuffled.m) = score_matrix_send(straight.m)
	AND shuffled.m = straight.m) AS any_order
FROM straight, generate_series(1, 5) AS seed
CROSS JOIN LATERAL (
	SELECT score_matrix_agg(unit, code, value, unit_group, period, status
		ORDER BY md5(cell::text || seed)) AS m FROM score_matrix_cell AS cell
) AS shuffled;

ALTER TABLE score_matrix_cell SET (parallel_workers = 3);
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 3;
EXPLAIN (COSTS OFF) SELECT score_matrix_agg(unit, code, value, unit_group, period, status) FROM score_matrix_cell AS cell;
SELECT parallel.m = straight.m AS any_workers
FROM straight, (SELECT score_matrix_agg(unit, code, value, unit_group, period, status) AS m FROM score_matrix_cell AS cell) AS parallel;
SET parallel_leader_participation = off;
SELECT parallel.m = straight.m AS any_workers
FROM straight, (SELECT score_matrix_agg(unit, code, value, unit_group, period, status) AS m FROM score_matrix_cell AS cell) AS parallel;
RESET parallel_leader_participation;
SET max_parallel_workers_per_gather = 0;

-- What matrix_cells() gives makes the same matrix again; it has every cell once.
SELECT
	score_matrix_agg(unit, code, value, unit_group, period, status) = min(m::text)::score_matrix AS cells_round_trip,
	count(*) = count(DISTINCT (unit, code, period))
	AND count(*) = (SELECT count(*) FROM score_matrix_cell AS cell) AS every_cell_once
FROM straight, matrix_cells(m);
SELECT count(*) AS differing
FROM straight, matrix_cells(m) AS c JOIN score_matrix_cell AS cell USING (unit, code, period)
WHERE (c.value, c.unit_group, c.status) IS DISTINCT FROM (cell.value, cell.unit_group,
	coalesce(cell.status, CASE WHEN cell.value IS NULL THEN 'missing' ELSE 'observed' END));

-- By group, over a growing window frame, and from wide rows.
SELECT count(DISTINCT m) AS matrices, sum(units) AS units
FROM (
	SELECT score_matrix_agg(unit, code, value) AS m, count(DISTINCT unit) AS units
	FROM score_matrix_cell AS cell WHERE period = 2024 GROUP BY unit_group
) AS by_group;
SELECT count(*) AS rows, count(DISTINCT running) AS matrices
FROM (
	SELECT score_matrix_agg(unit, code, value) OVER (ORDER BY unit) AS running
	FROM score_matrix_cell AS cell WHERE code = 'D1' AND period = 2024 AND unit < 'unit 2'
) AS frames;
SELECT
	(SELECT score_matrix_agg(unit, "values", unit_group, period)
		FROM (SELECT unit, jsonb_object_agg(code, value) AS "values", unit_group, period
			FROM score_matrix_cell AS cell GROUP BY unit, unit_group, period) AS wide)
	= (SELECT score_matrix_agg(unit, code, value, unit_group, period) FROM score_matrix_cell AS cell) AS wide_is_long;
SELECT score_matrix_agg(unit, "values")
FROM (VALUES
	('a', '{"D1": 1, "D2": null}'::jsonb),
	('b', '{"D3": 2.50}'),
	('c', '{}'),
	('d', NULL)
) AS wide(unit, "values");
SELECT score_matrix_agg(unit, "values", unit_group)
FROM (VALUES ('a', '{"D1": 1}'::jsonb, 'g')) AS wide(unit, "values", unit_group);

-- Numbers of any type; cells never given are missing; no rows, no matrix.
SELECT score_matrix_agg(unit, code, value)
FROM (VALUES ('a', 'D1', 1::numeric), ('b', 'D2', 93.655)) AS cell(unit, code, value);
SELECT score_matrix_agg(unit, 'D1', 7, unit_group)
FROM (VALUES ('a', NULL), ('b', 'g')) AS cell(unit, unit_group);
SELECT score_matrix_agg('a', 'D1', 1) FILTER (WHERE false) IS NULL AS no_rows;
SELECT score_matrix_agg('a', 'D1', 1, NULL) = score_matrix_agg('a', 'D1', 1) AS no_groups,
	score_matrix_agg('a', 'D1', 1, NULL, NULL) = score_matrix_agg('a', 'D1', 1) AS no_periods;

-- Errors name unit and criterion.
SELECT score_matrix_agg(NULL, 'D1', 1);
SELECT score_matrix_agg('a', NULL, 1);
SELECT score_matrix_agg('a', 'D1', 'NaN'::float8);
SELECT score_matrix_agg('a', 'D1', '-Infinity', 'g', 2024);
SELECT score_matrix_agg('a', 'D1', value) FROM (VALUES (1), (2)) AS v(value);
SELECT score_matrix_agg('a', 'D1', value, NULL, 2024) FROM (VALUES (1), (NULL)) AS v(value);
SELECT score_matrix_agg('a', 'D' || i, 1, unit_group) FROM (VALUES (1, 'x'), (2, 'y')) AS v(i, unit_group);
SELECT score_matrix_agg('a', 'D' || i, 1, unit_group) FROM (VALUES (1, 'x'), (2, NULL)) AS v(i, unit_group);
SELECT score_matrix_agg('a', 'D' || i, 1, NULL, period) FROM (VALUES (1, 2024), (2, NULL)) AS v(i, period);
SELECT score_matrix_agg('a', 'D1', NULL, NULL, NULL, 'observed');
SELECT score_matrix_agg('a', 'D1', 1, NULL, NULL, 'missing');
SELECT score_matrix_agg('a', 'D1', 1, NULL, NULL, 'Observed');
SELECT score_matrix_agg('a', '{"D1": "1"}'::jsonb);
SELECT score_matrix_agg('a', '{"D1": [1]}'::jsonb);
SELECT score_matrix_agg('a', '[1]'::jsonb);
SELECT score_matrix_agg('a', '{"D1": 1e400}'::jsonb);

-- A matrix above 1 GB is refused before it is allocated, and so are more
-- cells than there are places for.
SELECT score_matrix_agg(i::text, i::text, 1) FROM generate_series(1, 11000) AS i;
SELECT score_matrix_agg((i % 2)::text, 'D1', 1) FROM generate_series(1, 100000) AS i;

-- Equality and order.
SELECT count(*), count(DISTINCT m) AS distinct_matrices
FROM (SELECT m FROM straight UNION ALL SELECT m FROM straight UNION ALL SELECT m FROM odd) AS matrices;
SELECT score_matrix_hash(m) = score_matrix_hash(m::text::score_matrix)
	AND score_matrix_hash_extended(m, 1) <> score_matrix_hash_extended(m, 2) AS hashes
FROM odd;
-- not by NOT, which the planner makes into the opposite operator
SELECT sign(score_matrix_cmp(a.m, b.m)), count(*),
	bool_and(a.m < b.m) AS lt, bool_and(a.m <= b.m) AS le, bool_and(a.m = b.m) AS eq,
	bool_and(a.m <> b.m) AS ne, bool_and(a.m >= b.m) AS ge, bool_and(a.m > b.m) AS gt
FROM (SELECT m FROM straight UNION ALL SELECT m FROM odd) AS a, (SELECT m FROM straight UNION ALL SELECT m FROM odd) AS b
GROUP BY 1
ORDER BY 1;
SELECT count(*) FROM (SELECT m FROM straight UNION SELECT m FROM odd) AS matrices;
