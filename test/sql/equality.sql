-- Values compare without our schema on the search path, as those of core's types do;
-- joins, sorting, grouping and indexes use the same operators.
CREATE SCHEMA test_equality;
SET search_path = test_equality;

SELECT (SELECT parindex.score_stats(x) FROM generate_series(1, 3) AS x) = (SELECT parindex.score_stats(x) FROM generate_series(3, 1, -1) AS x) AS equal,
	(SELECT parindex.score_stats(x) FROM generate_series(1, 3) AS x) <> (SELECT parindex.score_stats(x) FROM generate_series(1, 4) AS x) AS different;

CREATE TABLE framed AS
SELECT i, format('i {a: %s, b: 2}', i % 3)::parindex.framework AS f FROM generate_series(1, 9) AS i;
CREATE INDEX ON framed (f);
ANALYZE framed;
SELECT count(*) FILTER (WHERE f = 'i {a: 1, b: 2}') AS literal, count(*) FILTER (WHERE f IN ('i {a: 1, b: 2}', 'i {a: 2, b: 2}')) AS in_list,
	count(*) FILTER (WHERE f = ANY (ARRAY['i {a: 1, b: 2}', 'i {a: 0, b: 2}']::parindex.framework[])) AS any_of,
	count(*) FILTER (WHERE f IS DISTINCT FROM 'i {a: 1, b: 2}') AS is_distinct, count(nullif(f, 'i {a: 1, b: 2}')) AS nulled,
	count(*) FILTER (WHERE CASE f WHEN 'i {a: 1, b: 2}' THEN true ELSE false END) AS in_case, count(DISTINCT f) AS distinct,
	count(*) FILTER (WHERE f < 'i {a: 1, b: 2}') + count(*) FILTER (WHERE f >= 'i {a: 1, b: 2}') AS ordered
FROM framed;
SET enable_seqscan = off;
SET enable_bitmapscan = off;
EXPLAIN (COSTS OFF) SELECT i FROM framed WHERE f = 'i {a: 1, b: 2}';
RESET enable_seqscan;
SET enable_nestloop = off;
SET enable_mergejoin = off;
EXPLAIN (COSTS OFF) SELECT a.i FROM framed AS a JOIN framed AS b USING (f);
SELECT count(*) FROM framed AS a JOIN framed AS b USING (f);
SELECT count(*) FROM framed AS a JOIN framed AS b ON a.f OPERATOR(parindex.=) b.f WHERE a.i = 1;

-- Every type that has an order has its operators in pg_catalog, and those are its classes'.
SELECT t.typname
FROM pg_opclass AS c
JOIN pg_type AS t ON t.oid = c.opcintype
JOIN pg_depend AS d ON d.classid = 'pg_opclass'::regclass AND d.objid = c.oid AND d.deptype = 'e'
JOIN pg_amop AS a ON a.amopfamily = c.opcfamily
JOIN pg_operator AS o ON o.oid = a.amopopr
WHERE d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'parindex') AND o.oprnamespace <> 'pg_catalog'::regnamespace;
