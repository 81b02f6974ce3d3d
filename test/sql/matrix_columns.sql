-- Criteria chosen, left out and joined; units that are numbers.
CREATE SCHEMA test_matrix_columns;
SET search_path = test_matrix_columns, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set helpers :abs_srcdir '/helpers.sql'
\i :helpers

CREATE TABLE field AS SELECT score_matrix_agg(u, c, v, g, p, s) AS matrix
FROM (VALUES ('Hà Nội', 'deaths', 10.0::float8, 'north', 1, NULL), ('Hà Nội', 'births', 100, 'north', 1, NULL), ('Huế', 'deaths', NULL, NULL, 1, 'not_applicable'), ('Huế', 'births', 50, NULL, 1, NULL),
	('Hà Nội', 'deaths', 12, 'north', 2, NULL), ('Hà Nội', 'births', 80, 'north', 2, NULL)) AS t (u, c, v, g, p, s);

-- Denominators done with; what is not applicable stays so.
SELECT normalise(drop_criteria(denominate(matrix, 'deaths', 'births', 100), ARRAY['births']), 'i {deaths [direction -1]}', 'minmax') FROM field;
SELECT select_criteria(matrix, ARRAY['births']) = drop_criteria(matrix, ARRAY['deaths']) AS same, select_criteria(matrix, ARRAY['births', 'deaths']) = matrix AS all, select_criteria(matrix, '{}') AS none FROM field;
SELECT join_matrix(select_criteria(matrix, ARRAY['births']), drop_criteria(matrix, ARRAY['births'])) = matrix AS again,
	join_matrix(matrix, select_criteria(matrix, '{}')) = matrix AS nothing_added, join_matrix(drop_criteria(matrix, ARRAY['births']), select_criteria(matrix, ARRAY['births'])) = matrix AS either_way FROM field;
-- More units, and what one knows of the other's cells.
SELECT join_matrix(a, b) FROM (SELECT score_matrix_agg(u, c, v) FROM (VALUES ('x', 'a', 1.0), ('x', 'b', NULL), ('y', 'a', 2)) AS t (u, c, v)) AS a (a), (SELECT score_matrix_agg(u, c, v) FROM (VALUES ('x', 'b', 5.0), ('z', 'c', 3)) AS t (u, c, v)) AS b (b);
-- Groups of one alone serve both.
SELECT join_matrix(matrix, (SELECT score_matrix_agg(u, 'area', 5, NULL, p) FROM (VALUES ('Huế', 1), ('Hà Nội', 2), ('Đà Nẵng', 2)) AS t (u, p))) FROM field;
SELECT join_matrix((SELECT score_matrix_agg('x', 'a', 1)), (SELECT score_matrix_agg('x', 'b', 1, 'g')));
SELECT query, error_of(query) FROM unnest(ARRAY[
	'SELECT join_matrix(matrix, matrix) FROM test_matrix_columns.field', 'SELECT join_matrix(matrix, (SELECT score_matrix_agg(1, ''a'', 1))) FROM test_matrix_columns.field',
	'SELECT join_matrix(select_criteria(matrix, ARRAY[''births'']), (SELECT score_matrix_agg(''Huế'', ''x'', 1, ''south'', 1))) FROM test_matrix_columns.field',
	'SELECT select_criteria(matrix, ARRAY[''birth'']) FROM test_matrix_columns.field', 'SELECT drop_criteria(matrix, ARRAY[''births'', ''births'']) FROM test_matrix_columns.field', 'SELECT drop_criteria(matrix, ARRAY[NULL]) FROM test_matrix_columns.field'
]) AS query;
SELECT select_criteria(NULL, '{}') IS NULL AND drop_criteria(matrix, NULL) IS NULL AND join_matrix(matrix, NULL) IS NULL AS nulls FROM field;

-- Units by number: the digits.
SELECT score_matrix_agg(id, code, value) = score_matrix_agg(id::text, code, value) AS same, score_matrix_agg(id::bigint * 10000000000, code, value) AS large
FROM (VALUES (1, 'a', 1.0::float8), (-20, 'a', 2), (3, 'a', NULL)) AS t (id, code, value);
SELECT score_matrix_agg(id, to_jsonb(t) - 'id') = score_matrix_agg(id::text, to_jsonb(t) - 'id') AS same FROM (VALUES (1::smallint, 1.0, 2), (2, 3, NULL)) AS t (id, a, b);
SELECT query, error_of(query) FROM unnest(ARRAY[
	'SELECT score_matrix_agg(7, ''a'', ''NaN''::float8)', 'SELECT score_matrix_agg(NULL::int, ''a'', 1)', 'SELECT score_matrix_agg(7, NULL, 1)', 'SELECT score_matrix_agg(7, ''a'', 1, NULL, NULL, ''lost'')',
	'SELECT score_matrix_agg(7, ''{"a": "x"}''::jsonb)', 'SELECT score_matrix_agg(7, ''[1]''::jsonb)', 'SELECT score_matrix_agg(7, ''a'', 1) FROM generate_series(1, 2)'
]) AS query;

-- Growth over periods.
CREATE TABLE panel AS SELECT score_matrix_agg(u, c, v, NULL, y) AS matrix
FROM (VALUES ('a', 'x', 100.0::float8, 2000), ('a', 'x', 110, 2001), ('a', 'x', 121, 2002), ('a', 'y', -5, 2000), ('a', 'y', 5, 2002), ('b', 'x', NULL, 2000), ('b', 'x', 7, 2002), ('c', 'x', 1, 2000), ('c', 'x', 2, 2001), ('c', 'x', 9, 2003), ('c', 'y', NULL, 2000)) AS t (u, c, v, y);
SELECT unit, code, first_period AS "from", last_period AS "to", periods, round(compound::numeric, 12) AS compound, round(relative::numeric, 12) AS relative, change, slope
FROM panel, LATERAL (SELECT unit, code, first_period, last_period, periods, growth AS compound FROM growth(matrix)) AS a JOIN LATERAL (SELECT unit, code, growth AS relative FROM growth(matrix, 'relative')) AS b USING (unit, code)
	JOIN LATERAL (SELECT unit, code, growth AS change FROM growth(matrix, 'change')) AS c USING (unit, code) JOIN LATERAL (SELECT unit, code, growth AS slope FROM growth(matrix, 'slope')) AS d USING (unit, code) ORDER BY 1, 2;
SELECT regr_slope(v, y) AS slope FROM (VALUES (1.0, 2000), (2, 2001), (9, 2003)) AS t (v, y);
SELECT g.* FROM panel, growth(matrix, 'change', 2001, 2002) AS g;
SELECT error_of($$SELECT growth(score_matrix_agg('u', 'a', 1))$$), error_of($$SELECT growth(matrix, 'cagr') FROM test_matrix_columns.panel$$);
SELECT count(*) FROM growth(NULL);
