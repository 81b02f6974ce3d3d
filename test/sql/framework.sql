-- The type framework: text and binary forms, what makes a tree impossible, and
-- changed copies.
CREATE SCHEMA test_framework;
SET search_path = test_framework, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set helpers :abs_srcdir '/helpers.sql'
\i :helpers
\set load :abs_srcdir '/data/composite/load.sql'
\set ECHO none
\i :load
\set ECHO all

-- The text form, in its canonical layout.
SELECT 'PAR[missing zero]{D1:60{a:50[max 50],"b ""x""":10[direction -1,rule ">0.9: 2, >=0.70: 1, else 0"]},
	D2 : 40 [ method geometric, floor 1, min_share 0.66 ] { c10 : 10, c9 : 3e1, "Đ.Lường-1": 1 [round 2] },
	D3: 0.1 [method power, power -2, min_children 1, rescale minmax_100] {e}}'::framework;

CREATE TABLE node (code text, parent text, weight float8, direction int);
INSERT INTO node VALUES
	('PAR', NULL, NULL, NULL),
	('D1', 'PAR', 60, 1), ('a', 'D1', 50, 1), ('b', 'D1', 10, -1),
	('D2', 'PAR', 40, NULL), ('c', 'D2', 10, 1), ('d', 'D2', 30, 1);

-- Equal trees are equal, whatever the order of rows, the layout of the text,
-- and the way in.
CREATE TABLE tree AS
SELECT framework_agg(code, parent, weight, direction) AS fw FROM node;
SELECT
	fw = 'PAR { D2: 40 { d: 30, c: 10 }, D1: 60 { b: 10 [direction -1], a: 50 } }' AS from_text,
	fw::text::framework = fw AS round_trip,
	fw <> 'PAR { D2: 40 { d: 30, c: 10 }, D1: 60 { b: 10, a: 50 } }' AS direction_counts
FROM tree;
SELECT bool_and(again = fw AND again::text = fw::text) AS order_of_rows
FROM tree,
	(SELECT framework_agg(code, parent, weight, direction ORDER BY md5(code || s)) AS again
	 FROM node, generate_series(1, 20) AS s
	 GROUP BY s) AS shuffled;

-- A framework comes back from its own nodes, in the full form.
CREATE TABLE full_tree AS
SELECT 'I [round 2, missing excuse] { a: 2 [method power, power 3, floor 0.5, min_share 0.25, rescale zscore]
	{ a1 [max 7.50], a2: 0 }, b [method sum, missing propagate, min_children 1] { b1 [rule "yes: 3, no: 0"], b2 },
	c: 0.25 [direction -1] }'::framework AS fw;
SELECT framework_agg(code, parent, weight, direction, max_points, method, missing, min_children,
		min_share, round_digits, rescale, power, floor, rule) = (SELECT fw FROM full_tree) AS rebuilt
FROM full_tree, framework_nodes(fw);
SELECT * FROM framework_nodes((SELECT fw FROM full_tree));

-- Settings of how children combine say nothing on a leaf.
SELECT framework_agg(code, parent, weight, direction, NULL, 'geometric', 'zero', 1, 0.5, NULL,
		'none', NULL, 1, NULL)
	= 'PAR [method geometric, missing zero, min_children 1, min_share 0.5, floor 1] {
		D1: 60 [method geometric, missing zero, min_children 1, min_share 0.5, floor 1]
			{ a: 50, b: 10 [direction -1] },
		D2: 40 [method geometric, missing zero, min_children 1, min_share 0.5, floor 1]
			{ c: 10, d: 30 } }' AS leaves_are_plain
FROM node;

-- Order and hash agree with equality; the binary form keeps it.
CREATE TEMP TABLE many AS
SELECT with_weights(fw, '{D1,a}', ARRAY[i, 2]) AS fw FROM tree, generate_series(1, 50) AS i
UNION ALL SELECT fw FROM full_tree
UNION ALL SELECT fw FROM tree;
SELECT count(DISTINCT fw) = 52 AS sorted,
	(SELECT count(*) FROM (SELECT FROM many GROUP BY fw) AS g) = 52 AS hashed,
	(SELECT bool_and(a.fw::text = b.fw::text) FROM many AS a JOIN many AS b ON a.fw = b.fw) AS joined,
	(SELECT bool_and((a.fw < b.fw) <> (a.fw >= b.fw) AND (a.fw <= b.fw) <> (a.fw > b.fw)
			AND framework_cmp(a.fw, b.fw) = -framework_cmp(b.fw, a.fw))
	 FROM many AS a, many AS b) AS ordered
FROM many;
SELECT current_setting('data_directory') || '/test_framework.bin' AS file \gset
CREATE TEMP TABLE received (fw framework);
COPY many TO :'file' (FORMAT binary);
COPY received FROM :'file' (FORMAT binary);
SELECT count(*) AS received, bool_and(many.fw::text = received.fw::text) AS same
FROM received JOIN many USING (fw);

-- Hostile bytes: refused, or a framework that reads back as itself; bits that say
-- nothing are not kept.
SELECT setseed(0.25);
SELECT CASE WHEN outcome LIKE '22%' OR outcome IN ('08P01', '23505') THEN 'refused' ELSE outcome END AS result, count(*) > 20 AS many
FROM (SELECT fw FROM tree UNION ALL SELECT fw FROM full_tree) AS d,
	fuzz_bytes('framework', framework_send(fw), 300) AS outcome
GROUP BY result
ORDER BY result;
SELECT format('rm %L', :'file') AS remove \gset
COPY (SELECT 1) TO PROGRAM :'remove';

-- Effective weights: COINr's; those of the leaves make 1.
SELECT count(*) AS nodes,
	bool_and(abs(w.effective_weight - answer.value::float8) <= 1e-9 * answer.value::float8) AS equal,
	bool_and(w.depth = 4 - c.level) AS depth
FROM (SELECT framework_agg(code, parent, weight, direction) AS fw FROM composite_framework) AS f,
	effective_weights(fw) AS w
	JOIN composite_answer AS answer
		ON answer.file = 'effective_weights' AND answer.field = 'EffWeight' AND answer.key = w.code
	JOIN composite_framework AS c ON c.code = w.code;
SELECT abs(sum(effective_weight) - 1) < 1e-15 AS leaves_make_one
FROM full_tree, effective_weights(fw) JOIN framework_nodes(fw) AS n USING (code)
WHERE n.is_leaf;

-- Changed copies.
SELECT with_weights(fw, '{b,D2}', '{0,7}')
		= 'PAR { D1: 60 { a: 50, b: 0 [direction -1] }, D2: 7 { c: 10, d: 30 } }' AS weights,
	with_weights(fw, '{}', '{}') = fw AS nothing,
	with_method(fw, 'geometric')
		= 'PAR [method geometric] { D1: 60 [method geometric] { a: 50, b: 10 [direction -1] },
			D2: 40 [method geometric] { c: 10, d: 30 } }' AS method,
	with_method(with_method(fw, 'power', '{D1}', 3), 'max', '{D1}')
		= 'PAR { D1: 60 [method max] { a: 50, b: 10 [direction -1] }, D2: 40 { c: 10, d: 30 } }' AS method_of_one,
	with_missing(with_missing(fw, 'zero'), 'excuse', '{D2,PAR}')
		= 'PAR [missing excuse] { D1: 60 [missing zero] { a: 50, b: 10 [direction -1] },
			D2: 40 [missing excuse] { c: 10, d: 30 } }' AS missing,
	with_weights(fw, NULL, NULL) IS NULL AND with_method(fw, NULL) IS NULL
		AND with_missing(NULL, 'zero') IS NULL AS nulls
FROM tree;

-- Frameworks out of line, and their neighbours, are each read as they are.
CREATE TABLE kept (id int, fw framework);
INSERT INTO kept
SELECT g, framework_agg(CASE WHEN i = 0 THEN 'root' ELSE 'leaf ' || i END,
	CASE WHEN i > 0 THEN 'root' END, CASE WHEN i = 7 THEN g ELSE 1 END, 1)
FROM generate_series(1, 12) AS g, generate_series(0, 100) AS i
GROUP BY g;
INSERT INTO kept SELECT 13, with_weights(fw, '{a}', '{3}') FROM tree;
SELECT bool_and(pg_column_size(fw) > 8192) AS out_of_line FROM kept WHERE id < 13;
SELECT bool_and(with_weights(fw, '{leaf 7}', ARRAY[id + pass]) =
	(SELECT next.fw FROM kept AS next WHERE next.id = kept.id + pass)) AS each_as_it_is
FROM kept, generate_series(0, 1) AS pass
WHERE id + pass < 13;

-- No rows make no framework.
SELECT framework_agg(code, parent, weight, direction) IS NULL AS no_rows FROM node WHERE false;

-- What cannot be a framework.
SELECT error
FROM unnest(ARRAY[
	$$('a', NULL), ('b', NULL)$$,
	$$('a', 'b'), ('b', 'a')$$,
	$$('a', NULL), ('b', 'c'), ('c', 'd'), ('d', 'b')$$,
	$$('a', NULL), ('b', 'x')$$,
	$$('a', NULL), ('b', 'a'), ('b', 'a')$$,
	$$('a', NULL), (NULL, 'a')$$,
	$$('a', NULL), ('', 'a')$$]) AS v,
	string_to_table(error_of(format('SELECT framework_agg(code, parent, 1, 1) FROM (VALUES %s) AS v(code, parent)', v)), ' | ') AS error;
SELECT error
FROM unnest(ARRAY['', 'a {', 'a { b', 'a { b, }', 'a b', 'a: x', 'a: 1 [', 'a [metod sum]', 'a [round 1, round 2]',
	'"a', 'a: nan', 'a [round 1.5] {b}', E'a {\n  b,\n  "ệ" c }',
	'a { b: -1 }', 'a { b: 1e400 }', 'a { b: 0, c: 0 }', 'a { b [direction 0] }',
	'a [direction -1] { b }', 'a [rule "points"] { b }', 'a { b [rule "nonsense"] }', 'a [method mode] { b }',
	'a [missing nil] { b }', 'a [rescale log] { b }', 'a [method power] { b }', 'a [power 2] { b }',
	'a [method power, power 1e-10] { b }', 'a [min_share 1.5] { b }', 'a [round 16]', 'a { b [max -1] }',
	'a { b [max NaN] }', 'a [min_children -1] {b}', 'a [floor infinity] {b}']) AS input,
	string_to_table(error_of(format('SELECT %L::framework', input)), ' | ') AS error;
SELECT (SELECT 'a0' || string_agg('{a' || i, '') || repeat('}', 101) FROM generate_series(1, 101) AS i)::framework;
SELECT error
FROM unnest(ARRAY[
	$$with_weights(fw, '{x}', '{1}')$$, $$with_weights(fw, '{a}', '{1,2}')$$, $$with_weights(fw, '{a,a}', '{1,2}')$$,
	$$with_weights(fw, ARRAY[NULL], '{1}')$$, $$with_weights(fw, '{a}', ARRAY[NULL::float8])$$,
	$$with_weights(fw, '{c,d}', '{0,0}')$$, $$with_weights(fw, '{c}', '{-1}')$$,
	$$with_method(fw, 'geometric', '{a}')$$, $$with_method(fw, 'power')$$, $$with_missing(fw, 'never')$$,
	$$with_missing(fw, 'zero', '{x}')$$]) AS call,
	string_to_table(error_of(format('SELECT %s FROM tree', call)), ' | ') AS error;
