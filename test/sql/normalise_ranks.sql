-- Normalisation by places and shares, and by other statistics, against hand-made figures.
CREATE SCHEMA test_normalise_ranks;
SET search_path = test_normalise_ranks, parindex;

CREATE FUNCTION line(matrix score_matrix) RETURNS text LANGUAGE sql
	RETURN (SELECT string_agg(coalesce(round(value::numeric, 4)::float8::text, status), ' ' ORDER BY unit) FROM matrix_cells(matrix));

CREATE TABLE small AS
SELECT score_matrix_agg(u, 'x', v) AS matrix FROM (VALUES ('a', 10::float8), ('b', 20), ('c', 20), ('d', 30)) AS t (u, v);

-- Tied values share the place that is asked for, where less is better too: after the
-- turning. CDC's social vulnerability index ranks income so: 1, 2/3, 2/3, 0.
SELECT method, ties, line(normalise(matrix, 'i {x}', method, 0, 1, ties => ties)) AS more_is_better,
	line(normalise(matrix, 'i {x [direction -1]}', method, 0, 1, ties => ties)) AS less_is_better
FROM small, unnest(ARRAY['rank', 'borda', 'percentile_rank']) AS method, unnest(ARRAY['min', 'max', 'mean']) AS ties;
SELECT bool_and(normalise(matrix, 'i {x [direction -1]}', method, ties => 'min') = normalise(matrix, 'i {x [direction -1]}', method)) AS min_is_the_default
FROM small, unnest(ARRAY['rank', 'borda', 'percentile_rank']) AS method;

-- Shares at or below: cume_dist and Hazen's; of positive values alone.
SELECT method, line(normalise(matrix, 'i {x}', method)) AS more, line(normalise(matrix, 'i {x [direction -1]}', method)) AS less
FROM small, unnest(ARRAY['cume_dist', 'hazen']) AS method;
SELECT bool_and(c.value = w.share) AS as_the_window_function
FROM (SELECT score_matrix_agg(i::text, 'x', hashint4(i) % 50) AS matrix FROM generate_series(1, 500) AS i) AS m,
	matrix_cells(normalise(matrix, 'i {x}', 'cume_dist')) AS c
JOIN (SELECT i::text AS unit, cume_dist() OVER (ORDER BY hashint4(i) % 50) * 100 AS share FROM generate_series(1, 500) AS i) AS w USING (unit);
SELECT line(normalise(score_matrix_agg(u, 'x', v), 'i {x}', 'positive_percentile'))
FROM (VALUES ('a', 0::float8), ('b', 2), ('c', 2), ('d', 9), ('e', -1), ('f', NULL)) AS t (u, v);

-- Ranks of the indices of deprivation: -23 ln(1 - r (1 - e^(-100/23))).
SELECT line(normalise(score_matrix_agg(i::text, 'x', i), 'i {x}', 'exponential_rank')) AS by_23,
	line(run_pipeline(score_matrix_agg(i::text, 'x', i), 'i {x}', 'normalise exponential_rank 50')) AS by_50
FROM generate_series(1, 4) AS i;
SELECT max(abs(c.value - w.x)) < 1e-12 AS near
FROM (SELECT score_matrix_agg(i::text, 'x', i) AS matrix FROM generate_series(1, 300) AS i) AS m,
	matrix_cells(normalise(matrix, 'i {x}', 'exponential_rank')) AS c
JOIN (SELECT i::text AS unit, -23 * ln(1 - i / 300.0::float8 * (1 - exp(-100.0::float8 / 23))) AS x FROM generate_series(1, 300) AS i) AS w USING (unit);

-- Other statistics; 2 4 4 10: mean 5, population deviation 3, sample deviation sqrt 12, median 4, deviations 2 0 0 6.
CREATE TABLE other AS
SELECT score_matrix_agg(u, 'x', v) AS matrix FROM (VALUES ('a', 2::float8), ('b', 4), ('c', 4), ('d', 10)) AS t (u, v);
SELECT p, line(run_pipeline(matrix, 'i {x}', p::pipeline)) AS more, CASE WHEN p !~ 'sum|mean$' THEN line(run_pipeline(matrix, 'i {x [direction -1]}', p::pipeline)) END AS less
FROM other, unnest(ARRAY[
	'normalise range_plus_one', 'normalise share_of_sum', 'normalise percent_of_mean', 'normalise robust_zscore', 'normalise robust_zscore 50 10',
	'normalise quantile_range 0.25 0.75', 'normalise quantile_range 0.25 0.75 held', 'normalise sigmoid to 0 1', 'normalise sigmoid 2 4 to 0 1',
	'normalise zscore 10 2', 'normalise mazziotta_pareto', 'normalise adjusted_mazziotta_pareto', 'normalise adjusted_mazziotta_pareto reference d',
	'normalise distance_to_target target 8', 'normalise distance_to_target target 8 held']) AS p;

-- A mark at or below the worst value makes no scale.
SELECT line(normalise(matrix, 'i {x}', 'distance_to_reference', reference_unit => 'a', constant => 'mid')) FROM other;
SELECT normalise(matrix, 'i {x}', 'distance_to_reference', reference_unit => 'a') FROM other;
SELECT normalise(matrix, 'i {x}', 'distance_to_target', target => 1) FROM other;

-- Refused.
SELECT normalise(matrix, 'i {x}', 'zscore', 10, 20) FROM other;
SELECT normalise(matrix, 'i {x [direction -1]}', 'share_of_sum') FROM other;
SELECT normalise(matrix, 'i {x}', 'rank', ties => 'average') FROM other;
SELECT run_pipeline(matrix, 'i {x}', 'normalise exponential_rank 0') FROM other;
SELECT run_pipeline(matrix, 'i {x}', 'normalise quantile_range 0.9 0.1') FROM other;
SELECT run_pipeline(matrix, 'i {x}', 'normalise zscore 0 0') FROM other;
SELECT normalise(score_matrix_agg(u, 'x', v), 'i {x}', 'share_of_sum') FROM (VALUES ('a', -2::float8), ('b', 1)) AS t (u, v);

-- Learned and applied row by row: the same bits, for values of the set and others.
SELECT p, bool_and(c.value IS NOT DISTINCT FROM fitted_score(f, 'x', v)) AS same, fitted_score(f, 'x', 1.5) AS low, fitted_score(f, 'x', 5) AS between, fitted_score(f, 'x', 11) AS high,
	f::text::fitted_pipeline = f AS text, fit_agg(p::pipeline, 'i {x}'::framework, 'x', v) = f AS from_rows
FROM (SELECT matrix, p, fit(matrix, 'i {x}', p::pipeline) AS f FROM other, unnest(ARRAY['normalise rank ties mean', 'normalise percentile_rank ties max', 'normalise cume_dist', 'normalise hazen',
	'normalise positive_percentile', 'normalise exponential_rank', 'normalise sigmoid', 'normalise robust_zscore', 'normalise range_plus_one', 'normalise mazziotta_pareto']) AS p) AS q,
	(VALUES ('a', 2::float8), ('b', 4), ('c', 4), ('d', 10)) AS t (u, v), matrix_cells(run_pipeline(matrix, 'i {x}', p::pipeline)) AS c
WHERE c.unit = u
GROUP BY p, f ORDER BY p;
