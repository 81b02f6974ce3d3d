-- A framework as 0.1.0 kept it in a table is read as the same value.
CREATE SCHEMA test_framework_kept;
SET search_path = test_framework_kept, parindex;

-- The bytes that 0.1.0 wrote on a little-endian machine, put into a column that then
-- is said to be of the type.
CREATE TABLE kept (framework bytea);
ALTER TABLE kept ALTER framework SET STORAGE plain;
INSERT INTO kept VALUES (('\x'
	'0100000050bd9b0c6314bac2ba83aba98cbcb2240500000003000000ffffffff010000000200000000000000ffffffff00000001010000000000000000000000'
	'00000000000000000000f03f0000000000000000000000000000f87f00000000030000000200000001000000ffffffff01000001008000000000000000000000'
	'0000000000000000000000400000000000000000000000000000f03f000000000000000000000000010000000000000000000001008000000000000000000000'
	'00000000000000000000e03f0000000000000000000000000000f87f0100000000000000000000000200000001000000000000ff008000000000000000000000'
	'00000000000000000000f03f0000000000000000000000000000f87f010000000000000000000000020000000200000000000001008000000000000000000000'
	'0000000000000000000008400000000000000000000000000000f87fe00100000100000000000000000000000000000000000000e10100000100000000000000'
	'000000000000000000000000e20100000100000000000000000000000000000000000000e3010000010000000000000000000000d801000008000000e4010000'
	'01000000e50100001800000000000000000000002000000000801e004941636162726174696f2066726f6d203020746f20312c206d61782032')::bytea);
SET allow_system_table_mods = on;
UPDATE pg_attribute
SET atttypid = 'framework'::regtype, attalign = 'd'
WHERE attrelid = 'kept'::regclass AND attname = 'framework';
RESET allow_system_table_mods;

CREATE TABLE written AS
SELECT 'I [round 1] { A: 2 [method geometric, floor 1] { a: 1 [direction -1, max 30], b: 3 [rule "ratio max 2"] }, c: 0.5 }'::framework AS framework;
SELECT framework FROM kept;
SELECT kept.framework = written.framework AS equal, framework_hash(kept.framework) = framework_hash(written.framework) AS same_hash,
	framework_send(kept.framework) = framework_send(written.framework) AS same_bytes
FROM kept, written;
SELECT count(*) AS scores, count(*) FILTER (WHERE k.score IS DISTINCT FROM w.score) AS different
FROM kept, written, (SELECT score_matrix_agg(u::text, c, (u * ascii(c) % 7 + 0.5)::float8) AS matrix FROM generate_series(1, 9) AS u, unnest('{a, b, c}'::text[]) AS c) AS m,
	index_scores(matrix, kept.framework) AS k JOIN index_scores((SELECT score_matrix_agg(u::text, c, (u * ascii(c) % 7 + 0.5)::float8) FROM generate_series(1, 9) AS u, unnest('{a, b, c}'::text[]) AS c),
		(SELECT framework FROM written)) AS w USING (unit, code);
-- Written again, and read from an index.
CREATE TABLE copied AS SELECT framework FROM kept;
CREATE INDEX ON copied (framework);
SET enable_seqscan = off;
SELECT count(*) FROM copied WHERE framework = (SELECT framework FROM written);
DROP TABLE kept;
