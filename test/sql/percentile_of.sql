-- percentile_of(value, reference, ties): where a value would stand among others.
CREATE SCHEMA test_percentile_of;
SET search_path = test_percentile_of, parindex;
SET client_min_messages = warning;

SELECT value,
	   percentile_of(value, ARRAY[10, 20, 20, 30, 50]::float8[]) AS by_max,
	   percentile_of(value, ARRAY[10, 20, 20, 30, 50]::float8[], 'min') AS by_min,
	   percentile_of(value, ARRAY[10, 20, 20, 30, 50]::float8[], 'mid') AS by_mid
FROM unnest(ARRAY['-Infinity', 5, 10, 15, 20, 25, 30, 50, 60, 'Infinity']::float8[]) AS value;

-- A member stands where the percentile of its own set has it.
SELECT setseed(0.6);
CREATE TEMP TABLE reference AS
SELECT set_id, floor(random() * 30)::float8 / 4 AS x
FROM generate_series(2, 40) AS set_id, generate_series(1, set_id) AS i;

SELECT bool_and(percentile_of(x, all_x) = 100.0::float8 * (at_most - 1) / (n - 1)
				AND percentile_of(x, all_x, 'max') = percentile_of(x, all_x)
				AND percentile_of(x, all_x, 'min') = 100.0::float8 * below / (n - 1)
				AND percentile_of(x, all_x, 'mid') = 100.0::float8 * (at_most - 1 + below) / (2 * (n - 1))
				AND percentile_of(x::numeric, all_x::numeric[]) = percentile_of(x, all_x)
				AND percentile_of(x::numeric, all_x::numeric[], 'min') = percentile_of(x, all_x, 'min')
				AND percentile_of(x::numeric, all_x::numeric[], 'mid') = percentile_of(x, all_x, 'mid')) AS member_right,
	   count(*) AS members
FROM reference AS r
JOIN (SELECT set_id, array_agg(x ORDER BY random()) AS all_x, count(*) AS n FROM reference GROUP BY set_id) AS s USING (set_id),
	 LATERAL (SELECT count(*) FILTER (WHERE other <= x), count(*) FILTER (WHERE other < x) FROM unnest(all_x) AS other) AS c (at_most, below);

-- Within 0 to 100, never falling as the value rises, min and max around mid.
SELECT bool_and(p BETWEEN 0 AND 100) AS in_range,
	   bool_and(p >= previous OR previous IS NULL) AS monotone,
	   bool_and(mid = (high + low) / 2) AS mid_between
FROM (
	SELECT p, lag(p) OVER (PARTITION BY set_id, ties ORDER BY value) AS previous, high, low, mid
	FROM (SELECT set_id, array_agg(x) AS all_x FROM reference GROUP BY set_id HAVING count(*) IN (2, 3, 5, 9, 17, 33)) AS s,
		 generate_series(-8, 40) AS i,
		 LATERAL (SELECT i / 4.5::float8) AS v (value),
		 unnest(ARRAY['max', 'min', 'mid']) AS ties,
		 LATERAL (SELECT percentile_of(value, all_x, ties), percentile_of(value, all_x, 'max'),
						 percentile_of(value, all_x, 'min'), percentile_of(value, all_x, 'mid')) AS q (p, high, low, mid)
) AS walked;

-- NULL and NaN elements do not count; dimensions do not matter.
SELECT percentile_of(2, ARRAY[NULL, 1, 'NaN', 2, NULL, 3]::float8[]) AS float8,
	   percentile_of(2, ARRAY[NULL, 1, 'NaN', 2, NULL, 3]::numeric[]) AS numeric,
	   percentile_of(2, ARRAY[[1, 2], [3, NULL]]::float8[]) AS two_dimensions;

-- No answer: fewer than two values, no value.
SELECT percentile_of(1, ARRAY[]::float8[]) IS NULL AS none,
	   percentile_of(1, ARRAY[1]::float8[]) IS NULL AS one,
	   percentile_of(1, ARRAY[1, NULL, 'NaN']::numeric[]) IS NULL AS one_and_missing,
	   percentile_of(NULL, ARRAY[1, 2]::float8[]) IS NULL AS no_value,
	   percentile_of('NaN', ARRAY[1, 2]::float8[]) IS NULL AS nan,
	   percentile_of('NaN', ARRAY[1, 2]::numeric[]) IS NULL AS numeric_nan,
	   percentile_of(1, NULL::float8[]) IS NULL AS no_reference;

-- All the same; infinities; -0 is 0.
SELECT percentile_of(5, ARRAY[5, 5, 5]::float8[]) AS by_max,
	   percentile_of(5, ARRAY[5, 5, 5]::float8[], 'min') AS by_min,
	   percentile_of(5, ARRAY[5, 5, 5]::float8[], 'mid') AS by_mid;
SELECT percentile_of('Infinity', ARRAY['-Infinity', 1, 'Infinity']::float8[]) AS highest,
	   percentile_of('-Infinity', ARRAY['-Infinity', 1, 'Infinity']::numeric[]) AS lowest,
	   percentile_of('-0', ARRAY[-1, 0, 1]::float8[]) AS zero;

-- Decimals compare exactly; a float8 sum may miss its decimal.
SELECT percentile_of(0.1 + 0.2, ARRAY[0.3, 0.30, 0.4]::numeric[], 'min') AS numeric,
	   percentile_of(0.1::float8 + 0.2::float8, ARRAY[0.3, 0.3, 0.4]::float8[], 'min') AS float8;

-- An unknown rule.
SELECT percentile_of(1, ARRAY[1, 2]::float8[], 'average');
SELECT percentile_of(1, ARRAY[1, 2]::numeric[], 'MAX');
