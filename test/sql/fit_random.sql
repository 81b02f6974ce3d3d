-- Random frameworks, pipelines and data: all ways to a score have the same bits,
-- or the same error.
CREATE SCHEMA test_fit_random;
SET search_path = test_fit_random, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set helpers :abs_srcdir '/helpers.sql'
\i :helpers

-- One of the words; the same on every machine for a trial and a place.
CREATE FUNCTION pick(trial int, place bigint, VARIADIC words text[]) RETURNS text LANGUAGE sql
	RETURN words[1 + (hashint8extended(place, trial) & 1048575) % cardinality(words)];

-- A random tree over the codes: a leaf for one, else a node of up to four parts.
CREATE FUNCTION random_tree(trial int, codes text[], place bigint, depth int) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	parts int := least(cardinality(codes), pick(trial, place, '2', '3', '3', '4')::int);
	weight text := pick(trial, place + 1, '', '', ': 1', ': 2', ': 0.1', ': 1e-3', ': 0', ': 7.25');
	settings text;
	children text[] := '{}';
BEGIN
	IF cardinality(codes) = 1 THEN
		RETURN codes[1] || weight || pick(trial, place + 2, '', '', '', ' [direction -1]');
	END IF;
	IF depth = 0 THEN
		weight := '';
	END IF;
	settings := concat_ws(', ',
		nullif(pick(trial, place + 3, '', '', '', 'method geometric', 'method geometric, zeros zero', 'method harmonic, floor 0.5',
			'method power, power 2', 'method power, power -1.5, floor 1', 'method min', 'method max', 'method median', 'method sum', 'method product',
			'method turned_geometric, scale 100', 'method penalised_mean', 'method owa, order (3, 2, 1)', 'best 2', 'trim 1'), ''),
		nullif(pick(trial, place + 4, '', '', 'missing excuse', 'missing zero', 'missing propagate', 'min_children 1', 'min_share 0.5'), ''),
		nullif(pick(trial, place + 5, '', '', '', 'round 1', 'round 0 half_even'), ''),
		CASE WHEN depth > 0 THEN nullif(pick(trial, place + 6, '', '', '', '', 'veto 20 cap 10'), '') END);
	FOR part IN 1 .. parts LOOP
		children := children || random_tree(trial,
			codes[(part - 1) * cardinality(codes) / parts + 1 : part * cardinality(codes) / parts], place * 5 + part * 10, depth + 1);
	END LOOP;
	RETURN format('%s%s%s { %s }', 'n' || place, weight, CASE WHEN settings <> '' THEN format(' [%s]', settings) END,
		array_to_string(children, ', '));
END $$;

CREATE FUNCTION random_pipeline(trial int) RETURNS text LANGUAGE sql
	RETURN concat_ws('; ',
		nullif(pick(trial, -1, '', '', 'impute mean', 'impute median over periods', 'impute group_mean', 'impute group_median', 'impute constant 5'), ''),
		nullif(pick(trial, -2, '', '', '', 'transform log1p 1 on (a, c)', 'transform asinh', 'transform cbrt on (b)', 'transform clip 1 60',
			'transform sqrt on (a)', 'transform boxcox on (d)'), ''),
		nullif(pick(trial, -3, '', '', '', 'treat winsorise 3 then log', 'treat winsorise 1 then log by group', 'treat percentiles 5 95', 'treat fences 1.5'), ''),
		nullif(pick(trial, -4, '', 'normalise minmax', 'normalise minmax 1 100', 'normalise zscore 50 10', 'normalise percentile_rank',
			'normalise percentile_rank ties max', 'normalise rank', 'normalise borda', 'normalise minmax by group', 'normalise zscore by group',
			'normalise scaled 0 90 to 0 100', 'normalise goalposts 5 80 on (a, b)', 'normalise robust_zscore', 'normalise quantile_range 0.1 0.9',
			'normalise cume_dist', 'normalise hazen', 'normalise exponential_rank 23', 'normalise percent_of_mean', 'normalise share_of_sum',
			'normalise range_plus_one', 'normalise sigmoid', 'normalise positive_percentile'), ''));

CREATE TABLE trial AS
SELECT trial, random_tree(trial, ARRAY['a', 'b', 'c', 'd', 'e', 'f', 'g'], 1, 0) AS tree, random_pipeline(trial) AS pipeline
FROM generate_series(1, 800) AS trial;

-- Units with ties, outliers, zeros, and a fifth of the cells missing; every third trial has whole data.
CREATE FUNCTION random_value(trial int, unit int, code text) RETURNS float8 LANGUAGE sql
	RETURN CASE WHEN trial % 3 > 0 AND hashint8extended(unit, trial) % 5 = ascii(code) % 5 THEN NULL
		WHEN (hashint8extended(unit * 100 + ascii(code), trial) & 15) = 0 THEN 1000
		ELSE (hashint8extended(unit * 100 + ascii(code), trial) & 1023) % 97 / CASE WHEN code < 'd' THEN 1 ELSE 7.0 END END;
CREATE TABLE wide AS
SELECT trial, 'u' || u AS unit, 'g' || u % 3 AS unit_group, random_value(trial, u, 'a') AS a, random_value(trial, u, 'b') AS b,
	random_value(trial, u, 'c') AS c, random_value(trial, u, 'd') AS d, random_value(trial, u, 'e') AS e,
	random_value(trial, u, 'f') AS f, random_value(trial, u, 'g') AS g
FROM trial, generate_series(1, 17) AS u;
CREATE TABLE long AS
SELECT trial, unit, unit_group, key AS code, value::float8 AS value
FROM wide AS w, jsonb_each_text(to_jsonb(w) - 'trial' - 'unit' - 'unit_group');
CREATE INDEX ON wide (trial);
CREATE INDEX ON long (trial);
CREATE TABLE field AS
SELECT trial, score_matrix_agg(unit, code, value, unit_group) AS matrix,
	-- some cells that are missing do not apply
	score_matrix_agg(unit, code, value, unit_group, NULL::int,
		CASE WHEN value IS NULL AND hashtext(unit || code) % 2 = 0 THEN 'not_applicable' END) AS excused
FROM long GROUP BY trial;

-- Weights of zero alone make no framework.
CREATE TABLE asked AS
SELECT trial, quote_literal(tree) AS tree, quote_literal(pipeline) AS pipeline
FROM trial
WHERE outcome(format('SELECT %L::framework', tree)) !~ '^[0-9A-Z]{5}$';

-- The units in one order, since the first that is refused is the error.
CREATE TABLE way (way text, query text);
INSERT INTO way VALUES
	('index_scores', 'SELECT string_agg(unit || score::text, '','' ORDER BY unit COLLATE "C") FROM field, index_scores(matrix, %2$s::framework, %3$s::pipeline) WHERE trial = %1$s AND depth = 0'),
	('nested', 'SELECT string_agg(unit || score::text, '','' ORDER BY unit COLLATE "C") FROM field, index_scores(run_pipeline(matrix, %2$s::framework, %3$s::pipeline), %2$s::framework) WHERE trial = %1$s AND depth = 0'),
	('fitted_scores', 'SELECT string_agg(unit || score::text, '','' ORDER BY unit COLLATE "C") FROM field, fitted_scores(matrix, %2$s::framework, fit(matrix, %2$s::framework, %3$s::pipeline)) WHERE trial = %1$s AND depth = 0'),
	('rows', 'SELECT string_agg(unit || index_score(fitted, %2$s::framework, w, unit_group)::text, '','' ORDER BY unit COLLATE "C") FROM (SELECT * FROM wide WHERE trial = %1$s ORDER BY unit COLLATE "C") AS w, (SELECT fit_agg(%3$s::pipeline, %2$s::framework, l, unit_group) AS fitted FROM wide AS l WHERE trial = %1$s) AS q'),
	('arrays', 'SELECT string_agg(unit || index_score(fitted, %2$s::framework, ARRAY[a, b, c, d, e, f, g], unit_group)::text, '','' ORDER BY unit COLLATE "C") FROM (SELECT * FROM wide WHERE trial = %1$s ORDER BY unit COLLATE "C") AS w, (SELECT fit_agg(%3$s::pipeline, %2$s::framework, ARRAY[''a'', ''b'', ''c'', ''d'', ''e'', ''f'', ''g''], ARRAY[a, b, c, d, e, f, g], unit_group) AS fitted FROM wide WHERE trial = %1$s) AS q'),
	('long rows', 'SELECT string_agg(unit || score::text, '','' ORDER BY unit COLLATE "C") FROM field, (SELECT fit_agg(%3$s::pipeline, %2$s::framework, code, value, unit_group) AS fitted FROM long WHERE trial = %1$s) AS q, fitted_scores(matrix, %2$s::framework, fitted) WHERE trial = %1$s AND depth = 0'),
	('aggregate', 'SELECT string_agg(unit || index_score(scores, %2$s::framework)::text, '','' ORDER BY unit COLLATE "C") FROM (SELECT c.unit, index_scores_agg(%2$s::framework, c.code, c.value) AS scores FROM field, matrix_cells(run_pipeline(matrix, %2$s::framework, %3$s::pipeline)) AS c WHERE trial = %1$s GROUP BY c.unit ORDER BY c.unit COLLATE "C") AS s'),
	('excused', 'SELECT string_agg(unit || score::text, '','' ORDER BY unit COLLATE "C") FROM field, index_scores(excused, %2$s::framework, %3$s::pipeline) WHERE trial = %1$s AND depth = 0'),
	('excused, nested', 'SELECT string_agg(unit || score::text, '','' ORDER BY unit COLLATE "C") FROM field, index_scores(run_pipeline(excused, %2$s::framework, %3$s::pipeline), %2$s::framework) WHERE trial = %1$s AND depth = 0'),
	('excused, fitted', 'SELECT string_agg(unit || score::text, '','' ORDER BY unit COLLATE "C") FROM field, fitted_scores(excused, %2$s::framework, fit(excused, %2$s::framework, %3$s::pipeline)) WHERE trial = %1$s AND depth = 0');

CREATE TABLE answer AS
SELECT way, trial, tree, pipeline, outcome(format(query, trial, tree, pipeline)) AS answer FROM asked, way;

SELECT count(*) AS trials, count(*) FILTER (WHERE answer ~ '^[0-9A-Z]{5}$') > 0 AS some_refused, count(*) FILTER (WHERE answer !~ '^[0-9A-Z]{5}$') > 300 AS many_scored
FROM answer WHERE way = 'index_scores';
SELECT b.way, count(*) AS different, min(b.trial)
FROM answer AS a JOIN answer AS b USING (trial)
WHERE a.way = CASE WHEN b.way LIKE 'excused%' THEN 'excused' ELSE 'index_scores' END AND a.answer IS DISTINCT FROM b.answer
GROUP BY b.way ORDER BY b.way COLLATE "C";
