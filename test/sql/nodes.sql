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
	'i [method owa, order (3, 2, 0)] {a: 2, b, c: 0.5, d}', 'i [method penalised_mean, missing zero] {a: 2, b, c, d}', 'i [round 1 half_even] {A: 2 [veto 30 cap 20, method penalised_mean_plus] {a, b}, B [min_children 2] {c [veto 10 cap 5], d [round 0 half_even]}}',
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

-- Ordered weights: by place, in proportion where there are fewer, with weights of their own.
SELECT root('i [method owa, order (4, 3, 2, 1)] {c1, c2, c3, c4}', 10, 40, 20, 30) AS by_place, root('i [method owa, order (1, 0)] {c1, c2, c3}', 10, 40, 20) AS upper_half,
	root('i [method owa, order (1, 1)] {c1: 2, c2, c3}', 10, 40, 20) AS as_mean, root('i [method owa, order (3, 1)] {c1, c2: 0, c3}', 10, 40, 20) AS two, root('i [method owa, order (2, 1)] {c1}', 7) AS one;
-- The Mazziotta-Pareto index: mean less, or plus, variance over mean.
SELECT root('i [method penalised_mean] {c1, c2, c3}', 90, 100, 125) AS minus, root('i [method penalised_mean_plus] {c1, c2, c3}', 90, 100, 125) AS plus,
	(SELECT round(avg(x) - var_pop(x) / avg(x), 12) FROM unnest(ARRAY[90, 100, 125]) AS x) AS minus_again, root('i [method penalised_mean] {c1, c2}', 100, 100) AS even;
-- Halves to the even digit, of scores and of points.
SELECT root('i [round 1 half_even] {c1}', 0.25) AS even, root('i [round 1] {c1}', 0.25) AS away, root('i [round 1 half_even] {c1}', 0.35) AS odd, root('i [round -2 half_even] {c1}', -1250) AS hundreds,
	root('i [round -2 half_even] {c1}', 1250.01) AS above, root('i [round 0 half_even] {c1}', 1e15 + 0.5) AS large;
SELECT index_percent(index_points_agg(f, 'a', 0.125), f) AS even, index_percent(index_points_agg('i {a: 1 [round 2]}', 'a', 0.125), 'i {a: 1 [round 2]}') AS away,
	index_percent(index_points_agg(f, 'a', -0.135), f) AS odd, index_percent(index_points_agg(f, 'a', 0.1250001), f) AS above
FROM (VALUES ('i {a: 1 [round 2 half_even]}'::framework)) AS fw (f) GROUP BY f;
-- A node of its own value, where it has one; coverage counts it whole.
CREATE TABLE own AS SELECT 'i {A {a, b}, B [own_value first] {c, d}}'::framework AS framework, score_matrix_agg(u, c, v, NULL, NULL, s) AS matrix
FROM (VALUES ('x', 'a', 10.0::float8, 'observed'), ('x', 'b', 20, 'observed'), ('x', 'B', 50, 'observed'), ('y', 'a', 30, 'observed'), ('y', 'c', 20, 'observed'), ('y', 'd', 10, 'observed'),
	('z', 'a', 1, 'observed'), ('z', 'c', 2, 'observed'), ('z', 'B', NULL, 'missing'), ('w', 'a', 8, 'observed'), ('w', 'c', 2, 'observed'), ('w', 'B', NULL, 'not_applicable')) AS t (u, c, v, s);
SELECT unit, code, score, weight_coverage, leaves_observed, children_scored FROM own, index_scores(matrix, framework) WHERE depth <= 1;
SELECT s.unit, s.score = index_score(fit(matrix, framework, ''), framework, x.v) AS rows_same,
	s.score = (SELECT index_score(index_scores_agg(o.framework, c.code, c.value), o.framework) FROM own AS o, matrix_cells(o.matrix) AS c WHERE c.unit = s.unit AND c.value IS NOT NULL GROUP BY o.framework) AS aggregate_same
FROM own, index_scores(matrix, framework) AS s, LATERAL (SELECT array_agg(value ORDER BY array_position(fitted_codes(fit(matrix, framework, '')), code)) AS v FROM matrix_cells(matrix) AS c WHERE c.unit = s.unit) AS x
WHERE depth = 0 AND unit <> 'w';
SELECT error_of($$SELECT * FROM test_nodes.own, decompose(matrix, framework)$$), error_of($$SELECT index_percent(index_points_agg('i {A [own_value first] {a}}', 'a', 1), 'i {A [own_value first] {a}}')$$), error_of($$SELECT 'i {A [own_value first, direction -1, scale 10] {a}}'::framework$$);
-- Rescaled to a mean and a deviation, by n, between bounds, to a maximum.
SELECT rescaling, array_agg(round(score::numeric, 10) ORDER BY unit) AS scores
FROM unnest(ARRAY['zscore', 'zscore 100 10', 'population_zscore', 'population_zscore 100 10', 'minmax', 'minmax 1 10', 'minmax 0 100', 'minmax_100', 'maximum', 'maximum 1']) AS rescaling,
	index_scores((SELECT score_matrix_agg(u, 'a', v) FROM (VALUES ('x', 10.0), ('y', 20), ('z', 40)) AS t (u, v)), format('i [rescale %s] {a}', rescaling)::framework)
WHERE depth = 0 GROUP BY rescaling ORDER BY 1;
SELECT error_of($$SELECT index_scores((SELECT score_matrix_agg('u', 'a', -1)), 'i [rescale maximum] {a}')$$);

-- Settings as rows: all that a text can say, and back. Transforms that a framework declares.
CREATE TABLE said AS SELECT 'i [rescale zscore 100 10] { A: 2 [rescale maximum 10] {a [transform log1p 2], "b b": 0.5 [direction -1, rule "ratio max 10"]}, B [own_value first, rescale minmax 1 10] {c [transform boxcox], d [max 5]},
	C [method owa, order (3, 2, 1), round 2 half_even] {e, f}, D [method penalised_mean, best 3, missing zero] {g}, E [direction -1, scale 100, method power, power 2] {h} }' AS framework;
SELECT error_of(format('SELECT %L::framework', framework)) FROM said;
UPDATE said SET framework = replace(framework, ', method power, power 2', '');
SELECT (framework_settings(framework::framework)).* FROM said;
SELECT framework_agg(code, parent, weight, NULL, settings) = f AS same, f = f::text::framework AS text_same, get_byte(framework_send(f), 0) AS version
FROM (SELECT framework::framework AS f FROM said) AS s, framework_settings(f) GROUP BY f;
SELECT framework_agg(c, p, 1, -1, s) FROM (VALUES ('i', NULL, 'scale 10'), ('a', 'i', 'transform sqrt'), ('b', 'i', ' ')) AS t (c, p, s);
SELECT code, rescale FROM said, framework_nodes(framework::framework) WHERE rescale <> 'none';
CREATE TABLE declared AS SELECT 'i {a [transform log1p 1], b [transform boxcox], c}'::framework AS framework, score_matrix_agg('u' || i, c, i * k) AS matrix
FROM generate_series(1, 9) AS i, (VALUES ('a', 1.0), ('b', 2), ('c', 3)) AS t (c, k);
SELECT run_pipeline(matrix, framework, 'transform as declared') = run_pipeline(matrix, framework, 'transform log1p on (a); transform boxcox on (b)') AS same,
	' transform  as declared on( a )'::pipeline AS text,
	(SELECT bool_and(s.score = index_score(fit(matrix, framework, 'transform as declared; normalise minmax'), framework, ARRAY[i, i * 2, i * 3]::float8[]))
	FROM generate_series(1, 9) AS i JOIN index_scores(matrix, framework, 'transform as declared; normalise minmax') AS s ON s.unit = 'u' || i AND s.depth = 0) AS rows_same
FROM declared;
SELECT text, error_of(format('SELECT %L::framework', text))
FROM unnest(ARRAY[
	'i [method owa] {a}', 'i [order (1, 2)] {a}', 'i [method owa, order (0, 0)] {a}', 'i [method owa, order (1, -1)] {a}', 'i [method owa, order ()] {a}', 'i [rescale zscore 1 0] {a}', 'i [rescale minmax 1 1] {a}',
	'i [rescale minmax 1] {a}', 'i [rescale minmax 10 1] {a}', 'i [rescale maximum -1] {a}', 'i [rescale none 1] {a}', 'i {a [transform log 3]}', 'i {a [transform logs]}', 'i [transform log] {a}', 'i [own_value last] {a}', 'i [round 2 half] {a}'
]) AS text;
SELECT error_of($$SELECT framework_agg(c, p, 1, 1, s) FROM (VALUES ('i', NULL, NULL), ('a', 'i', 'transform')) AS t (c, p, s)$$), error_of($$SELECT framework_agg(c, p, 1, 1, s) FROM (VALUES ('i', NULL, NULL), ('a', 'i', 'max 3] {b}')) AS t (c, p, s)$$),
	error_of($$SELECT test_nodes.root('i [method penalised_mean] {c1}', -3)$$), error_of($$SELECT run_pipeline(matrix, 'i {a, b}', 'transform as declared') FROM test_nodes.declared$$);
SELECT with_method('i [method owa, order (2, 1)] {a, b}', 'min'), error_of($$SELECT with_method('i {a, b}', 'owa')$$);

-- A veto: a score that is too low holds its parent down, on all ways to a score.
SELECT root('i {c1, c2 [veto 40 cap 50]}', 100, 39) AS held, root('i {c1, c2 [veto 40 cap 50]}', 100, 40) AS free, root('i {c1, c2 [veto 40 cap 90]}', 100, 30) AS lower_anyway, 'i {a [veto 40 cap 20], b}'::framework AS text,
	'i {a [veto 40 cap 20], b}'::framework = 'i {a [veto 40 cap 20], b}'::framework::text::framework AS same, get_byte(framework_send('i {a [veto 40 cap 20], b}'), 0) AS version;
SELECT index_score(index_scores_agg(f, c, v), f) AS aggregate, (SELECT index_score(fit(score_matrix_agg('u', c, v), f, ''), f, ARRAY[100, 30]::float8[])) AS "row"
FROM (VALUES ('i {A [veto 80 cap 60] {a, b [veto 40 cap 50]}}'::framework)) AS fw (f), (VALUES ('a', 100.0::float8), ('b', 30)) AS t (c, v) GROUP BY f;
SELECT error_of($$SELECT * FROM decompose((SELECT score_matrix_agg('u', 'a', 1)), 'i {a [veto 1 cap 0], b}')$$), error_of($$SELECT index_percent(index_points_agg('i {a [veto 1 cap 0]}', 'a', 1), 'i {a [veto 1 cap 0]}')$$),
	error_of($$SELECT 'i {a [veto 1]}'::framework$$), error_of($$SELECT 'i {a [veto 1 cap 1e999]}'::framework$$);
-- An only child of weight 0 leaves its parent not applicable.
SELECT code, score, weight_coverage, children_expected FROM index_scores((SELECT score_matrix_agg('u', c, v) FROM (VALUES ('a', 10.0), ('b', 20)) AS t (c, v)), with_weights('i {A {a}, b}', ARRAY['a'], ARRAY[0]));
SELECT * FROM effective_weights('i {A {a: 0}, b}');
SELECT error_of($$SELECT 'i {a: 0}'::framework$$), error_of($$SELECT 'i {A {a: 0, c: 0}, b}'::framework$$);
SELECT error_of($$SELECT with_method('i {a, b}', 'power')$$), with_method('i {a, b}', 'power', power => 2);
