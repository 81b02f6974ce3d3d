-- Twenty leaves of each of :units units, in no order of unit.
\set ON_ERROR_STOP on

SELECT setseed(0.5) \g /dev/null

CREATE UNLOGGED TABLE bench.cell AS
SELECT
	(u * 7919 % :units)::int AS unit,
	'C' || leaf AS code,
	100 * random() AS value,
	leaf::float8 AS weight,
	(100 * random())::numeric(6,2) AS points,
	leaf::numeric(6,2) AS max_points
FROM generate_series(0, 19) AS i, generate_series(1, :units::bigint) AS u,
	LATERAL (SELECT 1 + (u + i) % 20 AS leaf) AS q;

-- Three levels below the root; the framework does not fit into the row and is
-- stored apart from it, as most are.
CREATE TABLE bench.tree_of_cells AS
SELECT parindex.framework_agg(code, parent, weight, NULL) AS framework
FROM (
	SELECT format('C%s', leaf), format('D%s', 1 + leaf % 5), leaf
	FROM generate_series(1, 20) AS leaf
	UNION ALL
	SELECT format('D%s', d), format('S%s', 1 + d % 2), d
	FROM generate_series(1, 5) AS d
	UNION ALL
	VALUES ('S1', 'INDEX', 1), ('S2', 'INDEX', 2), ('INDEX', NULL, 1)
) AS node (code, parent, weight);

VACUUM (ANALYZE, FREEZE);
