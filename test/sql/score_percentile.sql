-- Nine units under each rule.
SELECT score,
	parindex.score_percentile(score) OVER () AS max,
	parindex.score_percentile(score, 'min') OVER () AS min,
	parindex.score_percentile(score, 'mid') OVER () AS mid,
	parindex.score_percentile(score::numeric) OVER () AS numeric_max
FROM unnest(ARRAY[10, 20, 20, 30, 40, 40, 40, 50, 60, NULL, 'NaN']::float8[]) AS score
ORDER BY score;

-- The definition, on random data with ties and infinities.
SELECT setseed(0.32);
CREATE TEMP TABLE scored AS
SELECT CASE
		WHEN i % 97 = 0 THEN '-Infinity'
		WHEN i % 89 = 0 THEN 'Infinity'
		WHEN i % 83 = 0 THEN NULL
		ELSE round((random() * 40)::numeric, 1)::float8
	END AS score
FROM generate_series(1, 1000) AS i;

SELECT
	bool_and(float8send(p.max) = float8send(100.0::float8 * (c.at_most - 1) / (c.n - 1))) AS max,
	bool_and(float8send(p.min) = float8send(100.0::float8 * c.below / (c.n - 1))) AS min,
	bool_and(float8send(p.mid) = float8send(50.0::float8 * (c.at_most - 1 + c.below) / (c.n - 1))) AS mid,
	bool_and(p.numeric_mid = p.mid) AS numeric_alike,
	max(p.max) AS best,
	min(p.min) AS worst
FROM (
	SELECT score,
		parindex.score_percentile(score) OVER () AS max,
		parindex.score_percentile(score, 'min') OVER () AS min,
		parindex.score_percentile(score, 'mid') OVER () AS mid,
		parindex.score_percentile(score::numeric, 'mid') OVER () AS numeric_mid
	FROM scored
) AS p
CROSS JOIN LATERAL (
	SELECT count(*) FILTER (WHERE s.score <= p.score) AS at_most,
		count(*) FILTER (WHERE s.score < p.score) AS below,
		count(s.score) AS n
	FROM scored AS s
) AS c
WHERE p.score IS NOT NULL;

-- percentile_of() agrees on the members of a set.
SELECT bool_and(window_max = parindex.percentile_of(score, ARRAY(SELECT score FROM scored))
	AND window_mid = parindex.percentile_of(score, ARRAY(SELECT score FROM scored), 'mid')) AS percentile_of_alike
FROM (
	SELECT score,
		parindex.score_percentile(score) OVER () AS window_max,
		parindex.score_percentile(score, 'mid') OVER () AS window_mid
	FROM scored
) AS p
WHERE score IS NOT NULL;

-- One ranked row has no percentile; where all tie, the rules differ most.
SELECT score, parindex.score_percentile(score) OVER () AS lonely
FROM (VALUES (5::float8), (NULL), ('NaN')) AS v(score);
SELECT DISTINCT parindex.score_percentile(5) OVER () AS max,
	parindex.score_percentile(5, 'min') OVER () AS min,
	parindex.score_percentile(5, 'mid') OVER () AS mid
FROM generate_series(1, 4);

SELECT parindex.score_percentile(5, 'dense') OVER ();
SELECT parindex.score_percentile(5, NULL) OVER ();
SELECT parindex.score_percentile(score, ties) OVER () FROM (VALUES (5, 'min'), (6, 'max')) AS v(score, ties);

SET search_path = parindex, public;

-- Shares of all: at or below (cume_dist), and half-way to those below (hazen); of one row, too.
SELECT x, score_percentile(x, 'cume_dist') OVER () = cume_dist() OVER (ORDER BY x) * 100 AS cume_dist, score_percentile(x, 'cume_dist') OVER () AS share,
	score_percentile(x::float8, 'hazen') OVER () AS hazen, percentile_of(x, array_agg(x) OVER (), 'cume_dist') AS of_all, percentile_of(x::float8, ARRAY[10, 20, 20, 30]::float8[], 'hazen') AS of_hazen
FROM unnest(ARRAY[10, 20, 20, 30]::numeric[]) AS x;
SELECT score_percentile(5::float8, 'cume_dist') OVER () AS alone, percentile_of(5::float8, ARRAY[]::float8[], 'cume_dist') AS of_nothing, percentile_of(25::float8, ARRAY[10, 20, 20, 30], 'cume_dist') AS between;

-- As published: sums that differ in the last bit tie at four digits.
SELECT u, score_percentile(s, 'min') OVER () AS by_bits, score_percentile(s, 'min', 4) OVER () AS published, score_percentile(s, digits => 4) OVER () AS by_max,
	score_percentile(s::numeric, 'min', 0) OVER () AS whole, score_group(s, 2, 4) OVER () AS halves, score_group(s::numeric, 2, digits => 0) OVER () AS whole_halves
FROM (VALUES ('a', 0.1::float8 + 0.2), ('b', 0.3), ('c', 0.5)) AS t (u, s);
SELECT score_percentile(1::float8, 'min', 99) OVER ();
