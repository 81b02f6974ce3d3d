-- How nodes combine besides means: products, turned scales, children left out, zeros.
CREATE SCHEMA test_nodes;
SET search_path = test_nodes, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set helpers :abs_srcdir '/helpers.sql'
\i :helpers

CREATE FUNCTION root(framework framework, VARIADIC scores float8[]) RETURNS float8 LANGUAGE sql
	RETURN (SELECT score FROM index_scores((SELECT score_matrix_agg('u', 'c' || i, s) FROM unnest(scores) WITH ORDINALITY AS x (s, i)), framework) WHERE depth = 0);

-- A geometric or harmonic mean with a 0 is 0 where asked; a product is so of itself.
SELECT root('i [method geometric, zeros zero] {c1, c2}', 0, 9) AS geometric, root('i [method harmonic, zeros zero] {c1, c2}', 0, 9) AS harmonic,
	root('i [method geometric, zeros zero] {c1, c2}', 4, 9) AS others, root('i [method product] {c1, c2}', 0, 9) AS product;
-- FEMA's National Risk Index: loss x vulnerability / resilience.
SELECT root('i [method product] {c1, c2, c3: -1}', 10, 40, 50) AS risk, root('i [method product] {c1: 2, c2: 0.5}', 3, 16) AS powers, root('i [method product] {c1, c2: 0}', 3, 16) AS one;
-- INFORM Risk 2020, natural hazards of Afghanistan: 6.5.
SELECT round(root('i [method turned_geometric, scale 10] {c1, c2, c3, c4, c5, c6}', 9.7, 7.2, 0, 0, 7.9, 6.9)::numeric, 1) AS turned;
-- The best of a gradebook; without the best and the worst judge; a pillar of which less is better.
SELECT root('i [best 5] {c1, c2, c3, c4, c5, c6}', 1, 1, 1, 1, 1, 0) AS best, root('i [trim 1] {c1, c2, c3, c4, c5}', 9, 1, 5, 7, 3) AS trimmed,
	root('i [best 3, method min] {c1, c2, c3, c4, c5}', 9, 1, 5, 7, 3) AS third, root('i [best 9] {c1, c2}', 1, 3) AS fewer, root('i [trim 1] {c1, c2}', 1, 3) AS none,
	root('i {A [direction -1, scale 100] {c1, c2}, c3}', 10, 30, 60) AS turned;
SELECT index_percent(index_points_agg(f, c, p), f) AS best
FROM (VALUES ('attendance [best 5] {q1: 1, q2: 1, q3: 1, q4: 1, q5: 1, q6: 1}'::framework)) AS fw (f),
	(VALUES ('q1', 1::numeric), ('q2', 1), ('q3', 1), ('q4', 1), ('q5', 1), ('q6', 0)) AS x (c, p)
GROUP BY f;

-- The aggregate, wide rows and the matrix agree in every bit, with cells missing.
CREATE TABLE asked AS SELECT f::framework FROM unnest(ARRAY[
	'i [method product] {a: 0.5, b: 1.5, c: -1, d: 1}', 'i [method turned_geometric, scale 100] {a: 2, b, c, d}', 'i [best 2] {a: 3, b, c, d}',
	'i [trim 1, missing zero] {a: 3, b, c, d}', 'i [method geometric, zeros zero, missing excuse] {A [direction -1, scale 100] {a, b}, B [best 1] {c, d}}'
]) AS f;
CREATE TABLE long AS SELECT 'u' || i AS unit, c, CASE WHEN hashint4(i * 7 + j) % 5 <> 0 THEN (abs(hashint4(i * 11 + j)) % 1000) / 10.0::float8 + 0.1 END AS v
FROM generate_series(1, 50) AS i, (VALUES ('a', 1), ('b', 2), ('c', 3), ('d', 4)) AS c (c, j);
SELECT count(*) AS units, count(s.score) AS scored, count(*) FILTER (WHERE s.score IS DISTINCT FROM a.score) AS aggregate_differs,
	count(*) FILTER (WHERE s.score IS DISTINCT FROM index_score(fit, f, a.v)) AS rows_differ
FROM asked, LATERAL (SELECT score_matrix_agg(unit, c, v) AS m FROM long) AS m, LATERAL (SELECT fit(m, f, '') AS fit) AS fit, index_scores(m, f) AS s,
	LATERAL (SELECT index_score(index_scores_agg(f, c, v), f) AS score, array_agg(v ORDER BY c) AS v FROM long WHERE unit = s.unit) AS a
WHERE s.depth = 0;

-- Text and binary forms; what a later version said alone changes the binary form.
SELECT f, f::text::framework = f AS same, get_byte(framework_send(f), 0) AS version FROM asked UNION ALL SELECT 'i {a}', true, get_byte(framework_send('i {a}'), 0);

SELECT text, error_of(format('SELECT %L::framework', text))
FROM unnest(ARRAY[
	'i [method turned_geometric] {a}', 'i {A [direction -1] {a}, b}', 'i [method power, power 2, direction -1] {a}', 'i {a: -1, b}', 'i [scale 10] {a}', 'i [zeros zero] {a}',
	'i [zeros one] {a}', 'i [best 0] {a}', 'i [best 2, trim 1] {a}', 'i [trim 200] {a}', 'i [method product] {a: 0, b: 0}'
]) AS text;
SELECT error_of($$SELECT test_nodes.root('i [method geometric] {c1, c2}', 0, 9)$$), error_of($$SELECT test_nodes.root('i [method turned_geometric, scale 10] {c1, c2}', 11, 9)$$),
	error_of($$SELECT test_nodes.root('i [method product] {c1, c2: -1}', 1, 0)$$), error_of($$SELECT test_nodes.root('i [method product] {c1, c2}', -1, 2)$$);
SELECT error_of($$SELECT contribution FROM decompose((SELECT score_matrix_agg('u', 'a', 1)), 'i [best 1] {a, b}')$$);
