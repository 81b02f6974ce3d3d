-- Whether sets for ranks keep their level: fields of 40 units, eight true scores that five
-- units each share, errors 0.2 to 1.2. test/kernel/drawn_sets_test does the like with
-- fewer draws. A minute for 1000 fields: psql -v fields=1000 -f bench/uncertainty/coverage.sql
\set ON_ERROR_STOP on
\if :{?fields}
\else
	\set fields 1000
\endif

SELECT setseed(0.5) \g /dev/null

CREATE TEMP TABLE field AS
SELECT f AS field, format('U%s', 100 + u) AS unit, u / 5 AS truth, u / 5 + se * noise AS estimate, se
FROM generate_series(1, :fields) AS f, generate_series(0, 39) AS u,
	LATERAL (SELECT 0.2 + random() AS se, sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random()) AS noise WHERE f > 0 AND u >= 0) AS e;

-- True ranks, from the best of those that tie to the worst.
CREATE TEMP TABLE true_rank AS
SELECT field, unit, rank() OVER best AS best, 41 - rank() OVER worst AS worst
FROM field
WINDOW best AS (PARTITION BY field ORDER BY truth DESC), worst AS (PARTITION BY field ORDER BY truth);

WITH sets AS MATERIALIZED (
	SELECT field, kind, r.*
	FROM (
		SELECT field, array_agg(unit) AS units, array_agg(estimate) AS estimates, array_agg(se) AS ses
		FROM field
		GROUP BY field
	) AS f, unnest('{marginal,simultaneous}'::text[]) AS kind,
		parindex.rank_confidence(units, estimates, ses, kind => kind, draws => 10000, seed => field) AS r
), covered AS (
	SELECT field, kind, unit, rank_high - rank_low + 1 AS width, rank_low <= best AND rank_high >= worst AS covered
	FROM sets JOIN true_rank USING (field, unit)
)
SELECT kind, count(DISTINCT field) AS fields, round(avg(width), 1) AS mean_width,
	round(avg(covered::int), 4) AS units_covered,
	round((SELECT avg(whole::int) FROM (SELECT bool_and(covered) AS whole FROM covered AS c WHERE c.kind = covered.kind GROUP BY field) AS w), 4) AS fields_covered
FROM covered
GROUP BY kind
ORDER BY kind;
